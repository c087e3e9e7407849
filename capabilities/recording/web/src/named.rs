//! The call that an address names.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use call::CallId;
use ui::{App, View};

/// The call that `{call}` names.
pub(crate) struct Named(pub(crate) CallId);

impl FromRequestParts<App> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let params = RawPathParams::from_request_parts(parts, app).await;
        let id = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "call").and_then(|(_, text)| text.parse().ok())
        });
        id.map(Self).ok_or_else(|| view.missing())
    }
}
