//! Who appears where, what is known, and which records are of one person.

use super::*;
use crate::command::Theirs;
use crate::event::Known;
use crate::likeness::Likeness;
use crate::{Command, Person, Refusal};
use kernel::Actor;
use kernel::spec::{Given, given};

const REPORTER: (IncidentId, Part) = (INCIDENT, Part::Reporter);

fn victim() -> Given<Person> {
    given([appeared(INCIDENT, Part::Reporter, Role::Victim)]).at(NOW)
}

fn officer() -> Actor {
    Actor::Staff { id: StaffId(3), roles: vec![kernel::Role::Responder] }
}

fn theirs(facts: Facts, appearances: Vec<Appearance>) -> Theirs {
    Theirs { facts, appearances, ..Theirs::default() }
}

fn absorb(ours: Facts, theirs: Theirs) -> Command {
    let (ours, theirs) = (Box::new(ours), Box::new(theirs));
    Command::Absorb { me: ELDER, other: YOUNGER, ours, theirs, reason: "Same voice.".into() }
}

fn again() -> Vec<Appearance> {
    vec![there(LATER, Part::Reporter, Role::Victim)]
}

fn absorbed(likeness: Vec<Likeness>) -> Event {
    let reason = words("Same voice.");
    Event::Absorbed { other: YOUNGER, appearances: again(), likeness, reason }
}

#[test]
fn an_appearance_is_taken_in_once() {
    let one = there(LATER, Part::Reporter, Role::Victim);
    let appear = Command::Appear { appearance: one, how: How::Alike };
    victim().when(appear.clone()).then([Event::Appeared { appearance: one, how: How::Alike }]);
    victim().and([Event::Appeared { appearance: one, how: How::Alike }]).when(appear).then([]);
}

#[test]
fn nobody_is_the_suspect_and_the_victim_of_one_incident() {
    let suspect = there(INCIDENT, Part::Named, Role::Suspect);
    let appear = Command::Appear { appearance: suspect, how: How::New };
    victim().when(appear).then_refused(Refusal::OtherEnd);
    let twice = victim().and([appeared(INCIDENT, Part::Party { number: 1 }, Role::Witness)]);
    let (incident, part) = (INCIDENT, Part::Party { number: 1 });
    let recast = Command::Recast { incident, part, role: Role::Suspect, reason: "So.".into() };
    twice.when(recast).then_refused(Refusal::OtherEnd);
}

#[test]
fn a_role_that_was_wrong_is_put_right_with_a_reason() {
    let (incident, part) = REPORTER;
    let recast = |reason: &str| Command::Recast {
        incident,
        part,
        role: Role::ThirdParty,
        reason: reason.into(),
    };
    victim().when(recast(" ")).then_refused(Refusal::ReasonMissing);
    let reason = words("A neighbour rang.");
    victim().when(recast("A neighbour rang.")).then([Event::Recast {
        incident,
        part,
        role: Role::ThirdParty,
        reason,
    }]);
}

#[test]
fn somebody_who_was_taken_for_her_goes_to_a_record_of_her_own() {
    let (incident, part) = REPORTER;
    let reason = String::from("Her sister.");
    let command = Command::Part { incident, part, to: YOUNGER, reason };
    let reason = words("Her sister.");
    let event = Event::Parted { incident, part, to: YOUNGER, reason };
    victim().when(command.clone()).then([event.clone()]);
    victim().and([event]).when(command).then_refused(Refusal::NotThere);
}

#[test]
fn what_is_known_must_be_a_day_that_was() {
    let known = |born: &str| Known { born: born.into(), ..Known::default() };
    let describe = |born: &str| Command::Describe(Box::new(known(born)));
    victim().when(describe("1990-02-30")).then_refused(Refusal::NoSuchDay);
    let event = Event::Described { known: known("1990-02-03").into() };
    victim().when(describe("1990-02-03")).then([event.clone()]);
    victim().and([event]).when(describe("1990-02-03")).then([]);
    given::<Person>([]).when(describe("")).then_refused(Refusal::Missing);
}

#[test]
fn two_records_with_name_and_number_in_common_are_merged_by_an_officer() {
    let (ours, other) = (facts("Ana Example", "", "07700900001"), again());
    let theirs = theirs(facts("Anna Example", "", "+44 7700 900001"), other);
    let likeness = vec![Likeness::Phone, Likeness::Sound];
    victim().by(officer()).when(absorb(ours, theirs)).then([absorbed(likeness)]);
}

#[test]
fn two_people_whose_dates_of_birth_differ_are_never_merged() {
    let ours = facts("Ana Example", "1990-02-03", "07700900001");
    let theirs = theirs(facts("Ana Example", "1969-02-03", "07700900001"), again());
    victim().when(absorb(ours, theirs)).then_refused(Refusal::BornApart);
}

#[test]
fn the_victim_and_the_suspect_of_one_incident_are_never_merged() {
    let ours = facts("Alex Example", "", "07700900001");
    let other = vec![there(INCIDENT, Part::Named, Role::Suspect)];
    let theirs = theirs(facts("Alex Example", "", "07700900001"), other);
    victim().when(absorb(ours, theirs)).then_refused(Refusal::FaceEachOther);
}

#[test]
fn two_colleagues_are_never_merged() {
    let reason = words("Her warrant card.");
    let marked = victim().and([Event::ColleagueMarked { staff: COLLEAGUE, reason }]);
    let ours = facts("Ana Example", "1990-02-03", "");
    let other = Theirs { colleague: Some(StaffId(6)), ..theirs(ours.clone(), again()) };
    marked.when(absorb(ours, other)).then_refused(Refusal::TwoColleagues);
}

#[test]
fn one_thing_in_common_is_for_a_supervisor_and_nothing_for_nobody() {
    let ours = || facts("Ana Example", "", "07700900001");
    let one = || theirs(facts("Other Name", "", "07700900001"), again());
    victim().by(officer()).when(absorb(ours(), one())).then_refused(Refusal::TooLittleAlike);
    victim().when(absorb(ours(), one())).then([absorbed(vec![Likeness::Phone])]);
    let none = theirs(facts("Other Name", "", "07700900002"), again());
    victim().when(absorb(ours(), none)).then_refused(Refusal::NothingAlike);
}

#[test]
fn the_elder_record_stands_and_never_goes_into_itself() {
    let same = facts("Ana Example", "1990-02-03", "");
    let ask = |me, other| Command::Absorb {
        me,
        other,
        ours: Box::new(same.clone()),
        theirs: Box::new(theirs(same.clone(), again())),
        reason: "So.".into(),
    };
    victim().when(ask(YOUNGER, ELDER)).then_refused(Refusal::ElderStands);
    victim().when(ask(ELDER, ELDER)).then_refused(Refusal::Same);
}

#[test]
fn a_record_that_is_part_of_another_is_not_merged_or_changed() {
    let same = facts("Ana Example", "1990-02-03", "");
    let gone = Theirs { merged: true, ..theirs(same.clone(), again()) };
    victim().when(absorb(same, gone)).then_refused(Refusal::OtherMerged);
    let part = || victim().and([Event::Merged { into: PersonId(0) }]);
    let describe = Command::Describe(Box::default());
    part().when(describe).then_refused(Refusal::Merged);
    let appear = Command::Appear { appearance: again()[0], how: How::Alike };
    part().when(appear).then_refused(Refusal::Merged);
}

#[test]
fn a_merge_brings_the_appearances_and_taking_apart_gives_them_back() {
    let merged = || victim().and([absorbed(vec![Likeness::Name])]);
    assert_eq!(merged().state().incidents(Role::Victim), [INCIDENT, LATER]);
    let release = Command::Release { other: YOUNGER, reason: "Her sister.".into() };
    let released = Event::Released { other: YOUNGER, reason: words("Her sister.") };
    merged().when(release.clone()).then([released.clone()]);
    let apart = merged().and([released]);
    assert_eq!(apart.state().incidents(Role::Victim), [INCIDENT]);
    apart.when(release).then_refused(Refusal::NotAbsorbed);
}

#[test]
fn who_were_taken_apart_are_merged_again_by_a_supervisor_alone() {
    let released = Event::Released { other: YOUNGER, reason: words("Her sister.") };
    let apart = || victim().and([absorbed(vec![]), released.clone()]);
    let same = || facts("Ana Example", "1990-02-03", "");
    let ask = || absorb(same(), theirs(same(), again()));
    apart().by(officer()).when(ask()).then_refused(Refusal::ToldApart);
    apart().when(ask()).then([absorbed(vec![Likeness::Name, Likeness::Born])]);
}

#[test]
fn the_younger_record_follows_and_comes_back() {
    let go = |into| Command::GoInto { into };
    victim().when(go(ELDER)).then([Event::Merged { into: ELDER }]);
    let gone = || victim().and([Event::Merged { into: ELDER }]);
    gone().when(go(ELDER)).then([]);
    gone().when(go(PersonId(0))).then_refused(Refusal::OtherMerged);
    let back = Event::Unmerged { from: ELDER };
    gone().when(Command::ComeBack { from: ELDER }).then([back]);
    victim().when(Command::ComeBack { from: ELDER }).then([]);
}

#[test]
fn a_colleague_is_marked_once_and_the_mark_comes_off_with_a_reason() {
    let mark = |staff| Command::MarkColleague { staff, reason: "Her card.".into() };
    let marked = Event::ColleagueMarked { staff: COLLEAGUE, reason: words("Her card.") };
    victim().when(mark(COLLEAGUE)).then([marked.clone()]);
    let known = || victim().and([marked.clone()]);
    known().when(mark(COLLEAGUE)).then([]);
    known().when(mark(StaffId(6))).then_refused(Refusal::ColleagueAlready);
    let off = Command::UnmarkColleague { reason: "A namesake.".into() };
    let reason = words("A namesake.");
    known().when(off.clone()).then([Event::ColleagueUnmarked { staff: COLLEAGUE, reason }]);
    victim().when(off).then_refused(Refusal::NoColleague);
}

#[test]
fn a_record_is_never_made_twice_and_sorts_by_its_first_incident() {
    let born = |seconds| IncidentId::birth(At::from_seconds(seconds), [9; 16]);
    let (early, late) = (born(1_000), born(2_000));
    let id = PersonId::first_seen(early, [255; 16]);
    assert_eq!(id, PersonId::first_seen(early, [255; 16]));
    assert!(id < PersonId::first_seen(late, [0; 16]));
}

#[test]
fn a_part_reads_back_from_its_address() {
    let all = [Part::Reporter, Part::Named, Part::Party { number: 3 }, Part::Child { number: 1 }];
    for part in all {
        assert_eq!(Part::of(&part.code()), Some(part));
    }
    assert_eq!(Part::of("party-x"), None);
}
