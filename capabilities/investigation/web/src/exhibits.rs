//! Exhibits: files that are handed in, stills of the call by reference, things that somebody
//! holds; each with who put it in, when, its digest, and through whose hands it went.

use crate::desk::{self, Desk, Page};
use crate::investigation::text;
use crate::upload::Upload;
use crate::{calls, files};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use blobs::Blobs;
use engine::{Engine, Fault, Refused};
use investigation::state::{Exhibit, State};
use investigation::{Command, Event, InvestigationId, Refusal, Source};
use kernel::id::StaffId;
use minijinja::{Value, context};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::{Form, Serde};

/// The page.
pub(crate) struct Exhibits;

impl Page for Exhibits {
    const TEMPLATE: &'static str = "investigation/exhibits.html";
    const TITLE: &'static str = "exhibits-title";
    const STEM: &'static str = "exhibits";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let engine = desk.app.engine();
        let calls = calls::of_incident(engine, desk.incident).await?;
        let stills = calls::stills(engine, &calls).await?;
        let names = desk::names(engine, hands(&known)).await?;
        let stream = desk.stream();
        let readable = engine.stream_key(&stream).await?.is_some();
        let exhibits: Vec<Value> = known
            .exhibits
            .iter()
            .map(|(number, one)| exhibit(*number, one, &names, readable))
            .collect();
        let used = |still: &calls::Still| {
            let source = Source::Still { call: still.call, still: still.still };
            let mut standing = known.exhibits.values().filter(|one| one.withdrawn.is_none());
            standing.any(|one| one.source == source)
        };
        let stills: Vec<_> = stills.into_iter().filter(|still| !used(still)).collect();
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            exhibits,
            stills => Serde(&stills),
            writes => desk.writes(),
        })
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::FileEmpty
            | Refusal::FileTooLarge
            | Refusal::FileKind
            | Refusal::NoRoom
            | Refusal::TooMany => "file",
            Refusal::ExhibitEmpty | Refusal::TooLong => "name",
            Refusal::StillAlready => "still",
            _ => "exhibit",
        }
    }
}

/// Every colleague who had an exhibit, or put one in.
pub(crate) fn hands(known: &State) -> Vec<StaffId> {
    let all = known.exhibits.values();
    all.flat_map(|one| one.moves.iter().map(|moved| moved.by).chain([one.by])).flatten().collect()
}

fn exhibit(number: u32, one: &Exhibit, names: &BTreeMap<StaffId, String>, readable: bool) -> Value {
    let by = |by: Option<StaffId>| by.and_then(|by| names.get(&by).cloned());
    let moves: Vec<Value> = one
        .moves
        .iter()
        .map(|moved| {
            let (to, reason) = (text(&moved.to), text(&moved.reason));
            context! { at => moved.at.0, by => by(moved.by), to, reason }
        })
        .collect();
    let (from, href, bytes) = match &one.source {
        Source::File { bytes, .. } => {
            ("file", readable.then(|| format!("exhibits/{number}")), Some(*bytes))
        }
        Source::Still { call, still } => {
            ("still", Some(format!("/calls/{call}/stills/{still}.webp")), None)
        }
        Source::Thing {} => ("thing", None, None),
    };
    context! {
        number, from, href, moves,
        kilobytes => bytes.map(|bytes| bytes.div_ceil(1_000)),
        at => one.at.0,
        by => by(one.by),
        name => text(&one.name),
        found => text(&one.found),
        digest => text(&one.digest),
        withdrawn => one.withdrawn.as_ref().map(text),
    }
}

pub(crate) async fn get(desk: Desk) -> Response {
    desk.show(&Exhibits).await
}

/// Takes a file in. What is wrong with it is said before anything of it is kept.
pub(crate) async fn post(blobs: Arc<Blobs>, desk: Desk, upload: Upload) -> Response {
    let (name, found) = (upload.field("name"), upload.field("found"));
    let id = InvestigationId::from(desk.incident);
    let taken = match &upload.file {
        Ok(bytes) => take_in(&desk, &blobs, id, (&name, &found), bytes).await,
        Err(refusal) => Err(Refused::Refusal(*refusal)),
    };
    match taken {
        Ok(()) => desk.done::<Exhibits>(),
        Err(Refused::Refusal(refusal)) => {
            let field = Exhibits::field(refusal);
            desk.wrong(&Exhibits, field, &refusal.to_string(), &upload.typed).await
        }
        Err(Refused::Fault(fault)) => desk.view.fault(&fault),
    }
}

/// The exhibit first, and with it the key that its bytes are sealed under; the page says that it
/// is done once both are durable. A file that could not be written is withdrawn at once.
async fn take_in(
    desk: &Desk,
    blobs: &Blobs,
    id: InvestigationId,
    (name, found): (&str, &str),
    bytes: &[u8],
) -> Result<(), Refused<Refusal>> {
    let engine = desk.app.engine();
    let media = investigation::file(&desk.known().await?, bytes).map_err(Refused::Refusal)?;
    let object = files::name(engine, id);
    let source = Source::File { object: object.clone(), media, bytes: bytes.len() as u64 };
    let (name, found) = (name.to_owned(), found.to_owned());
    let digest = files::digest(bytes);
    let events = desk.execute(Command::AddExhibit { source, name, found, digest }).await?;
    let Err(fault) = files::keep(engine, blobs, (id, &object), bytes).await else { return Ok(()) };
    if let Some(Event::ExhibitAdded { number, .. }) = events.first() {
        let reason = "The file could not be stored.".to_owned();
        desk.execute(Command::WithdrawExhibit { number: *number, reason }).await?;
    }
    Err(Refused::Fault(fault))
}

/// Every field of every small form of the page; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    number: u32,
    still: String,
    name: String,
    found: String,
    to: String,
    reason: String,
}

/// A still of the call, by reference: it stays with its recording.
pub(crate) async fn still(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let found = async {
        let calls = calls::of_incident(desk.app.engine(), desk.incident).await?;
        calls::stills(desk.app.engine(), &calls).await
    };
    let stills = match found.await {
        Ok(stills) => stills,
        Err(fault) => return desk.view.fault(&fault),
    };
    let Some(one) = stills.into_iter().find(|one| one.name == value.still) else {
        return desk.wrong(&Exhibits, "still", "Choose one of the stills.", &typed).await;
    };
    let source = Source::Still { call: one.call, still: one.still };
    let (name, found, digest) = (value.name, value.found, one.sha256);
    desk.act(&Exhibits, Command::AddExhibit { source, name, found, digest }, &typed).await
}

pub(crate) async fn thing(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let (source, digest) = (Source::Thing {}, String::new());
    let Said { name, found, .. } = value;
    desk.act(&Exhibits, Command::AddExhibit { source, name, found, digest }, &typed).await
}

pub(crate) async fn moved(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let Said { number, to, reason, .. } = value;
    desk.act(&Exhibits, Command::MoveExhibit { number, to, reason }, &typed).await
}

pub(crate) async fn withdrawn(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let Said { number, reason, .. } = value;
    desk.act(&Exhibits, Command::WithdrawExhibit { number, reason }, &typed).await
}

/// One file, opened: the look is noted first.
pub(crate) async fn file(
    blobs: Arc<Blobs>,
    desk: Desk,
    axum::extract::Path((_, number)): axum::extract::Path<(String, String)>,
) -> Response {
    if let Err(stop) = desk.consulted("exhibit").await {
        return stop;
    }
    let engine = desk.app.engine();
    match opened(engine, &blobs, InvestigationId::from(desk.incident), &number).await {
        Ok(Some(response)) => response,
        Ok(None) => desk.view.missing(),
        Err(fault) => desk.view.fault(&fault),
    }
}

/// A file as a download, never as a page: a browser runs nothing of it.
pub(crate) async fn opened(
    engine: &Engine,
    blobs: &Blobs,
    id: InvestigationId,
    number: &str,
) -> Result<Option<Response>, Fault> {
    let (known, _) = engine.state::<investigation::Investigation>(&id.stream()).await?;
    let one = number.parse().ok().and_then(|number: u32| known.exhibits.get(&number));
    let Some(Exhibit { source: Source::File { object, media, .. }, .. }) = one else {
        return Ok(None);
    };
    if engine.stream_key(&id.stream()).await?.is_none() {
        return Ok(None);
    }
    let Some(bytes) = files::open(engine, blobs, id, object).await? else { return Ok(None) };
    let named = format!("attachment; filename=\"exhibit-{number}.{}\"", media.ending());
    let named = HeaderValue::from_str(&named).map_err(|_| Fault::Outside("a file's name"))?;
    let kind = HeaderValue::from_static(media.mime());
    let head = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)];
    Ok(Some((head, bytes).into_response()))
}
