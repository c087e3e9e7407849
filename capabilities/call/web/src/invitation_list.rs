//! Read model: every link, found by the hash of its secret, by its spoken code, or by its id;
//! and the line of those who wait. Number and name are sealed under the call's key.

use crate::invitation_secret;
use async_trait::async_trait;
use call::{Call, CallId, Channel, Event, Guest, Invitation, InvitationId};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// A link and the call it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The call.
    pub call: CallId,
    /// The link.
    pub invitation: InvitationId,
}

/// Whom a link goes to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Addressee {
    /// The number or address.
    pub contact: Option<String>,
    /// The name shown in the room.
    pub name: Option<String>,
}

/// The read model.
pub(crate) struct InvitationList;

#[async_trait]
impl ReadModel for InvitationList {
    fn name(&self) -> &'static str {
        "call_invitations"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_invitations", "call_line"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE call_invitations (
                invitation TEXT PRIMARY KEY, call TEXT NOT NULL, secret_hash TEXT NOT NULL,
                code BLOB, sealed BLOB) STRICT",
            "CREATE INDEX call_invitations_by_secret ON call_invitations (secret_hash)",
            "CREATE INDEX call_invitations_by_code ON call_invitations (code)",
            "CREATE TABLE call_line (
                call TEXT PRIMARY KEY, ready_at INTEGER NOT NULL, line TEXT NOT NULL) STRICT",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE call_invitations SET sealed = NULL WHERE 'call/' || call = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "call.invited.v1" | "call.guest_ready.v1" | "call.picked_up.v1" | "call.finished.v1"
        )
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        match event.decode::<Event>()? {
            Event::Invited { invitation, secret_hash, channel, contact, name, .. } => {
                let known = |field: Option<kernel::Personal<String>>| field?.into_known();
                let addressee = Addressee { contact: known(contact), name: known(name) };
                let sealed = engine.seal_row(&event.stream, &addressee).await?;
                let code = (channel == Channel::ReadOut).then(|| {
                    let code = invitation_secret::spoken(engine, invitation);
                    engine.blind(CODE, &invitation_secret::heard(&code)).to_vec()
                });
                sqlx::query("INSERT OR REPLACE INTO call_invitations VALUES ($1, $2, $3, $4, $5)")
                    .bind(invitation.to_string())
                    .bind(call.to_string())
                    .bind(secret_hash)
                    .bind(code)
                    .bind(sealed)
                    .execute(tx)
                    .await?;
            }
            Event::GuestReady { invitation, .. } => {
                let (state, _) = engine.state::<Call>(&event.stream).await?;
                let one = state.call().and_then(|call| call.invitations.get(&invitation));
                let about = state.call().map(|call| &call.about);
                if let Some(about) = about.filter(|_| hers(one)) {
                    // Whoever has an appointment is in nobody's line, and nobody in hers.
                    let line = about.matter().map_or(RESPONSES.to_owned(), |_| call.to_string());
                    sqlx::query("INSERT OR IGNORE INTO call_line VALUES ($1, $2, $3)")
                        .bind(call.to_string())
                        .bind(event.at.0)
                        .bind(line)
                        .execute(tx)
                        .await?;
                }
            }
            _ => {
                sqlx::query("DELETE FROM call_line WHERE call = $1")
                    .bind(call.to_string())
                    .execute(tx)
                    .await?;
            }
        }
        Ok(())
    }
}

/// The line of those who wait for the next officer who is free.
const RESPONSES: &str = "responses";

fn hers(one: Option<&Invitation>) -> bool {
    one.is_some_and(|one| one.guest == Guest::Victim)
}

const CODE: &str = "invitation code";

/// The link with this secret.
pub(crate) async fn by_secret(engine: &Engine, secret: &str) -> Result<Option<Found>, Fault> {
    let row = sqlx::query("SELECT call, invitation FROM call_invitations WHERE secret_hash = $1")
        .bind(invitation_secret::hash(secret))
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().and_then(found))
}

/// The link with this spoken code.
pub(crate) async fn by_code(engine: &Engine, typed: &str) -> Result<Option<Found>, Fault> {
    let blind = engine.blind(CODE, &invitation_secret::heard(typed)).to_vec();
    let row = sqlx::query(
        "SELECT call, invitation FROM call_invitations WHERE code = $1
         ORDER BY invitation DESC LIMIT 1",
    )
    .bind(blind)
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.as_ref().and_then(found))
}

/// The call that a link leads to.
pub async fn by_id(engine: &Engine, invitation: InvitationId) -> Result<Option<Found>, Fault> {
    let row = sqlx::query("SELECT call, invitation FROM call_invitations WHERE invitation = $1")
        .bind(invitation.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().and_then(found))
}

/// Whom a link went to. Personal: note the consultation before showing it.
pub async fn addressee(engine: &Engine, invitation: InvitationId) -> Result<Addressee, Fault> {
    let row = sqlx::query("SELECT call, sealed FROM call_invitations WHERE invitation = $1")
        .bind(invitation.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    let Some(row) = row else { return Ok(Addressee::default()) };
    let (call, sealed): (String, Option<Vec<u8>>) = (row.get(0), row.get(1));
    let opened = engine.open_row(&format!("call/{call}"), sealed.as_deref()).await?;
    Ok(opened.into_known().unwrap_or_default())
}

/// How many wait before this call, and since when it waits itself.
pub(crate) async fn in_line(engine: &Engine, call: CallId) -> Result<Option<(u32, At)>, Fault> {
    let row = sqlx::query(
        "SELECT ready_at, (SELECT count(*) FROM call_line AS b
                           WHERE b.line = a.line AND b.ready_at < a.ready_at)
         FROM call_line AS a WHERE call = $1",
    )
    .bind(call.to_string())
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.map(|row| (u32::try_from(row.get::<i64, _>(1)).unwrap_or(0), At(row.get(0)))))
}

fn found(row: &sqlx::sqlite::SqliteRow) -> Option<Found> {
    let (call, invitation): (String, String) = (row.get(0), row.get(1));
    Some(Found { call: call.parse().ok()?, invitation: invitation.parse().ok()? })
}
