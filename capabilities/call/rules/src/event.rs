//! What can have happened in a call. Append-only: a stored name never changes its meaning.
//! Never here: the secret of a link (only its hash), or anything said, outside `Personal`.

use crate::{InvitationId, MatterKind, Participant, ReadingId};
use incident::{IncidentId, OfferId};
use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// The language of her page and of the messages to her.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
    /// Urdu.
    Ur,
    /// Polish.
    Pl,
}

impl Language {
    /// The stored name, which is also the language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Ur => "ur",
            Self::Pl => "pl",
        }
    }

    /// The language with this tag; English where there is none such.
    pub fn of_tag(tag: &str) -> Self {
        let all = [Self::En, Self::Cy, Self::Ur, Self::Pl];
        all.into_iter().find(|one| one.tag() == tag).unwrap_or_default()
    }
}

/// Who an invitation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guest {
    /// The person who reported.
    Victim,
    /// Somebody who interprets for her.
    Interpreter,
    /// Somebody who speaks up for her: an independent adviser, a friend she chose.
    Advocate,
    /// A supervisor away from the console.
    Supervisor,
    /// Another officer away from the console.
    Colleague,
}

/// How an invitation reaches its guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// Nothing is sent: the handler reads the address and a short code out.
    ReadOut,
}

/// Where a phone says it is. Always inside `Personal`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius that the phone is sure of.
    pub accuracy_metres: f64,
    /// When the phone knew it.
    pub at: At,
}

/// What an officer's marker is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marker {
    /// What she says happened.
    Account,
    /// An injury shown.
    Injury,
    /// Damage, a weapon, a room.
    Scene,
    /// Something about her safety now.
    Safety,
    /// Anything else.
    Other,
}

/// What said that somebody is in danger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Her silent signal.
    Signal,
    /// "He is back."
    OffenderReturned,
}

/// How a call ended. Every finish names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Face to face, to its end.
    Completed,
    /// To its end, by voice alone for some or all of it.
    CompletedAudioOnly,
    /// Officers go in person instead.
    TransferredInPerson,
    /// She left and did not come back.
    VictimLeft,
    /// She never came.
    NotReached,
    /// She could not talk safely now.
    NotSafeNow,
    /// The means failed on either side.
    TechnicalFailure,
}

impl Outcome {
    /// Every outcome, in the order in which a page offers them.
    pub const ALL: [Self; 7] = [
        Self::Completed,
        Self::CompletedAudioOnly,
        Self::TransferredInPerson,
        Self::VictimLeft,
        Self::NotReached,
        Self::NotSafeNow,
        Self::TechnicalFailure,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::CompletedAudioOnly => "completed_audio_only",
            Self::TransferredInPerson => "transferred_in_person",
            Self::VictimLeft => "victim_left",
            Self::NotReached => "not_reached",
            Self::NotSafeNow => "not_safe_now",
            Self::TechnicalFailure => "technical_failure",
        }
    }

    /// Reads a stored code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One thing that happened in a call.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(tag = "kind")]
pub enum Event {
    /// An accepted offer became a call.
    #[serde(rename = "call.opened.v1")]
    Opened { incident: IncidentId, offer: OfferId, language: Language },
    /// A call was opened for something else than a response.
    #[serde(rename = "call.opened_for_matter.v1")]
    OpenedForMatter {
        /// The stream of the matter; nothing here knows more of it.
        matter: String,
        matter_kind: MatterKind,
        language: Language,
        /// How her link reaches her: it is sent because of this event.
        channel: Channel,
        /// The number or address; none for a link that is read out.
        contact: Option<Personal<String>>,
        /// Who she is, for the officer's page alone.
        name: Option<Personal<String>>,
    },
    /// Somebody was invited by a link of their own.
    #[serde(rename = "call.invited.v1")]
    Invited {
        invitation: InvitationId,
        guest: Guest,
        /// SHA-256 of the link's secret, in hex. The secret itself is nowhere.
        secret_hash: String,
        channel: Channel,
        /// The number or address; none for a link that is read out.
        contact: Option<Personal<String>>,
        /// The name shown to the others in the room.
        name: Option<Personal<String>>,
        /// When it dies unopened.
        expires_at: At,
    },
    /// The provider took the message with the link.
    #[serde(rename = "call.message_accepted.v1")]
    MessageAccepted { invitation: InvitationId },
    /// The message is on the phone.
    #[serde(rename = "call.message_delivered.v1")]
    MessageDelivered { invitation: InvitationId },
    /// The message did not arrive; `reason` is a provider's code.
    #[serde(rename = "call.message_failed.v1")]
    MessageFailed { invitation: InvitationId, reason: String },
    /// The claim: the first device to open the link, by the hash of its cookie.
    #[serde(rename = "call.invitation_opened.v1")]
    InvitationOpened { invitation: InvitationId, device: String },
    /// Another device opened a link already claimed; it waits to be admitted.
    #[serde(rename = "call.second_device_waited.v1")]
    SecondDeviceWaited { invitation: InvitationId, device: String },
    /// The officer let that device in; the first one is out.
    #[serde(rename = "call.device_admitted.v1")]
    DeviceAdmitted { invitation: InvitationId, device: String },
    /// Nobody opened the link in time.
    #[serde(rename = "call.invitation_expired.v1")]
    InvitationExpired { invitation: InvitationId },
    /// The link is dead because another was made for the same guest.
    #[serde(rename = "call.invitation_replaced.v1")]
    InvitationReplaced { invitation: InvitationId, by: InvitationId },
    /// She said whether she is safe to talk and alone.
    #[serde(rename = "call.safety_answered.v1")]
    SafetyAnswered { invitation: InvitationId, safe: bool, alone: bool, after_reconnect: bool },
    /// She cannot talk now and asks to be called later.
    #[serde(rename = "call.call_later_asked.v1")]
    CallLaterAsked { invitation: InvitationId },
    /// The guest is in the lobby, with what her device can give.
    #[serde(rename = "call.guest_ready.v1")]
    GuestReady { invitation: InvitationId, camera: bool, microphone: bool },
    /// An officer took the call.
    #[serde(rename = "call.picked_up.v1")]
    PickedUp { by: StaffId },
    /// Another officer has the call now.
    #[serde(rename = "call.handed_over.v1")]
    HandedOver { from: StaffId, to: StaffId },
    /// The guest may enter the room.
    #[serde(rename = "call.guest_admitted.v1")]
    GuestAdmitted { invitation: InvitationId },
    /// Somebody entered the room for the first time.
    #[serde(rename = "call.joined.v1")]
    Joined { participant: Participant },
    /// The victim saw the officer's first frame, or the officer hers.
    #[serde(rename = "call.first_frame_seen.v1")]
    FirstFrameSeen { participant: Participant },
    /// Each has seen the other: the handler may clear the line.
    #[serde(rename = "call.face_to_face.v1")]
    FaceToFace {},
    /// Somebody's connection is gone; the call goes on.
    #[serde(rename = "call.participant_lost.v1")]
    ParticipantLost { participant: Participant },
    /// Somebody came back.
    #[serde(rename = "call.participant_returned.v1")]
    ParticipantReturned { participant: Participant },
    /// She is asked (again) whether it is safe.
    #[serde(rename = "call.safety_asked.v1")]
    SafetyAsked { after_reconnect: bool },
    /// The silent signal. Nothing on her screen changes.
    #[serde(rename = "call.danger_signalled.v1")]
    DangerSignalled {
        incident: IncidentId,
        invitation: InvitationId,
        location: Option<Personal<Location>>,
    },
    /// "He is back", from anyone; `by` is an actor as the journal writes it.
    #[serde(rename = "call.offender_returned.v1")]
    OffenderReturned { incident: IncidentId, by: String, location: Option<Personal<Location>> },
    /// The silent signal, or "he is back", in a call about a matter: whoever keeps the matter
    /// makes an incident of it. Nothing on her screen changes.
    #[serde(rename = "call.matter_in_danger.v1")]
    MatterInDanger {
        matter: String,
        matter_kind: MatterKind,
        cause: Danger,
        /// An actor as the journal writes it.
        by: String,
        location: Option<Personal<Location>>,
    },
    /// She agreed to say where she is.
    #[serde(rename = "call.location_shared.v1")]
    LocationShared { invitation: InvitationId, location: Personal<Location> },
    /// Something written in the call.
    #[serde(rename = "call.said.v1")]
    Said { by: Participant, text: Personal<String> },
    /// An instant that the officer named.
    #[serde(rename = "call.marker_set.v1")]
    MarkerSet { at: At, label: Personal<String>, marker: Marker },
    /// The officer asked for a picture; recording takes it.
    #[serde(rename = "call.still_requested.v1")]
    StillRequested { by: StaffId, of: Participant },
    /// A text was put before her to read and to say whether it is right. Whoever asked for it
    /// knows it by the reading; nothing here says what it is.
    #[serde(rename = "call.reading_offered.v1")]
    ReadingOffered { reading: ReadingId, text: Personal<String> },
    /// It is not before her any more.
    #[serde(rename = "call.reading_taken_back.v1")]
    ReadingTakenBack { reading: ReadingId },
    /// She said whether it is right, and what is not.
    #[serde(rename = "call.reading_answered.v1")]
    ReadingAnswered {
        invitation: InvitationId,
        reading: ReadingId,
        right: bool,
        words: Personal<String>,
    },
    /// Somebody's picture was switched off for the voice's sake, or on again.
    #[serde(rename = "call.audio_only.v1")]
    AudioOnly { participant: Participant, on: bool },
    /// The explicit end. `by` is nobody when Sightline itself ended it.
    #[serde(rename = "call.finished.v1")]
    Finished { outcome: Outcome, by: Option<StaffId> },
    /// She used *Exit this page*.
    #[serde(rename = "call.left_by_exit.v1")]
    LeftByExit { invitation: InvitationId },
}

impl Event {
    /// The invitation it is about, if it is about one.
    pub const fn invitation(&self) -> Option<InvitationId> {
        match self {
            Self::Invited { invitation, .. }
            | Self::MessageAccepted { invitation }
            | Self::MessageDelivered { invitation }
            | Self::MessageFailed { invitation, .. }
            | Self::InvitationOpened { invitation, .. }
            | Self::SecondDeviceWaited { invitation, .. }
            | Self::DeviceAdmitted { invitation, .. }
            | Self::InvitationExpired { invitation }
            | Self::InvitationReplaced { invitation, .. }
            | Self::SafetyAnswered { invitation, .. }
            | Self::CallLaterAsked { invitation }
            | Self::GuestReady { invitation, .. }
            | Self::GuestAdmitted { invitation }
            | Self::DangerSignalled { invitation, .. }
            | Self::LocationShared { invitation, .. }
            | Self::ReadingAnswered { invitation, .. }
            | Self::LeftByExit { invitation } => Some(*invitation),
            Self::Opened { .. }
            | Self::OpenedForMatter { .. }
            | Self::MatterInDanger { .. }
            | Self::PickedUp { .. }
            | Self::HandedOver { .. }
            | Self::Joined { .. }
            | Self::FirstFrameSeen { .. }
            | Self::FaceToFace {}
            | Self::ParticipantLost { .. }
            | Self::ParticipantReturned { .. }
            | Self::SafetyAsked { .. }
            | Self::OffenderReturned { .. }
            | Self::Said { .. }
            | Self::MarkerSet { .. }
            | Self::StillRequested { .. }
            | Self::ReadingOffered { .. }
            | Self::ReadingTakenBack { .. }
            | Self::AudioOnly { .. }
            | Self::Finished { .. } => None,
        }
    }
}
