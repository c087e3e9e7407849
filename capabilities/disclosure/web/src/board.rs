//! `/disclosures`: every open application, the one with the least time left first. Rows, counts
//! and filters are made of those alone that exist for whoever asks.

use crate::limits::{ENDED_MAX, OPEN_MAX};
use crate::row::{Row, row};
use crate::seen::{Admitted, Seen};
use async_trait::async_trait;
use axum::extract::{Query, State};
use axum::response::Response;
use disclosure::{Disclosure, DisclosureId, Stage, permit};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{Actor, At, Purpose};
use minijinja::context;
use serde::Deserialize;
use sqlx::Row as _;
use ui::{App, Serde, Staff, View};

/// Read model: which applications there are, and which have ended. Ids and times only.
pub(crate) struct Board;

#[async_trait]
impl ReadModel for Board {
    fn name(&self) -> &'static str {
        "disclosure_board"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_board"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE disclosure_board (
                stream TEXT PRIMARY KEY, applied_at INTEGER NOT NULL, ended_at INTEGER) STRICT",
            "CREATE INDEX disclosure_board_by_end ON disclosure_board (ended_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "disclosure.applied.v1" | "disclosure.made.v1" | "disclosure.closed.v1")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let statement = match event.kind.as_str() {
            "disclosure.applied.v1" => {
                "INSERT OR REPLACE INTO disclosure_board VALUES ($1, $2, NULL)"
            }
            _ => "UPDATE disclosure_board SET ended_at = $2 WHERE stream = $1",
        };
        sqlx::query(statement).bind(&event.stream).bind(event.at.0).execute(tx).await?;
        Ok(())
    }
}

/// Rows of open applications, or of the latest that ended.
async fn rows(engine: &Engine, actor: &Actor, open: bool) -> Result<Vec<Row>, Fault> {
    let (statement, limit) = match open {
        true => {
            let open = "SELECT stream, ended_at FROM disclosure_board WHERE ended_at IS NULL
                 ORDER BY applied_at LIMIT $1";
            (open, OPEN_MAX)
        }
        false => {
            let ended = "SELECT stream, ended_at FROM disclosure_board WHERE ended_at IS NOT NULL
                 ORDER BY ended_at DESC LIMIT $1";
            (ended, ENDED_MAX)
        }
    };
    let found = sqlx::query(statement).bind(limit).fetch_all(engine.reads().pool()).await?;
    let now = engine.now();
    let mut rows = vec![];
    for one in found {
        let (stream, ended_at): (String, Option<i64>) = (one.get(0), one.get(1));
        let Some(id) = DisclosureId::of_stream(&stream) else { continue };
        let (state, _) = engine.state::<Disclosure>(&stream).await?;
        if let Some(seen) = Seen::of(id, state, actor) {
            rows.push(row(&seen, ended_at.map(At), now));
        }
    }
    Ok(rows)
}

/// What is shown of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// `late`, `soon`, `paused`, `waits`; everything when it is none of them.
    show: String,
    /// A stage; every one when it is none.
    stage: String,
}

/// The filters beside everything.
const SHOWS: [&str; 4] = ["late", "soon", "paused", "waits"];

impl Filter {
    fn takes(&self, row: &Row) -> bool {
        let stage = Stage::of_code(&self.stage).is_none_or(|stage| stage.code() == row.stage);
        stage && shown(&self.show, row)
    }

    fn known(self) -> Self {
        let known = SHOWS.contains(&self.show.as_str());
        Self {
            show: if known { self.show } else { String::new() },
            stage: Stage::of_code(&self.stage).map_or_else(String::new, |s| s.code().to_owned()),
        }
    }
}

fn shown(show: &str, row: &Row) -> bool {
    match show {
        "late" => row.overdue || row.stage_late,
        "soon" => row.warned.is_some() && !row.overdue,
        "paused" => row.paused.is_some(),
        "waits" => row.waits,
        _ => true,
    }
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    Admitted(staff): Admitted,
    Query(filter): Query<Filter>,
) -> Response {
    let filter = filter.known();
    match page(&app, &staff, &filter).await {
        Ok(page) => view.page("disclosure/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, filter: &Filter) -> Result<minijinja::Value, Fault> {
    let (engine, actor) = (app.engine(), &staff.caller.actor);
    let mut open = rows(engine, actor, true).await?;
    open.sort_by(|one, other| {
        (one.days_left, one.due_at, &one.id).cmp(&(other.days_left, other.due_at, &other.id))
    });
    let count = |show: &str| open.iter().filter(|row| shown(show, row)).count();
    let counts = context! {
        all => open.len(), late => count("late"), soon => count("soon"),
        paused => count("paused"), waits => count("waits"),
    };
    let by_stage: Vec<_> = Stage::ALL
        .iter()
        .map(|stage| {
            let here = open.iter().filter(|row| row.stage == stage.code()).count();
            context! { stage => stage.code(), count => here }
        })
        .collect();
    let ended = rows(engine, actor, false).await?;
    open.retain(|row| filter.takes(row));
    let may = |action| app.may(actor, action, Purpose::Disclosure);
    Ok(context! {
        rows => Serde(&open),
        ended => Serde(&ended),
        counts => counts,
        by_stage => by_stage,
        shows => SHOWS,
        show => filter.show.clone(),
        stage => filter.stage.clone(),
        may_apply => may(permit::APPLY),
        may_work => may(permit::WORK),
        may_figures => may(permit::FIGURES),
    })
}
