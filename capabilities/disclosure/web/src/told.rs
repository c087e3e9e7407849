//! What was said in an application, gathered from its story for its page.

use crate::names;
use crate::story::Happened;
use disclosure::{
    Applicant, Application, AtRisk, Child, Decision, Deviation, Event, Member, Subject,
};
use engine::{Engine, Fault};
use kernel::Personal;
use kernel::id::StaffId;
use serde::Serialize;
use std::collections::BTreeMap;

/// Who and what it is about; fields are empty once they are erased.
#[derive(Default, Serialize)]
pub(crate) struct About {
    pub(crate) applicant: Option<Applicant>,
    pub(crate) at_risk: Option<AtRisk>,
    pub(crate) subject: Option<Subject>,
    pub(crate) concern: Option<String>,
    pub(crate) children: Vec<Child>,
    pub(crate) proposer: Option<String>,
}

/// A check that was asked.
#[derive(Serialize)]
pub(crate) struct Check {
    pub(crate) number: u32,
    pub(crate) code: String,
    pub(crate) stage: &'static str,
    pub(crate) asked_at: i64,
    pub(crate) asked_by: String,
    pub(crate) answered_at: Option<i64>,
    pub(crate) answered_by: String,
    pub(crate) found: Option<bool>,
    pub(crate) result: Option<String>,
}

/// A departure that was asked for.
#[derive(Serialize)]
pub(crate) struct Departure {
    pub(crate) number: u32,
    /// `skip_stage` or `extend`.
    pub(crate) what: &'static str,
    pub(crate) stage: Option<&'static str>,
    pub(crate) days: Option<u32>,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
    pub(crate) by_id: String,
    pub(crate) agreed: Option<bool>,
    pub(crate) answered_by: String,
    pub(crate) why: Option<String>,
}

/// A vote.
#[derive(Clone, Serialize)]
pub(crate) struct Vote {
    pub(crate) who: String,
    pub(crate) agency: Option<String>,
    pub(crate) agree: bool,
    pub(crate) words: Option<String>,
    pub(crate) recorded_by: String,
}

/// A colleague who must not know.
#[derive(Serialize)]
pub(crate) struct Conflict {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) reason: Option<String>,
}

/// What the checks come to.
#[derive(Serialize)]
pub(crate) struct Risk {
    pub(crate) concern: bool,
    pub(crate) level: &'static str,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
    pub(crate) at: i64,
}

/// All of it.
#[derive(Default, Serialize)]
pub(crate) struct Told {
    pub(crate) about: About,
    pub(crate) checks: Vec<Check>,
    /// Why a kind of check is left out.
    pub(crate) skipped: BTreeMap<String, Option<String>>,
    pub(crate) risk: Option<Risk>,
    pub(crate) pause_note: Option<String>,
    pub(crate) departures: Vec<Departure>,
    pub(crate) votes: Vec<Vote>,
    pub(crate) sent_back: Option<String>,
    pub(crate) conflicts: Vec<Conflict>,
}

fn known<T: Clone>(personal: &Personal<T>) -> Option<T> {
    personal.known().cloned()
}

fn about(application: &Application) -> About {
    About {
        applicant: application.applicant.as_ref().and_then(known),
        at_risk: application.person_at_risk.as_ref().and_then(known),
        subject: known(&application.subject),
        concern: known(&application.concern),
        children: known(&application.children).unwrap_or_default(),
        proposer: application.proposer.as_ref().and_then(known),
    }
}

impl Told {
    /// From everything that happened, oldest first.
    pub(crate) async fn of(engine: &Engine, story: &[Happened]) -> Result<Self, Fault> {
        let mut told = Self::default();
        for one in story {
            if let Some(event) = &one.event {
                told.take(engine, one, event).await?;
                told.take_panel(engine, event).await?;
            }
        }
        Ok(told)
    }

    async fn take(&mut self, engine: &Engine, one: &Happened, event: &Event) -> Result<(), Fault> {
        match event {
            Event::Applied { application, conflicted, .. } => {
                self.about = about(application);
                for id in conflicted {
                    self.keep_out(engine, *id, None).await?;
                }
            }
            Event::CheckAsked { check, code, stage, by } => self.checks.push(Check {
                number: *check,
                code: code.clone(),
                stage: stage.code(),
                asked_at: one.at.0,
                asked_by: names::actor(engine, by).await?,
                answered_at: None,
                answered_by: String::new(),
                found: None,
                result: None,
            }),
            Event::CheckAnswered { check, found, result, by } => {
                let by = names::actor(engine, by).await?;
                if let Some(asked) = self.checks.iter_mut().find(|one| one.number == *check) {
                    asked.found = Some(*found);
                    asked.answered_at = Some(one.at.0);
                    asked.answered_by = by;
                    asked.result = result.as_ref().and_then(known);
                }
            }
            Event::CheckSkipped { code, reason, .. } => {
                self.skipped.insert(code.clone(), known(reason));
            }
            Event::RiskAssessed { concern, level, reason, by, .. } => {
                self.risk = Some(Risk {
                    concern: *concern,
                    level: level.code(),
                    reason: known(reason),
                    by: names::staff(engine, *by).await?,
                    at: one.at.0,
                });
            }
            Event::Paused { note, .. } => self.pause_note = known(note),
            Event::ConflictDeclared { staff, reason, .. } => {
                self.keep_out(engine, *staff, known(reason)).await?;
            }
            Event::ConflictLifted { staff, .. } => {
                let id = staff.to_string();
                self.conflicts.retain(|one| one.id != id);
            }
            _ => {}
        }
        Ok(())
    }

    async fn keep_out(
        &mut self,
        engine: &Engine,
        id: StaffId,
        reason: Option<String>,
    ) -> Result<(), Fault> {
        let name = names::staff(engine, id).await?;
        self.conflicts.push(Conflict { id: id.to_string(), name, reason });
        Ok(())
    }

    async fn take_panel(&mut self, engine: &Engine, event: &Event) -> Result<(), Fault> {
        match event {
            Event::DeviationRequested { number, what, reason, by } => {
                let (what, stage, days) = match what {
                    Deviation::SkipStage { stage } => ("skip_stage", Some(stage.code()), None),
                    Deviation::Extend { days } => ("extend", None, Some(*days)),
                };
                self.departures.push(Departure {
                    number: *number,
                    what,
                    stage,
                    days,
                    reason: known(reason),
                    by: names::staff(engine, *by).await?,
                    by_id: by.to_string(),
                    agreed: None,
                    answered_by: String::new(),
                    why: None,
                });
            }
            Event::DeviationApproved { number, by, .. } => {
                self.answered(engine, *number, true, *by, None).await?;
            }
            Event::DeviationRefused { number, reason, by } => {
                self.answered(engine, *number, false, *by, known(reason)).await?;
            }
            Event::DecisionProposed { .. } => {
                self.votes.clear();
                self.sent_back = None;
            }
            Event::Voted { member, agree, words, recorded_by, .. } => {
                let (who, agency) = match member {
                    Member::Staff { id } => (names::staff(engine, *id).await?, None),
                    Member::Agency { agency, name } => {
                        (known(name).unwrap_or_default(), Some(agency.clone()))
                    }
                };
                let same = |one: &Vote| match &agency {
                    Some(_) => one.agency == agency,
                    None => one.agency.is_none() && one.who == who,
                };
                self.votes.retain(|one| !same(one));
                let recorded_by = names::staff(engine, *recorded_by).await?;
                let words = known(words);
                self.votes.push(Vote { who, agency, agree: *agree, words, recorded_by });
            }
            Event::DecisionSentBack { reason, .. } => {
                self.votes.clear();
                self.sent_back = known(reason).or_else(|| Some(String::new()));
            }
            _ => {}
        }
        Ok(())
    }

    async fn answered(
        &mut self,
        engine: &Engine,
        number: u32,
        agreed: bool,
        by: StaffId,
        why: Option<String>,
    ) -> Result<(), Fault> {
        let name = names::staff(engine, by).await?;
        if let Some(one) = self.departures.iter_mut().find(|one| one.number == number) {
            (one.agreed, one.answered_by, one.why) = (Some(agreed), name, why);
        }
        Ok(())
    }
}

/// A decision in words, for the two who write and approve it.
#[derive(Serialize)]
pub(crate) struct Paper {
    pub(crate) number: u32,
    pub(crate) version: u32,
    pub(crate) outcome: &'static str,
    pub(crate) pressing_need: Option<String>,
    pub(crate) necessity: Option<String>,
    pub(crate) proportionality: Option<String>,
    pub(crate) subject_rights: Option<String>,
    pub(crate) tell_subject: bool,
    pub(crate) tell_subject_why: Option<String>,
    pub(crate) recipient: &'static str,
    pub(crate) recipient_words: Option<String>,
    pub(crate) words: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) approved_by: Option<String>,
    /// Votes that count, for and against.
    pub(crate) agreed: usize,
    pub(crate) against: usize,
}

/// What is before the panel or was approved.
pub(crate) async fn paper(
    engine: &Engine,
    paper: &disclosure::state::Paper,
) -> Result<Paper, Fault> {
    let mut authors = vec![];
    for author in &paper.authors {
        authors.push(names::staff(engine, *author).await?);
    }
    let approved_by = match paper.approved_by {
        Some(id) => Some(names::staff(engine, id).await?),
        None => None,
    };
    let (agreed, against) = paper.count();
    let Decision { outcome, tell_subject, recipient, words, .. } = &paper.decision;
    Ok(Paper {
        number: paper.number,
        version: paper.version,
        outcome: outcome.code(),
        pressing_need: known(&paper.decision.pressing_need),
        necessity: known(&paper.decision.necessity),
        proportionality: known(&paper.decision.proportionality),
        subject_rights: known(&paper.decision.subject_rights),
        tell_subject: tell_subject.tell,
        tell_subject_why: known(&tell_subject.why),
        recipient: recipient.code(),
        recipient_words: known(&paper.decision.recipient_words),
        words: words.as_ref().and_then(known),
        authors,
        approved_by,
        agreed,
        against,
    })
}
