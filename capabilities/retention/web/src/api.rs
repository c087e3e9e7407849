//! The same for the force's own systems: which epochs are gone, and the certificate of each.
//! Counts and times only; nobody is named.

use crate::certificates::Certificates;
use crate::ended::{self, Line};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::{Fault, Refused};
use retention::{Refusal, permit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::{Access, App, Route, api};
use utoipa::{IntoParams, OpenApi as _, ToSchema};
use vault::Epoch;

const READ: Access = Access::Client(permit::CERTIFICATE);

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, one))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(certificates: &Arc<dyn Certificates>) -> Vec<Route> {
    let certificates = certificates.clone();
    let one = move |path| one(certificates.clone(), path);
    vec![
        Route::get("/api/v1/retention/certificates", READ, list),
        Route::get("/api/v1/retention/certificates/{epoch}", READ, one),
    ]
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
pub(crate) struct After {
    /// `next` of the page before: the ended epochs after it, oldest first.
    #[serde(default)]
    after: Option<String>,
}

/// Epochs that are wholly gone.
#[derive(Serialize, ToSchema)]
pub(crate) struct CertificatesOut {
    certificates: Vec<CertificateOut>,
    /// Give it as `after` for the next page; nothing on the last one.
    next: Option<String>,
}

/// One epoch that is wholly gone.
#[derive(Serialize, ToSchema)]
pub(crate) struct CertificateOut {
    /// Its name: retention class, stop, UTC day number.
    #[schema(example = "call-recording.20761")]
    epoch: String,
    class: String,
    /// When its day came, RFC 3339.
    due_at: Option<String>,
    /// When everything of it was gone, RFC 3339.
    erased_at: Option<String>,
    /// Keys destroyed.
    keys: i64,
    /// Keys that a hold or a promotion kept.
    kept: i64,
    /// Records that lost their ciphertext.
    ciphertexts: i64,
    /// Objects deleted, and their bytes.
    objects: i64,
    bytes: i64,
    /// Pieces of residue found; anything but 0 is an alarm.
    residue_found: i64,
    /// Where the certificate itself is.
    certificate: String,
}

impl From<Line> for CertificateOut {
    fn from(line: Line) -> Self {
        let iso = |at: i64| jiff::Timestamp::from_microsecond(at).ok().map(|at| at.to_string());
        Self {
            certificate: format!("/api/v1/retention/certificates/{}", line.epoch),
            epoch: line.epoch,
            class: line.class,
            due_at: line.due_at.and_then(iso),
            erased_at: iso(line.at),
            keys: line.keys,
            kept: line.kept,
            ciphertexts: line.ciphertexts,
            objects: line.objects,
            bytes: line.bytes,
            residue_found: line.found,
        }
    }
}

/// What is gone, oldest first.
#[utoipa::path(
    get, path = "/api/v1/retention/certificates", tag = "retention",
    params(After),
    responses(
        (status = 200, body = CertificatesOut, description = "A page of ended epochs"),
        (status = 422, description = "`after` is not what `next` was"),
    ),
)]
pub(crate) async fn list(State(app): State<App>, Query(asked): Query<After>) -> Response {
    let after = match &asked.after {
        None => (i64::MIN, String::new()),
        Some(text) => match read(text) {
            Some(after) => after,
            None => return wrong(),
        },
    };
    match ended::erased_after(app.engine(), (after.0, &after.1)).await {
        Ok(lines) => {
            let full = lines.len() as i64 == crate::limits::PAGE_MAX;
            let next = lines.last().filter(|_| full).map(|l| format!("{}~{}", l.at, l.epoch));
            let certificates = lines.into_iter().map(CertificateOut::from).collect();
            (StatusCode::OK, Json(CertificatesOut { certificates, next })).into_response()
        }
        Err(fault) => failed(fault),
    }
}

fn read(after: &str) -> Option<(i64, String)> {
    let (at, epoch) = after.split_once('~')?;
    Some((at.parse().ok()?, epoch.parse::<Epoch>().ok()?.to_string()))
}

/// One certificate, as it can be checked offline.
#[utoipa::path(
    get, path = "/api/v1/retention/certificates/{epoch}", tag = "retention",
    params(("epoch" = String, Path, description = "Retention class, stop, UTC day number")),
    responses(
        (status = 200, description = "The certificate"),
        (status = 404, description = "None such, or not made yet"),
    ),
)]
pub(crate) async fn one(
    certificates: Arc<dyn Certificates>,
    Path(epoch): Path<String>,
) -> Response {
    let missing = || api::problem(StatusCode::NOT_FOUND, "not-found", "");
    if epoch.parse::<Epoch>().is_err() {
        return missing();
    }
    match certificates.certificate(&epoch).await {
        Ok(Some(file)) => ([(header::CONTENT_TYPE, "application/json")], file.json).into_response(),
        Ok(None) => missing(),
        Err(fault) => failed(fault),
    }
}

fn wrong() -> Response {
    let words = "after is the `next` of another page";
    api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words)
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}
