//! Calls, referrals, arrests and reviews are read from their events by name: here the events are
//! written as they are stored, whoever writes them.

use super::{app, attended, figures, give, reported, total};
use incident::IncidentId;
use incident::route::Closure;
use kernel::time::{hours, minutes};
use kernel::{At, Class, Context, Decider, Role};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use testkit::TestApp;

/// Any event, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Stored {
    kind: String,
    #[serde(flatten)]
    body: Map<String, Value>,
}

#[derive(Debug, PartialEq, thiserror::Error)]
#[error("no")]
struct No;

/// One who writes what it is told, in the streams of its noun.
macro_rules! writers {
    ($($name:ident $noun:literal),+) => { $(
        struct $name;

        impl Decider for $name {
            type Command = Stored;
            type Event = Stored;
            type State = ();
            type Refusal = No;
            const NOUN: &'static str = $noun;
            const CLASS: Class = kernel::retention::SERVICE;

            fn decide(_: &(), command: Stored, _: &Context) -> Result<Vec<Stored>, No> {
                Ok(vec![command])
            }

            fn evolve((): (), _: &Stored, _: At) {}
        }
    )+ };
}

writers!(Calls "call", Referrals "referral", Arrests "arrest", Reviews "review");

async fn write<D: Decider<Command = Stored>>(app: &TestApp, id: u128, kind: &str, body: Value) {
    let body = body.as_object().cloned().unwrap_or_default();
    let stored = Stored { kind: format!("{}.{kind}.v1", D::NOUN), body };
    let caller = TestApp::caller(Role::Supervisor);
    let stream = format!("{}/{id:032x}", D::NOUN);
    app.engine.execute::<D>(&stream, stored, &caller, None).await.unwrap();
}

fn timed<'a>(figures: &'a Value, measure: &str) -> &'a Value {
    let all = figures["timed"].as_array().unwrap();
    &all.iter().find(|one| one["measure"] == measure).unwrap()["all"]
}

#[tokio::test]
async fn referrals_arrests_and_reviews_are_counted_with_the_time_they_took() {
    let app = app().await;
    for n in 1..=6 {
        let id = reported(&app, "", 2).await;
        let of = json!({ "incident": id.to_string() });
        write::<Referrals>(&app, n, "requested", of.clone()).await;
        write::<Arrests>(&app, n, "requested", of.clone()).await;
        write::<Reviews>(&app, n, "queued", of).await;
    }
    app.clock.advance(hours(3));
    let now = app.engine.now();
    for n in 1..=6 {
        let earlier = now.minus(hours(1)).0;
        write::<Referrals>(&app, n, "seen", json!({})).await;
        write::<Referrals>(&app, n, "engaged", json!({ "contacted_at": earlier })).await;
        write::<Arrests>(&app, n, "attempted", json!({})).await;
        write::<Arrests>(&app, n, "carried_out", json!({ "arrested_at": now.0 })).await;
        write::<Reviews>(&app, n, "taken", json!({})).await;
        write::<Reviews>(&app, n, "decided", json!({})).await;
        // Said twice it is one.
        write::<Arrests>(&app, n, "carried_out", json!({ "arrested_at": now.0 })).await;
    }
    let figures = figures(&app).await;
    for measure in
        ["referred", "engaged", "arrest_requested", "arrested", "review_opened", "reviewed"]
    {
        assert_eq!(total(&figures, measure), "6", "{measure}");
    }
    assert_eq!(timed(&figures, "engaged")["p50_seconds"], 2 * 3600, "from the asking");
    assert_eq!(timed(&figures, "arrested")["p50_seconds"], 5 * 3600, "from the report");
    assert_eq!(timed(&figures, "reviewed")["p95_seconds"], 3 * 3600, "from the queue");
}

/// A video response of half an hour, closed as one.
async fn by_video(app: &TestApp, n: u128) -> IncidentId {
    let id = reported(app, "", 0).await;
    let table = super::table();
    let (grade, reason) = (incident::Grade::Priority, "He has left.".to_owned());
    give(app, id, incident::Command::Grade { grade, reason, table }).await;
    let offer = format!("{n:032x}");
    let opened = json!({ "incident": id.to_string(), "offer": offer, "language": "en" });
    write::<Calls>(app, n, "opened", opened).await;
    write::<Calls>(app, n, "face_to_face", json!({})).await;
    app.clock.advance(minutes(30));
    write::<Calls>(app, n, "finished", json!({ "outcome": "completed", "by": null })).await;
    let (outcome, note) = (Closure::VideoResponse, "She is safe.".to_owned());
    give(app, id, incident::Command::Close { outcome, note }).await;
    id
}

#[tokio::test]
async fn a_response_by_video_sets_hours_free_until_somebody_has_to_go() {
    let app = app().await;
    let supervisor = app.signed_in(Role::Supervisor);
    let form = [
        ("officers", "2"),
        ("travel_minutes", "30"),
        ("attendance_minutes", "60"),
        ("write_up_minutes", "30"),
        ("video_write_up_minutes", "0"),
        ("source", "Audit of 40 jobs."),
    ];
    supervisor.post("/insight/baseline", &form).await.redirect();
    let mut last = None;
    for n in 1..=6 {
        last = Some(by_video(&app, n).await);
    }
    let before = figures(&app).await;
    assert_eq!((total(&before, "called"), total(&before, "released")), ("6".into(), "6".into()));
    // Two officers for an hour and a half and half an hour of writing, less half an hour.
    assert_eq!(before["released_tenths_of_an_hour"], 6 * 30);

    let id = last.expect("there are six");
    let reason = "He came back.".to_owned();
    give(&app, id, incident::Command::Reopen { reason }).await;
    attended(&app, id).await;
    let after = figures(&app).await;
    assert_eq!(total(&after, "released"), "5");
    assert_eq!(after["released_tenths_of_an_hour"], 5 * 30);
    // A call about another matter is none of these.
    write::<Calls>(&app, 99, "face_to_face", json!({})).await;
    write::<Calls>(&app, 99, "finished", json!({ "outcome": "completed", "by": null })).await;
    assert_eq!(total(&figures(&app).await, "called"), "6");
}
