//! What stands now.

use crate::event::Event;
use kernel::{At, Personal};

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
        /// Which.
        offence: Personal<String>,
        /// Why.
        reason: Personal<String>,
    },
    /// Not.
    NonCrime {
        /// Why not.
        reason: Personal<String>,
    },
}

/// The investigation of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The account.
    pub paragraphs: Vec<Paragraph>,
    /// When it was last kept.
    pub kept_at: Option<At>,
    /// Crime or not, once decided; the last decision counts and all are kept.
    pub classified: Option<Classified>,
}

impl State {
    /// The account as one text; nothing where it was erased.
    pub fn account(&self) -> String {
        let known: Vec<_> =
            self.paragraphs.iter().filter_map(|one| one.text.known()).map(String::as_str).collect();
        known.join("\n\n")
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::AccountKept { from, removed, paragraphs } => {
                self.splice(*from as usize, *removed as usize, paragraphs, at);
                self.kept_at = Some(at);
            }
            Event::RecordedCrime { offence, reason } => {
                let (offence, reason) = (offence.clone(), reason.clone());
                self.classified = Some(Classified::Crime { offence, reason });
            }
            Event::RecordedNonCrime { reason } => {
                self.classified = Some(Classified::NonCrime { reason: reason.clone() });
            }
        }
        self
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
