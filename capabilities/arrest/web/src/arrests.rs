//! The board of arrests: who waits to be told, who is wanted by risk and age, what stands and
//! what of it runs out next. No person stands on it, so that it can follow every change without
//! filling the trail.

use crate::arrest_list::{self, Lane, Row};
use crate::{named, order_list, story};
use arrest::{Policy, RiskGrade, permit};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::{Engine, Fault};
use kernel::Purpose;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::{App, Serde, Staff, View};

/// Whose.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    team: String,
}

#[derive(Serialize)]
struct Shown {
    name: &'static str,
    tone: &'static str,
    rows: Vec<Row>,
    all: i64,
}

/// The page, or its live part.
pub(crate) async fn get(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match page(&app, &policy, &staff, &asked.team).await {
        Ok(page) if headers.contains_key("hx-request") => view.page("arrest/board.html", page),
        Ok(page) => view.page("arrest/arrests.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, policy: &Policy, staff: &Staff, team: &str) -> Result<Value, Fault> {
    let engine = app.engine();
    // A team that nobody knows is every team: nothing is hidden by a mistyped address.
    let team = if policy.teams.iter().any(|one| one.code == team) { team } else { "" };
    let lanes = [
        (Lane::Tell, "tell", "danger"),
        (Lane::Wanted(None), "ungraded", "warn"),
        (Lane::Wanted(Some(RiskGrade::High)), "high", "danger"),
        (Lane::Wanted(Some(RiskGrade::Medium)), "medium", "warn"),
        (Lane::Wanted(Some(RiskGrade::Standard)), "standard", "info"),
        (Lane::After, "after", "plain"),
    ];
    let veil = app.veil(&staff.caller.actor).await?;
    let mut shown = Vec::new();
    for (lane, name, tone) in lanes {
        let (mut rows, all) = arrest_list::lane(engine, lane, team).await?;
        veil.over(&mut rows, |row| format!("incident/{}", row.incident));
        shown.push(Shown { name, tone, rows, all });
    }
    let names = names(engine, shown.iter().flat_map(|lane| &lane.rows)).await?;
    let (mut orders, orders_all) = order_list::open(engine).await?;
    veil.over(&mut orders, |order| format!("incident/{}", order.incident));
    let open: i64 = shown.iter().map(|lane| lane.all).sum::<i64>() + orders_all;
    let over = orders.iter().filter(|order| order.over).count();
    let titles: BTreeMap<_, _> =
        policy.teams.iter().map(|one| (one.code.as_str(), one.title.as_str())).collect();
    let may = |action| app.may(&staff.caller.actor, action, Purpose::Supervision);
    Ok(context! {
        lanes => Serde(&shown), orders => Serde(&orders), orders_all, open, over, team,
        names => Serde(&names), teams => named::teams(policy), titles => Serde(&titles),
        counts => may(permit::FIGURES), now => engine.now().0,
    })
}

/// Who has taken what, by account.
async fn names(
    engine: &Engine,
    rows: impl Iterator<Item = &Row>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut names = BTreeMap::new();
    for holder in rows.filter_map(|row| row.holder.as_ref()) {
        if !names.contains_key(holder) {
            names.insert(holder.clone(), story::who(engine, holder).await?);
        }
    }
    Ok(names)
}
