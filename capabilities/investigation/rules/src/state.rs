//! What stands now.

use crate::event::{Event, OffenceCode, PersonSaid, Role, Section, Source, Way};
use kernel::id::StaffId;
use kernel::{At, Personal};
use std::collections::BTreeMap;

/// One paragraph of the account and when it was first written.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// When its place was first filled.
    pub at: At,
    /// What it says now.
    pub text: Personal<String>,
}

/// Crime or not.
#[derive(Clone, Debug, PartialEq)]
pub enum Classified {
    /// Recorded as a crime.
    Crime {
        /// Which, in words.
        offence: Personal<String>,
        /// Why.
        reason: Personal<String>,
        /// Which, by the force's table.
        code: Option<OffenceCode>,
        /// When it happened or began.
        since: Option<At>,
        /// When it ended.
        until: Option<At>,
    },
    /// Not.
    NonCrime {
        /// Why not.
        reason: Personal<String>,
    },
}

/// A decision, and when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// When.
    pub at: At,
    /// What.
    pub classified: Classified,
    /// What came of the crime, oldest first; the last counts.
    pub outcomes: Vec<Outcome>,
}

/// What came of a crime, and when that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// When.
    pub at: At,
    /// The code.
    pub code: String,
    /// The table's version.
    pub table: u32,
    /// Why.
    pub note: Personal<String>,
}

/// The statement and every version that she was asked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// What stands in it.
    pub sections: BTreeMap<Section, Personal<String>>,
    /// When it was last kept.
    pub kept_at: Option<At>,
    /// What she was asked about, oldest first: number 1 stands first.
    pub versions: Vec<Version>,
}

/// One version, as it stood when she was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When she was asked.
    pub at: At,
    /// How.
    pub way: Way,
    /// What stood in it.
    pub sections: BTreeMap<Section, Personal<String>>,
    /// SHA-256 of its text, in hex.
    pub digest: Personal<String>,
    /// What became of it.
    pub stands: Stands,
}

/// What became of a version.
#[derive(Clone, Debug, PartialEq)]
pub enum Stands {
    /// She has it before her.
    Offered,
    /// She said, at that time, that it is right.
    Acknowledged(At),
    /// She said, at that time, that something is wrong.
    Disputed(At, Personal<String>),
    /// She is not asked any more.
    TakenBack,
    /// She said that it is right, and it was changed afterwards.
    Voided {
        /// When she said so.
        said: At,
        /// When it was changed.
        at: At,
    },
}

/// A line of enquiry.
#[derive(Clone, Debug, PartialEq)]
pub struct Enquiry {
    /// When it was opened.
    pub at: At,
    /// What is to be found out.
    pub what: Personal<String>,
    /// Who does it.
    pub owner: Option<StaffId>,
    /// By when.
    pub due: At,
    /// How it ended.
    pub end: Option<EnquiryEnd>,
}

/// How a line of enquiry ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EnquiryEnd {
    /// When.
    pub at: At,
    /// Whether it was done; else dropped.
    pub done: bool,
    /// What was found, or why it was dropped.
    pub words: Personal<String>,
}

/// A suspect or a witness.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// As what.
    pub role: Role,
    /// What is known.
    pub said: Personal<PersonSaid>,
    /// Why not any more.
    pub removed: Option<Personal<String>>,
}

/// An exhibit.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    /// When it was put in.
    pub at: At,
    /// By whom.
    pub by: Option<StaffId>,
    /// Where it comes from.
    pub source: Source,
    /// What it is.
    pub name: Personal<String>,
    /// Where and how it was found.
    pub found: Personal<String>,
    /// SHA-256 of its bytes, in hex.
    pub digest: Personal<String>,
    /// Every change of hands, oldest first.
    pub moves: Vec<Moved>,
    /// Why not any more.
    pub withdrawn: Option<Personal<String>>,
}

/// A change of hands.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// When.
    pub at: At,
    /// Who says so.
    pub by: Option<StaffId>,
    /// To whom.
    pub to: Personal<String>,
    /// What for.
    pub reason: Personal<String>,
}

/// A hand-off to the records system.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOff {
    /// When.
    pub at: At,
    /// By when it should have been taken in.
    pub due: At,
    /// When it was taken in, by which system, under which reference.
    pub taken_in: Option<(At, String, Personal<String>)>,
}

/// The investigation of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The account.
    pub paragraphs: Vec<Paragraph>,
    /// When it was last kept.
    pub kept_at: Option<At>,
    /// Crime or not, once decided; the last decision counts.
    pub classified: Option<Classified>,
    /// Every decision, oldest first.
    pub decisions: Vec<Decision>,
    /// Since when a decision was owed, where nobody decided in time.
    pub missed: Option<At>,
    /// The statement.
    pub statement: Statement,
    /// Lines of enquiry by number.
    pub enquiries: BTreeMap<u32, Enquiry>,
    /// People by number.
    pub people: BTreeMap<u32, Person>,
    /// Exhibits by number.
    pub exhibits: BTreeMap<u32, Exhibit>,
    /// Hand-offs, oldest first.
    pub hand_offs: Vec<HandOff>,
    /// Whether anything of the case changed since the last one.
    pub changed: bool,
}

impl State {
    /// The account as one text; nothing where it was erased.
    pub fn account(&self) -> String {
        let known: Vec<_> =
            self.paragraphs.iter().filter_map(|one| one.text.known()).map(String::as_str).collect();
        known.join("\n\n")
    }

    /// What came of the crime as it is recorded now.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.decisions.last().and_then(|decision| decision.outcomes.last())
    }

    /// Bytes of all files that were handed in.
    pub fn file_bytes(&self) -> u64 {
        self.files().map(|(_, bytes)| bytes).sum()
    }

    /// Every file's object and length.
    pub fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.exhibits.values().filter_map(|one| match &one.source {
            Source::File { object, bytes, .. } => Some((object.as_str(), *bytes)),
            Source::Still { .. } | Source::Thing {} => None,
        })
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        self.changed |= event.is_of_case();
        match event {
            Event::AccountKept { from, removed, paragraphs } => {
                self.splice(*from as usize, *removed as usize, paragraphs, at);
                self.kept_at = Some(at);
            }
            Event::RecordedCrime { offence, reason, code, since, until } => {
                let (offence, reason) = (offence.clone(), reason.clone());
                let (code, since, until) = (code.clone(), *since, *until);
                self.decided(Classified::Crime { offence, reason, code, since, until }, at);
            }
            Event::RecordedNonCrime { reason } => {
                self.decided(Classified::NonCrime { reason: reason.clone() }, at);
            }
            Event::OutcomeRecorded { code, table, note } => {
                let (code, note) = (code.clone(), note.clone());
                if let Some(decision) = self.decisions.last_mut() {
                    decision.outcomes.push(Outcome { at, code, table: *table, note });
                }
            }
            Event::RecordingMissed { due } => self.missed = Some(*due),
            Event::HandedOff { due, .. } => {
                self.hand_offs.push(HandOff { at, due: *due, taken_in: None });
                self.changed = false;
            }
            Event::TakenIn { serial, reference, system } => {
                let place = (*serial as usize).saturating_sub(1);
                if let Some(one) = self.hand_offs.get_mut(place) {
                    one.taken_in = Some((at, system.clone(), reference.clone()));
                }
            }
            Event::FilesGone { .. } => {}
            event => {
                self.statement_after(event, at);
                self.enquiry_after(event, at);
                self.people_after(event);
                self.exhibit_after(event, at);
            }
        }
        self
    }

    fn decided(&mut self, classified: Classified, at: At) {
        self.classified = Some(classified.clone());
        self.decisions.push(Decision { at, classified, outcomes: vec![] });
    }

    /// What is rewritten keeps its first time; what is new has the time of now.
    fn splice(&mut self, from: usize, removed: usize, new: &[Personal<String>], at: At) {
        let from = from.min(self.paragraphs.len());
        let until = (from + removed).min(self.paragraphs.len());
        let times: Vec<At> = self.paragraphs[from..until].iter().map(|one| one.at).collect();
        let filled = new.iter().enumerate().map(|(place, text)| Paragraph {
            at: times.get(place).copied().unwrap_or(at),
            text: text.clone(),
        });
        let filled: Vec<_> = filled.collect();
        self.paragraphs.splice(from..until, filled);
    }
}

impl Event {
    /// Whether the records system would read something else after it than before.
    const fn is_of_case(&self) -> bool {
        !matches!(
            self,
            Self::HandedOff { .. }
                | Self::TakenIn { .. }
                | Self::RecordingMissed { .. }
                | Self::FilesGone { .. }
        )
    }
}
