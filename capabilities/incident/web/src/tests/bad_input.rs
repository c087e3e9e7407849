//! Whatever is posted to the control room's pages and to its API: a clear answer, never a fault,
//! and the next report is taken as if nothing had happened.

use super::*;
use axum::http::Method;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Bodies that once were right.
fn sound() -> Vec<String> {
    let report = json!({
        "source": "999", "called_at": "2025-11-03T08:59:00Z", "account": "He shouted and left.",
        "person": { "name": "Example Person", "date_of_birth": "1990-01-02" },
        "thrive": { "threat": { "level": "high", "note": "said so" } }, "children": true,
    });
    let others = [
        json!({ "grade": "priority", "reason": "as told" }),
        json!({ "answers": [{ "rule": "adult", "answer": "yes" }] }),
        json!({ "offer": "0".repeat(32), "channel": "text", "to": "07700 900001" }),
        json!({ "offer": "0".repeat(32), "reason": "technical" }),
        json!({ "reason": "she asks for one", "place": "the back door" }),
        json!({ "outcome": "resolved", "note": "" }),
    ];
    let form = "source=101&account=He+left&date_of_birth=2%2F1%2F1990&flags=safe_to_text\
        &grade=priority&grade_reason=told&rule=adult&answer=yes&threat=high&outcome=resolved";
    let mut all = vec![report.to_string(), form.to_owned()];
    all.extend(others.iter().map(ToString::to_string));
    all
}

fn body() -> impl Strategy<Value = String> {
    let changed = (any::<Index>(), vec((any::<Index>(), any::<u8>()), 0..4), any::<Index>());
    let changed = changed.prop_map(|(which, changes, cut)| {
        let mut bytes = which.get(&sound()).clone().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Half of them whole, half of them cut off.
        let cut = (cut.index(bytes.len() * 2)).min(bytes.len());
        String::from_utf8_lossy(&bytes[..cut]).into_owned()
    });
    prop_oneof![
        2 => changed,
        1 => vec(any::<u8>(), 0..200).prop_map(|b| String::from_utf8_lossy(&b).into_owned()),
        1 => "([a-z_]{0,12}=[%0-9a-fA-F+é]{0,12}&?){0,8}",
        1 => "[\\[\\]{}\":,0-9a-z]{0,80}",
    ]
}

/// Every address that takes a body, for one incident.
fn addresses(app: &TestApp, incident: IncidentId) -> Vec<String> {
    let path = |line: &String| {
        let mut words = line.split_whitespace();
        let post = words.next() == Some("POST");
        let path = words.next().filter(|path| post && path.contains("/incidents"))?;
        Some(path.replace("{incident}", &incident.to_string()))
    };
    app.lines.iter().filter_map(path).collect()
}

async fn sent(app: &TestApp, path: &str, body: String) -> u16 {
    if path.starts_with("/api/") {
        app.client().send(Method::POST, path, Some((JSON, body))).await.status
    } else {
        let handler = app.signed_in(Role::CallHandler);
        handler.send(Method::POST, path, Some((FORM, body))).await.status
    }
}

#[test]
fn no_body_whatever_is_a_fault_and_the_next_report_is_taken() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (app, paths) = runtime.block_on(async {
        let app = app().await;
        let (incident, _) = graded(&app, "priority").await;
        let paths = addresses(&app, incident);
        (app, paths)
    });
    assert!(paths.len() > 20, "{paths:?}");
    let mut runner = TestRunner::new(ProptestConfig { cases: 96, ..ProptestConfig::default() });
    let tried = runner.run(&(any::<Index>(), body()), |(which, body)| {
        let path = which.get(&paths);
        let status = runtime.block_on(sent(&app, path, body));
        prop_assert!(status < 500, "{path}: {status}");
        Ok(())
    });
    tried.unwrap();
    runtime.block_on(async {
        let (id, _) = reported(&app).await;
        assert!(state(&app, id).await.report.is_some());
    });
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_as_such_everywhere() {
    let app = app().await;
    let (incident, _) = graded(&app, "priority").await;
    for path in addresses(&app, incident) {
        let status = sent(&app, &path, "a".repeat(2 * 1024 * 1024)).await;
        assert!(status == 413 || path.ends_with("/offer"), "{path}: {status}");
    }
}

#[tokio::test]
async fn whoever_asked_for_ani_is_shown_on_every_page_and_not_resolved_without_somebody_coming() {
    let app = app().await;
    let handler = app.signed_in(Role::CallHandler);
    let mut report = REPORT.to_vec();
    report[0] = ("source", "ani");
    let page = handler.post("/incidents/new", &report).await.redirect();
    assert!(handler.get(&page).await.expect(200).says("She asked for ANI"));
    assert!(handler.get("/incidents").await.expect(200).says("Ask for ANI"));
    let form = [("grade", "resolved_without_deployment"), ("grade_reason", "Told over there.")];
    let refused = handler.post(&format!("{page}/grade"), &form).await.expect(422);
    assert!(refused.says("cannot be resolved without deployment"));
    assert!(refused.says("Told over there."));
}
