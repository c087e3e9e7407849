//! What we allow ourselves before anybody else has to stop us: requests a minute, and texts to
//! one number an hour. In memory, per process, keyed by hash: no number is kept. Never here: a
//! clock, or what happens to a message that has to wait.

use crate::limits;
use kernel::At;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

/// At most so many in any 60 seconds.
#[derive(Debug)]
pub struct PerMinute {
    most: usize,
    taken: Mutex<VecDeque<At>>,
}

impl PerMinute {
    /// A budget of `most`.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes one, or says how long until there is one.
    pub fn take(&self, at: At) -> Result<(), Duration> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken.front().is_some_and(|first| at.since(*first) >= MINUTE) {
            taken.pop_front();
        }
        match taken.front() {
            Some(first) if taken.len() >= self.most => Err(MINUTE.saturating_sub(at.since(*first))),
            Some(_) | None => {
                taken.push_back(at);
                Ok(())
            }
        }
    }
}

/// At most `SAME_TEXT_PER_HOUR` the same and `ANY_TEXT_PER_HOUR` in all to one number.
#[derive(Debug, Default)]
pub struct PerNumber {
    hasher: RandomState,
    sent: Mutex<HashMap<u64, VecDeque<(At, u64)>>>,
}

/// A place reserved for one text; given back when it certainly did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    number: u64,
    entry: (At, u64),
}

impl PerNumber {
    /// Reserves a place, or says how long until there is one.
    pub fn reserve(&self, at: At, number: impl Hash, text: impl Hash) -> Result<Place, Duration> {
        let place =
            Place { number: self.hasher.hash_one(number), entry: (at, self.hasher.hash_one(text)) };
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() >= limits::GUARDED_NUMBERS_MAX {
            sent.retain(|_, list| list.back().is_some_and(|(last, _)| at.since(*last) < HOUR));
        }
        if sent.len() >= limits::GUARDED_NUMBERS_MAX && !sent.contains_key(&place.number) {
            return Err(MINUTE);
        }
        let list = sent.entry(place.number).or_default();
        list.retain(|(earlier, _)| at.since(*earlier) < HOUR);
        let until = |nth: Option<&(At, u64)>| {
            nth.map_or(HOUR, |(earlier, _)| HOUR.saturating_sub(at.since(*earlier)))
        };
        if list.len() >= limits::ANY_TEXT_PER_HOUR {
            return Err(until(list.front()));
        }
        let mut same = list.iter().filter(|(_, text)| *text == place.entry.1);
        let first = same.next();
        if first.is_some() && same.count() + 1 >= limits::SAME_TEXT_PER_HOUR {
            return Err(until(first));
        }
        list.push_back(place.entry);
        Ok(place)
    }

    /// Gives a place back.
    pub fn release(&self, place: Place) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = sent.get_mut(&place.number) {
            if let Some(index) = list.iter().rposition(|entry| *entry == place.entry) {
                list.remove(index);
            }
            if list.is_empty() {
                sent.remove(&place.number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: At = At::from_seconds(1_800_000_000);

    #[test]
    fn the_minute_rolls() {
        let budget = PerMinute::new(2);
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        assert_eq!(budget.take(NOW), Ok(()));
        assert_eq!(budget.take(later(30)), Ok(()));
        assert_eq!(budget.take(later(40)), Err(Duration::from_secs(20)));
        assert_eq!(budget.take(later(60)), Ok(()));
        assert_eq!(budget.take(later(61)), Err(Duration::from_secs(29)));
    }

    #[test]
    fn the_twenty_first_same_text_in_an_hour_waits_for_the_hour_to_end() {
        let guard = PerNumber::default();
        for _ in 0..limits::SAME_TEXT_PER_HOUR {
            guard.reserve(NOW, "a", "text").unwrap();
        }
        let later = NOW.plus(Duration::from_secs(600));
        assert_eq!(guard.reserve(later, "a", "text"), Err(Duration::from_secs(3_000)));
        assert!(guard.reserve(later, "a", "other text").is_ok());
        assert!(guard.reserve(later, "b", "text").is_ok());
        assert!(guard.reserve(NOW.plus(HOUR), "a", "text").is_ok());
    }

    #[test]
    fn the_hundred_and_first_text_of_any_kind_waits() {
        let guard = PerNumber::default();
        for text in 0..limits::ANY_TEXT_PER_HOUR {
            guard.reserve(NOW, "a", text).unwrap();
        }
        assert_eq!(guard.reserve(NOW, "a", "new"), Err(HOUR));
    }

    #[test]
    fn a_text_that_did_not_go_does_not_count() {
        let guard = PerNumber::default();
        for _ in 0..3 * limits::SAME_TEXT_PER_HOUR {
            let place = guard.reserve(NOW, "a", "text").unwrap();
            guard.release(place);
        }
        assert!(guard.sent.lock().unwrap().is_empty());
    }
}
