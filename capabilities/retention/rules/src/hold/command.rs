//! What can be asked of a hold. What the key store knows comes with the question.

use super::event::Ground;
use crate::subject::Subject;
use kernel::Day;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Propose that these are kept past their day.
    Propose { subjects: Vec<Subject>, ground: Ground, reason: String, review_on: Day },
    /// Be the second person; `subjects` are the same things as they are now.
    Confirm { subjects: Vec<Subject> },
    /// Say no, or take one's own proposal back.
    Decline { reason: String },
    /// Look at it again, and keep it on until then.
    Review { review_on: Day, reason: String },
    /// Propose that it ends.
    ProposeEnd { reason: String },
    /// Be the second person for what was asked: to keep it on, or to end it.
    ConfirmAsked,
    /// Take back, or say no to, what was asked.
    DropAsked,
    /// Its review date passed and nobody looked. Sightline itself asks, every day.
    NoteReviewMissed,
    /// The key is wrapped again. Sightline itself says so.
    NoteKept { key: String },
    /// The key's day came first. Sightline itself says so.
    NoteFailed { key: String },
    /// The wrapping is gone. Sightline itself says so.
    NoteLetGo { key: String },
}
