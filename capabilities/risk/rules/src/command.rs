//! What can be asked.

use crate::event::{Channel, Given, Grade};

/// One answer, as the page sends it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Which question.
    pub question: String,
    /// What became of it.
    pub given: Given,
    /// In words; may be empty.
    pub note: String,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Keep the answers as they stand on the page; only what changed is stored.
    Keep {
        /// The pack's name.
        instrument: String,
        /// Its version.
        version: u32,
        /// How the officer and she talk at this moment.
        channel: Channel,
        /// The page.
        answers: Vec<Answer>,
    },
    /// The call became less than face to face.
    MarkChannel { channel: Channel },
    /// The officer's grade; `questions` is how many the pack has.
    Grade { grade: Grade, reason: String, questions: u32 },
}
