//! How often a guest may ask for what, and how much she may send. In memory: a restart forgives.

use call::InvitationId;
use kernel::At;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Bytes of a JSON body: the longest is a written message of 1,000 characters of four bytes.
pub(crate) const BODY_MAX: usize = 8 * 1024;
/// Guests remembered; past it the oldest are forgotten, and with them their pace.
const GUESTS_MAX: usize = 20_000;
/// Tries at a spoken code in a minute, from anywhere: with 40 bits and a hundred codes alive
/// for fifteen minutes, somebody who guesses all day finds one in thirty thousand years.
const CODES_PER_MINUTE: u32 = 120;
const MINUTE_MICROS: i64 = 60_000_000;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// Where do I stand? Asked on every hint and every few seconds without hints.
    State,
    /// A token: also the rejoin loop, every second at worst.
    Room,
    /// A written message.
    Text,
    /// Everything that becomes an event and is pressed by a thumb.
    Press,
    /// The list of messages.
    Texts,
}

impl What {
    const fn per_minute(self) -> u32 {
        match self {
            Self::State => 240,
            Self::Room => 90,
            Self::Text => 30,
            Self::Press => 60,
            Self::Texts => 120,
        }
    }
}

/// Counts by minute.
#[derive(Default)]
pub(crate) struct Pace {
    guests: Mutex<BTreeMap<(InvitationId, What), (i64, u32)>>,
    codes: Mutex<(i64, u32)>,
}

impl Pace {
    /// Whether this guest may ask for this now.
    pub(crate) fn allows(&self, now: At, guest: InvitationId, what: What) -> bool {
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if guests.len() >= GUESTS_MAX {
            guests.clear();
        }
        count(guests.entry((guest, what)).or_default(), now) <= what.per_minute()
    }

    /// Whether a spoken code may be tried now.
    pub(crate) fn allows_code(&self, now: At) -> bool {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        count(&mut codes, now) <= CODES_PER_MINUTE
    }
}

fn count(counted: &mut (i64, u32), now: At) -> u32 {
    let minute = now.0.div_euclid(MINUTE_MICROS);
    if counted.0 != minute {
        *counted = (minute, 0);
    }
    counted.1 = counted.1.saturating_add(1);
    counted.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_too_often_waits_for_the_next_minute() {
        let (pace, guest) = (Pace::default(), InvitationId(1));
        let now = At::from_seconds(600);
        for _ in 0..What::Text.per_minute() {
            assert!(pace.allows(now, guest, What::Text));
        }
        assert!(!pace.allows(now, guest, What::Text));
        assert!(pace.allows(now, guest, What::Press));
        assert!(pace.allows(now, InvitationId(2), What::Text));
        assert!(pace.allows(At::from_seconds(660), guest, What::Text));
    }
}
