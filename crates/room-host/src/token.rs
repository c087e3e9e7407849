//! Who may join which room: a JSON web token in LiveKit's form, signed with HMAC-SHA-256.
//! Says nothing of a person but the identity and name they are shown by. Never logged.

use crate::limits;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::At;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const ISSUER: &str = "sightline";

/// What a token says. Field names are LiveKit's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who signed.
    pub iss: String,
    /// The identity in the room.
    pub sub: String,
    /// The name shown.
    #[serde(default)]
    pub name: String,
    /// Not before, in seconds.
    #[serde(default)]
    pub nbf: i64,
    /// Not after, in seconds.
    pub exp: i64,
    /// The grant.
    pub video: Grant,
}

/// What the bearer may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// The room's name.
    pub room: String,
    /// May join it.
    #[serde(default)]
    pub room_join: bool,
    /// May publish.
    #[serde(default = "yes")]
    pub can_publish: bool,
    /// May see and hear.
    #[serde(default = "yes")]
    pub can_subscribe: bool,
    /// Not shown to others: never granted here, everybody in a room is seen by everybody.
    #[serde(default)]
    pub hidden: bool,
}

const fn yes() -> bool {
    true
}

/// Why a token does not open a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not a token of ours.
    #[error("the token is not valid")]
    Invalid,
    /// Too early or too late.
    #[error("the token is not valid now")]
    Expired,
    /// No grant to join, or one we never give.
    #[error("the token does not open this room")]
    NotGranted,
}

/// The secret that signs.
#[derive(Clone)]
pub struct Signer(hmac::Key);

impl Signer {
    /// From a secret of at least 32 bytes.
    pub fn new(secret: &[u8]) -> Option<Self> {
        (secret.len() >= 32).then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// A token that opens `room` to `identity` for `life` from `at`.
    pub fn mint(&self, room: &str, identity: &str, name: &str, at: At, life: Duration) -> String {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: identity.to_owned(),
            name: name.to_owned(),
            nbf: at.seconds(),
            exp: at.plus(life).seconds(),
            video: Grant {
                room: room.to_owned(),
                room_join: true,
                can_publish: true,
                can_subscribe: true,
                hidden: false,
            },
        };
        self.sign(&claims)
    }

    /// A token that says `claims`.
    pub fn sign(&self, claims: &Claims) -> String {
        let body = serde_json::to_vec(claims).expect("claims are plain strings and numbers");
        let head = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(body));
        let tag = hmac::sign(&self.0, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    /// What a token says, if it is ours and valid at `at`.
    pub fn verify(&self, token: &str, at: At) -> Result<Claims, Refused> {
        if token.len() > limits::TOKEN_BYTES {
            return Err(Refused::Invalid);
        }
        let (signed, tag) = token.rsplit_once('.').ok_or(Refused::Invalid)?;
        let (head, body) = signed.split_once('.').ok_or(Refused::Invalid)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| Refused::Invalid)?;
        hmac::verify(&self.0, signed.as_bytes(), &tag).map_err(|_| Refused::Invalid)?;
        let head: Head = read(head)?;
        let claims: Claims = read(body)?;
        if head.alg != "HS256" || claims.iss != ISSUER || claims.sub.is_empty() {
            return Err(Refused::Invalid);
        }
        let now = at.seconds();
        if now + limits::CLOCK_SKEW < claims.nbf || now > claims.exp + limits::CLOCK_SKEW {
            return Err(Refused::Expired);
        }
        let grant = &claims.video;
        if !grant.room_join || grant.hidden || grant.room.is_empty() {
            return Err(Refused::NotGranted);
        }
        Ok(claims)
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
}

fn read<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Refused::Invalid)?;
    serde_json::from_slice(&bytes).map_err(|_| Refused::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: At = At::from_seconds(1_000_000);
    const HOUR: Duration = Duration::from_secs(3600);

    fn signer() -> Signer {
        Signer::new(&[7; 32]).unwrap()
    }

    #[test]
    fn a_token_opens_its_room_until_it_expires() {
        let token = signer().mint("call-1", "officer", "PC Test", AT, HOUR);
        let claims = signer().verify(&token, AT).unwrap();
        assert_eq!((claims.video.room.as_str(), claims.sub.as_str()), ("call-1", "officer"));
        let late = AT.plus(HOUR).plus(Duration::from_secs(31));
        assert_eq!(signer().verify(&token, late), Err(Refused::Expired));
        let early = AT.minus(Duration::from_secs(31));
        assert_eq!(signer().verify(&token, early), Err(Refused::Expired));
    }

    #[test]
    fn a_token_of_another_secret_or_with_a_changed_byte_is_refused() {
        let token = signer().mint("call-1", "officer", "PC Test", AT, HOUR);
        let other = Signer::new(&[8; 32]).unwrap();
        assert_eq!(other.verify(&token, AT), Err(Refused::Invalid));
        for place in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            if changed != token {
                assert!(signer().verify(&changed, AT).is_err(), "byte {place}");
            }
        }
    }

    #[test]
    fn a_token_that_asks_not_to_be_seen_opens_nothing() {
        let token = signer().mint("call-1", "officer", "PC Test", AT, HOUR);
        let mut claims = signer().verify(&token, AT).unwrap();
        claims.video.hidden = true;
        assert_eq!(signer().verify(&signer().sign(&claims), AT), Err(Refused::NotGranted));
    }

    #[test]
    fn a_secret_that_is_too_short_signs_nothing() {
        assert!(Signer::new(&[7; 31]).is_none());
    }

    proptest! {
        #[test]
        fn no_text_whatever_is_a_token(text in "[A-Za-z0-9_.=-]{0,300}", any in ".{0,100}") {
            let dotted = format!("{}.{text}.{any}", URL_SAFE_NO_PAD.encode(&any));
            for token in [&text, &any, &dotted] {
                prop_assert_eq!(signer().verify(token, AT), Err(Refused::Invalid));
            }
        }

        #[test]
        fn a_signed_body_that_is_no_claims_is_refused(body in ".{0,200}", head in ".{0,60}") {
            let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
            let signed = format!("{}.{}", part(&head), part(&body));
            let tag = hmac::sign(&signer().0, signed.as_bytes());
            let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag));
            prop_assert_eq!(signer().verify(&token, AT), Err(Refused::Invalid));
        }
    }
}
