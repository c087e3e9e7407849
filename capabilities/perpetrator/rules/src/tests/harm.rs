//! The sum, row by row.

use super::*;
use crate::harm::{Age, Fact, Offence, Table, Was};
use incident::IncidentId;

fn table() -> Table {
    Table {
        version: 1,
        other_crime: 5,
        breach: 10,
        high_risk: 8,
        victim: 6,
        high_from: 30,
        offence: vec![Offence { code: "strangulation".into(), points: 20 }],
        age: vec![Age { days: 365, percent: 100 }, Age { days: 730, percent: 50 }],
    }
}

fn fact(days: u32, was: Was) -> Fact {
    Fact { incident: IncidentId(u128::from(days)), at: NOW.minus(DAY * days), was }
}

#[test]
fn every_row_of_the_sum_is_points_by_age() {
    let crime = |code: &str| Was::Crime(Some(code.to_owned()));
    for (days, was, adds) in [
        (0, crime("strangulation"), Some(20)),
        (365, crime("strangulation"), Some(20)),
        (366, crime("strangulation"), Some(10)),
        (731, crime("strangulation"), Some(0)),
        (0, crime("unheard_of"), Some(5)),
        (0, Was::Crime(None), Some(5)),
        (400, Was::Breach, Some(5)),
        (0, Was::HighRisk, Some(8)),
        (0, Was::Undecided, None),
    ] {
        let score = table().score(&[fact(days, was.clone())], 0, NOW);
        assert_eq!(score.terms[0].adds, adds, "{was:?} {days} days ago");
        assert_eq!(score.total, adds.unwrap_or_default());
    }
}

#[test]
fn what_is_not_known_is_counted_as_not_known_and_never_as_nothing() {
    let score = table().score(&[fact(1, Was::Undecided), fact(2, Was::Breach)], 0, NOW);
    assert_eq!((score.total, score.unknown), (10, 1));
    let nothing = table().score(&[], 0, NOW);
    assert_eq!((nothing.total, nothing.unknown, nothing.terms.len()), (0, 0, 0));
}

#[test]
fn victims_are_counted_once_across_incidents_and_the_latest_row_stands_first() {
    let facts = [fact(9, Was::HighRisk), fact(1, Was::Breach)];
    let score = table().score(&facts, 2, NOW);
    assert_eq!(score.total, 8 + 10 + 12);
    assert!(score.high);
    let days: Vec<_> =
        score.terms.iter().map(|term| term.fact.as_ref().map(|one| one.at)).collect();
    assert_eq!(days, [Some(NOW.minus(DAY)), Some(NOW.minus(DAY * 9)), None]);
}

#[test]
fn a_table_that_would_mislead_is_refused() {
    assert_eq!(table().fault(), None);
    let twice = Offence { code: "strangulation".into(), points: 1 };
    let mut wrong = table();
    wrong.offence.push(twice);
    assert!(wrong.fault().is_some());
    for age in [
        vec![],
        vec![Age { days: 9, percent: 101 }],
        vec![Age { days: 9, percent: 50 }, Age { days: 8, percent: 40 }],
        vec![Age { days: 9, percent: 50 }, Age { days: 10, percent: 60 }],
    ] {
        assert!(Table { age, ..table() }.fault().is_some());
    }
    assert!(Table { high_from: 0, ..table() }.fault().is_some());
}
