//! The papers of a case: chat and markers, the custody log, and the statement, put together at the
//! moment at which a copy is made.

use crate::order::{Order, Papers, Part, Seal, Statement};
use crate::trail::Entry;
use crate::{case, lines, names, said, streams, trail};
use engine::{Engine, Fault};
use evidence::{ExportId, State};
use incident::{Incident, IncidentId};
use investigation::{Classified, Investigation, InvestigationId};
use kernel::At;
use kernel::id::StaffId;
use recording::RecordingId;
use risk::{Given, Risk, RiskId};
use serde_json::{Value, json};

/// Who takes which copy, and what opens it.
pub(crate) struct Taken {
    pub(crate) export: ExportId,
    pub(crate) copy: u32,
    pub(crate) by: StaffId,
    pub(crate) seal: Seal,
}

/// Everything that a copy is made from.
pub(crate) async fn order(
    engine: &Engine,
    state: &State,
    incident: IncidentId,
    taken: Taken,
) -> Result<Order, Fault> {
    let mut tapes = Vec::new();
    for recording in &state.recordings {
        tapes.push(case::tape(engine, *recording).await?);
    }
    let entries = trail::of(engine, incident).await?;
    let purpose = purpose(engine, taken.export, state).await?;
    let papers = Papers {
        chat: said(engine, incident, false).await?,
        markers: said(engine, incident, true).await?,
        custody: custody(engine, &entries).await?,
        statement: statement(engine, state, incident, &taken, &purpose).await?,
    };
    let streams = proved(engine, state, incident, taken.export).await?;
    Ok(Order {
        export: taken.export,
        copy: taken.copy,
        incident,
        made_by: names::of(engine, taken.by).await?,
        purpose,
        seal: taken.seal,
        tapes,
        papers,
        streams,
        custody: entries.iter().map(|entry| entry.position as u64).collect(),
    })
}

/// The streams whose records are proved: of recordings only those that are in the package.
async fn proved(
    engine: &Engine,
    state: &State,
    incident: IncidentId,
    export: ExportId,
) -> Result<Vec<String>, Fault> {
    let all = streams::all(engine, incident).await?;
    let wanted = |stream: &String| match RecordingId::of_stream(stream) {
        Some(recording) => state.recordings.contains(&recording),
        None => ExportId::of_stream(stream).is_none_or(|other| other == export),
    };
    Ok(all.into_iter().filter(wanted).collect())
}

async fn purpose(engine: &Engine, export: ExportId, state: &State) -> Result<String, Fault> {
    let steps = lines::steps(engine, &export.stream()).await?;
    let first = steps.into_iter().next();
    let (to, reason) = first.map(|step| (step.to, step.reason)).unwrap_or_default();
    let kind = state.recipient.map_or("", evidence::Recipient::code).replace('_', " ");
    let (to, reason) = (to.unwrap_or_default(), reason.unwrap_or_default());
    Ok(format!("For {to} ({kind}): {reason}"))
}

fn file(value: &Value) -> Result<Vec<u8>, Fault> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(Fault::Encode)?;
    bytes.push(b'\n');
    Ok(bytes)
}

async fn said(engine: &Engine, incident: IncidentId, markers: bool) -> Result<Vec<u8>, Fault> {
    let mut calls = Vec::new();
    for call in case::calls(engine, incident).await? {
        let lines = match markers {
            true => said::markers(engine, call).await?,
            false => said::chat(engine, call).await?,
        };
        let line = |line: said::Line| {
            let (at, of) = (names::time(line.at), if markers { "sort" } else { "by" });
            json!({ "at": at, "micros": line.at, of: line.of, "text": line.text })
        };
        let lines: Vec<Value> = lines.into_iter().map(line).collect();
        calls.push(json!({ "call": call.to_string(), "lines": lines }));
    }
    file(&Value::Array(calls))
}

async fn custody(engine: &Engine, entries: &[Entry]) -> Result<Vec<u8>, Fault> {
    let mut log = Vec::with_capacity(entries.len());
    for entry in entries {
        log.push(json!({
            "position": entry.position,
            "at": names::time(entry.at),
            "micros": entry.at,
            "who": names::actor(engine, &entry.actor).await?,
            "account": entry.actor,
            "did": entry.did,
            "to": entry.subject,
            "copy": entry.copy,
            "purpose": entry.purpose,
        }));
    }
    file(&Value::Array(log))
}

fn fact(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

async fn statement(
    engine: &Engine,
    state: &State,
    incident: IncidentId,
    taken: &Taken,
    purpose: &str,
) -> Result<Statement, Fault> {
    let by = async |id: Option<StaffId>| match id {
        Some(id) => names::of(engine, id).await,
        None => Ok(String::new()),
    };
    let handed = Part::Facts(vec![
        fact("Incident", incident.reference()),
        fact("Working copy", format!("{} of export {}", taken.copy, taken.export)),
        fact("Purpose", purpose),
        fact("Asked for by", by(state.requested_by).await?),
        fact("Approved by", by(state.approved_by).await?),
        fact("Made by", by(Some(taken.by)).await?),
        fact("Made at", names::time(engine.now().0)),
    ]);
    let mut parts = vec![
        Part::Text(
            "This is a working copy. The master is the set of sealed pieces that the service \
             recorded; it stays there unchanged, and master.json names every piece with its hash."
                .to_owned(),
        ),
        handed,
    ];
    parts.extend(reported(engine, incident).await?);
    parts.extend(account(engine, incident).await?);
    parts.extend(assessed(engine, incident).await?);
    let title = format!("Statement: incident {}", incident.reference());
    Ok(Statement { title, parts })
}

async fn reported(engine: &Engine, incident: IncidentId) -> Result<Vec<Part>, Fault> {
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    let mut parts = Vec::new();
    if let Some(report) = &state.report {
        let person = report.person.known().cloned().unwrap_or_default();
        let place = report.place.known().cloned().unwrap_or_default();
        parts.push(Part::Heading("What was reported".to_owned()));
        parts.push(Part::Facts(vec![
            fact("Called at", names::time(report.called_at.0)),
            fact("Person", person.name),
            fact("Date of birth", person.date_of_birth.unwrap_or_default()),
            fact("Place", place.words),
        ]));
        parts.extend(paragraphs(report.account.known().map_or("", String::as_str)));
    }
    let mut outcome = Vec::new();
    if let Some(graded) = &state.graded {
        outcome.push(fact("Grade", graded.grade.code()));
        outcome.push(fact("Why", graded.reason.known().cloned().unwrap_or_default()));
    }
    if let incident::state::Offer::Ended { outcome: code, .. } = &state.offer {
        outcome.push(fact("Outcome of the video response", code.replace('_', " ")));
    }
    if let Some(closed) = state.closed {
        outcome.push(fact("Closed as", closed.code().replace('_', " ")));
    }
    if !outcome.is_empty() {
        parts.push(Part::Heading("Outcome".to_owned()));
        parts.push(Part::Facts(outcome));
    }
    Ok(parts)
}

async fn account(engine: &Engine, incident: IncidentId) -> Result<Vec<Part>, Fault> {
    let stream = InvestigationId(incident.0).stream();
    let (state, _) = engine.state::<Investigation>(&stream).await?;
    let mut parts = Vec::new();
    let text = state.account();
    if !text.is_empty() {
        parts.push(Part::Heading("First account".to_owned()));
        let kept = state.kept_at.map(|At(at)| names::time(at)).unwrap_or_default();
        parts.push(Part::Facts(vec![fact("Last kept", kept)]));
        parts.extend(paragraphs(&text));
    }
    let known = |text: &kernel::Personal<String>| text.known().cloned().unwrap_or_default();
    match &state.classified {
        Some(Classified::Crime { offence, reason, .. }) => {
            parts.push(Part::Heading("Recorded as a crime".to_owned()));
            let facts = vec![fact("Offence", known(offence)), fact("Why", known(reason))];
            parts.push(Part::Facts(facts));
        }
        Some(Classified::NonCrime { reason }) => {
            parts.push(Part::Heading("Not recorded as a crime".to_owned()));
            parts.push(Part::Facts(vec![fact("Why", known(reason))]));
        }
        None => {}
    }
    Ok(parts)
}

async fn assessed(engine: &Engine, incident: IncidentId) -> Result<Vec<Part>, Fault> {
    let (state, _) = engine.state::<Risk>(&RiskId(incident.0).stream()).await?;
    let Some(assessment) = state.assessment() else { return Ok(vec![]) };
    let instrument = format!("{}, version {}", assessment.instrument, assessment.version);
    let mut facts = vec![fact("Instrument", instrument)];
    if let Some(graded) = &assessment.graded {
        facts.push(fact("Grade", graded.grade.code()));
        facts.push(fact("Why", graded.reason.known().cloned().unwrap_or_default()));
        facts.push(fact("Graded at", names::time(graded.at.0)));
    }
    let rows = assessment.answers.iter().map(|(question, kept)| {
        let answer = match &kept.given {
            Given::Value(value) => value.known().cloned().unwrap_or_default(),
            Given::Declined {} => "declined to say".to_owned(),
            Given::Unable {} => "could not say".to_owned(),
            Given::NotAsked {} => "not asked".to_owned(),
        };
        vec![question.clone(), answer, kept.note.known().cloned().unwrap_or_default()]
    });
    let head = ["Question", "Answer", "Note"].map(str::to_owned).to_vec();
    Ok(vec![
        Part::Heading("Risk assessment".to_owned()),
        Part::Facts(facts),
        Part::Table(head, rows.collect()),
    ])
}

fn paragraphs(text: &str) -> impl Iterator<Item = Part> {
    let some = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    some.map(|text| Part::Text(text.to_owned())).collect::<Vec<_>>().into_iter()
}
