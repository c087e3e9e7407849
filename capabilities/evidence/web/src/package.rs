//! `/exports/{export}/package`: the words that open the copy, shown on this page alone, and the one
//! request that answers the sealed file. There is no address that somebody else could be given.

use crate::making::{self, Slot};
use crate::order::Seal;
use crate::papers::{self, Taken};
use crate::{Means, export as page_of_export, passphrase};
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use evidence::{Command, Event, Export, ExportId, Refusal, SealedTo, Why};
use futures::StreamExt;
use kernel::id::StaffId;
use minijinja::context;
use serde::Deserialize;
use tokio::sync::mpsc::channel;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "evidence/package.html";

/// The page, with words that are drawn for it.
pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(export): Named<ExportId>,
) -> Response {
    let number = passphrase::draw(app.engine());
    let typed = Typed::default();
    shown(&means, &app, &view, &staff, export, (&number, &typed, &FieldErrors::new())).await
}

async fn shown(
    means: &Means,
    app: &App,
    view: &View,
    staff: &Staff,
    export: ExportId,
    (number, typed, errors): (&str, &Typed, &FieldErrors),
) -> Response {
    let line = match page_of_export::visible(app, view, staff, export).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let page = match page_of_export::page(means, app, staff, &line).await {
        Ok(page) => page,
        Err(fault) => return view.fault(&fault),
    };
    let takes = page.get_attr("takes").is_ok_and(|takes| takes.is_true());
    if !takes || line.stage != "approved" {
        return Redirect::to(&crate::evidence::path(&line.stream)).into_response();
    }
    let words = passphrase::words(app.engine(), export, staff.who.id, number);
    let page = context! { words, number, ..page };
    if errors.any() { view.again(PAGE, page, typed, errors) } else { view.page(PAGE, page) }
}

/// What opens it.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    number: String,
    #[serde(default)]
    seal: String,
    #[serde(default)]
    key: String,
}

/// Makes a copy and answers it.
pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(export): Named<ExportId>,
    Form { value, typed }: Form<Wanted>,
) -> Response {
    let mut errors = FieldErrors::new();
    let engine = app.engine();
    let seal = sealed(&means, engine, export, staff.who.id, &value, &mut errors);
    let slot = seal.is_some().then(|| means.making.slot(export)).flatten();
    if seal.is_some() && slot.is_none() {
        errors.add("seal", "Other packages are being made. Try again in a few minutes.");
    }
    if let (Some(seal), Some(slot)) = (seal, slot) {
        match begun(&means, engine, &staff, export, seal, slot).await {
            Ok(response) => return response,
            Err(Refused::Refusal(refusal)) => errors.add("seal", refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    let known = passphrase::words(engine, export, staff.who.id, &value.number).is_some();
    let number = if known { value.number } else { passphrase::draw(engine) };
    let page = (number.as_str(), &typed, &errors);
    shown(&means, &app, &view, &staff, export, page).await
}

fn sealed(
    means: &Means,
    engine: &Engine,
    export: ExportId,
    who: StaffId,
    value: &Wanted,
    errors: &mut FieldErrors,
) -> Option<Seal> {
    if value.seal == "recipient" {
        let key = value.key.trim();
        if key.len() <= crate::limits::RECIPIENT_KEY_MAX && means.packages.is_key(key) {
            return Some(Seal::Recipient(key.to_owned()));
        }
        errors.add("key", "Paste the receiver's public key: one line that begins with age1");
        return None;
    }
    let words = passphrase::words(engine, export, who, &value.number);
    if words.is_none() {
        errors.add("seal", "This page is out of date. Use the passphrase that it shows now.");
    }
    words.map(Seal::Passphrase)
}

/// On record first; then its bytes.
async fn begun(
    means: &Means,
    engine: &Engine,
    staff: &Staff,
    export: ExportId,
    seal: Seal,
    slot: Slot,
) -> Result<Response, Refused<Refusal>> {
    let stream = export.stream();
    let sealed_to = match seal {
        Seal::Passphrase(_) => SealedTo::Passphrase,
        Seal::Recipient(_) => SealedTo::Recipient,
    };
    let found = page_of_export::found(engine, export).await?;
    let command = Command::Begin { found, sealed_to };
    let done = engine.execute::<Export>(&stream, command, &staff.caller, None).await?;
    let Some(Event::Begun { copy, .. }) = done.events.first() else {
        return Err(Refused::Refusal(Refusal::NoSuchCopy));
    };
    let taken = Taken { export, copy: *copy, by: staff.who.id, seal };
    match ordered(engine, taken).await {
        Ok(order) => {
            let name = format!("{}-{}.age", order.incident.reference(), order.copy);
            let (out, body) = channel(crate::limits::CHUNKS_WAITING);
            let made = making::make(engine.clone(), means.packages.clone(), order, slot, out);
            tokio::spawn(made);
            Ok(file(&name, body))
        }
        Err(fault) => {
            making::broken(engine, export, *copy, Why::Fault).await;
            Err(fault.into())
        }
    }
}

async fn ordered(engine: &Engine, taken: Taken) -> Result<crate::order::Order, Fault> {
    let (state, _) = engine.state::<Export>(&taken.export.stream()).await?;
    let incident = state.incident.ok_or(Fault::Outside("the record of an export"))?;
    papers::order(engine, &state, incident, taken).await
}

fn file(name: &str, body: tokio::sync::mpsc::Receiver<crate::sink::Piece>) -> Response {
    let pieces = futures::stream::unfold(body, |mut body| async move {
        let piece = body.recv().await?;
        Some((piece, body))
    });
    let mut response = Body::from_stream(pieces.boxed()).into_response();
    let kind = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    if let Ok(name) = name {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}
