//! For how many days each class is kept: seen by whoever answers for it, set in two steps. What
//! is born after a change has the new days; what is there already keeps the day it was born with.

use crate::names;
use async_trait::async_trait;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Opened, Reaction, Refused};
use kernel::{Class, Purpose, retention as classes};
use minijinja::{Value, context};
use retention::schedule::{Command, STREAM, Schedule};
use retention::{Refusal, permit};
use serde::{Deserialize, Serialize};
use ui::{App, FieldErrors, Form, Serde, Staff, Typed, View};

const PAGE: &str = "retention/schedule.html";

/// Every class, those that go soonest first.
const CLASSES: [Class; 11] = [
    classes::DISCLOSURE_RECORDING,
    recording::CLASS,
    classes::CHAT,
    classes::LOCATION,
    classes::APPLICATION,
    classes::SURVEY,
    classes::CASEWORK,
    classes::EVIDENCE,
    classes::ACCESS_LOG,
    retention::RECORD,
    classes::SERVICE,
];

/// Makes the engine keep each class for as long as the force has set. To be called once when the
/// service starts; later changes tell it themselves.
pub async fn apply(engine: &Engine) -> Result<(), Fault> {
    let (state, _) = engine.state::<Schedule>(STREAM).await?;
    engine.set_schedule(state.days);
    Ok(())
}

/// For how many days this force keeps a class.
pub(crate) async fn days(engine: &Engine, class: Class) -> Result<u32, Fault> {
    let (state, _) = engine.state::<Schedule>(STREAM).await?;
    Ok(state.class(class).keep_days)
}

/// The force changed its days.
pub(crate) struct WhenSet;

#[async_trait]
impl Reaction for WhenSet {
    fn name(&self) -> &'static str {
        "retention-when-set"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "retention.schedule_set.v1"
    }

    async fn on(&self, engine: &Engine, _: &Opened) -> Result<(), Fault> {
        apply(engine).await
    }
}

/// One class as the page shows it.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    words: String,
    meaning: String,
    days: u32,
    limit: u32,
    authority: &'static str,
}

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(&app, &staff).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let (state, _) = app.engine().state::<Schedule>(STREAM).await?;
    let rows: Vec<_> = CLASSES
        .into_iter()
        .map(|class| Row {
            name: class.name,
            words: names::class(class.name),
            meaning: names::meaning(class.name),
            days: state.class(class).keep_days,
            limit: class.keep_days,
            authority: class.authority,
        })
        .collect();
    Ok(context! {
        rows => Serde(&rows),
        version => state.version,
        sets => app.may(&staff.caller.actor, permit::SCHEDULE, Purpose::Retention),
    })
}

/// A change; `sure` on the second step.
#[derive(Deserialize)]
pub(crate) struct Change {
    #[serde(default)]
    class: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    sure: String,
}

/// Shows what a change would do; on the second step, does it.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Change>,
) -> Response {
    let mut errors = FieldErrors::new();
    let class = CLASSES.into_iter().find(|class| class.name == value.class);
    let wanted = value.days.trim().parse::<u32>().ok();
    if class.is_none() {
        errors.add("class", "Choose what is to be kept for another time");
    }
    if wanted.is_none() {
        errors.add("days", "Enter a number of days");
    }
    errors.need("reason", &value.reason, &Refusal::ReasonMissing.to_string());
    let (Some(class), Some(wanted), false) = (class, wanted, errors.any()) else {
        return again(&app, &view, &staff, &typed, &errors).await;
    };
    let command = Command::Set { class, days: wanted, reason: value.reason.clone() };
    let engine = app.engine();
    let done = match value.sure.as_str() {
        "yes" => engine.execute::<Schedule>(STREAM, command, &staff.caller, None).await.map(drop),
        _ => match tried(engine, &staff, command).await {
            Ok(was) => return sure(&view, class, (was, wanted), &value.reason),
            Err(refused) => Err(refused),
        },
    };
    match done {
        Ok(()) => Redirect::to("/retention/schedule").into_response(),
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::ReasonMissing | Refusal::TooLong => "reason",
                _ => "days",
            };
            errors.add(field, refusal.to_string());
            again(&app, &view, &staff, &typed, &errors).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// Whether the rules would take it, and for how many days the class is kept until now.
async fn tried(engine: &Engine, staff: &Staff, command: Command) -> Result<u32, Refused<Refusal>> {
    use kernel::{Context, Decider};
    let (state, _) = engine.state::<Schedule>(STREAM).await?;
    let Command::Set { class, .. } = command;
    let context = Context { at: engine.now(), actor: staff.caller.actor.clone() };
    Schedule::decide(&state, command, &context).map_err(Refused::Refusal)?;
    Ok(state.class(class).keep_days)
}

fn sure(view: &View, class: Class, (was, days): (u32, u32), reason: &str) -> Response {
    let page = context! {
        class => class.name, words => names::class(class.name), was, days,
        reason => reason.trim(), shorter => days < was,
    };
    view.page("retention/sure.html", page)
}

async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    match page(app, staff).await {
        Ok(page) => view.again(PAGE, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}
