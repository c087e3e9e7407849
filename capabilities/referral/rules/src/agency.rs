//! One agency of the directory: who it is, which kinds of help it gives, who works there, and
//! how its own system reaches us and we it. One stream an agency. Pure.

use crate::kind::KindCode;
use crate::limits;
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Personal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What it does, as the directory says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id in the directory.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
}

/// What the directory says of an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Where notices go: a shared mailbox.
    pub email: Personal<String>,
    /// Its services.
    pub services: Vec<Service>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// It is in the directory.
    #[serde(rename = "agency.registered.v1")]
    Registered {
        /// What the directory says.
        profile: Profile,
    },
    /// The directory says something else now.
    #[serde(rename = "agency.described.v1")]
    Described {
        /// What it says.
        profile: Profile,
    },
    /// These kinds of help it gives.
    #[serde(rename = "agency.kinds_set.v1")]
    KindsSet {
        /// Their codes.
        kinds: Vec<KindCode>,
    },
    /// This account works for it, and for no other.
    #[serde(rename = "agency.worker_added.v1")]
    WorkerAdded {
        /// Who.
        staff: StaffId,
    },
    /// This account works for it no more.
    #[serde(rename = "agency.worker_removed.v1")]
    WorkerRemoved {
        /// Who.
        staff: StaffId,
    },
    /// Its own system may ask us, with this key.
    #[serde(rename = "agency.key_issued.v1")]
    KeyIssued {
        /// SHA-256 of the key, in hexadecimal; the key itself is kept nowhere.
        sha256: String,
    },
    /// None of its keys holds any more.
    #[serde(rename = "agency.keys_revoked.v1")]
    KeysRevoked {},
    /// Its own system is told of what is new, here.
    #[serde(rename = "agency.webhook_set.v1")]
    WebhookSet {
        /// Where.
        url: Personal<String>,
    },
    /// Its own system is told nothing any more.
    #[serde(rename = "agency.webhook_removed.v1")]
    WebhookRemoved {},
    /// Nothing is referred to it any more.
    #[serde(rename = "agency.closed.v1")]
    Closed {},
    /// Things are referred to it again.
    #[serde(rename = "agency.reopened.v1")]
    Reopened {},
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take it into the directory, or say anew what it is.
    Describe { profile: Profile },
    /// Say which kinds of help it gives; each must be one of the table's.
    SetKinds { kinds: Vec<KindCode>, known: Vec<KindCode> },
    /// Let an account work for it. `is_partner`: it has the role and is in use; `elsewhere`: it
    /// works for another agency.
    AddWorker { staff: StaffId, is_partner: bool, elsewhere: bool },
    /// Let it work there no more.
    RemoveWorker { staff: StaffId },
    /// A key for its own system.
    IssueKey { sha256: String },
    /// Let none of its keys hold.
    RevokeKeys,
    /// Tell its own system.
    SetWebhook { url: String },
    /// Tell it nothing.
    RemoveWebhook,
    /// Refer nothing to it.
    Close,
    /// Refer to it again.
    Reopen,
}

/// Why something may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such agency.
    #[error("This agency is not in the directory.")]
    Unknown,
    /// No name.
    #[error("Give the agency a name of at most 200 characters.")]
    NameWrong,
    /// Too much.
    #[error("That is more than the directory holds of one agency.")]
    TooLong,
    /// Not of the table.
    #[error("Choose from the kinds of help of this force.")]
    KindUnknown,
    /// Not a partner's account.
    #[error("This account is not in use, or has not the role Partner agency and no other.")]
    NotAPartner,
    /// Works elsewhere.
    #[error("This account works for another agency. Take it off there first.")]
    WorksElsewhere,
    /// Works here.
    #[error("This account works for this agency already.")]
    WorksHere,
    /// Does not work here.
    #[error("This account does not work for this agency.")]
    WorksNotHere,
    /// Enough.
    #[error("There are as many as one agency can have.")]
    TooMany,
    /// Not a hash.
    #[error("This is not the hash of a key.")]
    NotAHash,
    /// Not an address.
    #[error("Enter an address that begins with https://")]
    UrlWrong,
    /// There is none.
    #[error("There is nothing to take away.")]
    NothingThere,
    /// So it is.
    #[error("So it stands already.")]
    StandsAlready,
}

/// One agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What the directory says; nothing while it is not in it.
    pub profile: Option<Profile>,
    /// Which kinds of help it gives.
    pub kinds: Vec<KindCode>,
    /// Who works there.
    pub workers: BTreeSet<StaffId>,
    /// Its keys: hash, and since when.
    pub keys: BTreeMap<String, At>,
    /// Where its own system is told.
    pub webhook: Option<Personal<String>>,
    /// Whether nothing is referred to it any more.
    pub closed: bool,
}

/// The rules of an agency.
#[derive(Clone, Copy, Debug)]
pub struct Agency;

impl Decider for Agency {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "agency";
    const CLASS: Class = kernel::retention::SERVICE;

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        if let Command::Describe { profile } = command {
            return describe(state, profile);
        }
        if state.profile.is_none() {
            return Err(Refusal::Unknown);
        }
        settle(state, command).map(|event| vec![event])
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event {
            Event::Registered { profile } | Event::Described { profile } => {
                state.profile = Some(profile.clone());
            }
            Event::KindsSet { kinds } => state.kinds = kinds.clone(),
            Event::WorkerAdded { staff } => {
                state.workers.insert(*staff);
            }
            Event::WorkerRemoved { staff } => {
                state.workers.remove(staff);
            }
            Event::KeyIssued { sha256 } => {
                state.keys.insert(sha256.clone(), at);
            }
            Event::KeysRevoked {} => state.keys.clear(),
            Event::WebhookSet { url } => state.webhook = Some(url.clone()),
            Event::WebhookRemoved {} => state.webhook = None,
            Event::Closed {} => state.closed = true,
            Event::Reopened {} => state.closed = false,
        }
        state
    }
}

fn describe(state: &State, profile: Profile) -> Result<Vec<Event>, Refusal> {
    let long = |text: &str, most: usize| text.chars().count() > most;
    if profile.name.trim().is_empty() || long(&profile.name, limits::LINE_CHARS_MAX) {
        return Err(Refusal::NameWrong);
    }
    let service = |one: &Service| {
        long(&one.name, limits::LINE_CHARS_MAX) || long(&one.description, limits::REASON_CHARS_MAX)
    };
    let email = profile.email.known().is_some_and(|text| long(text, limits::LINE_CHARS_MAX));
    let too_long = long(&profile.description, limits::REASON_CHARS_MAX)
        || email
        || profile.services.len() > limits::SERVICES_MAX
        || profile.services.iter().any(service);
    match &state.profile {
        _ if too_long => Err(Refusal::TooLong),
        None => Ok(vec![Event::Registered { profile }]),
        Some(now) if *now == profile => Ok(vec![]),
        Some(_) => Ok(vec![Event::Described { profile }]),
    }
}

fn settle(state: &State, command: Command) -> Result<Event, Refusal> {
    match command {
        Command::Describe { profile } => Ok(Event::Described { profile }),
        Command::SetKinds { kinds, known } => {
            let known = kinds.iter().all(|kind| known.contains(kind));
            if known { Ok(Event::KindsSet { kinds }) } else { Err(Refusal::KindUnknown) }
        }
        Command::AddWorker { is_partner: false, .. } => Err(Refusal::NotAPartner),
        Command::AddWorker { staff, .. } if state.workers.contains(&staff) => {
            Err(Refusal::WorksHere)
        }
        Command::AddWorker { elsewhere: true, .. } => Err(Refusal::WorksElsewhere),
        Command::AddWorker { .. } if state.workers.len() >= limits::WORKERS_MAX => {
            Err(Refusal::TooMany)
        }
        Command::AddWorker { staff, .. } => Ok(Event::WorkerAdded { staff }),
        Command::RemoveWorker { staff } if state.workers.contains(&staff) => {
            Ok(Event::WorkerRemoved { staff })
        }
        Command::RemoveWorker { .. } => Err(Refusal::WorksNotHere),
        Command::IssueKey { .. } if state.keys.len() >= limits::KEYS_MAX => Err(Refusal::TooMany),
        Command::IssueKey { sha256 } => {
            let hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
            if hash { Ok(Event::KeyIssued { sha256 }) } else { Err(Refusal::NotAHash) }
        }
        Command::RevokeKeys if state.keys.is_empty() => Err(Refusal::NothingThere),
        Command::RevokeKeys => Ok(Event::KeysRevoked {}),
        Command::SetWebhook { url } => {
            let url = url.trim();
            let plain = url.len() <= limits::LINE_CHARS_MAX && url.bytes().all(|b| b > b' ');
            match url.strip_prefix("https://") {
                Some(rest) if plain && !rest.is_empty() => {
                    Ok(Event::WebhookSet { url: url.to_owned().into() })
                }
                _ => Err(Refusal::UrlWrong),
            }
        }
        Command::RemoveWebhook if state.webhook.is_none() => Err(Refusal::NothingThere),
        Command::RemoveWebhook => Ok(Event::WebhookRemoved {}),
        Command::Close if state.closed => Err(Refusal::StandsAlready),
        Command::Close => Ok(Event::Closed {}),
        Command::Reopen if !state.closed => Err(Refusal::StandsAlready),
        Command::Reopen => Ok(Event::Reopened {}),
    }
}
