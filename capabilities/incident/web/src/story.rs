//! The story of one incident: what happened, when, by whom, in words. Each event is kept sealed
//! under its stream's key; what it says is worked out when it is shown.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Event, IncidentId};
use kernel::Personal;
use serde::Serialize;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Story;

#[async_trait]
impl ReadModel for Story {
    fn name(&self) -> &'static str {
        "incident_story"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["incident_story"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE incident_story (
                position INTEGER PRIMARY KEY, stream TEXT NOT NULL, at INTEGER NOT NULL,
                actor TEXT NOT NULL, kind TEXT NOT NULL, event BLOB) STRICT",
            "CREATE INDEX incident_story_by_stream ON incident_story (stream, position)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE incident_story SET event = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("incident.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let what: Event = event.decode()?;
        let sealed = engine.seal_row(&event.stream, &what).await?;
        sqlx::query("INSERT OR REPLACE INTO incident_story VALUES ($1, $2, $3, $4, $5, $6)")
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

/// One line of the story, as `ui.timeline` shows it. `title` is a message id; `code` fills it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) at: i64,
    pub(crate) title: String,
    pub(crate) code: Option<String>,
    pub(crate) rule: Option<&'static str>,
    pub(crate) text: String,
    pub(crate) by: String,
    pub(crate) tone: &'static str,
}

/// The story, newest first: what the handler looks for is what happened last.
pub(crate) async fn of(engine: &Engine, id: IncidentId, limit: i64) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT at, actor, kind, event FROM incident_story WHERE stream = $1
         ORDER BY position DESC LIMIT $2",
    )
    .bind(id.stream())
    .bind(limit)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (at, actor, kind): (i64, String, String) = (row.get(0), row.get(1), row.get(2));
        let sealed: Option<Vec<u8>> = row.get(3);
        let event: Personal<Event> = engine.open_row(&id.stream(), sealed.as_deref()).await?;
        let by = who(engine, &actor).await?;
        lines.push(line(at, by, &kind, event.known()));
    }
    Ok(lines)
}

/// The name of a member of staff; `system` and the force's systems by theirs.
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

fn line(at: i64, by: String, kind: &str, event: Option<&Event>) -> Line {
    let stem = kind.trim_start_matches("incident.").trim_end_matches(".v1").replace('_', "-");
    let title = format!("incident-did-{stem}");
    let mut line =
        Line { at, title, code: None, rule: None, text: String::new(), by, tone: "plain" };
    let said = |text: &Personal<String>| text.known().cloned().unwrap_or_default();
    match event {
        None => {}
        Some(Event::Reported { report }) => line.code = Some(report.source.code().into()),
        Some(Event::Noted { note }) => line.text = said(note),
        Some(Event::Graded { grade, reason, .. }) => {
            (line.code, line.text) = (Some(grade.code().into()), said(reason));
        }
        Some(Event::Regraded { grade, reason, .. }) => {
            (line.code, line.text) = (Some(grade.code().into()), said(reason));
            line.tone = if *grade == incident::Grade::Immediate { "danger" } else { "warn" };
        }
        Some(Event::ScreeningAnswered { rule, answer, note }) => {
            (line.code, line.rule) = (Some(answer.code().into()), Some(rule.code()));
            line.text = said(note);
            line.tone = if rule.excludes(*answer) { "warn" } else { "plain" };
        }
        Some(Event::Screened { outcome }) => match outcome {
            incident::screening::Outcome::Eligible { .. } => {
                (line.code, line.tone) = (Some("eligible".into()), "good");
            }
            incident::screening::Outcome::Ineligible { rule } => {
                (line.code, line.rule) = (Some("ineligible".into()), Some(rule.code()));
                line.tone = "warn";
            }
        },
        Some(Event::OfferAccepted { channel, .. }) => {
            (line.code, line.tone) = (Some(channel.code().into()), "good");
        }
        Some(Event::OfferDeclined { reason, note, .. }) => {
            (line.code, line.text) = (Some(reason.code().into()), said(note));
        }
        Some(Event::OfferLost { reason, .. }) => {
            (line.code, line.tone) = (Some(reason.code().into()), "warn");
        }
        Some(Event::TakenBack { reason, .. }) => line.text = said(reason),
        Some(Event::LineCleared { .. }) => line.tone = "good",
        Some(Event::ResponseEnded { outcome, .. }) => line.text = outcome.replace('_', " "),
        Some(Event::RoutedInPerson { reason, rule, note }) => {
            (line.code, line.text) = (Some(reason.code().into()), said(note));
            line.rule = rule.map(incident::screening::Rule::code);
        }
        Some(Event::PatrolRequested { cause, reason, location }) => {
            (line.code, line.text, line.tone) = (Some(cause.code().into()), said(reason), "danger");
            if let Some(place) = location.as_ref().and_then(Personal::known) {
                line.text = format!("{} {}", line.text, place.words).trim().to_owned();
            }
        }
        Some(Event::PatrolAttended { .. }) => line.tone = "good",
        Some(Event::TargetMissed { .. }) => line.tone = "danger",
        Some(Event::CallBackCounted { outcome, note }) => {
            (line.code, line.text) = (Some(outcome.code().into()), said(note));
        }
        Some(Event::Closed { outcome, note }) => {
            (line.code, line.text) = (Some(outcome.code().into()), said(note));
        }
        Some(Event::Reopened { reason }) => (line.text, line.tone) = (said(reason), "warn"),
        Some(Event::ScreeningReopened {} | Event::Offered { .. }) => {}
    }
    line
}
