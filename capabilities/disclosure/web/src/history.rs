//! The history of one application in words, newest first: what happened, by whom, and what was
//! said. Titles are messages; what was said stands as it was said.

use crate::names;
use crate::story::Happened;
use disclosure::Event;
use engine::{Engine, Fault};
use kernel::Personal;
use serde::Serialize;

/// One line.
#[derive(Serialize)]
pub(crate) struct Line {
    pub(crate) at: i64,
    /// `disclosure-did-<what>` is its title.
    pub(crate) what: String,
    /// A code that says which: of a check, a stage, a channel.
    pub(crate) code: Option<String>,
    pub(crate) text: Option<String>,
    /// Empty when it was Sightline itself or the person who asked.
    pub(crate) by: String,
    pub(crate) tone: &'static str,
}

/// All of them.
pub(crate) async fn lines(engine: &Engine, story: &[Happened]) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::with_capacity(story.len());
    for one in story.iter().rev() {
        let (code, text) = one.event.as_ref().map_or((None, None), said);
        lines.push(Line {
            at: one.at.0,
            what: one.what.clone(),
            code,
            text: text.filter(|text| !text.is_empty()),
            by: names::actor(engine, &one.actor).await?,
            tone: tone(&one.what),
        });
    }
    Ok(lines)
}

fn tone(what: &str) -> &'static str {
    match what {
        "danger-raised" | "fell-overdue" => "danger",
        "warned" | "stage-fell-overdue" | "undertaking-refused" | "telling-interrupted" => "warn",
        "decision-approved" | "made" | "stage-completed" => "good",
        _ => "plain",
    }
}

fn known(personal: &Personal<String>) -> Option<String> {
    personal.known().cloned()
}

/// A code and the words of an event.
fn said(event: &Event) -> (Option<String>, Option<String>) {
    let code = |code: &str| Some(code.to_owned());
    match event {
        Event::Applied { application, .. } => (None, known(&application.concern)),
        Event::ContactHeld { channel, note, .. } => (code(channel.code()), known(note)),
        Event::CheckAsked { code: check, .. } => (code(check), None),
        Event::CheckAnswered { found, result, .. } => {
            let which = if *found { "found" } else { "nothing_found" };
            (code(which), result.as_ref().and_then(known))
        }
        Event::CheckSkipped { code: check, reason, .. } => (code(check), known(reason)),
        Event::StageCompleted { stage, .. } | Event::StageFellOverdue { stage } => {
            (code(stage.code()), None)
        }
        Event::RiskAssessed { level, reason, .. } => (code(level.code()), known(reason)),
        Event::Paused { reason, note, .. } => (code(reason), known(note)),
        Event::DecisionProposed { decision, .. } => {
            (code(decision.outcome.code()), known(&decision.pressing_need))
        }
        Event::Voted { agree, words, .. } => {
            (code(if *agree { "agree" } else { "against" }), known(words))
        }
        Event::TellingStarted { channel, present, .. } => (code(channel.code()), known(present)),
        Event::IdentityConfirmed { how, .. } => (None, known(how)),
        Event::UndertakingGiven { words, .. }
        | Event::UndertakingRefused { words, .. }
        | Event::Acknowledged { words, .. }
        | Event::SpecialistReferred { words, .. } => (None, known(words)),
        Event::SafetyPlanMade { plan, .. } => (None, known(plan)),
        Event::TellingInterrupted { cause, .. } => (code(cause.code()), None),
        Event::Closed { reason, note, .. } => (code(reason.code()), known(note)),
        Event::Warned { day, .. } | Event::FellOverdue { day, .. } => (Some(day.to_string()), None),
        Event::DeviationRequested { reason, .. }
        | Event::DeviationRefused { reason, .. }
        | Event::DecisionSentBack { reason, .. }
        | Event::ReconsiderationProposed { reason, .. }
        | Event::NoticeWithheld { reason, .. }
        | Event::ConflictDeclared { reason, .. }
        | Event::ConflictLifted { reason, .. } => (None, known(reason)),
        _ => (None, None),
    }
}
