//! Departures from the table, and the panel: who writes does not approve.

use super::{Decision as Decided, other, said};
use crate::Refusal;
use crate::command::Command;
use crate::decision::{Decision, Deviation, Member, Outcome, Proposed, TellSubject};
use crate::event::Event;
use crate::limits::{
    DEVIATIONS_MAX, EXTEND_DAYS_MAX, NAME_CHARS_MAX, PROPOSALS_MAX, TOLD_CHARS_MAX, VOTES_MAX,
    WORDS_CHARS_MAX,
};
use crate::stage::Stage;
use crate::state::{Case, Paper};
use kernel::id::StaffId;
use kernel::{At, Personal};

pub(super) fn decide(case: &Case, command: Command, by: StaffId, at: At) -> Decided {
    match command {
        Command::RequestDeviation { what, reason } => {
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            if case.deviations.len() >= DEVIATIONS_MAX {
                return Err(Refusal::TooMany);
            }
            possible(case, what)?;
            let number = u32::try_from(case.deviations.len()).map_err(|_| Refusal::TooMany)?;
            Ok(vec![Event::DeviationRequested { number, what, reason, by }])
        }
        Command::ApproveDeviation { number } => approve_deviation(case, number, by, at),
        Command::RefuseDeviation { number, reason } => {
            let (_, author) = waiting(case, number)?;
            other(by, author)?;
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            Ok(vec![Event::DeviationRefused { number, reason, by }])
        }
        Command::ProposeDecision { proposed } => propose(case, *proposed, by),
        Command::Vote { number, agree, words } => {
            vote(case, number, Member::Staff { id: by }, agree, &words, by)
        }
        Command::RecordAgencyVote { number, agency, name, agree, words } => {
            said(&agency, "agency", NAME_CHARS_MAX)?;
            let name = said(&name, "name", NAME_CHARS_MAX)?;
            let agency = agency.trim().to_owned();
            vote(case, number, Member::Agency { agency, name }, agree, &words, by)
        }
        Command::ChangeWords { number, words } => change_words(case, number, &words, by),
        Command::ApproveDecision { number, version } => approve(case, number, version, by, at),
        Command::SendBackDecision { number, reason } => {
            let paper = before_the_panel(case, number)?;
            if paper.approved_by.is_some() {
                return Err(Refusal::NoDecision);
            }
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            Ok(vec![Event::DecisionSentBack { number, reason, by }])
        }
        _ => Err(Refusal::NotWaiting),
    }
}

fn possible(case: &Case, what: Deviation) -> Result<(), Refusal> {
    let possible = match what {
        Deviation::SkipStage { stage } => {
            stage == case.stage && !matches!(stage, Stage::Decision | Stage::Telling)
        }
        Deviation::Extend { days } => (1..=EXTEND_DAYS_MAX).contains(&days),
    };
    if possible { Ok(()) } else { Err(Refusal::DeviationWrong) }
}

fn waiting(case: &Case, number: u32) -> Result<(Deviation, StaffId), Refusal> {
    let departure = case.deviations.get(number as usize).ok_or(Refusal::NotWaiting)?;
    match departure.agreed {
        None => Ok((departure.what, departure.by)),
        Some(_) => Err(Refusal::NotWaiting),
    }
}

fn approve_deviation(case: &Case, number: u32, by: StaffId, at: At) -> Decided {
    let (what, author) = waiting(case, number)?;
    other(by, author)?;
    possible(case, what)?;
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    let (next, clocks) = match what {
        Deviation::SkipStage { stage } => {
            let next = stage.next(case.route.is_ask()).ok_or(Refusal::DeviationWrong)?;
            (Some(next), case.clocks_of(next, at)?)
        }
        Deviation::Extend { days } => {
            let mut after = case.clone();
            after.extended_days += days;
            (None, after.clocks_of(case.stage, case.stage_since)?)
        }
    };
    Ok(vec![Event::DeviationApproved { number, what, next, clocks, by }])
}

fn propose(case: &Case, proposed: Proposed, by: StaffId) -> Decided {
    if !matches!(case.stage, Stage::Decision | Stage::Telling) {
        return Err(Refusal::WrongStage);
    }
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    if case.telling.told.is_some() {
        return Err(Refusal::AlreadyTold);
    }
    if case.telling.running.is_some() {
        return Err(Refusal::AlreadyTelling);
    }
    if case.proposals >= PROPOSALS_MAX {
        return Err(Refusal::TooMany);
    }
    let disclose = proposed.outcome == Outcome::Disclose;
    match case.risk {
        None => return Err(Refusal::RiskFirst),
        Some((false, _)) if disclose => return Err(Refusal::NoConcern),
        Some(_) => {}
    }
    let ground = |text: &str, field| said(text, field, WORDS_CHARS_MAX);
    let decision = Decision {
        outcome: proposed.outcome,
        pressing_need: ground(&proposed.pressing_need, "pressing_need")?,
        necessity: ground(&proposed.necessity, "necessity")?,
        proportionality: ground(&proposed.proportionality, "proportionality")?,
        subject_rights: ground(&proposed.subject_rights, "subject_rights")?,
        tell_subject: TellSubject {
            tell: proposed.tell_subject,
            why: ground(&proposed.tell_subject_why, "tell_subject_why")?,
        },
        recipient: proposed.recipient,
        recipient_words: ground(&proposed.recipient_words, "recipient_words")?,
        words: match disclose {
            true => Some(said(&proposed.words, "words", TOLD_CHARS_MAX)?),
            // Whoever is not told hears the approved answer, and nothing written for the case.
            false => None,
        },
    };
    let (number, decision) = (case.proposals, Box::new(decision));
    Ok(vec![Event::DecisionProposed { number, decision, by }])
}

fn before_the_panel(case: &Case, number: u32) -> Result<&Paper, Refusal> {
    if case.telling.told.is_some() {
        return Err(Refusal::AlreadyTold);
    }
    case.decision.as_ref().filter(|paper| paper.number == number).ok_or(Refusal::NoDecision)
}

fn vote(
    case: &Case,
    number: u32,
    member: Member,
    agree: bool,
    words: &str,
    by: StaffId,
) -> Decided {
    let paper = before_the_panel(case, number)?;
    if paper.approved_by.is_some() {
        return Err(Refusal::NoDecision);
    }
    if paper.votes.len() + paper.agency_votes.len() >= VOTES_MAX {
        return Err(Refusal::TooMany);
    }
    let words = said(words, "words", WORDS_CHARS_MAX)?;
    Ok(vec![Event::Voted { number, member, agree, words, recorded_by: by }])
}

fn change_words(case: &Case, number: u32, words: &str, by: StaffId) -> Decided {
    let paper = before_the_panel(case, number)?;
    if paper.decision.outcome != Outcome::Disclose {
        return Err(Refusal::NotTheApprovedText);
    }
    let words: Personal<String> = said(words, "words", TOLD_CHARS_MAX)?;
    if paper.decision.words.as_ref() == Some(&words) {
        return Ok(vec![]);
    }
    Ok(vec![Event::WordsChanged { number, version: paper.version + 1, words, by }])
}

/// Neither alone: whoever wrote any of it does not approve it, and the author's own vote does not
/// carry it.
fn approve(case: &Case, number: u32, version: u32, by: StaffId, at: At) -> Decided {
    let paper = before_the_panel(case, number)?;
    if paper.approved_by.is_some() {
        return Err(Refusal::NotWaiting);
    }
    if case.paused.is_some() {
        return Err(Refusal::Paused);
    }
    if paper.authors.contains(&by) {
        return Err(Refusal::TwoPeople);
    }
    if paper.version != version {
        return Err(Refusal::WordsChanged);
    }
    if case.any_check_waits() {
        return Err(Refusal::ChecksOpen);
    }
    let disclose = paper.decision.outcome == Outcome::Disclose;
    if disclose && case.risk.is_none_or(|(concern, _)| !concern) {
        return Err(Refusal::NoConcern);
    }
    let (agreed, against) = paper.count();
    if agreed == 0 || agreed <= against {
        return Err(Refusal::PanelNotFor);
    }
    let entered = if case.stage == Stage::Telling { case.stage_since } else { at };
    let clocks = case.clocks_of(Stage::Telling, entered)?;
    Ok(vec![Event::DecisionApproved { number, version, disclose, clocks, by }])
}
