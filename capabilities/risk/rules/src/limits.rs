//! Every number, with its reason.

use std::time::Duration;

/// Characters of a note to one answer: a few sentences.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Characters of the reason for a grade: a page.
pub const REASON_CHARS_MAX: usize = 4_000;
/// Questions of a pack, and so answers in one keep: more than anyone can be asked in a call.
pub const ANSWERS_MAX: usize = 200;
/// Characters of an id in a pack: a few words.
pub const ID_CHARS_MAX: usize = 40;
/// Bytes of a pack: two hundred questions in four languages, with room to spare.
pub const PACK_BYTES_MAX: usize = 512 * 1024;
/// Times that somebody was noted within earshot: more than doors open in a call.
pub const EARSHOT_MAX: usize = 200;
/// How far ahead of ours the clock may be by which a visit was noted.
pub const AHEAD_MAX: Duration = Duration::from_secs(5 * 60);
