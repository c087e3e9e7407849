//! What every page of an incident needs: who asks, for which incident, and how a command is
//! answered. A page brings its template, what it shows, and which field a refusal belongs to.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use engine::{Fault, Refused};
use incident::IncidentId;
use investigation::{
    Command, Event, Investigation, InvestigationId, Refusal, State as Known, permit,
};
use kernel::id::StaffId;
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use ui::{App, Asked, FieldErrors, Named, Staff, Typed, View};

/// Who asks, and for which incident.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) view: View,
    pub(crate) staff: Staff,
    pub(crate) asked: Asked,
    pub(crate) incident: IncidentId,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let staff = Staff::from_request_parts(parts, app).await.map_err(|_| view.missing())?;
        let Ok(asked) = Asked::from_request_parts(parts, app).await;
        let Named(incident) = Named::<IncidentId>::from_request_parts(parts, app).await?;
        match app.may_know(&staff.caller.actor, &incident.stream()).await {
            Ok(true) => {}
            Ok(false) => return Err(view.missing()),
            Err(fault) => return Err(view.fault(&fault)),
        }
        Ok(Self { app: app.clone(), view, staff, asked, incident })
    }
}

/// A page about one incident.
pub(crate) trait Page {
    /// Its template.
    const TEMPLATE: &'static str;
    /// The message of its title.
    const TITLE: &'static str;
    /// The last part of its address; the trail knows the page by it.
    const STEM: &'static str;
    /// What it shows.
    fn fill(&self, desk: &Desk) -> impl Future<Output = Result<Value, Fault>> + Send;
    /// Which field a refusal belongs to.
    fn field(refusal: Refusal) -> &'static str;
}

impl Desk {
    /// The stream of the investigation.
    pub(crate) fn stream(&self) -> String {
        InvestigationId::from(self.incident).stream()
    }

    /// What is known.
    pub(crate) async fn known(&self) -> Result<Known, Fault> {
        Ok(self.app.engine().state::<Investigation>(&self.stream()).await?.0)
    }

    /// Whether whoever asks may write.
    pub(crate) fn writes(&self) -> bool {
        let caller = &self.staff.caller;
        self.app.may(&caller.actor, permit::RECORD, caller.purpose)
    }

    /// Notes the look, and shows the page.
    pub(crate) async fn show<P: Page>(&self, page: &P) -> Response {
        if let Err(stop) = self.consulted(P::STEM).await {
            return stop;
        }
        match page.fill(self).await {
            Ok(shown) => self.view.panel(self.asked, P::TEMPLATE, P::TITLE, shown),
            Err(fault) => self.view.fault(&fault),
        }
    }

    /// Notes the look.
    pub(crate) async fn consulted(&self, page: &'static str) -> Result<(), Response> {
        self.staff.consulted(&self.view, &self.incident.stream(), page).await
    }

    /// Gives a command to the rules.
    pub(crate) async fn execute(&self, command: Command) -> Result<Vec<Event>, Refused<Refusal>> {
        let caller = &self.staff.caller;
        let engine = self.app.engine();
        let done = engine.execute::<Investigation>(&self.stream(), command, caller, None).await?;
        Ok(done.events)
    }

    /// Does it, and shows the page again: with what was typed and what was wrong, if it was not
    /// done.
    pub(crate) async fn act<P: Page>(&self, page: &P, command: Command, typed: &Typed) -> Response {
        match self.execute(command).await {
            Ok(_) => self.done::<P>(),
            Err(Refused::Refusal(refusal)) => {
                self.wrong(page, P::field(refusal), &refusal.to_string(), typed).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    /// On to the page as it stands now.
    pub(crate) fn done<P: Page>(&self) -> Response {
        self.view.panel_done(self.asked, &format!("/incidents/{}/{}", self.incident, P::STEM))
    }

    /// The page again, with what was typed and what is wrong.
    pub(crate) async fn wrong<P: Page>(
        &self,
        page: &P,
        field: &str,
        words: &str,
        typed: &Typed,
    ) -> Response {
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        match page.fill(self).await {
            Ok(shown) => {
                let named = (P::TEMPLATE, P::TITLE);
                self.view.panel_again(self.asked, named, shown, typed, &errors)
            }
            Err(fault) => self.view.fault(&fault),
        }
    }
}

/// Names of staff, each looked up once a page.
pub(crate) async fn names(
    engine: &engine::Engine,
    staff: Vec<StaffId>,
) -> Result<BTreeMap<StaffId, String>, Fault> {
    let mut names = BTreeMap::new();
    for id in staff.into_iter().collect::<BTreeSet<_>>() {
        let (account, _) = engine.state::<access::Staff>(&id.stream()).await?;
        names.insert(id, account.name.unwrap_or_default());
    }
    Ok(names)
}
