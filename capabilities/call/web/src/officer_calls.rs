//! Read model: one row a call, for the officers' queue and the supervisor's board. Codes and
//! times only; nobody is named here, so that a board may redraw itself all night.

use async_trait::async_trait;
use call::{CallId, Danger, Event, Guest, InvitationId, Participant};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::{At, id::StaffId};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Calls shown at once: more than a hub with every officer of a large force could have.
const ROWS_MAX: i64 = 300;

/// The read model.
pub(crate) struct OfficerCalls;

/// Where a call is, as the queue sorts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// The link is out; nobody opened it.
    Invited,
    /// She reads and answers.
    Arriving,
    /// She waits for an officer.
    Ready,
    /// An officer has the call and does not see her yet.
    PickedUp,
    /// Each sees the other.
    FaceToFace,
    /// Over.
    Finished,
}

/// One call.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) call: String,
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) grade: Option<String>,
    pub(crate) target_at: Option<i64>,
    pub(crate) called_at: Option<i64>,
    pub(crate) children: bool,
    pub(crate) relationship: String,
    pub(crate) language: String,
    pub(crate) opened_at: i64,
    pub(crate) claimed_at: Option<i64>,
    pub(crate) ready_at: Option<i64>,
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) picked_up_at: Option<i64>,
    pub(crate) officer: Option<String>,
    pub(crate) face_at: Option<i64>,
    pub(crate) danger_at: Option<i64>,
    pub(crate) returned_at: Option<i64>,
    pub(crate) lost_at: Option<i64>,
    pub(crate) audio_only: bool,
    pub(crate) later_at: Option<i64>,
    pub(crate) failed: bool,
    pub(crate) finished_at: Option<i64>,
    pub(crate) outcome: Option<String>,
    pub(crate) standing: Standing,
}

#[async_trait]
impl ReadModel for OfficerCalls {
    fn name(&self) -> &'static str {
        "call_officer_calls"
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_officer_calls", "call_officer_incidents"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE call_officer_incidents (
                incident TEXT PRIMARY KEY, grade TEXT, target_at INTEGER, called_at INTEGER,
                children INTEGER NOT NULL DEFAULT 0, relationship TEXT NOT NULL DEFAULT 'unknown')
                STRICT",
            "CREATE TABLE call_officer_calls (
                call TEXT PRIMARY KEY, incident TEXT NOT NULL, matter TEXT, language TEXT NOT NULL,
                opened_at INTEGER NOT NULL, invitation TEXT, claimed_at INTEGER,
                ready_at INTEGER, camera INTEGER NOT NULL DEFAULT 0,
                microphone INTEGER NOT NULL DEFAULT 0, picked_up_at INTEGER, officer TEXT,
                face_at INTEGER, danger_at INTEGER, returned_at INTEGER, lost_at INTEGER,
                audio_only INTEGER NOT NULL DEFAULT 0, later_at INTEGER,
                failed INTEGER NOT NULL DEFAULT 0, finished_at INTEGER, outcome TEXT) STRICT",
            "CREATE INDEX call_officer_calls_live ON call_officer_calls (finished_at, ready_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "incident.reported.v1" | "incident.graded.v1" | "incident.regraded.v1")
            || (kind.starts_with("call.") && !matches!(kind, "call.said.v1" | "call.marker_set.v1"))
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if let Some(incident) = IncidentId::of_stream(&event.stream) {
            return of_incident(incident, &event.decode()?, tx).await;
        }
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let what = event.decode::<Event>()?;
        let (incident, matter, language) = match &what {
            Event::Opened { incident, language, .. } => (incident.to_string(), None, language),
            Event::OpenedForMatter { matter, language, .. } => {
                (String::new(), Some(matter.clone()), language)
            }
            _ => return of_call(call, &what, event.at, tx).await,
        };
        sqlx::query(
            "INSERT OR REPLACE INTO call_officer_calls
             (call, incident, matter, language, opened_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(call.to_string())
        .bind(incident)
        .bind(matter)
        .bind(language.tag())
        .bind(event.at.0)
        .execute(tx)
        .await?;
        Ok(())
    }
}

async fn of_incident(
    incident: IncidentId,
    what: &incident::Event,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let id = incident.to_string();
    match what {
        incident::Event::Reported { report } => {
            sqlx::query(
                "INSERT OR REPLACE INTO call_officer_incidents
                 (incident, called_at, children, relationship) VALUES ($1, $2, $3, $4)",
            )
            .bind(id)
            .bind(report.called_at.0)
            .bind(report.children)
            .bind(report.relationship.code())
            .execute(tx)
            .await?;
        }
        incident::Event::Graded { grade, target_at, .. }
        | incident::Event::Regraded { grade, target_at, .. } => {
            sqlx::query(
                "UPDATE call_officer_incidents SET grade = $2, target_at = $3 WHERE incident = $1",
            )
            .bind(id)
            .bind(grade.code())
            .bind(target_at.0)
            .execute(tx)
            .await?;
        }
        _ => {}
    }
    Ok(())
}

/// One column set for one call: every statement here is `UPDATE … SET … WHERE call = $1`.
async fn of_call(call: CallId, what: &Event, at: At, tx: &mut Tx) -> Result<(), Fault> {
    use Participant::Victim;
    let time = |sql: &'static str| (sql, at.0.to_string());
    let (sql, value) = match what {
        Event::Invited { guest: Guest::Victim, invitation, .. } => (
            "UPDATE call_officer_calls SET invitation = $2, failed = 0 WHERE call = $1",
            invitation.to_string(),
        ),
        Event::MessageFailed { invitation, .. } => (
            "UPDATE call_officer_calls SET failed = 1 WHERE call = $1 AND invitation = $2",
            invitation.to_string(),
        ),
        Event::InvitationOpened { invitation, .. } => {
            return of_link(call, *invitation, at, CLAIMED, tx).await;
        }
        Event::GuestReady { invitation, camera, microphone } => {
            let (sees, hears) = (*camera, *microphone);
            return ready(call, *invitation, at, (sees, hears), tx).await;
        }
        Event::LeftByExit { invitation } => (
            "UPDATE call_officer_calls SET ready_at = NULL WHERE call = $1 AND invitation = $2",
            invitation.to_string(),
        ),
        Event::CallLaterAsked { .. } => {
            time("UPDATE call_officer_calls SET later_at = CAST($2 AS INTEGER) WHERE call = $1")
        }
        Event::PickedUp { by } => return taken(call, *by, at, tx).await,
        Event::HandedOver { to, .. } => {
            ("UPDATE call_officer_calls SET officer = $2 WHERE call = $1", to.to_string())
        }
        Event::FaceToFace {} => {
            time("UPDATE call_officer_calls SET face_at = CAST($2 AS INTEGER) WHERE call = $1")
        }
        Event::DangerSignalled { .. } | Event::MatterInDanger { cause: Danger::Signal, .. } => {
            time("UPDATE call_officer_calls SET danger_at = CAST($2 AS INTEGER) WHERE call = $1")
        }
        Event::OffenderReturned { .. } | Event::MatterInDanger { .. } => {
            time("UPDATE call_officer_calls SET returned_at = CAST($2 AS INTEGER) WHERE call = $1")
        }
        Event::ParticipantLost { participant: Victim } => {
            time("UPDATE call_officer_calls SET lost_at = CAST($2 AS INTEGER) WHERE call = $1")
        }
        Event::ParticipantReturned { participant: Victim } => {
            ("UPDATE call_officer_calls SET lost_at = NULL WHERE call = $1 AND $2 = ''", "".into())
        }
        Event::AudioOnly { on, .. } => (
            "UPDATE call_officer_calls SET audio_only = CAST($2 AS INTEGER) WHERE call = $1",
            u8::from(*on).to_string(),
        ),
        Event::Finished { outcome, .. } => return finished(call, outcome.code(), at, tx).await,
        _ => return Ok(()),
    };
    sqlx::query(sql).bind(call.to_string()).bind(value).execute(tx).await?;
    Ok(())
}

const CLAIMED: &str = "UPDATE call_officer_calls SET claimed_at = $3
     WHERE call = $1 AND invitation = $2 AND claimed_at IS NULL";

async fn of_link(
    call: CallId,
    invitation: InvitationId,
    at: At,
    sql: &'static str,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let query = sqlx::query(sql).bind(call.to_string()).bind(invitation.to_string());
    query.bind(at.0).execute(tx).await?;
    Ok(())
}

async fn ready(
    call: CallId,
    invitation: InvitationId,
    at: At,
    (camera, microphone): (bool, bool),
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query(
        "UPDATE call_officer_calls SET ready_at = coalesce(ready_at, $3), camera = $4,
         microphone = $5 WHERE call = $1 AND invitation = $2",
    )
    .bind(call.to_string())
    .bind(invitation.to_string())
    .bind(at.0)
    .bind(camera)
    .bind(microphone)
    .execute(tx)
    .await?;
    Ok(())
}

async fn taken(call: CallId, by: StaffId, at: At, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE call_officer_calls SET officer = $2, picked_up_at = $3 WHERE call = $1")
        .bind(call.to_string())
        .bind(by.to_string())
        .bind(at.0)
        .execute(tx)
        .await?;
    Ok(())
}

async fn finished(call: CallId, outcome: &str, at: At, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE call_officer_calls SET finished_at = $2, outcome = $3 WHERE call = $1")
        .bind(call.to_string())
        .bind(at.0)
        .bind(outcome)
        .execute(tx)
        .await?;
    Ok(())
}

/// Every response that goes on; whoever waits longest stands first.
pub(crate) async fn live(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT c.*, i.grade, i.target_at, i.called_at, i.children, i.relationship
         FROM call_officer_calls AS c LEFT JOIN call_officer_incidents AS i USING (incident)
         WHERE c.finished_at IS NULL AND c.matter IS NULL
         ORDER BY coalesce(c.ready_at, 9223372036854775807), c.opened_at LIMIT $1",
    )
    .bind(ROWS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(read).collect())
}

/// Responses that finished at or after `since`, the last one first.
pub(crate) async fn finished_since(engine: &Engine, since: At) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT c.*, i.grade, i.target_at, i.called_at, i.children, i.relationship
         FROM call_officer_calls AS c LEFT JOIN call_officer_incidents AS i USING (incident)
         WHERE c.finished_at >= $2 AND c.matter IS NULL ORDER BY c.finished_at DESC LIMIT $1",
    )
    .bind(ROWS_MAX)
    .bind(since.0)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(read).collect())
}

/// One call, finished or not.
pub(crate) async fn one(engine: &Engine, call: CallId) -> Result<Option<Line>, Fault> {
    let row = sqlx::query(
        "SELECT c.*, i.grade, i.target_at, i.called_at, i.children, i.relationship
         FROM call_officer_calls AS c LEFT JOIN call_officer_incidents AS i USING (incident)
         WHERE c.call = $1",
    )
    .bind(call.to_string())
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.as_ref().map(read))
}

fn read(row: &SqliteRow) -> Line {
    let time = |name: &str| row.get::<Option<i64>, _>(name);
    let incident: String = row.get("incident");
    let known = incident.parse::<IncidentId>();
    Line {
        call: row.get("call"),
        reference: known.map(|id| id.reference()).unwrap_or_default(),
        incident,
        grade: row.get("grade"),
        target_at: time("target_at"),
        called_at: time("called_at"),
        children: row.get::<Option<bool>, _>("children").unwrap_or(false),
        relationship: row.get::<Option<String>, _>("relationship").unwrap_or("unknown".into()),
        language: row.get("language"),
        opened_at: row.get("opened_at"),
        claimed_at: time("claimed_at"),
        ready_at: time("ready_at"),
        camera: row.get("camera"),
        microphone: row.get("microphone"),
        picked_up_at: time("picked_up_at"),
        officer: row.get("officer"),
        face_at: time("face_at"),
        danger_at: time("danger_at"),
        returned_at: time("returned_at"),
        lost_at: time("lost_at"),
        audio_only: row.get("audio_only"),
        later_at: time("later_at"),
        failed: row.get("failed"),
        finished_at: time("finished_at"),
        outcome: row.get("outcome"),
        standing: standing(row),
    }
}

fn standing(row: &SqliteRow) -> Standing {
    let is = |name: &str| row.get::<Option<i64>, _>(name).is_some();
    match () {
        () if is("finished_at") => Standing::Finished,
        () if is("face_at") => Standing::FaceToFace,
        () if is("picked_up_at") => Standing::PickedUp,
        () if is("ready_at") => Standing::Ready,
        () if is("claimed_at") => Standing::Arriving,
        () => Standing::Invited,
    }
}

impl Line {
    /// Whether anything about it must be seen before everything else.
    pub(crate) const fn danger(&self) -> bool {
        self.danger_at.is_some() || self.returned_at.is_some()
    }
}
