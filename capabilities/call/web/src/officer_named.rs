//! The call that an address names, for whoever may know of it: a call is found only for the
//! purpose that its own kind has, and what is not found looks the same whatever the reason.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use call::{Call, CallId};
use kernel::id::Id;
use ui::{App, Staff, View};

/// A call and where its pages stand.
#[derive(Clone, Copy)]
pub(crate) struct Here {
    pub(crate) id: CallId,
    pages: &'static str,
}

impl Here {
    pub(crate) fn stream(&self) -> String {
        self.id.stream()
    }

    /// The address of its page; every deed stands below it.
    pub(crate) fn base(&self) -> String {
        format!("{}/{}", self.pages, self.id)
    }
}

/// `{call}`. The guard of the route has said what for it is asked; a disclosure's call is found
/// below `/disclosures/calls` alone, and there no other.
pub(crate) struct Named(pub(crate) Here);

impl FromRequestParts<App> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        let pairs = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let pairs = pairs.map(|Path(pairs)| pairs).unwrap_or_default();
        let named = pairs.into_iter().find(|(name, _)| name == CallId::NOUN);
        let id = named.and_then(|(_, text)| text.parse::<CallId>().ok());
        let id = id.ok_or_else(|| view.missing())?;
        let state = app.engine().state::<Call>(&id.stream()).await;
        let (state, _) = state.map_err(|fault| view.fault(&fault))?;
        let may_know = app.may_know(&staff.caller.actor, &id.stream()).await;
        let may_know = may_know.map_err(|fault| view.fault(&fault))?;
        match state.call().filter(|_| may_know) {
            Some(known) if known.about.purpose() == staff.caller.purpose => {
                Ok(Self(Here { id, pages: known.about.pages() }))
            }
            Some(_) | None => Err(view.missing()),
        }
    }
}
