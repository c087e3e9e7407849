//! `/referrals/figures`: how many were referred where, how fast somebody spoke with her, how many
//! in time. Counts and times only; what is too few to count is not shown by kind.

use crate::referral_list::{self, Line};
use crate::{kinds, limits};
use axum::extract::State;
use axum::response::Response;
use kernel::At;
use minijinja::{Value, context};
use std::collections::BTreeMap;
use ui::{App, View};

/// What is counted of a set of referrals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Asked for.
    pub(crate) asked: usize,
    /// Of them, those in which she was spoken with.
    pub(crate) engaged: usize,
    /// Of them, those within the time that was set.
    pub(crate) in_time: usize,
    /// Of those asked for, the ones whose time is gone without a word with her.
    pub(crate) missed: usize,
    /// Seconds from the asking to the first word with her, the middle one.
    pub(crate) median: Option<i64>,
    /// And the one that nineteen of twenty are under.
    pub(crate) p95: Option<i64>,
}

/// Counts.
pub(crate) fn count<'a>(lines: impl Iterator<Item = &'a Line>, now: At) -> Figures {
    let (mut figures, mut waits) = (Figures::default(), vec![]);
    for line in lines.filter(|line| line.step != "withdrawn") {
        figures.asked += 1;
        match line.engaged_at {
            Some(at) => {
                figures.engaged += 1;
                figures.in_time += usize::from(at <= line.due_at);
                waits.push((at - line.at).max(0) / 1_000_000);
            }
            None => figures.missed += usize::from(line.due_at <= now.0),
        }
    }
    waits.sort_unstable();
    figures.median = at_rank(&waits, 50);
    figures.p95 = at_rank(&waits, 95);
    figures
}

/// The value that `percent` of all are at or under: the nearest rank.
fn at_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.max(1) - 1).copied()
}

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    let engine = app.engine();
    let now = engine.now();
    let day = std::time::Duration::from_secs(86_400);
    let from = now.minus(day * limits::FIGURES_DAYS);
    let lines = match referral_list::since(engine, from.0).await {
        Ok(lines) => lines,
        Err(fault) => return view.fault(&fault),
    };
    let all = count(lines.iter(), now);
    let mut by_kind: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in &lines {
        by_kind.entry(&line.kind).or_default().push(line);
    }
    let rows: Vec<_> = by_kind
        .into_iter()
        .map(|(kind, lines)| {
            let counted = count(lines.into_iter(), now);
            let small = counted.asked < limits::SMALL_NUMBER;
            context! { title => kinds::title(kind), small, ..shown(&counted) }
        })
        .collect();
    let page = context! { from => from.0, all => shown(&all), rows, few => limits::SMALL_NUMBER };
    view.page("referral/figures.html", page)
}

fn shown(figures: &Figures) -> Value {
    let Figures { asked, engaged, in_time, missed, median, p95 } = figures.clone();
    context! { asked, engaged, in_time, missed, median, p95 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(waited: Option<i64>, due: i64) -> Line {
        Line {
            id: String::new(),
            incident: String::new(),
            kind: "adviser".into(),
            basis: "consent".into(),
            agency: None,
            step: "engaged".into(),
            at: 0,
            due_at: due * 1_000_000,
            acknowledge_by: None,
            sent_at: None,
            chased_at: None,
            escalated_at: None,
            escalations: 0,
            question: false,
            engaged_at: waited.map(|waited| waited * 1_000_000),
            ended_at: None,
            next_at: None,
        }
    }

    #[test]
    fn time_to_first_engagement_is_counted_by_the_nearest_rank() {
        let lines: Vec<_> = (1..=20).map(|n| line(Some(n * 60), 600)).collect();
        let figures = count(lines.iter(), At(0));
        assert_eq!((figures.median, figures.p95), (Some(600), Some(1140)));
        assert_eq!((figures.engaged, figures.in_time), (20, 10));
        assert_eq!(count([].iter(), At(0)).median, None);
        let never = [line(None, 10)];
        assert_eq!(count(never.iter(), At::from_seconds(11)).missed, 1);
    }
}
