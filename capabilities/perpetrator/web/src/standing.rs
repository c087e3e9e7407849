//! How people stand on the list: counts of what was said, in the order in which a proactive team
//! looks at them. Nobody is named.

use crate::Settings;
use crate::index::{self, Known, Plan};
use engine::Fault;
use kernel::Actor;
use perpetrator::harm::Score;
use person::PersonId;
use serde::{Deserialize, Serialize};
use ui::App;

/// Which of them are asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// `serial`, `high`, `plan`, `none` or `late`; everybody on the list when it is empty.
    pub(crate) show: String,
}

/// What may be asked for.
pub(crate) const SHOWS: [&str; 5] = ["serial", "high", "plan", "none", "late"];

/// One person on the list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) incidents: usize,
    pub(crate) victims: usize,
    pub(crate) last_at: Option<i64>,
    pub(crate) points: u32,
    pub(crate) unknown: usize,
    pub(crate) serial: bool,
    pub(crate) high: bool,
    pub(crate) plan: Option<Plan>,
    pub(crate) late: bool,
}

impl Row {
    fn of(id: PersonId, known: &Known, score: &Score, serial: bool, plan: Option<Plan>) -> Self {
        Self {
            id: id.to_string(),
            reference: id.reference(),
            incidents: known.incidents.len(),
            victims: known.victims.len(),
            last_at: known.incidents.values().max().map(|at| at.0),
            points: score.total,
            unknown: score.unknown,
            serial,
            high: score.high,
            late: false,
            plan,
        }
    }

    /// Whether somebody has to look at it: what makes the list, before any filter.
    const fn listed(&self) -> bool {
        self.serial || self.high || self.plan.is_some()
    }

    fn wanted(&self, show: &str) -> bool {
        match show {
            "serial" => self.serial,
            "high" => self.high,
            "plan" => self.plan.is_some(),
            "none" => self.plan.is_none(),
            "late" => self.late,
            _ => true,
        }
    }
}

/// Everybody on the list for this actor, the most points first.
pub(crate) async fn list(app: &App, settings: &Settings, actor: &Actor) -> Result<Vec<Row>, Fault> {
    let (engine, now) = (app.engine(), app.engine().now());
    let veil = app.veil(actor).await?;
    let hidden = |incident: incident::IncidentId| veil.hides(&incident.stream());
    let mut plans = index::plans(engine).await?;
    let mut rows = vec![];
    for (id, known) in index::suspects(engine, None, hidden).await? {
        let score = settings.harm.score(&known.facts, known.victims.len() as u32, now);
        let serial = known.victims.len() >= settings.policy.serial_victims as usize;
        let row = Row::of(id, &known, &score, serial, plans.remove(&id));
        if row.listed() && app.may_know(actor, &id.stream()).await? {
            rows.push(row);
        }
    }
    // A plan for somebody who is no suspect any more is still a plan.
    for (id, plan) in plans {
        if app.may_know(actor, &id.stream()).await? {
            let (known, score) = (Known::default(), Score::default());
            rows.push(Row::of(id, &known, &score, false, Some(plan)));
        }
    }
    for row in &mut rows {
        let due = row.plan.as_ref().and_then(|plan| plan.next_due);
        row.late = due.is_some_and(|due| due <= now.0);
    }
    rows.sort_by(|a, b| (b.points, b.victims, &a.id).cmp(&(a.points, a.victims, &b.id)));
    Ok(rows)
}

/// Those of them that are asked for.
pub(crate) fn wanted<'r>(rows: &'r [Row], filter: &Filter) -> Vec<&'r Row> {
    rows.iter().filter(|row| row.wanted(&filter.show)).collect()
}
