//! What stands now.

use crate::event::{Cause, Channel, Earshot, Event, Given, Grade};
use crate::instrument::{Contrary, Instrument};
use crate::refusal::Refusal;
use kernel::id::StaffId;
use kernel::{At, Personal};
use std::collections::{BTreeMap, BTreeSet};

/// The last answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What became of it.
    pub given: Given,
    /// In words.
    pub note: Personal<String>,
    /// When.
    pub at: At,
    /// Who could hear her then: the place in `Assessment::earshot`.
    pub heard: Option<usize>,
    /// Which event of the stream it was.
    seq: u64,
}

/// Who could hear her, from some moment on.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Who.
    pub who: Personal<BTreeSet<Earshot>>,
    /// In words.
    pub words: Personal<String>,
    /// From when.
    pub at: At,
}

/// The officer's grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// How high.
    pub grade: Grade,
    /// Why.
    pub reason: Personal<String>,
    /// When.
    pub at: At,
    /// Who, as far as it was stored.
    pub by: Option<StaffId>,
    /// Whether answers changed after it.
    pub outdated: bool,
}

/// One judgement of the history, first or second.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// How high.
    pub grade: Grade,
    /// Why.
    pub reason: Personal<String>,
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<StaffId>,
    /// Of a second grade: whether it agreed with the first. Of a first: nothing.
    pub agrees: Option<bool>,
}

/// A new assessment that is owed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reassess {
    /// By when.
    pub due: At,
    /// Why, and since when.
    pub causes: BTreeMap<Cause, At>,
}

/// A visit in person.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// For when it is booked, or when it was.
    pub at: At,
    /// Whether it was.
    pub attended: bool,
    /// In words.
    pub note: Personal<String>,
}

/// A supervisor's word that the case may close.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowed {
    /// Who.
    pub by: Option<StaffId>,
    /// Why.
    pub reason: Personal<String>,
    /// When.
    pub at: At,
}

/// An assessment under way or done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The pack's name.
    pub instrument: String,
    /// Its version.
    pub version: u32,
    /// How often it began.
    pub round: u32,
    /// How it was made: everything that was ever true of it.
    pub channels: BTreeSet<Channel>,
    /// The same of the very first one, up to its grade.
    pub first: BTreeSet<Channel>,
    /// Whether the connection was lost, and she has not been seen since.
    pub cut_short: bool,
    /// Last answers by question.
    pub answers: BTreeMap<String, Kept>,
    /// Who could hear her, each change.
    pub earshot: Vec<Heard>,
    /// When an answer was last kept.
    pub kept_at: At,
    /// The grade, once given.
    pub graded: Option<Graded>,
    /// The second grade of it, once given.
    pub second: Option<Judged>,
    /// By when somebody else grades it too, where that is owed.
    pub second_due: Option<At>,
    /// Every judgement, oldest first.
    pub judged: Vec<Judged>,
    /// The new assessment that is owed, if one is.
    pub reassess: Option<Reassess>,
    /// The visit in person.
    pub visit: Option<Visit>,
    /// Whether it may close though she was not seen.
    pub allowed: Option<Allowed>,
    acknowledged: BTreeMap<String, u64>,
    first_cut: bool,
    seq: u64,
}

/// The assessment of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nothing asked yet.
    #[default]
    NotStarted,
    /// Begun.
    Started(Box<Assessment>),
}

impl State {
    /// The assessment, once begun.
    pub fn assessment(&self) -> Option<&Assessment> {
        match self {
            Self::NotStarted => None,
            Self::Started(assessment) => Some(assessment),
        }
    }

    /// Why the incident may not be closed, if it may not.
    //= HMIC, recommendation to Hampshire Constabulary on risk assessment by telephone: risk may
    //=  not be fully assessed where no officer sees the victim
    pub fn against_closing(&self) -> Option<Refusal> {
        let known = self.assessment()?;
        (known.unseen() && known.allowed.is_none()).then_some(Refusal::NotSeen)
    }

    pub(crate) fn after(self, event: &Event, at: At) -> Self {
        match (self, event) {
            (Self::NotStarted, Event::AssessmentStarted { .. }) => {
                let mut assessment = Box::<Assessment>::default();
                assessment.fold(event, at);
                Self::Started(assessment)
            }
            (Self::Started(mut assessment), event) => {
                assessment.fold(event, at);
                Self::Started(assessment)
            }
            (Self::NotStarted, _) => Self::NotStarted,
        }
    }
}

impl Assessment {
    fn fold(&mut self, event: &Event, at: At) {
        self.seq += 1;
        match event {
            Event::AssessmentStarted { instrument, version, channel } => {
                self.begin(instrument, *version, at);
                self.mark(*channel);
            }
            Event::Answered { question, given, note } => {
                let heard = self.earshot.len().checked_sub(1);
                let (given, note, seq) = (given.clone(), note.clone(), self.seq);
                self.answers.insert(question.clone(), Kept { given, note, at, heard, seq });
                self.kept_at = at;
                if let Some(graded) = &mut self.graded {
                    graded.outdated = true;
                }
            }
            Event::ChannelMarked { channel } => self.mark(*channel),
            Event::EarshotNoted { who, words } => {
                let (who, words) = (who.clone(), words.clone());
                self.earshot.push(Heard { who, words, at });
                self.kept_at = at;
            }
            Event::ContradictionAcknowledged { rule, .. } => {
                self.acknowledged.insert(rule.clone(), self.seq);
            }
            Event::Graded { .. } | Event::SecondGraded { .. } => self.judge(event, at),
            Event::ReassessmentDue { cause, due } => {
                let owed = self.reassess.get_or_insert_with(Reassess::default);
                owed.due = *due;
                owed.causes.insert(*cause, at);
            }
            Event::VisitBooked { visit_at, note } => {
                self.visit = Some(Visit { at: *visit_at, attended: false, note: note.clone() });
            }
            Event::VisitAttended { attended_at, note } => {
                self.visit = Some(Visit { at: *attended_at, attended: true, note: note.clone() });
            }
            Event::ClosingAllowed { by, reason } => {
                self.allowed = Some(Allowed { by: *by, reason: reason.clone(), at });
            }
        }
    }

    /// Questions and answers begin; what was judged, owed and visited stays.
    fn begin(&mut self, instrument: &str, version: u32, at: At) {
        instrument.clone_into(&mut self.instrument);
        self.version = version;
        self.round += 1;
        self.channels.clear();
        self.answers.clear();
        self.earshot.clear();
        self.acknowledged.clear();
        self.cut_short = false;
        self.kept_at = at;
        if let Some(graded) = &mut self.graded {
            graded.outdated = true;
        }
    }

    fn mark(&mut self, channel: Channel) {
        self.channels.insert(channel);
        match channel {
            Channel::Interrupted => self.cut_short = true,
            Channel::Video | Channel::InPerson => self.cut_short = false,
            Channel::AudioOnly | Channel::NoCall => {}
        }
        if self.judged.is_empty() {
            self.first.insert(channel);
            self.first_cut = self.cut_short;
        }
    }

    fn judge(&mut self, event: &Event, at: At) {
        match event {
            Event::Graded { grade, reason, by, second_due, .. } => {
                let (grade, by, outdated) = (*grade, *by, false);
                self.graded = Some(Graded { grade, reason: reason.clone(), at, by, outdated });
                self.second = None;
                self.second_due = *second_due;
                self.reassess = None;
                self.judged.push(Judged { grade, reason: reason.clone(), at, by, agrees: None });
            }
            Event::SecondGraded { grade, reason, by, agrees } => {
                let (grade, reason, by) = (*grade, reason.clone(), *by);
                let judged = Judged { grade, reason, at, by, agrees: Some(*agrees) };
                self.second = Some(judged.clone());
                self.second_due = None;
                self.judged.push(judged);
            }
            _ => {}
        }
    }

    /// Whether it still goes on: not graded, or changed since.
    pub fn under_way(&self) -> bool {
        self.graded.as_ref().is_none_or(|graded| graded.outdated)
    }

    /// Whether it was made with these questions.
    pub fn is_of(&self, pack: &Instrument) -> bool {
        self.instrument == pack.name && self.version == pack.version
    }

    /// Whether nobody saw her in the first assessment: by voice for some or all of it, cut short
    /// and not taken up again, or outside any call and not at the door.
    pub fn unseen(&self) -> bool {
        let has = |channel| self.first.contains(&channel);
        let seen = has(Channel::Video) || has(Channel::InPerson);
        has(Channel::AudioOnly) || self.first_cut || !seen
    }

    /// The grade that stands: the second where there is one.
    pub fn standing(&self) -> Option<Grade> {
        let second = self.second.as_ref().map(|second| second.grade);
        second.or_else(|| self.graded.as_ref().map(|graded| graded.grade))
    }

    /// Whether the two who graded it do not agree.
    pub fn disagrees(&self) -> bool {
        self.second.as_ref().is_some_and(|second| second.agrees == Some(false))
    }

    /// Who gave the officers' grades since the last second one: none of them gives the next.
    pub fn authors(&self) -> impl Iterator<Item = StaffId> {
        let waiting = self.judged.iter().rev().skip_while(|one| one.agrees.is_some());
        waiting.take_while(|one| one.agrees.is_none()).filter_map(|one| one.by)
    }

    /// Who made the very first assessment.
    pub fn first_by(&self) -> Option<StaffId> {
        self.judged.first().and_then(|one| one.by)
    }

    /// What contradicts, and has not been acknowledged since either answer last changed.
    pub fn contrary<'a>(&self, pack: &'a Instrument) -> Vec<Contrary<'a>> {
        let changed = |id: &str| self.answers.get(id).map_or(0, |kept| kept.seq);
        let open = |one: &Contrary<'_>| {
            let last = one.questions.iter().map(|id| changed(id)).max().unwrap_or_default();
            self.acknowledged.get(&one.id).is_none_or(|seq| *seq < last)
        };
        pack.contrary(&self.values()).into_iter().filter(open).collect()
    }

    /// Questions that have an answer of hers.
    pub fn answered(&self) -> u32 {
        let given = self.answers.values().filter(|kept| matches!(kept.given, Given::Value(_)));
        given.count() as u32
    }

    /// Question to code, as far as known.
    pub fn values(&self) -> BTreeMap<&str, &str> {
        self.answers
            .iter()
            .filter_map(|(id, kept)| match &kept.given {
                Given::Value(value) => value.known().map(|code| (id.as_str(), code.as_str())),
                Given::Declined {} | Given::Unable {} | Given::NotAsked {} => None,
            })
            .collect()
    }
}
