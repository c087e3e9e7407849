//! `/safeguarding`: every school that must hear, by the bell. No child stands here, so that it
//! can follow every change.

use crate::notice_list;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Fault;
use minijinja::{Value, context};
use safeguarding::Schools;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use ui::{App, Serde, Staff, View};

/// How far back what was done is shown: a weekend and the day after.
const SHOWN: Duration = Duration::from_secs(3 * 86_400);

pub(crate) async fn get(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    headers: HeaderMap,
) -> Response {
    match page(&app, &staff, &schools).await {
        Ok(page) if headers.contains_key("hx-request") => view.page("safeguarding/now.html", page),
        Ok(page) => view.page("safeguarding/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, schools: &Schools) -> Result<Value, Fault> {
    let (engine, now) = (app.engine(), app.engine().now());
    let mut open = notice_list::open(engine).await?;
    let mut done = notice_list::done_since(engine, now.minus(SHOWN)).await?;
    let veil = app.veil(&staff.caller.actor).await?;
    for rows in [&mut open, &mut done] {
        veil.over(rows, |row| format!("incident/{}", row.incident));
    }
    let titles: BTreeMap<&str, &str> =
        schools.contacts.iter().map(|one| (one.code.as_str(), one.title.as_str())).collect();
    let late = open.iter().filter(|one| one.missed || one.due_at <= now.0).count();
    Ok(context! {
        untold => open.iter().filter(|one| one.told_at.is_none()).count(),
        next => open.iter().map(|one| one.due_at).find(|due| *due > now.0),
        late,
        open => Serde(&open),
        done => Serde(&done),
        titles => Serde(&titles),
        now => now.0,
    })
}
