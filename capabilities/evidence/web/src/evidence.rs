//! `/incidents/{incident}/evidence`: what there is of a case, who had it, what was handed on, and
//! the request that it be.

use crate::case::{self, Listed};
use crate::{Means, lines, names};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use evidence::{Command, Export, ExportId, Recipient, Refusal, Standing, permit};
use incident::IncidentId;
use kernel::Purpose;
use kernel::id::Id;
use minijinja::{Value, context};
use recording::RecordingId;
use serde::{Deserialize, Serialize};
use ui::{App, FieldErrors, Form, Named, Serde, Staff, View};

const PAGE: &str = "evidence/evidence.html";

/// A recording as the page names it.
#[derive(Serialize)]
pub(crate) struct Item {
    id: String,
    /// `kept`, `running`, `gone`.
    standing: &'static str,
    since: i64,
    objects: u64,
    megabytes: String,
    stills: usize,
}

pub(crate) fn item(listed: &Listed) -> Item {
    Item {
        id: listed.recording.to_string(),
        standing: match listed.standing {
            Standing::Kept => "kept",
            Standing::Running => "running",
            Standing::Gone | Standing::Foreign => "gone",
        },
        since: listed.since.0,
        objects: listed.objects,
        megabytes: format!("{:.1}", listed.bytes as f64 / 1_000_000.0),
        stills: listed.stills,
    }
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "evidence").await {
        return stop;
    }
    match page(&app, &staff, incident).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, incident: IncidentId) -> Result<Value, Fault> {
    let engine = app.engine();
    let recordings = case::recordings(engine, incident).await?;
    let items: Vec<Item> = recordings.iter().map(item).collect();
    let chosen: Vec<String> =
        items.iter().filter(|item| item.standing == "kept").map(|item| item.id.clone()).collect();
    let papers = case::papers(engine, incident).await?;
    let mut exports = Vec::new();
    for line in lines::of(engine, incident).await? {
        let by = names::staff(engine, Some(&line.requested_by)).await?;
        exports.push(context! { by, path => path(&line.stream), ..Value::from(Serde(&line)) });
    }
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        items => Serde(&items),
        ready => papers || !chosen.is_empty(),
        chosen,
        papers,
        exports,
        recipients => Recipient::ALL.map(Recipient::code),
        asks => app.may(&staff.caller.actor, permit::REQUEST, Purpose::Investigation),
    })
}

/// Where the pages of an export stand.
pub(crate) fn path(stream: &str) -> String {
    let id = stream.split_once('/').map_or("", |(_, id)| id);
    format!("/exports/{id}")
}

/// What is asked for.
#[derive(Deserialize)]
pub(crate) struct Request {
    #[serde(default)]
    recordings: Vec<String>,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    reason: String,
}

/// Asks for it.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Request>,
) -> Response {
    let mut errors = FieldErrors::new();
    let asked = request(app.engine(), &staff, incident, value, &mut errors).await;
    match asked {
        Ok(Some(export)) => return Redirect::to(&path(&export.stream())).into_response(),
        Ok(None) => {}
        Err(Refused::Refusal(refusal)) => errors.add(field(refusal), refusal.to_string()),
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    }
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "evidence").await {
        return stop;
    }
    match page(&app, &staff, incident).await {
        Ok(page) => view.again(PAGE, page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

async fn request(
    engine: &Engine,
    staff: &Staff,
    incident: IncidentId,
    value: Request,
    errors: &mut FieldErrors,
) -> Result<Option<ExportId>, Refused<Refusal>> {
    let recipient = Recipient::of(&value.recipient);
    if recipient.is_none() {
        errors.add("recipient", "Choose what kind of receiver it is");
    }
    errors.need("to", &value.to, &Refusal::RecipientMissing.to_string());
    errors.need("reason", &value.reason, &Refusal::ReasonMissing.to_string());
    let (Some(recipient), false) = (recipient, errors.any()) else { return Ok(None) };
    let named = named(&value.recordings)?;
    let found = case::found(engine, incident, &named).await?;
    let export = ExportId::birth(engine.now(), engine.luck16());
    let (to, reason) = (value.to, value.reason);
    let command = Command::Request { incident, found, recipient, to, reason };
    engine.execute::<Export>(&export.stream(), command, &staff.caller, None).await?;
    Ok(Some(export))
}

fn named(texts: &[String]) -> Result<Vec<RecordingId>, Refused<Refusal>> {
    // One more than the rules take is enough for them to say no.
    let some = texts.iter().take(evidence::limits::RECORDINGS_MAX + 1);
    let all: Result<Vec<RecordingId>, _> = some.map(|text| text.parse()).collect();
    all.map_err(|_| Refused::Refusal(Refusal::NotOfCase))
}

/// The field that a refusal is about.
const fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ReasonMissing | Refusal::TooLong => "reason",
        Refusal::RecipientMissing => "to",
        _ => "recordings",
    }
}

/// `/incidents/{incident}/evidence/check`: every sealed piece compared with the record.
pub(crate) async fn check(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    match checked(&means, &app, &view, &staff, incident).await {
        Ok(page) => view.page("evidence/check.html", page),
        Err(stop) => stop,
    }
}

async fn checked(
    means: &Means,
    app: &App,
    view: &View,
    staff: &Staff,
    incident: IncidentId,
) -> Result<Value, Response> {
    staff.consulted(view, &incident.stream(), "evidence-checked").await?;
    let engine = app.engine();
    let faulty = |fault: Fault| view.fault(&fault);
    let (mut pieces, mut damaged) = (0, Vec::new());
    for listed in case::recordings(engine, incident).await.map_err(faulty)? {
        if listed.standing == Standing::Gone || listed.standing == Standing::Foreign {
            continue;
        }
        let tape = case::tape(engine, listed.recording).await.map_err(faulty)?;
        let found = means.packages.check(&tape).await.map_err(faulty)?;
        pieces += found.pieces;
        let at = listed.since.0;
        damaged.extend(found.damaged.into_iter().map(|(object, how)| {
            let piece = object.rsplit('/').next().unwrap_or_default().to_owned();
            context! { at, piece, how }
        }));
    }
    let more = damaged.len().saturating_sub(crate::limits::NAMED_MAX);
    let count = damaged.len();
    damaged.truncate(crate::limits::NAMED_MAX);
    Ok(context! {
        id => IncidentId::NOUN, pieces, count, damaged, more, incident => incident.to_string(),
    })
}
