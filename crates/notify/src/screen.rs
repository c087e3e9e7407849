//! The demonstration's telephone: messages shown on a page instead of sent. In memory, gone
//! with the process. Never in production: it refuses to exist there.

use crate::channel::{Accepted, Channel, Delivery, Message, Recipient, SendFault};
use crate::limits;
use crate::words::{Catalogue, Rendered};
use kernel::At;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;

/// Asked for in production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the on-screen phone is for demonstrations; it is refused in production")]
pub struct NotInProduction;

/// One message on the screen. `Debug` shows neither to whom nor what.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// Our reference.
    pub reference: String,
    /// Whose phone it is.
    pub to: Recipient,
    /// When it arrived.
    pub at: At,
    /// What it says.
    pub words: Rendered,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").field("reference", &self.reference).field("at", &self.at).finish()
    }
}

/// Every on-screen phone.
pub struct Screen {
    catalogue: Catalogue,
    /// One entry a phone, the one that was last written to at the back.
    phones: Mutex<VecDeque<(Recipient, VecDeque<Shown>)>>,
    arrivals: broadcast::Sender<Shown>,
}

impl Screen {
    /// Refuses when the configuration says production.
    pub fn new(catalogue: Catalogue, production: bool) -> Result<Self, NotInProduction> {
        if production {
            return Err(NotInProduction);
        }
        let (arrivals, _) = broadcast::channel(limits::SCREEN_BACKLOG);
        Ok(Self { catalogue, phones: Mutex::default(), arrivals })
    }

    /// Messages from now on, on every phone. A watcher that falls behind is told so and reads
    /// the phone again.
    pub fn subscribe(&self) -> broadcast::Receiver<Shown> {
        self.arrivals.subscribe()
    }

    /// What one phone shows, oldest first.
    pub fn messages(&self, to: &Recipient) -> Vec<Shown> {
        let phones = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
        let phone = phones.iter().find(|(one, _)| one == to);
        phone.map(|(_, shown)| shown.iter().cloned().collect()).unwrap_or_default()
    }

    /// Puts a message on its phone; `false` when it is there already.
    fn show(&self, shown: Shown) -> bool {
        let mut phones = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
        let place = phones.iter().position(|(one, _)| *one == shown.to);
        let (to, mut messages) = place
            .and_then(|place| phones.remove(place))
            .unwrap_or_else(|| (shown.to.clone(), VecDeque::new()));
        let new = messages.iter().all(|one| one.reference != shown.reference);
        if new {
            messages.push_back(shown);
        }
        if messages.len() > limits::SCREEN_MESSAGES_MAX {
            messages.pop_front();
        }
        phones.push_back((to, messages));
        if phones.len() > limits::SCREEN_PHONES_MAX {
            phones.pop_front();
        }
        new
    }
}

#[async_trait::async_trait]
impl Channel for Screen {
    async fn send(&self, at: At, message: Message) -> Result<Accepted, SendFault> {
        message.check()?;
        let words = self.catalogue.render(&message.words)?;
        let provider_id = format!("screen-{}", message.reference);
        let shown = Shown { reference: message.reference, to: message.to, at, words };
        if self.show(shown.clone()) {
            // Nobody watching is no fault: the phone keeps it.
            let _ = self.arrivals.send(shown);
        }
        Ok(Accepted { provider_id, delivery: Delivery::Delivered })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Reason;
    use crate::contact::{Numbers, PhoneNumber};
    use crate::words::{self, Language, Origin, Placeholder, Words};

    const NOW: At = At::from_seconds(1_800_000_000);

    fn screen() -> Screen {
        let origin = Origin::parse("http://127.0.0.1:8080").unwrap();
        Screen::new(Catalogue::house(origin), false).unwrap()
    }

    fn mobile(last: usize) -> Recipient {
        let text = format!("07700 900{last:03}");
        Recipient::Mobile(PhoneNumber::parse(&text, Numbers::AndDrama).unwrap())
    }

    fn message(reference: usize, to: Recipient) -> Message {
        let words = Words::new(words::LINK, Language::En)
            .with(Placeholder::Link, "http://127.0.0.1:8080/j#abc")
            .with(Placeholder::Minutes, "15");
        Message { reference: reference.to_string(), to, words }
    }

    #[test]
    fn there_is_no_on_screen_phone_in_production() {
        let origin = Origin::parse("https://a.example").unwrap();
        assert_eq!(Screen::new(Catalogue::house(origin), true).err(), Some(NotInProduction));
    }

    #[tokio::test]
    async fn a_message_is_on_its_phone_once_and_watchers_see_it() {
        let screen = screen();
        let mut watching = screen.subscribe();
        let accepted = screen.send(NOW, message(1, mobile(1))).await.unwrap();
        assert_eq!(accepted.delivery, Delivery::Delivered);
        assert_eq!(screen.send_again(NOW, message(1, mobile(1))).await.unwrap(), accepted);
        let shown = watching.recv().await.unwrap();
        assert!(shown.words.body.contains("http://127.0.0.1:8080/j#abc"));
        assert!(watching.try_recv().is_err());
        assert_eq!(screen.messages(&mobile(1)), std::slice::from_ref(&shown));
        assert_eq!(screen.messages(&mobile(2)), []);
        assert!(!format!("{shown:?}").contains("07700") && !format!("{shown:?}").contains("abc"));
    }

    #[tokio::test]
    async fn phones_and_their_messages_are_few() {
        let screen = screen();
        for reference in 0..limits::SCREEN_MESSAGES_MAX + 5 {
            screen.send(NOW, message(reference, mobile(0))).await.unwrap();
        }
        let kept = screen.messages(&mobile(0));
        assert_eq!(kept.len(), limits::SCREEN_MESSAGES_MAX);
        assert_eq!(kept[0].reference, "5");
        for phone in 1..=limits::SCREEN_PHONES_MAX {
            screen.send(NOW, message(0, mobile(phone))).await.unwrap();
        }
        assert_eq!(screen.messages(&mobile(0)), [], "the one longest unwritten-to is dropped");
        assert_eq!(screen.phones.lock().unwrap().len(), limits::SCREEN_PHONES_MAX);
    }

    #[tokio::test]
    async fn a_foreign_link_is_not_shown_even_here() {
        let screen = screen();
        let mut foreign = message(1, mobile(1));
        foreign.words.values.insert(Placeholder::Link, "https://evil.test/j".to_owned());
        let fault = screen.send(NOW, foreign).await;
        assert_eq!(fault, Err(SendFault::Refused(Reason::ForeignLink)));
    }
}
