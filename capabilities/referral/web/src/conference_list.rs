//! Read model: meetings, and who was heard of at which, by a blind index of her name and date of
//! birth, so that a repeat within twelve months is seen. No name is in it.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Incident, IncidentId};
use kernel::At;
use referral::conference::Event;
use serde::Serialize;
use sqlx::Row;
use std::collections::BTreeSet;

/// The read model.
pub(crate) struct Meetings;

/// One meeting.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Meeting {
    pub(crate) id: String,
    pub(crate) meets_at: i64,
    pub(crate) held_at: Option<i64>,
    pub(crate) cases: i64,
    pub(crate) repeats: i64,
    pub(crate) actions: i64,
    pub(crate) done: i64,
}

#[async_trait]
impl ReadModel for Meetings {
    fn name(&self) -> &'static str {
        "conference_list"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["conference_list", "conference_cases"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE conference_list (
                stream TEXT PRIMARY KEY, meets_at INTEGER NOT NULL, held_at INTEGER,
                actions INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) STRICT",
            "CREATE INDEX conference_list_by_time ON conference_list (meets_at)",
            "CREATE TABLE conference_cases (
                conference TEXT NOT NULL, referral TEXT NOT NULL, incident TEXT NOT NULL,
                repeat INTEGER NOT NULL, person BLOB,
                PRIMARY KEY (conference, referral)) STRICT",
            "CREATE INDEX conference_cases_by_person ON conference_cases (person)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE conference_cases SET person = NULL
           WHERE conference = $1 OR 'incident/' || incident = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("conference.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let stream = &event.stream;
        let query = match event.decode::<Event>()? {
            Event::Planned { meets_at, .. } => sqlx::query(
                "INSERT OR REPLACE INTO conference_list (stream, meets_at) VALUES ($1, $2)",
            )
            .bind(stream)
            .bind(meets_at.0),
            Event::CaseListed { referral, incident, repeat } => {
                let person = person(engine, incident).await?;
                sqlx::query("INSERT OR REPLACE INTO conference_cases VALUES ($1, $2, $3, $4, $5)")
                    .bind(stream)
                    .bind(referral.to_string())
                    .bind(incident.to_string())
                    .bind(repeat)
                    .bind(person)
            }
            Event::CaseTakenOff { referral, .. } => {
                sqlx::query("DELETE FROM conference_cases WHERE conference = $1 AND referral = $2")
                    .bind(stream)
                    .bind(referral.to_string())
            }
            Event::ActionSet { .. } => {
                sqlx::query("UPDATE conference_list SET actions = actions + 1 WHERE stream = $1")
                    .bind(stream)
            }
            Event::ActionDone { .. } => {
                sqlx::query("UPDATE conference_list SET done = done + 1 WHERE stream = $1")
                    .bind(stream)
            }
            Event::Held {} => {
                sqlx::query("UPDATE conference_list SET held_at = $2 WHERE stream = $1")
                    .bind(stream)
                    .bind(event.at.0)
            }
            Event::Minuted { .. } => return Ok(()),
        };
        query.execute(tx).await?;
        Ok(())
    }
}

/// The blind index of who an incident is about; nothing when nobody was named.
async fn person(engine: &Engine, incident: IncidentId) -> Result<Option<Vec<u8>>, Fault> {
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    let report = state.report.as_deref();
    let person = report.and_then(|report| report.person.known());
    Ok(person.and_then(|person| {
        let born = person.date_of_birth.as_deref().unwrap_or_default();
        let (name, born) = (names::name(&person.name), names::name(born));
        let normal = format!("{name}|{born}");
        (!name.is_empty()).then(|| engine.blind("conference-person", &normal).to_vec())
    }))
}

/// When she was last heard of, at a meeting before this one, about another incident.
pub(crate) async fn heard_before(
    engine: &Engine,
    incident: IncidentId,
    before: At,
) -> Result<Option<At>, Fault> {
    let Some(person) = person(engine, incident).await? else { return Ok(None) };
    let row = sqlx::query(
        "SELECT max(l.meets_at) FROM conference_cases c
         JOIN conference_list l ON l.stream = c.conference
         WHERE c.person = $1 AND c.incident <> $2 AND l.meets_at < $3",
    )
    .bind(person)
    .bind(incident.to_string())
    .bind(before.0)
    .fetch_one(engine.reads().pool())
    .await?;
    Ok(row.get::<Option<i64>, _>(0).map(At))
}

/// Meetings, the next ones first.
pub(crate) async fn all(engine: &Engine) -> Result<Vec<Meeting>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, meets_at, held_at, actions, done,
            (SELECT count(*) FROM conference_cases c WHERE c.conference = l.stream),
            (SELECT count(*) FROM conference_cases c WHERE c.conference = l.stream AND c.repeat = 1)
         FROM conference_list l ORDER BY meets_at DESC LIMIT $1",
    )
    .bind(limits::MEETINGS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let meeting = |row: sqlx::sqlite::SqliteRow| {
        let stream: String = row.get(0);
        Meeting {
            id: stream.trim_start_matches("conference/").to_owned(),
            meets_at: row.get(1),
            held_at: row.get(2),
            actions: row.get(3),
            done: row.get(4),
            cases: row.get(5),
            repeats: row.get(6),
        }
    };
    Ok(rows.into_iter().map(meeting).collect())
}

/// Referrals that are on the list of any meeting.
pub(crate) async fn listed(engine: &Engine) -> Result<BTreeSet<String>, Fault> {
    let rows = sqlx::query("SELECT DISTINCT referral FROM conference_cases LIMIT 10000")
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.into_iter().map(|row| row.get(0)).collect())
}
