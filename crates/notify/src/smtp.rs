//! E-mail through the force's own mail server. Sender and subject are neutral and linted like
//! the texts. Never here: a queue, or the server's own words about an address.

use crate::channel::{Accepted, Channel, Delivery, Message, Reason, Recipient, SendFault};
use crate::contact::EmailAddress;
use crate::words::{Catalogue, Language, Rendered, is_loopback};
use crate::{limits, lint, secret::Secret};
use kernel::At;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::Deserialize;
use std::time::{Duration, UNIX_EPOCH};

/// How the connection is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (usually port 465).
    Tls,
    /// TLS after `STARTTLS` (usually 587); nothing is sent if the server does not offer it.
    StartTls,
    /// None: for a relay on this machine only.
    None,
}

/// The force's mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub security: Security,
    /// A user, if it wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// The user's password.
    #[serde(default)]
    pub password: Option<Secret>,
    /// Where mail comes from: neutral, and read by nobody.
    pub from: String,
    /// The name shown before the address: neutral.
    pub sender: String,
    /// The force's own certificate authority, in PEM, besides the public ones.
    #[serde(default)]
    pub authority: Option<String>,
}

/// Settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Plain SMTP over a network would show the address and the link.
    #[error("smtp.security: a connection without TLS is for this machine only")]
    Plain,
    /// A user without TLS, or without a password.
    #[error("smtp.user and smtp.password belong together")]
    Login,
    /// Not an address.
    #[error("smtp.from is not an email address")]
    From,
    /// Words that tell.
    #[error("smtp: {0}")]
    Telling(String),
    /// A host or certificate that TLS cannot use.
    #[error("smtp.host or smtp.authority cannot be used for TLS")]
    Tls,
}

/// The channel.
pub struct Smtp {
    from: Mailbox,
    domain: String,
    catalogue: Catalogue,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Checks the settings; connects to nothing.
    pub fn new(settings: &Settings, catalogue: Catalogue) -> Result<Self, SettingsFault> {
        let rules = lint::Rules::new(catalogue.origin(), &[]);
        if let Some(finding) = rules.line(Language::En, "sender", &settings.sender).first() {
            return Err(SettingsFault::Telling(finding.to_string()));
        }
        let from = EmailAddress::parse(&settings.from).map_err(|_| SettingsFault::From)?;
        let address: lettre::Address = from.text().parse().map_err(|_| SettingsFault::From)?;
        let domain = address.domain().to_owned();
        let tls = tls(settings)?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(limits::EXCHANGE_WITHIN))
            // Our own host name would tell more than the sender's domain does.
            .hello_name(ClientId::Domain(domain.clone()));
        match (&settings.user, &settings.password) {
            (Some(user), Some(password)) => {
                let login = Credentials::new(user.clone(), password.reveal().to_owned());
                transport = transport.credentials(login);
            }
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => return Err(SettingsFault::Login),
        }
        let from = Mailbox::new(Some(settings.sender.clone()), address);
        Ok(Self { from, domain, catalogue, transport: transport.build() })
    }

    /// Whether the server greets us: for `config check` and `/readyz`.
    pub async fn greets(&self) -> bool {
        let greeting = tokio::time::timeout(limits::SMTP_WITHIN, self.transport.test_connection());
        matches!(greeting.await, Ok(Ok(true)))
    }

    fn letter(&self, at: At, message: &Message) -> Result<(String, lettre::Message), SendFault> {
        message.check()?;
        let Recipient::Email(to) = &message.to else {
            return Err(Reason::WrongRecipient.into());
        };
        let to: lettre::Address = to.text().parse().map_err(|_| Reason::Invalid)?;
        let Rendered { subject, body } = self.catalogue.render(&message.words)?;
        // The same id on every attempt lets a mail server drop the second.
        let id = format!("<{}@{}>", message.reference, self.domain);
        let seconds = Duration::from_secs(at.seconds().max(0).unsigned_abs());
        let mut letter = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .message_id(Some(id.clone()))
            .date(UNIX_EPOCH + seconds)
            .header(header::ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|_| Reason::Invalid)?;
        // So that no holiday notice answers from an inbox that somebody else may read.
        let name = header::HeaderName::new_from_ascii_str("Auto-Submitted");
        let value = header::HeaderValue::new(name, "auto-generated".to_owned());
        letter.headers_mut().insert_raw(value);
        Ok((id, letter))
    }
}

fn tls(settings: &Settings) -> Result<Tls, SettingsFault> {
    let parameters = || {
        let mut builder = TlsParameters::builder(settings.host.clone());
        if let Some(authority) = &settings.authority {
            if !authority.contains("BEGIN CERTIFICATE") {
                return Err(SettingsFault::Tls);
            }
            let root = Certificate::from_pem(authority.as_bytes());
            builder = builder.add_root_certificate(root.map_err(|_| SettingsFault::Tls)?);
        }
        builder.build_rustls().map_err(|_| SettingsFault::Tls)
    };
    match settings.security {
        Security::Tls => Ok(Tls::Wrapper(parameters()?)),
        Security::StartTls => Ok(Tls::Required(parameters()?)),
        Security::None if is_loopback(&settings.host) => Ok(Tls::None),
        Security::None => Err(SettingsFault::Plain),
    }
}

#[async_trait::async_trait]
impl Channel for Smtp {
    async fn send(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        let (id, letter) = self.letter(at, &message)?;
        let sending = tokio::time::timeout(limits::SMTP_WITHIN, self.transport.send(letter));
        match sending.await {
            // Receipts do not come back from mail: this is all that will ever be known.
            Ok(Ok(_)) => Ok(Accepted { provider_id: id, delivery: Delivery::Sent }),
            Ok(Err(fault)) if fault.is_permanent() => Err(Reason::MailRefused.into()),
            Ok(Err(fault)) if fault.is_transient() => {
                Err(SendFault::TryLater { after: limits::AFTER_GREYLISTING })
            }
            Ok(Err(_)) | Err(_) => Err(SendFault::Unreachable),
        }
    }
}
