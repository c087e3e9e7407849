//! Signed webhooks out, for a force's command-and-control system: that something happened to
//! an id, never who or what it says. In the form of Standard Webhooks, so that its libraries
//! check them. Never here: retries, which are the engine's, or anything personal.
//!
//! A receiver keeps each `webhook-id` it has acted upon for as long as it accepts timestamps
//! (twice `limits::WEBHOOK_TOLERANCE`): `verify` stops old bodies, the id stops repeats.

pub mod reach;

use crate::channel::{Reason, SendFault};
use crate::{http, limits, secret::Secret};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kernel::At;
use reach::{Reach, Resolve, SystemResolver};
use reqwest::Url;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The three headers.
//= Standard Webhooks, webhook headers: which three there are and what each holds
pub const ID: &str = "webhook-id";
/// Seconds since the epoch, as sent.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// `v1,` and base64, as many as there are secrets, parted by spaces.
pub const SIGNATURE: &str = "webhook-signature";

/// Where to, signed with what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The receiver.
    pub url: String,
    /// The secret, `whsec_` and base64; while it is being changed, the old one after it.
    pub secrets: Vec<Secret>,
    /// What may be reached at all.
    pub reach: Reach,
}

/// Settings that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Not an address of a listed host over https.
    #[error("webhook.url is not https on a host of webhook.reach.hosts")]
    Url,
    /// No secret, too many, or one that is too short.
    #[error("webhook.secrets: one or two, each whsec_ and 24 to 64 bytes in base64")]
    Secret,
    /// Too many hosts or networks.
    #[error("webhook.reach has more than {} entries", limits::WEBHOOK_HOSTS_MAX)]
    Reach,
}

/// What happened, to which ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The outbox id, the same on every attempt.
    pub id: String,
    /// `noun.past_tense`, e.g. `call.answered`.
    pub kind: String,
    /// When it happened.
    pub at: At,
    /// Our ids by noun: each exactly 32 hex digits, so that no number or name fits.
    pub ids: BTreeMap<String, String>,
}

impl Notice {
    /// The body, if nothing in it could be personal.
    pub fn body(&self) -> Result<String, Reason> {
        let word = |text: &str, marks: &[u8]| {
            (1..=64).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_lowercase() || marks.contains(&b))
        };
        let hex = |text: &str| {
            text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let plain = crate::channel::is_reference(&self.id)
            && word(&self.kind, b"._")
            && self.ids.len() <= limits::WEBHOOK_IDS_MAX
            && self.ids.iter().all(|(noun, id)| word(noun, b"_") && hex(id));
        let timestamp =
            jiff::Timestamp::from_microsecond(self.at.0).map_err(|_| Reason::BadValue)?;
        if !plain {
            return Err(Reason::BadValue);
        }
        let body = serde_json::json!({
            "type": self.kind, "timestamp": timestamp.to_string(), "data": self.ids,
        });
        let body = body.to_string();
        if body.len() > limits::WEBHOOK_BYTES_MAX { Err(Reason::TooLong) } else { Ok(body) }
    }
}

/// A secret made ready to sign and to check.
pub struct SigningKey(hmac::Key);

impl SigningKey {
    /// Reads `whsec_` and base64.
    //= Standard Webhooks, signature scheme: base64, prefixed whsec_ for symmetric secrets
    pub fn parse(secret: &Secret) -> Result<Self, SettingsFault> {
        let encoded = secret.reveal().strip_prefix("whsec_").ok_or(SettingsFault::Secret)?;
        let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| SettingsFault::Secret)?;
        let bytes = zeroize::Zeroizing::new(bytes);
        if !limits::WEBHOOK_SECRET_BYTES.contains(&bytes.len()) {
            return Err(SettingsFault::Secret);
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// `v1,` and the signature.
    //= Standard Webhooks, signature scheme: HMAC-SHA256 of id, timestamp and body with dots
    pub fn sign(&self, id: &str, at: At, body: &str) -> String {
        let tag = hmac::sign(&self.0, &signed(id, &at.seconds().to_string(), body.as_bytes()));
        format!("v1,{}", BASE64_STANDARD.encode(tag))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

fn signed(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat()
}

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// A header is missing or is not of its form.
    #[error("a webhook header is missing or malformed")]
    Headers,
    /// Too old, or from the future.
    #[error("the webhook's timestamp is more than five minutes away")]
    Stale,
    /// Longer than any of ours.
    #[error("the webhook is too long")]
    TooLong,
    /// No signature is ours.
    #[error("no signature fits")]
    Signature,
}

/// The headers of a webhook as received.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`.
    pub signature: &'a str,
}

/// Whether a webhook was signed by one of `keys` within five minutes of `at`. Constant time in
/// the signature. The id is for the caller to remember.
pub fn verify(
    keys: &[SigningKey],
    headers: Headers<'_>,
    body: &[u8],
    at: At,
) -> Result<(), NotGenuine> {
    if body.len() > limits::WEBHOOK_BYTES_MAX {
        return Err(NotGenuine::TooLong);
    }
    let seconds: i64 = headers.timestamp.parse().map_err(|_| NotGenuine::Headers)?;
    // An id with a dot could move bytes between the id and the timestamp.
    if headers.timestamp != seconds.to_string() || !crate::channel::is_reference(headers.id) {
        return Err(NotGenuine::Headers);
    }
    if at.seconds().abs_diff(seconds) > limits::WEBHOOK_TOLERANCE.as_secs() {
        return Err(NotGenuine::Stale);
    }
    let message = signed(headers.id, headers.timestamp, body);
    let signatures = headers.signature.split(' ').take(limits::WEBHOOK_SIGNATURES_MAX);
    let tags = signatures.filter_map(|one| BASE64_STANDARD.decode(one.strip_prefix("v1,")?).ok());
    let genuine =
        |tag: Vec<u8>| keys.iter().any(|key| hmac::verify(&key.0, &message, &tag).is_ok());
    if tags.into_iter().any(genuine) { Ok(()) } else { Err(NotGenuine::Signature) }
}

/// One receiver.
pub struct Webhook {
    url: Url,
    keys: Vec<SigningKey>,
    reach: Reach,
    resolver: Arc<dyn Resolve>,
}

impl Webhook {
    /// Checks the settings; connects to nothing.
    pub fn new(settings: Settings) -> Result<Self, SettingsFault> {
        Self::with_resolver(settings, Arc::new(SystemResolver))
    }

    /// The same with another way of looking names up, for tests.
    pub fn with_resolver(
        settings: Settings,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, SettingsFault> {
        let Settings { url, secrets, reach } = settings;
        if !reach.within_limits() {
            return Err(SettingsFault::Reach);
        }
        let url = Url::parse(&url).map_err(|_| SettingsFault::Url)?;
        reach.allows_url(&url).map_err(|_| SettingsFault::Url)?;
        if !(1..=limits::WEBHOOK_SECRETS_MAX).contains(&secrets.len()) {
            return Err(SettingsFault::Secret);
        }
        let keys = secrets.iter().map(SigningKey::parse).collect::<Result<_, _>>()?;
        Ok(Self { url, keys, reach, resolver })
    }

    /// Sends one notice. The name is looked up anew each time, every address it has must be
    /// allowed, and the connection goes to those addresses and no other.
    pub async fn send(&self, at: At, notice: &Notice) -> Result<(), SendFault> {
        let body = notice.body()?;
        let mut client = http::client().https_only(self.url.scheme() == "https");
        if let Some(host) = self.url.domain() {
            let port = self.url.port_or_known_default().ok_or(Reason::ForbiddenHost)?;
            let looking = self.resolver.resolve(host, port);
            let found = tokio::time::timeout(limits::LOOKUP_WITHIN, looking).await;
            let addresses = found.ok().flatten().ok_or(SendFault::Unreachable)?;
            let allowed = addresses.iter().all(|address| self.reach.allows_ip(address.ip()));
            if addresses.is_empty() || !allowed {
                return Err(Reason::ForbiddenHost.into());
            }
            let tried = addresses.len().min(limits::WEBHOOK_ADDRESSES_MAX);
            client = client.resolve_to_addrs(host, &addresses[..tried]);
        }
        let client = client.build().map_err(|_| SendFault::Unreachable)?;
        let signatures: Vec<_> =
            self.keys.iter().map(|key| key.sign(&notice.id, at, &body)).collect();
        let request = client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header(ID, &notice.id)
            .header(TIMESTAMP, at.seconds().to_string())
            .header(SIGNATURE, signatures.join(" "))
            .body(body);
        // The answer's body is nobody's business: it is dropped unread with the connection.
        let answer = request.send().await.map_err(|_| SendFault::Unreachable)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            300..=399 => Err(Reason::Redirected.into()),
            410 => Err(Reason::Gone.into()),
            429 => {
                let after = http::retry_after(&answer).unwrap_or(limits::AFTER_RATE_LIMIT);
                Err(SendFault::TryLater { after })
            }
            // A receiver that is being set up says 401, 404 and 500 alike.
            _ => {
                let after = http::retry_after(&answer).unwrap_or(limits::AFTER_SERVER_FAULT);
                Err(SendFault::TryLater { after })
            }
        }
    }
}

#[cfg(test)]
mod tests;
