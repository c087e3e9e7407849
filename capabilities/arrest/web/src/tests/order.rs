//! Notices, orders and bail: their clocks, and the decisions that they need.

use super::{house, names, promises};
use incident::IncidentId;
use kernel::{Role, time::hours};
use testkit::{START, TestApp};

async fn recorded(app: &TestApp, incident: IncidentId, form: &[(&str, &str)]) -> String {
    let mut whole = vec![("suspect", "Nobody Example"), ("terms", "Not to go there.")];
    whole.extend(form);
    let path = format!("/incidents/{incident}/orders");
    app.signed_in(Role::LocalOfficer).post(&path, &whole).await.redirect()
}

async fn happens(app: &TestApp, kind: &str, times: usize) {
    app.eventually(kind, async || {
        app.kinds().await.iter().filter(|one| *one == kind).count() == times
    })
    .await;
}

#[tokio::test]
async fn a_notice_warns_twice_alarms_and_waits_for_a_decision() {
    let (app, incident) = house().await;
    let local = app.signed_in(Role::LocalOfficer);
    let order = recorded(&app, incident, &[("of", "abuse_notice")]).await;
    let owed = promises(&app).await;
    assert_eq!(names(&owed), ["notice_court", "tell_victim"]);
    // Monday at nine to Wednesday at nine.
    assert_eq!(owed[0].1, START.plus(hours(48)).0);
    app.clock.advance(hours(36));
    happens(&app, "order.warned.v1", 1).await;
    app.clock.advance(hours(10));
    happens(&app, "order.warned.v1", 2).await;
    let late = [("court_at", "2025-11-05T11:00"), ("apply_reason", "For an order.")];
    let refused = local.post(&format!("{order}/applied"), &late).await.expect(422);
    assert!(refused.says("within 48 hours") && refused.says("For an order."));
    let past = [("court_at", "2025-11-03T11:00"), ("apply_reason", "For an order.")];
    assert!(local.post(&format!("{order}/applied"), &past).await.expect(422).says("has passed"));
    app.clock.advance(hours(2));
    // The telling was due the evening before, the court this morning.
    happens(&app, "order.ran_over.v1", 2).await;
    assert!(local.get("/arrests").await.says("run out without a decision"));
    assert!(local.get(&order).await.says("The time to the court is over"));
    assert_eq!(names(&promises(&app).await), ["notice_court", "tell_victim"]);
    let ended = [("ended_as", "refused"), ("end_reason", "The court was not asked in time.")];
    local.post(&format!("{order}/ended"), &ended).await.redirect();
    let close = [("x", "")];
    assert!(local.post(&format!("{order}/closed"), &close).await.expect(422).says("Tell her"));
    local.post(&format!("{order}/told"), &[("told_how", "in_person")]).await.redirect();
    local.post(&format!("{order}/closed"), &close).await.redirect();
    assert!(promises(&app).await.is_empty());
    assert!(!local.get("/arrests").await.says("run out without a decision"));
}

#[tokio::test]
async fn an_order_warns_a_week_and_a_day_before_its_end_and_alarms_after_it() {
    let (app, incident) = house().await;
    let local = app.signed_in(Role::LocalOfficer);
    let form = [("of", "violence_order"), ("ends_on", "2025-11-20")];
    let order = recorded(&app, incident, &form).await;
    local.post(&format!("{order}/told"), &[("told_how", "in_person")]).await.redirect();
    assert_eq!(names(&promises(&app).await), ["order_end"]);
    for (days, kind, times) in
        [(11, "order.warned.v1", 1), (6, "order.warned.v1", 2), (1, "order.ran_over.v1", 1)]
    {
        app.clock.advance(hours(24 * days));
        happens(&app, kind, times).await;
    }
    assert!(local.get(&order).await.says("nobody has decided what follows"));
    let extend = [
        ("until", "2025-12-20"),
        ("authority", "court"),
        ("decided_at", ""),
        ("extend_reason", "She asks for it."),
    ];
    assert!(local.post(&format!("{order}/extended"), &extend).await.expect(422).says("cannot be"));
    let breach = [("breached_at", ""), ("breach_reason", "He rang her.")];
    local.post(&format!("{order}/breached"), &breach).await.redirect();
    assert!(local.get(&order).await.says("He rang her."));
    assert_eq!(names(&promises(&app).await), ["order_end", "tell_victim"]);
}

#[tokio::test]
async fn a_form_that_is_refused_names_the_field_and_keeps_what_was_typed() {
    let (app, incident) = house().await;
    let local = app.signed_in(Role::LocalOfficer);
    let path = format!("/incidents/{incident}/orders");
    let page = local.get(&path).await.expect(200);
    assert!(page.says("Nothing is recorded"));
    for (of, ends_on, words) in [
        ("", "", "Choose what it is"),
        ("violence_order", "2025-11-05", "14 to 28 days"),
        ("bail", "", "on which day it ends"),
        ("bail", "2026-02-04", "three months"),
        ("restraining", "", "nothing stands here unwatched"),
        ("restraining", "2025-11-01", "It would end before it starts"),
        ("restraining", "yesterday", "Enter a day"),
    ] {
        let form = [
            ("of", of),
            ("ends_on", ends_on),
            ("suspect", "Nobody Example"),
            ("terms", "Not to go to Example Road."),
        ];
        let refused = local.post(&path, &form).await.expect(422);
        assert!(refused.says(words), "{of} {ends_on}: {}", refused.body);
        assert!(refused.says("Not to go to Example Road."));
    }
    let kinds = app.kinds().await;
    assert!(!kinds.iter().any(|kind| kind.starts_with("order.")));
}

#[tokio::test]
async fn a_review_that_is_due_is_warned_of_and_kept() {
    let (app, incident) = house().await;
    let local = app.signed_in(Role::LocalOfficer);
    let form = [("of", "non_molestation"), ("review_on", "2025-11-10")];
    let order = recorded(&app, incident, &form).await;
    assert_eq!(names(&promises(&app).await), ["order_review", "tell_victim"]);
    let reviewed = [("review_note", "Still needed."), ("review_on", "")];
    let refused = local.post(&format!("{order}/reviewed"), &reviewed).await.expect(422);
    assert!(refused.says("nothing stands here unwatched"));
    let reviewed = [("review_note", "Still needed."), ("review_on", "2026-05-10")];
    local.post(&format!("{order}/reviewed"), &reviewed).await.redirect();
    assert!(local.get(&order).await.says("Still needed."));
}
