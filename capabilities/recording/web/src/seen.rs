//! One playing is many requests. Who plays what is noted in the trail once in a while, and never
//! after a byte has left.

use axum::response::Response;
use call::CallId;
use kernel::At;
use kernel::id::StaffId;
use recording::RecordingId;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;
use ui::{Staff, View};

/// Requests for the same thing by the same person within this are one playing.
const ONE_PLAYING: Duration = Duration::from_secs(600);
/// Playings remembered; more than a force has screens.
const REMEMBERED: usize = 4_096;

type Playing = (StaffId, CallId, &'static str);

/// Playings noted lately.
#[derive(Default)]
pub(crate) struct Seen(Mutex<BTreeMap<Playing, At>>);

impl Seen {
    /// Notes that `staff` consults the recording of `call`, unless it was noted just now.
    pub(crate) async fn consulted(
        &self,
        staff: &Staff,
        view: &View,
        call: CallId,
        page: &'static str,
    ) -> Result<(), Response> {
        let (playing, now) = ((staff.who.id, call, page), view.now());
        if self.noted(playing, now) {
            return Ok(());
        }
        staff.consulted(view, &RecordingId::from(call).stream(), page).await?;
        let mut seen = self.0.lock().expect("no holder of this lock panics");
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(playing, now);
        Ok(())
    }

    fn noted(&self, playing: Playing, now: At) -> bool {
        let seen = self.0.lock().expect("no holder of this lock panics");
        seen.get(&playing).is_some_and(|at| *at <= now && now.since(*at) < ONE_PLAYING)
    }
}
