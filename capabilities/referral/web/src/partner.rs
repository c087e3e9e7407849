//! Whoever works at an agency, and the one question before anything is shown: is this referral
//! with her agency? If not, it does not exist.

use crate::agencies;
use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::Response;
use engine::{Caller, Engine, Fault};
use kernel::{Actor, Purpose};
use referral::{AgencyId, Asked, Referral, ReferralId, Step};
use std::fmt::Write as _;
use ui::{App, api};

/// A referral that this agency has; `None` for every other, and for none at all.
pub(crate) async fn own(
    engine: &Engine,
    agency: AgencyId,
    id: ReferralId,
) -> Result<Option<Box<Asked>>, Fault> {
    let (state, _) = engine.state::<Referral>(&id.stream()).await?;
    // What it declined is another agency's affair now.
    let is_own = |asked: &Asked| asked.is_with(agency) && asked.step != Step::Declined;
    Ok(state.0.filter(|asked| is_own(asked)))
}

/// An agency's own system, by a key that opens nothing but this.
pub(crate) struct System {
    pub(crate) agency: AgencyId,
    pub(crate) caller: Caller,
}

impl FromRequestParts<App> for System {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let unknown = || api::problem(StatusCode::UNAUTHORIZED, "unknown-api-key", "");
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(unknown)?;
        let found = agencies::of_key(app.engine(), &hash(key)).await;
        let agency = found.map_err(failed)?.ok_or_else(unknown)?;
        let actor = Actor::Client { name: format!("agency-{agency}") };
        Ok(Self { agency, caller: Caller { actor, purpose: Purpose::Safeguarding } })
    }
}

/// A fault, as the API answers it.
pub(crate) fn failed(fault: Fault) -> Response {
    api::refused::<referral::Refusal>(engine::Refused::Fault(fault))
}

/// What is kept of a key.
pub(crate) fn hash(key: &str) -> String {
    let digest = digest(&SHA256, key.as_bytes());
    digest.as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
