//! Children and their schools: who must hear, before which bell, and what counts as heard.

use crate::schools::{SchoolContact, Schools};
use crate::{ChildDetails, Command, Event, NewChild, Refusal, Safeguarding, Told};
use calendar::{Jurisdiction, SchoolTerms, at_time, date};
use kernel::spec::given;
use kernel::{At, Personal};
use std::sync::Arc;

/// Terms of one authority from September 2025 to July 2026, with two days of training.
fn terms(jurisdiction: Jurisdiction) -> SchoolTerms {
    let text = format!(
        "authority = \"Example Authority\"\njurisdiction = \"{}\"\n\
         inset = [\"2026-01-05\", \"2026-06-01\"]\n\
         [[term]]\nfrom = \"2025-09-02\"\nto = \"2025-10-24\"\n\
         [[term]]\nfrom = \"2025-11-03\"\nto = \"2025-12-19\"\n\
         [[term]]\nfrom = \"2026-01-05\"\nto = \"2026-03-27\"\n\
         [[term]]\nfrom = \"2026-04-07\"\nto = \"2026-05-22\"\n\
         [[term]]\nfrom = \"2026-06-01\"\nto = \"2026-07-21\"\n",
        jurisdiction.code()
    );
    SchoolTerms::parse(&text).unwrap()
}

fn schools_of(jurisdiction: Jurisdiction) -> Arc<Schools> {
    let contact = |code: &str, authority: &str, retired| SchoolContact {
        code: code.into(),
        title: code.into(),
        authority: authority.into(),
        email: String::new(),
        phone: String::new(),
        retired,
    };
    Arc::new(Schools {
        version: 1,
        jurisdiction: calendar::Jurisdiction::EnglandAndWales,
        contacts: vec![
            contact("meadow", "Example Authority", false),
            contact("elsewhere", "Nobody's Authority", false),
            contact("closed", "Example Authority", true),
        ],
        terms: vec![terms(jurisdiction)],
    })
}

fn schools() -> Arc<Schools> {
    schools_of(Jurisdiction::EnglandAndWales)
}

fn local(text: &str) -> At {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    at_time(day.parse().unwrap(), hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

fn child(name: &str, born: &str, school: &str) -> Command {
    let details = ChildDetails { name: name.into(), born: born.into(), voice: "I hid.".to_owned() };
    let (school, schools) = (school.to_owned(), schools());
    Command::RecordChild(Box::new(NewChild { details, present: true, school, schools }))
}

fn recorded(due: &str) -> Event {
    let details = ChildDetails {
        name: "Jude Example".into(),
        born: "2017-05-03".into(),
        voice: "I hid.".into(),
    };
    Event::ChildRecorded {
        child: 1,
        details: details.into(),
        present: true,
        school: "meadow".into(),
        due: local(due),
        assumed: false,
    }
}

const SATURDAY: &str = "2025-11-08 23:10";
const MONDAY_BELL: &str = "2025-11-10 08:45";

#[test]
//= Victims and Prisoners Act 2024, Operation Encompass: before the next school day begins,
//= whatever day or night it was
fn the_bell_is_that_of_the_next_school_day_in_every_week_of_the_year() {
    for (since, bell, why) in [
        ("2025-11-06 22:00", "2025-11-07 08:45", "the next morning"),
        ("2025-11-07 02:00", "2025-11-07 08:45", "the same morning, before school"),
        ("2025-11-07 08:45", "2025-11-10 08:45", "the bell has just rung, and it is Friday"),
        ("2025-11-08 23:10", "2025-11-10 08:45", "over a weekend"),
        (
            "2025-10-24 18:00",
            "2025-11-03 08:45",
            "over half-term, and over the night in which \
         the clocks go back",
        ),
        ("2025-12-19 21:00", "2026-01-06 08:45", "over Christmas, New Year and a training day"),
        ("2026-03-27 23:30", "2026-04-07 08:45", "over Easter, and the clocks go forward"),
        ("2026-05-01 20:00", "2026-05-05 08:45", "over the early May bank holiday"),
        ("2026-05-22 16:00", "2026-06-02 08:45", "over half-term and a training day"),
    ] {
        let schools = schools();
        let found = schools.before(schools.get("meadow").unwrap(), local(since)).unwrap();
        assert_eq!((found.bell, found.assumed), (local(bell), false), "{why}");
    }
}

#[test]
//= Banking and Financial Dealings Act 1971, schedule 1: each jurisdiction has its own
fn the_bank_holidays_are_those_of_the_schools_own_jurisdiction() {
    for (jurisdiction, since, bell) in [
        (Jurisdiction::EnglandAndWales, "2025-11-28 20:00", "2025-12-01 08:45"),
        // Saint Andrew's Day is a Sunday, so the Monday after is the holiday.
        (Jurisdiction::Scotland, "2025-11-28 20:00", "2025-12-02 08:45"),
        (Jurisdiction::EnglandAndWales, "2026-03-16 20:00", "2026-03-17 08:45"),
        // Saint Patrick's Day.
        (Jurisdiction::NorthernIreland, "2026-03-16 20:00", "2026-03-18 08:45"),
    ] {
        let schools = schools_of(jurisdiction);
        let found = schools.before(schools.get("meadow").unwrap(), local(since)).unwrap();
        assert_eq!(found.bell, local(bell), "{}", jurisdiction.code());
    }
}

#[test]
fn a_calendar_that_ends_or_is_not_there_takes_the_earliest_morning_it_can_be() {
    let schools = schools();
    for (code, since, bell) in [
        ("meadow", "2026-07-24 20:00", "2026-07-27 08:45"),
        ("elsewhere", SATURDAY, MONDAY_BELL),
        ("elsewhere", "2025-11-10 07:00", MONDAY_BELL),
    ] {
        let found = schools.before(schools.get(code).unwrap(), local(since)).unwrap();
        assert_eq!((found.bell, found.assumed), (local(bell), true), "{code} {since}");
    }
}

#[test]
fn a_child_has_a_name_a_day_of_birth_that_can_be_and_a_school_of_the_list() {
    let record = |name, born, school| {
        given::<Safeguarding>([]).at(local(SATURDAY)).when(child(name, born, school))
    };
    record("Jude Example", "2017-05-03", "meadow").then([recorded(MONDAY_BELL)]);
    record(" ", "2017-05-03", "meadow").then_refused(Refusal::ChildNameMissing);
    for wrong in ["2025-11-09", "1917-05-03", "2017-02-30", "May 2017"] {
        record("Jude Example", wrong, "meadow").then_refused(Refusal::BornWrong);
    }
    record("Jude Example", "", "closed").then_refused(Refusal::SchoolUnknown);
    record("Jude Example", "", "nowhere").then_refused(Refusal::SchoolUnknown);
    assert!(date(2025, 11, 8).is_some());
}

fn tell(told: Told, spoke_with: &str) -> Command {
    Command::TellSchool { child: 1, told, spoke_with: spoke_with.into() }
}

fn told(told: Told, spoke_with: &str) -> Event {
    Event::SchoolTold { child: 1, told, spoke_with: Personal::new(spoke_with.to_owned()) }
}

#[test]
fn whoever_was_spoken_with_knows_and_an_email_waits_for_a_yes() {
    let before = || given::<Safeguarding>([recorded(MONDAY_BELL)]);
    before().when(tell(Told::Telephone, " ")).then_refused(Refusal::SpokeWithMissing);
    before().when(tell(Told::Telephone, "The head")).then([
        told(Told::Telephone, "The head"),
        Event::SchoolAcknowledged { child: 1, note: Personal::default() },
    ]);
    before().when(tell(Told::Email, "")).then([told(Told::Email, "")]);
    let acknowledge = |note: &str| Command::AcknowledgeSchool { child: 1, note: note.to_owned() };
    before().when(acknowledge("The head")).then_refused(Refusal::NotToldYet);
    let written = || given::<Safeguarding>([recorded(MONDAY_BELL), told(Told::Email, "")]);
    written().when(acknowledge(" ")).then_refused(Refusal::SpokeWithMissing);
    let note = Personal::new("The head".to_owned());
    written().when(acknowledge("The head")).then([Event::SchoolAcknowledged { child: 1, note }]);
    given::<Safeguarding>([]).when(tell(Told::Email, "")).then_refused(Refusal::NoSuchChild);
}

#[test]
fn what_is_known_or_withdrawn_is_not_owed_again() {
    let known = Event::SchoolAcknowledged { child: 1, note: Personal::default() };
    let reason = Personal::new("Under school age".to_owned());
    let withdrawn = Event::NoticeWithdrawn { child: 1, reason };
    let withdraw = |reason: &str| Command::WithdrawNotice { child: 1, reason: reason.to_owned() };
    let before = || given::<Safeguarding>([recorded(MONDAY_BELL)]);
    before().when(withdraw("")).then_refused(Refusal::ReasonMissing);
    before().when(withdraw("Under school age")).then([withdrawn.clone()]);
    for over in [known, withdrawn] {
        let after = || given::<Safeguarding>([recorded(MONDAY_BELL), over.clone()]);
        after().when(tell(Told::Telephone, "The head")).then_refused(Refusal::NoticeDone);
        after().when(withdraw("x")).then_refused(Refusal::NoticeDone);
    }
}

#[test]
fn a_bell_that_nobody_answered_is_noted_once() {
    let due = local(MONDAY_BELL);
    let bell = || Command::NoteBell { child: 1, due };
    let missed = |told| Event::BellMissed { child: 1, told };
    let open = [recorded(MONDAY_BELL)];
    given::<Safeguarding>(open.clone()).when(bell()).then([missed(false)]);
    let written = [recorded(MONDAY_BELL), told(Told::Email, "")];
    given::<Safeguarding>(written).when(bell()).then([missed(true)]);
    let twice = [recorded(MONDAY_BELL), missed(false)];
    given::<Safeguarding>(twice).when(bell()).then([]);
    let known = Event::SchoolAcknowledged { child: 1, note: Personal::default() };
    given::<Safeguarding>([recorded(MONDAY_BELL), known]).when(bell()).then([]);
    let other = Command::NoteBell { child: 1, due: local("2025-11-11 08:45") };
    given::<Safeguarding>(open).when(other).then([]);
}
