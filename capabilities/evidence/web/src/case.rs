//! What there is of a case: its recordings and how each stands, and whether anything was written.

use crate::{said, streams};
use call::CallId;
use engine::{Engine, Fault};
use evidence::{Found, Standing};
use incident::IncidentId;
use investigation::{Investigation, InvestigationId};
use journal::limits::READ_MAX;
use kernel::At;
use recording::{Event, Recording, RecordingId, Segment, State, Still};
use risk::{Risk, RiskId};

/// A recording as a list shows it.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) recording: RecordingId,
    pub(crate) standing: Standing,
    pub(crate) since: At,
    pub(crate) objects: u64,
    pub(crate) bytes: u64,
    pub(crate) stills: usize,
}

/// A recording with everything that it is made of: the master, by its names and hashes.
#[derive(Clone, Debug)]
pub struct Tape {
    /// Which.
    pub recording: RecordingId,
    /// Of which call.
    pub call: CallId,
    /// Its sealed segments, in order of time.
    pub segments: Vec<Segment>,
    /// Its sealed stills, in order of time.
    pub stills: Vec<Still>,
}

/// The recordings of an incident, oldest first.
pub(crate) async fn recordings(
    engine: &Engine,
    incident: IncidentId,
) -> Result<Vec<Listed>, Fault> {
    let mut listed = Vec::new();
    for stream in streams::others(engine, incident).await? {
        if let Some(recording) = RecordingId::of_stream(&stream) {
            listed.push(stands(engine, recording).await?);
        }
    }
    Ok(listed)
}

async fn stands(engine: &Engine, recording: RecordingId) -> Result<Listed, Fault> {
    let stream = recording.stream();
    let (state, _) = engine.state::<Recording>(&stream).await?;
    let readable = engine.stream_key(&stream).await?.is_some();
    let standing = match &state {
        State::Unstarted => Standing::Foreign,
        State::Dropped => Standing::Gone,
        State::Running(_) | State::Ended(_) if !readable => Standing::Gone,
        State::Running(_) => Standing::Running,
        State::Ended(_) => Standing::Kept,
    };
    let tape = state.tape();
    Ok(Listed {
        recording,
        standing,
        since: tape.map(|tape| tape.since).unwrap_or_default(),
        objects: tape.map_or(0, |tape| tape.objects),
        bytes: tape.map_or(0, |tape| tape.bytes),
        stills: tape.map_or(0, |tape| tape.stills.len()),
    })
}

/// How what was named stands now, for the rules.
pub(crate) async fn found(
    engine: &Engine,
    incident: IncidentId,
    named: &[RecordingId],
) -> Result<Found, Fault> {
    let all = recordings(engine, incident).await?;
    let standing = |named: &RecordingId| {
        let one = all.iter().find(|listed| listed.recording == *named);
        (*named, one.map_or(Standing::Foreign, |listed| listed.standing))
    };
    let recordings = named.iter().map(standing).collect();
    Ok(Found { recordings, papers: papers(engine, incident).await? })
}

/// Whether anything was written down that can still be read.
pub(crate) async fn papers(engine: &Engine, incident: IncidentId) -> Result<bool, Fault> {
    let own = InvestigationId(incident.0).stream();
    let (account, _) = engine.state::<Investigation>(&own).await?;
    if !account.account().is_empty() {
        return Ok(true);
    }
    let (risk, _) = engine.state::<Risk>(&RiskId(incident.0).stream()).await?;
    if risk.assessment().is_some() {
        return Ok(true);
    }
    for call in calls(engine, incident).await? {
        let mut lines = said::chat(engine, call).await?;
        lines.extend(said::markers(engine, call).await?);
        if lines.iter().any(|line| line.text.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The calls of an incident, oldest first.
pub(crate) async fn calls(engine: &Engine, incident: IncidentId) -> Result<Vec<CallId>, Fault> {
    let streams = streams::others(engine, incident).await?;
    Ok(streams.iter().filter_map(|stream| CallId::of_stream(stream)).collect())
}

/// A recording with all its pieces, from the journal itself.
pub(crate) async fn tape(engine: &Engine, recording: RecordingId) -> Result<Tape, Fault> {
    let (mut segments, mut stills) = (Vec::new(), Vec::new());
    let (stream, mut version) = (recording.stream(), 0);
    loop {
        let records = engine.journal().load(&stream, version, READ_MAX).await?;
        let Some(last) = records.last() else { break };
        version = last.version;
        for record in records {
            match event(&record) {
                Some(Event::SegmentsWritten { segments: some }) => segments.extend(some),
                Some(Event::StillKept { still }) => stills.push(still),
                _ => {}
            }
        }
    }
    segments.sort_by(|one, other| {
        (one.started_at, &one.object).cmp(&(other.started_at, &other.object))
    });
    stills.sort_by_key(|still| (still.at, still.still));
    Ok(Tape { recording, call: recording.into(), segments, stills })
}

/// Nothing of a recording's events is sealed.
fn event(record: &journal::Recorded) -> Option<Event> {
    let mut body: serde_json::Value = serde_json::from_str(&record.clear).ok()?;
    body.as_object_mut()?.insert("kind".into(), record.kind.clone().into());
    serde_json::from_value(body).ok()
}
