//! What was written in a call: the read model, `GET /j/chat` and `POST /j/chat`.

use crate::Means;
use crate::guest::{self, Guest, Small};
use crate::guest_pace::What;
use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use call::{CallId, Command, Event, Participant};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use serde::Deserialize;
use serde_json::json;
use sqlx::Row;
use ui::App;

/// Messages that a page shows: what a thumb scrolls through.
const SHOWN_MAX: i64 = 200;

/// One written message.
#[derive(Clone, Debug)]
pub struct Text {
    /// Who wrote it.
    pub by: Participant,
    /// When.
    pub at: At,
    /// What; empty once it is erased.
    pub text: String,
}

/// The read model; texts sealed under the call's key.
pub(crate) struct Texts;

#[async_trait]
impl ReadModel for Texts {
    fn name(&self) -> &'static str {
        "call_texts"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_texts"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE call_texts (
            call TEXT NOT NULL, position INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
            key TEXT NOT NULL, sealed BLOB, PRIMARY KEY (call, position)) STRICT"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM call_texts WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.said.v1"
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Event::Said { by, text } = event.decode()? else { return Ok(()) };
        let sealed = engine.seal_row(&event.key, &text.known()).await?;
        sqlx::query("INSERT OR REPLACE INTO call_texts VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(event.stream.trim_start_matches("call/"))
            .bind(event.position.0 as i64)
            .bind(by.to_string())
            .bind(event.at.0)
            .bind(&event.key)
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// The last messages of a call, oldest first. Personal: note the consultation before showing
/// them to staff.
pub async fn texts(engine: &Engine, call: CallId) -> Result<Vec<Text>, Fault> {
    let rows = sqlx::query(
        "SELECT by, at, key, sealed FROM call_texts WHERE call = $1
         ORDER BY position DESC LIMIT $2",
    )
    .bind(call.to_string())
    .bind(SHOWN_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        let Ok(by) = row.get::<String, _>(0).parse() else { continue };
        let (key, sealed): (String, Option<Vec<u8>>) = (row.get(2), row.get(3));
        let opened = engine.open_row::<String>(&key, sealed.as_deref()).await?;
        let text = opened.into_known().unwrap_or_default();
        texts.push(Text { by, at: At(row.get(1)), text });
    }
    Ok(texts)
}

pub(crate) async fn get(means: Means, State(app): State<App>, guest: Guest) -> Response {
    let engine = app.engine();
    if !means.pace.allows(engine.now(), guest.invitation, What::Texts) {
        return guest::too_often();
    }
    if !guest.admitted() {
        return (StatusCode::CONFLICT, Json(json!({ "texts": [] }))).into_response();
    }
    let own = guest.open().and_then(|(open, _)| open.participant(guest.invitation));
    match texts(engine, guest.call).await {
        Ok(texts) => {
            let shown: Vec<_> = texts
                .iter()
                .map(|one| {
                    json!({
                        "by": one.by.to_string(),
                        "mine": Some(one.by) == own,
                        "at": one.at.seconds(),
                        "text": one.text,
                    })
                })
                .collect();
            Json(json!({ "texts": shown })).into_response()
        }
        Err(fault) => guest::faulted(&fault),
    }
}

/// `{"text": "…"}`.
#[derive(Deserialize)]
pub(crate) struct Written {
    text: String,
}

pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(Written { text }): Small<Written>,
) -> Response {
    let engine = app.engine();
    if !means.pace.allows(engine.now(), guest.invitation, What::Text) {
        return guest::too_often();
    }
    let by = guest.open().and_then(|(open, _)| open.participant(guest.invitation));
    match by.filter(|_| guest.admitted()) {
        Some(by) => guest::answered(guest.ask(engine, Command::Say { by, text }).await),
        None => (StatusCode::CONFLICT, Json(json!({ "done": false }))).into_response(),
    }
}
