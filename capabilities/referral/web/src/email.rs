//! An e-mail to the agency's mailbox that something waits in its console: a link to the console
//! and nothing else. Not who, not what, not even that it is about a person.

use crate::agencies;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, Outcome, Work};
use notify::words::{Language, PARTNER_NOTICE, Placeholder, Words};
use notify::{Channel, EmailAddress, Message, Recipient, SendFault};
use std::sync::Arc;

/// The work.
pub(crate) struct Email {
    pub(crate) channel: Arc<dyn Channel>,
    pub(crate) origin: String,
}

/// What an agency has to look at.
pub(crate) fn is_news(kind: &str) -> bool {
    matches!(
        kind,
        "referral.sent.v1"
            | "referral.chased.v1"
            | "referral.escalated.v1"
            | "referral.question_answered.v1"
    )
}

#[async_trait]
impl Work for Email {
    fn name(&self) -> &'static str {
        "referral-email"
    }

    fn wants(&self, kind: &str) -> bool {
        is_news(kind)
    }

    async fn perform(&self, engine: &Engine, event: &Opened, tries: u32) -> Outcome {
        let message = match self.message(engine, event).await {
            Ok(Some(message)) => message,
            Ok(None) => return Outcome::Abandoned("no-mailbox"),
            Err(fault) => {
                tracing::error!(%fault, "a notice to an agency could not be written");
                return Outcome::Later(None);
            }
        };
        let sent = match tries {
            0 => self.channel.send(engine.now(), message).await,
            _ => self.channel.send_again(engine.now(), message).await,
        };
        match sent {
            Ok(_) => Outcome::Done,
            Err(SendFault::TryLater { after }) => Outcome::Later(Some(after)),
            Err(SendFault::Unreachable) => Outcome::Later(None),
            Err(SendFault::Refused(_)) => Outcome::Abandoned("refused"),
        }
    }
}

impl Email {
    async fn message(&self, engine: &Engine, event: &Opened) -> Result<Option<Message>, Fault> {
        let Some(agency) = agencies::of_referral_event(engine, event).await? else {
            return Ok(None);
        };
        let profile = agencies::state(engine, agency).await?.profile.unwrap_or_default();
        let email = profile.email.known().and_then(|text| EmailAddress::parse(text).ok());
        let words = Words::new(PARTNER_NOTICE, Language::En)
            .with(Placeholder::Link, format!("{}/partner", self.origin.trim_end_matches('/')));
        Ok(email.map(|email| Message {
            reference: format!("partner-{}", event.position),
            to: Recipient::Email(email),
            words,
        }))
    }
}
