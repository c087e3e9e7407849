//! Everything that a rehearsal saw, before it becomes figures.

use crate::Played;
use crate::forgetting::Forgotten;
use crate::recording::Judged;
use crate::weekend::Weekend;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Call by call.
    pub played: Vec<Played>,
    /// Recording by recording.
    pub recordings: Vec<Judged>,
    /// The server's processor time while the calls were going on.
    pub cpu_seconds: Option<f64>,
    /// The most memory it held at once.
    pub rss_mib: Option<f64>,
    /// What became of the disclosures and their recordings, where there were any.
    pub forgotten: Option<Forgotten>,
    /// What became of a weekend, where there was one.
    pub weekend: Option<Weekend>,
}
