//! Who is in the rooms, compared with what the calls believe. The host's events say it sooner;
//! but they pass through a channel that loses some when the journal is slow, and a call that
//! believes somebody there whose connection is gone would never say so. Decides nothing: what
//! differs twice in a row is told as the event would have told it.

use call::{Call, CallId, Participant, Progress};
use engine::{Engine, Fault};
use room_host::Present;
use std::collections::BTreeSet;
use std::time::Duration;

/// How often the two are compared. A difference counts when it is seen twice, so it is settled
/// in half a minute; shorter, and a page that is being loaded again would be told of twice.
pub(crate) const EVERY: Duration = Duration::from_secs(10);

/// Somebody of whom room and call differ, and whether the room has them.
type Difference = (CallId, Participant, bool);

/// What is remembered between two looks.
#[derive(Default)]
pub(crate) struct Presence {
    /// Calls whose room was heard of and that were not seen finished.
    calls: BTreeSet<CallId>,
    /// What differed at the last look.
    doubted: BTreeSet<Difference>,
}

impl Presence {
    /// Something was heard of this room: its call is compared from now on.
    pub(crate) fn heard_of(&mut self, room: &str) {
        if let Ok(call) = room.parse() {
            self.calls.insert(call);
        }
    }

    /// Compares, and tells the calls what differed at the last look already.
    pub(crate) async fn compare(
        &mut self,
        engine: &Engine,
        present: &[Present],
    ) -> Result<(), Fault> {
        present.iter().for_each(|one| self.heard_of(&one.room));
        let mut found = BTreeSet::new();
        for call in self.calls.clone() {
            let (state, _) = engine.state::<Call>(&call.stream()).await?;
            if let Some(open) = state.open() {
                found.extend(differences(call, open, present));
            } else {
                self.calls.remove(&call);
            }
        }
        let doubted = std::mem::take(&mut self.doubted);
        for (call, participant, there) in found.intersection(&doubted).copied() {
            tracing::warn!(%call, there, "a call is told of somebody whose event was missed");
            let identity = participant.to_string();
            if there {
                call_web::note_joined(engine, call, &identity).await?;
            } else {
                call_web::note_lost(engine, call, &identity).await?;
            }
        }
        // What was told is looked at afresh.
        self.doubted = found.difference(&doubted).copied().collect();
        Ok(())
    }
}

fn differences(call: CallId, open: &Progress, present: &[Present]) -> BTreeSet<Difference> {
    let name = call.to_string();
    let in_room: BTreeSet<Participant> = present
        .iter()
        .filter(|one| *one.room == *name)
        .filter_map(|one| one.identity.parse().ok())
        .collect();
    let believed: BTreeSet<Participant> =
        open.room.keys().copied().filter(|one| open.is_there(*one)).collect();
    in_room
        .symmetric_difference(&believed)
        // The recorder has no connection that could be lost.
        .filter(|one| **one != Participant::Recorder)
        .map(|one| (call, *one, in_room.contains(one)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use call::{Command, Language};
    use engine::Caller;
    use testkit::TestApp;

    const CALL: CallId = CallId(0x51);

    async fn app_with_a_call() -> TestApp {
        let app = TestApp::new(vec![]).await;
        let (incident, offer) = ("0".repeat(31) + "3", CALL.to_string());
        let open = Command::Open {
            incident: incident.parse().unwrap(),
            offer: offer.parse().unwrap(),
            language: Language::En,
        };
        let (stream, caller) = (CALL.stream(), Caller::system());
        app.engine.execute::<Call>(&stream, open, &caller, None).await.unwrap();
        app
    }

    async fn believed(app: &TestApp) -> bool {
        let (state, _) = app.engine.state::<Call>(&CALL.stream()).await.unwrap();
        state.open().is_some_and(|open| open.is_there(Participant::Victim))
    }

    fn her() -> Vec<Present> {
        vec![Present { room: CALL.to_string().into(), identity: "victim".into() }]
    }

    #[tokio::test]
    async fn somebody_whose_event_was_missed_is_believed_at_the_second_look() {
        let app = app_with_a_call().await;
        let mut presence = Presence::default();
        presence.compare(&app.engine, &her()).await.unwrap();
        assert!(!believed(&app).await, "once may be an event that is on its way");
        presence.compare(&app.engine, &her()).await.unwrap();
        assert!(believed(&app).await);
    }

    #[tokio::test]
    async fn somebody_who_went_unheard_is_lost_at_the_second_look_and_seen_when_she_is_back() {
        let app = app_with_a_call().await;
        let mut presence = Presence::default();
        presence.heard_of(&CALL.to_string());
        call_web::note_joined(&app.engine, CALL, "victim").await.unwrap();
        presence.compare(&app.engine, &[]).await.unwrap();
        assert!(believed(&app).await);
        presence.compare(&app.engine, &[]).await.unwrap();
        assert!(!believed(&app).await);
        for _ in 0..2 {
            presence.compare(&app.engine, &her()).await.unwrap();
        }
        assert!(believed(&app).await);
        let kinds = app.kinds().await;
        assert!(kinds.iter().any(|kind| kind == "call.participant_returned.v1"), "{kinds:?}");
    }

    #[tokio::test]
    async fn what_agrees_again_at_the_second_look_is_not_told() {
        let app = app_with_a_call().await;
        let mut presence = Presence::default();
        call_web::note_joined(&app.engine, CALL, "victim").await.unwrap();
        let before = app.kinds().await;
        for present in [her(), vec![], her(), vec![], her()] {
            presence.compare(&app.engine, &present).await.unwrap();
        }
        assert_eq!(app.kinds().await, before);
    }

    #[tokio::test]
    async fn rooms_of_no_call_and_the_recorder_are_not_told_of() {
        let app = app_with_a_call().await;
        let before = app.kinds().await;
        let recorder = Present { room: CALL.to_string().into(), identity: "recorder".into() };
        let stray = Present { room: "elsewhere".into(), identity: "victim".into() };
        let never = Present { room: CallId(0x99).to_string().into(), identity: "victim".into() };
        let present = [recorder, stray, never];
        let mut presence = Presence::default();
        for _ in 0..3 {
            presence.compare(&app.engine, &present).await.unwrap();
        }
        assert_eq!(app.kinds().await, before);
    }
}
