//! Classification by the table and its clock, enquiries, people, exhibits, the hand-off: one
//! sentence each.

use super::{START, keep, kept, named, tables};
use crate::limits::{self, AHEAD_MAX, LIFETIME};
use crate::{
    Command, Crime, Event, Investigation, Media, OffenceCode, PersonSaid, Refusal, Role, Source,
};
use call::CallId;
use kernel::id::StaffId;
use kernel::spec::given;
use kernel::time::{hours, minutes};
use kernel::{At, Personal};
use recording::StillId;

fn classify(code: &str, from: Option<At>, until: Option<At>) -> Command {
    let crime = Crime { code: code.into(), from, until, reason: "She was pushed.".into() };
    Command::Classify { tables: tables(), crime }
}

fn coded(since: Option<At>, until: Option<At>) -> Event {
    Event::RecordedCrime {
        offence: "Assault".to_owned().into(),
        reason: "She was pushed.".to_owned().into(),
        code: Some(OffenceCode { code: "assault".into(), class: Some("1X".into()), table: 3 }),
        since,
        until,
    }
}

fn none() -> Event {
    Event::RecordedNonCrime { reason: "Words only.".to_owned().into() }
}

#[test]
fn a_crime_is_recorded_with_the_table_its_version_and_its_class() {
    let begun = START.minus(hours(2));
    given::<Investigation>([])
        .when(classify(" assault ", Some(begun), Some(START)))
        .then([coded(Some(begun), Some(START))]);
    given::<Investigation>([coded(None, None)]).when(classify("assault", None, None)).then([]);
}

#[test]
fn a_code_that_the_table_has_not_or_not_any_more_is_refused() {
    for code in ["", "treason", "affray", "Assault"] {
        let decided = given::<Investigation>([]).when(classify(code, None, None));
        decided.then_refused(Refusal::OffenceUnknown);
    }
}

#[test]
fn an_offence_is_not_in_the_future_not_before_anybody_lived_and_ends_after_it_began() {
    let ahead = START.plus(AHEAD_MAX).plus(minutes(1));
    let before = START.minus(hours(1));
    for (from, until, refusal) in [
        (Some(ahead), None, Refusal::OffenceInFuture),
        (Some(before), Some(ahead), Refusal::OffenceInFuture),
        (Some(START.minus(LIFETIME).minus(hours(1))), None, Refusal::OffenceTooLongAgo),
        (Some(START), Some(before), Refusal::EndsBeforeStart),
        (None, Some(before), Refusal::StartMissing),
    ] {
        let decided = given::<Investigation>([]).when(classify("assault", from, until));
        decided.then_refused(refusal);
    }
    let near = Some(START.plus(AHEAD_MAX));
    given::<Investigation>([]).when(classify("assault", near, None)).then([coded(near, None)]);
}

#[test]
fn every_decision_is_kept_and_the_last_one_counts() {
    let state = given::<Investigation>([none(), named("Assault", "x"), coded(None, None)]).state();
    assert_eq!(state.decisions.len(), 3);
    assert_eq!(state.classified, Some(state.decisions[2].classified.clone()));
}

#[test]
fn an_outcome_is_a_crimes_and_by_the_table_and_ends_with_the_decision() {
    let outcome = |code: &str, note: &str| Command::RecordOutcome {
        tables: tables(),
        code: code.into(),
        note: note.into(),
    };
    let charged =
        Event::OutcomeRecorded { code: "1".into(), table: 4, note: "By post.".to_owned().into() };
    given::<Investigation>([]).when(outcome("1", "x")).then_refused(Refusal::NoCrime);
    given::<Investigation>([none()]).when(outcome("1", "x")).then_refused(Refusal::NoCrime);
    let crime = || given::<Investigation>([coded(None, None)]);
    crime().when(outcome("1", " By post. ")).then([charged.clone()]);
    crime().when(outcome("7", "x")).then_refused(Refusal::OutcomeUnknown);
    crime().when(outcome("1", "")).then_refused(Refusal::ReasonMissing);
    crime().and([charged.clone()]).when(outcome("1", "By post.")).then([]);
    let again = crime().and([charged, named("Theft", "x")]).state();
    assert!(again.outcome().is_none(), "another crime has no outcome yet");
    assert_eq!(again.decisions[0].outcomes.len(), 1, "and the old one keeps its own");
}

#[test]
fn nobody_decided_in_time_is_said_once_and_only_when_it_is_so() {
    let due = START.plus(hours(24));
    let note = || Command::NoteRecordingMissed { due };
    let missed = Event::RecordingMissed { due };
    given::<Investigation>([]).when(note()).then_refused(Refusal::NotDue);
    given::<Investigation>([]).at(due).when(note()).then([missed.clone()]);
    given::<Investigation>([missed]).at(due).when(note()).then_refused(Refusal::NotDue);
    given::<Investigation>([none()]).at(due).when(note()).then_refused(Refusal::NotDue);
}

fn opened(number: u32, due: At) -> Event {
    let what = "Ask for the film.".to_owned().into();
    Event::EnquiryOpened { number, what, owner: None, due }
}

fn open(what: &str, due: At) -> Command {
    Command::OpenEnquiry { what: what.into(), owner: None, due }
}

#[test]
fn a_line_of_enquiry_has_a_number_and_a_time_that_can_be_kept() {
    let due = START.plus(hours(24));
    let asked = || open("Ask for the film.", due);
    given::<Investigation>([]).when(asked()).then([opened(1, due)]);
    given::<Investigation>([opened(1, due)]).when(asked()).then([opened(2, due)]);
    given::<Investigation>([]).when(open(" ", due)).then_refused(Refusal::EnquiryEmpty);
    for wrong in [START, START.minus(hours(1)), START.plus(limits::DUE_MAX).plus(hours(1))] {
        given::<Investigation>([]).when(open("x", wrong)).then_refused(Refusal::DueWrong);
    }
}

#[test]
fn a_line_of_enquiry_moves_and_ends_once_with_what_was_found_or_why_not() {
    let due = START.plus(hours(24));
    let later = START.plus(hours(48));
    let one = || given::<Investigation>([opened(1, due)]);
    let owner = Some(StaffId(4));
    let to = |owner, due| Command::MoveEnquiry { number: 1, owner, due };
    one().when(to(owner, Some(later))).then([Event::EnquiryMoved { number: 1, owner, due: later }]);
    one().when(to(None, None)).then([]);
    one().when(to(None, Some(START))).then_refused(Refusal::DueWrong);
    let finish = |found: &str| Command::FinishEnquiry { number: 1, found: found.into() };
    let found = Event::EnquiryFinished { number: 1, found: "It shows him.".to_owned().into() };
    one().when(finish("It shows him.")).then([found.clone()]);
    one().when(finish("")).then_refused(Refusal::ReasonMissing);
    let give_up = |number| Command::DropEnquiry { number, reason: "None.".into() };
    let reason = "None.".to_owned().into();
    one().when(give_up(1)).then([Event::EnquiryDropped { number: 1, reason }]);
    one().when(give_up(2)).then_refused(Refusal::EnquiryUnknown);
    one().and([found.clone()]).when(give_up(1)).then_refused(Refusal::EnquiryOver);
    one().and([found]).when(to(owner, None)).then_refused(Refusal::EnquiryOver);
}

#[test]
fn what_is_late_can_still_be_given_to_somebody_else() {
    let due = START.plus(hours(1));
    let owner = Some(StaffId(4));
    given::<Investigation>([opened(1, due)])
        .at(START.plus(hours(2)))
        .when(Command::MoveEnquiry { number: 1, owner, due: Some(due) })
        .then([Event::EnquiryMoved { number: 1, owner, due }]);
}

#[test]
fn somebody_has_a_name_or_a_description_and_can_be_changed_and_taken_out() {
    let said = |name: &str, description: &str| PersonSaid {
        name: name.into(),
        description: description.into(),
        ..PersonSaid::default()
    };
    let add = |said| Command::AddPerson { role: Role::Witness, said };
    given::<Investigation>([]).when(add(said(" ", ""))).then_refused(Refusal::PersonMissing);
    let unnamed = said("", "A man in red.");
    let added = Event::PersonAdded { number: 1, role: Role::Witness, said: unnamed.clone().into() };
    given::<Investigation>([]).when(add(unnamed.clone())).then([added.clone()]);
    let there = || given::<Investigation>([added.clone()]);
    let change = |said| Command::ChangePerson { number: 1, said };
    there().when(change(unnamed)).then([]);
    let named = said("Nobody Example", "");
    let changed = Event::PersonChanged { number: 1, said: named.clone().into() };
    there().when(change(named.clone())).then([changed]);
    let remove = || Command::RemovePerson { number: 1, reason: "Another street.".into() };
    let removed = Event::PersonRemoved { number: 1, reason: "Another street.".to_owned().into() };
    there().when(remove()).then([removed.clone()]);
    there().and([removed.clone()]).when(remove()).then_refused(Refusal::PersonUnknown);
    there().and([removed]).when(change(named)).then_refused(Refusal::PersonUnknown);
}

fn file(bytes: u64) -> Source {
    Source::File { object: "exh/7/1".into(), media: Media::Jpeg, bytes }
}

fn add(source: Source, name: &str) -> Command {
    let (name, found, digest) = (name.into(), "Sent by her.".into(), "ab".into());
    Command::AddExhibit { source, name, found, digest }
}

fn added(number: u32, source: Source) -> Event {
    Event::ExhibitAdded {
        number,
        source,
        name: "Her arm".to_owned().into(),
        found: "Sent by her.".to_owned().into(),
        digest: "ab".to_owned().into(),
        by: Some(StaffId(1)),
    }
}

#[test]
fn an_exhibit_says_what_it_is_who_put_it_in_and_with_which_digest() {
    given::<Investigation>([]).when(add(file(12), "Her arm")).then([added(1, file(12))]);
    given::<Investigation>([]).when(add(file(12), "")).then_refused(Refusal::ExhibitEmpty);
    let state = given::<Investigation>([added(1, file(12))]).state();
    assert_eq!((state.exhibits[&1].at, state.exhibits[&1].by), (START, Some(StaffId(1))));
}

#[test]
fn a_file_has_a_limit_and_so_have_all_files_of_an_incident() {
    let large = limits::UPLOAD_BYTES_MAX as u64;
    given::<Investigation>([]).when(add(file(0), "x")).then_refused(Refusal::FileEmpty);
    let over = given::<Investigation>([]).when(add(file(large + 1), "x"));
    over.then_refused(Refusal::FileTooLarge);
    let many = limits::UPLOADS_BYTES_MAX / large;
    let full = given::<Investigation>((1..=many as u32).map(|number| added(number, file(large))));
    full.when(add(file(1), "x")).then_refused(Refusal::NoRoom);
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    for (bytes, media) in [
        (&b"\xff\xd8\xff\xe0rest"[..], Some(Media::Jpeg)),
        (b"\x89PNG\r\n\x1a\nrest", Some(Media::Png)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Some(Media::Webp)),
        (b"%PDF-1.7", Some(Media::Pdf)),
        (b"\x00\x00\x00\x18ftypmp42", Some(Media::Mp4)),
        (b"ID3\x04", Some(Media::Mp3)),
        (b"MZ\x90\x00", None),
        (b"<html>", None),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"\x00\x00\x00\x18", None),
    ] {
        assert_eq!(Media::of(bytes), media, "{bytes:?}");
    }
    let state = given::<Investigation>([]).state();
    assert_eq!(crate::file(&state, b""), Err(Refusal::FileEmpty));
    assert_eq!(crate::file(&state, b"<html>"), Err(Refusal::FileKind));
    let large = vec![0; limits::UPLOAD_BYTES_MAX + 1];
    assert_eq!(crate::file(&state, &large), Err(Refusal::FileTooLarge));
}

#[test]
fn a_still_is_an_exhibit_once() {
    let still = || Source::Still { call: CallId(12), still: StillId(10) };
    let once = || given::<Investigation>([added(1, still())]);
    once().when(add(still(), "Her arm")).then_refused(Refusal::StillAlready);
    let reason = "A mistake.".to_owned().into();
    let withdrawn = Event::ExhibitWithdrawn { number: 1, reason };
    once().and([withdrawn]).when(add(still(), "Her arm")).then([added(2, still())]);
}

#[test]
fn hands_are_written_down_until_an_exhibit_is_withdrawn() {
    let one = || given::<Investigation>([added(1, Source::Thing {})]);
    let give = |to: &str| Command::MoveExhibit { number: 1, to: to.into(), reason: "Kept.".into() };
    let (to, reason) = ("The store".to_owned().into(), "Kept.".to_owned().into());
    let moved = Event::ExhibitMoved { number: 1, to, reason, by: Some(StaffId(1)) };
    one().when(give("The store")).then([moved]);
    one().when(give(" ")).then_refused(Refusal::HolderMissing);
    let withdraw = || Command::WithdrawExhibit { number: 1, reason: "Another house.".into() };
    let reason = "Another house.".to_owned().into();
    let withdrawn = Event::ExhibitWithdrawn { number: 1, reason };
    one().when(withdraw()).then([withdrawn.clone()]);
    one().and([withdrawn.clone()]).when(give("x")).then_refused(Refusal::ExhibitWithdrawn);
    one().and([withdrawn]).when(withdraw()).then_refused(Refusal::ExhibitWithdrawn);
    given::<Investigation>([]).when(withdraw()).then_refused(Refusal::ExhibitUnknown);
}

fn hand_off() -> Command {
    Command::HandOff { tables: tables() }
}

fn handed(serial: u32) -> Event {
    Event::HandedOff { serial, due: START.plus(hours(24)) }
}

#[test]
fn only_what_is_decided_and_coded_goes_to_the_records_system() {
    given::<Investigation>([]).when(hand_off()).then_refused(Refusal::NotClassified);
    let words = given::<Investigation>([named("Assault", "x")]);
    words.when(hand_off()).then_refused(Refusal::NotCoded);
    given::<Investigation>([coded(None, None)]).when(hand_off()).then([handed(1)]);
    given::<Investigation>([none()]).when(hand_off()).then([handed(1)]);
}

#[test]
fn the_records_system_is_told_again_only_when_something_changed() {
    let told = || given::<Investigation>([none(), handed(1)]);
    told().when(hand_off()).then_refused(Refusal::NothingNew);
    let typed = told().and([kept(0, 0, &["More."])]);
    typed.when(hand_off()).then([handed(2)]);
    told().when(keep("More.")).then([kept(0, 0, &["More."])]);
}

#[test]
fn the_records_system_says_once_under_which_reference_it_has_the_case() {
    let take_in =
        |reference: &str| Command::TakeIn { reference: reference.into(), system: "records".into() };
    let taken = |serial| Event::TakenIn {
        serial,
        reference: "46/1/25".to_owned().into(),
        system: "records".into(),
    };
    given::<Investigation>([none()]).when(take_in("x")).then_refused(Refusal::NotHandedOff);
    let told = || given::<Investigation>([none(), handed(1)]);
    told().when(take_in(" ")).then_refused(Refusal::ReferenceMissing);
    told().when(take_in(" 46/1/25 ")).then([taken(1)]);
    told().and([taken(1)]).when(take_in("46/1/25")).then([]);
    told().and([taken(1)]).when(take_in("46/2/25")).then_refused(Refusal::ReferenceDiffers);
    let again = told().and([taken(1), kept(0, 0, &["More."]), handed(2)]);
    again.when(take_in("46/1/25")).then([taken(2)]);
    let again = told().and([taken(1), kept(0, 0, &["More."]), handed(2)]);
    again.when(take_in("46/2/25")).then_refused(Refusal::ReferenceDiffers);
}

#[test]
fn what_is_erased_does_not_stand_in_the_way() {
    let erased = Event::PersonAdded { number: 1, role: Role::Suspect, said: Personal::Erased };
    let said = PersonSaid { name: "Nobody Example".into(), ..PersonSaid::default() };
    given::<Investigation>([erased])
        .when(Command::ChangePerson { number: 1, said: said.clone() })
        .then([Event::PersonChanged { number: 1, said: said.into() }]);
}
