//! Read model: by which blind marks a reporter is found again. Neither a name nor a number
//! stands here, and the marks go with the incident's key.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Event, IncidentId};
use std::collections::BTreeSet;

/// The event that brings a person.
pub(crate) const REPORTED: &str = "incident.reported.v1";

/// The read model.
pub(crate) struct People;

#[async_trait]
impl ReadModel for People {
    fn name(&self) -> &'static str {
        "risk_people"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["risk_people"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE risk_people (
            mark BLOB NOT NULL, stream TEXT NOT NULL,
            PRIMARY KEY (mark, stream)) STRICT, WITHOUT ROWID"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM risk_people WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == REPORTED
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        for mark in marks(engine, event)? {
            sqlx::query("INSERT OR IGNORE INTO risk_people VALUES ($1, $2)")
                .bind(mark)
                .bind(&event.stream)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

/// By her number, and by her name with her date of birth.
fn marks(engine: &Engine, event: &Opened) -> Result<Vec<Vec<u8>>, Fault> {
    let Event::Reported { report } = event.decode()? else { return Ok(vec![]) };
    let person = report.person.into_known().unwrap_or_default();
    let born = person.date_of_birth.unwrap_or_default();
    let number = names::number(&person.phone).map(|number| ("number", number));
    let name = names::person(&person.name, &born).map(|name| ("person", name));
    let blind = |(of, value): (&str, String)| engine.blind(&format!("risk/{of}"), &value).to_vec();
    Ok([number, name].into_iter().flatten().map(blind).collect())
}

/// Earlier incidents of whoever reports in this event, the newest first.
pub(crate) async fn earlier(engine: &Engine, event: &Opened) -> Result<Vec<IncidentId>, Fault> {
    let mut found = BTreeSet::new();
    for mark in marks(engine, event)? {
        let streams: Vec<String> = sqlx::query_scalar(
            "SELECT stream FROM risk_people WHERE mark = $1 AND stream <> $2
             ORDER BY stream DESC LIMIT $3",
        )
        .bind(mark)
        .bind(&event.stream)
        .bind(limits::EARLIER_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        found.extend(streams.iter().filter_map(|stream| IncidentId::of_stream(stream)));
    }
    Ok(found.into_iter().rev().collect())
}
