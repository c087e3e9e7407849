//! Which time may be believed. Reading stops as soon as any clock says that the day has come;
//! destroying waits until all of them do. Pure: readings in, an answer out.
//! The rules are those of the retention clock in `docs/walkthroughs/a-forgetting.md`.

use crate::limits::CLOCK_SKEW_MAX;
use kernel::At;
use std::collections::BTreeMap;
use vault::{Mark, Steady};

/// What every clock says at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readings {
    /// The wall clock.
    pub wall: At,
    /// The clock that nobody sets.
    pub steady: Steady,
    /// The clock of the journal's own store, where that is another machine's.
    pub store: Option<At>,
    /// Both, when they were last trusted.
    pub mark: Option<Mark>,
    /// Whether somebody keeps the wall clock right since this machine was started.
    pub kept_right: bool,
}

/// Why the clocks are not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The wall clock is ahead of the time that has passed.
    Ahead,
    /// The wall clock is behind it.
    Behind,
    /// The machine was started anew, time has passed meanwhile by the wall clock alone, and
    /// nobody keeps that right.
    Restarted,
    /// The store's clock says another time.
    StoreDiffers,
}

impl Readings {
    /// What the time must be by the steady clock; after a start of the machine that and the time
    /// since are the least it can be, and the wall may say more.
    fn expected(&self) -> At {
        match self.mark {
            Some(mark) if mark.steady.boot == self.steady.boot => {
                mark.wall.plus(self.steady.since.saturating_sub(mark.steady.since))
            }
            Some(mark) => mark.wall.plus(self.steady.since).max(self.wall),
            None => self.wall,
        }
    }

    /// The latest that any clock says: what expires by it is not read any more.
    //= Data Protection Act 2018, section 39(1): never readable after its day on any clock
    pub fn latest(&self) -> At {
        let mark = self.mark.map_or(At(i64::MIN), |mark| mark.wall.max(mark.high));
        self.wall.max(self.expected()).max(mark).max(self.store.unwrap_or(At(i64::MIN)))
    }

    /// What each clock says, by its name: for the record.
    pub(crate) fn said(&self) -> BTreeMap<String, At> {
        let mut said = BTreeMap::from([
            ("wall".to_owned(), self.wall),
            ("steady".to_owned(), self.expected()),
        ]);
        said.extend(self.store.map(|at| ("store".to_owned(), at)));
        said
    }

    /// The earliest that any clock says: what has not expired by it is not destroyed.
    pub fn earliest(&self) -> At {
        self.wall.min(self.expected()).min(self.store.unwrap_or(At(i64::MAX)))
    }

    /// The time by which new deadlines are set: the clock that nobody sets, while they disagree.
    /// Never before what was agreed on once: that day's keys may be destroyed.
    pub fn believed(&self) -> At {
        let wall = if self.doubt().is_some() { At(i64::MIN) } else { self.wall };
        let high = self.mark.map_or(At(i64::MIN), |mark| mark.high);
        self.expected().max(wall).max(high)
    }

    /// Why nothing may be destroyed now; nothing when the clocks agree.
    pub fn doubt(&self) -> Option<Doubt> {
        let apart = |one: At, other: At| {
            let span = one.since(other).max(other.since(one));
            span > CLOCK_SKEW_MAX
        };
        if self.store.is_some_and(|store| apart(store, self.wall)) {
            return Some(Doubt::StoreDiffers);
        }
        let mark = self.mark?;
        let anew = mark.steady.boot != self.steady.boot && !self.kept_right;
        if anew && self.wall.since(mark.wall.plus(self.steady.since)) > CLOCK_SKEW_MAX {
            return Some(Doubt::Restarted);
        }
        let expected = self.expected();
        match apart(self.wall, expected) {
            true if self.wall > expected => Some(Doubt::Ahead),
            true => Some(Doubt::Behind),
            false => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::{hours, minutes};
    use std::time::Duration;

    const T: At = At::from_seconds(1_800_000_000);

    fn steady(boot: u64, since: Duration) -> Steady {
        Steady { boot, since }
    }

    fn readings(wall: At, boot: u64, since: Duration) -> Readings {
        let mark = Some(Mark { wall: T, steady: steady(1, hours(5)), high: T });
        Readings { wall, steady: steady(boot, since), store: None, mark, kept_right: false }
    }

    #[test]
    fn clocks_that_go_on_together_are_believed() {
        let now = readings(T.plus(hours(3)), 1, hours(8));
        assert_eq!(now.doubt(), None);
        assert_eq!((now.latest(), now.earliest()), (T.plus(hours(3)), T.plus(hours(3))));
        let skewed = readings(T.plus(minutes(4)), 1, hours(5));
        assert_eq!(skewed.doubt(), None);
    }

    #[test]
    fn a_jump_ahead_closes_at_once_and_destroys_nothing() {
        let now = readings(T.plus(hours(24 * 365)), 1, hours(5) + minutes(1));
        assert_eq!(now.doubt(), Some(Doubt::Ahead));
        assert_eq!(now.latest(), T.plus(hours(24 * 365)));
        assert_eq!(now.earliest(), T.plus(minutes(1)));
        assert_eq!(now.believed(), T.plus(minutes(1)));
    }

    #[test]
    fn a_jump_back_opens_nothing_again() {
        let now = readings(T.minus(hours(24)), 1, hours(6));
        assert_eq!(now.doubt(), Some(Doubt::Behind));
        assert_eq!((now.latest(), now.believed()), (T.plus(hours(1)), T.plus(hours(1))));
        let after_a_start = readings(T.minus(hours(1)), 2, minutes(1));
        assert_eq!(after_a_start.doubt(), Some(Doubt::Behind));
        assert_eq!(after_a_start.latest(), T.plus(minutes(1)), "it runs for a minute");
    }

    #[test]
    fn a_machine_that_was_off_is_believed_only_when_somebody_keeps_its_clock_right() {
        let mut off = readings(T.plus(hours(24 * 3)), 2, minutes(1));
        assert_eq!(off.doubt(), Some(Doubt::Restarted));
        assert_eq!(off.latest(), T.plus(hours(24 * 3)), "closed all the same");
        off.kept_right = true;
        assert_eq!(off.doubt(), None);
        assert_eq!(readings(T.plus(minutes(4)), 2, minutes(1)).doubt(), None, "a short one");
    }

    #[test]
    fn a_store_that_says_another_time_is_heard() {
        let mut now = readings(T, 1, hours(5));
        now.store = Some(T.plus(minutes(6)));
        assert_eq!(now.doubt(), Some(Doubt::StoreDiffers));
        assert_eq!((now.latest(), now.earliest()), (T.plus(minutes(6)), T));
        now.store = Some(T.plus(minutes(4)));
        assert_eq!(now.doubt(), None);
    }
}
