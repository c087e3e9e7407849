//! What `sightline bench` measures, as one file that the README's figures come from.

use crate::limits::FACE_PROMISE_MS;
use crate::machine::Machine;
use crate::report::Report;
use serde::{Deserialize, Serialize};

/// All figures of one run on one machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// When, as a date.
    pub measured_on: String,
    /// Which version.
    pub version: String,
    /// On what.
    pub machine: Machine,
    /// The most calls at once of which 95 % were face to face within a second; callers and
    /// officers ran on the same machine.
    pub calls_within_a_second: u32,
    /// Rehearsals of rising size.
    pub rehearsals: Vec<Report>,
    /// What the journals carry.
    pub appends: Vec<Appends>,
}

/// Appends a second that were acknowledged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Appends {
    /// `sqlite` or `postgres`.
    pub backend: String,
    /// How many wrote at once.
    pub writers: usize,
    /// All of them together.
    pub per_second: f64,
}

/// Whether a rehearsal kept the promise, so that a larger one is worth trying.
pub fn kept_promise(report: &Report) -> bool {
    report.passed() && report.time_to_face_ms.p95.is_some_and(|p95| p95 <= FACE_PROMISE_MS)
}

impl Figures {
    /// Takes in one more rehearsal. Returns whether a larger one is worth trying.
    pub fn take(&mut self, report: Report) -> bool {
        let kept = kept_promise(&report);
        if kept {
            self.calls_within_a_second = self.calls_within_a_second.max(report.calls);
        }
        self.rehearsals.push(report);
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Percentiles;

    fn report(calls: u32, p95: u64) -> Report {
        Report {
            calls,
            answered: calls,
            finished: calls,
            recordings: calls,
            recordings_playable: calls,
            time_to_face_ms: Percentiles::of(&[p95]),
            journal_verified: Some(true),
            ..Report::default()
        }
    }

    #[test]
    fn the_ladder_ends_where_the_promise_breaks() {
        let mut figures = Figures::default();
        assert!(figures.take(report(4, 700)));
        assert!(figures.take(report(8, 1000)));
        assert!(!figures.take(report(12, 1001)));
        assert_eq!((figures.calls_within_a_second, figures.rehearsals.len()), (8, 3));
    }

    #[test]
    fn a_rehearsal_that_failed_keeps_no_promise_however_fast_it_was() {
        let failed = Report { finished: 3, ..report(4, 100) };
        assert!(!Figures::default().take(failed));
    }
}
