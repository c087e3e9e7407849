//! `GET /retention/certificates/{epoch}`: the proof that something is gone, in words, and as the
//! files that somebody else can check without us (`.json`, `.pdf`). Who makes them stands outside.

use crate::ended::{self, Line};
use crate::names;
use async_trait::async_trait;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Fault;
use minijinja::context;
use serde::Serialize;
use std::sync::Arc;
use ui::{Access, App, Route, Serde, View};
use vault::Epoch;

/// What the page says of a certificate: facts that stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// On what authority it went.
    pub authority: String,
    /// The journal's length at the checkpoint that covers it.
    pub checkpoint_size: u64,
    /// When that checkpoint was signed, in microseconds.
    pub checkpoint_at: i64,
    /// The name under which it was signed.
    pub signer: String,
    /// Files and bytes searched for residue.
    pub scanned_files: u64,
    /// Bytes searched.
    pub scanned_bytes: u64,
    /// Pieces looked for.
    pub needles: u64,
    /// Pieces found.
    pub found: u64,
    /// What kinds of file were searched, in the scan's own words.
    pub scanned_kinds: Vec<String>,
}

/// One certificate, ready to be handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateFile {
    /// What a machine checks.
    pub json: String,
    /// What a person files.
    pub pdf: Vec<u8>,
    /// What the page says of it.
    pub facts: Facts,
}

/// Makes certificates.
#[async_trait]
pub trait Certificates: Send + Sync + 'static {
    /// The certificate of an epoch, by the epoch's name (`class.day`); nothing while there is
    /// none, e.g. before the next checkpoint is signed.
    async fn certificate(&self, epoch: &str) -> Result<Option<CertificateFile>, Fault>;
}

/// A house without certificates: every page says that there is none yet.
#[derive(Clone, Copy, Debug)]
pub struct NoCertificates;

#[async_trait]
impl Certificates for NoCertificates {
    async fn certificate(&self, _: &str) -> Result<Option<CertificateFile>, Fault> {
        Ok(None)
    }
}

/// The page and both files, under one address.
pub(crate) fn routes(access: Access, certificates: &Arc<dyn Certificates>) -> Vec<Route> {
    let certificates = certificates.clone();
    let get = move |app, view, path| get(certificates.clone(), app, view, path);
    vec![Route::get("/retention/certificates/{epoch}", access, get)]
}

async fn get(
    certificates: Arc<dyn Certificates>,
    State(app): State<App>,
    view: View,
    Path(name): Path<String>,
) -> Response {
    let (stem, kind) = match (name.strip_suffix(".json"), name.strip_suffix(".pdf")) {
        (Some(stem), _) => (stem, "json"),
        (_, Some(stem)) => (stem, "pdf"),
        (None, None) => (name.as_str(), "page"),
    };
    let Ok(epoch) = stem.parse::<Epoch>() else { return view.missing() };
    let line = match ended::one(app.engine(), &epoch).await {
        Ok(Some(line)) => line,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    let found = match certificates.certificate(stem).await {
        Ok(found) => found,
        Err(fault) => return view.fault(&fault),
    };
    match (kind, found) {
        ("page", found) => page(&view, &line, found.map(|file| file.facts)),
        (_, None) => view.missing(),
        ("json", Some(file)) => download(stem, "json", "application/json", file.json.into_bytes()),
        (_, Some(file)) => download(stem, "pdf", "application/pdf", file.pdf),
    }
}

fn page(view: &View, line: &Line, facts: Option<Facts>) -> Response {
    let late = line.due_at.map(|due| (line.at - due).max(0) / 1_000_000);
    let page = context! {
        line => Serde(line), facts => facts.map(Serde), late,
        words => names::class(&line.class),
    };
    view.page("retention/certificate.html", page)
}

fn download(epoch: &str, kind: &str, mime: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"certificate-{epoch}.{kind}\"");
    let Ok(name) = HeaderValue::from_str(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(mime)),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}
