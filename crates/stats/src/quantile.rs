//! How long something takes for half of the people, and for nearly all of them.

use crate::suppression::SMALL;

/// Half of them waited no longer than `half`, nineteen in twenty no longer than `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The median.
    pub half: u64,
    /// The 95th percentile.
    pub most: u64,
}

/// The spread of these, or nothing when there are so few that it would be somebody's own.
pub fn spread(values: &mut [u64]) -> Option<Spread> {
    if (values.len() as u64) < SMALL {
        return None;
    }
    values.sort_unstable();
    Some(Spread { half: nearest_rank(values, 50), most: nearest_rank(values, 95) })
}

/// The smallest value that at least `percent` of them do not exceed; of something, sorted.
fn nearest_rank(sorted: &[u64], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_is_by_nearest_rank() {
        let mut twenty: Vec<u64> = (1..=20).rev().collect();
        assert_eq!(spread(&mut twenty), Some(Spread { half: 10, most: 19 }));
        assert_eq!(spread(&mut [7; 5]), Some(Spread { half: 7, most: 7 }));
    }

    #[test]
    fn four_people_have_no_spread() {
        assert_eq!(spread(&mut [1, 2, 3, 4]), None);
    }
}
