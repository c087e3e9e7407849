//! One hold or promotion: what it is about, why, until when, and everything that happened to it.
//! Whoever sees all sees it, and whoever proposed it; to anyone else it does not exist.

use crate::cases::{self, Line};
use crate::{names, subjects};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use kernel::Purpose;
use kernel::id::Id;
use minijinja::{Value, context};
use retention::{Thing, permit};
use serde::Serialize;
use ui::{App, Named, Serde, Staff, View};

/// A thing as a page names it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) noun: String,
    pub(crate) reference: String,
    /// The message that names its class.
    pub(crate) class: String,
    /// The first instant of its day.
    pub(crate) goes_at: i64,
    pub(crate) mark: String,
}

/// The page.
pub(crate) async fn get<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<I>,
) -> Response {
    let line = match visible(&app, &view, &staff, &id.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    match page(&app, &staff, &line).await {
        Ok(page) => view.page("retention/case.html", page),
        Err(fault) => view.fault(&fault),
    }
}

/// The case, for whoever may see it; the reading is in the trail.
pub(crate) async fn visible(
    app: &App,
    view: &View,
    staff: &Staff,
    stream: &str,
) -> Result<Line, Response> {
    let line = match cases::one(app.engine(), stream).await {
        Ok(Some(line)) => line,
        Ok(None) => return Err(view.missing()),
        Err(fault) => return Err(view.fault(&fault)),
    };
    let all = app.may(&staff.caller.actor, permit::READ, Purpose::Retention);
    let own = line.proposed_by.as_deref() == Some(staff.who.id.to_string().as_str());
    if !all && !own {
        return Err(view.missing());
    }
    staff.consulted(view, stream, "retention").await?;
    Ok(line)
}

/// What every page about one case shows.
pub(crate) async fn page(app: &App, staff: &Staff, line: &Line) -> Result<Value, Fault> {
    let engine = app.engine();
    let mut items = Vec::new();
    for key in cases::keys(engine, &line.stream).await? {
        items.push(item(engine, &key.thing, &key.mark).await?);
    }
    let mut steps = Vec::new();
    for step in cases::steps(engine, &line.stream).await? {
        let by = names::staff(engine, step.by.as_deref()).await?;
        let staffed = step.by.is_some();
        steps.push(context! { by, staffed, ..Value::from(Serde(&step)) });
    }
    let may = |action| app.may(&staff.caller.actor, action, Purpose::Retention);
    let own = staff.who.id.to_string();
    let confirms = match line.kind.as_str() {
        "hold" => may(permit::HOLD_CONFIRM),
        _ => may(permit::PROMOTION_CONFIRM),
    };
    Ok(context! {
        case => Serde(line),
        path => path(line),
        items => Serde(&items),
        steps => steps,
        reason => reason(engine, line).await?,
        proposed_by => names::staff(engine, line.proposed_by.as_deref()).await?,
        confirmed_by => names::staff(engine, line.confirmed_by.as_deref()).await?,
        asked_by => names::staff(engine, line.asked_by.as_deref()).await?,
        mine => line.proposed_by.as_deref() == Some(own.as_str()),
        asked_mine => line.asked_by.as_deref() == Some(own.as_str()),
        confirms,
        reviews => may(permit::HOLD_REVIEW),
        sees_all => may(permit::READ),
        overdue => line.stage == "placed" && line.until <= engine.now().0,
    })
}

/// What the last request that is still open was made for; else what it was proposed for.
async fn reason(engine: &Engine, line: &Line) -> Result<Option<String>, Fault> {
    let wanted = match line.asked.as_deref() {
        Some("review") => "hold-review-proposed",
        Some(_) => "hold-end-proposed",
        None if line.kind == "hold" => "hold-proposed",
        None => "promotion-proposed",
    };
    let steps = cases::steps(engine, &line.stream).await?;
    Ok(steps.into_iter().rev().find(|step| step.what == wanted).and_then(|step| step.text))
}

/// Where the pages of a case stand.
pub(crate) fn path(line: &Line) -> String {
    let id = line.stream.split_once('/').map_or("", |(_, id)| id);
    format!("/retention/{}s/{id}", line.kind)
}

/// A thing in the page's words.
pub(crate) async fn item(engine: &Engine, thing: &Thing, mark: &str) -> Result<Item, Fault> {
    let incident = subjects::incident_of(engine, &thing.stream).await?;
    Ok(Item {
        key: thing.key.clone(),
        noun: names::noun(&thing.stream),
        reference: names::reference(&thing.stream, incident.as_deref()),
        class: names::class(&thing.class),
        goes_at: thing.expires_on.start().0,
        mark: mark.to_owned(),
    })
}
