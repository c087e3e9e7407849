//! Every number, with its reason.

/// Characters of anything written: a page.
pub const WORDS_CHARS_MAX: usize = 4_000;
/// Actions of one plan: years of them.
pub const ACTIONS_MAX: usize = 200;
/// Programmes of one plan: more than anybody is sent on.
pub const PROGRAMMES_MAX: usize = 20;
/// Sessions of one programme: two a week for a year.
pub const SESSIONS_MAX: u32 = 104;
/// Conditions of one plan; each has a clock of its own.
pub const CONDITIONS_MAX: usize = 12;
/// Days that anything may lie ahead: a programme and a caution end within two years.
pub const AHEAD_DAYS_MAX: u64 = 731;
