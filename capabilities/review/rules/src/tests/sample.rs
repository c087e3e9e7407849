//! A week's sample.

use super::*;
use crate::sample::{Act, Command, Event, Finding, Item, Kind, Sample};
use crate::{Author, Part, Refusal};
use kernel::spec::given;
use std::collections::BTreeSet;

fn act(act: Act) -> Command {
    Command { policy: policy(), act }
}

fn item(of: Kind, id: u128) -> Item {
    Item { of, incident: IncidentId(id), subject: format!("{}/{id:032x}", of.code()) }
}

fn pool() -> Vec<Item> {
    (0..20).map(|id| item(Kind::Screening, id)).chain([item(Kind::Call, 30)]).collect()
}

fn draw(luck: u8, pool: Vec<Item>) -> Command {
    act(Act::Draw { from: NOW, until: NOW, pool, luck: [luck; 16] })
}

fn drawn(luck: u8) -> Vec<Item> {
    let mut bytes = [0; 16];
    bytes[15] = luck;
    let command = act(Act::Draw { from: NOW, until: NOW, pool: pool(), luck: bytes });
    match given::<Sample>([]).when(command).0.unwrap().remove(0) {
        Event::Drawn { items, screenings, calls, .. } => {
            assert_eq!((screenings, calls), (20, 1));
            items
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn luck_draws_as_many_as_the_data_say_and_the_same_luck_the_same() {
    let items = drawn(1);
    assert_eq!(items.iter().filter(|one| one.of == Kind::Screening).count(), 3);
    assert_eq!(items.iter().filter(|one| one.of == Kind::Call).count(), 1);
    assert_eq!(items, drawn(1));
    let seen: BTreeSet<_> = (0..200).flat_map(drawn).collect();
    assert_eq!(seen.len(), 21, "everybody's work can be drawn");
}

#[test]
fn a_week_is_drawn_once_and_an_empty_week_is_done() {
    let first = given::<Sample>([]).when(draw(1, vec![])).0.unwrap();
    assert!(matches!(first[..], [Event::Drawn { .. }, Event::Completed {}]));
    given::<Sample>(first).when(draw(2, pool())).then_refused(Refusal::Drawn);
}

fn judging(finding: Finding, missed: &[&str], authors: Vec<Author>) -> Command {
    act(Act::Judge {
        place: 0,
        finding,
        missed: missed.iter().map(|code| (*code).to_owned()).collect(),
        words: "Asked well.".into(),
        learning: String::new(),
        authors,
    })
}

#[test]
fn a_missed_opportunity_is_named_and_nobody_judges_her_own_work() {
    let events = given::<Sample>([]).when(draw(1, vec![item(Kind::Call, 30)])).0.unwrap();
    let one = || given::<Sample>(events.clone()).by(who(REVIEWER, Role::Specialist));
    one().when(judging(Finding::Missed, &[], vec![])).then_refused(Refusal::MissedWhat);
    one().when(judging(Finding::Missed, &["gone"], vec![])).then_refused(Refusal::MissedWhat);
    one().when(judging(Finding::Sound, &["crime"], vec![])).then_refused(Refusal::MissedNothing);
    let own = vec![Author { staff: REVIEWER, part: Part::Call }];
    one().when(judging(Finding::Sound, &[], own)).then_refused(Refusal::OwnWork(Part::Call));
    let found = one().when(judging(Finding::Missed, &["crime"], vec![])).0.unwrap();
    assert!(matches!(found[..], [Event::ItemJudged { .. }, Event::Completed {}]));
    one().and(found).when(judging(Finding::Sound, &[], vec![])).then_refused(Refusal::Judged);
}
