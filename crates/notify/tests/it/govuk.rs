//! GOV.UK Notify's API as documented, played by wiremock: what we ask of it and what we make
//! of every answer.

use crate::{NOW, REFERENCE, catalogue, link_to, mailbox, mobile, shows_nothing_personal};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use notify::govuk::{Govuk, KeyKind, Settings, SettingsFault};
use notify::words::{self, Language, Words};
use notify::{Accepted, Channel, Delivery, Message, Reason, SendFault, limits};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use wiremock::matchers::{body_json, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const TEMPLATE: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";
const NOTIFICATION: &str = "740e5834-3a29-46b4-9a6f-16142fde533a";

fn settings(url: &str) -> Settings {
    let names = [words::LINK, words::FINISHED];
    let ids: BTreeMap<_, _> =
        names.into_iter().map(|name| (name.to_owned(), TEMPLATE.to_owned())).collect();
    Settings {
        url: url.to_owned(),
        key: notify::Secret::new(format!("sight-line-{SERVICE}-{SECRET}")),
        kind: KeyKind::Test,
        proxy: None,
        sms_sender_id: None,
        email_reply_to_id: None,
        sms: [(Language::En, ids.clone())].into(),
        email: [(Language::En, ids)].into(),
    }
}

fn channel(server: &MockServer) -> Govuk {
    Govuk::new(settings(&server.uri()), catalogue(), false).unwrap()
}

/// Whether the request bears a token made from our key at `NOW`.
fn bears_our_token(request: &Request) -> bool {
    let header = request.headers.get("authorization").unwrap().to_str().unwrap();
    let token = header.strip_prefix("Bearer ").unwrap();
    let (signed, tag) = token.rsplit_once('.').unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).unwrap();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    hmac::verify(&key, signed.as_bytes(), &tag).is_ok()
        && claims == json!({ "iss": SERVICE, "iat": NOW.seconds() })
}

fn created() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({
        "id": NOTIFICATION, "reference": REFERENCE, "content": { "body": "..." },
    }))
}

async fn answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(bears_our_token).respond_with(answer).mount(&server).await;
    server
}

fn error(status: u16, name: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({
        "status_code": status,
        "errors": [{ "error": name, "message": "phone_number 07700900123 is bad" }],
    }))
}

#[tokio::test]
async fn a_text_and_an_email_are_asked_for_as_documented() {
    let server = MockServer::start().await;
    let body = |kind: &str, to: &str| {
        json!({
            kind: to,
            "template_id": TEMPLATE,
            "personalisation": { "link": crate::LINK, "minutes": "15" },
            "reference": REFERENCE,
        })
    };
    for (at, kind, to) in [
        ("/v2/notifications/sms", "phone_number", "+447700900123"),
        ("/v2/notifications/email", "email_address", "someone@example.org"),
    ] {
        Mock::given(method("POST"))
            .and(path(at))
            .and(bears_our_token)
            .and(body_json(body(kind, to)))
            .respond_with(created())
            .expect(1)
            .mount(&server)
            .await;
    }
    let channel = channel(&server);
    let accepted = Accepted { provider_id: NOTIFICATION.to_owned(), delivery: Delivery::Created };
    assert_eq!(channel.send(NOW, link_to(mobile())).await, Ok(accepted.clone()));
    assert_eq!(channel.send(NOW, link_to(mailbox())).await, Ok(accepted));
}

#[tokio::test]
async fn every_answer_says_whether_trying_again_can_help() {
    let later = |seconds| SendFault::TryLater { after: Duration::from_secs(seconds) };
    let slow = error(429, "RateLimitError").insert_header("retry-after", "7");
    let silly = error(429, "RateLimitError").insert_header("retry-after", "99999999");
    for (answer, expected) in [
        (error(400, "ValidationError"), Reason::Invalid.into()),
        (error(400, "BadRequestError"), Reason::NotAllowed.into()),
        (error(403, "AuthError"), Reason::BadKey.into()),
        (error(404, "NoResultFound"), Reason::NotFound.into()),
        (error(429, "RateLimitError"), later(60)),
        (error(429, "TooManyRequestsError"), later(3_600)),
        (slow, later(7)),
        (silly, later(3_600)),
        (error(500, "Exception"), later(10)),
        (error(503, "Exception"), later(10)),
        (ResponseTemplate::new(503).set_body_string("<html>"), later(10)),
        (ResponseTemplate::new(502), SendFault::Unreachable),
        (ResponseTemplate::new(504), SendFault::Unreachable),
        (ResponseTemplate::new(301).insert_header("location", "/x"), Reason::Redirected.into()),
        (ResponseTemplate::new(201).set_body_string("{"), SendFault::Unreachable),
        (ResponseTemplate::new(201).set_body_json(json!({ "id": "../x" })), SendFault::Unreachable),
        (ResponseTemplate::new(201).set_body_bytes(vec![b' '; 100_000]), SendFault::Unreachable),
    ] {
        let shown = format!("{answer:?}");
        let server = answering(answer).await;
        let fault = channel(&server).send(NOW, link_to(mobile())).await.unwrap_err();
        assert_eq!(fault, expected, "{shown}");
        shows_nothing_personal(&format!("{fault} {fault:?}"));
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unreachable() {
    let server = MockServer::start().await;
    let channel = channel(&server);
    drop(server);
    let gone = Govuk::new(settings("http://127.0.0.1:9"), catalogue(), false).unwrap();
    assert_eq!(gone.send(NOW, link_to(mobile())).await, Err(SendFault::Unreachable));
    drop(channel);
}

#[tokio::test]
async fn a_second_attempt_finds_the_first_and_sends_nothing() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v2/notifications"))
        .and(query_param("reference", REFERENCE))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "notifications": [{
                "id": NOTIFICATION, "reference": REFERENCE, "status": "sending",
                "phone_number": "+447700900123", "created_at": "2027-01-15T08:00:00.000000Z",
            }],
        })))
        .expect(1)
        .mount(&server)
        .await;
    let accepted = channel(&server).send_again(NOW, link_to(mobile())).await.unwrap();
    assert_eq!(accepted.delivery, Delivery::Sending);
}

#[tokio::test]
async fn a_second_attempt_sends_when_the_first_never_arrived() {
    let server = MockServer::start().await;
    let nothing = ResponseTemplate::new(200).set_body_json(json!({ "notifications": [] }));
    Mock::given(method("GET")).respond_with(nothing).expect(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(created()).expect(1).mount(&server).await;
    assert!(channel(&server).send_again(NOW, link_to(mobile())).await.is_ok());
}

#[tokio::test]
async fn a_text_that_came_three_days_late_says_so_when_asked() {
    let answer = ResponseTemplate::new(200).set_body_json(json!({
        "id": NOTIFICATION, "reference": REFERENCE, "status": "delivered",
        "phone_number": "+447700900123", "body": "...",
        "created_at": "2027-01-15T08:00:00.000000Z", "sent_at": "2027-01-15T08:00:01.000000Z",
        "completed_at": "2027-01-18T07:59:00.000000Z",
    }));
    let server = answering(answer).await;
    let receipt = channel(&server).delivery(NOW, NOTIFICATION).await.unwrap();
    assert!(receipt.too_late(Duration::from_secs(900)));
    assert!(receipt.took().unwrap() < limits::DELIVERY_TRIED_FOR);
    shows_nothing_personal(&format!("{receipt:?}"));
    let odd = channel(&server).delivery(NOW, "../template").await;
    assert_eq!(odd, Err(SendFault::Refused(Reason::NotFound)));
}

#[tokio::test]
async fn the_twenty_first_same_text_waits_here_and_not_at_the_network() {
    let server = MockServer::start().await;
    let most = limits::SAME_TEXT_PER_HOUR as u64;
    Mock::given(method("POST")).respond_with(created()).expect(most).mount(&server).await;
    let channel = channel(&server);
    let words = Words::new(words::FINISHED, Language::En);
    let send = || {
        let message =
            Message { reference: REFERENCE.to_owned(), to: mobile(), words: words.clone() };
        channel.send(NOW, message)
    };
    for _ in 0..most {
        send().await.unwrap();
    }
    let later = SendFault::TryLater { after: Duration::from_secs(3_600) };
    assert_eq!(send().await, Err(later));
}

#[tokio::test]
async fn attempts_that_notify_turned_down_do_not_use_up_her_number() {
    let server = answering(error(500, "Exception")).await;
    let channel = channel(&server);
    for _ in 0..3 * limits::SAME_TEXT_PER_HOUR {
        let fault = channel.send(NOW, link_to(mobile())).await.unwrap_err();
        assert_eq!(fault, SendFault::TryLater { after: limits::AFTER_SERVER_FAULT });
    }
}

#[tokio::test]
async fn what_may_not_go_never_reaches_notify() {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(created()).expect(0).mount(&server).await;
    let mut live = settings(&server.uri());
    live.kind = KeyKind::Live;
    let live = Govuk::new(live, catalogue(), true).unwrap();
    let channel = channel(&server);
    let drama = live.send(NOW, link_to(mobile())).await;
    assert_eq!(drama, Err(Reason::DramaNumber.into()));
    let mut message = link_to(mobile());
    message.reference = "call 07700 900123".to_owned();
    assert_eq!(channel.send(NOW, message).await, Err(Reason::BadReference.into()));
    let mut message = link_to(mobile());
    message.words.language = Language::Cy;
    assert_eq!(channel.send(NOW, message).await, Err(Reason::UnknownTemplate.into()));
    let mut message = link_to(mobile());
    message.words.values.clear();
    assert_eq!(channel.send(NOW, message).await, Err(Reason::BadValue.into()));
    assert_eq!(channel.missing().len(), 5 * 4 - 2);
}

#[tokio::test]
async fn notifys_own_copy_of_a_template_is_linted() {
    let answer = |body: &str| {
        ResponseTemplate::new(200).set_body_json(json!({ "id": TEMPLATE, "body": body }))
    };
    let good = answering(answer("The link you asked for: ((link))")).await;
    assert_eq!(channel(&good).audit(NOW, &[]).await.unwrap(), []);
    let bad = answering(answer("Ambridge Police: ((link))")).await;
    let found = channel(&bad).audit(NOW, &["Ambridge".to_owned()]).await.unwrap();
    assert_eq!(found.len(), 8, "two words, two templates, two kinds");
}

#[test]
fn a_rehearsal_never_holds_a_live_key_nor_production_a_test_key() {
    let with = |url: &str, kind, production| {
        let settings = Settings { kind, ..settings(url) };
        Govuk::new(settings, catalogue(), production).err()
    };
    let https = "https://api.notifications.service.gov.uk";
    assert_eq!(with(https, KeyKind::Live, true), None);
    assert_eq!(with(https, KeyKind::Live, false), Some(SettingsFault::Live));
    assert_eq!(with(https, KeyKind::Test, true), Some(SettingsFault::NotLive));
    assert_eq!(with(https, KeyKind::Team, true), Some(SettingsFault::NotLive));
    assert_eq!(with("http://notify.example", KeyKind::Test, false), Some(SettingsFault::Url));
    let mut odd = settings(https);
    odd.sms_sender_id = Some("../x".to_owned());
    assert_eq!(Govuk::new(odd, catalogue(), false).err(), Some(SettingsFault::Id));
    shows_nothing_personal(&format!("{:?}", settings(https)));
}
