//! The officer's call: `GET /calls/{call}` and the parts of it that follow what happens.
//! The page itself never reloads; everything that changes is a part or a small JSON.

use crate::officer_calls::{self, Line};
use crate::{invitation_secret, officer_log};
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use call::{
    Call, CallId, Channel, Guest, Invitation, InvitationId, Link, Lobby, Outcome, Participant,
    Progress, Safety, State as Calls,
};
use engine::{Engine, Fault};
use hub::{Duty, Hub};
use incident::Incident;
use minijinja::{Value, context};
use serde::Serialize;
use serde_json::json;
use ui::{App, Serde, Staff, View};

/// The call that `{call}` names.
pub(crate) struct Named(pub(crate) CallId);

impl FromRequestParts<App> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let view = View::from_request_parts(parts, app).await;
        let view = view.map_err(IntoResponse::into_response)?;
        let named = Path::<String>::from_request_parts(parts, app).await;
        let id = named.ok().and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(|| view.missing())
    }
}

/// The page. Every opening of it is kept: it names her.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
) -> Response {
    let found = match opened(app.engine(), call).await {
        Ok(Some(found)) => found,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    for subject in [found.line.incident_stream(), call.stream()] {
        if let Err(stop) = staff.consulted(&view, &subject, "call").await {
            return stop;
        }
    }
    match page(&app, &staff, call, found).await {
        Ok(page) => view.for_call().page("call/officer.html", page),
        Err(fault) => view.fault(&fault),
    }
}

struct Found {
    state: Calls,
    line: Line,
}

impl Line {
    fn incident_stream(&self) -> String {
        format!("incident/{}", self.incident)
    }
}

async fn opened(engine: &Engine, call: CallId) -> Result<Option<Found>, Fault> {
    let (state, version) = engine.state::<Call>(&call.stream()).await?;
    if version == 0 {
        return Ok(None);
    }
    let line = officer_calls::one(engine, call).await?;
    Ok(line.map(|line| Found { state, line }))
}

async fn page(app: &App, staff: &Staff, call: CallId, found: Found) -> Result<Value, Fault> {
    let engine = app.engine();
    let Found { state, line } = found;
    let her = her(engine, &line).await?;
    let officer = state.call().and_then(|known| known.officer);
    let mine = officer == Some(staff.who.id);
    let panels: Vec<_> = app
        .panels()
        .iter()
        .map(|panel| context! { noun => panel.noun, title => panel.title, key => panel.key })
        .collect();
    let colleagues = colleagues(engine, staff).await?;
    Ok(context! {
        call => call.to_string(),
        line => Serde(&line),
        her => her,
        mine => mine,
        taken => officer.is_some(),
        finished => matches!(state, Calls::Finished(..)),
        me => context! {
            name => staff.who.name.clone(),
            identity => Participant::Staff(staff.who.id).to_string(),
        },
        panels => panels,
        outcomes => Outcome::ALL.map(Outcome::code).to_vec(),
        markers => MARKERS.map(|(code, key)| vec![code, key]).to_vec(),
        colleagues => Serde(&colleagues),
        now_part => now_part(engine, call, &state),
        log => log_part(engine, call).await?,
        keep_days => kernel::retention::CASEWORK.keep_days,
        recording_days => recording::CLASS.keep_days,
    })
}

/// The kinds of marker, each with the key that sets it after `m`.
pub(crate) const MARKERS: [(&str, &str); 5] =
    [("account", "a"), ("injury", "i"), ("scene", "c"), ("safety", "s"), ("other", "o")];

/// Who she is, as far as the incident says and its key still opens it.
async fn her(engine: &Engine, line: &Line) -> Result<Value, Fault> {
    let (incident, _) = engine.state::<Incident>(&line.incident_stream()).await?;
    let Some(report) = incident.report else { return Ok(context! { name => "", place => "" }) };
    let person = report.person.into_known().unwrap_or_default();
    let place = report.place.into_known().unwrap_or_default();
    let contact = report.contact.into_known().unwrap_or_default();
    let suspect = report.suspect.into_known().unwrap_or_default();
    Ok(context! {
        name => person.name,
        born => person.date_of_birth.unwrap_or_default(),
        phone => contact.phone.unwrap_or(person.phone),
        place => place.words,
        postcode => place.postcode.unwrap_or_default(),
        account => report.account.into_known().unwrap_or_default(),
        contact_words => contact.words,
        contact_times => contact.times,
        safe_to_call => report.contact_flags.safe_to_call,
        no_voicemail => report.contact_flags.no_voicemail,
        suspect => suspect.name,
        whereabouts => suspect.whereabouts,
    })
}

/// One colleague who could take the call.
#[derive(Serialize)]
struct Colleague {
    id: String,
    name: String,
    free: bool,
}

async fn colleagues(engine: &Engine, staff: &Staff) -> Result<Vec<Colleague>, Fault> {
    let (hub, _) = engine.state::<Hub>(hub::STREAM).await?;
    let mut found: Vec<_> = hub
        .responders
        .into_iter()
        .filter(|(id, one)| *id != staff.who.id && !matches!(one.duty, Duty::OnBreak))
        .map(|(id, one)| Colleague {
            id: id.to_string(),
            name: one.name.into_known().unwrap_or_default(),
            free: matches!(one.duty, Duty::Free),
        })
        .collect();
    found.sort_by(|a, b| (!a.free, &a.name).cmp(&(!b.free, &b.name)));
    Ok(found)
}

/// `GET /calls/{call}/grade`: the grade as it is now; it names nobody.
pub(crate) async fn grade(State(app): State<App>, view: View, Named(call): Named) -> Response {
    match officer_calls::one(app.engine(), call).await {
        Ok(Some(line)) => view.page("call/officer-grade.html", context! { line => Serde(&line) }),
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

/// `GET /calls/{call}/now`: alarms, the lobby and how she is, without naming anybody.
pub(crate) async fn now(State(app): State<App>, view: View, Named(call): Named) -> Response {
    match app.engine().state::<Call>(&call.stream()).await {
        Ok((state, version)) if version > 0 => {
            let part = now_part(app.engine(), call, &state);
            view.page(
                "call/officer-now.html",
                context! { call => call.to_string(), now_part => part },
            )
        }
        Ok(_) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

fn now_part(engine: &Engine, call: CallId, state: &Calls) -> Value {
    let Some(known) = state.call() else { return context! {} };
    let guests: Vec<Value> =
        known.invitations.iter().filter_map(|(id, one)| lobby(engine, *id, one, known)).collect();
    context! {
        call => call.to_string(),
        finished => matches!(state, Calls::Finished(..)),
        safety => safety(known.safety),
        face => known.face_to_face,
        danger_at => known.danger_at.map(|at| at.0),
        returned => known.offender_returned,
        here => presence(known),
        audio_only => known.audio_only.contains(&Participant::Victim),
        ever_audio_only => known.ever_audio_only,
        guests => guests,
    }
}

const fn safety(safety: Safety) -> &'static str {
    match safety {
        Safety::Unasked => "unasked",
        Safety::Answered { safe: true, alone: true } => "safe",
        Safety::Answered { safe: true, alone: false } => "not_alone",
        Safety::Answered { safe: false, .. } => "not_safe",
        Safety::AskedAgain => "asked",
    }
}

fn presence(known: &Progress) -> &'static str {
    // Whoever left on purpose does not come back by herself, and with a new link has yet to come.
    match known.victim().map(|(_, one)| &one.link) {
        Some(link) if link.left() => return "left",
        Some(Link::Unopened) => return "away",
        _ => {}
    }
    match (known.room.get(&Participant::Victim), known.victim().map(|(_, one)| one.lobby)) {
        (Some(call::Presence::There), _) => "there",
        (Some(call::Presence::Lost), _) => "lost",
        (None, Some(Lobby::Ready { .. } | Lobby::Admitted { .. })) => "coming",
        (None, _) => "away",
    }
}

/// What the officer can do about a guest now; nothing for one who is in, or gone.
fn lobby(engine: &Engine, id: InvitationId, one: &Invitation, known: &Progress) -> Option<Value> {
    let hers = one.guest == Guest::Victim;
    let waiting = match &one.link {
        Link::Contested { waiting, .. } => Some(waiting.clone()),
        Link::Bound { .. } | Link::Unopened => None,
        Link::Expired | Link::Replaced => return None,
    };
    let ready = matches!(one.lobby, Lobby::Ready { .. }) && known.officer.is_some();
    let unopened = one.link == Link::Unopened && !hers;
    if waiting.is_none() && !ready && !unopened {
        return None;
    }
    let read_out = unopened && one.channel == Channel::ReadOut;
    Some(context! {
        invitation => id.to_string(),
        guest => guest_code(one.guest),
        ready => ready,
        unopened => unopened,
        expires_at => one.expires_at.0,
        code => read_out.then(|| invitation_secret::spoken(engine, id)),
        device => waiting.clone(),
        device_code => waiting.map(|device| invitation_secret::device_code(&device)),
    })
}

const fn guest_code(guest: Guest) -> &'static str {
    match guest {
        Guest::Victim => "victim",
        Guest::Interpreter => "interpreter",
        Guest::Advocate => "advocate",
        Guest::Supervisor => "supervisor",
        Guest::Colleague => "colleague",
    }
}

/// `GET /calls/{call}/log`: what was written, marked and said of her place. Names her doings,
/// so every showing of it is kept; the page asks only when there is more than it shows.
pub(crate) async fn log(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &call.stream(), "call-log").await {
        return stop;
    }
    match log_part(app.engine(), call).await {
        Ok(log) => {
            let me = context! { identity => Participant::Staff(staff.who.id).to_string() };
            let page = context! { call => call.to_string(), log => log, me => me };
            view.page("call/officer-log.html", page)
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn log_part(engine: &Engine, call: CallId) -> Result<Value, Fault> {
    let lines = officer_log::all(engine, call).await?;
    let place = officer_log::last_place(engine, call).await?;
    Ok(context! {
        count => lines.len(),
        lines => Serde(&lines),
        place => place.map(|place| context! {
            latitude => format!("{:.5}", place.latitude),
            longitude => format!("{:.5}", place.longitude),
            accuracy => place.accuracy_metres.round() as i64,
            at => place.at.0,
        }),
    })
}

/// `GET /calls/{call}/state`: what the script needs to know to come back, in codes.
pub(crate) async fn state(State(app): State<App>, view: View, Named(call): Named) -> Response {
    let engine = app.engine();
    let state = match engine.state::<Call>(&call.stream()).await {
        Ok((state, version)) if version > 0 => state,
        Ok(_) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    let Some(known) = state.call() else { return view.missing() };
    let log = match officer_log::count(engine, call).await {
        Ok(log) => log,
        Err(fault) => return view.fault(&fault),
    };
    Json(json!({
        "finished": matches!(state, Calls::Finished(..)),
        "officer": known.officer.map(|id| Participant::Staff(id).to_string()),
        "safety": safety(known.safety),
        "face": known.face_to_face,
        "danger_at": known.danger_at.map(|at| at.0),
        "returned": known.offender_returned,
        "here": presence(known),
        "log": log,
    }))
    .into_response()
}
