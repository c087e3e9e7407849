//! One request from the team's side, to its end.

use super::{asked, house, names, promises};
use kernel::{Role, time::hours};
use testkit::START;

#[tokio::test]
async fn a_team_takes_it_tries_twice_hands_over_arrests_and_she_is_told_first() {
    let (app, incident) = house().await;
    let one = asked(&app, incident, "high").await;
    let hub = app.signed_in(Role::Responder);
    let local = app.signed_in(Role::LocalOfficer);
    let to = |part: &str| format!("{one}/{part}");
    assert!(local.post(&to("take"), &[("x", "")]).await.expect(422).says("Assign it to one"));
    hub.post(&to("assign"), &[("team", "north"), ("assign_note", "Two officers.")])
        .await
        .redirect();
    local.post(&to("take"), &[("x", "")]).await.redirect();
    let attempt = [
        ("tried_at", "2025-11-03T08:40"),
        ("place", "1 Example Road"),
        ("tried_what", "A light was on."),
        ("result", "nobody_in"),
    ];
    assert!(
        local
            .post(&to("attempts"), &attempt[..3].to_vec())
            .await
            .expect(422)
            .says("how the attempt")
    );
    local.post(&to("attempts"), &attempt).await.redirect();
    let why = [("hand_team", "south"), ("hand_reason", "The shift ends.")];
    local.post(&to("hand-over"), &why).await.redirect();
    local.post(&to("take"), &[("x", "")]).await.redirect();
    local.post(&to("attempts"), &attempt).await.redirect();
    assert_eq!(names(&promises(&app).await), ["attempt"]);
    local.post(&to("circulate"), &[("wanted_reference", "EX/1")]).await.redirect();
    let made = [("made_at", "2025-11-03T08:55"), ("made_place", "2 Example Road")];
    local.post(&to("arrested"), &made).await.redirect();
    let owed = promises(&app).await;
    assert_eq!(names(&owed), ["tell_victim"]);
    // By the end of Tuesday.
    assert_eq!(owed[0].1, START.plus(hours(39)).0);
    let charge = [("outcome", "charge"), ("court_at", "2025-11-02T10:00")];
    assert!(local.post(&to("outcome"), &charge).await.expect(422).says("This one has passed"));
    let charge = [("outcome", "charge"), ("court_at", "2025-12-02T10:00")];
    local.post(&to("outcome"), &charge).await.redirect();
    let close = [("x", "")];
    assert!(local.post(&to("closed"), &close).await.expect(422).says("Tell her first"));
    local.post(&to("telling-tried"), &[("tried_note", "No answer.")]).await.redirect();
    assert_eq!(names(&promises(&app).await), ["tell_victim"]);
    local.post(&to("told"), &[("told_how", "telephone"), ("told_note", "")]).await.redirect();
    assert!(promises(&app).await.is_empty());
    assert!(local.post(&to("closed"), &close).await.expect(422).says("Cancel the circulation"));
    local.post(&to("circulation-cancelled"), &[("cancel_reason", "Arrested.")]).await.redirect();
    local.post(&to("closed"), &close).await.redirect();
    let before = app.consultations().await;
    let page = local.get(&one).await.expect(200);
    assert!(page.says("South local policing team") && page.says("Charged or summonsed"));
    assert!(page.says("A light was on.") && page.says("The shift ends."));
    assert_eq!(app.consultations().await, before + 1, "the read leaves its trace");
}

#[tokio::test]
async fn bail_becomes_an_order_of_its_own_and_one_word_to_her_covers_both() {
    let (app, incident) = house().await;
    let one = asked(&app, incident, "medium").await;
    let local = app.signed_in(Role::LocalOfficer);
    let to = |part: &str| format!("{one}/{part}");
    local
        .post(&to("attended"), &[("came_at", ""), ("came_place", "Example Station")])
        .await
        .redirect();
    let mut bail = vec![("outcome", "bail"), ("bail_terms", "Not to go to Example Road.")];
    assert!(local.post(&to("outcome"), &bail).await.expect(422).says("on which day bail ends"));
    bail.push(("bail_ends", "2026-02-04"));
    assert!(local.post(&to("outcome"), &bail).await.expect(422).says("three months"));
    bail[2] = ("bail_ends", "2026-01-30");
    bail.push(("bail_review", "2025-12-01"));
    local.post(&to("outcome"), &bail).await.redirect();
    app.eventually("the order is there", async || names(&promises(&app).await).len() == 4).await;
    let owed = promises(&app).await;
    assert_eq!(names(&owed), ["bail_end", "bail_review", "tell_victim", "tell_victim"]);
    let page = local.get(&format!("/incidents/{incident}/orders")).await.expect(200);
    assert!(page.says("Bail conditions") && page.says("Nobody Example"));
    local.post(&to("told"), &[("told_how", "video")]).await.redirect();
    app.eventually("the order knows it too", async || {
        names(&promises(&app).await) == ["bail_end", "bail_review"]
    })
    .await;
    local.post(&to("outcome"), &[("outcome", "no_further_action")]).await.redirect();
    let close = [("x", "")];
    assert!(local.post(&to("closed"), &close).await.expect(422).says("Tell her first"));
}

#[tokio::test]
async fn an_attempt_that_nobody_makes_and_a_telling_that_is_late_are_in_the_record() {
    let (app, incident) = house().await;
    let one = asked(&app, incident, "high").await;
    app.clock.advance(hours(4));
    app.eventually("nobody tried", async || {
        app.kinds().await.contains(&"arrest.attempt_missed.v1".to_owned())
    })
    .await;
    let local = app.signed_in(Role::LocalOfficer);
    let made = [("made_at", ""), ("made_place", "2 Example Road")];
    local.post(&format!("{one}/arrested"), &made).await.redirect();
    app.clock.advance(hours(48));
    app.eventually("she was not told", async || {
        app.kinds().await.contains(&"arrest.telling_missed.v1".to_owned())
    })
    .await;
    let page = local.get(&one).await.expect(200);
    assert!(page.says("She was not told in time") && page.says("Nobody tried in time"));
}
