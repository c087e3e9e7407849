//! `GET /retention`: the page of whoever answers for the force's data. What is alarming first, then
//! what waits, what goes, what is held and what went. Shows no person and no reason.

use crate::cases::Line;
use crate::{case, cases, days, ended, keys, limits, names, subjects};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use kernel::Purpose;
use minijinja::{Value, context};
use retention::permit;
use ui::{App, Serde, Staff, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    answer(&app, &view, &staff, "retention/retention.html").await
}

/// The part that changes.
pub(crate) async fn now(State(app): State<App>, view: View, staff: Staff) -> Response {
    answer(&app, &view, &staff, "retention/now.html").await
}

async fn answer(app: &App, view: &View, staff: &Staff, template: &str) -> Response {
    let sets = app.may(&staff.caller.actor, permit::SCHEDULE, Purpose::Retention);
    match page(app.engine()).await {
        Ok(page) => view.page(template, context! { sets, ..page }),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(engine: &Engine) -> Result<Value, Fault> {
    let today = engine.now().day();
    let due = keys::due(engine, today, today.plus(limits::AHEAD_DAYS + 1)).await?;
    let (waiting, standing) = (cases::waiting(engine).await?, cases::standing(engine).await?);
    let late = |line: &&Line| line.kind == "hold" && line.until <= engine.now().0;
    let overdue: Vec<_> = standing.iter().filter(late).cloned().collect();
    let failed: Vec<_> = standing.iter().filter(|line| line.failed > 0).cloned().collect();
    let ended = ended::lately(engine).await?;
    let bars = days::bars(today, &due);
    let figures = context! {
        week => bars.iter().take(8).map(|bar| bar.keys).sum::<i64>(),
        all => bars.iter().map(|bar| bar.keys).sum::<i64>(),
        held => standing.iter().filter(|line| line.kind == "hold").count(),
        waiting => waiting.len(),
        overdue => overdue.len(),
    };
    Ok(context! {
        figures,
        bars => Serde(&bars),
        rows => Serde(&days::rows(today, &due)),
        overdue => shown(engine, &overdue).await?,
        failed => shown(engine, &failed).await?,
        waiting => shown(engine, &waiting).await?,
        standing => shown(engine, &standing).await?,
        residue => Serde(&ended.iter().filter(|line| line.found > 0).cloned().collect::<Vec<_>>()),
        sealed => Serde(&ended::sealed_now(engine).await?),
        ended => Serde(&ended),
    })
}

/// Each as the page names it.
async fn shown(engine: &Engine, lines: &[Line]) -> Result<Vec<Value>, Fault> {
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let incident = subjects::incident_of(engine, &line.first).await?;
        let by = line.asked_by.as_deref().or(line.proposed_by.as_deref());
        shown.push(context! {
            path => case::path(line),
            noun => names::noun(&line.first),
            reference => names::reference(&line.first, incident.as_deref()),
            by => names::staff(engine, by).await?,
            late => line.kind == "hold" && line.until <= engine.now().0,
            ..Value::from(Serde(line))
        });
    }
    Ok(shown)
}
