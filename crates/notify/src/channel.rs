//! What every provider promises: a message goes out once per reference as far as the provider
//! allows, and a failure says only whether trying again can help. Never here: a provider.

use crate::contact::{EmailAddress, PhoneNumber};
use crate::limits;
use crate::words::Words;
use kernel::At;
use std::fmt;
use std::time::Duration;

/// A way to reach somebody. `at` is now, handed in by the engine's clock.
///
/// An accepted message may be delivered up to `limits::DELIVERY_TRIED_FOR` (72 hours) later,
/// because the networks go on trying while a phone is off. Whoever sends a link must therefore
/// expect it to be opened long after it is dead, and answer with a neutral page.
#[async_trait::async_trait]
pub trait Channel: Send + Sync {
    /// Hands one message to the provider.
    async fn send(&self, at: At, message: Message) -> Result<Accepted, SendFault>;

    /// What became of the message with this reference, if the provider has it. Providers that
    /// cannot say answer `None`.
    async fn find(&self, at: At, reference: &str) -> Result<Option<Accepted>, SendFault> {
        let _ = (at, reference);
        Ok(None)
    }

    /// Every attempt after the first: asks before it sends, because an attempt that timed out
    /// may have been accepted and a second text is a second buzz of her phone.
    async fn send_again(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        match self.find(at, &message.reference).await? {
            Some(accepted) => Ok(accepted),
            None => self.send(at, message).await,
        }
    }
}

/// One message to one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The outbox id: letters, digits and hyphens. It reaches the provider; nothing personal.
    pub reference: String,
    /// Whom to.
    pub to: Recipient,
    /// What is said.
    pub words: Words,
}

impl Message {
    /// Whether the reference is one that may leave the house.
    pub fn check(&self) -> Result<(), SendFault> {
        if is_reference(&self.reference) { Ok(()) } else { Err(Reason::BadReference.into()) }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("reference", &self.reference)
            .field("to", &self.to)
            .field("words", &self.words)
            .finish()
    }
}

pub(crate) fn is_reference(text: &str) -> bool {
    (1..=limits::REFERENCE_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Where a message goes. `Debug` says which kind, never which one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// A text.
    Mobile(PhoneNumber),
    /// An e-mail.
    Email(EmailAddress),
}

/// The provider took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The provider's own id, under which receipts come back.
    pub provider_id: String,
    /// What is known of its delivery at this moment.
    pub delivery: Delivery,
}

/// How far a message has come, in GOV.UK Notify's words, which the other channels borrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// The provider has it in its queue.
    Created,
    /// The provider has handed it to the network.
    Sending,
    /// The network has it and the phone does not.
    Pending,
    /// It has left, and nothing more will be known.
    Sent,
    /// It is on the phone.
    Delivered,
    /// The number or address does not exist. Trying again cannot help.
    PermanentFailure,
    /// The phone was off, or the inbox full, for as long as the network tried.
    TemporaryFailure,
    /// Something broke between the provider and the network.
    TechnicalFailure,
}

impl Delivery {
    /// Every state, in order of progress.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Sending,
        Self::Pending,
        Self::Sent,
        Self::TechnicalFailure,
        Self::TemporaryFailure,
        Self::PermanentFailure,
        Self::Delivered,
    ];

    /// The provider's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Sending => "sending",
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::PermanentFailure => "permanent-failure",
            Self::TemporaryFailure => "temporary-failure",
            Self::TechnicalFailure => "technical-failure",
        }
    }

    /// Reads the provider's word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.word() == word)
    }

    /// Whether this is news to somebody who knows `known`. Receipts are repeated, overtake one
    /// another and come days late; progress only ever goes forward.
    pub fn is_news_after(self, known: Self) -> bool {
        let rank = |one: Self| Self::ALL.iter().position(|other| *other == one);
        rank(self) > rank(known)
    }

    /// Whether it failed, so that the handler must reach her another way.
    pub const fn failed(self) -> bool {
        matches!(self, Self::PermanentFailure | Self::TemporaryFailure | Self::TechnicalFailure)
    }
}

/// Why a message did not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// It will never go as it stands.
    #[error("refused: {0}")]
    Refused(Reason),
    /// It may go after this long.
    #[error("not now; try again in {} s", after.as_secs())]
    TryLater {
        /// How long to wait.
        after: Duration,
    },
    /// Nobody answered, or nobody we understood; it may have gone. Use `send_again`.
    #[error("the provider cannot be reached")]
    Unreachable,
}

impl From<Reason> for SendFault {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}

/// Why a message is refused for good: a code for the record and words for an officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// This channel does not reach that kind of recipient.
    #[error("this channel does not reach that kind of recipient")]
    WrongRecipient,
    /// Reserved for drama; a live service must not text it.
    #[error("this number is reserved for drama")]
    DramaNumber,
    /// The reference is not letters, digits and hyphens.
    #[error("the reference is not one that may leave the house")]
    BadReference,
    /// No such template in this language on this channel.
    #[error("there is no such template in this language")]
    UnknownTemplate,
    /// A value is missing, is not asked for, or is not of its placeholder's form.
    #[error("a value does not fit the template")]
    BadValue,
    /// The link is not on the force's own host.
    #[error("the link is not on the force's own host")]
    ForeignLink,
    /// The provider found the request invalid: most often a number that is no mobile.
    #[error("the provider found the number or the template invalid")]
    Invalid,
    /// The provider does not allow this recipient with this key, or at all.
    #[error("the provider does not allow this recipient")]
    NotAllowed,
    /// The provider does not accept our key, or our clock is more than 30 seconds out.
    #[error("the provider does not accept our key or our clock")]
    BadKey,
    /// The provider does not know what we asked for.
    #[error("the provider does not know it")]
    NotFound,
    /// The receiver says it wants no more.
    #[error("the receiver wants no more")]
    Gone,
    /// The receiver sent us elsewhere; we do not follow.
    #[error("the receiver answered with a redirect")]
    Redirected,
    /// The host is not on the list, or its address is in a range that is never called.
    #[error("the host may not be called")]
    ForbiddenHost,
    /// The mail server refused the recipient or the message.
    #[error("the mail server refused it")]
    MailRefused,
    /// More bytes than the limit.
    #[error("the message is too long")]
    TooLong,
}

impl Reason {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongRecipient => "wrong_recipient",
            Self::DramaNumber => "drama_number",
            Self::BadReference => "bad_reference",
            Self::UnknownTemplate => "unknown_template",
            Self::BadValue => "bad_value",
            Self::ForeignLink => "foreign_link",
            Self::Invalid => "invalid",
            Self::NotAllowed => "not_allowed",
            Self::BadKey => "bad_key",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::Redirected => "redirected",
            Self::ForbiddenHost => "forbidden_host",
            Self::MailRefused => "mail_refused",
            Self::TooLong => "too_long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_only_goes_forward_whatever_order_receipts_come_in() {
        assert!(Delivery::Delivered.is_news_after(Delivery::TemporaryFailure));
        assert!(Delivery::TechnicalFailure.is_news_after(Delivery::Sent));
        assert!(!Delivery::Sending.is_news_after(Delivery::Delivered));
        assert!(!Delivery::Delivered.is_news_after(Delivery::Delivered));
        for delivery in Delivery::ALL {
            assert_eq!(Delivery::of_word(delivery.word()), Some(delivery));
            let json = serde_json::to_value(delivery).unwrap();
            assert_eq!(json, serde_json::json!(delivery.word()));
        }
        assert_eq!(Delivery::of_word("received"), None);
    }

    #[test]
    fn a_reason_is_stored_by_the_code_it_shows() {
        for reason in [Reason::WrongRecipient, Reason::BadKey, Reason::ForbiddenHost] {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
        }
    }
}
