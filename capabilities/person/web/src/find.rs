//! `/people`: who is looked for by name however it is spelt, day of birth, number, address or
//! postcode; and beside it repeat victims and serial suspects, by counts alone.

use crate::record::{self, Record};
use crate::said::Said;
use crate::{limits, marks, standing};
use axum::extract::State;
use axum::response::Response;
use engine::Fault;
use minijinja::{Value, context};
use person::mark::{self, Kind};
use person::{Policy, Role};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;
use ui::{App, FieldErrors, Form, Serde, Staff, View};

const PAGE: &str = "person/find.html";

/// A month as the list of repeats counts it; the rule on a person's page counts the same.
const MONTH: Duration = Duration::from_secs(31 * 86_400);

/// Whom.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Whom {
    name: String,
    born: String,
    phone: String,
    email: String,
    postcode: String,
}

pub(crate) async fn get(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
) -> Response {
    match lists(&app, &staff, &policy).await {
        Ok(lists) => view.page(PAGE, context! { searched => false, ..lists }),
        Err(fault) => view.fault(&fault),
    }
}

/// Who is listed by counts: nobody whose incidents are hidden from whoever looks.
async fn lists(app: &App, staff: &Staff, policy: &Policy) -> Result<Value, Fault> {
    let engine = app.engine();
    let since = engine.now().minus(MONTH * policy.repeat_months);
    let mut lists = [
        standing::repeat_victims(engine, since).await?,
        standing::serial_suspects(engine, policy).await?,
    ];
    for list in &mut lists {
        let mut open = vec![];
        for one in std::mem::take(list) {
            let Ok(id) = one.id.parse() else { continue };
            if record::open(app, &staff.caller.actor, id).await?.is_some() {
                open.push(one);
            }
        }
        *list = open;
    }
    let [repeats, serial] = lists;
    Ok(context! {
        repeats => Serde(&repeats), serial => Serde(&serial),
        months => policy.repeat_months, victims => policy.serial_victims,
    })
}

pub(crate) async fn post(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Whom>,
) -> Response {
    let lists = match lists(&app, &staff, &policy).await {
        Ok(lists) => lists,
        Err(fault) => return view.fault(&fault),
    };
    let mut errors = FieldErrors::new();
    let said = Said {
        name: value.name,
        born: value.born,
        phones: vec![value.phone],
        email: value.email,
        place: value.postcode,
        looks: String::new(),
    };
    let facts = said.facts();
    if !said.born.trim().is_empty() && facts.born.is_empty() {
        errors.add("born", "Write the date of birth as year-month-day, like 1990-03-31");
    } else if mark::marks(&facts).is_empty() {
        errors.add("name", "Write first and last name, or a date of birth, a number or a postcode");
    }
    if errors.any() {
        return view.again(PAGE, context! { searched => false, ..lists }, &typed, &errors);
    }
    match found(&app, &view, &staff, &policy, &facts).await {
        Ok(found) => {
            let typed = typed.to_value();
            let cut = found.len() == limits::FOUND_MAX;
            view.page(PAGE, context! { searched => true, found, cut, typed, ..lists })
        }
        Err(stop) => stop,
    }
}

/// Those who share the most first; each that is shown leaves its trace.
async fn found(
    app: &App,
    view: &View,
    staff: &Staff,
    policy: &Policy,
    facts: &person::Facts,
) -> Result<Vec<Value>, Response> {
    let failed = |fault: Fault| view.fault(&fault);
    let mut all: Vec<_> =
        marks::find(app.engine(), facts).await.map_err(failed)?.into_iter().collect();
    all.sort_by_key(|(id, kinds)| (std::cmp::Reverse(weight(kinds)), *id));
    let mut shown = vec![];
    for (id, kinds) in all {
        let one = record::open(app, &staff.caller.actor, id).await.map_err(failed)?;
        let Some(one) = one else { continue };
        staff.consulted(view, &one.id.stream(), "person-find").await?;
        shown.push(row(app, &one, &kinds, policy).await.map_err(failed)?);
        if shown.len() >= limits::FOUND_MAX {
            break;
        }
    }
    Ok(shown)
}

/// What weighs more when many are found: the whole name with the day, then a number.
fn weight(kinds: &BTreeSet<Kind>) -> u32 {
    let one = |kind: &Kind| match kind {
        Kind::Exact => 16,
        Kind::Phone | Kind::Email => 8,
        Kind::SoundBorn | Kind::Name => 4,
        Kind::Sound => 2,
        Kind::Born | Kind::Place => 1,
    };
    kinds.iter().map(one).sum()
}

async fn row(
    app: &App,
    one: &Record,
    kinds: &BTreeSet<Kind>,
    policy: &Policy,
) -> Result<Value, Fault> {
    let lines = one.lines();
    let stands = standing::of(app.engine(), &lines, policy).await?;
    let roles: BTreeSet<Role> = lines.iter().map(|line| line.role).collect();
    Ok(context! {
        id => one.id.to_string(),
        reference => one.id.reference(),
        name => one.name(),
        born => one.born(),
        kinds => kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
        roles => roles.into_iter().map(Role::code).collect::<Vec<_>>(),
        incidents => lines.iter().map(|line| line.incident).collect::<BTreeSet<_>>().len(),
        last_at => lines.first().map(|line| line.reported_at.0),
        repeat => stands.repeat_victim,
        serial => stands.serial_suspect,
    })
}
