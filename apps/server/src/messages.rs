//! Who carries messages, by the settings: a provider for telephones, one for e-mail, and in a
//! demonstration the screen for both.

use crate::settings::Settings;
use async_trait::async_trait;
use kernel::At;
use notify::govuk::Govuk;
use notify::screen::Screen;
use notify::smtp::Smtp;
use notify::webhook::reach::Reach;
use notify::webhook::{self, Webhook};
use notify::{
    Accepted, Catalogue, Channel, Message, Numbers, Origin, Recipient, Secret, SendFault,
};
use serde::de::DeserializeOwned;
use std::error::Error;
use std::sync::Arc;

type Fault = Box<dyn Error + Send + Sync>;

/// The providers of this service.
pub(crate) struct Messages {
    /// What the capabilities send by.
    pub(crate) channel: Arc<dyn Channel>,
    /// The on-screen telephones, outside production.
    pub(crate) screen: Option<Arc<Screen>>,
    /// Which telephone numbers are real.
    pub(crate) numbers: Numbers,
}

struct ByRecipient {
    texts: Arc<dyn Channel>,
    emails: Arc<dyn Channel>,
}

#[async_trait]
impl Channel for ByRecipient {
    async fn send(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        self.of(&message).send(at, message).await
    }

    async fn send_again(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        self.of(&message).send_again(at, message).await
    }
}

impl ByRecipient {
    fn of(&self, message: &Message) -> &dyn Channel {
        match message.to {
            Recipient::Mobile(_) => &*self.texts,
            Recipient::Email(_) => &*self.emails,
        }
    }
}

/// Builds the providers; every template is linted, and one finding is enough to refuse.
pub(crate) fn build(settings: &Settings) -> Result<Messages, Fault> {
    let origin = Origin::parse(&settings.origin)?;
    let catalogue = Catalogue::house(origin);
    if let Some(finding) = catalogue.findings(&[]).first() {
        return Err(format!("a message template is not neutral: {finding}").into());
    }
    let screen = match settings.production {
        true => None,
        false => Some(Arc::new(Screen::new(catalogue.clone(), false)?)),
    };
    let shown = |what: &str| -> Result<Arc<dyn Channel>, Fault> {
        let screen = screen.clone().ok_or(format!("messages.{what} is not set up"))?;
        Ok(screen)
    };
    let texts: Arc<dyn Channel> = match settings.messages.texts.as_str() {
        "govuk" => {
            let govuk = read("messages.govuk", &settings.messages.govuk)?;
            Arc::new(Govuk::new(govuk, catalogue.clone(), settings.production)?)
        }
        _ => shown("texts")?,
    };
    let emails: Arc<dyn Channel> = if settings.messages.smtp.is_empty() {
        shown("smtp").unwrap_or_else(|_| texts.clone())
    } else {
        Arc::new(Smtp::new(&read("messages.smtp", &settings.messages.smtp)?, catalogue)?)
    };
    let numbers = if settings.production { Numbers::Real } else { Numbers::AndDrama };
    let channel = Arc::new(ByRecipient { texts, emails });
    Ok(Messages { channel, screen, numbers })
}

/// One listener of webhooks: its own host and no other can be reached.
pub(crate) fn webhook(listener: &crate::settings::Webhook) -> Result<Arc<Webhook>, Fault> {
    // With its port, where it names one: that is part of what may be reached.
    let host = listener.url.split("://").nth(1).and_then(|rest| rest.split(['/', '?']).next());
    let host = host.filter(|host| !host.is_empty()).ok_or("webhooks.url has no host")?;
    let reach =
        Reach { hosts: vec![host.to_owned()], networks: vec![], loopback: listener.loopback };
    let settings = webhook::Settings {
        url: listener.url.clone(),
        secrets: vec![Secret::new(listener.secret.clone())],
        reach,
    };
    Ok(Arc::new(Webhook::new(settings)?))
}

fn read<T: DeserializeOwned>(name: &str, table: &toml::Table) -> Result<T, Fault> {
    table.clone().try_into().map_err(|fault: toml::de::Error| format!("{name}: {fault}").into())
}
