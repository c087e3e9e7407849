//! `GET /trail`, `/trail.csv` and `/trail/mine`. Who reads the trail of others is in it too.

use crate::entries::{self, Entry, Filter};
use access::Staff as Account;
use audit::limits::{FILE, PAGE};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ui::{App, Serde, Staff, View, context};

/// What the page was asked for, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Asked {
    #[serde(default)]
    staff: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    before: Option<i64>,
}

/// One row, with the names that belong to it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    entry: Entry,
    who: String,
    /// The kind of thing that the subject is.
    noun: String,
    /// Its reference, its owner's name, or the end of its number.
    name: String,
}

/// Everybody's trail.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, "trail/all", "trail").await {
        return stop;
    }
    match page(app.engine(), &asked, None).await {
        Ok(page) => view.page("audit/trail.html", page),
        Err(fault) => view.fault(&fault),
    }
}

/// One's own trail.
pub(crate) async fn mine(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Response {
    match page(app.engine(), &asked, Some(staff.who.id.stream())).await {
        Ok(page) => view.page("audit/trail.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(engine: &Engine, asked: &Asked, own: Option<String>) -> Result<Value, Fault> {
    let (mut filter, understood) = filter(asked);
    let mine = own.is_some();
    if let Some(own) = own {
        filter.actor = own;
    }
    let found = if understood { entries::find(engine, &filter, PAGE).await? } else { vec![] };
    let next = (found.len() as i64 == PAGE).then(|| found.last().map(|one| one.position)).flatten();
    let mut names = Names::default();
    let rows = names.shown(engine, found).await?;
    let mut people = Vec::new();
    if !mine {
        for stream in entries::staff(engine).await? {
            people.push((names.of(engine, &stream).await?, stream));
        }
        people.sort();
    }
    Ok(context! {
        mine, rows => Serde(&rows), people, asked => Serde(asked), next, understood,
        query => query(asked), filtered => !query(asked).is_empty(),
    })
}

/// The same as a file.
pub(crate) async fn csv(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, "trail/all", "trail-file").await {
        return stop;
    }
    match file(app.engine(), &asked).await {
        Ok(file) => {
            let head = [
                (CONTENT_TYPE, "text/csv; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"trail.csv\""),
            ];
            (head, file).into_response()
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn file(engine: &Engine, asked: &Asked) -> Result<String, Fault> {
    let (filter, understood) = filter(asked);
    let found = if understood { entries::find(engine, &filter, FILE).await? } else { vec![] };
    let cut = found.len() as i64 == FILE;
    let rows = Names::default().shown(engine, found).await?;
    let head = ["Time (UTC)", "Who", "Account", "Did", "Subject", "Reference", "Page", "Purpose"];
    let mut file = audit::csv::line(head);
    for row in rows {
        let at = Timestamp::from_microsecond(row.entry.at).map(|at| at.to_string());
        let at = at.unwrap_or_default();
        let Entry { actor, what, subject, reference, page, purpose, .. } = &row.entry;
        let cells = [&at, &row.who, actor, what, subject, reference, page, purpose];
        file.push_str(&audit::csv::line(cells));
    }
    if cut {
        file.push_str(&audit::csv::line(["There is more: narrow the filter to see the rest."]));
    }
    Ok(file)
}

/// The filter, and whether the day that was typed is one.
fn filter(asked: &Asked) -> (Filter, bool) {
    let subject = asked.subject.trim();
    let is_reference = subject.len() == 9 && subject.to_ascii_uppercase().starts_with("SL-");
    let subject = if is_reference { subject.to_ascii_uppercase() } else { subject.to_owned() };
    let day = asked.day.trim();
    let span = if day.is_empty() { Some((None, None)) } else { london(day) };
    let (from, to) = span.unwrap_or_default();
    let actor = asked.staff.trim().to_owned();
    (Filter { actor, subject, from, to, before: asked.before }, span.is_some())
}

/// A day in London, in microseconds.
fn london(day: &str) -> Option<(Option<i64>, Option<i64>)> {
    let day: Date = day.parse().ok()?;
    let zone = TimeZone::get("Europe/London").ok()?;
    let start = |day: Date| {
        let midnight = zone.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        Some(midnight.as_microsecond())
    };
    Some((start(day), start(day.tomorrow().ok()?)))
}

/// What was asked for, as the end of an address, without the place in the list.
fn query(asked: &Asked) -> String {
    let safe = |text: &str| -> String {
        let kept = |c: &char| c.is_ascii_alphanumeric() || "/-.".contains(*c);
        text.trim().chars().filter(kept).collect()
    };
    let pairs = [("staff", &asked.staff), ("subject", &asked.subject), ("day", &asked.day)];
    let pairs = pairs.iter().map(|(name, value)| (name, safe(value)));
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    pairs.map(|(name, value)| format!("&{name}={value}")).collect()
}

/// Names of staff, each looked up once.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    async fn of(&mut self, engine: &Engine, actor: &str) -> Result<String, Fault> {
        if let Some(name) = self.0.get(actor) {
            return Ok(name.clone());
        }
        let name = if actor.starts_with("staff/") {
            engine.state::<Account>(actor).await?.0.name.unwrap_or_else(|| short(actor))
        } else {
            actor.to_owned()
        };
        self.0.insert(actor.to_owned(), name.clone());
        Ok(name)
    }

    async fn shown(&mut self, engine: &Engine, found: Vec<Entry>) -> Result<Vec<Shown>, Fault> {
        let mut rows = Vec::with_capacity(found.len());
        for entry in found {
            let who = self.of(engine, &entry.actor).await?;
            let noun = entry.subject.split('/').next().unwrap_or_default().to_owned();
            let name = match (noun.as_str(), entry.reference.as_str()) {
                ("staff", _) => self.of(engine, &entry.subject).await?,
                (_, "") => short(&entry.subject),
                (_, reference) => reference.to_owned(),
            };
            rows.push(Shown { entry, who, noun, name });
        }
        Ok(rows)
    }
}

/// The end of a number: enough to tell two apart.
fn short(stream: &str) -> String {
    let number = stream.rsplit('/').next().unwrap_or_default();
    let from = number.len().saturating_sub(8);
    number.get(from..).unwrap_or(number).to_owned()
}
