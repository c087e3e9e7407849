//! What may happen next in a call, and why not.

use crate::command::Command;
use crate::event::{Danger, Event, Guest, Location, Marker, Outcome};
use crate::state::{Invitation, Link, Lobby, Message, Presence, Progress, Safety, State};
use crate::{About, Channel, InvitationId, Participant, about, limits, permit};
use kernel::{Actor, At, Class, Context, Decider, Personal, retention};

/// The rules of a call.
pub struct Call;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such call.
    #[error("There is no such call.")]
    NotOpened,
    /// It was opened already.
    #[error("This call is open already.")]
    AlreadyOpen,
    /// It is over.
    #[error("This call is finished. Its links are dead and nothing can be added.")]
    Finished,
    /// No such link in this call.
    #[error("There is no such link in this call.")]
    UnknownInvitation,
    /// Expired, replaced, or never opened.
    #[error("That link is dead. Make a new one.")]
    LinkDead,
    /// It has not been opened.
    #[error("Nobody has opened that link yet.")]
    NotOpenedYet,
    /// The message cannot go without a number or an address.
    #[error("Enter the number or the address that the link goes to.")]
    NoContact,
    /// She said that this phone must not be texted.
    #[error("She said that a text is not safe on this phone. Read the link out instead.")]
    TextUnsafe,
    /// Too many devices tried one link.
    #[error("Too many devices have tried this link. Make a new one.")]
    TooManyDevices,
    /// No such device waits.
    #[error("That device is not waiting any more.")]
    NobodyWaits,
    /// It has not been fifteen minutes yet, or it was opened.
    #[error("The link has not run out.")]
    NotExpired,
    /// A guest may act for herself only.
    #[error("A guest may only act in her own call.")]
    NotYours,
    /// Only staff may.
    #[error("Only an officer or a call handler may do this.")]
    StaffOnly,
    /// Safety before everything.
    #[error("Ask first whether she is safe to talk.")]
    SafetyFirst,
    /// She is not in the lobby.
    #[error("This guest is not in the lobby yet.")]
    NotInLobby,
    /// Somebody else has the call.
    #[error("Another officer has picked up this call.")]
    AlreadyPickedUp,
    /// Nobody has it.
    #[error("Nobody has picked up this call yet.")]
    NotPickedUp,
    /// The officer has it already.
    #[error("This officer has the call already.")]
    SameOfficer,
    /// Not in the room.
    #[error("They are not in the call.")]
    NotInRoom,
    /// Nothing was written.
    #[error("Write something first.")]
    Empty,
    /// Too much was written.
    #[error("That is too long.")]
    TooLong,
    /// A limit of the call is reached.
    #[error("This call has as many of these as it may have.")]
    TooMany,
    /// No such matter can be.
    #[error("A call for a matter needs the name of the matter.")]
    NoMatter,
    /// What is told in confidence leaves nothing on her device.
    #[error("Nothing is written in this call: what is told stays off her device.")]
    NoChat,
    /// No picture of somebody who is told something in confidence.
    #[error("No stills are taken in this call.")]
    NoStills,
    /// A place is asked for in danger only.
    #[error("In this call a place is kept only with a danger signal.")]
    PlaceOnlyInDanger,
    /// A list of colleagues would tell who else knows.
    #[error("This call cannot be given to somebody else. A colleague who may can take it over.")]
    OnlyTakenOver,
    /// What is told in confidence leaves nothing on her device.
    #[error("Nothing is put on her screen in this call. Read it out to her.")]
    NoReading,
    /// Somebody else could read it.
    #[error("She has not said that she is safe and alone. Read it out, or ask her again first.")]
    NotAlone,
    /// One text at a time.
    #[error("She has a text before her already. Wait for her answer, or take it back.")]
    ReadingAlready,
    /// She has nothing before her, or something else.
    #[error("That text is not on the screen any more.")]
    NothingToRead,
    /// An outcome that cannot be: they never met.
    #[error("They never met in this call. Choose another outcome.")]
    NeverMet,
    /// An outcome that cannot be: she came.
    #[error("She was in this call. Choose another outcome.")]
    SheCame,
}

type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Call {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "call";
    const CLASS: Class = retention::CASEWORK;

    //= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
    fn apart(event: &Event) -> Option<Class> {
        match event {
            Event::LocationShared { .. }
            | Event::DangerSignalled { .. }
            | Event::OffenderReturned { .. }
            | Event::MatterInDanger { .. } => Some(retention::LOCATION),
            Event::Said { .. } | Event::ReadingOffered { .. } | Event::ReadingAnswered { .. } => {
                Some(retention::CHAT)
            }
            _ => None,
        }
    }

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        match (state, command) {
            (State::NotOpened, Command::Open { incident, offer, language }) => {
                Ok(vec![Event::Opened { incident, offer, language }])
            }
            (State::NotOpened, command @ Command::OpenForMatter { .. }) => open_for_matter(command),
            (State::NotOpened, _) => Err(Refusal::NotOpened),
            (_, Command::Open { .. } | Command::OpenForMatter { .. }) => Err(Refusal::AlreadyOpen),
            // A connection that closes after the end is no news, and no mistake either.
            (State::Finished(..), Command::NoteLost { .. }) => Ok(vec![]),
            (State::Finished(..), _) => Err(Refusal::Finished),
            (State::Open(call), command) => call.decide(command, context),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        crate::state::evolve(state, event, at)
    }
}

impl Progress {
    fn decide(&self, command: Command, context: &Context) -> Decision {
        if self.is_hidden_from(&context.actor) {
            return Err(Refusal::NotOpened);
        }
        match command {
            Command::NoteJoined { participant } => Ok(self.note_joined(participant)),
            Command::NoteFirstFrame { participant } => self.note_first_frame(participant),
            Command::NoteLost { participant } => Ok(self.note_lost(participant)),
            Command::Say { by, text } => self.say(by, &text, context),
            Command::SayOffenderReturned { location } => {
                Ok(self.say_offender_returned(location, context))
            }
            Command::SwitchAudioOnly { participant, on } => {
                Ok(self.switch_audio_only(participant, on))
            }
            command => match staff_command(&command) {
                true => self.decide_for_staff(command, context),
                false => self.decide_for_link(command, context),
            },
        }
    }

    /// A call about a matter is no call at all for staff who may not act in it, whatever page
    /// they came by.
    fn is_hidden_from(&self, actor: &Actor) -> bool {
        let (action, purpose) = permit::to_enter(&self.about);
        let staff = matches!(actor, Actor::Staff { .. } | Actor::Client { .. });
        let apart = self.about.matter().is_some();
        apart && staff && !kernel::permit::may(permit::PERMITS, actor, action, purpose)
    }

    fn decide_for_staff(&self, command: Command, context: &Context) -> Decision {
        if !matches!(context.actor, Actor::Staff { .. } | Actor::System | Actor::Client { .. }) {
            return Err(Refusal::StaffOnly);
        }
        match command {
            Command::PickUp => self.pick_up(context),
            Command::HandOver { to } => match self.officer {
                None => Err(Refusal::NotPickedUp),
                Some(from) if from == to => Err(Refusal::SameOfficer),
                Some(_) if self.about.matter().is_some() && context.actor.staff() != Some(to) => {
                    Err(Refusal::OnlyTakenOver)
                }
                Some(from) => Ok(vec![Event::HandedOver { from, to }]),
            },
            Command::AdmitGuest { invitation } => self.admit_guest(invitation),
            Command::AdmitDevice { invitation, device } => self.admit_device(invitation, device),
            Command::AskSafety => match self.safety {
                Safety::AskedAgain => Ok(vec![]),
                Safety::Unasked | Safety::Answered { .. } => {
                    Ok(vec![Event::SafetyAsked { after_reconnect: false }])
                }
            },
            Command::SetMarker { at, label, marker } => self.set_marker(at, &label, marker),
            Command::RequestStill { of } => {
                let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
                if !self.about.leaves_traces() {
                    return Err(Refusal::NoStills);
                }
                if !self.is_there(of) {
                    return Err(Refusal::NotInRoom);
                }
                Ok(vec![Event::StillRequested { by, of }])
            }
            Command::OfferReading { reading, text } => self.offer_reading(reading, text),
            Command::TakeReadingBack { reading } => self.take_reading_back(reading),
            Command::Finish { outcome } => self.finish(outcome, context),
            Command::Invite { invitation, guest, secret_hash, channel, contact, name } => {
                let expires_at = context.at.plus(limits::INVITATION_LIVES);
                let contact = contact.filter(|text| !text.trim().is_empty());
                if contact.is_none() && channel != Channel::ReadOut {
                    return Err(Refusal::NoContact);
                }
                let (contact, name) = (contact.map(Personal::new), name.map(Personal::new));
                let invited = Event::Invited {
                    invitation,
                    guest,
                    secret_hash,
                    channel,
                    contact,
                    name,
                    expires_at,
                };
                self.invite(invited, invitation, guest)
            }
            _ => unreachable!("staff_command names the commands of staff"),
        }
    }

    fn decide_for_link(&self, command: Command, context: &Context) -> Decision {
        match command {
            Command::NoteAccepted { invitation } => {
                let one = self.invitation(invitation)?;
                Ok(news(one.message < Message::Accepted, Event::MessageAccepted { invitation }))
            }
            Command::NoteDelivered { invitation } => {
                let one = self.invitation(invitation)?;
                Ok(news(one.message != Message::Delivered, Event::MessageDelivered { invitation }))
            }
            Command::NoteFailed { invitation, reason } => {
                let one = self.invitation(invitation)?;
                let reason = reason.chars().take(limits::REASON_CHARS_MAX).collect();
                Ok(news(one.message < Message::Failed, Event::MessageFailed { invitation, reason }))
            }
            Command::Claim { invitation, device } => self.claim(invitation, device, context.at),
            Command::Expire { invitation } => {
                let one = self.invitation(invitation)?;
                if one.link != Link::Unopened || context.at < one.expires_at {
                    return Err(Refusal::NotExpired);
                }
                Ok(vec![Event::InvitationExpired { invitation }])
            }
            Command::AnswerSafety { invitation, safe, alone } => {
                self.entered(invitation, context)?;
                let after_reconnect = self.safety == Safety::AskedAgain;
                let answered = Event::SafetyAnswered { invitation, safe, alone, after_reconnect };
                let gone = self.reading_gone().filter(|_| !(safe && alone));
                Ok([answered].into_iter().chain(gone).collect())
            }
            Command::AskCallLater { invitation } => {
                self.entered(invitation, context)?;
                Ok(vec![Event::CallLaterAsked { invitation }])
            }
            Command::BeReady { invitation, camera, microphone } => {
                let one = self.entered(invitation, context)?;
                self.be_ready(invitation, one, camera, microphone)
            }
            Command::SignalDanger { invitation, location } => {
                self.entered(invitation, context)?;
                Ok(self.signal_danger(invitation, location, context))
            }
            Command::ShareLocation { invitation, location } => {
                self.entered(invitation, context)?;
                if !self.about.leaves_traces() {
                    return Err(Refusal::PlaceOnlyInDanger);
                }
                Ok(vec![Event::LocationShared { invitation, location: location.into() }])
            }
            Command::LeaveByExit { invitation } => {
                let one = self.entered(invitation, context)?;
                let gone = self.reading_gone().filter(|_| one.guest == Guest::Victim);
                Ok([Event::LeftByExit { invitation }].into_iter().chain(gone).collect())
            }
            Command::AnswerReading { invitation, reading, right, words } => {
                self.entered(invitation, context)?;
                self.answer_reading(invitation, reading, right, &words)
            }
            _ => unreachable!("decide and staff_command name the other commands"),
        }
    }

    fn invitation(&self, invitation: InvitationId) -> Result<&Invitation, Refusal> {
        self.invitations.get(&invitation).ok_or(Refusal::UnknownInvitation)
    }

    /// A guest acting for herself, through a link that a device of hers holds.
    fn entered(&self, invitation: InvitationId, context: &Context) -> Result<&Invitation, Refusal> {
        own(invitation, context)?;
        let one = self.invitation(invitation)?;
        match one.link {
            Link::Bound { .. } | Link::Contested { .. } => Ok(one),
            Link::Unopened => Err(Refusal::NotOpenedYet),
            Link::Expired | Link::Replaced => Err(Refusal::LinkDead),
        }
    }

    fn invite(&self, invited: Event, by: InvitationId, guest: Guest) -> Decision {
        if self.invitations.len() >= limits::INVITATIONS_MAX {
            return Err(Refusal::TooMany);
        }
        let mut events = vec![invited];
        if guest == Guest::Victim
            && let Some((invitation, one)) = self.victim()
            && one.link != Link::Expired
        {
            events.push(Event::InvitationReplaced { invitation, by });
        }
        Ok(events)
    }

    fn claim(&self, invitation: InvitationId, device: String, at: At) -> Decision {
        let one = self.invitation(invitation)?;
        match &one.link {
            Link::Expired | Link::Replaced => Err(Refusal::LinkDead),
            // The clock outranks the deadline's own firing, which may be seconds late.
            Link::Unopened if at >= one.expires_at => Err(Refusal::LinkDead),
            Link::Unopened => Ok(vec![Event::InvitationOpened { invitation, device }]),
            Link::Bound { device: bound } if *bound == device => Ok(vec![]),
            Link::Contested { device: bound, waiting } if [bound, waiting].contains(&&device) => {
                Ok(vec![])
            }
            Link::Bound { .. } | Link::Contested { .. } => {
                if one.waited >= limits::DEVICES_WAITING_MAX {
                    return Err(Refusal::TooManyDevices);
                }
                Ok(vec![Event::SecondDeviceWaited { invitation, device }])
            }
        }
    }

    fn admit_device(&self, invitation: InvitationId, device: String) -> Decision {
        match &self.invitation(invitation)?.link {
            Link::Contested { waiting, .. } if *waiting == device => {
                Ok(vec![Event::DeviceAdmitted { invitation, device }])
            }
            Link::Contested { .. }
            | Link::Bound { .. }
            | Link::Unopened
            | Link::Expired
            | Link::Replaced => Err(Refusal::NobodyWaits),
        }
    }

    //= Sightline, order of her page: safety before camera, camera before company
    fn be_ready(
        &self,
        invitation: InvitationId,
        one: &Invitation,
        camera: bool,
        microphone: bool,
    ) -> Decision {
        let hers = one.guest == Guest::Victim;
        if hers && !matches!(self.safety, Safety::Answered { safe: true, .. }) {
            return Err(Refusal::SafetyFirst);
        }
        let ready = Event::GuestReady { invitation, camera, microphone };
        match one.lobby {
            Lobby::Admitted { camera: c, microphone: m }
            | Lobby::Ready { camera: c, microphone: m } => {
                Ok(news((c, m) != (camera, microphone), ready))
            }
            // An officer who waits already lets her straight in.
            Lobby::Outside if hers && self.officer.is_some() => {
                Ok(vec![ready, Event::GuestAdmitted { invitation }])
            }
            Lobby::Outside => Ok(vec![ready]),
        }
    }

    fn pick_up(&self, context: &Context) -> Decision {
        let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
        match self.officer {
            Some(officer) if officer == by => return Ok(vec![]),
            Some(_) => return Err(Refusal::AlreadyPickedUp),
            None => {}
        }
        let mut events = vec![Event::PickedUp { by }];
        if let Some((invitation, one)) = self.victim()
            && matches!(one.lobby, Lobby::Ready { .. })
        {
            events.push(Event::GuestAdmitted { invitation });
        }
        Ok(events)
    }

    fn admit_guest(&self, invitation: InvitationId) -> Decision {
        match self.invitation(invitation)?.lobby {
            Lobby::Outside => Err(Refusal::NotInLobby),
            Lobby::Ready { .. } if self.officer.is_none() => Err(Refusal::NotPickedUp),
            Lobby::Ready { .. } => Ok(vec![Event::GuestAdmitted { invitation }]),
            Lobby::Admitted { .. } => Ok(vec![]),
        }
    }

    /// Whoever was here already and comes in again was away without our noticing: we stopped.
    fn note_joined(&self, participant: Participant) -> Vec<Event> {
        let hers = participant == Participant::Victim;
        match self.room.get(&participant) {
            None => return vec![Event::Joined { participant }],
            Some(Presence::There) if !hers => return vec![],
            Some(Presence::There | Presence::Lost) => {}
        }
        let mut events = vec![Event::ParticipantReturned { participant }];
        // Whoever came back to a call may have come back to another room.
        if hers && self.safety != Safety::AskedAgain {
            events.push(Event::SafetyAsked { after_reconnect: true });
        }
        events
    }

    fn note_lost(&self, participant: Participant) -> Vec<Event> {
        news(self.is_there(participant), Event::ParticipantLost { participant })
    }

    fn note_first_frame(&self, participant: Participant) -> Decision {
        if !self.room.contains_key(&participant) {
            return Err(Refusal::NotInRoom);
        }
        if self.saw.contains(&participant) {
            return Ok(vec![]);
        }
        let mut events = vec![Event::FirstFrameSeen { participant }];
        let mut saw = self.saw.clone();
        saw.insert(participant);
        let officer = saw.iter().any(|one| matches!(one, Participant::Staff(_)));
        if !self.face_to_face && officer && saw.contains(&Participant::Victim) {
            events.push(Event::FaceToFace {});
        }
        Ok(events)
    }

    /// The officer who sees it decides what it means. While nobody sees it, it means the worst.
    fn signal_danger(
        &self,
        invitation: InvitationId,
        location: Option<Location>,
        context: &Context,
    ) -> Vec<Event> {
        let before = self.danger_at.map(|before| context.at.since(before));
        if before.is_some_and(|since| since < limits::SAME_SIGNAL) {
            return vec![];
        }
        let sealed = location.map(Personal::new);
        let mut events = vec![match &self.about {
            About::Response { incident, .. } => {
                Event::DangerSignalled { incident: *incident, invitation, location: sealed }
            }
            About::Matter { kind, matter } => Event::MatterInDanger {
                matter: matter.clone(),
                matter_kind: *kind,
                cause: Danger::Signal,
                by: context.actor.to_string(),
                location: sealed,
            },
        }];
        if self.officer.is_none() {
            events.extend(self.say_offender_returned(location, context));
        }
        events
    }

    /// Whatever happens next, the call goes on: she may need the voice in her ear.
    fn say_offender_returned(&self, location: Option<Location>, context: &Context) -> Vec<Event> {
        let fresh = !self.offender_returned || location.is_some();
        let (by, location) = (context.actor.to_string(), location.map(Personal::new));
        let returned = match &self.about {
            About::Response { incident, .. } => {
                Event::OffenderReturned { incident: *incident, by, location }
            }
            About::Matter { kind, matter } => Event::MatterInDanger {
                matter: matter.clone(),
                matter_kind: *kind,
                cause: Danger::OffenderReturned,
                by,
                location,
            },
        };
        news(fresh, returned)
    }

    fn say(&self, by: Participant, text: &str, context: &Context) -> Decision {
        if !self.about.leaves_traces() {
            return Err(Refusal::NoChat);
        }
        let speaker = match &context.actor {
            Actor::Staff { id, .. } => Some(Participant::Staff(*id)),
            Actor::Guest { invitation } => {
                let invitation = invitation.parse().map_err(|_| Refusal::NotYours)?;
                self.entered(invitation, context)?;
                self.participant(invitation)
            }
            Actor::Client { .. } | Actor::System => None,
        };
        if speaker != Some(by) {
            return Err(Refusal::NotYours);
        }
        let text = written(text, limits::TEXT_CHARS_MAX)?;
        if self.texts >= limits::TEXTS_MAX {
            return Err(Refusal::TooMany);
        }
        Ok(vec![Event::Said { by, text: text.into() }])
    }

    fn set_marker(&self, at: At, label: &str, marker: Marker) -> Decision {
        let label = written(label, limits::LABEL_CHARS_MAX)?;
        if self.markers >= limits::MARKERS_MAX {
            return Err(Refusal::TooMany);
        }
        Ok(vec![Event::MarkerSet { at, label: label.into(), marker }])
    }

    fn switch_audio_only(&self, participant: Participant, on: bool) -> Vec<Event> {
        let changed = self.audio_only.contains(&participant) != on;
        news(changed, Event::AudioOnly { participant, on })
    }

    fn finish(&self, outcome: Outcome, context: &Context) -> Decision {
        let came = self.room.contains_key(&Participant::Victim);
        let met = came && self.room.keys().any(|one| matches!(one, Participant::Staff(_)));
        match outcome {
            Outcome::Completed | Outcome::CompletedAudioOnly if !met => Err(Refusal::NeverMet),
            Outcome::NotReached if met => Err(Refusal::SheCame),
            Outcome::Completed
            | Outcome::CompletedAudioOnly
            | Outcome::NotReached
            | Outcome::TransferredInPerson
            | Outcome::VictimLeft
            | Outcome::NotSafeNow
            | Outcome::TechnicalFailure => {
                let finished = Event::Finished { outcome, by: context.actor.staff() };
                Ok(self.reading_gone().into_iter().chain([finished]).collect())
            }
        }
    }
}

fn open_for_matter(command: Command) -> Decision {
    let Command::OpenForMatter { matter, matter_kind, language, channel, contact, name } = command
    else {
        return Err(Refusal::NotOpened);
    };
    if !about::names_a_matter(&matter) {
        return Err(Refusal::NoMatter);
    }
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (contact, name) = (filled(contact), filled(name));
    if contact.is_none() && channel != Channel::ReadOut {
        return Err(Refusal::NoContact);
    }
    let (contact, name) = (contact.map(Personal::new), name.map(Personal::new));
    let opened = Event::OpenedForMatter { matter, matter_kind, language, channel, contact, name };
    Ok(vec![opened])
}

const fn staff_command(command: &Command) -> bool {
    matches!(
        command,
        Command::PickUp
            | Command::HandOver { .. }
            | Command::AdmitGuest { .. }
            | Command::AdmitDevice { .. }
            | Command::AskSafety
            | Command::SetMarker { .. }
            | Command::RequestStill { .. }
            | Command::OfferReading { .. }
            | Command::TakeReadingBack { .. }
            | Command::Finish { .. }
            | Command::Invite { .. }
    )
}

fn own(invitation: InvitationId, context: &Context) -> Result<(), Refusal> {
    match &context.actor {
        Actor::Guest { invitation: own } if own.parse() == Ok(invitation) => Ok(()),
        Actor::Guest { .. } | Actor::Staff { .. } | Actor::Client { .. } | Actor::System => {
            Err(Refusal::NotYours)
        }
    }
}

fn written(text: &str, chars_max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::Empty),
        length if length > chars_max => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

fn news(is_news: bool, event: Event) -> Vec<Event> {
    if is_news { vec![event] } else { vec![] }
}
