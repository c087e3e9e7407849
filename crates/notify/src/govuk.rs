//! GOV.UK Notify, by its real API: texts and e-mails out, receipts back. Never here: retries,
//! or the words of a text, which Notify renders from its own copy of our templates (`audit`
//! shows whether that copy still says what ours does).
//!
//! Notify does not drop a second request with the same reference; `find` before sending again
//! is what keeps a person from getting two texts. And it tries for 72 hours: a link may arrive
//! long after it is dead.

mod key;
mod receipt;

pub use key::{ApiKey, KeyKind, NotAKey};
pub use receipt::{Bearer, NotAReceipt, Receipt, ShortToken};

use crate::budget::{PerMinute, PerNumber, Place};
use crate::channel::{Accepted, Channel, Delivery, Message, Reason, Recipient, SendFault};
use crate::http;
use crate::lint;
use crate::words::{Catalogue, Language, Words, is_loopback};
use crate::{limits, secret::Secret};
use kernel::At;
use reqwest::{Client, Method, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The service itself.
pub const PRODUCTION: &str = "https://api.notifications.service.gov.uk";

/// Template ids at Notify: by language, then by the template's name in our catalogue.
pub type Ids = BTreeMap<Language, BTreeMap<String, String>>;

/// How a force is set up at Notify.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The API; another one in tests only.
    #[serde(default = "production_url")]
    pub url: String,
    /// The whole key, as Notify shows it once.
    pub key: Secret,
    /// Which kind of key it is. Notify's keys do not say; a wrong kind here is a refusal there.
    pub kind: KeyKind,
    /// An egress proxy, if the force has one.
    #[serde(default)]
    pub proxy: Option<String>,
    /// Which of the service's text senders; the default one otherwise.
    #[serde(default)]
    pub sms_sender_id: Option<String>,
    /// Which reply-to address; the default one otherwise.
    #[serde(default)]
    pub email_reply_to_id: Option<String>,
    /// Templates for texts.
    #[serde(default)]
    pub sms: Ids,
    /// Templates for e-mails.
    #[serde(default)]
    pub email: Ids,
}

fn production_url() -> String {
    PRODUCTION.to_owned()
}

/// Settings that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Neither https nor this machine.
    #[error("notify.url must be https")]
    Url,
    /// Not a key.
    #[error("notify.key: {0}")]
    Key(#[from] NotAKey),
    /// A test or team key in production: nobody would get a text.
    #[error("notify.kind: production needs a live key")]
    NotLive,
    /// A live key outside production: a rehearsal would text real people.
    #[error("notify.kind: a live key is for production only")]
    Live,
    /// An id that is no UUID.
    #[error("notify: a template, sender or reply-to id is not a UUID")]
    Id,
    /// Not a proxy's address.
    #[error("notify.proxy is not an address")]
    Proxy,
}

/// The channel.
pub struct Govuk {
    base: Url,
    key: ApiKey,
    settings: Settings,
    catalogue: Catalogue,
    client: Client,
    budget: PerMinute,
    guard: PerNumber,
}

impl Govuk {
    /// Checks the settings; sends nothing.
    pub fn new(
        settings: Settings,
        catalogue: Catalogue,
        production: bool,
    ) -> Result<Self, SettingsFault> {
        let base = Url::parse(&settings.url).map_err(|_| SettingsFault::Url)?;
        let local = base.host_str().is_some_and(is_loopback);
        if base.scheme() != "https" && !(base.scheme() == "http" && local) {
            return Err(SettingsFault::Url);
        }
        match (settings.kind, production) {
            (KeyKind::Test | KeyKind::Team, true) => return Err(SettingsFault::NotLive),
            (KeyKind::Live, false) => return Err(SettingsFault::Live),
            (KeyKind::Live, true) | (KeyKind::Test | KeyKind::Team, false) => {}
        }
        let ids = [&settings.sms, &settings.email];
        let templates = ids.into_iter().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
        let others = settings.sms_sender_id.iter().chain(&settings.email_reply_to_id);
        if !templates.chain(others).all(|id| is_uuid(id)) {
            return Err(SettingsFault::Id);
        }
        let mut client = http::client();
        if let Some(proxy) = &settings.proxy {
            client = client.proxy(reqwest::Proxy::all(proxy).map_err(|_| SettingsFault::Proxy)?);
        }
        Ok(Self {
            base,
            key: ApiKey::parse(&settings.key)?,
            client: client.build().map_err(|_| SettingsFault::Proxy)?,
            settings,
            catalogue,
            budget: PerMinute::new(limits::NOTIFY_PER_MINUTE),
            guard: PerNumber::default(),
        })
    }

    /// Templates of our catalogue that have no id at Notify for texts, for `config check`.
    pub fn missing(&self) -> Vec<(Language, String)> {
        let named = self
            .catalogue
            .sheets()
            .flat_map(|sheet| sheet.texts.keys().map(move |name| (sheet.language, name.clone())));
        named.filter(|(language, name)| id(&self.settings.sms, *language, name).is_none()).collect()
    }

    /// What became of one message: asked when no receipt came.
    pub async fn delivery(&self, at: At, provider_id: &str) -> Result<Receipt, SendFault> {
        if !is_uuid(provider_id) {
            return Err(Reason::NotFound.into());
        }
        let url = self.url(&format!("/v2/notifications/{provider_id}"));
        let answer = self.call(at, Method::GET, url, None).await?;
        Receipt::of_json(&answer).map_err(|_| SendFault::Unreachable)
    }

    /// Lints the templates as Notify has them, because Notify sends its copy and not ours.
    pub async fn audit(&self, at: At, blocked: &[String]) -> Result<Vec<lint::Finding>, SendFault> {
        let rules = lint::Rules::new(self.catalogue.origin(), blocked);
        let mut found = Vec::new();
        for (language, ids) in self.settings.sms.iter().chain(&self.settings.email) {
            for (name, id) in ids {
                let url = self.url(&format!("/v2/template/{id}"));
                let template = self.call(at, Method::GET, url, None).await?;
                let text = |field: &str| template.get(field).and_then(Value::as_str);
                let body = text("body").ok_or(SendFault::Unreachable)?;
                found.extend(rules.text(*language, name, body));
                if let Some(subject) = text("subject") {
                    found.extend(rules.line(*language, "subject", subject));
                }
            }
        }
        Ok(found)
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    /// The path and body of one request.
    fn request(&self, message: &Message) -> Result<(&'static str, Value), SendFault> {
        message.check()?;
        self.catalogue.check(&message.words)?;
        let Words { template, language, values } = &message.words;
        let with = |ids, path, recipient: (&str, &str), sender: (&str, &Option<String>)| {
            let template = id(ids, *language, template).ok_or(Reason::UnknownTemplate)?;
            let mut body = json!({
                "template_id": template,
                "personalisation": values,
                "reference": message.reference,
            });
            body[recipient.0] = recipient.1.into();
            if let Some(sender_id) = sender.1 {
                body[sender.0] = sender_id.as_str().into();
            }
            Ok((path, body))
        };
        match &message.to {
            Recipient::Mobile(number) => {
                if self.settings.kind == KeyKind::Live && number.is_drama() {
                    return Err(Reason::DramaNumber.into());
                }
                let sender = ("sms_sender_id", &self.settings.sms_sender_id);
                let to = ("phone_number", number.e164());
                with(&self.settings.sms, "/v2/notifications/sms", to, sender)
            }
            Recipient::Email(address) => {
                let sender = ("email_reply_to_id", &self.settings.email_reply_to_id);
                let to = ("email_address", address.text());
                with(&self.settings.email, "/v2/notifications/email", to, sender)
            }
        }
    }

    fn reserve(&self, at: At, message: &Message) -> Result<Option<Place>, SendFault> {
        let Recipient::Mobile(number) = &message.to else {
            return Ok(None);
        };
        let Words { template, language, values } = &message.words;
        let place = self.guard.reserve(at, number, (template, language, values));
        place.map(Some).map_err(|after| SendFault::TryLater { after })
    }

    /// One exchange: budget, token, request, and what the status means.
    async fn call(
        &self,
        at: At,
        method: Method,
        url: Url,
        body: Option<&Value>,
    ) -> Result<Value, SendFault> {
        self.budget.take(at).map_err(|after| SendFault::TryLater { after })?;
        let mut request = self.client.request(method, url).bearer_auth(self.key.token(at));
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(|_| SendFault::Unreachable)?;
        let (status, after) = (answer.status(), http::retry_after(&answer));
        let body = http::body(answer).await;
        if status.is_success() {
            return serde_json::from_slice(&body?).map_err(|_| SendFault::Unreachable);
        }
        let fault = Fault::of_body(&body.unwrap_or_default());
        tracing::warn!(status = status.as_u16(), ?fault, "GOV.UK Notify did not do as asked");
        Err(refusal(status, fault, after))
    }
}

#[async_trait::async_trait]
impl Channel for Govuk {
    async fn send(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        let (path, body) = self.request(&message)?;
        let place = self.reserve(at, &message)?;
        let answer = self.call(at, Method::POST, self.url(path), Some(&body)).await;
        // Only what may have gone counts against the number.
        if let (Some(place), Err(SendFault::Refused(_) | SendFault::TryLater { .. })) =
            (place, &answer)
        {
            self.guard.release(place);
        }
        match answer?.get("id").and_then(Value::as_str) {
            Some(id) if is_uuid(id) => {
                Ok(Accepted { provider_id: id.to_owned(), delivery: Delivery::Created })
            }
            Some(_) | None => Err(SendFault::Unreachable),
        }
    }

    async fn find(&self, at: At, reference: &str) -> Result<Option<Accepted>, SendFault> {
        if !crate::channel::is_reference(reference) {
            return Err(Reason::BadReference.into());
        }
        let mut url = self.url("/v2/notifications");
        url.query_pairs_mut().append_pair("reference", reference);
        let answer = self.call(at, Method::GET, url, None).await?;
        let list = answer.get("notifications").and_then(Value::as_array);
        let first = list.ok_or(SendFault::Unreachable)?.first();
        first.map(|one| Receipt::of_json(one).map_err(|_| SendFault::Unreachable)).transpose().map(
            |found| found.map(|r| Accepted { provider_id: r.provider_id, delivery: r.delivery }),
        )
    }
}

fn id<'a>(ids: &'a Ids, language: Language, name: &str) -> Option<&'a str> {
    ids.get(&language)?.get(name).map(String::as_str)
}

/// 36 characters of hex and hyphens in their places: nothing else goes into a path.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, b)| match place {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// Notify's own name for what is wrong. Its message is never read: it may quote the recipient,
/// and Notify warns that it changes.
//= GOV.UK Notify documentation, general errors: use the status code or the error type
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Validation,
    TooManyRequests,
    Other,
}

impl Fault {
    fn of_body(body: &[u8]) -> Self {
        let body: Option<Value> = serde_json::from_slice(body).ok();
        let name = body.as_ref().and_then(|body| body.pointer("/errors/0/error")?.as_str());
        match name {
            Some("ValidationError") => Self::Validation,
            Some("TooManyRequestsError") => Self::TooManyRequests,
            Some(_) | None => Self::Other,
        }
    }
}

fn refusal(status: StatusCode, fault: Fault, after: Option<std::time::Duration>) -> SendFault {
    let later = |otherwise| SendFault::TryLater { after: after.unwrap_or(otherwise) };
    match (status.as_u16(), fault) {
        (429, Fault::TooManyRequests) => later(limits::AFTER_DAY_LIMIT),
        (429, Fault::Validation | Fault::Other) => later(limits::AFTER_RATE_LIMIT),
        // A gateway that gave up may have passed the request on first.
        (502 | 504, _) => SendFault::Unreachable,
        (408 | 500.., _) => later(limits::AFTER_SERVER_FAULT),
        (400, Fault::Validation) => Reason::Invalid.into(),
        (400, Fault::TooManyRequests | Fault::Other) => Reason::NotAllowed.into(),
        (401 | 403, _) => Reason::BadKey.into(),
        (404, _) => Reason::NotFound.into(),
        (413, _) => Reason::TooLong.into(),
        (300..=399, _) => Reason::Redirected.into(),
        (_, _) => Reason::Invalid.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_uuid_goes_into_a_path() {
        assert!(is_uuid("740e5834-3a29-46b4-9a6f-16142fde533a"));
        for text in ["", "../../x", "740e5834-3a29-46b4-9a6f-16142fde533a/", "740e5834"] {
            assert!(!is_uuid(text), "{text}");
        }
        assert!(!is_uuid(&"-".repeat(36)));
    }
}
