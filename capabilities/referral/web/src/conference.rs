//! `/conferences/{conference}`: one meeting: its list, its minutes, its actions; and its pack.

use crate::{agencies, conference_list, kinds, local, referral_list, showing};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use kernel::{Personal, Purpose};
use minijinja::{Value, context};
use referral::conference::{Case, Command, Conference, Refusal, State as Meeting};
use referral::{AgencyId, ConferenceId, Referral, ReferralId, permit};
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "referral/conference.html";

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ConferenceId>,
) -> Response {
    show(&app, &view, &staff, id, PAGE).await
}

/// The pack: the same on a page that prints, without forms.
pub(crate) async fn pack(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ConferenceId>,
) -> Response {
    show(&app, &view, &staff, id, "referral/pack.html").await
}

async fn show(app: &App, view: &View, staff: &Staff, id: ConferenceId, page: &str) -> Response {
    let meeting = match consulted(app, view, staff, id).await {
        Ok(meeting) => meeting,
        Err(stop) => return stop,
    };
    match context(app, staff, id, &meeting).await {
        Ok(context) => view.page(page, context),
        Err(fault) => view.fault(&fault),
    }
}

/// The meeting without what is hidden from whoever reads, once the reading of everybody on its
/// list is noted.
pub(crate) async fn consulted(
    app: &App,
    view: &View,
    staff: &Staff,
    id: ConferenceId,
) -> Result<Meeting, Response> {
    let failed = |fault: Fault| view.fault(&fault);
    let (mut meeting, _) = app.engine().state::<Conference>(&id.stream()).await.map_err(failed)?;
    let veil = app.veil(&staff.caller.actor).await.map_err(failed)?;
    veil.over(&mut meeting.cases, |case| case.incident.stream());
    staff.consulted(view, &id.stream(), "conference").await?;
    for case in &meeting.cases {
        staff.consulted(view, &case.referral.stream(), "conference").await?;
    }
    Ok(meeting)
}

async fn context(
    app: &App,
    staff: &Staff,
    id: ConferenceId,
    meeting: &Meeting,
) -> Result<Value, Fault> {
    let engine = app.engine();
    let names = agencies::names(engine).await?;
    let mut cases = vec![];
    for case in &meeting.cases {
        cases.push(shown(engine, meeting, case, &names).await?);
    }
    let waiting = if meeting.held_at.is_none() { waiting(engine).await? } else { vec![] };
    let writes = app.may(&staff.caller.actor, permit::CONFERENCE_WRITE, Purpose::Safeguarding);
    let meets_at = meeting.meets_at.map(|at| at.0).unwrap_or_default();
    Ok(context! {
        id => id.to_string(),
        meets_at,
        place => meeting.place.known(),
        held => meeting.held_at.is_some(),
        begun => engine.now().0 >= meets_at,
        repeats => meeting.cases.iter().filter(|case| case.repeat).count(),
        cases, waiting, writes,
        agencies => Serde(&agencies::open(engine).await?),
    })
}

async fn shown(
    engine: &Engine,
    meeting: &Meeting,
    case: &Case,
    names: &BTreeMap<String, String>,
) -> Result<Value, Fault> {
    let (state, _) = engine.state::<Referral>(&case.referral.stream()).await?;
    let one = state.0.map(|asked| showing::referral(case.referral, &asked));
    let actions = meeting.actions.iter().filter(|(_, action)| action.referral == case.referral);
    let actions: Vec<_> = actions
        .map(|(number, action)| {
            let done = action.done.as_ref();
            context! {
                number,
                what => action.what.known(),
                due_at => action.due_at.0,
                agency => action.agency.and_then(|id| names.get(&id.to_string())),
                done_at => done.map(|(at, _)| at.0),
                note => done.and_then(|(_, note)| note.known()),
            }
        })
        .collect();
    Ok(context! {
        referral => case.referral.to_string(),
        reference => case.incident.reference(),
        repeat => case.repeat,
        minutes => case.minutes.as_ref().and_then(Personal::known),
        one, actions,
    })
}

/// Referrals for a meeting that are on no list yet.
async fn waiting(engine: &Engine) -> Result<Vec<Value>, Fault> {
    let listed = conference_list::listed(engine).await?;
    let meets = |kind: &str| kinds::table().get(kind).is_some_and(|kind| kind.meeting);
    let open = referral_list::open(engine).await?.into_iter();
    let waiting = open.filter(|line| meets(&line.kind) && !listed.contains(&line.id));
    Ok(waiting
        .map(|line| {
            let incident = line.incident.parse::<incident::IncidentId>().ok();
            let reference = incident.map(|id| id.reference()).unwrap_or_default();
            context! { id => line.id, reference, at => line.at }
        })
        .collect())
}

/// Whatever this page sends; every form fills its own part.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    referral: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    agency: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    due_at: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    note: String,
}

/// One chair before one meeting.
struct Desk<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    id: ConferenceId,
}

impl Desk<'_> {
    async fn act(&self, command: Command, typed: &Typed) -> Response {
        let (engine, stream) = (self.app.engine(), self.id.stream());
        match engine.execute::<Conference>(&stream, command, &self.staff.caller, None).await {
            Ok(_) => Redirect::to(&format!("/conferences/{}", self.id)).into_response(),
            Err(Refused::Refusal(refusal)) => {
                self.again(typed, field(refusal), &refusal.to_string()).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn again(&self, typed: &Typed, field: &str, words: &str) -> Response {
        let meeting = match consulted(self.app, self.view, self.staff, self.id).await {
            Ok(meeting) => meeting,
            Err(stop) => return stop,
        };
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        match context(self.app, self.staff, self.id, &meeting).await {
            Ok(page) => self.view.again(PAGE, page, typed, &errors),
            Err(fault) => self.view.fault(&fault),
        }
    }
}

fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ReasonMissing => "reason",
        Refusal::MinutesMissing => "minutes",
        Refusal::ActionMissing => "what",
        Refusal::InThePast => "due_at",
        Refusal::NoteMissing | Refusal::NoAction | Refusal::DoneAlready => "note",
        _ => "referral",
    }
}

macro_rules! step {
    ($(#[$doc:meta])* $name:ident, |$desk:ident, $value:ident, $referral:ident| $make:expr) => {
        $(#[$doc])*
        pub(crate) async fn $name(
            State(app): State<App>,
            view: View,
            staff: Staff,
            Named(id): Named<ConferenceId>,
            Form { value: $value, typed }: Form<Typing>,
        ) -> Response {
            let $desk = Desk { app: &app, view: &view, staff: &staff, id };
            let Ok($referral) = $value.referral.parse::<ReferralId>() else {
                return $desk.again(&typed, "referral", "Choose a case").await;
            };
            let made: Result<Command, (&str, &str)> = $make;
            match made {
                Ok(command) => $desk.act(command, &typed).await,
                Err((field, words)) => $desk.again(&typed, field, words).await,
            }
        }
    };
}

step!(
    /// Puts a case on the list; whether it is a repeat is found out here and kept.
    list, |desk, value, referral| {
        match heard(desk.app.engine(), desk.id, referral).await {
            Ok(Some(command)) => Ok(command),
            Ok(None) => Err(("referral", "This referral is not for a meeting")),
            Err(fault) => return desk.view.fault(&fault),
        }
    }
);
step!(
    /// Takes it off.
    take_off, |desk, value, referral| Ok(Command::TakeOff { referral, reason: value.reason })
);
step!(
    /// Its minutes.
    minute, |desk, value, referral| Ok(Command::Minute { referral, minutes: value.minutes })
);
step!(
    /// Somebody will do something.
    action, |desk, value, referral| {
        let agency = value.agency.parse::<AgencyId>().ok();
        match local::read(&value.due_at) {
            Some(due_at) => Ok(Command::SetAction { referral, agency, what: value.what, due_at }),
            None => Err(("due_at", "Enter a day and a time")),
        }
    }
);

/// The command that lists a referral, with when she was heard of before.
async fn heard(
    engine: &Engine,
    id: ConferenceId,
    referral: ReferralId,
) -> Result<Option<Command>, Fault> {
    let (state, _) = engine.state::<Referral>(&referral.stream()).await?;
    let (meeting, _) = engine.state::<Conference>(&id.stream()).await?;
    let Some((asked, meets_at)) = state.0.zip(meeting.meets_at) else { return Ok(None) };
    let kind = kinds::table().get(asked.kind.text());
    if !kind.is_some_and(|kind| kind.meeting) || !asked.step.open() {
        return Ok(None);
    }
    let incident = asked.incident;
    let heard_at = conference_list::heard_before(engine, incident, meets_at).await?;
    Ok(Some(Command::List { referral, incident, heard_at }))
}

/// An action was done.
pub(crate) async fn done(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ConferenceId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let action = value.action.parse().unwrap_or(0);
    desk.act(Command::DoAction { action, note: value.note }, &typed).await
}

/// The meeting is over.
pub(crate) async fn held(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ConferenceId>,
    Form { typed, .. }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    desk.act(Command::Hold, &typed).await
}
