//! The films and stills of one recording, and how each is called in a package: by the part that
//! somebody has in the call, never by a name.

use call::Participant;
use evidence_web::Tape;
use recording::{Kind, Segment, Still};
use recording_web::{Film, Keeper};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One recording of a package.
pub(super) struct Reel<'t> {
    /// What it is made from.
    pub(super) tape: &'t Tape,
    folder: String,
    parts: BTreeMap<Participant, String>,
}

impl<'t> Reel<'t> {
    /// The `number`-th recording, from 0.
    pub(super) fn of(number: usize, tape: &'t Tape) -> Self {
        let folder = format!("recordings/{}", number + 1);
        let (mut officers, mut guests) = (0, 0);
        let mut parts = BTreeMap::new();
        let stills = tape.stills.iter().map(|still| still.participant);
        for who in tape.segments.iter().map(|one| one.participant).chain(stills) {
            parts.entry(who).or_insert_with(|| match who {
                Participant::Victim => "victim".to_owned(),
                Participant::Staff(_) => {
                    officers += 1;
                    format!("officer-{officers}")
                }
                Participant::Guest(_) => {
                    guests += 1;
                    format!("guest-{guests}")
                }
                Participant::Recorder => "recorder".to_owned(),
            });
        }
        Self { tape, folder, parts }
    }

    /// The whole, and each person's part: name, description, film.
    pub(super) fn films(&self, keeper: &Arc<Keeper>) -> Vec<(String, String, Film)> {
        let whole = [(None, "whole")].into_iter();
        let each = self.parts.iter().map(|(who, part)| (Some(*who), part.as_str()));
        let film = |(who, part): (Option<Participant>, &str)| {
            let film = Film::of(keeper, self.tape.call, &self.tape.segments, who)?;
            let name = format!("{}/{part}.{}", self.folder, film.ending());
            let about = match who {
                None => "The whole recording".to_owned(),
                Some(_) => format!("The recording of one person: {part}"),
            };
            Some((name, about, film))
        };
        whole.chain(each).filter_map(film).collect()
    }

    /// Each still: name, description, still.
    pub(super) fn stills(&self) -> impl Iterator<Item = (String, String, &'t Still)> {
        let still = move |(number, still): (usize, &'t Still)| {
            let part = self.parts.get(&still.participant).map_or("somebody", String::as_str);
            let name = format!("{}/stills/{:03}-{part}.webp", self.folder, number + 1);
            let about = format!("A still of {part}, {} microseconds since 1970", still.at.0);
            (name, about, still)
        };
        self.tape.stills.iter().enumerate().map(still)
    }
}

/// Every sealed piece of these recordings with its hash.
pub(super) fn master(tapes: &[Tape]) -> Value {
    let tape = |tape: &Tape| {
        let segments = tape.segments.iter().map(segment).collect::<Vec<_>>();
        let stills = tape.stills.iter().map(still).collect::<Vec<_>>();
        json!({
            "recording": tape.recording.to_string(),
            "call": tape.call.to_string(),
            "segments": segments,
            "stills": stills,
        })
    };
    Value::Array(tapes.iter().map(tape).collect())
}

fn segment(segment: &Segment) -> Value {
    let kind = match segment.codec.kind() {
        Kind::Video => "picture",
        Kind::Audio => "sound",
    };
    json!({
        "object": segment.object,
        "participant": segment.participant.to_string(),
        "kind": kind,
        "codec": segment.codec.name(),
        "from": segment.started_at.0,
        "to": segment.ended_at.0,
        "bytes": segment.bytes,
        "sha256": segment.sha256,
    })
}

fn still(still: &Still) -> Value {
    json!({
        "object": still.object,
        "participant": still.participant.to_string(),
        "at": still.at.0,
        "bytes": still.bytes,
        "sha256": still.sha256,
    })
}
