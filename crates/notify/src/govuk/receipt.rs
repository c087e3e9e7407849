//! Delivery receipts, as Notify posts them to us and as it answers when asked. The recipient
//! that stands in both is never kept. Never here: the route that receives them.

use crate::channel::Delivery;
use crate::secret::Secret;
use crate::{channel, limits};
use kernel::At;
use serde_json::Value;
use std::time::Duration;

/// What became of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Notify's id, as `Accepted` had it.
    pub provider_id: String,
    /// Our reference, when it is one of ours.
    pub reference: Option<String>,
    /// How far it has come.
    pub delivery: Delivery,
    /// When Notify took it.
    pub created_at: Option<At>,
    /// When Notify handed it on.
    pub sent_at: Option<At>,
    /// When it reached its end.
    pub completed_at: Option<At>,
}

/// Not a receipt: of another shape, too long, or of a status that we do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a delivery receipt")]
pub struct NotAReceipt;

impl Receipt {
    /// Reads the body of a callback. Answer 2xx to what cannot be read, or Notify sends it five
    /// times more, five minutes apart; repeats and overtaking are for `Delivery::is_news_after`.
    pub fn parse(body: &[u8]) -> Result<Self, NotAReceipt> {
        if body.len() > limits::RECEIPT_BYTES_MAX {
            return Err(NotAReceipt);
        }
        Self::of_json(&serde_json::from_slice(body).map_err(|_| NotAReceipt)?)
    }

    pub(crate) fn of_json(body: &Value) -> Result<Self, NotAReceipt> {
        let text = |field: &str| body.get(field).and_then(Value::as_str);
        let id = text("id").filter(|id| super::is_uuid(id)).ok_or(NotAReceipt)?;
        let reference = text("reference").filter(|text| channel::is_reference(text));
        Ok(Self {
            provider_id: id.to_ascii_lowercase(),
            reference: reference.map(str::to_owned),
            delivery: text("status").and_then(Delivery::of_word).ok_or(NotAReceipt)?,
            created_at: text("created_at").and_then(instant),
            sent_at: text("sent_at").and_then(instant),
            completed_at: text("completed_at").and_then(instant),
        })
    }

    /// How long it was under way, once it has ended. Up to `limits::DELIVERY_TRIED_FOR`.
    pub fn took(&self) -> Option<Duration> {
        Some(self.completed_at?.since(self.created_at?))
    }

    /// Whether it was delivered only after the link in it was dead, given how long it lives.
    pub fn too_late(&self, link_lives: Duration) -> bool {
        self.delivery == Delivery::Delivered && self.took().is_some_and(|took| took > link_lives)
    }
}

fn instant(text: &str) -> Option<At> {
    text.parse::<jiff::Timestamp>().ok().map(|timestamp| At(timestamp.as_microsecond()))
}

/// The token that Notify must show in each callback: a setting of ours, typed in at Notify.
#[derive(Clone, Debug)]
pub struct Bearer(Secret);

/// A token that could be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the callback token needs at least {} characters", limits::BEARER_CHARS_MIN)]
pub struct ShortToken;

impl Bearer {
    /// Takes the setting.
    pub fn new(token: Secret) -> Result<Self, ShortToken> {
        let length = token.reveal().chars().count();
        if !(limits::BEARER_CHARS_MIN..=limits::BEARER_CHARS_MAX).contains(&length) {
            return Err(ShortToken);
        }
        Ok(Self(token))
    }

    /// Whether an `Authorization` header shows it. Constant time in the token.
    pub fn admits(&self, authorization: Option<&str>) -> bool {
        let Some((scheme, token)) = authorization.and_then(|header| header.split_once(' ')) else {
            return false;
        };
        scheme.eq_ignore_ascii_case("bearer")
            && token.len() <= 4 * limits::BEARER_CHARS_MAX
            && self.0.is(token.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn body() -> Value {
        json!({
            "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
            "reference": "00000000000000000000000000000007",
            "to": "07700900123",
            "status": "delivered",
            "created_at": "2026-05-14T12:15:30.000000Z",
            "completed_at": "2026-05-17T11:15:30.000000Z",
            "sent_at": "2026-05-14T12:15:31.000000Z",
            "notification_type": "sms",
            "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
            "template_version": 1,
        })
    }

    #[test]
    fn a_receipt_days_late_says_so_and_keeps_no_number() {
        let receipt = Receipt::parse(body().to_string().as_bytes()).unwrap();
        assert_eq!(receipt.delivery, Delivery::Delivered);
        assert_eq!(receipt.took(), Some(Duration::from_secs(71 * 3_600)));
        assert!(receipt.took().unwrap() <= limits::DELIVERY_TRIED_FOR);
        assert!(receipt.too_late(Duration::from_secs(900)));
        assert!(!format!("{receipt:?}").contains("07700"));
    }

    #[test]
    fn every_documented_status_is_read() {
        for delivery in Delivery::ALL {
            let mut body = body();
            body["status"] = delivery.word().into();
            body["completed_at"] = Value::Null;
            let receipt = Receipt::parse(body.to_string().as_bytes()).unwrap();
            assert_eq!((receipt.delivery, receipt.took()), (delivery, None));
        }
    }

    #[test]
    fn what_is_no_receipt_is_refused_and_a_foreign_reference_is_dropped() {
        for (field, value) in [("id", json!("x")), ("status", json!("read")), ("id", Value::Null)] {
            let mut body = body();
            body[field] = value;
            assert_eq!(Receipt::parse(body.to_string().as_bytes()), Err(NotAReceipt), "{field}");
        }
        let mut foreign = body();
        foreign["reference"] = "Ann Example, 1 High Street".into();
        assert_eq!(Receipt::parse(foreign.to_string().as_bytes()).unwrap().reference, None);
        let long = format!("{}{}", body(), " ".repeat(limits::RECEIPT_BYTES_MAX));
        assert_eq!(Receipt::parse(long.as_bytes()), Err(NotAReceipt));
    }

    #[test]
    fn only_the_right_token_is_admitted() {
        let bearer = Bearer::new(Secret::new("0123456789abcdef")).unwrap();
        assert!(bearer.admits(Some("Bearer 0123456789abcdef")));
        assert!(bearer.admits(Some("bearer 0123456789abcdef")));
        for header in ["", "Bearer", "Bearer ", "Basic 0123456789abcdef", "Bearer 0123456789abcde"]
        {
            assert!(!bearer.admits(Some(header)), "{header}");
        }
        assert!(!bearer.admits(None));
        assert_eq!(Bearer::new(Secret::new("short")).err(), Some(ShortToken));
    }

    proptest! {
        #[test]
        fn no_bytes_at_all_make_the_parser_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..400), header in ".{0,60}"
        ) {
            let _ = Receipt::parse(&bytes);
            let bearer = Bearer::new(Secret::new("0123456789abcdef")).unwrap();
            prop_assert!(!bearer.admits(Some(&header)));
        }

        #[test]
        fn a_receipt_with_one_byte_changed_is_read_or_refused(
            at in 0usize..300, byte in any::<u8>()
        ) {
            let mut bytes = body().to_string().into_bytes();
            let place = at % bytes.len();
            bytes[place] = byte;
            if let Ok(receipt) = Receipt::parse(&bytes) {
                prop_assert!(super::super::is_uuid(&receipt.provider_id));
            }
        }

        #[test]
        fn any_text_as_a_time_is_read_or_dropped(text in ".{0,40}") {
            let _ = instant(&text);
        }
    }
}
