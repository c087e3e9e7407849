//! What every handler of the telling needs: the application as `seen` gives it, who asks, and
//! how it was asked.

use crate::seen::Seen;
use ::disclosure::{Case, Command, Disclosure, DisclosureId, Refusal, State};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault, Refused};
use kernel::{Context, Decider};
use ui::{App, Asked, Staff, View};

/// An application within the scheme, and who asks for it.
pub(crate) struct Found {
    pub(crate) id: DisclosureId,
    pub(crate) app: App,
    pub(crate) view: View,
    pub(crate) staff: Staff,
    pub(crate) asked: Asked,
    pub(crate) state: State,
}

impl FromRequestParts<App> for Found {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        let Ok(asked) = Asked::from_request_parts(parts, app).await;
        let Seen { id, case, end } = Seen::from_request_parts(parts, app).await?;
        let state = match end {
            None => State::Open(case),
            Some(end) => State::Ended(case, end),
        };
        Ok(Self { id, app: app.clone(), view, staff, asked, state })
    }
}

impl Found {
    pub(crate) fn engine(&self) -> &Engine {
        self.app.engine()
    }

    pub(crate) fn case(&self) -> &Case {
        self.state.case().expect("only an application with a case is found")
    }

    /// The address of a part of it.
    pub(crate) fn address(&self, part: &str) -> String {
        format!("/disclosures/{}/{part}", self.id)
    }

    /// Notes that this person's record is looked at.
    pub(crate) async fn consulted(&self, page: &'static str) -> Result<(), Response> {
        self.staff.consulted(&self.view, &self.id.stream(), page).await
    }

    /// What the rules would say now; nothing happens.
    pub(crate) fn would(&self, command: Command) -> Result<(), Refusal> {
        let context = Context { at: self.engine().now(), actor: self.staff.caller.actor.clone() };
        Disclosure::decide(&self.state, command, &context).map(|_| ())
    }

    /// Does it.
    pub(crate) async fn give(&self, command: Command) -> Result<(), Refused<Refusal>> {
        let stream = self.id.stream();
        let caller = &self.staff.caller;
        let done = self.engine().execute::<Disclosure>(&stream, command, caller, None).await;
        done.map(|_| ())
    }

    /// As it stands by now.
    pub(crate) async fn renew(&mut self) -> Result<(), Fault> {
        let (state, _) = self.engine().state::<Disclosure>(&self.id.stream()).await?;
        if state.case().is_some() {
            self.state = state;
        }
        Ok(())
    }
}
