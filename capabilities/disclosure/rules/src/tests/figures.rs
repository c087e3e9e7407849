//! The yearly figures, and that small numbers stay small.

use super::play::local;
use crate::figures::{Ending, Row, YearBasis, figures, year_of};
use crate::{Channel, Route};
use stats::suppression::{Cell, Sum, suppress};

fn rows(n: usize, route: Route, days: u64, channel: Channel) -> Vec<Row> {
    let applied_at = local("2026-05-01 12:00");
    let told_at = applied_at.plus(std::time::Duration::from_secs(days * 86_400));
    let ending = Ending::Disclosed;
    vec![Row { route, applied_at, ending, told: Some((told_at, channel)) }; n]
}

#[test]
fn a_financial_year_begins_in_april_local_time() {
    for (at, calendar, financial) in [
        ("2026-03-31 23:59", 2026, 2025),
        ("2026-04-01 00:00", 2026, 2026),
        ("2026-12-31 23:59", 2026, 2026),
        ("2027-01-01 00:00", 2027, 2026),
    ] {
        assert_eq!(year_of(local(at), YearBasis::Calendar), calendar, "{at}");
        assert_eq!(year_of(local(at), YearBasis::Financial), financial, "{at}");
    }
}

#[test]
fn large_numbers_are_shown_with_shares_and_the_longest() {
    let mut all = rows(90, Route::AskSelf, 20, Channel::Video);
    all.extend(rows(10, Route::AskSelf, 30, Channel::InPerson));
    all.extend(rows(20, Route::Know, 40, Channel::Telephone));
    all.extend(rows(30, Route::AskThirdParty, 28, Channel::Video));
    let years = figures(&all, YearBasis::Calendar);
    assert_eq!(years.len(), 1);
    let own = &years[0].lines[0];
    assert_eq!((own.applications, own.disclosures), (Cell::Count(100), Cell::Count(100)));
    assert_eq!(own.bands, [Cell::Count(90), Cell::Count(10), Cell::Count(0)]);
    assert_eq!((own.within_28_permille, own.within_35_permille), (Some(900), Some(1000)));
    let total = &years[0].lines[3];
    assert_eq!(total.route, None);
    assert_eq!(total.disclosures, Cell::Count(150));
    assert_eq!(total.channels, [Cell::Count(120), Cell::Count(10), Cell::Count(20)]);
    assert_eq!((total.within_28_permille, total.longest_days), (Some(800), Some(40)));
}

#[test]
fn disclosures_are_counted_in_the_year_they_were_made() {
    let applied_at = local("2026-12-20 12:00");
    let told = Some((local("2027-01-10 12:00"), Channel::Video));
    let row = Row { route: Route::AskSelf, applied_at, ending: Ending::Disclosed, told };
    let years = figures(&[row; 6], YearBasis::Calendar);
    let seen: Vec<_> = years.iter().map(|year| (year.year, &year.lines[0])).collect();
    assert_eq!((seen[0].0, seen[0].1.applications), (2026, Cell::Count(6)));
    assert_eq!(seen[0].1.disclosures, Cell::Count(0));
    assert_eq!((seen[1].0, seen[1].1.disclosures), (2027, Cell::Count(6)));
}

#[test]
fn a_small_number_is_not_shown_and_cannot_be_worked_out() {
    let mut all = rows(97, Route::AskSelf, 20, Channel::Video);
    all.extend(rows(3, Route::AskSelf, 30, Channel::Video));
    all.extend(rows(50, Route::Know, 20, Channel::Video));
    let years = figures(&all, YearBasis::Calendar);
    let own = &years[0].lines[0];
    assert_eq!(own.bands[1], Cell::Small);
    assert_eq!(own.bands[0], Cell::Hidden, "or the total less this would show it");
    assert_eq!(own.within_28_permille, None);
    let total = &years[0].lines[3];
    assert_ne!(total.bands[1], Cell::Count(3));
    assert_eq!((own.bands[1].to_string(), own.bands[0].to_string()), ("<5".into(), "*".into()));
}

#[test]
fn the_longest_of_a_few_is_not_shown() {
    let years = figures(&rows(2, Route::Know, 90, Channel::InPerson), YearBasis::Calendar);
    assert!(years[0].lines.iter().all(|line| line.longest_days.is_none()));
    assert!(years[0].lines.iter().all(|line| line.within_28_permille.is_none()));
}

#[test]
fn two_small_numbers_whose_sum_leaves_no_choice_are_hidden_further() {
    let sum = || [Sum { total: 3, parts: vec![0, 1, 2] }];
    // 4 + 4 can only be 4 and 4, were the sum of both known.
    let cells = suppress(&[4, 4, 9, 17], &sum());
    assert_eq!(cells, [Cell::Small, Cell::Small, Cell::Hidden, Cell::Count(17)]);
    // 2 + 3 may be 1 and 4 as well: nothing more is hidden.
    let cells = suppress(&[2, 3, 9, 14], &sum());
    assert_eq!(cells, [Cell::Small, Cell::Small, Cell::Count(9), Cell::Count(14)]);
    // A small total is hidden itself.
    let cells = suppress(&[1, 0, 0, 1], &sum());
    assert_eq!((cells[0], cells[3]), (Cell::Small, Cell::Small));
}

/// Two by two with its margins, as it is shown.
type Shown = [Cell; 9];

const TWO_BY_TWO: [(usize, [usize; 2]); 6] =
    [(2, [0, 1]), (5, [3, 4]), (8, [6, 7]), (6, [0, 3]), (7, [1, 4]), (8, [2, 5])];

fn table([a, b, c, d]: [u64; 4]) -> [u64; 9] {
    [a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d]
}

/// What a count may be, for somebody who knows the rule: a single count is hidden only when it is
/// not small, a total also when it is.
fn may_be(shown: &Shown, place: usize, count: u64) -> bool {
    let total = TWO_BY_TWO.iter().any(|(total, _)| *total == place);
    match shown[place] {
        Cell::Count(shown) => count == shown,
        Cell::Small => (1..5).contains(&count),
        Cell::Hidden => total || count == 0 || count >= 5,
    }
}

/// The values that a small count may have, given everything that is shown; two are enough.
fn possible(shown: &Shown, place: usize) -> std::collections::BTreeSet<u64> {
    let values = |place: usize| {
        let all = (0..25_u64).filter(move |count| may_be(shown, place, *count));
        all.collect::<Vec<_>>()
    };
    let mut found = std::collections::BTreeSet::new();
    for a in values(0) {
        for b in values(1).into_iter().filter(|b| may_be(shown, 2, a + b)) {
            for c in values(3).into_iter().filter(|c| may_be(shown, 6, a + c)) {
                for d in values(4) {
                    let counts = table([a, b, c, d]);
                    if (0..9).all(|place| may_be(shown, place, counts[place])) {
                        found.insert(counts[place]);
                        if found.len() > 1 {
                            return found;
                        }
                    }
                }
            }
        }
    }
    found
}

#[test]
fn in_every_small_table_a_small_count_has_more_than_one_possible_value() {
    let sums = TWO_BY_TWO.map(|(total, parts)| Sum { total, parts: parts.to_vec() });
    let range = || [0_u64, 1, 2, 4, 5, 6, 9, 20];
    let mut seen: Vec<Shown> = vec![];
    for (a, b) in range().into_iter().flat_map(|a| range().map(|b| (a, b))) {
        for (c, d) in range().into_iter().flat_map(|c| range().map(|d| (c, d))) {
            let counts = table([a, b, c, d]);
            let shown: Shown = suppress(&counts, &sums).try_into().unwrap();
            if seen.contains(&shown) {
                continue;
            }
            for place in (0..9).filter(|place| shown[*place] == Cell::Small) {
                assert!(possible(&shown, place).len() > 1, "{counts:?} as {shown:?}");
            }
            seen.push(shown);
        }
    }
}
