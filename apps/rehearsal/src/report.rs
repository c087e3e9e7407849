//! What a rehearsal came to, as one JSON object and in words.

use crate::forgot::{self, Forgot};
use crate::statistics::Percentiles;
use crate::tally::Tally;
use crate::weekend::Weekend;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// The result of a rehearsal. Names and units stay as they are: others read this file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many were tried.
    pub calls: u32,
    /// In how many both saw each other.
    pub answered: u32,
    /// How many came to an outcome and a closed incident.
    pub finished: u32,
    /// How many recordings were found.
    pub recordings: u32,
    /// How many of them play: both people's picture and sound, for the right length.
    pub recordings_playable: u32,
    /// Segments that are missing in them.
    pub segments_lost: u64,
    /// From her opening the link to the first complete picture at the later of both ends.
    pub time_to_face_ms: Percentiles,
    /// The same from the report.
    pub report_to_face_ms: Percentiles,
    /// The server's processor time for one minute of one call; none where it cannot be measured.
    pub cpu_seconds_per_call_minute: Option<f64>,
    /// The most memory the server held at once; none where it cannot be measured.
    pub rss_mib: Option<f64>,
    /// Events in the journal; none before it was asked.
    pub events: Option<u64>,
    /// Whether the journal verifies; none before it was asked.
    pub journal_verified: Option<bool>,
    /// The disclosures and what was forgotten of them; none where there were none.
    #[serde(flatten)]
    pub forgot: Option<Forgot>,
    /// The weekend after the calls; none where there was none.
    #[serde(flatten)]
    pub weekend: Option<Weekend>,
    /// What went wrong, each once.
    pub problems: Vec<String>,
}

impl Report {
    /// What was seen from outside.
    pub fn of(tally: &Tally) -> Self {
        let count = |want: fn(&crate::Played) -> bool| {
            u32::try_from(tally.played.iter().filter(|one| want(one)).count()).unwrap_or(u32::MAX)
        };
        let samples = |of: fn(&crate::Played) -> Option<u64>| -> Vec<u64> {
            tally.played.iter().filter_map(of).collect()
        };
        let mut problems: Vec<String> =
            tally.played.iter().filter_map(|one| one.stumble.clone()).collect();
        problems.extend(tally.recordings.iter().filter_map(|one| one.problem.clone()));
        problems.extend(tally.forgotten.iter().flat_map(forgot::problems));
        problems.sort();
        problems.dedup();
        let lasted: Duration = tally.played.iter().map(|one| one.lasted).sum();
        let minutes = lasted.as_secs_f64() / 60.0;
        let cpu = tally.cpu_seconds.filter(|_| minutes > 0.0).map(|cpu| cpu / minutes);
        let found = tally.recordings.iter().filter(|one| one.found).count();
        let playable = tally.recordings.iter().filter(|one| one.playable()).count();
        Self {
            calls: u32::try_from(tally.played.len()).unwrap_or(u32::MAX),
            answered: count(|one| one.answered),
            finished: count(|one| one.finished),
            recordings: u32::try_from(found).unwrap_or(u32::MAX),
            recordings_playable: u32::try_from(playable).unwrap_or(u32::MAX),
            segments_lost: tally.recordings.iter().map(|one| one.segments_lost).sum(),
            time_to_face_ms: Percentiles::of(&samples(|one| one.to_face_ms)),
            report_to_face_ms: Percentiles::of(&samples(|one| one.report_to_face_ms)),
            cpu_seconds_per_call_minute: cpu.map(thousandths),
            rss_mib: tally.rss_mib.map(|mib| (mib * 10.0).round() / 10.0),
            events: None,
            journal_verified: None,
            forgot: tally.forgotten.as_ref().map(Forgot::of),
            weekend: tally.weekend.clone(),
            problems,
        }
    }

    /// The same with what the journal says: how many events, and whether it is sound.
    pub fn with_journal(self, (events, sound): (u64, bool)) -> Self {
        Self { events: Some(events), journal_verified: Some(sound), ..self }
    }

    /// Whether everything went as it must. What nobody has verified is not sound.
    pub fn passed(&self) -> bool {
        let all = [self.answered, self.finished, self.recordings, self.recordings_playable];
        let whole = all.into_iter().all(|count| count == self.calls);
        let forgot = self.forgot.as_ref().is_none_or(Forgot::passed);
        let weekend = self.weekend.as_ref().is_none_or(Weekend::passed);
        whole && forgot && weekend && self.calls > 0 && self.journal_verified == Some(true)
    }
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, answered, finished, recordings, recordings_playable, .. } = self;
        writeln!(f, "calls            {finished} of {calls} finished, {answered} face to face")?;
        write!(f, "recordings       {recordings_playable} of {recordings} play")?;
        match self.segments_lost {
            0 => writeln!(f)?,
            lost => writeln!(f, ", {lost} segments lost")?,
        }
        for (name, of) in [
            ("link to face     ", self.time_to_face_ms),
            ("report to face   ", self.report_to_face_ms),
        ] {
            if let Percentiles { p50: Some(p50), p95: Some(p95), p99: Some(p99) } = of {
                writeln!(f, "{name}{p50} ms in half, {p95} ms in 95 %, {p99} ms in 99 %")?;
            }
        }
        if let Some(cpu) = self.cpu_seconds_per_call_minute {
            writeln!(f, "server           {cpu} s of processor for a minute of one call")?;
        }
        if let Some(rss) = self.rss_mib {
            writeln!(f, "memory           {rss} MiB at most")?;
        }
        let verified = match self.journal_verified {
            Some(true) => "verified",
            Some(false) => "DOES NOT VERIFY",
            None => "not verified",
        };
        match self.events {
            Some(events) => writeln!(f, "journal          {events} events, {verified}")?,
            None => writeln!(f, "journal          {verified}")?,
        }
        if let Some(forgot) = &self.forgot {
            write!(f, "{forgot}")?;
        }
        if let Some(weekend) = &self.weekend {
            write!(f, "{weekend}")?;
        }
        for problem in &self.problems {
            writeln!(f, "problem          {problem}")?;
        }
        write!(f, "{}", if self.passed() { "The rehearsal passed." } else { "It did NOT pass." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Played;
    use crate::recording::Judged;

    fn good(ms: u64) -> Played {
        Played {
            call: Some("c".into()),
            answered: true,
            finished: true,
            to_face_ms: Some(ms),
            report_to_face_ms: Some(ms * 2),
            lasted: Duration::from_secs(30),
            stumble: None,
        }
    }

    fn judged() -> Judged {
        Judged { found: true, segments_lost: 0, problem: None }
    }

    #[test]
    fn a_rehearsal_passes_only_when_everything_did() {
        let tally = Tally {
            played: vec![good(300), good(500)],
            recordings: vec![judged(), judged()],
            cpu_seconds: Some(2.0),
            rss_mib: Some(101.26),
            forgotten: None,
            weekend: None,
        };
        let mut report = Report::of(&tally);
        assert_eq!(report.cpu_seconds_per_call_minute, Some(2.0));
        assert_eq!(report.rss_mib, Some(101.3));
        assert_eq!(report.time_to_face_ms.p95, Some(500));
        assert!(!report.passed());
        report = report.with_journal((40, true));
        assert!(report.passed() && report.events == Some(40));
        assert!(!report.with_journal((40, false)).passed());
    }

    #[test]
    fn a_call_that_stumbled_a_missing_recording_and_no_call_at_all_do_not_pass() {
        let stumbled = Played { finished: false, stumble: Some("x".into()), ..good(1) };
        let tally =
            Tally { played: vec![stumbled], recordings: vec![judged()], ..Tally::default() };
        let report = Report::of(&tally).with_journal((40, true));
        assert!(!report.passed() && report.problems == ["x"]);
        let broken = Judged { problem: Some("no sound".into()), ..judged() };
        let tally = Tally { played: vec![good(1)], recordings: vec![broken], ..Tally::default() };
        let with_journal = |tally: &Tally| Report::of(tally).with_journal((40, true));
        assert!(!with_journal(&tally).passed());
        let tally = Tally { played: vec![good(1)], ..Tally::default() };
        assert!(!with_journal(&tally).passed());
        assert!(!with_journal(&Tally::default()).passed());
    }

    #[test]
    fn the_object_has_the_names_that_others_read() {
        let json = serde_json::to_value(Report::default()).unwrap();
        for name in [
            "calls",
            "answered",
            "finished",
            "recordings",
            "recordings_playable",
            "segments_lost",
            "cpu_seconds_per_call_minute",
            "rss_mib",
            "events",
            "journal_verified",
        ] {
            assert!(json.get(name).is_some(), "{name}");
        }
        assert!(json.get("disclosures").is_none(), "only where there were any");
        let with = Report { forgot: Some(Forgot::default()), ..Report::default() };
        let json = serde_json::to_value(&with).unwrap();
        for name in [
            "disclosures",
            "within_28_days",
            "dropped_within_30_days",
            "certificates_verified",
            "residue_found",
        ] {
            assert!(json.get(name).is_some(), "{name}");
        }
        let again: Report = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(again, with);
        let json = serde_json::to_value(Report::default()).unwrap();
        for of in ["time_to_face_ms", "report_to_face_ms"] {
            assert!(json[of].get("p50").is_some() && json[of].get("p99").is_some());
        }
    }
}
