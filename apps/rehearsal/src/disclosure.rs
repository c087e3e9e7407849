//! One application, the whole way: the public page, the checks, the decision of two people, the
//! disclosure by video with its recording, or the neutral answer.

use crate::applicant;
use crate::caller::Caller;
use crate::discloser::Desk;
use crate::forgetting::Clock;
use crate::{Judged, Stage, Stumble, limits, recording};

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// What became of one application. Times are the service's own, in seconds.
#[derive(Clone, Debug, Default)]
pub struct Disclosed {
    /// The call in which she was told, once it was opened.
    pub call: Option<String>,
    /// When she began to apply.
    pub applied_at: Option<i64>,
    /// She was told by video, to the end; and when.
    pub made_at: Option<i64>,
    /// It ended without a disclosure, with the neutral answer.
    pub ended_without: bool,
    /// The recording, while it was kept.
    pub recording: Judged,
    /// When its page and its file said that they are gone.
    pub gone_at: Option<i64>,
    /// What went wrong first, without a word about anybody.
    pub stumble: Option<String>,
}

impl Disclosed {
    /// Whether she was told in the time that the scheme allows.
    pub fn within_scheme(&self) -> bool {
        within(self.applied_at, self.made_at, limits::SCHEME_DAYS)
    }

    /// Whether the recording played, and then was gone in time.
    pub fn dropped_in_time(&self) -> bool {
        self.recording.playable() && within(self.made_at, self.gone_at, limits::RECORDING_DAYS)
    }
}

fn within(from: Option<i64>, to: Option<i64>, days: i64) -> bool {
    from.zip(to).is_some_and(|(from, to)| to - from <= days * DAY)
}

/// Whether whoever applies at this place is told: one of four is not.
pub(crate) const fn is_told(place: u32) -> bool {
    place % 4 != 1
}

/// Plays the application at this place.
pub(crate) async fn play(stage: &Stage, clock: &Clock, desk: &Desk, place: u32) -> Disclosed {
    let mut disclosed = Disclosed::default();
    if let Err(stumble) = attempt(stage, clock, desk, place, &mut disclosed).await {
        disclosed.stumble = Some(format!("disclosure: {stumble}"));
    }
    disclosed
}

async fn attempt(
    stage: &Stage,
    clock: &Clock,
    desk: &Desk,
    place: u32,
    disclosed: &mut Disclosed,
) -> Result<(), Stumble> {
    let number = stage.number(place);
    disclosed.applied_at = Some(clock.now().await?);
    let id = applicant::apply(&stage.site, &number).await?;
    desk.decide(&id, is_told(place)).await?;
    if !is_told(place) {
        desk.close(&id).await?;
        disclosed.ended_without = true;
        return Ok(());
    }
    let caller = Caller::with(&stage.site, &number).await?;
    let call = desk.offer(&id, &number).await?;
    disclosed.call = Some(call.clone());
    let (hers, theirs) = tokio::join!(caller.play(stage), desk.disclose((&id, &call), stage));
    // The first of two is usually the cause of the other.
    let told = theirs?;
    hers?;
    disclosed.made_at = Some(clock.now().await?);
    let lasted = told.finished.saturating_duration_since(told.face);
    disclosed.recording = recording::judge(&desk.officer, &page(&call), lasted).await;
    Ok(())
}

/// The page of such a call.
pub(crate) fn page(call: &str) -> String {
    format!("/disclosures/calls/{call}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disclosure_and_a_recording_are_in_time_up_to_the_last_day() {
        let mut one = Disclosed { applied_at: Some(0), ..Disclosed::default() };
        assert!(!one.within_scheme(), "who was never told was not told in time");
        one.made_at = Some(28 * DAY);
        assert!(one.within_scheme() && !one.dropped_in_time());
        one.recording.found = true;
        one.gone_at = Some(58 * DAY);
        assert!(one.dropped_in_time());
        one.gone_at = Some(58 * DAY + 1);
        one.made_at = Some(28 * DAY + 2);
        assert!(one.dropped_in_time() && !one.within_scheme());
        one.made_at = Some(28 * DAY);
        assert!(!one.dropped_in_time());
    }
}
