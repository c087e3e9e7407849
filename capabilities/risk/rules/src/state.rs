//! What stands now.

use crate::event::{Channel, Event, Given, Grade};
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
    /// Whether answers changed after it.
    pub outdated: bool,
}

/// An assessment under way or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The pack's name.
    pub instrument: String,
    /// Its version.
    pub version: u32,
    /// How it was made: everything that was ever true of it.
    pub channels: BTreeSet<Channel>,
    /// Last answers by question.
    pub answers: BTreeMap<String, Kept>,
    /// When an answer was last kept.
    pub kept_at: At,
    /// The grade, once given.
    pub graded: Option<Graded>,
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

    pub(crate) fn after(self, event: &Event, at: At) -> Self {
        match (self, event) {
            (Self::NotStarted, Event::AssessmentStarted { instrument, version, channel }) => {
                Self::Started(Box::new(Assessment {
                    instrument: instrument.clone(),
                    version: *version,
                    channels: BTreeSet::from([*channel]),
                    answers: BTreeMap::new(),
                    kept_at: at,
                    graded: None,
                }))
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
        match event {
            Event::AssessmentStarted { .. } => {}
            Event::Answered { question, given, note } => {
                let kept = Kept { given: given.clone(), note: note.clone(), at };
                self.answers.insert(question.clone(), kept);
                self.kept_at = at;
                if let Some(graded) = &mut self.graded {
                    graded.outdated = true;
                }
            }
            Event::ChannelMarked { channel } => {
                self.channels.insert(*channel);
            }
            Event::Graded { grade, reason, .. } => {
                let (grade, reason) = (*grade, reason.clone());
                self.graded = Some(Graded { grade, reason, at, outdated: false });
            }
        }
    }

    /// Whether it still goes on: not graded, or changed since.
    pub fn under_way(&self) -> bool {
        self.graded.as_ref().is_none_or(|graded| graded.outdated)
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
