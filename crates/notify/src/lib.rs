//! Words on their way out: texts, e-mails and signed webhooks, through one small trait and a
//! few providers. Knows no capability; decides nothing about who may be written to (that is
//! the rules' affair, asked again just before the call). Never here: retries, clocks, luck, or
//! any number, address, link or provider's own text in an error, a log or a `Debug`.
//!
//! Reading order: `channel` (what a provider promises), `contact` (whom to), `words` and `lint`
//! (what may be said), then the providers `govuk`, `smtp`, `screen`, then `webhook`.

pub mod budget;
pub mod channel;
pub mod contact;
pub mod govuk;
mod gsm;
mod http;
pub mod limits;
pub mod lint;
pub mod screen;
pub mod secret;
pub mod smtp;
pub mod webhook;
pub mod words;

pub use channel::{Accepted, Channel, Delivery, Message, Reason, Recipient, SendFault};
pub use contact::{EmailAddress, Numbers, PhoneNumber};
pub use secret::Secret;
pub use words::{Catalogue, Language, Origin, Placeholder, Words};
