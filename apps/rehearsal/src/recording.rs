//! A finished call's recording, fetched back over HTTP in ranges as a player does, and judged.

use crate::officer::Officer;
use crate::{Stumble, clock, limits};
use media::Kind;
use media::probe::{self, FileVerdict};
use std::time::Duration;

/// What was found of one recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Whether there is one at all.
    pub found: bool,
    /// Segments that are missing in it.
    pub segments_lost: u64,
    /// What keeps it from playing.
    pub problem: Option<String>,
}

impl Judged {
    /// Whether it plays.
    pub fn playable(&self) -> bool {
        self.found && self.problem.is_none()
    }
}

/// Fetches the recording of the call with this page, which lasted so long, and judges it. Waits a
/// while for its last segments: they are sealed and journalled after the call is over.
pub(crate) async fn judge(officer: &Officer, call: &str, lasted: Duration) -> Judged {
    let end = clock::now() + limits::RECORDED;
    let mut size = None;
    loop {
        let now = total(officer, call).await;
        let settled = now.is_some() && now == size;
        size = now;
        let over = clock::now() >= end;
        if settled || over {
            let judged = fetch_and_judge(officer, call, size, lasted).await;
            if over || judged.playable() {
                return judged;
            }
        }
        tokio::time::sleep(limits::LOOK * 5).await;
    }
}

/// Where the whole of it is.
pub(crate) fn path(call: &str) -> String {
    format!("{call}/recording/whole.webm")
}

/// How long the file is now, if there is one.
async fn total(officer: &Officer, call: &str) -> Option<u64> {
    let answer = officer.0.range("asking for the recording", &path(call), (0, 0)).await.ok()?;
    let range = answer.headers.get("content-range")?.to_str().ok()?;
    range.rsplit_once('/')?.1.parse().ok()
}

async fn fetch_and_judge(
    officer: &Officer,
    call: &str,
    total: Option<u64>,
    lasted: Duration,
) -> Judged {
    let Some(total) = total else {
        let problem = Some("recording: there is none".to_owned());
        return Judged { problem, ..Judged::default() };
    };
    let found = Judged { found: true, ..Judged::default() };
    let bytes = match fetch(officer, call, total).await {
        Ok(bytes) => bytes,
        Err(stumble) => return Judged { problem: Some(stumble.to_string()), ..found },
    };
    match probe::file(&bytes) {
        Ok(verdict) => judged(&verdict, lasted),
        Err(fault) => Judged { problem: Some(format!("recording: {fault}")), ..found },
    }
}

async fn fetch(officer: &Officer, call: &str, total: u64) -> Result<Vec<u8>, Stumble> {
    let step = "fetching the recording";
    if total > limits::RECORDING_BYTES {
        return Err(Stumble::Missing(step, "an end"));
    }
    let mut bytes = Vec::new();
    let mut from = 0;
    while from < total {
        let to = (from + limits::RANGE).min(total) - 1;
        let part = officer.0.range(step, &path(call), (from, to)).await?.good()?;
        if part.status != 206 || part.body.len() as u64 != to + 1 - from {
            return Err(Stumble::Missing(step, "the range that was asked for"));
        }
        bytes.extend_from_slice(&part.body);
        from = to + 1;
    }
    Ok(bytes)
}

/// Two people's picture and sound, each for as long as they saw each other.
fn judged(verdict: &FileVerdict, lasted: Duration) -> Judged {
    let count = |kind: Kind| verdict.streams.iter().filter(|one| **one == kind).count();
    let missing: u64 = verdict.times.iter().map(|times| times.missing.div_ceil(1000)).sum();
    let least = lasted.saturating_sub(limits::RECORDING_SHORT).as_millis() as u64;
    let shortest = verdict.times.iter().map(|times| times.last - times.first).min();
    let problem = match (count(Kind::Video), count(Kind::Audio)) {
        (2.., 2..) => match shortest {
            Some(length) if length >= least => None,
            _ => Some("recording: a stream is shorter than the call".to_owned()),
        },
        (pictures, sounds) => {
            Some(format!("recording: {pictures} pictures and {sounds} sounds, not two of each"))
        }
    };
    Judged { found: true, segments_lost: missing, problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use media::probe::StreamTimes;

    fn verdict(streams: &[Kind], length: u64, missing: u64) -> FileVerdict {
        let times = StreamTimes { first: 100, last: 100 + length, missing };
        FileVerdict {
            millis: length as f64,
            streams: streams.to_vec(),
            frames: vec![10; streams.len()],
            times: vec![times; streams.len()],
            cues: 1,
        }
    }

    const FOUR: [Kind; 4] = [Kind::Video, Kind::Audio, Kind::Video, Kind::Audio];

    #[test]
    fn a_recording_plays_when_both_are_seen_and_heard_for_the_whole_call() {
        let lasted = Duration::from_secs(20);
        assert!(judged(&verdict(&FOUR, 19_000, 0), lasted).playable());
        assert!(!judged(&verdict(&FOUR, 12_000, 0), lasted).playable());
        assert!(!judged(&verdict(&FOUR[..3], 20_000, 0), lasted).playable());
    }

    #[test]
    fn a_hole_is_counted_in_segments() {
        let found = judged(&verdict(&FOUR, 20_000, 1_500), Duration::from_secs(20));
        assert_eq!(found.segments_lost, 8);
    }
}
