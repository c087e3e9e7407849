//! How often the public page is answered. Nobody is told apart: no address is read and none is
//! kept, so that the count is of everybody together. In memory: a restart forgives.

use crate::limits::{ASKS_PER_MINUTE, EMERGENCIES_PER_MINUTE, STEPS_PER_MINUTE};
use kernel::At;
use std::sync::{Mutex, PoisonError};

const MINUTE_MICROS: i64 = 60_000_000;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A page.
    Step,
    /// An application.
    Ask,
    /// An emergency.
    Emergency,
}

impl What {
    const fn per_minute(self) -> u32 {
        match self {
            Self::Step => STEPS_PER_MINUTE,
            Self::Ask => ASKS_PER_MINUTE,
            Self::Emergency => EMERGENCIES_PER_MINUTE,
        }
    }
}

/// Counts by minute, one for each.
#[derive(Default)]
pub(crate) struct Pace(Mutex<[(i64, u32); 3]>);

impl Pace {
    /// Whether there is room for one more now.
    pub(crate) fn allows(&self, now: At, what: What) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.0.div_euclid(MINUTE_MICROS);
        let counted = &mut counts[what as usize];
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        counted.1 <= what.per_minute()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_when_too_many_came_waits_for_the_next_minute() {
        let pace = Pace::default();
        let now = At::from_seconds(600);
        for _ in 0..ASKS_PER_MINUTE {
            assert!(pace.allows(now, What::Ask));
        }
        assert!(!pace.allows(now, What::Ask));
        assert!(pace.allows(now, What::Emergency));
        assert!(pace.allows(At::from_seconds(660), What::Ask));
    }
}
