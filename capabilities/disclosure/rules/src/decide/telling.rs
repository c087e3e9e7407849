//! The telling, in its order: who she is, safe and alone, the undertaking, the lines, the words,
//! what she says to them, the plan and the specialist, the end. And the neutral answer.

use super::{Decision, other, said};
use crate::Refusal;
use crate::command::Command;
use crate::decision::{ClosureReason, Outcome};
use crate::event::Event;
use crate::limits::{ATTEMPTS_MAX, SAFETY_FRESH, WORDS_CHARS_MAX};
use crate::notice::notice;
use crate::script::{Channel, Interruption, Part, SCRIPT};
use crate::stage::Stage;
use crate::state::{Case, Running};
use call::CallId;
use kernel::id::StaffId;
use kernel::{Actor, At, Context, Personal};

pub(super) fn decide(case: &Case, command: Command, by: StaffId, at: At) -> Decision {
    let attempt = case.telling.attempts;
    match command {
        Command::StartTelling { channel, call, present } => {
            start(case, channel, call, &present, by)
        }
        Command::ConfirmIdentity { how } => {
            running(case)?;
            let how = said(&how, "how", WORDS_CHARS_MAX)?;
            Ok(vec![Event::IdentityConfirmed { attempt, how, by }])
        }
        Command::AnswerSafety { safe, alone } => {
            running(case)?;
            Ok(vec![Event::SafetyAnswered { attempt, safe, alone, by }])
        }
        Command::AnswerUndertaking { given, words } => undertaking(case, given, &words, by),
        Command::ProposeReconsideration { tell, reason } => {
            if case.telling.undertaking != Some(false) || case.telling.reconsidered.is_some() {
                return Err(Refusal::NotWaiting);
            }
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            Ok(vec![Event::ReconsiderationProposed { tell, reason, by }])
        }
        Command::ApproveReconsideration { tell } => {
            let (proposed, author) = case.telling.reconsideration.ok_or(Refusal::NotWaiting)?;
            other(by, author)?;
            if proposed != tell {
                return Err(Refusal::NotWaiting);
            }
            Ok(vec![Event::Reconsidered { tell, proposed_by: author, by }])
        }
        Command::ReadLine { script_version, line } => read_line(case, script_version, line, by),
        Command::TellWords { version, words } => tell(case, version, words, by, at),
        Command::Acknowledge { words } => {
            safe_and_known(case)?;
            case.telling.told.ok_or(Refusal::NotTold)?;
            let words = said(&words, "words", WORDS_CHARS_MAX)?;
            Ok(vec![Event::Acknowledged { attempt, words, by }])
        }
        Command::MakeSafetyPlan { plan } => {
            let plan = said(&plan, "plan", WORDS_CHARS_MAX)?;
            Ok(vec![Event::SafetyPlanMade { plan, by }])
        }
        Command::ReferToSpecialist { accepted, words } => {
            let words = said(&words, "words", WORDS_CHARS_MAX)?;
            Ok(vec![Event::SpecialistReferred { accepted, words, by }])
        }
        Command::FinishTelling => finish(case, by),
        Command::GiveNotice { channel, language, text } => {
            give_notice(case, channel, &language, &text, by)
        }
        Command::WithholdNotice { reason } => {
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            Ok(vec![Event::NoticeWithheld { reason, by }])
        }
        Command::Close { reason, note } => close(case, reason, &note, by, at),
        _ => Err(Refusal::NotWaiting),
    }
}

fn running(case: &Case) -> Result<&Running, Refusal> {
    case.telling.running.as_ref().ok_or(Refusal::NotTelling)
}

fn start(
    case: &Case,
    channel: Channel,
    call: Option<CallId>,
    present: &str,
    by: StaffId,
) -> Decision {
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    if case.stage != Stage::Telling {
        return Err(Refusal::WrongStage);
    }
    case.approved_to_tell().ok_or(Refusal::NotApproved)?;
    if case.telling.running.is_some() {
        return Err(Refusal::AlreadyTelling);
    }
    if case.telling.reconsidered == Some(false) {
        return Err(Refusal::DecidedNotToTell);
    }
    if call.is_some() != (channel == Channel::Video) {
        return Err(Refusal::CallWrong);
    }
    if case.telling.attempts >= ATTEMPTS_MAX {
        return Err(Refusal::TooMany);
    }
    super::short(present, "present", WORDS_CHARS_MAX)?;
    let attempt = case.telling.attempts + 1;
    let present = Personal::new(present.trim().to_owned());
    Ok(vec![Event::TellingStarted { attempt, channel, call, present, by }])
}

/// It is she, and she said that she is safe and alone.
fn safe_and_known(case: &Case) -> Result<At, Refusal> {
    let running = running(case)?;
    if !running.identity {
        return Err(Refusal::ConfirmIdentityFirst);
    }
    running.safe_at.ok_or(Refusal::NotSafeAndAlone)
}

//= Disclosure scheme guidance (DA Act 2021 s.77), disclosure: she undertakes to keep it
//= confidential; a refusal is written down, and whether to tell is considered again
fn undertaking(case: &Case, given: bool, words: &str, by: StaffId) -> Decision {
    safe_and_known(case)?;
    let attempt = case.telling.attempts;
    let words = said(words, "words", WORDS_CHARS_MAX)?;
    Ok(vec![match given {
        true => Event::UndertakingGiven { attempt, words, by },
        false => Event::UndertakingRefused { attempt, words, by },
    }])
}

fn read_line(case: &Case, script_version: u32, line: String, by: StaffId) -> Decision {
    let running = running(case)?;
    let known = SCRIPT.line(&line).filter(|_| script_version == SCRIPT.version);
    let known = known.filter(|line| line.only.is_none_or(|only| only == running.channel));
    known.ok_or(Refusal::NoSuchLine)?;
    safe_and_known(case)?;
    if case.telling.read.contains(&line) {
        return Ok(vec![]);
    }
    Ok(vec![Event::LineRead { attempt: case.telling.attempts, script_version, line, by }])
}

fn tell(case: &Case, version: u32, words: String, by: StaffId, at: At) -> Decision {
    let running = running(case)?;
    let safe_at = safe_and_known(case)?;
    if at.since(safe_at) > SAFETY_FRESH {
        return Err(Refusal::SafetyStale);
    }
    match (case.telling.undertaking, case.telling.reconsidered) {
        (Some(true), _) | (Some(false), Some(true)) => {}
        (None, _) => return Err(Refusal::UndertakingFirst),
        (Some(false), None) => return Err(Refusal::ReconsiderFirst),
        (Some(false), Some(false)) => return Err(Refusal::DecidedNotToTell),
    }
    if !case.lines_left(Part::Before, running.channel).is_empty() {
        return Err(Refusal::LinesFirst);
    }
    let paper = case.approved_to_tell().ok_or(Refusal::NotApproved)?;
    if case.telling.told.is_some() {
        return Err(Refusal::AlreadyTold);
    }
    if paper.version != version {
        return Err(Refusal::WordsChanged);
    }
    let approved = paper.decision.words.as_ref().and_then(Personal::known);
    if approved.map(String::as_str) != Some(words.trim()) {
        return Err(Refusal::WordsAltered);
    }
    let (attempt, number, channel) = (case.telling.attempts, paper.number, running.channel);
    Ok(vec![Event::WordsTold { attempt, number, version, channel, by }])
}

/// A line that drops is noted by Sightline itself.
pub(super) fn interrupt(case: &Case, cause: Interruption, context: &Context) -> Decision {
    if matches!(context.actor, Actor::Guest { .. } | Actor::Client { .. }) {
        return Err(Refusal::StaffOnly);
    }
    running(case)?;
    Ok(vec![Event::TellingInterrupted {
        attempt: case.telling.attempts,
        cause,
        words_told: case.telling.told.is_some(),
        by: context.actor.staff(),
    }])
}

fn finish(case: &Case, by: StaffId) -> Decision {
    let running = running(case)?;
    let (told_at, channel, call) = case.telling.told.ok_or(Refusal::NotTold)?;
    if !case.telling.acknowledged {
        return Err(Refusal::AcknowledgeFirst);
    }
    if !case.lines_left(Part::After, running.channel).is_empty() {
        return Err(Refusal::LinesFirst);
    }
    if !case.telling.plan {
        return Err(Refusal::SafetyPlanFirst);
    }
    if !case.telling.referred {
        return Err(Refusal::SpecialistFirst);
    }
    if case.owes_answer(true) {
        return Err(Refusal::AnswerFirst);
    }
    let (route, days) = (case.route, case.days_since(told_at));
    Ok(vec![Event::Made { route, channel, call, told_at, days, by }])
}

//= Disclosure scheme guidance (DA Act 2021 s.77), no disclosure: words that neither confirm nor
//= deny, and safety advice all the same
fn give_notice(case: &Case, channel: Channel, language: &str, text: &str, by: StaffId) -> Decision {
    // Before the decision, an answer would be a guess.
    let told_somebody_else = case.owes_answer(true);
    if case.approved_to_tell().is_some()
        && !told_somebody_else
        && case.telling.reconsidered != Some(false)
    {
        return Err(Refusal::DecidedToTell);
    }
    let approved = notice(channel, language).ok_or(Refusal::NotTheApprovedText)?;
    if approved.text() != text {
        return Err(Refusal::NotTheApprovedText);
    }
    let (notice, version) = (approved.id.to_owned(), approved.version);
    Ok(vec![Event::NoticeGiven { notice, version, channel, by }])
}

fn close(case: &Case, reason: ClosureReason, note: &str, by: StaffId, at: At) -> Decision {
    let note = said(note, "note", WORDS_CHARS_MAX)?;
    if case.telling.told.is_some() {
        return Err(Refusal::AlreadyTold);
    }
    if case.telling.running.is_some() {
        return Err(Refusal::AlreadyTelling);
    }
    let decided_not = case.decision.as_ref().is_some_and(|paper| {
        paper.approved_by.is_some() && paper.decision.outcome == Outcome::NoDisclosure
    });
    match reason {
        ClosureReason::Decided if !decided_not => return Err(Refusal::DecisionFirst),
        ClosureReason::UndertakingRefused if case.telling.reconsidered != Some(false) => {
            return Err(Refusal::DecisionFirst);
        }
        _ => {}
    }
    if case.owes_answer(false) {
        return Err(Refusal::AnswerFirst);
    }
    let (route, days) = (case.route, case.days_since(at));
    Ok(vec![Event::Closed { route, reason, note, days, by }])
}
