//! The story of a request or of an order: what happened, when, by whom, in words. Each event is
//! kept sealed under its stream's key; what it says is worked out when it is shown.

use crate::{limits, named};
use arrest::Policy;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::Personal;
use serde::Serialize;
use serde_json::Value;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Story;

#[async_trait]
impl ReadModel for Story {
    fn name(&self) -> &'static str {
        "arrest_story"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["arrest_story"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE arrest_story (
                position INTEGER PRIMARY KEY, stream TEXT NOT NULL, at INTEGER NOT NULL,
                actor TEXT NOT NULL, kind TEXT NOT NULL, event BLOB) STRICT",
            "CREATE INDEX arrest_story_by_stream ON arrest_story (stream, position)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE arrest_story SET event = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.") || kind.starts_with("order.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let body = match event.noun() {
            "arrest" => serde_json::to_value(event.decode::<arrest::Event>()?),
            _ => serde_json::to_value(event.decode::<arrest::order::Event>()?),
        };
        let body = body.map_err(Fault::Encode)?;
        let sealed = engine.seal_row(&event.key, &body).await?;
        sqlx::query("INSERT OR REPLACE INTO arrest_story VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(event.position.0 as i64)
            .bind(&event.stream)
            .bind(event.at.0)
            .bind(&event.actor)
            .bind(&event.kind)
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// One line of the story; `title` is a message id.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) at: i64,
    pub(crate) title: String,
    /// Message ids of what it was, e.g. which kind of order.
    pub(crate) codes: Vec<String>,
    /// Titles of the force's own codes: a team, a result, an outcome.
    pub(crate) titles: Vec<String>,
    /// Times that it speaks of.
    pub(crate) when: Option<i64>,
    pub(crate) text: String,
    pub(crate) by: String,
    pub(crate) tone: &'static str,
}

/// The story, newest first: what an officer looks for is what happened last.
pub(crate) async fn of(engine: &Engine, policy: &Policy, stream: &str) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT at, actor, kind, event FROM arrest_story WHERE stream = $1
         ORDER BY position DESC LIMIT $2",
    )
    .bind(stream)
    .bind(limits::STORY_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (at, actor, kind): (i64, String, String) = (row.get(0), row.get(1), row.get(2));
        let sealed: Option<Vec<u8>> = row.get(3);
        let event: Personal<Value> = engine.open_row(stream, sealed.as_deref()).await?;
        let by = who(engine, &actor).await?;
        let mut line = line(at, by, &kind, event.known());
        for title in &mut line.titles {
            *title = named::title(policy, title);
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The name of a member of staff; the force's systems by theirs.
pub(crate) async fn who(engine: &Engine, actor: &str) -> Result<String, Fault> {
    if kernel::id::StaffId::of_stream(actor).is_some() {
        let (account, _) = engine.state::<access::Staff>(actor).await?;
        return Ok(account.name.unwrap_or_default());
    }
    Ok(match actor.split_once('/') {
        Some(("client", name)) => name.to_owned(),
        _ => String::new(),
    })
}

/// Fields that hold what somebody wrote, in the order in which they read well.
const WORDS: [&str; 5] = ["place", "reason", "note", "reference", "custody"];
/// Fields that hold a code.
const CODES: [&str; 6] = ["risk", "of", "authority", "ended_as", "clock", "step"];
/// Fields that hold a code of the force's own.
const TITLES: [&str; 4] = ["team", "result", "outcome", "how"];
/// Fields that hold the time that matters.
const TIMES: [&str; 10] = [
    "tried_at",
    "arrested_at",
    "attended_at",
    "released_at",
    "court_at",
    "until",
    "breached_at",
    "ended_at",
    "review_at",
    "due",
];

fn line(at: i64, by: String, kind: &str, event: Option<&Value>) -> Line {
    let stem = kind.trim_end_matches(".v1").replace('_', "-").replacen('.', "-did-", 1);
    let title = if stem.starts_with("order") { format!("arrest-{stem}") } else { stem };
    let of = |names: &[&str], read: fn(&Value) -> Option<String>| -> Vec<String> {
        let values = names.iter().filter_map(|name| event?.get(*name));
        values.filter_map(read).filter(|text| !text.is_empty()).collect()
    };
    let text = of(&WORDS, |value| value.get(kernel::personal::MARK)?.as_str().map(str::to_owned));
    let codes = of(&CODES, |value| value.as_str().map(|code| format!("arrest-code-{code}")));
    let titles = of(&TITLES, |value| value.as_str().map(str::to_owned));
    let when = TIMES.iter().find_map(|name| event?.get(*name)?.as_i64());
    let alarm = ["missed", "ran_over", "breached"].iter().any(|word| kind.contains(word));
    let good = ["carried_out", "attended", "victim_told"].iter().any(|word| kind.contains(word));
    let tone = match (alarm, good) {
        (true, _) => "danger",
        (_, true) => "good",
        _ if kind.contains("warned") => "warn",
        _ => "plain",
    };
    Line { at, title, codes, titles, when, text: text.join(". "), by, tone }
}
