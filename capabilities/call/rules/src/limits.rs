//! Every number of a call's rules, with its reason.

use kernel::time::minutes;
use std::time::Duration;

/// How long a link may lie unopened. Long enough for a slow network and a hidden phone, short
/// enough that whoever finds the message later finds nothing.
pub const INVITATION_LIVES: Duration = minutes(15);
/// Invitations in one call: her link a few times over, an interpreter, an advocate, a supervisor.
pub const INVITATIONS_MAX: usize = 20;
/// Devices that may wait on one link, one after another; past it somebody is playing with it.
pub const DEVICES_WAITING_MAX: u32 = 5;
/// Characters of one written message: what fits on a phone without scrolling, twice over.
pub const TEXT_CHARS_MAX: usize = 1000;
/// Written messages in one call.
pub const TEXTS_MAX: u32 = 1000;
/// Characters of a marker's label: a line.
pub const LABEL_CHARS_MAX: usize = 200;
/// Markers in one call.
pub const MARKERS_MAX: u32 = 500;
/// Characters of a provider's reason code.
pub const REASON_CHARS_MAX: usize = 60;
/// A second silent signal within this time is the same one: a frightened thumb taps on.
pub const SAME_SIGNAL: Duration = Duration::from_secs(10);
/// Characters of a text that she is asked to read: about ten pages, and what one small answer to
/// her page carries.
pub const READING_CHARS_MAX: usize = 20_000;
/// Texts that she is asked to read in one call.
pub const READINGS_MAX: u32 = 50;
