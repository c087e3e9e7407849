//! What can be asked of a call. Who asks is in the context; times and luck are arguments.

use crate::{
    Channel, Guest, InvitationId, Language, Location, Marker, MatterKind, Outcome, Participant,
    ReadingId,
};
use incident::{IncidentId, OfferId};
use kernel::At;
use kernel::id::StaffId;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Make a call of an accepted offer.
    Open { incident: IncidentId, offer: OfferId, language: Language },
    /// Open a call for a matter of another capability; her link goes out because of it.
    OpenForMatter {
        matter: String,
        matter_kind: MatterKind,
        language: Language,
        channel: Channel,
        contact: Option<String>,
        name: Option<String>,
    },
    /// Invite somebody. A second invitation of the victim replaces the first.
    Invite {
        invitation: InvitationId,
        guest: Guest,
        secret_hash: String,
        channel: Channel,
        contact: Option<String>,
        name: Option<String>,
    },
    /// The provider took the message.
    NoteAccepted { invitation: InvitationId },
    /// The provider's receipt: it arrived.
    NoteDelivered { invitation: InvitationId },
    /// It failed.
    NoteFailed { invitation: InvitationId, reason: String },
    /// A device presents the link's secret; whoever asks has compared the hashes.
    Claim { invitation: InvitationId, device: String },
    /// The officer lets that second device in, after comparing the code on both screens.
    AdmitDevice { invitation: InvitationId, device: String },
    /// The deadline `invitation_expires`.
    Expire { invitation: InvitationId },
    /// Safe to talk? Alone?
    AnswerSafety { invitation: InvitationId, safe: bool, alone: bool },
    /// Not now: call me later.
    AskCallLater { invitation: InvitationId },
    /// The guest enters the lobby.
    BeReady { invitation: InvitationId, camera: bool, microphone: bool },
    /// The officer who asks takes the call.
    PickUp,
    /// The call goes to another officer.
    HandOver { to: StaffId },
    /// A guest may leave the lobby for the room.
    AdmitGuest { invitation: InvitationId },
    /// The room says that somebody entered.
    NoteJoined { participant: Participant },
    /// A page says that it shows the other side's first frame.
    NoteFirstFrame { participant: Participant },
    /// The room says that somebody's connection is gone.
    NoteLost { participant: Participant },
    /// Ask her again whether it is safe.
    AskSafety,
    /// The silent signal.
    SignalDanger { invitation: InvitationId, location: Option<Location> },
    /// "He is back."
    SayOffenderReturned { location: Option<Location> },
    /// She shares where she is.
    ShareLocation { invitation: InvitationId, location: Location },
    /// Something is written.
    Say { by: Participant, text: String },
    /// The officer names an instant.
    SetMarker { at: At, label: String, marker: Marker },
    /// The officer asks for a picture of somebody.
    RequestStill { of: Participant },
    /// The officer puts a text before her.
    OfferReading { reading: ReadingId, text: String },
    /// The officer takes it back.
    TakeReadingBack { reading: ReadingId },
    /// She says whether it is right, and what is not.
    AnswerReading { invitation: InvitationId, reading: ReadingId, right: bool, words: String },
    /// Picture off (or on) for the voice's sake.
    SwitchAudioOnly { participant: Participant, on: bool },
    /// The explicit end.
    Finish { outcome: Outcome },
    /// She used *Exit this page*.
    LeaveByExit { invitation: InvitationId },
}
