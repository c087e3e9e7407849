//! The queue: everything that waits for somebody who is not its author, the oldest first. No
//! person it is about stands here, so that it can follow every change.

use crate::review_list::{self, Filter, Row};
use crate::{limits, parts};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::{Engine, Fault};
use kernel::Purpose::Supervision;
use minijinja::{Value, context};
use review::{Cause, permit};
use std::collections::BTreeMap;
use ui::{App, Serde, Staff, View};

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Response {
    match page(&app, &staff, &filter.known()).await {
        Ok(page) if headers.contains_key("hx-request") => view.page("review/now.html", page),
        Ok(page) => view.page("review/queue.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, filter: &Filter) -> Result<Value, Fault> {
    let (engine, now) = (app.engine(), app.engine().now());
    let me = staff.who.id.to_string();
    let mut rows = review_list::queue(engine, filter, &me, now).await?;
    let mut tasks = review_list::tasks(engine).await?;
    let veil = app.veil(&staff.caller.actor).await?;
    for rows in [&mut rows, &mut tasks] {
        veil.over(rows, |row| format!("incident/{}", row.id));
    }
    let names = names(engine, &rows).await?;
    let query = filter.query();
    let address = match query.is_empty() {
        true => "/reviews".to_owned(),
        false => format!("/reviews?{query}"),
    };
    Ok(context! {
        cut => rows.len() as i64 == limits::QUEUE_MAX,
        rows => Serde(&rows), tasks => Serde(&tasks), names => Serde(&names),
        counted => Serde(&review_list::counted(engine, &me, now).await?),
        filter => Serde(filter), address, filtered => !query.is_empty(),
        causes => Cause::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        works => app.may(&staff.caller.actor, permit::WORK, Supervision),
        me => me,
        now => now.0,
    })
}

/// Who has taken what.
async fn names(engine: &Engine, rows: &[Row]) -> Result<BTreeMap<String, String>, Fault> {
    let mut names = BTreeMap::new();
    for holder in rows.iter().filter_map(|row| row.holder.as_ref()) {
        if let (false, Ok(staff)) = (names.contains_key(holder), holder.parse()) {
            names.insert(holder.clone(), parts::name(engine, staff).await?);
        }
    }
    Ok(names)
}
