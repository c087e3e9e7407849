//! The figures of a period beside those of the period before it. Counts of one to four are not
//! shown, nor what would give them away; a total with such a part is rounded, so that two pages
//! cannot be subtracted from each other.

use crate::baseline::Baseline;
use crate::limits::ROUND_TO;
use crate::measure::{Fact, Measure};
use crate::period::Period;
use stats::quantile::{Spread, spread};
use stats::suppression::{Cell, SMALL, Sum, suppress};
use std::collections::BTreeMap;
use std::fmt;

/// A total as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// As it is, or as a cell is shown.
    Exact(Cell),
    /// Rounded to the nearest five.
    About(u64),
}

impl Total {
    /// The number, as far as it is shown.
    pub const fn number(self) -> Option<u64> {
        match self {
            Self::Exact(cell) => cell.count(),
            Self::About(about) => Some(about),
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(cell) => write!(f, "{cell}"),
            Self::About(about) => write!(f, "~{about}"),
        }
    }
}

/// How often something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub measure: Measure,
    /// By week.
    pub weeks: Vec<Cell>,
    /// In all.
    pub total: Total,
    /// In the period before.
    pub before: Total,
}

/// How long something took, in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// What.
    pub measure: Measure,
    /// By week; nothing where there are too few.
    pub weeks: Vec<Option<Spread>>,
    /// In all.
    pub all: Option<Spread>,
    /// In the period before.
    pub before: Option<Spread>,
}

/// Hours that video responses set free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    /// Tenths of an hour; nothing without a baseline or when there are too few.
    pub tenths: Option<i64>,
    /// The same of the period before.
    pub before: Option<i64>,
    /// Minutes face to face, on average.
    pub call_minutes: Option<u64>,
}

/// What became of the promises of one kind that fell due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The capability and the name; nothing for all of them.
    pub kind: Option<(String, String)>,
    /// By what became of them.
    pub came: Vec<Cell>,
    /// In all.
    pub total: Cell,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How often, in the order of `Measure::ALL`.
    pub counted: Vec<Counted>,
    /// How long, likewise.
    pub timed: Vec<Timed>,
    /// Hours set free.
    pub released: Released,
}

/// The figures of `period` from facts of it and of the one before.
pub fn figures(
    facts: &[Fact],
    period: &Period,
    before: &Period,
    baseline: Option<&Baseline>,
) -> Figures {
    let mut by_measure: BTreeMap<Measure, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        by_measure.entry(fact.measure).or_default().push(fact);
    }
    let of = |measure: Measure| by_measure.get(&measure).map_or(&[][..], Vec::as_slice);
    let counted = Measure::ALL.iter().map(|one| count(*one, of(*one), period, before));
    let timed = Measure::ALL.iter().filter(|one| one.timed());
    Figures {
        counted: counted.collect(),
        timed: timed.map(|one| time(*one, of(*one), period, before)).collect(),
        released: released(of(Measure::Released), period, before, baseline),
    }
}

fn by_week(facts: &[&Fact], period: &Period) -> Vec<u64> {
    let mut weeks = vec![0; period.weeks()];
    for week in facts.iter().filter_map(|fact| period.week_of(fact.at)) {
        weeks[week] += 1;
    }
    weeks
}

fn count(measure: Measure, facts: &[&Fact], period: &Period, before: &Period) -> Counted {
    let (weeks, total) = suppressed(&by_week(facts, period));
    let (_, before) = suppressed(&by_week(facts, before));
    Counted { measure, weeks, total, before }
}

/// The weeks as they may be shown, and their total.
fn suppressed(weeks: &[u64]) -> (Vec<Cell>, Total) {
    let total: u64 = weeks.iter().sum();
    let counts: Vec<u64> = weeks.iter().copied().chain([total]).collect();
    let place = weeks.len();
    let mut cells = suppress(&counts, &[Sum { total: place, parts: (0..place).collect() }]);
    let shown = cells.remove(place);
    let whole = cells.iter().all(|cell| cell.count().is_some());
    let total = match shown {
        cell if whole || total < SMALL => Total::Exact(cell),
        _ => Total::About((total + ROUND_TO / 2) / ROUND_TO * ROUND_TO),
    };
    (cells, total)
}

fn time(measure: Measure, facts: &[&Fact], period: &Period, before: &Period) -> Timed {
    let mut weeks = vec![vec![]; period.weeks()];
    for fact in facts {
        if let (Some(week), Some(span)) = (period.week_of(fact.at), fact.span) {
            weeks[week].push(span);
        }
    }
    let mut all: Vec<u64> = weeks.iter().flatten().copied().collect();
    let earlier = facts.iter().filter(|fact| before.week_of(fact.at).is_some());
    let mut earlier: Vec<u64> = earlier.filter_map(|fact| fact.span).collect();
    Timed {
        measure,
        weeks: weeks.iter_mut().map(|week| spread(week)).collect(),
        all: spread(&mut all),
        before: spread(&mut earlier),
    }
}

fn released(
    facts: &[&Fact],
    period: &Period,
    before: &Period,
    baseline: Option<&Baseline>,
) -> Released {
    let spans = |period: &Period| -> Vec<u64> {
        let within = facts.iter().filter(|fact| period.week_of(fact.at).is_some());
        within.map(|fact| fact.span.unwrap_or_default()).collect()
    };
    let tenths = |spans: &[u64]| {
        let baseline = baseline.filter(|_| spans.len() as u64 >= SMALL)?;
        let minutes: i64 = spans.iter().map(|span| baseline.released_minutes(*span)).sum();
        Some(minutes / 6)
    };
    let (now, earlier) = (spans(period), spans(before));
    let enough = now.len() as u64 >= SMALL;
    let call_minutes = enough.then(|| now.iter().sum::<u64>() / 60 / now.len() as u64);
    Released { tenths: tenths(&now), before: tenths(&earlier), call_minutes }
}

/// What became of the promises that fell due, by kind: rows of counts in the same order, and a
/// last line for all of them.
pub fn promised<const N: usize>(rows: &[((String, String), [u64; N])]) -> Vec<Promised> {
    let lines = rows.len();
    let width = N + 1;
    let mut counts: Vec<u64> = vec![];
    for (_, row) in rows {
        counts.extend(row);
        counts.push(row.iter().sum());
    }
    for column in 0..width {
        counts.push((0..lines).map(|line| counts[line * width + column]).sum());
    }
    let mut sums: Vec<Sum> = (0..=lines)
        .map(|line| Sum {
            total: line * width + N,
            parts: (line * width..line * width + N).collect(),
        })
        .collect();
    sums.extend((0..width).map(|column| Sum {
        total: lines * width + column,
        parts: (0..lines).map(|line| line * width + column).collect(),
    }));
    let cells = suppress(&counts, &sums);
    (0..=lines)
        .map(|line| Promised {
            kind: rows.get(line).map(|(kind, _)| kind.clone()),
            came: cells[line * width..line * width + N].to_vec(),
            total: cells[line * width + N],
        })
        .collect()
}
