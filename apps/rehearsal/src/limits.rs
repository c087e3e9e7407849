//! How many, how long, how often; each number with its reason.

use std::time::Duration;

/// Calls at once: one officer each, and a demonstration makes as many accounts.
pub const CALLS_MAX: u32 = 64;
/// Seconds of a call: a rehearsal is no endurance test, and its recording is read into memory.
pub const SECONDS_MAX: u32 = 600;
/// Disclosures of a rehearsal: more than a large force makes in a week.
pub const DISCLOSURES_MAX: u32 = 64;
/// Incidents of a weekend: ten times what a large force answers by video in one, and as many
/// telephones as nobody has.
pub const WEEKEND_MAX: u32 = 800;
/// Incidents at once: a control room with as many desks.
pub(crate) const WEEKEND_LANES: usize = 8;
/// Looks at a board that must all be the same before it counts as still.
pub(crate) const STILL: u32 = 8;
/// Looks after which a board that is never still is given up: three minutes.
pub(crate) const SETTLED: u32 = 900;
/// Officers of the scheme at once: each has a call, and a machine of two cores carries them.
pub(crate) const DISCLOSERS: u32 = 4;
/// How long an applicant goes on when the public page says that too many came: it counts by the
/// minute.
pub(crate) const ASK_BUSY: Duration = Duration::from_secs(150);
/// Steps of one telling: twice the script and everything beside it.
pub(crate) const TELLING_STEPS: usize = 40;
/// What the scheme allows from the application to the disclosure.
pub(crate) const SCHEME_DAYS: i64 = 28;
/// What the recording of a disclosure may live.
pub(crate) const RECORDING_DAYS: i64 = 30;
/// How long the service may take to let go what is due, and to search every file for residue.
pub(crate) const FORGOTTEN: Duration = Duration::from_secs(180);
/// Between one report and the next. Nobody's telephones ring in the same instant; ten a second
/// is a hundred times a large force's rate.
pub(crate) const REPORTS_APART: Duration = Duration::from_millis(100);
/// One request: the server's own limit is shorter.
pub(crate) const REQUEST: Duration = Duration::from_secs(30);
/// How often a waiting actor looks again: below what a person notices.
pub(crate) const LOOK: Duration = Duration::from_millis(200);
/// How long the text message may take.
pub(crate) const MESSAGE: Duration = Duration::from_secs(30);
/// How long somebody may wait in the lobby.
pub(crate) const LOBBY: Duration = Duration::from_secs(60);
/// How long the first picture may take.
pub(crate) const FACE: Duration = Duration::from_secs(30);
/// How long the end of a call may take to reach the caller.
pub(crate) const GOODBYE: Duration = Duration::from_secs(30);
/// How long the last segments and their journal entries may take.
pub(crate) const RECORDED: Duration = Duration::from_secs(30);
/// How long a fresh server may take to be ready: two cores that are busy compiling.
pub(crate) const READY: Duration = Duration::from_secs(60);
/// How long it may take to shut, checkpoints and write-ahead log included.
pub(crate) const SHUT: Duration = Duration::from_secs(20);
/// How much a recording may be shorter than the call: its last, unfinished segment, and the
/// second that the first key frame may take.
pub(crate) const RECORDING_SHORT: Duration = Duration::from_secs(3);
/// How often memory is looked at.
pub(crate) const MEMORY: Duration = Duration::from_millis(500);
/// Bytes of one recording that are fetched at once.
pub(crate) const RANGE: u64 = 512 * 1024;
/// Bytes of one recording: ten minutes of two people at 2 Mbit/s each.
pub(crate) const RECORDING_BYTES: u64 = 320 * 1024 * 1024;
/// Calls at once on a demonstration that is alive: enough to see the boards move, and an officer
/// who plays still finds a free desk.
pub(crate) const ALIVE: u32 = 2;
/// What the service promises: face to face within a second of the link being opened.
pub const FACE_PROMISE_MS: u64 = 1000;
/// Sizes of the rehearsals that `bench` plays, one after the other, until the promise breaks.
pub const LADDER: [u32; 12] = [1, 2, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64];
/// Seconds of each call on the ladder: long enough that all of them are up at once.
pub const LADDER_SECONDS: u32 = 12;
/// No new size is begun after this.
pub const LADDER_TIME: Duration = Duration::from_secs(8 * 60);
