//! Proposing a hold, or that something becomes evidence: from the page of the recording or the
//! incident, by `?of=recording/<id>` or `?of=incident/<id>`.

use crate::{case, days, keys, subjects};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use kernel::id::Id;
use minijinja::{Value, context};
use retention::hold::{self, Ground, Hold};
use retention::promotion::{self, Promotion};
use retention::{HoldId, PromotionId, Refusal, Subject};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Serde, Staff, View};

const PAGE: &str = "retention/new.html";

/// Of what.
#[derive(Deserialize)]
pub(crate) struct Of {
    #[serde(default)]
    of: String,
}

/// The page.
pub(crate) async fn get<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(of): Query<Of>,
) -> Response {
    let of = match known_to(&app, &staff, of.of).await {
        Ok(of) => of,
        Err(fault) => return view.fault(&fault),
    };
    match page::<I>(app.engine(), &of).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// A name as it was asked for, or nothing: what one may not know of looks like what does not
/// exist.
async fn known_to(app: &App, staff: &Staff, name: String) -> Result<String, Fault> {
    let stream = name.split('#').next().unwrap_or_default();
    let knows = app.may_know(&staff.caller.actor, stream).await?;
    Ok(if knows { name } else { String::new() })
}

async fn page<I: Id>(engine: &Engine, of: &str) -> Result<Value, Fault> {
    let (mut items, mut gone) = (Vec::new(), Vec::new());
    for stream in subjects::related(engine, of).await? {
        for subject in keys::of_stream(engine, &stream).await? {
            let Subject::Known { thing, kept, forgotten } = subject else { continue };
            let past = forgotten || (!kept && thing.expires_on.start() <= engine.now());
            let mark = if kept { "kept" } else { "proposed" };
            let item = case::item(engine, &thing, mark).await?;
            let chosen = stream == of;
            if past { gone.push(item) } else { items.push((item, chosen)) }
        }
    }
    let chosen: Vec<_> =
        items.iter().filter(|(_, chosen)| *chosen).map(|(item, _)| item.key.clone()).collect();
    let items: Vec<_> = items.into_iter().map(|(item, _)| item).collect();
    let now = engine.now().day();
    Ok(context! {
        kind => I::NOUN,
        of => of,
        items => Serde(&items),
        gone => Serde(&gone),
        chosen => chosen,
        grounds => Ground::ALL.map(Ground::code),
        today => days::write(now),
        in_a_month => days::write(now.plus(30)),
    })
}

/// What is proposed.
#[derive(Deserialize)]
pub(crate) struct Proposal {
    #[serde(default)]
    of: String,
    #[serde(default)]
    things: Vec<String>,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    review_on: String,
}

/// Proposes it.
pub(crate) async fn post<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { mut value, typed }: Form<Proposal>,
) -> Response {
    let engine = app.engine();
    let mut errors = FieldErrors::new();
    for name in value.things.iter_mut().chain([&mut value.of]) {
        match known_to(&app, &staff, std::mem::take(name)).await {
            Ok(known) => *name = known,
            Err(fault) => return view.fault(&fault),
        }
    }
    let of = value.of.clone();
    let proposed = match I::NOUN {
        "hold" => propose_hold(engine, &staff, value, &mut errors).await,
        _ => propose_promotion(engine, &staff, value).await,
    };
    match proposed {
        Ok(Some(address)) => return Redirect::to(&address).into_response(),
        Ok(None) => {}
        Err(Refused::Refusal(refusal)) => errors.add(field(refusal), refusal.to_string()),
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    }
    match page::<I>(engine, &of).await {
        Ok(page) => view.again(PAGE, page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

async fn propose_hold(
    engine: &Engine,
    staff: &Staff,
    value: Proposal,
    errors: &mut FieldErrors,
) -> Result<Option<String>, Refused<Refusal>> {
    let (ground, review_on) = (Ground::of(&value.ground), days::read(&value.review_on));
    if ground.is_none() {
        errors.add("ground", "Choose on what ground it is held");
    }
    if review_on.is_none() {
        errors.add("review_on", "Enter the day of the first review");
    }
    errors.need("reason", &value.reason, &Refusal::ReasonMissing.to_string());
    let (Some(ground), Some(review_on), false) = (ground, review_on, errors.any()) else {
        return Ok(None);
    };
    let subjects = named(engine, &value.things).await?;
    let id = HoldId::birth(engine.now(), engine.luck16());
    let command = hold::Command::Propose { subjects, ground, reason: value.reason, review_on };
    engine.execute::<Hold>(&id.stream(), command, &staff.caller, None).await?;
    Ok(Some(format!("/retention/holds/{id}")))
}

async fn propose_promotion(
    engine: &Engine,
    staff: &Staff,
    value: Proposal,
) -> Result<Option<String>, Refused<Refusal>> {
    let subjects = named(engine, &value.things).await?;
    let id = PromotionId::birth(engine.now(), engine.luck16());
    let command = promotion::Command::Propose { subjects, reason: value.reason };
    engine.execute::<Promotion>(&id.stream(), command, &staff.caller, None).await?;
    Ok(Some(format!("/retention/promotions/{id}")))
}

async fn named(engine: &Engine, names: &[String]) -> Result<Vec<Subject>, Fault> {
    let mut found = Vec::new();
    // One more than the rules take is enough for them to say no.
    for name in names.iter().take(retention::limits::THINGS_MAX + 1) {
        found.push(keys::named(engine, name).await?);
    }
    Ok(found)
}

/// The field that a refusal is about.
const fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ReasonMissing | Refusal::TooLong => "reason",
        Refusal::ReviewPast | Refusal::ReviewTooFar => "review_on",
        _ => "things",
    }
}
