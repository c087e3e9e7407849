//! Takes a directory in: `GET` and `POST /agencies/import`, and the same for the force's own
//! systems. All of a file or nothing: a file with a fault changes no agency.

use crate::open_referral::{self, Fault as Wrong, Read};
use crate::{kinds, limits};
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Caller, Engine, Fault, Refused};
use kernel::id::StaffId;
use minijinja::context;
use referral::AgencyId;
use referral::agency::{Agency, Command, Refusal};
use serde::{Deserialize, Serialize};
use ui::{App, Client, FieldErrors, Form, View, api};
use utoipa::ToSchema;

/// A directory of invented agencies, one for each kind of help.
pub const DEMONSTRATION: &str = include_str!("../../data/directory.json");

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Imported {
    /// Agencies in the file.
    pub agencies: usize,
    /// Of them, new ones.
    pub new: usize,
    /// Of them, those that say something else than before.
    pub changed: usize,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// The file is wrong, line by line.
    #[error("{}", .0.join("\n"))]
    File(Vec<String>),
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refused<Refusal>),
}

impl From<Fault> for NotImported {
    fn from(fault: Fault) -> Self {
        Self::Refused(Refused::Fault(fault))
    }
}

/// Imports a directory in Open Referral UK's JSON.
pub async fn import(engine: &Engine, caller: &Caller, json: &str) -> Result<Imported, NotImported> {
    take(engine, caller, open_referral::json(json)).await
}

/// Lets an account work for an agency, as the page does; for a demonstration or a rehearsal.
pub async fn attach(
    engine: &Engine,
    caller: &Caller,
    agency: AgencyId,
    staff: StaffId,
) -> Result<(), Refused<Refusal>> {
    let command = Command::AddWorker { staff, is_partner: true, elsewhere: false };
    engine.execute::<Agency>(&agency.stream(), command, caller, None).await.map(|_| ())
}

/// The agency that gives this kind of help, where there is exactly one; for a demonstration.
pub async fn agency_for(engine: &Engine, kind: &str) -> Result<Option<AgencyId>, Fault> {
    crate::agencies::only_one_for(engine, kind).await
}

async fn take(
    engine: &Engine,
    caller: &Caller,
    read: Result<Vec<Read>, Vec<Wrong>>,
) -> Result<Imported, NotImported> {
    let read =
        read.map_err(|all| NotImported::File(all.iter().map(ToString::to_string).collect()))?;
    let known: Vec<_> = kinds::table().kinds.iter().map(|kind| kind.code.clone()).collect();
    let unknown = read.iter().flat_map(|one| one.kinds.iter().map(move |kind| (one, kind)));
    let unknown: Vec<_> = unknown
        .filter(|(_, kind)| !known.contains(kind))
        .map(|(one, kind)| {
            let (name, kind) = (&one.profile.name, kind.text());
            format!("{name}, field kinds: {kind} is no kind of help of this force")
        })
        .take(limits::FAULTS_MAX)
        .collect();
    if !unknown.is_empty() {
        return Err(NotImported::File(unknown));
    }
    let mut done = Imported { agencies: read.len(), ..Imported::default() };
    for one in read {
        let stream = one.id.stream();
        let (state, _) = engine.state::<Agency>(&stream).await?;
        let is_new = state.profile.is_none();
        let describe = Command::Describe { profile: one.profile };
        let described = engine.execute::<Agency>(&stream, describe, caller, None).await?;
        // Kinds that an administrator set stand until the directory itself names some.
        if !one.kinds.is_empty() && one.kinds != state.kinds {
            let set = Command::SetKinds { kinds: one.kinds, known: known.clone() };
            engine.execute::<Agency>(&stream, set, caller, None).await?;
        }
        done.new += usize::from(is_new);
        done.changed += usize::from(!is_new && !described.events.is_empty());
    }
    Ok(done)
}

/// The form.
pub(crate) async fn get(view: View) -> Response {
    view.page("referral/import.html", context! { faults => Vec::<String>::new() })
}

/// What is typed or pasted.
#[derive(Deserialize)]
pub(crate) struct Pasted {
    #[serde(default)]
    directory: String,
    #[serde(default)]
    organizations: String,
    #[serde(default)]
    services: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: ui::Staff,
    Form { value, typed }: Form<Pasted>,
) -> Response {
    let mut errors = FieldErrors::new();
    let tables = !value.organizations.trim().is_empty();
    if !tables && value.directory.trim().is_empty() {
        errors.add("directory", "Paste a directory, or the two tables below");
    }
    if errors.any() {
        let page = context! { faults => Vec::<String>::new() };
        return view.again("referral/import.html", page, &typed, &errors);
    }
    let read = match tables {
        true => open_referral::csv(&value.organizations, &value.services),
        false => open_referral::json(&value.directory),
    };
    match take(app.engine(), &staff.caller, read).await {
        Ok(_) => Redirect::to("/agencies").into_response(),
        Err(NotImported::File(faults)) => {
            let field = if tables { "organizations" } else { "directory" };
            errors.add(field, faults.first().cloned().unwrap_or_default());
            view.again("referral/import.html", context! { faults }, &typed, &errors)
        }
        Err(NotImported::Refused(refused)) => view.refused(&refused),
    }
}

/// Takes a directory in, as Open Referral UK's JSON. All of it or nothing.
#[utoipa::path(
    post, path = "/api/v1/agencies/import", tag = "agencies",
    request_body(content = String, content_type = "application/json"),
    responses(
        (status = 200, body = Imported, description = "What it did; a second time, nothing"),
        (status = 422, description = "Lines and fields that are wrong; nothing was changed"),
    ),
)]
pub(crate) async fn api_post(State(app): State<App>, client: Client, request: Request) -> Response {
    let Ok(bytes) = to_bytes(request.into_body(), limits::DIRECTORY_BYTES_MAX).await else {
        return api::problem(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "");
    };
    let text = String::from_utf8_lossy(&bytes);
    match import(app.engine(), &client.caller, &text).await {
        Ok(done) => (StatusCode::OK, Json(done)).into_response(),
        Err(NotImported::File(faults)) => {
            let detail = faults.join("\n");
            api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-directory", &detail)
        }
        Err(NotImported::Refused(refused)) => api::refused(refused),
    }
}
