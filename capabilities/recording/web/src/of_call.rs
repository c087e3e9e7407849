//! The call whose recording an address names, for whoever may know of it: found only for the
//! purpose that the call's own kind has, so that a disclosure's recording is reached below
//! `/disclosures/calls` alone, and there no other. What is not found looks the same whatever the
//! reason.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use call::{Call, CallId};
use kernel::id::Id;
use ui::{App, Staff, View};

/// A call, and where its pages stand.
pub(crate) struct OfCall {
    pub(crate) call: CallId,
    /// The file below it, where the address names one.
    pub(crate) file: String,
    pages: &'static str,
}

impl OfCall {
    /// The address of the call's own page; its recording stands below it.
    pub(crate) fn base(&self) -> String {
        format!("{}/{}", self.pages, self.call)
    }
}

impl FromRequestParts<App> for OfCall {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        let pairs = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let pairs = pairs.map(|Path(pairs)| pairs).unwrap_or_default();
        let part = |noun: &str| pairs.iter().find(|(name, _)| name == noun).map(|(_, text)| text);
        let call = part(CallId::NOUN).and_then(|text| text.parse::<CallId>().ok());
        let call = call.ok_or_else(|| view.missing())?;
        let state = app.engine().state::<Call>(&call.stream()).await;
        let (state, _) = state.map_err(|fault| view.fault(&fault))?;
        match state.call() {
            Some(known) if known.about.purpose() == staff.caller.purpose => {
                let file = part("file").cloned().unwrap_or_default();
                Ok(Self { call, file, pages: known.about.pages() })
            }
            Some(_) | None => Err(view.missing()),
        }
    }
}
