//! Counts that may be published. One to four is shown as fewer than five; and wherever a sum that
//! is shown would give such a count away, another count of the same sum is hidden as well.

use std::fmt;

/// Counts below this are not shown: fewer than five people may know each other.
pub const SMALL: u64 = 5;

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// As it is.
    Count(u64),
    /// One to four.
    Small,
    /// Not shown, so that a small one cannot be worked out.
    Hidden,
}

impl Cell {
    /// The count, when it is shown.
    pub const fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Small | Self::Hidden => None,
        }
    }
}

impl fmt::Display for Cell {
    /// As a page or a file shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Small => write!(f, "<{SMALL}"),
            Self::Hidden => f.write_str("*"),
        }
    }
}

/// Cells, by place, of which one is the sum of the others.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The place of the sum.
    pub total: usize,
    /// The places of what it is the sum of.
    pub parts: Vec<usize>,
}

/// What may be shown of these counts, when everybody knows which add up to which.
pub fn suppress(counts: &[u64], sums: &[Sum]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = counts.iter().map(|count| first(*count)).collect();
    // "Fewer than five" of a total would bound its parts: one and one, and who they are.
    for sum in sums.iter().filter(|sum| first(counts[sum.total]) == Cell::Small) {
        if sum.parts.iter().filter(|place| counts[**place] > 0).count() > 1 {
            cells[sum.total] = Cell::Hidden;
        }
    }
    // Each round hides one more cell or ends.
    while let Some(place) = given_away(counts, &cells, sums) {
        let Some(next) = next_to_hide(place, counts, &cells, sums) else {
            break;
        };
        cells[next] = Cell::Hidden;
    }
    cells
}

const fn first(count: u64) -> Cell {
    if count > 0 && count < SMALL { Cell::Small } else { Cell::Count(count) }
}

fn places(sum: &Sum) -> impl Iterator<Item = usize> {
    sum.parts.iter().copied().chain([sum.total])
}

/// More than any count.
const NO_END: u64 = u64::MAX / 4;

/// A small count that somebody who knows the rule can name from all that is shown.
fn given_away(counts: &[u64], cells: &[Cell], sums: &[Sum]) -> Option<usize> {
    let bounds = bounds(counts, cells, sums);
    let small = |place: &usize| matches!(first(counts[*place]), Cell::Small);
    let mut places = (0..cells.len()).filter(small);
    places.find(|place| bounds[*place].0 >= bounds[*place].1)
}

/// The least and the most that each count can be, given every sum: narrowed until nothing moves.
fn bounds(counts: &[u64], cells: &[Cell], sums: &[Sum]) -> Vec<(u64, u64)> {
    let is_total = |place: usize| sums.iter().any(|sum| sum.total == place);
    let known = cells.iter().enumerate().map(|(place, cell)| match cell {
        Cell::Count(count) => (*count, *count),
        Cell::Small => (1, SMALL - 1),
        // A single count is hidden only when it is not small.
        Cell::Hidden if counts[place] > 0 && !is_total(place) => (SMALL, NO_END),
        Cell::Hidden => (0, NO_END),
    });
    let mut bounds: Vec<(u64, u64)> = known.collect();
    let mut moved = true;
    while moved {
        moved = false;
        for sum in sums {
            moved |= narrow(sum, &mut bounds);
        }
    }
    bounds
}

fn narrow(sum: &Sum, bounds: &mut [(u64, u64)]) -> bool {
    let least: u64 = sum.parts.iter().map(|part| bounds[*part].0).sum();
    let most = sum.parts.iter().map(|part| bounds[*part].1).fold(0, u64::saturating_add);
    let mut moved = tighten(&mut bounds[sum.total], least, most.min(NO_END));
    let total = bounds[sum.total];
    for part in &sum.parts {
        let own = bounds[*part];
        let lower = total.0.saturating_sub(most - own.1);
        let upper = total.1.saturating_sub(least - own.0);
        moved |= tighten(&mut bounds[*part], lower, upper);
        if moved {
            // What the others were is not what they are.
            return true;
        }
    }
    moved
}

fn tighten(bound: &mut (u64, u64), least: u64, most: u64) -> bool {
    let tighter = (bound.0.max(least), bound.1.min(most));
    std::mem::replace(bound, tighter) != tighter
}

/// The least count that is still shown in a sum with that cell, or in any: one that is not
/// nothing if there is one.
fn next_to_hide(near: usize, counts: &[u64], cells: &[Cell], sums: &[Sum]) -> Option<usize> {
    let beside = |sum: &&Sum| places(sum).any(|place| place == near);
    let shown = |place: &usize| cells[*place].count().is_some();
    let least = |place: &usize| (counts[*place] == 0, counts[*place]);
    let near = sums.iter().filter(beside).flat_map(places).filter(shown).min_by_key(least);
    near.or_else(|| (0..cells.len()).filter(shown).min_by_key(least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_count_takes_another_with_it() {
        let sums = [Sum { total: 3, parts: vec![0, 1, 2] }];
        let cells = suppress(&[3, 9, 40, 52], &sums);
        assert_eq!(cells[0], Cell::Small);
        assert!(cells[1..].contains(&Cell::Hidden), "{cells:?}");
        assert_eq!(suppress(&[9, 0, 40, 49], &sums).iter().filter_map(|c| c.count()).count(), 4);
    }

    proptest! {
        /// Whatever the counts of a row are, no small one can be had by subtraction.
        #[test]
        fn no_small_count_is_what_is_left(counts in prop::collection::vec(0_u64..40, 1..14)) {
            let total = counts.len();
            let mut all = counts.clone();
            all.push(counts.iter().sum());
            let cells = suppress(&all, &[Sum { total, parts: (0..total).collect() }]);
            for (place, count) in counts.iter().enumerate() {
                if *count == 0 || *count >= SMALL {
                    continue;
                }
                prop_assert_eq!(cells[place].count(), None);
                let others = (0..=total).filter(|other| *other != place);
                let all_shown = others.into_iter().all(|other| cells[other].count().is_some());
                prop_assert!(!all_shown, "{:?} gives {} away", cells, count);
            }
        }
    }
}
