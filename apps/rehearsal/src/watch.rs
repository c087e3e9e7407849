//! How far a rehearsal is, for whoever watches it.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts of calls, each at most the number of calls.
#[derive(Debug, Default)]
pub struct Watch {
    calls: AtomicU32,
    reported: AtomicU32,
    waiting: AtomicU32,
    answered: AtomicU32,
    faces: AtomicU32,
    ended: AtomicU32,
    checked: AtomicU32,
    applications: AtomicU32,
    settled: AtomicU32,
}

macro_rules! counts {
    ($($deed:ident => $field:ident),+ $(,)?) => {
        $(pub(crate) fn $deed(&self) {
            self.$field.fetch_add(1, Ordering::Relaxed);
        })+
    };
}

impl Watch {
    /// Of so many calls.
    pub fn of(calls: u32) -> Self {
        Self { calls: calls.into(), ..Self::default() }
    }

    /// And of so many applications for a disclosure.
    pub fn and_applications(self, applications: u32) -> Self {
        Self { applications: applications.into(), ..self }
    }

    counts! {
        reported => reported,
        waits => waiting,
        answered => answered,
        faces => faces,
        ended => ended,
        checked => checked,
        settled => settled,
    }

    /// From nothing done, 0, to everything checked, 1.
    pub fn share(&self) -> f64 {
        let get = |one: &AtomicU32| f64::from(one.load(Ordering::Relaxed));
        // Each call passes five posts; the call itself, before `ended`, takes longest.
        let passed = get(&self.reported)
            + get(&self.waiting)
            + get(&self.faces)
            + 4.0 * get(&self.ended)
            + get(&self.checked)
            + 8.0 * get(&self.settled);
        let all = get(&self.calls) + get(&self.applications);
        (passed / (8.0 * all.max(1.0))).min(1.0)
    }
}

impl fmt::Display for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let get = |one: &AtomicU32| one.load(Ordering::Relaxed);
        let (ended, calls) = (get(&self.ended), get(&self.calls));
        let face = get(&self.faces).saturating_sub(ended);
        let coming = get(&self.reported).saturating_sub(get(&self.faces).max(ended));
        write!(f, "{coming:>3} coming {face:>3} face to face {ended:>3} of {calls} ended")?;
        match get(&self.checked) {
            0 => {}
            checked => write!(f, " {checked:>3} recordings checked")?,
        }
        match (get(&self.settled), get(&self.applications)) {
            (0, _) => Ok(()),
            (settled, all) => write!(f, " {settled:>3} of {all} applications settled"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_goes_from_nothing_to_everything() {
        let watch = Watch::of(2);
        assert_eq!(watch.share(), 0.0);
        for _ in 0..2 {
            watch.reported();
            watch.waits();
            watch.faces();
            watch.ended();
        }
        assert!(watch.share() < 1.0);
        watch.checked();
        watch.checked();
        assert_eq!(watch.share(), 1.0);
        assert!(watch.to_string().contains("2 of 2 ended"));
    }
}
