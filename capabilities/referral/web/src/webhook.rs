//! Tells an agency's own system, signed, that something happened to a referral of its own: which
//! one, never whose. It asks the API for the rest, and that leaves its trace. The number of a
//! notice says nothing of how much the force does besides.

use crate::{agencies, email};
use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use engine::{Engine, Fault, Opened, Outcome, Work};
use notify::Secret;
use notify::webhook::reach::Reach;
use notify::webhook::{Notice, Settings, Webhook};
use referral::{AgencyId, ReferralId};
use std::collections::BTreeMap;

/// The work.
pub(crate) struct Tell {
    /// Whether a receiver on this machine may be told: in demonstrations and tests.
    pub(crate) loopback: bool,
}

#[async_trait]
impl Work for Tell {
    fn name(&self) -> &'static str {
        "referral-webhook"
    }

    fn wants(&self, kind: &str) -> bool {
        email::is_news(kind) || kind == "referral.withdrawn.v1"
    }

    async fn perform(&self, engine: &Engine, event: &Opened, _: u32) -> Outcome {
        let made = match self.made(engine, event).await {
            Ok(made) => made,
            Err(fault) => {
                tracing::error!(%fault, "an agency's system could not be told");
                return Outcome::Later(None);
            }
        };
        let Some((webhook, notice)) = made else { return Outcome::Abandoned("no-webhook") };
        tell::send(engine, &webhook, &notice).await
    }
}

impl Tell {
    async fn made(
        &self,
        engine: &Engine,
        event: &Opened,
    ) -> Result<Option<(Webhook, Notice)>, Fault> {
        let Some(agency) = agencies::of_referral_event(engine, event).await? else {
            return Ok(None);
        };
        let state = agencies::state(engine, agency).await?;
        let url = state.webhook.and_then(kernel::Personal::into_known);
        let webhook = url.and_then(|url| webhook(engine, agency, url, self.loopback));
        Ok(webhook.zip(notice(event)))
    }
}

fn webhook(engine: &Engine, agency: AgencyId, url: String, loopback: bool) -> Option<Webhook> {
    let host = url.split("://").nth(1)?.split(['/', ':', '?']).next()?.to_owned();
    let reach = Reach { hosts: vec![host], networks: vec![], loopback };
    let secrets = vec![Secret::new(secret(engine, agency))];
    Webhook::new(Settings { url, secrets, reach }).ok()
}

/// What its notices are signed with: the same as long as the service has its keys, so that
/// nobody has to keep it.
pub(crate) fn secret(engine: &Engine, agency: AgencyId) -> String {
    let bytes = engine.derive("agency-webhook", agency.to_string().as_bytes());
    format!("whsec_{}", BASE64.encode(bytes))
}

pub(crate) fn notice(event: &Opened) -> Option<Notice> {
    let id = ReferralId::of_stream(&event.stream)?;
    let kind = event.kind.strip_suffix(".v1").unwrap_or(&event.kind);
    // Its place in its own stream, not in the journal: that would count everybody else's.
    let notice = format!("{id}-{}", event.version);
    let ids = BTreeMap::from([("referral".to_owned(), id.to_string())]);
    Some(Notice { id: notice, kind: kind.to_owned(), at: event.at, ids })
}
