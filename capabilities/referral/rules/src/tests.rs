//! The rules of referrals, agencies and meetings, one sentence each.

mod agency;
mod conference;
mod referral;

#[test]
fn every_event_ever_stored_still_reads() {
    macro_rules! reads {
        ($event:ty: $($file:literal),+ $(,)?) => {$(
            let text = include_str!(concat!("../fossils/", $file, ".json"));
            let stored: serde_json::Value = serde_json::from_str(text).unwrap();
            let event: $event = serde_json::from_value(stored.clone()).unwrap();
            assert_eq!(serde_json::to_value(&event).unwrap(), stored, $file);
        )+};
    }
    reads!(crate::Event:
        "referral.requested.v1", "referral.requested.v1.clocks", "referral.sent.v1",
        "referral.seen.v1", "referral.accepted.v1", "referral.declined.v1",
        "referral.question_asked.v1", "referral.question_answered.v1",
        "referral.contact_tried.v1", "referral.engaged.v1", "referral.closed.v1",
        "referral.chased.v1", "referral.escalated.v1", "referral.withdrawn.v1",
    );
    reads!(crate::agency::Event:
        "agency.registered.v1", "agency.described.v1", "agency.kinds_set.v1",
        "agency.worker_added.v1", "agency.worker_removed.v1", "agency.key_issued.v1",
        "agency.keys_revoked.v1", "agency.webhook_set.v1", "agency.webhook_removed.v1",
        "agency.closed.v1", "agency.reopened.v1",
    );
    reads!(crate::conference::Event:
        "conference.planned.v1", "conference.case_listed.v1", "conference.case_taken_off.v1",
        "conference.minuted.v1", "conference.action_set.v1", "conference.action_done.v1",
        "conference.held.v1",
    );
}
