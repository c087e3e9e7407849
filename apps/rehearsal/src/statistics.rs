//! Percentiles of what was measured. Nearest rank: every figure is one that really happened.

use serde::{Deserialize, Serialize};

/// The middle, the bad and the worst of a measurement, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percentiles {
    /// Half were faster or as fast.
    pub p50: Option<u64>,
    /// Nineteen of twenty were.
    pub p95: Option<u64>,
    /// Ninety-nine of a hundred were.
    pub p99: Option<u64>,
}

impl Percentiles {
    /// Of these, in any order. Of none there is nothing to say.
    pub fn of(samples: &[u64]) -> Self {
        let mut sorted = samples.to_vec();
        sorted.sort_unstable();
        let rank = |percent: usize| {
            let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            sorted.get(place).copied()
        };
        Self { p50: rank(50), p95: rank(95), p99: rank(99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_smallest_sample_that_so_many_do_not_exceed() {
        let hundred: Vec<u64> = (1..=100).rev().collect();
        let found = Percentiles::of(&hundred);
        assert_eq!(found, Percentiles { p50: Some(50), p95: Some(95), p99: Some(99) });
        let twenty: Vec<u64> = (1..=20).collect();
        let found = Percentiles::of(&twenty);
        assert_eq!(found, Percentiles { p50: Some(10), p95: Some(19), p99: Some(20) });
    }

    #[test]
    fn one_sample_is_every_percentile_and_none_is_no_figure() {
        let found = Percentiles::of(&[7]);
        assert_eq!(found, Percentiles { p50: Some(7), p95: Some(7), p99: Some(7) });
        assert_eq!(Percentiles::of(&[]), Percentiles::default());
    }
}
