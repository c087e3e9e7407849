//! Contact, checks, stages, risk, pauses, and the clock.

use super::{Decision, said};
use crate::Refusal;
use crate::command::Command;
use crate::decision::Level;
use crate::event::Event;
use crate::limits::{CHECKS_MAX, PAUSES_MAX, WORDS_CHARS_MAX};
use crate::stage::Stage;
use crate::state::Case;
use kernel::id::StaffId;
use kernel::{Actor, At, Context};

pub(super) fn decide(case: &Case, command: Command, by: StaffId, at: At) -> Decision {
    match command {
        Command::RecordContact { channel, identity_proved, note } => {
            let note = said(&note, "note", WORDS_CHARS_MAX)?;
            let stage = case.stage;
            Ok(vec![Event::ContactHeld { stage, channel, identity_proved, note, by }])
        }
        Command::SkipCheck { code, reason } => {
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            case.table.check(&code).ok_or(Refusal::UnknownCheck)?;
            Ok(vec![Event::CheckSkipped { code, reason, by }])
        }
        Command::CompleteStage { stage } => complete(case, stage, by, at),
        //= Disclosure scheme guidance (DA Act 2021 s.77), full risk assessment: concern or none;
        //= high risk goes to the conference of agencies and to an independent adviser at once
        Command::AssessRisk { concern, level, reason } => Ok(vec![Event::RiskAssessed {
            concern,
            level,
            reason: said(&reason, "reason", WORDS_CHARS_MAX)?,
            specialist_owed: level == Level::High,
            by,
        }]),
        Command::Pause { reason, note } => pause(case, reason, &note, by, at),
        Command::Resume => resume(case, Some(by), at),
        _ => Err(Refusal::NotWaiting),
    }
}

/// As the journal writes an actor: another system may ask and answer too.
fn asker(actor: &Actor) -> Result<String, Refusal> {
    let guest = matches!(actor, Actor::Guest { .. });
    if guest { Err(Refusal::StaffOnly) } else { Ok(actor.to_string()) }
}

pub(super) fn ask(case: &Case, code: String, context: &Context) -> Decision {
    let by = asker(&context.actor)?;
    let stage = case.table.check(&code).ok_or(Refusal::UnknownCheck)?.stage;
    if case.checks.len() >= CHECKS_MAX {
        return Err(Refusal::TooMany);
    }
    let check = u32::try_from(case.checks.len()).map_err(|_| Refusal::TooMany)?;
    // A late question holds up the stage that is on.
    let stage = stage.max(case.stage).min(Stage::Checks);
    Ok(vec![Event::CheckAsked { check, code, stage, by }])
}

pub(super) fn answer(
    case: &Case,
    check: u32,
    result: Option<String>,
    context: &Context,
) -> Decision {
    let by = asker(&context.actor)?;
    let open = case.checks.get(check as usize).is_some_and(|check| check.found.is_none());
    if !open {
        return Err(Refusal::CheckNotOpen);
    }
    let result = result.map(|text| said(&text, "result", WORDS_CHARS_MAX)).transpose()?;
    Ok(vec![Event::CheckAnswered { check, found: result.is_some(), result, by }])
}

fn complete(case: &Case, stage: Stage, by: StaffId, at: At) -> Decision {
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    let by_panel = matches!(stage, Stage::Decision | Stage::Telling);
    if stage != case.stage || by_panel {
        return Err(Refusal::WrongStage);
    }
    let asked = case.route.is_ask();
    if asked && !case.contacted {
        return Err(Refusal::ContactFirst);
    }
    if stage == Stage::Conversation && !case.identity_proved {
        return Err(Refusal::IdentityFirst);
    }
    if !case.checks_open(stage).is_empty() {
        return Err(Refusal::ChecksOpen);
    }
    if stage == Stage::Checks && case.risk.is_none() {
        return Err(Refusal::RiskFirst);
    }
    let next = stage.next(asked).ok_or(Refusal::WrongStage)?;
    Ok(vec![Event::StageCompleted { stage, next, clocks: case.clocks_of(next, at)?, by }])
}

fn pause(case: &Case, code: String, note: &str, by: StaffId, at: At) -> Decision {
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    let permitted = case.table.pause(&code).ok_or(Refusal::PauseNotPermitted)?;
    if case.pauses.len() >= PAUSES_MAX {
        return Err(Refusal::TooMany);
    }
    let note = said(note, "note", WORDS_CHARS_MAX)?;
    let until = calendar::same_time_days_later(at, permitted.max_days)?;
    let stops_total = permitted.stops_total;
    Ok(vec![Event::Paused { reason: code, stops_total, note, until, by }])
}

fn resume(case: &Case, by: Option<StaffId>, at: At) -> Decision {
    let pause = case.paused.as_ref().ok_or(Refusal::NotPaused)?;
    let mut after = case.clone();
    let stops_total = pause.stops_total;
    after.pauses.push(crate::clocks::Pause { from: pause.since, to: at, stops_total });
    let clocks = after.clocks_of(case.stage, case.stage_since)?;
    Ok(vec![Event::Resumed { clocks, by }])
}

/// Whatever is due by now and was not noted yet. A deadline that fires twice says nothing new.
pub(super) fn note_time(case: &Case, at: At) -> Decision {
    if let Some(pause) = &case.paused
        && at >= pause.until
    {
        return resume(case, None, at);
    }
    let stopped = case.paused.as_ref().is_some_and(|pause| pause.stops_total);
    let stage = case.stage;
    let mut events = vec![];
    if !stopped {
        let due = case.clocks.warnings.iter().filter(|one| at >= one.at);
        let due = due.filter(|one| !case.warned.contains(&one.day));
        events.extend(due.map(|one| Event::Warned { day: one.day, stage }));
        let due = case.clocks.overdue.iter().filter(|one| at >= one.at);
        let due = due.filter(|one| !case.overdue.contains(&one.day));
        events.extend(due.map(|one| Event::FellOverdue { day: one.day, stage }));
    }
    let late = at >= case.clocks.stage_due_at && !case.stages_overdue.contains(&stage);
    if late && case.paused.is_none() {
        events.push(Event::StageFellOverdue { stage });
    }
    Ok(events)
}
