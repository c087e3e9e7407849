//! Notify's API key and the token made from it. Never here: a clock.

use crate::secret::Secret;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kernel::At;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a key may do.
//= GOV.UK Notify documentation, API keys: test sends nothing, team sends to a guest list
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// Sends nothing; every message counts as delivered.
    Test,
    /// Sends to the team and its guest list only.
    Team,
    /// Sends to anybody.
    Live,
}

/// Not `name-uuid-uuid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is a name, the service's id and a secret, joined by hyphens")]
pub struct NotAKey;

/// A key taken apart.
pub struct ApiKey {
    service: String,
    secret: hmac::Key,
}

impl ApiKey {
    /// Reads the key as Notify shows it: the last 73 characters are two UUIDs.
    pub fn parse(key: &Secret) -> Result<Self, NotAKey> {
        let text = key.reveal().trim();
        let tail = text.len().checked_sub(73).and_then(|from| text.get(from..)).ok_or(NotAKey)?;
        match (tail.get(..36), tail.get(36..37), tail.get(37..)) {
            (Some(service), Some("-"), Some(secret))
                if super::is_uuid(service) && super::is_uuid(secret) =>
            {
                Ok(Self {
                    service: service.to_owned(),
                    secret: hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
                })
            }
            _ => Err(NotAKey),
        }
    }

    /// The token for one request.
    //= RFC 7519, section 3: header and claims, base64url, signed with HS256
    //= GOV.UK Notify documentation, authorisation header: iat within 30 seconds of their clock
    pub(crate) fn token(&self, at: At) -> String {
        let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256"}"#);
        // Both are of closed forms, so that no escaping is owed; the order is the documents'.
        let claims = format!(r#"{{"iss":"{}","iat":{}}}"#, self.service, at.seconds());
        let claims = BASE64_URL_SAFE_NO_PAD.encode(claims);
        let signed = format!("{header}.{claims}");
        let tag = hmac::sign(&self.secret, signed.as_bytes());
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "my_test-key-26785a09-ab16-4eb0-8407-a37497a57506-\
        3d844edf-8d35-48ac-975b-e847b4f122b0";

    #[test]
    fn a_token_is_the_one_python_makes_from_the_documented_example() {
        let key = ApiKey::parse(&Secret::new(KEY)).unwrap();
        let token = key.token(At::from_seconds(1_568_818_578));
        let parts: Vec<&str> = token.split('.').collect();
        let read = |part: &str| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()
        };
        assert_eq!(read(parts[0]), serde_json::json!({ "typ": "JWT", "alg": "HS256" }));
        assert_eq!(
            read(parts[1]),
            serde_json::json!({
                "iss": "26785a09-ab16-4eb0-8407-a37497a57506", "iat": 1_568_818_578
            })
        );
        assert_eq!(parts[2], PYTHON_SIGNATURE);
    }

    /// `hmac.new(secret, header + b"." + claims, "sha256")` in Python, over the same bytes.
    const PYTHON_SIGNATURE: &str = "YT_aQYNif0l3HaPwy62Cj9g0qsYzjnj1K5pLwkELiFw";

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "a", &KEY[12..40], "26785a09-ab16-4eb0-8407-a37497a57506"] {
            assert!(ApiKey::parse(&Secret::new(text)).is_err(), "{text}");
        }
        assert!(ApiKey::parse(&Secret::new(format!("{KEY}x"))).is_err());
    }

    proptest! {
        #[test]
        fn no_text_at_all_makes_the_parser_panic(text in ".{0,120}") {
            let _ = ApiKey::parse(&Secret::new(text));
        }
    }
}
