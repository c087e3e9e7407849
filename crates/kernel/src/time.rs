//! Instants and days as plain numbers. Nothing here reads a clock: `engine::clock` does.

use serde::{Deserialize, Serialize};
use std::time::Duration;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    /// Whole seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1_000_000)
    }

    /// The instant `span` later.
    #[must_use]
    pub const fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span.as_micros() as i64))
    }

    /// The instant `span` earlier.
    #[must_use]
    pub const fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(span.as_micros() as i64))
    }

    /// How long after `earlier` this is; zero when it is not after.
    pub const fn since(self, earlier: Self) -> Duration {
        let micros = self.0.saturating_sub(earlier.0);
        Duration::from_micros(if micros > 0 { micros as u64 } else { 0 })
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The UTC day this instant falls on.
    pub const fn day(self) -> Day {
        Day(self.0.div_euclid(MICROS_PER_DAY) as i32)
    }
}

/// A UTC calendar day: days since 1970-01-01.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day `days` later.
    #[must_use]
    pub const fn plus(self, days: u32) -> Self {
        Self(self.0 + days as i32)
    }

    /// The first instant of this day; past the end of time, the last one there is.
    pub const fn start(self) -> At {
        At((self.0 as i64).saturating_mul(MICROS_PER_DAY))
    }
}

/// `minutes` as a `Duration`, so that tables of targets read like the policy they keep.
pub const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

/// `hours` as a `Duration`.
pub const fn hours(hours: u64) -> Duration {
    minutes(hours * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_falls_on_its_utc_day_before_and_after_the_epoch() {
        assert_eq!(At::from_seconds(86_399).day(), Day(0));
        assert_eq!(At::from_seconds(86_400).day(), Day(1));
        assert_eq!(At::from_seconds(-1).day(), Day(-1));
        assert_eq!(Day(1).start(), At::from_seconds(86_400));
    }

    #[test]
    fn since_never_goes_below_zero() {
        assert_eq!(At(1).since(At(5)), Duration::ZERO);
        assert_eq!(At(5).since(At(1)), Duration::from_micros(4));
    }
}
