//! The channels against doubles of the other side that speak its protocol over real sockets:
//! Notify's API, a webhook receiver, a mail server. Never here: the network beyond loopback.

#![expect(clippy::unwrap_used, reason = "all of it is tests, the parts they share included")]

mod govuk;
mod smtp;
mod webhook;

use kernel::At;
use notify::words::{self, Language, Placeholder, Words};
use notify::{Catalogue, EmailAddress, Message, Numbers, Origin, PhoneNumber, Recipient};

/// When every test happens.
pub const NOW: At = At::from_seconds(1_800_000_000);
/// The outbox id of the one message.
pub const REFERENCE: &str = "000000000000000000000000000000aa";
/// The secret in the one link.
pub const LINK: &str = "https://video.example.org/j#c2VjcmV0c2VjcmV0c2VjcmV0";

pub fn catalogue() -> Catalogue {
    Catalogue::house(Origin::parse("https://video.example.org").unwrap())
}

pub fn mobile() -> Recipient {
    Recipient::Mobile(PhoneNumber::parse("07700 900123", Numbers::AndDrama).unwrap())
}

pub fn mailbox() -> Recipient {
    Recipient::Email(EmailAddress::parse("someone@example.org").unwrap())
}

pub fn link_to(to: Recipient) -> Message {
    let words = Words::new(words::LINK, Language::En)
        .with(Placeholder::Link, LINK)
        .with(Placeholder::Minutes, "15");
    Message { reference: REFERENCE.to_owned(), to, words }
}

/// What no error, and no `Debug`, may ever show.
pub fn shows_nothing_personal(shown: &str) {
    for secret in ["7700900123", "900123", "someone@", "c2VjcmV0", "3d844edf"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
