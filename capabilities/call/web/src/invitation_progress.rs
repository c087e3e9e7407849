//! `GET /calls/{call}/progress`: the handler watches a link come alive, from sent to face to
//! face, and helps it along. Shows no personal data, so it may refresh by itself.

use crate::officer_named::{Here, Named};
use crate::{Means, invitation_list, invitation_react, invitation_secret};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use call::{
    About, Call, CallId, Channel, Command, Guest, Invitation, InvitationId, Link, Lobby, Message,
    Participant, Progress, Refusal, Safety,
};
use engine::{Engine, Fault, Refused};
use incident::Incident;
use incident::screening::{Answer, Rule};
use minijinja::{Value, context};
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::{App, Form, Serde, Staff, View};

/// Events of one call that are looked at for their times; a call has a few dozen.
const EVENTS_MAX: usize = 1000;

pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    Named(call): Named,
) -> Response {
    match page(&means, app.engine(), call).await {
        Ok(Some(page)) => view.page("call/invitation-progress.html", page),
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(means: &Means, engine: &Engine, call: Here) -> Result<Option<Value>, Fault> {
    let (state, _) = engine.state::<Call>(&call.stream()).await?;
    let Some(known) = state.call() else { return Ok(None) };
    let times = times(engine, call.id).await?;
    let over = state.open().is_none();
    let link = known.victim().map(|(id, one)| link(means, engine, id, one));
    let steps = steps(known, &times);
    Ok(Some(context! {
        base => call.base(),
        steps => Serde(&steps),
        link => link,
        over => over,
        face_to_face => known.face_to_face,
        not_safe => matches!(known.safety, Safety::Answered { safe: false, .. }),
        not_alone => matches!(known.safety, Safety::Answered { safe: true, alone: false }),
        later => times.contains_key("call.call_later_asked.v1"),
        danger => known.danger_at.is_some(),
        left => known.victim().is_some_and(|(_, one)| one.link.left()),
        lost => known.room.contains_key(&Participant::Victim)
            && !known.is_there(Participant::Victim),
    }))
}

/// When each kind of event last happened since the last link for her was made.
async fn times(engine: &Engine, call: CallId) -> Result<BTreeMap<String, i64>, Fault> {
    let records = engine.journal().load(&call.stream(), 0, EVENTS_MAX).await?;
    let mut times = BTreeMap::new();
    for record in records {
        times.insert(record.kind, record.at.0);
    }
    Ok(times)
}

/// One step on the way to face to face.
#[derive(serde::Serialize)]
struct Step {
    name: &'static str,
    at: Option<i64>,
    tone: &'static str,
}

fn steps(known: &Progress, times: &BTreeMap<String, i64>) -> Vec<Step> {
    let link = known.victim().map(|(_, one)| one);
    let at = |kind: &str| times.get(kind).copied();
    let opened =
        link.is_some_and(|one| matches!(one.link, Link::Bound { .. } | Link::Contested { .. }));
    let safe = matches!(known.safety, Safety::Answered { safe: true, .. } | Safety::AskedAgain);
    let waiting = link.is_some_and(|one| one.lobby != Lobby::Outside);
    let message = link.map_or(Message::Unsent, |one| one.message);
    let read_out = link.is_some_and(|one| one.channel == Channel::ReadOut);
    let sent = read_out || message > Message::Unsent || opened;
    let step = |name, done: bool, kind: &str| Step {
        name,
        at: if done { at(kind) } else { None },
        tone: if done { "done" } else { "open" },
    };
    let mut steps = vec![step("sent", sent, "call.message_accepted.v1")];
    if !read_out {
        let delivered = message == Message::Delivered || opened;
        let mut step = step("delivered", delivered, "call.message_delivered.v1");
        if message == Message::Failed && !opened {
            step.tone = "failed";
        }
        steps.push(step);
    }
    steps.push(step("opened", opened, "call.invitation_opened.v1"));
    steps.push(step("safe", opened && safe, "call.safety_answered.v1"));
    steps.push(step("waiting", waiting, "call.guest_ready.v1"));
    steps.push(step("answered", known.officer.is_some(), "call.picked_up.v1"));
    steps.push(step("face-to-face", known.face_to_face, "call.face_to_face.v1"));
    steps
}

/// Reasons that are hers: the message was held back, and no other way is to be tried blindly.
const UNSAFE: [&str; 4] = ["not_safe_to_text", "way_not_safe", "number_not_safe", "hour_not_safe"];

fn link(means: &Means, engine: &Engine, id: InvitationId, one: &Invitation) -> Value {
    let unopened = one.link == Link::Unopened;
    let read_out = unopened && one.channel == Channel::ReadOut;
    let waiting = match &one.link {
        Link::Contested { waiting, .. } => Some(context! {
            invitation => id.to_string(),
            device => waiting.clone(),
            code => invitation_secret::device_code(waiting),
        }),
        _ => None,
    };
    context! {
        unopened => unopened,
        expired => one.link == Link::Expired,
        failed => one.message == Message::Failed && unopened,
        unsafe_why => one.failed_why.as_deref().filter(|why| UNSAFE.contains(why)),
        expires_at => one.expires_at.0,
        address => read_out.then(|| format!("{}/j", bare(&means.settings.origin))),
        code => read_out.then(|| invitation_secret::spoken(engine, id)),
        waiting => waiting,
    }
}

/// An origin as it is said aloud.
fn bare(origin: &str) -> &str {
    origin.trim_start_matches("https://")
}

/// What is asked for: another link for her, or one for somebody who helps.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// `text`, `email`, `read_out`; nothing means as before.
    #[serde(default)]
    channel: String,
    /// A number or address; nothing means the one used before.
    #[serde(default)]
    contact: String,
    /// Nothing means her.
    #[serde(default)]
    guest: String,
    /// The name shown in the room.
    #[serde(default)]
    name: String,
}

pub(crate) async fn invite(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
    headers: HeaderMap,
    Form { value, .. }: Form<Asked>,
) -> Response {
    let engine = app.engine();
    let state = match engine.state::<Call>(&call.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => return view.fault(&fault),
    };
    let Some(open) = state.open() else { return view.missing() };
    let command = match command(engine, open, value).await {
        Ok(command) => command,
        Err(fault) => return view.fault(&fault),
    };
    match texts_unsafely(engine, open, &command).await {
        Ok(false) => {}
        Ok(true) => return view.refused(&Refused::Refusal(Refusal::TextUnsafe)),
        Err(fault) => return view.fault(&fault),
    }
    match engine.execute::<Call>(&call.stream(), command, &staff.caller, None).await {
        Ok(_) => onward(&headers, call, open),
        Err(refused) => view.refused(&refused),
    }
}

/// Whether this would text a phone of which she said that texts are not safe.
async fn texts_unsafely(
    engine: &Engine,
    open: &Progress,
    command: &Command,
) -> Result<bool, Fault> {
    let to_her =
        matches!(command, Command::Invite { guest: Guest::Victim, channel: Channel::Text, .. });
    let Some(incident) = open.about.incident().filter(|_| to_her) else { return Ok(false) };
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    Ok(state.answer(Rule::SafeToText) == Some(Answer::No))
}

async fn command(engine: &Engine, open: &Progress, asked: Asked) -> Result<Command, Fault> {
    let guest = match asked.guest.as_str() {
        "interpreter" => Guest::Interpreter,
        "advocate" => Guest::Advocate,
        "supervisor" => Guest::Supervisor,
        "colleague" => Guest::Colleague,
        _ => Guest::Victim,
    };
    let before = open.victim().filter(|_| guest == Guest::Victim);
    let channel = match (asked.channel.as_str(), before) {
        ("email", _) => Channel::Email,
        ("read_out", _) => Channel::ReadOut,
        ("", Some((_, one))) => one.channel,
        _ => Channel::Text,
    };
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut contact = filled(asked.contact);
    if let (None, Some((id, one))) = (&contact, before)
        && one.channel == channel
    {
        contact = invitation_list::addressee(engine, id).await?.contact;
    }
    let luck = engine.luck16();
    let invitation = InvitationId::birth(engine.now(), luck);
    Ok(invitation_react::invite(engine, invitation, guest, channel, contact, filled(asked.name)))
}

/// The device that waits, as the officer or handler compared it.
#[derive(Deserialize)]
pub(crate) struct Device {
    #[serde(default)]
    invitation: String,
    #[serde(default)]
    device: String,
}

pub(crate) async fn device(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
    headers: HeaderMap,
    Form { value, .. }: Form<Device>,
) -> Response {
    let Ok(invitation) = value.invitation.parse::<InvitationId>() else { return view.missing() };
    let engine = app.engine();
    let admit = Command::AdmitDevice { invitation, device: value.device };
    match engine.execute::<Call>(&call.stream(), admit, &staff.caller, None).await {
        Ok(_) => {}
        Err(refused) => return view.refused(&refused),
    }
    match engine.state::<Call>(&call.stream()).await {
        Ok((state, _)) => match state.call() {
            Some(known) => onward(&headers, call, known),
            None => view.missing(),
        },
        Err(fault) => view.fault(&fault),
    }
}

/// A script gets the part again, a plain form the page it stood on.
fn onward(headers: &HeaderMap, call: Here, known: &Progress) -> Response {
    let to = match (headers.contains_key("hx-request"), &known.about) {
        (true, _) => format!("{}/progress", call.base()),
        (false, About::Response { incident, .. }) => format!("/incidents/{incident}"),
        (false, About::Matter { .. }) => call.base(),
    };
    Redirect::to(&to).into_response()
}
