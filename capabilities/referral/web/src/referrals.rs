//! `/referrals`: everything that was referred and is open, what is owed first on top; what is
//! late, what was declined and what an agency asks stand before the rest. Nobody is named.

use crate::referral_list::{self, Line};
use crate::{agencies, kinds, showing};
use axum::extract::{Query, State};
use axum::response::Response;
use engine::Fault;
use incident::IncidentId;
use kernel::Purpose;
use minijinja::{Value, context};
use referral::permit;
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::{App, Serde, Staff, View};

/// What is shown of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// An agency's id; every one when it is empty.
    agency: String,
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
) -> Response {
    answer(&app, &view, &staff, &filter, "referral/referrals.html").await
}

/// The part that changes.
pub(crate) async fn now(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
) -> Response {
    answer(&app, &view, &staff, &filter, "referral/now.html").await
}

async fn answer(
    app: &App,
    view: &View,
    staff: &Staff,
    filter: &Filter,
    template: &str,
) -> Response {
    let figures = app.may(&staff.caller.actor, permit::FIGURES, Purpose::Safeguarding);
    match page(app, staff, filter).await {
        Ok(page) => view.page(template, context! { figures_shown => figures, ..page }),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, filter: &Filter) -> Result<Value, Fault> {
    let engine = app.engine();
    let now = engine.now().0;
    let names = agencies::names(engine).await?;
    let mut all = referral_list::open(engine).await?;
    let veil = app.veil(&staff.caller.actor).await?;
    veil.over(&mut all, |line| format!("incident/{}", line.incident));
    // An agency that there is none of filters nothing away.
    let chosen = names.get(&filter.agency).map(|_| filter.agency.clone()).unwrap_or_default();
    if !chosen.is_empty() {
        all.retain(|line| line.agency.as_deref() == Some(chosen.as_str()));
    }
    let late = |line: &&Line| line.next_at.is_some_and(|at| at <= now);
    let first = |line: &&Line| late(line) || line.question || first_step(line);
    let owed = |line: &&Line| line.next_at.is_some();
    let row = |line: &Line| row(line, &names);
    let counts = context! {
        open => all.iter().filter(|line| line.next_at.is_some()).count(),
        late => all.iter().filter(late).count(),
        escalated => all.iter().filter(|line| line.escalations > 0 && owed(line)).count(),
        chased => all.iter().filter(|line| line.chased_at.is_some()).count(),
        questions => all.iter().filter(|line| line.question).count(),
    };
    let rest = all.iter().filter(|line| !first(line) && owed(line)).map(row).collect::<Vec<_>>();
    let engaged =
        all.iter().filter(|line| !first(line) && !owed(line)).map(row).collect::<Vec<_>>();
    Ok(context! {
        counts,
        first => all.iter().filter(first).map(row).collect::<Vec<_>>(),
        rest,
        engaged,
        agencies => by_agency(&all, &names, now),
        chosen,
    })
}

/// Whether the hub itself has to do something: nobody has it, or whoever had it said no.
fn first_step(line: &Line) -> bool {
    matches!(line.step.as_str(), "declined" | "requested")
}

fn row(line: &Line, names: &BTreeMap<String, String>) -> Value {
    let incident = line.incident.parse::<IncidentId>().map(|id| id.reference());
    context! {
        short => showing::short(&line.id),
        title => kinds::title(&line.kind),
        reference => incident.unwrap_or_default(),
        agency_name => line.agency.as_ref().and_then(|id| names.get(id)),
        ..Value::from(Serde(line))
    }
}

/// How many each agency has, and how many of them are late.
fn by_agency(all: &[Line], names: &BTreeMap<String, String>, now: i64) -> Vec<Value> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in all {
        let Some(agency) = line.agency.as_deref() else { continue };
        let (open, late) = counts.entry(agency).or_default();
        *open += 1;
        *late += usize::from(line.next_at.is_some_and(|at| at <= now));
    }
    let mut rows: Vec<_> = counts
        .into_iter()
        .filter_map(|(id, (open, late))| names.get(id).map(|name| (name, id, open, late)))
        .collect();
    rows.sort();
    rows.into_iter().map(|(name, id, open, late)| context! { name, id, open, late }).collect()
}
