//! Children on the panel, the board of schools, the bell as a cause, and the API.

use super::house;
use crate::notice_list;
use kernel::Role;
use serde_json::json;
use std::time::Duration;

const CHILD: [(&str, &str); 5] = [
    ("child_name", "Jude Example"),
    ("child_born", "2017-05-03"),
    ("child_school", "meadow_primary"),
    ("child_present", "yes"),
    ("child_voice", "I hid in the bath."),
];

#[tokio::test]
async fn a_child_on_the_plan_puts_the_school_on_the_board_until_somebody_there_knows() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    let board = officer.get("/safeguarding").await.expect(200);
    assert!(board.says("Every school knows"));
    officer.post(&format!("{path}/children"), &CHILD).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("Jude Example") && page.says("I hid in the bath."));
    let _ = app.kinds().await;
    let board = officer.get("/safeguarding").await.expect(200);
    assert!(board.says("Example Meadow Primary School") && board.says(&incident.reference()));
    assert!(!board.says("Jude"), "no child stands on the board");
    let bare = officer.post(&format!("{path}/told"), &[("child", "1")]).await.expect(422);
    assert!(bare.says("Choose how they were told"));
    let alone = [("child", "1"), ("told_how", "telephone"), ("spoke_with", " ")];
    let alone = officer.post(&format!("{path}/told"), &alone).await.expect(422);
    assert!(alone.says("Say whom you spoke with"));
    let told = [("child", "1"), ("told_how", "telephone"), ("spoke_with", "The key adult")];
    officer.post(&format!("{path}/told"), &told).await.redirect();
    let _ = app.kinds().await;
    let board = officer.get("/safeguarding").await.expect(200);
    assert!(board.says("Every school knows") && board.says("Before the bell"));
    let again = officer.post(&format!("{path}/told"), &told).await.expect(422);
    assert!(again.says("not owed any more"));
    app.stop().await;
}

#[tokio::test]
async fn a_child_that_cannot_be_is_refused_by_field_and_what_was_typed_stays() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding/children");
    let mut grown_up = CHILD;
    grown_up[1].1 = "1971-05-03";
    let page = officer.post(&path, &grown_up).await.expect(422);
    assert!(page.says("Enter a day of birth of a child") && page.says("I hid in the bath."));
    let mut nowhere = CHILD;
    nowhere[2].1 = "";
    let page = officer.post(&path, &nowhere).await.expect(422);
    assert!(page.says("Choose the school") && page.says("Jude Example"));
    app.stop().await;
}

#[tokio::test]
async fn an_email_that_nobody_answered_by_the_bell_is_late_on_the_board() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    officer.post(&format!("{path}/children"), &CHILD).await.redirect();
    let written = [("child", "1"), ("told_how", "email"), ("spoke_with", "")];
    officer.post(&format!("{path}/told"), &written).await.redirect();
    let _ = app.kinds().await;
    let open = notice_list::open(&app.engine).await.unwrap();
    let bell = open[0].due_at - app.engine.now().0;
    app.clock.advance(Duration::from_micros(bell.unsigned_abs()));
    app.eventually("the bell is noted", async || {
        app.kinds().await.iter().any(|kind| kind == "safeguarding.bell_missed.v1")
    })
    .await;
    let board = officer.get("/safeguarding").await.expect(200);
    assert!(board.says("One school has not confirmed before the bell"));
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("Nobody at the school has said that they know"));
    let known = [("child", "1"), ("spoke_with", "The head rang back")];
    officer.post(&format!("{path}/acknowledged"), &known).await.redirect();
    let _ = app.kinds().await;
    assert!(officer.get("/safeguarding").await.expect(200).says("After the bell"));
    app.stop().await;
}

#[tokio::test]
async fn the_api_records_a_child_and_says_before_when_the_school_must_hear() {
    let (app, incident) = house().await;
    let client = app.client();
    let base = format!("/api/v1/incidents/{incident}");
    let child = json!({ "name": "Jude Example", "born": "2017-05-03", "present": true,
        "school": "meadow_primary" });
    let plan = client.post_json(&format!("{base}/children"), &child).await.expect(200).json();
    assert_eq!(plan["children"][0]["notice"], "owed");
    assert!(plan["children"][0]["due_at"].as_str().is_some_and(|due| due.contains('T')));
    let nowhere = json!({ "name": "Jude Example", "school": "nowhere" });
    let refused = client.post_json(&format!("{base}/children"), &nowhere).await.expect(409);
    assert!(refused.says("Choose the school"));
    let told = json!({ "how": "telephone", "spoke_with": "The key adult" });
    let plan = client.post_json(&format!("{base}/children/1/told"), &told).await.expect(200);
    assert_eq!(plan.json()["children"][0]["notice"], "acknowledged");
    let rule = json!({ "ways": ["ring"], "from": "09:00", "until": "15:30" });
    let plan = client.post_json(&format!("{base}/contact"), &rule).await.expect(200);
    assert_eq!(plan.json()["contact_asked"], true);
    let half = json!({ "ways": ["ring"], "from": "09:00" });
    let _ = client.post_json(&format!("{base}/contact"), &half).await.expect(422);
    let plan = client.get(&format!("{base}/safeguarding")).await.expect(200);
    assert!(!plan.says("Jude"), "nobody is named");
    let other = format!("/api/v1/incidents/{}/safeguarding", "0".repeat(32));
    let _ = client.get(&other).await.expect(404);
    app.stop().await;
}

#[tokio::test]
async fn how_she_may_be_reached_is_kept_as_typed_and_read_first_by_the_control_room() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    let rule = [
        ("ways", "ring"),
        ("safe_from", "09:00"),
        ("safe_until", "15:30"),
        ("safe_number", "07700 900123"),
        ("safe_say", "The dentist"),
    ];
    officer.post(&format!("{path}/contact"), &rule).await.redirect();
    let handler = app.signed_in(Role::CallHandler).get(&path).await.expect(200);
    assert!(handler.says("Read this before you ring or write"));
    assert!(handler.says("Only from 09:00 to 15:30") && handler.says("The dentist"));
    assert_eq!(handler.texts("#contact-rule li b"), ["safe", "NOT safe", "NOT safe", "NOT safe"]);
    let half = [("ways", "ring"), ("safe_from", "09:00")];
    let page = officer.post(&format!("{path}/contact"), &half).await.expect(422);
    assert!(page.says("Enter both times"));
    app.stop().await;
}
