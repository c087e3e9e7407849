//! The notices, orders and bail of one incident, and the form that records another.

use crate::arrest_list;
use crate::order_list;
use arrest::order::{Act, Command, Kind, Making, Refusal};
use arrest::{ArrestId, Order, OrderId, Policy, permit};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::typing::{self, maybe_end_of_day, maybe_instant};
use engine::{Fault, Refused};
use incident::{Incident, IncidentId};
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "arrest/orders.html";

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    show(&app, &view, &staff, incident, None).await
}

/// What is recorded.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    of: String,
    arrest: String,
    starts_at: String,
    ends_on: String,
    review_on: String,
    suspect: String,
    terms: String,
    issued_by: String,
}

impl Said {
    fn read(self, incident: IncidentId, now: kernel::At) -> Result<Making, (&'static str, String)> {
        let of = Kind::of(&self.of).ok_or(("of", "Choose what it is.".to_owned()))?;
        let day = |field: &'static str, text: &str| {
            maybe_end_of_day(text).map_err(|_| (field, "Enter a day.".to_owned()))
        };
        let starts_at = maybe_instant(&self.starts_at)
            .map_err(|_| ("starts_at", "Enter a time.".to_owned()))?
            .unwrap_or(now);
        Ok(Making {
            of,
            incident,
            arrest: self.arrest.parse::<ArrestId>().ok(),
            starts_at,
            arrested_at: None,
            ends_at: day("ends_on", &self.ends_on)?,
            review_at: day("review_on", &self.review_on)?,
            suspect: self.suspect,
            terms: self.terms,
            issued_by: self.issued_by,
        })
    }
}

/// Records one.
pub(crate) async fn post(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Said>,
) -> Response {
    let engine = app.engine();
    let refused = match value.read(incident, engine.now()) {
        Ok(making) => match make(&app, &policy, &staff, making).await {
            Ok(order) => return Redirect::to(&format!("/orders/{order}")).into_response(),
            Err(Refused::Refusal(refusal)) => (field(&refusal), refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        },
        Err(wrong) => wrong,
    };
    let mut errors = FieldErrors::new();
    errors.add(refused.0, refused.1);
    show(&app, &view, &staff, incident, Some((&typed, &errors))).await
}

async fn make(
    app: &App,
    policy: &Arc<Policy>,
    staff: &Staff,
    mut making: Making,
) -> Result<OrderId, Refused<Refusal>> {
    let engine = app.engine();
    // Bail counts from the arrest, and only an arrest of this incident is one.
    if let Some(arrest) = making.arrest {
        let (state, _) = engine.state::<arrest::Arrest>(&arrest.stream()).await?;
        making.arrest = making.arrest.filter(|_| state.incident == Some(making.incident));
        making.arrested_at = making.arrest.and(state.arrested_at.or(state.attended_at));
    }
    let order = OrderId::birth(engine.now(), engine.luck16());
    let command = Command { policy: policy.clone(), act: Act::Make(Box::new(making)) };
    engine.execute::<Order>(&order.stream(), command, &staff.caller, None).await?;
    Ok(order)
}

fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SuspectMissing => "suspect",
        Refusal::TermsMissing => "terms",
        Refusal::InFuture => "starts_at",
        Refusal::EndMissing
        | Refusal::EndOrReviewMissing
        | Refusal::DayPassed
        | Refusal::EndBeforeStart
        | Refusal::OrderDays
        | Refusal::BailTooLong => "ends_on",
        _ => "of",
    }
}

async fn show(
    app: &App,
    view: &View,
    staff: &Staff,
    incident: IncidentId,
    refused: Option<(&Typed, &FieldErrors)>,
) -> Response {
    if let Err(stop) = staff.consulted(view, &incident.stream(), "orders").await {
        return stop;
    }
    match (page(app, staff, incident).await, refused) {
        (Ok(page), None) => view.page(PAGE, page),
        (Ok(page), Some((typed, errors))) => view.again(PAGE, page, typed, errors),
        (Err(fault), _) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, incident: IncidentId) -> Result<Value, Fault> {
    let engine = app.engine();
    let lines = order_list::of_incident(engine, incident).await?;
    let arrests = arrest_list::of_incident(engine, incident).await?;
    let (known, _) = engine.state::<Incident>(&incident.stream()).await?;
    let suspect = known.report.and_then(|report| report.suspect.into_known()).unwrap_or_default();
    let who = arrests.iter().find_map(|line| line.said.as_ref().map(|said| said.suspect.clone()));
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        lines => Serde(&lines),
        arrests => Serde(&arrests),
        who => who.unwrap_or(suspect.name),
        kinds => Kind::ALL.map(Kind::code).to_vec(),
        writes => app.may(&staff.caller.actor, permit::ORDER_WRITE, staff.caller.purpose),
        clock => typing::field(engine.now()),
        now => engine.now().0,
    })
}
