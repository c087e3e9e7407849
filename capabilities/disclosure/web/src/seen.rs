//! The one door to an application that an address names: for whoever manages the subject, or
//! stands on its list of conflicts, it is as if there were none.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use disclosure::state::End;
use disclosure::{Case, Disclosure, DisclosureId, State};
use engine::Engine;
use kernel::id::Id;
use ui::kept::{Kept, Withheld};
use ui::{App, Staff, View};

/// An application that exists for whoever asks.
pub(crate) struct Seen {
    pub(crate) id: DisclosureId,
    pub(crate) case: Box<Case>,
    pub(crate) end: Option<End>,
}

impl Seen {
    pub(crate) fn stream(&self) -> String {
        self.id.stream()
    }

    /// The address of its page; every deed stands below it.
    pub(crate) fn base(&self) -> String {
        format!("/disclosures/{}", self.id)
    }

    /// What a state is to this person.
    pub(crate) fn of(id: DisclosureId, state: State, actor: &kernel::Actor) -> Option<Self> {
        if !state.visible_to(actor) {
            return None;
        }
        match state {
            State::Open(case) => Some(Self { id, case, end: None }),
            State::Ended(case, end) => Some(Self { id, case, end: Some(end) }),
            State::None | State::Left => None,
        }
    }
}

/// Whoever may know that there are applications at all: the guard has asked for a role that may;
/// this asks for one that may never, beside it.
pub(crate) struct Admitted(pub(crate) Staff);

impl FromRequestParts<App> for Admitted {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        match State::None.visible_to(&staff.caller.actor) {
            true => Ok(Self(staff)),
            false => Err(view.missing()),
        }
    }
}

/// From whom an application is kept: colleagues on its list of conflicts. A call in which it is
/// told belongs to it.
pub(crate) fn kept_from(engine: Engine, stream: String) -> Kept {
    Box::pin(async move {
        let Some(id) = DisclosureId::of_stream(&stream) else { return Ok(Withheld::default()) };
        let (state, _) = engine.state::<Disclosure>(&id.stream()).await?;
        let case = state.case();
        Ok(Withheld::from(case.map(|case| case.conflicted.clone()).unwrap_or_default()))
    })
}

impl FromRequestParts<App> for Seen {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        let pairs = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let pairs = pairs.map(|Path(pairs)| pairs).unwrap_or_default();
        let named = pairs.into_iter().find(|(name, _)| name == DisclosureId::NOUN);
        let id = named.and_then(|(_, text)| text.parse::<DisclosureId>().ok());
        let id = id.ok_or_else(|| view.missing())?;
        let state = app.engine().state::<Disclosure>(&id.stream()).await;
        let (state, _) = state.map_err(|fault| view.fault(&fault))?;
        Self::of(id, state, &staff.caller.actor).ok_or_else(|| view.missing())
    }
}
