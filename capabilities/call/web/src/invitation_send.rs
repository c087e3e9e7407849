//! Due work: the message with the link. At least once towards the provider, once towards her
//! phone as far as the provider can tell; never after the link is dead.

use crate::{Settings, invitation_secret};
use async_trait::async_trait;
use call::{Call, Channel, Command, Event, Guest, InvitationId, Link};
use engine::{Caller, Engine, Opened, Outcome, Work};
use incident::screening::{Answer, Rule};
use incident::{Incident, IncidentId};
use kernel::At;
use notify::{
    Delivery, EmailAddress, Language, Message, PhoneNumber, Placeholder, Recipient, SendFault,
    Words, words,
};
use safeguarding::contact::Why;
use safeguarding::{Safeguarding, SafeguardingId, Verdict, Way};
use std::time::Duration;

/// When to come back after nobody answered: the link lives fifteen minutes, a text takes one.
const AGAIN: Duration = Duration::from_secs(5);

/// Sends links.
pub(crate) struct SendInvitation(pub(crate) Settings);

#[async_trait]
impl Work for SendInvitation {
    fn name(&self) -> &'static str {
        "send_invitation"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.invited.v1"
    }

    async fn perform(&self, engine: &Engine, event: &Opened, tries: u32) -> Outcome {
        let Ok(Event::Invited { invitation, channel, contact, expires_at, guest, .. }) =
            event.decode()
        else {
            return Outcome::Abandoned("unreadable");
        };
        if channel == Channel::ReadOut {
            return Outcome::Done;
        }
        let Ok((state, _)) = engine.state::<Call>(&event.stream).await else {
            return Outcome::Later(None);
        };
        let Some(open) = state.open() else { return Outcome::Abandoned("finished") };
        let again = guest == Guest::Victim && open.victim().is_some() && open.invitations.len() > 1;
        let standing = open.invitations.get(&invitation).map(|one| &one.link);
        if standing != Some(&Link::Unopened) {
            return Outcome::Abandoned("not-needed");
        }
        let late = (expires_at.since(engine.now()) == Duration::ZERO).then_some("late");
        let to = contact.and_then(|contact| contact.into_known());
        let to = to.and_then(|to| Some((self.recipient(channel, &to)?, to)));
        let hers = guest == Guest::Victim && channel == Channel::Text;
        let incident = open.about.incident().filter(|_| hers);
        if let Some(incident) = incident
            && never_text(engine, incident).await
        {
            return fail(engine, &event.stream, invitation, "not_safe_to_text").await;
        }
        let (None, Some((to, typed))) = (late, to) else {
            let reason = late.unwrap_or("wrong_recipient");
            return fail(engine, &event.stream, invitation, reason).await;
        };
        if let Some(incident) = open.about.incident().filter(|_| guest == Guest::Victim) {
            match may_reach(engine, incident, channel, &typed).await {
                Verdict::Go => {}
                Verdict::Wait(until) if until < expires_at => {
                    return Outcome::Later(Some(until.since(engine.now())));
                }
                Verdict::Wait(_) => {
                    return fail(engine, &event.stream, invitation, "hour_not_safe").await;
                }
                Verdict::Never(why) => {
                    return fail(engine, &event.stream, invitation, why.code()).await;
                }
            }
        }
        let language = language(open.language);
        let words = self.words(engine, invitation, language, again, expires_at);
        let message = Message { reference: invitation.to_string(), to, words };
        self.deliver((engine, &event.stream, tries), invitation, message, expires_at).await
    }
}

impl SendInvitation {
    /// Hands it to the provider, and notes what the provider said.
    async fn deliver(
        &self,
        (engine, call, tries): (&Engine, &str, u32),
        invitation: InvitationId,
        message: Message,
        expires_at: At,
    ) -> Outcome {
        let sent = match tries {
            0 => self.0.channel.send(engine.now(), message).await,
            _ => self.0.channel.send_again(engine.now(), message).await,
        };
        match sent {
            Ok(accepted) => {
                let delivered = accepted.delivery == Delivery::Delivered;
                note_accepted(engine, call, invitation, delivered).await
            }
            Err(SendFault::Refused(reason)) => fail(engine, call, invitation, reason.code()).await,
            Err(SendFault::TryLater { after }) if engine.now().plus(after) < expires_at => {
                Outcome::Later(Some(after))
            }
            Err(SendFault::Unreachable) if engine.now().plus(AGAIN) < expires_at => {
                Outcome::Later(Some(AGAIN))
            }
            Err(SendFault::TryLater { .. } | SendFault::Unreachable) => {
                fail(engine, call, invitation, "unreachable").await
            }
        }
    }

    fn recipient(&self, channel: Channel, to: &str) -> Option<Recipient> {
        match channel {
            Channel::Text => PhoneNumber::parse(to, self.0.numbers).ok().map(Recipient::Mobile),
            Channel::Email => EmailAddress::parse(to).ok().map(Recipient::Email),
            Channel::ReadOut => None,
        }
    }

    fn words(
        &self,
        engine: &Engine,
        invitation: InvitationId,
        language: Language,
        again: bool,
        expires_at: At,
    ) -> Words {
        let template = if again { words::LINK_AGAIN } else { words::LINK };
        let minutes = expires_at.since(engine.now()).as_secs().div_ceil(60).max(1);
        Words::new(template, language)
            .with(Placeholder::Link, invitation_secret::link(engine, &self.0.origin, invitation))
            .with(Placeholder::Minutes, minutes.to_string())
    }
}

/// Whether she said that a text to this phone is not safe. Asked again at the last moment: the
/// answer may have changed since she was invited. What cannot be read is not texted either.
async fn never_text(engine: &Engine, incident: IncidentId) -> bool {
    match engine.state::<Incident>(&incident.stream()).await {
        Ok((state, _)) => state.answer(Rule::SafeToText).is_some_and(|said| said != Answer::Yes),
        Err(fault) => {
            tracing::error!(%fault, %incident, "no text goes: the screening cannot be read");
            true
        }
    }
}

/// Whether the plan that was made with her lets this message go now. Asked at the last moment: the
/// rule may have changed since she was invited. What cannot be read is not sent.
async fn may_reach(engine: &Engine, incident: IncidentId, channel: Channel, to: &str) -> Verdict {
    let way = match channel {
        Channel::Email => Way::Email,
        Channel::Text | Channel::ReadOut => Way::Text,
    };
    let stream = SafeguardingId::from(incident).stream();
    match engine.state::<Safeguarding>(&stream).await {
        Ok((plan, _)) => plan.may_reach(way, to, engine.now()),
        Err(fault) => {
            tracing::error!(%fault, %incident, "nothing goes: the plan cannot be read");
            Verdict::Never(Why::Way)
        }
    }
}

const fn language(language: call::Language) -> Language {
    match language {
        call::Language::En => Language::En,
        call::Language::Cy => Language::Cy,
        call::Language::Ur => Language::Ur,
        call::Language::Pl => Language::Pl,
    }
}

async fn note_accepted(
    engine: &Engine,
    call: &str,
    invitation: InvitationId,
    delivered: bool,
) -> Outcome {
    if !note(engine, call, Command::NoteAccepted { invitation }).await {
        return Outcome::Later(None);
    }
    if delivered && !note(engine, call, Command::NoteDelivered { invitation }).await {
        return Outcome::Later(None);
    }
    Outcome::Done
}

async fn fail(
    engine: &Engine,
    call: &str,
    invitation: InvitationId,
    reason: &'static str,
) -> Outcome {
    let failed = Command::NoteFailed { invitation, reason: reason.into() };
    match note(engine, call, failed).await {
        true => Outcome::Abandoned(reason),
        false => Outcome::Later(None),
    }
}

/// Whether it is noted, or can never be.
pub(crate) async fn note(engine: &Engine, call: &str, command: Command) -> bool {
    let done = engine.execute::<Call>(call, command, &Caller::system(), None).await;
    !matches!(done, Err(engine::Refused::Fault(_)))
}
