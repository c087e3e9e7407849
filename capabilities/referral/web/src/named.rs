//! The incident that an address names: read from it, or a page that says there is none.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use incident::{Incident, IncidentId};
use ui::{App, View};

/// The incident that `{incident}` names, if anything was ever reported under it.
pub(crate) struct Named(pub(crate) IncidentId);

impl FromRequestParts<App> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let named = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let pairs = named.map(|Path(pairs)| pairs).unwrap_or_default();
        let text = pairs.into_iter().find(|(name, _)| name == "incident").map(|(_, text)| text);
        let id = text.and_then(|text| text.parse::<IncidentId>().ok());
        let id = id.ok_or_else(|| view.missing())?;
        match app.engine().state::<Incident>(&id.stream()).await {
            Ok((incident, _)) if incident.report.is_some() => Ok(Self(id)),
            Ok(_) => Err(view.missing()),
            Err(fault) => Err(view.fault(&fault)),
        }
    }
}
