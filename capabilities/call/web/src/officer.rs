//! The officer's call: `GET /calls/{call}` and the parts of it that follow what happens.
//! The page itself never reloads; everything that changes is a part or a small JSON.

use crate::officer_calls::{self, Line};
use crate::officer_named::{Here, Named};
use crate::{invitation_secret, officer_log, officer_matters};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use call::{
    About, Call, CallId, Channel, Guest, Invitation, InvitationId, Link, Lobby, Outcome,
    Participant, Progress, Safety, State as Calls,
};
use engine::{Engine, Fault};
use hub::{Duty, Hub};
use incident::{Incident, IncidentId};
use minijinja::{Value, context};
use serde::Serialize;
use serde_json::json;
use ui::{App, MatterPanel, Panel, Serde, Staff, View};

/// The page. Every opening of it is kept: it names her.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
) -> Response {
    let found = match opened(app.engine(), call.id).await {
        Ok(Some(found)) => found,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    for subject in [found.about.stream(), call.stream()] {
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
    about: About,
    line: Line,
}

async fn opened(engine: &Engine, call: CallId) -> Result<Option<Found>, Fault> {
    let (state, _) = engine.state::<Call>(&call.stream()).await?;
    let Some(about) = state.call().map(|known| known.about.clone()) else { return Ok(None) };
    let line = officer_calls::one(engine, call).await?;
    Ok(line.map(|line| Found { state, about, line }))
}

async fn page(app: &App, staff: &Staff, call: Here, found: Found) -> Result<Value, Fault> {
    let engine = app.engine();
    let Found { state, about, line } = found;
    let her = match &about {
        About::Response { incident, .. } => her(engine, *incident).await?,
        // What else there is to know of her stands in the matter's own panels.
        About::Matter { .. } => context! {
            name => officer_matters::name(engine, call.id).await?,
            place => "", account => "", safe_to_call => false,
        },
    };
    let officer = state.call().and_then(|known| known.officer);
    let mine = officer == Some(staff.who.id);
    let panels = panels(app, &about);
    let (kind, recording_days) = match about.matter() {
        None => ("response", recording::CLASS.keep_days),
        Some(kind) => (kind.code(), kind.recording_class().keep_days),
    };
    // A list of colleagues would tell who else knows: such a call is taken over, never given.
    let colleagues = match about.matter() {
        None => colleagues(engine, staff).await?,
        Some(_) => vec![],
    };
    Ok(context! {
        call => call.id.to_string(),
        base => call.base(),
        kind => kind,
        onward => onward(&about),
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
        now_part => now_part(engine, call.id, &state),
        log => log_part(engine, call.id).await?,
        keep_days => kernel::retention::CASEWORK.keep_days,
        recording_days => recording_days,
    })
}

/// The panels beside the call, each with the address of its part: the incident's, or those that
/// the matter's own capability brought.
fn panels(app: &App, about: &About) -> Vec<Value> {
    let one = |panel: &Panel, src: String| {
        context! { noun => panel.noun, title => panel.title, key => panel.key, src => src }
    };
    match about {
        About::Response { incident, .. } => app
            .panels()
            .iter()
            .map(|panel| one(panel, format!("/incidents/{incident}/{}", panel.noun)))
            .collect(),
        About::Matter { kind, matter } => {
            let id = matter.rsplit('/').next().unwrap_or_default();
            let of = |panel: &MatterPanel| {
                one(&panel.panel, format!("{}/{id}/{}", panel.stem, panel.panel.noun))
            };
            app.matter_panels(kind.code()).map(of).collect()
        }
    }
}

/// Where the officer goes from a call that is over.
fn onward(about: &About) -> String {
    match about {
        About::Response { .. } => "/queue".to_owned(),
        About::Matter { kind, matter } => {
            format!("{}/{}", kind.pages(), matter.rsplit('/').next().unwrap_or_default())
        }
    }
}

/// The kinds of marker, each with the key that sets it after `m`.
pub(crate) const MARKERS: [(&str, &str); 5] =
    [("account", "a"), ("injury", "i"), ("scene", "c"), ("safety", "s"), ("other", "o")];

/// Who she is, as far as the incident says and its key still opens it.
async fn her(engine: &Engine, incident: IncidentId) -> Result<Value, Fault> {
    let (incident, _) = engine.state::<Incident>(&incident.stream()).await?;
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
    match officer_calls::one(app.engine(), call.id).await {
        Ok(Some(line)) => view.page("call/officer-grade.html", context! { line => Serde(&line) }),
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

/// `GET /calls/{call}/now`: alarms, the lobby and how she is, without naming anybody.
pub(crate) async fn now(State(app): State<App>, view: View, Named(call): Named) -> Response {
    match app.engine().state::<Call>(&call.stream()).await {
        Ok((state, version)) if version > 0 => {
            let part = now_part(app.engine(), call.id, &state);
            let page = context! {
                call => call.id.to_string(), base => call.base(), now_part => part,
            };
            view.page("call/officer-now.html", page)
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
    match log_part(app.engine(), call.id).await {
        Ok(log) => {
            let me = context! { identity => Participant::Staff(staff.who.id).to_string() };
            let page = context! { call => call.id.to_string(), log => log, me => me };
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
    let log = match officer_log::count(engine, call.id).await {
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
