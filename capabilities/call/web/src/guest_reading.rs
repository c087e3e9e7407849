//! A text that she reads on her own screen: the read model, `GET /j/reading` and
//! `POST /j/reading`. Given to nobody but her, and only while she is safe and alone.

use crate::Means;
use crate::guest::{self, Guest, Small};
use crate::guest_pace::What;
use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use call::{Command, Event, ReadingId};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use serde::Deserialize;
use serde_json::json;
use sqlx::Row;
use ui::App;

/// The read model: the text that is before her, sealed; nothing once it is answered or taken back.
pub(crate) struct Readings;

#[async_trait]
impl ReadModel for Readings {
    fn name(&self) -> &'static str {
        "call_readings"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_readings"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE call_readings (
            reading TEXT PRIMARY KEY, key TEXT NOT NULL, sealed BLOB) STRICT"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM call_readings WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("call.reading_")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.decode()? {
            Event::ReadingOffered { reading, text } => {
                let sealed = engine.seal_row(&event.key, &text.known()).await?;
                sqlx::query("INSERT OR REPLACE INTO call_readings VALUES ($1, $2, $3)")
                    .bind(reading.to_string())
                    .bind(&event.key)
                    .bind(sealed)
                    .execute(tx)
                    .await?;
            }
            Event::ReadingTakenBack { reading } | Event::ReadingAnswered { reading, .. } => {
                sqlx::query("DELETE FROM call_readings WHERE reading = $1")
                    .bind(reading.to_string())
                    .execute(tx)
                    .await?;
            }
            _ => {}
        }
        Ok(())
    }
}

async fn text(engine: &Engine, reading: ReadingId) -> Result<Option<String>, Fault> {
    let row = sqlx::query("SELECT key, sealed FROM call_readings WHERE reading = $1")
        .bind(reading.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (key, sealed): (String, Option<Vec<u8>>) = (row.get(0), row.get(1));
    Ok(engine.open_row::<String>(&key, sealed.as_deref()).await?.into_known())
}

fn nothing() -> Response {
    (StatusCode::CONFLICT, Json(json!({ "reading": null }))).into_response()
}

pub(crate) async fn get(means: Means, State(app): State<App>, guest: Guest) -> Response {
    let engine = app.engine();
    if !means.pace.allows(engine.now(), guest.invitation, What::Texts) {
        return guest::too_often();
    }
    let reading = guest.open().and_then(|(open, _)| open.reading_of(guest.invitation));
    let Some(reading) = reading.filter(|_| guest.admitted()) else { return nothing() };
    match text(engine, reading).await {
        Ok(Some(text)) => {
            Json(json!({ "reading": reading.to_string(), "text": text })).into_response()
        }
        Ok(None) => nothing(),
        Err(fault) => guest::faulted(&fault),
    }
}

/// `{"reading": "…", "right": true}` or `{"reading": "…", "right": false, "words": "…"}`.
#[derive(Deserialize)]
pub(crate) struct Answer {
    reading: String,
    right: bool,
    #[serde(default)]
    words: String,
}

pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(Answer { reading, right, words }): Small<Answer>,
) -> Response {
    let engine = app.engine();
    if !means.pace.allows(engine.now(), guest.invitation, What::Text) {
        return guest::too_often();
    }
    match reading.parse().ok().filter(|_| guest.admitted()) {
        Some(reading) => {
            let invitation = guest.invitation;
            let answer = Command::AnswerReading { invitation, reading, right, words };
            guest::answered(guest.ask(engine, answer).await)
        }
        None => (StatusCode::CONFLICT, Json(json!({ "done": false }))).into_response(),
    }
}
