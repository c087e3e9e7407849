//! Where a call stands: folded from what happened, total, and nothing personal in it.

use crate::event::{Channel, Danger, Event, Guest, Language, Outcome};
use crate::{About, InvitationId, Participant, ReadingId};
use kernel::At;
use kernel::id::StaffId;
use std::collections::{BTreeMap, BTreeSet};

/// A call.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nothing has happened.
    #[default]
    NotOpened,
    /// It goes on, whoever is connected, until somebody finishes it.
    Open(Progress),
    /// It is over, and every link with it.
    Finished(Progress, Outcome),
}

/// What there is to know of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What it is about.
    pub about: About,
    /// Her language.
    pub language: Language,
    /// Every link ever made for it.
    pub invitations: BTreeMap<InvitationId, Invitation>,
    /// Who answers it.
    pub officer: Option<StaffId>,
    /// What she said of her safety.
    pub safety: Safety,
    /// Whoever was ever in the room.
    pub room: BTreeMap<Participant, Presence>,
    /// Whoever saw the other side's first frame.
    pub saw: BTreeSet<Participant>,
    /// Whether the handler may clear the line.
    pub face_to_face: bool,
    /// When the silent signal last came.
    pub danger_at: Option<At>,
    /// Whether somebody said that he is back.
    pub offender_returned: bool,
    /// Whose picture is off for the voice's sake.
    pub audio_only: BTreeSet<Participant>,
    /// Whether any part was by voice alone.
    pub ever_audio_only: bool,
    /// Written messages so far.
    pub texts: u32,
    /// Markers so far.
    pub markers: u32,
    /// What she has before her to read.
    pub reading: Option<ReadingId>,
    /// Texts that were put before her so far.
    pub readings: u32,
}

/// One link and the guest behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// Who it is for.
    pub guest: Guest,
    /// SHA-256 of its secret, in hex.
    pub secret_hash: String,
    /// How it was sent.
    pub channel: Channel,
    /// When it dies unopened.
    pub expires_at: At,
    /// How far the message came.
    pub message: Message,
    /// Why it did not go, as a code, once one did not.
    pub failed_why: Option<String>,
    /// What became of the link.
    pub link: Link,
    /// Where its guest is.
    pub lobby: Lobby,
    /// Devices that ever waited on it.
    pub waited: u32,
    /// Since when the present device holds it: a room token from before lets nobody in.
    pub held_since: At,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Message {
    /// It is to be sent, or was never meant to be.
    Unsent,
    /// The provider has it.
    Accepted,
    /// It failed.
    Failed,
    /// It is on the phone.
    Delivered,
}

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nobody opened it yet.
    Unopened,
    /// It belongs to one device; to none, named by nothing, once that device left by Exit.
    Bound { device: String },
    /// Another device waits to take the first one's place.
    Contested { device: String, waiting: String },
    /// Nobody opened it in time.
    Expired,
    /// Another link took its place.
    Replaced,
}

impl Link {
    /// Whether its device left by *Exit this page* and none was let in since.
    pub const fn left(&self) -> bool {
        match self {
            Self::Bound { device } | Self::Contested { device, .. } => device.is_empty(),
            Self::Unopened | Self::Expired | Self::Replaced => false,
        }
    }
}

/// Where a guest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lobby {
    /// Not there yet.
    Outside,
    /// Waiting, with what the device can give.
    Ready { camera: bool, microphone: bool },
    /// Free to enter the room.
    Admitted { camera: bool, microphone: bool },
}

/// What she said of her safety.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Nobody asked yet.
    Unasked,
    /// What she answered last.
    Answered { safe: bool, alone: bool },
    /// She was asked again and has not answered.
    AskedAgain,
}

/// Whether somebody who was in the room is there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Connected.
    There,
    /// The connection is gone; the call goes on.
    Lost,
}

/// How a device stands to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the one the link belongs to.
    Bound,
    /// It waits to be admitted.
    Waiting,
    /// It is nobody here.
    Stranger,
}

impl State {
    /// The call, open or over.
    pub const fn call(&self) -> Option<&Progress> {
        match self {
            Self::NotOpened => None,
            Self::Open(call) | Self::Finished(call, _) => Some(call),
        }
    }

    /// The call while it goes on.
    pub const fn open(&self) -> Option<&Progress> {
        match self {
            Self::Open(call) => Some(call),
            Self::NotOpened | Self::Finished(..) => None,
        }
    }
}

impl Progress {
    /// The link that is hers now.
    pub fn victim(&self) -> Option<(InvitationId, &Invitation)> {
        let hers = self.invitations.iter().filter(|(_, one)| one.guest == Guest::Victim);
        let mut hers = hers.rev().filter(|(_, one)| one.link != Link::Replaced);
        hers.next().map(|(id, one)| (*id, one))
    }

    /// As whom the guest of an invitation enters the room.
    pub fn participant(&self, invitation: InvitationId) -> Option<Participant> {
        self.invitations.get(&invitation).map(|one| match one.guest {
            Guest::Victim => Participant::Victim,
            Guest::Interpreter | Guest::Advocate | Guest::Supervisor | Guest::Colleague => {
                Participant::Guest(invitation)
            }
        })
    }

    /// Whether somebody is in the room now.
    pub fn is_there(&self, participant: Participant) -> bool {
        self.room.get(&participant) == Some(&Presence::There)
    }
}

impl Invitation {
    /// A link just made.
    pub(crate) const fn new(
        guest: Guest,
        secret_hash: String,
        channel: Channel,
        expires_at: At,
    ) -> Self {
        let (message, link, lobby) = (Message::Unsent, Link::Unopened, Lobby::Outside);
        Self {
            guest,
            secret_hash,
            channel,
            expires_at,
            message,
            link,
            lobby,
            failed_why: None,
            waited: 0,
            held_since: At(0),
        }
    }

    /// How the device with this hash stands to the link.
    pub fn standing(&self, device: &str) -> Standing {
        match &self.link {
            _ if device.is_empty() => Standing::Stranger,
            Link::Bound { device: bound } if bound == device => Standing::Bound,
            Link::Contested { device: bound, .. } if bound == device => Standing::Bound,
            Link::Contested { waiting, .. } if waiting == device => Standing::Waiting,
            Link::Bound { .. }
            | Link::Contested { .. }
            | Link::Unopened
            | Link::Expired
            | Link::Replaced => Standing::Stranger,
        }
    }
}

impl Lobby {
    /// Whether the guest may enter the room.
    pub const fn admitted(self) -> bool {
        matches!(self, Self::Admitted { .. })
    }
}

/// Folds one event.
pub(crate) fn evolve(state: State, event: &Event, at: At) -> State {
    match (state, event) {
        (State::NotOpened, Event::Opened { incident, offer, language }) => {
            let about = About::Response { incident: *incident, offer: *offer };
            State::Open(Progress::new(about, *language))
        }
        (State::NotOpened, Event::OpenedForMatter { matter, matter_kind, language, .. }) => {
            let about = About::Matter { kind: *matter_kind, matter: matter.clone() };
            State::Open(Progress::new(about, *language))
        }
        (State::Open(call), Event::Finished { outcome, .. }) => State::Finished(call, *outcome),
        (State::Open(call), event) => State::Open(call.after(event, at)),
        // What comes late (a receipt, a connection that closes) changes nothing any more.
        (state, _) => state,
    }
}

impl Progress {
    fn new(about: About, language: Language) -> Self {
        Self {
            about,
            language,
            invitations: BTreeMap::new(),
            officer: None,
            safety: Safety::Unasked,
            room: BTreeMap::new(),
            saw: BTreeSet::new(),
            face_to_face: false,
            danger_at: None,
            offender_returned: false,
            audio_only: BTreeSet::new(),
            ever_audio_only: false,
            texts: 0,
            markers: 0,
            reading: None,
            readings: 0,
        }
    }

    fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Invited { invitation, guest, secret_hash, channel, expires_at, .. } => {
                let one = Invitation::new(*guest, secret_hash.clone(), *channel, *expires_at);
                self.invitations.insert(*invitation, one);
            }
            Event::PickedUp { by } => self.officer = Some(*by),
            Event::HandedOver { to, .. } => self.officer = Some(*to),
            Event::SafetyAnswered { safe, alone, .. } => {
                self.safety = Safety::Answered { safe: *safe, alone: *alone };
            }
            Event::SafetyAsked { .. } => self.safety = Safety::AskedAgain,
            Event::Joined { participant } | Event::ParticipantReturned { participant } => {
                self.room.insert(*participant, Presence::There);
            }
            Event::ParticipantLost { participant } => {
                self.room.insert(*participant, Presence::Lost);
            }
            Event::FirstFrameSeen { participant } => {
                self.saw.insert(*participant);
            }
            Event::FaceToFace {} => self.face_to_face = true,
            Event::DangerSignalled { .. } | Event::MatterInDanger { cause: Danger::Signal, .. } => {
                self.danger_at = Some(at)
            }
            Event::OffenderReturned { .. }
            | Event::MatterInDanger { cause: Danger::OffenderReturned, .. } => {
                self.offender_returned = true;
            }
            Event::AudioOnly { participant, on: true } => {
                self.audio_only.insert(*participant);
                self.ever_audio_only = true;
            }
            Event::AudioOnly { participant, on: false } => {
                self.audio_only.remove(participant);
            }
            Event::Said { .. } => self.texts += 1,
            Event::MarkerSet { .. } => self.markers += 1,
            Event::ReadingOffered { reading, .. } => {
                self.reading = Some(*reading);
                self.readings += 1;
            }
            Event::ReadingTakenBack { .. } | Event::ReadingAnswered { .. } => self.reading = None,
            event => self.link_after(event, at),
        }
        self
    }

    /// What changes one invitation.
    fn link_after(&mut self, event: &Event, at: At) {
        let Some(invitation) = event.invitation() else {
            return;
        };
        let Some(one) = self.invitations.get_mut(&invitation) else {
            return;
        };
        match event {
            Event::MessageAccepted { .. } => one.message = one.message.max(Message::Accepted),
            Event::MessageDelivered { .. } => one.message = Message::Delivered,
            Event::MessageFailed { reason, .. } => {
                one.message = one.message.max(Message::Failed);
                one.failed_why = Some(reason.clone());
            }
            Event::InvitationOpened { device, .. } | Event::DeviceAdmitted { device, .. } => {
                one.link = Link::Bound { device: device.clone() };
                one.held_since = at;
            }
            Event::SecondDeviceWaited { device, .. } => {
                one.waited += 1;
                if let Link::Bound { device: bound } | Link::Contested { device: bound, .. } =
                    &one.link
                {
                    let (device, waiting) = (bound.clone(), device.clone());
                    one.link = Link::Contested { device, waiting };
                }
            }
            // Whoever kept the cookie cannot come back with it; the link waits to be let in again.
            Event::LeftByExit { .. } => {
                if let Link::Bound { device } | Link::Contested { device, .. } = &mut one.link {
                    device.clear();
                }
                one.lobby = Lobby::Outside;
                one.held_since = at;
            }
            Event::InvitationExpired { .. } => one.link = Link::Expired,
            Event::InvitationReplaced { .. } => one.link = Link::Replaced,
            Event::GuestReady { camera, microphone, .. } => {
                let (camera, microphone) = (*camera, *microphone);
                one.lobby = if one.lobby.admitted() {
                    Lobby::Admitted { camera, microphone }
                } else {
                    Lobby::Ready { camera, microphone }
                };
            }
            Event::GuestAdmitted { .. } => {
                if let Lobby::Ready { camera, microphone } = one.lobby {
                    one.lobby = Lobby::Admitted { camera, microphone };
                }
            }
            _ => {}
        }
    }
}
