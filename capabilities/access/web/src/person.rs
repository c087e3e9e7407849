//! The path's account: read from the address, or a page that says there is none.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use kernel::id::StaffId;
use ui::{App, View};

/// The account that `{account}` names.
pub(crate) struct Person(pub(crate) StaffId);

impl FromRequestParts<App> for Person {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let named = Path::<String>::from_request_parts(parts, app).await;
        let id = named.ok().and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(|| view.missing())
    }
}
