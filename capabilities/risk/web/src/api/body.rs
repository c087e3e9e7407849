//! What is sent and what is answered, in JSON.

use crate::showing;
use incident::IncidentId;
use kernel::At;
use risk::{Assessment, Cluster, Instrument, Judged, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Who can hear her, and what she answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskAnswersIn {
    /// `alone`, `child`, `suspect`, `relative`, `trusted`, `interpreter`, `other`, `unknown`.
    #[serde(default)]
    pub(crate) earshot: Vec<String>,
    #[serde(default)]
    pub(crate) earshot_words: String,
    /// Outside a call: `in_person` or `audio_only`.
    #[serde(default)]
    pub(crate) channel: String,
    #[serde(default)]
    pub(crate) answers: Vec<RiskAnswerIn>,
}

/// One answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskAnswerIn {
    pub(crate) question: String,
    /// A code of the question's scale, or `declined`, `unable`, `not_asked`.
    pub(crate) answer: String,
    #[serde(default)]
    pub(crate) note: String,
}

/// The officer's grade.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskGradeIn {
    /// `standard`, `medium`, `high`.
    pub(crate) grade: String,
    pub(crate) reason: String,
    /// The officer's number in the force's own system.
    pub(crate) officer: String,
    /// Why both answers may be so, by contradiction.
    #[serde(default)]
    pub(crate) acknowledged: BTreeMap<String, String>,
}

/// The second grade.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskSecondGradeIn {
    /// `standard`, `medium`, `high`.
    pub(crate) grade: String,
    pub(crate) reason: String,
    /// The supervisor's or specialist's number in the force's own system.
    pub(crate) officer: String,
}

/// A visit in person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskVisitIn {
    /// In how many hours somebody will be with her.
    #[serde(default)]
    pub(crate) in_hours: u32,
    /// Whether somebody was with her already.
    #[serde(default)]
    pub(crate) attended: bool,
    #[serde(default)]
    pub(crate) note: String,
}

/// That a case may close.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskClosingIn {
    pub(crate) reason: String,
    /// The supervisor's number in the force's own system.
    pub(crate) officer: String,
}

/// How an assessment stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct AssessmentOut {
    incident: String,
    instrument: Option<String>,
    version: Option<u32>,
    /// How often it began; nothing was asked yet: 0.
    round: u32,
    /// How it was made: `video`, `audio_only`, `interrupted`, `no_call`, `in_person`.
    channels: Vec<&'static str>,
    earshot: Vec<EarshotOut>,
    answers: Vec<RiskAnswerOut>,
    flags: Vec<RiskFlagOut>,
    /// What stands in the way of a grade, until it is corrected or answered for.
    contradictions: Vec<ContradictionOut>,
    /// Every grade, oldest first, both of a disagreement.
    grades: Vec<RiskGradeOut>,
    /// The grade that stands: the second where there is one.
    standing: Option<&'static str>,
    /// Whether answers changed after the officer's grade.
    outdated: bool,
    /// RFC 3339.
    second_due: Option<String>,
    reassess_due: Option<String>,
    /// Why she is assessed again.
    causes: Vec<&'static str>,
    visit_at: Option<String>,
    visit_attended: bool,
    /// Why the incident may not be closed, in words.
    against_closing: Option<String>,
}

/// Who could hear her, from some moment on.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarshotOut {
    at: Option<String>,
    who: Vec<&'static str>,
    words: Option<String>,
}

/// One answer. What was said is left out once it is erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct RiskAnswerOut {
    question: String,
    answer: String,
    note: Option<String>,
    at: Option<String>,
    /// Who could hear it: the place in `earshot`, from 0.
    heard: Option<usize>,
}

/// What answers together point at.
#[derive(Serialize, ToSchema)]
pub(crate) struct RiskFlagOut {
    flag: String,
    cluster: &'static str,
}

/// Two answers that cannot well be true together.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContradictionOut {
    contradiction: String,
    questions: Vec<String>,
}

/// One grade.
#[derive(Serialize, ToSchema)]
pub(crate) struct RiskGradeOut {
    grade: &'static str,
    reason: Option<String>,
    at: Option<String>,
    second: bool,
    /// Of a second grade: whether it is the officer's.
    agrees: Option<bool>,
}

fn iso(at: At) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0).ok().map(|at| at.to_string())
}

fn graded(one: &Judged) -> RiskGradeOut {
    RiskGradeOut {
        grade: one.grade.code(),
        reason: one.reason.known().cloned(),
        at: iso(one.at),
        second: one.agrees.is_some(),
        agrees: one.agrees,
    }
}

/// How it stands.
pub(crate) fn assessment(pack: &Instrument, id: IncidentId, state: &State) -> AssessmentOut {
    let nothing = Assessment::default();
    let known = state.assessment();
    let one = known.unwrap_or(&nothing);
    let earshot = one.earshot.iter().map(|heard| EarshotOut {
        at: iso(heard.at),
        who: heard.who.known().into_iter().flatten().map(|who| who.code()).collect(),
        words: heard.words.known().cloned(),
    });
    let answers = one.answers.iter().map(|(question, kept)| RiskAnswerOut {
        question: question.clone(),
        answer: showing::code(kept).to_owned(),
        note: kept.note.known().cloned(),
        at: iso(kept.at),
        heard: kept.heard,
    });
    let raised = pack.raised(&one.values());
    let flags = raised.iter().filter_map(|flag| {
        let cluster = Cluster::of(&flag.cluster)?.code();
        Some(RiskFlagOut { flag: flag.id.clone(), cluster })
    });
    let contrary = one.contrary(pack);
    let contradictions = contrary.into_iter().map(|one| ContradictionOut {
        contradiction: one.id.clone(),
        questions: one.questions.map(str::to_owned).to_vec(),
    });
    let owed = one.reassess.as_ref();
    AssessmentOut {
        incident: id.to_string(),
        instrument: known.map(|one| one.instrument.clone()),
        version: known.map(|one| one.version),
        round: one.round,
        channels: one.channels.iter().map(|channel| channel.code()).collect(),
        earshot: earshot.collect(),
        answers: answers.collect(),
        flags: flags.collect(),
        contradictions: contradictions.collect(),
        grades: one.judged.iter().map(graded).collect(),
        standing: one.standing().map(risk::Grade::code),
        outdated: one.graded.as_ref().is_some_and(|graded| graded.outdated),
        second_due: one.second_due.and_then(iso),
        reassess_due: owed.and_then(|owed| iso(owed.due)),
        causes: owed.iter().flat_map(|owed| owed.causes.keys()).map(|c| c.code()).collect(),
        visit_at: one.visit.as_ref().and_then(|visit| iso(visit.at)),
        visit_attended: one.visit.as_ref().is_some_and(|visit| visit.attended),
        against_closing: state.against_closing().map(|refusal| refusal.to_string()),
    }
}
