//! Signatures against the published example, forgeries, replays, and what a body may carry.

use super::*;
use proptest::prelude::*;
use std::time::Duration;

const NOW: At = At::from_seconds(1_614_265_330);
/// The worked example of the Standard Webhooks libraries.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn key() -> SigningKey {
    SigningKey::parse(&Secret::new(SECRET)).unwrap()
}

fn notice() -> Notice {
    Notice {
        id: "00000000000000000000000000000001".to_owned(),
        kind: "call.answered".to_owned(),
        at: NOW,
        ids: BTreeMap::from([("incident".to_owned(), "0".repeat(31) + "f")]),
    }
}

#[test]
fn the_published_example_is_signed_as_published() {
    let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    let signature = key().sign(id, NOW, r#"{"test": 2432232314}"#);
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn what_we_sign_we_believe_for_five_minutes_either_way() {
    let (id, body) = ("abc", r#"{"type":"call.answered"}"#);
    let signature = format!("v1,AAAA v1a,xx {}", key().sign(id, NOW, body));
    let timestamp = NOW.seconds().to_string();
    let headers = Headers { id, timestamp: &timestamp, signature: &signature };
    let check = |at| verify(&[key()], headers, body.as_bytes(), at);
    let away = |seconds| Duration::from_secs(seconds);
    assert_eq!(check(NOW), Ok(()));
    assert_eq!(check(NOW.plus(away(300))), Ok(()));
    assert_eq!(check(NOW.minus(away(300))), Ok(()));
    assert_eq!(check(NOW.plus(away(301))), Err(NotGenuine::Stale));
    assert_eq!(check(NOW.minus(away(301))), Err(NotGenuine::Stale));
    assert_eq!(verify(&[], headers, body.as_bytes(), NOW), Err(NotGenuine::Signature));
}

#[test]
fn both_secrets_count_while_one_is_being_changed() {
    let other = SigningKey::parse(&Secret::new(format!("whsec_{}", "A".repeat(32)))).unwrap();
    let signature = format!("{} {}", key().sign("a", NOW, "{}"), other.sign("a", NOW, "{}"));
    let timestamp = NOW.seconds().to_string();
    let headers = Headers { id: "a", timestamp: &timestamp, signature: &signature };
    assert_eq!(verify(&[key()], headers, b"{}", NOW), Ok(()));
    assert_eq!(verify(&[other], headers, b"{}", NOW), Ok(()));
}

#[test]
fn a_moved_dot_an_odd_timestamp_or_a_long_body_is_refused() {
    let timestamp = NOW.seconds().to_string();
    let signature = key().sign("a", NOW, "{}");
    for (id, stamp) in [
        ("a.b", timestamp.as_str()),
        ("", &timestamp),
        ("a", "+1614265330"),
        ("a", "01614265330"),
        ("a", "1614265330.0"),
        ("a", ""),
        ("a", "-"),
    ] {
        let headers = Headers { id, timestamp: stamp, signature: &signature };
        assert_eq!(verify(&[key()], headers, b"{}", NOW), Err(NotGenuine::Headers), "{id} {stamp}");
    }
    let headers = Headers { id: "a", timestamp: "-9223372036854775808", signature: &signature };
    assert_eq!(verify(&[key()], headers, b"{}", NOW), Err(NotGenuine::Stale));
    let long = vec![b' '; limits::WEBHOOK_BYTES_MAX + 1];
    let headers = Headers { id: "a", timestamp: &timestamp, signature: &signature };
    assert_eq!(verify(&[key()], headers, &long, NOW), Err(NotGenuine::TooLong));
}

#[test]
fn a_body_carries_kinds_and_ids_and_nothing_a_person_fits_into() {
    let body: serde_json::Value = serde_json::from_str(&notice().body().unwrap()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "type": "call.answered",
            "timestamp": "2021-02-25T15:02:10Z",
            "data": { "incident": "0000000000000000000000000000000f" },
        })
    );
    for value in ["07700900123", "Ann Example", "", "0000000000000000000000000000000F"] {
        let mut notice = notice();
        notice.ids.insert("incident".to_owned(), value.to_owned());
        assert_eq!(notice.body(), Err(Reason::BadValue), "{value}");
    }
    for kind in ["", "Ann Example", "call.answered:Ann"] {
        assert_eq!(Notice { kind: kind.to_owned(), ..notice() }.body(), Err(Reason::BadValue));
    }
}

#[test]
fn a_secret_that_could_be_guessed_is_refused() {
    let short = format!("whsec_{}", BASE64_STANDARD.encode([7; 23]));
    let long = format!("whsec_{}", BASE64_STANDARD.encode([7; 65]));
    for text in ["", "whsec_", "secret", &SECRET[6..], &short, &long, "whsec_!"] {
        assert_eq!(SigningKey::parse(&Secret::new(text)).err(), Some(SettingsFault::Secret));
    }
}

proptest! {
    #[test]
    fn no_changed_byte_of_body_id_time_or_signature_is_believed(
        part in 0usize..4, at in any::<usize>(), flip in 1u8..=255
    ) {
        let body = notice().body().unwrap();
        let id = notice().id;
        let mut parts = [
            body.clone().into_bytes(),
            id.clone().into_bytes(),
            NOW.seconds().to_string().into_bytes(),
            key().sign(&id, NOW, &body).into_bytes(),
        ];
        let place = at % parts[part].len();
        parts[part][place] ^= flip;
        let [body, id, timestamp, signature] = &parts;
        let texts = [id, timestamp, signature].map(|bytes| std::str::from_utf8(bytes));
        if let [Ok(id), Ok(timestamp), Ok(signature)] = texts {
            let headers = Headers { id, timestamp, signature };
            prop_assert!(verify(&[key()], headers, body, NOW).is_err());
        }
    }

    #[test]
    fn no_headers_at_all_make_the_check_panic(
        id in ".{0,40}", timestamp in ".{0,20}", signature in ".{0,80}",
        body in proptest::collection::vec(any::<u8>(), 0..100)
    ) {
        let headers = Headers { id: &id, timestamp: &timestamp, signature: &signature };
        prop_assert!(verify(&[key()], headers, &body, NOW).is_err());
    }
}
