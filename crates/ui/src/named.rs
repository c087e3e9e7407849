//! What an address names: `Named(incident): Named<IncidentId>` reads `{incident}` of the path and
//! answers the page for what is not there when nothing ever happened under it.

use crate::app::App;
use crate::view::View;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use kernel::id::Id;

/// The id that the placeholder called like its noun holds.
pub struct Named<I>(pub I);

impl<I: Id> FromRequestParts<App> for Named<I> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view =
            View::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let named = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let pairs = named.map(|Path(pairs)| pairs).unwrap_or_default();
        let text = pairs.into_iter().find(|(name, _)| name == I::NOUN).map(|(_, text)| text);
        let id = text.and_then(|text| text.parse::<I>().ok()).ok_or_else(|| view.missing())?;
        match app.engine().journal().load(&id.stream(), 0, 1).await {
            Ok(first) if first.is_empty() => Err(view.missing()),
            Ok(_) => Ok(Self(id)),
            Err(fault) => Err(view.fault(&fault)),
        }
    }
}
