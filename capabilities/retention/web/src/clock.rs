//! `/retention/clock`: what each clock says when they are not believed, and the two people who
//! look at the wall clock and say that it is right. Only then does destruction go on.

use crate::names;
use async_trait::async_trait;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Opened, Reaction, Refused};
use kernel::time::minutes;
use minijinja::{Value, context};
use retention::clock::{self, Clock, Command};
use ui::{App, FieldErrors, Serde, Staff, Typed, View};

const PAGE: &str = "retention/clock.html";

/// How long after it was said the reaction may still believe: done again much later, after a
/// crash, the clock might be another.
const BELIEVED_WITHIN: std::time::Duration = minutes(10);

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(app.engine(), &staff).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

pub(crate) async fn post(State(app): State<App>, view: View, staff: Staff) -> Response {
    let engine = app.engine();
    let said = engine.execute::<Clock>(clock::STREAM, Command::SayRight, &staff.caller, None).await;
    let refusal = match said {
        Ok(_) => return Redirect::to("/retention/clock").into_response(),
        Err(Refused::Refusal(refusal)) => refusal,
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    };
    let mut errors = FieldErrors::new();
    errors.add("right", refusal.to_string());
    match page(engine, &staff).await {
        Ok(page) => view.again(PAGE, page, &Typed::default(), &errors),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(engine: &Engine, staff: &Staff) -> Result<Value, Fault> {
    let readings = engine.readings();
    let (state, _) = engine.state::<Clock>(clock::STREAM).await?;
    let first = state.first(engine.now());
    let by = first.map(|id| id.to_string());
    Ok(context! {
        wall => readings.wall.0,
        believed => readings.believed().0,
        noted => readings.mark.map(|mark| mark.wall.0),
        doubt => Serde(&readings.doubt()),
        asked => first.is_some(),
        first => names::staff(engine, by.as_deref()).await?,
        yours => first == Some(staff.who.id),
    })
}

/// Two people said so: the engine believes the clock as it is.
pub(crate) struct WhenTrusted;

#[async_trait]
impl Reaction for WhenTrusted {
    fn name(&self) -> &'static str {
        "retention-when-trusted"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "clock.trusted.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let now = engine.now();
        if now.since(event.at).max(event.at.since(now)) <= BELIEVED_WITHIN {
            engine.trust_clock()?;
        }
        Ok(())
    }
}
