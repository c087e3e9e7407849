//! `/sealed/{seal}`: one seal: who can open the incident, breaking it for a few hours, and looking
//! at why it was broken. Whoever is a party finds nothing here.

use crate::{index, person};
use ::person::seal::Command;
use ::person::{Policy, Refusal, Seal, SealId};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use incident::{Incident, IncidentId};
use kernel::id::StaffId;
use kernel::{At, Personal};
use minijinja::{Value, context};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;
use ui::{App, FieldErrors, Form, Staff, Typed, View};

const PAGE: &str = "person/seal.html";
const HOUR: u64 = 3_600;

/// Who asks, and for which seal.
struct Desk<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    policy: Policy,
    id: SealId,
    parties: BTreeSet<StaffId>,
}

impl<'a> Desk<'a> {
    /// Nobody who is a party, and no incident that is none, gets past here.
    async fn open(
        app: &'a App,
        view: &'a View,
        staff: &'a Staff,
        (policy, id): (Policy, &str),
    ) -> Result<Self, Response> {
        // It has no stream before it is set for the first time.
        let id: SealId = id.parse().map_err(|_| view.missing())?;
        let incident = IncidentId(id.0);
        let engine = app.engine();
        let failed = |fault: Fault| view.fault(&fault);
        let parties = index::parties(engine, incident).await.map_err(failed)?;
        let parties: BTreeSet<StaffId> = parties.into_iter().collect();
        let (known, _) = engine.state::<Incident>(&incident.stream()).await.map_err(failed)?;
        if parties.contains(&staff.who.id) || known.report.is_none() {
            return Err(view.missing());
        }
        Ok(Self { app, view, staff, policy, id, parties })
    }

    async fn page(&self) -> Result<Value, Fault> {
        let engine = self.app.engine();
        let (state, _) = engine.state::<Seal>(&self.id.stream()).await?;
        let text = |said: Option<&Personal<String>>| said.and_then(Personal::known).cloned();
        let me = self.staff.who.id;
        let mut admitted = vec![];
        for staff in &state.admitted {
            let name = person::name(engine, *staff).await?;
            admitted.push(context! { id => staff.to_string(), name });
        }
        let mut breaks = vec![];
        for one in &state.unseen {
            breaks.push(context! {
                by => person::name(engine, one.by).await?, at => one.at.0,
                look_by => one.look_by.0, reason => text(Some(&one.reason)),
                mine => one.by == self.staff.who.id,
            });
        }
        let accounts = person::accounts(engine).await?;
        let party = |id: &str| id.parse().is_ok_and(|id: StaffId| self.parties.contains(&id));
        let offered: Vec<_> = accounts.into_iter().filter(|(id, _)| !party(id)).collect();
        Ok(context! {
            id => self.id.to_string(),
            reference => IncidentId(self.id.0).reference(),
            since => state.since.map(|at| at.0),
            reason => text(state.reason.as_ref()),
            own_break => state.unseen.iter().any(|one| one.by == me),
            admitted, breaks, accounts => offered,
            mine => state.admits(me, engine.now()),
            until => state.open_until.get(&me).map(|at| at.0).filter(|at| *at > engine.now().0),
            hours => self.policy.broken_hours,
            me => me.to_string(),
            now => engine.now().0,
        })
    }

    async fn answer(&self, command: Command, field: &str, typed: &Typed) -> Response {
        let (engine, caller) = (self.app.engine(), &self.staff.caller);
        match engine.execute::<Seal>(&self.id.stream(), command, caller, None).await {
            Ok(_) => Redirect::to(&format!("/sealed/{}", self.id)).into_response(),
            Err(Refused::Refusal(refusal)) => {
                let field = match refusal {
                    Refusal::NobodyAdmitted | Refusal::Party | Refusal::TooManyAdmitted => {
                        if field == "set_reason" { "admitted" } else { field }
                    }
                    _ => field,
                };
                let mut errors = FieldErrors::new();
                errors.add(field, refusal.to_string());
                match self.page().await {
                    Ok(page) => self.view.again(PAGE, page, typed, &errors),
                    Err(fault) => self.view.fault(&fault),
                }
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    fn hours(&self, hours: u32) -> At {
        self.app.engine().now().plus(Duration::from_secs(u64::from(hours) * HOUR))
    }
}

pub(crate) async fn get(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(id): Path<String>,
) -> Response {
    let desk = match Desk::open(&app, &view, &staff, (policy, &id)).await {
        Ok(desk) => desk,
        Err(stop) => return stop,
    };
    match desk.page().await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// Every field of every form of the page; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    admitted: Vec<String>,
    staff: String,
    set_reason: String,
    admit_reason: String,
    dismiss_reason: String,
    break_reason: String,
    finding: String,
    lift_reason: String,
}

impl Said {
    fn staff(&self) -> Option<StaffId> {
        self.staff.parse().ok()
    }
}

/// A form of the page: what it asks, and the field that a refusal belongs to.
macro_rules! form {
    ($(#[$words:meta])* $name:ident, $field:literal, |$desk:ident, $said:ident| $command:expr) => {
        $(#[$words])*
        pub(crate) async fn $name(
            policy: Policy,
            State(app): State<App>,
            view: View,
            staff: Staff,
            Path(id): Path<String>,
            Form { value: $said, typed }: Form<Said>,
        ) -> Response {
            let $desk = match Desk::open(&app, &view, &staff, (policy, &id)).await {
                Ok(desk) => desk,
                Err(stop) => return stop,
            };
            let command = $command;
            $desk.answer(command, $field, &typed).await
        }
    };
}

form!(post, "set_reason", |desk, said| Command::Set {
    admitted: said.admitted.iter().filter_map(|id| id.parse().ok()).collect(),
    parties: desk.parties.clone(),
    reason: said.set_reason,
});

form!(admitted, "admit_reason", |desk, said| {
    let Some(staff) = said.staff() else { return desk.view.missing() };
    Command::Admit { staff, parties: desk.parties.clone(), reason: said.admit_reason }
});

form!(dismissed, "dismiss_reason", |desk, said| {
    let Some(staff) = said.staff() else { return desk.view.missing() };
    Command::Dismiss { staff, reason: said.dismiss_reason }
});

form!(broken, "break_reason", |desk, said| Command::Break {
    parties: desk.parties.clone(),
    until: desk.hours(desk.policy.broken_hours),
    look_by: desk.hours(desk.policy.broken_look_hours),
    reason: said.break_reason,
});

form!(looked_at, "finding", |desk, said| Command::LookAt { finding: said.finding });

form!(lifted, "lift_reason", |desk, said| Command::Lift { reason: said.lift_reason });
