//! A text that she reads on her own screen and says whether it is right. It stands there only
//! while she is safe and alone: a page that stays on a screen can be read over a shoulder. Reading
//! it aloud is the other way, and needs nothing of this.

use crate::event::{Event, Guest};
use crate::state::{Progress, Safety};
use crate::{InvitationId, Participant, ReadingId, Refusal, limits};

type Decision = Result<Vec<Event>, Refusal>;

impl Progress {
    /// Whether nobody but her can read what is on her screen, as far as she said.
    pub const fn reads_alone(&self) -> bool {
        matches!(self.safety, Safety::Answered { safe: true, alone: true })
    }

    /// The text that may stand on the screen of this invitation's guest now.
    pub fn reading_of(&self, invitation: InvitationId) -> Option<ReadingId> {
        let one = self.invitations.get(&invitation)?;
        let hers = one.guest == Guest::Victim && one.lobby.admitted() && !one.link.left();
        self.reading.filter(|_| hers && self.reads_alone())
    }

    pub(crate) fn offer_reading(&self, reading: ReadingId, text: String) -> Decision {
        if !self.about.leaves_traces() {
            return Err(Refusal::NoReading);
        }
        if !self.is_there(Participant::Victim) {
            return Err(Refusal::NotInRoom);
        }
        if !self.reads_alone() {
            return Err(Refusal::NotAlone);
        }
        if self.reading.is_some() {
            return Err(Refusal::ReadingAlready);
        }
        if self.readings >= limits::READINGS_MAX {
            return Err(Refusal::TooMany);
        }
        if text.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        // Kept to the letter: whoever asked holds the digest of this very text.
        if text.chars().count() > limits::READING_CHARS_MAX {
            return Err(Refusal::TooLong);
        }
        Ok(vec![Event::ReadingOffered { reading, text: text.into() }])
    }

    pub(crate) fn take_reading_back(&self, reading: ReadingId) -> Decision {
        if self.reading == Some(reading) {
            return Ok(vec![Event::ReadingTakenBack { reading }]);
        }
        Ok(vec![])
    }

    /// What leaves her screen by itself, e.g. because she leaves.
    pub(crate) fn reading_gone(&self) -> Option<Event> {
        self.reading.map(|reading| Event::ReadingTakenBack { reading })
    }

    /// The guest was found to be acting for herself.
    pub(crate) fn answer_reading(
        &self,
        invitation: InvitationId,
        reading: ReadingId,
        right: bool,
        words: &str,
    ) -> Decision {
        if self.reading_of(invitation) != Some(reading) {
            return Err(Refusal::NothingToRead);
        }
        let words = words.trim();
        if words.chars().count() > limits::TEXT_CHARS_MAX {
            return Err(Refusal::TooLong);
        }
        let words = words.to_owned().into();
        Ok(vec![Event::ReadingAnswered { invitation, reading, right, words }])
    }
}
