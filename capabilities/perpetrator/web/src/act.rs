//! Every form of a plan: what it asks, and the field that a refusal belongs to.

use crate::Settings;
use crate::perpetrator::{Desk, PAGE, is_suspect};
use ::perpetrator::command::Checked;
use ::perpetrator::{
    Act, Attendance, Command, Decision, Outcome, Perpetrator, Refusal, Strategy, Why, permit,
};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use calendar::typing;
use engine::Refused;
use kernel::At;
use kernel::Purpose::OffenderManagement;
use serde::Deserialize;
use ui::{Access, App, FieldErrors, Form, Route, Staff, Typed, View};

const WORK: Access = Access::Staff(permit::WORK, OffenderManagement);
const REVIEW: Access = Access::Staff(permit::REVIEW, OffenderManagement);

/// Every field of every form of the page; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    why: String,
    open_reason: String,
    strategy: String,
    aim: String,
    result: String,
    action_strategy: String,
    action_what: String,
    action_provider: String,
    action_due: String,
    number: u32,
    provider: String,
    sessions: String,
    programme_due: String,
    session: u32,
    held_on: String,
    attendance: String,
    condition_words: String,
    condition_until: String,
    decision: String,
    until: String,
    safe: String,
    safety: String,
    words: String,
    outcome: String,
    close_reason: String,
}

/// What was typed is not enough to ask: the field, and what is wrong with it.
type Wrong = (&'static str, &'static str);

impl Said {
    fn checked(&self) -> Checked {
        let safe = match self.safe.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        Checked { safe, words: self.safety.clone() }
    }

    fn strategy(text: &str, field: &'static str) -> Result<Strategy, Wrong> {
        Strategy::of(text).ok_or((field, "Choose the strategy."))
    }

    fn day(text: &str, field: &'static str) -> Result<At, Wrong> {
        typing::end_of_day(text).ok_or((field, "Enter a day."))
    }
}

/// What a form asks.
#[derive(Clone, Copy)]
enum Deed {
    Open,
    Take,
    SetStrategy,
    EndStrategy,
    SetAction,
    FinishAction,
    DropAction,
    BeginProgramme,
    RecordSession,
    CompleteProgramme,
    FailProgramme,
    SetCondition,
    KeepCondition,
    Breach,
    Decide,
    Contact,
    Review,
    Close,
}

impl Deed {
    /// The act, of what was typed.
    fn act(self, said: Said, desk: &Desk<'_>) -> Result<Act, Wrong> {
        let (checked, number, words) = (said.checked(), said.number, said.words.clone());
        Ok(match self {
            Self::Open => Act::Open {
                why: Why::of(&said.why).ok_or(("why", "Choose why there is a plan."))?,
                reason: said.open_reason,
                elder: desk.known.merged_into.map(|elder| elder.reference()),
                owner: desk.staff.who.id,
            },
            Self::Take => Act::HandOver { owner: desk.staff.who.id, reason: words },
            Self::SetStrategy => {
                let strategy = Said::strategy(&said.strategy, "strategy")?;
                Act::SetStrategy { strategy, aim: said.aim }
            }
            Self::EndStrategy => {
                let strategy = Said::strategy(&said.strategy, "strategy")?;
                Act::EndStrategy { strategy, result: said.result }
            }
            Self::SetAction => Act::SetAction {
                strategy: Said::strategy(&said.action_strategy, "action_strategy")?,
                what: said.action_what,
                provider: Some(said.action_provider).filter(|code| !code.is_empty()),
                due: Said::day(&said.action_due, "action_due")?,
            },
            Self::FinishAction => Act::FinishAction { number, result: words },
            Self::DropAction => Act::DropAction { number, reason: words },
            Self::BeginProgramme => Act::BeginProgramme {
                provider: said.provider,
                sessions: said
                    .sessions
                    .trim()
                    .parse()
                    .map_err(|_| ("sessions", "Enter a number."))?,
                due: Said::day(&said.programme_due, "programme_due")?,
            },
            Self::RecordSession => Act::RecordSession {
                programme: number,
                session: said.session,
                held_at: held(&said.held_on, desk.app.engine().now())?,
                attendance: Attendance::of(&said.attendance)
                    .ok_or(("attendance", "Choose whether he came."))?,
                note: words,
            },
            Self::CompleteProgramme => Act::CompleteProgramme { programme: number, result: words },
            Self::FailProgramme => Act::FailProgramme { programme: number, reason: words },
            Self::SetCondition => Act::SetCondition {
                words: said.condition_words,
                until: Said::day(&said.condition_until, "condition_until")?,
            },
            Self::KeepCondition => Act::KeepCondition { condition: number, note: words },
            Self::Breach => Act::Breach { condition: number, what: words },
            Self::Decide => Act::Decide {
                condition: number,
                decision: Decision::of(&said.decision)
                    .ok_or(("decision", "Choose what is done about it."))?,
                reason: words,
                until: typing::end_of_day(&said.until),
            },
            Self::Contact => Act::Contact { checked, note: words },
            Self::Review => Act::Review { checked, finding: words },
            Self::Close => Act::Close {
                outcome: Outcome::of(&said.outcome).ok_or(("outcome", "Choose how it ended."))?,
                reason: said.close_reason,
            },
        })
    }

    /// The field that a refusal belongs to.
    const fn field(self, refusal: &Refusal) -> &'static str {
        match (self, refusal) {
            (Self::Open, _) => "open_reason",
            (Self::SetStrategy, _) => "aim",
            (Self::SetAction, Refusal::Past | Refusal::TooFar) => "action_due",
            (Self::SetAction, Refusal::NoStrategy) => "action_strategy",
            (Self::SetAction, Refusal::NoProvider) => "action_provider",
            (Self::SetAction, _) => "action_what",
            (Self::BeginProgramme, Refusal::Past | Refusal::TooFar) => "programme_due",
            (Self::BeginProgramme, Refusal::NoProvider | Refusal::NoProgramme) => "provider",
            (Self::BeginProgramme, _) => "sessions",
            (Self::SetCondition, Refusal::Past | Refusal::TooFar) => "condition_until",
            (Self::SetCondition, _) => "condition_words",
            (Self::Close, _) => "close_reason",
            // Forms of a row: what is wrong stands above all of them.
            _ => "plan",
        }
    }
}

/// A session that was held on a day: today's counts from now.
fn held(text: &str, now: At) -> Result<At, Wrong> {
    let end = Said::day(text, "plan").map_err(|_| ("plan", "Enter the day of the session."))?;
    let today = calendar::civil_day(end.minus(std::time::Duration::from_secs(1)));
    Ok(if today == calendar::civil_day(now) { now } else { end })
}

/// The routes, each with its act.
pub(crate) fn routes(settings: &Settings) -> Vec<Route> {
    let all: [(&'static str, Access, Deed); 18] = [
        ("/perpetrators/{perpetrator}", WORK, Deed::Open),
        ("/perpetrators/{perpetrator}/taken", REVIEW, Deed::Take),
        ("/perpetrators/{perpetrator}/strategies", WORK, Deed::SetStrategy),
        ("/perpetrators/{perpetrator}/strategies/ended", WORK, Deed::EndStrategy),
        ("/perpetrators/{perpetrator}/actions", WORK, Deed::SetAction),
        ("/perpetrators/{perpetrator}/actions/done", WORK, Deed::FinishAction),
        ("/perpetrators/{perpetrator}/actions/dropped", WORK, Deed::DropAction),
        ("/perpetrators/{perpetrator}/programmes", WORK, Deed::BeginProgramme),
        ("/perpetrators/{perpetrator}/sessions", WORK, Deed::RecordSession),
        ("/perpetrators/{perpetrator}/programmes/completed", WORK, Deed::CompleteProgramme),
        ("/perpetrators/{perpetrator}/programmes/failed", WORK, Deed::FailProgramme),
        ("/perpetrators/{perpetrator}/conditions", WORK, Deed::SetCondition),
        ("/perpetrators/{perpetrator}/conditions/kept", WORK, Deed::KeepCondition),
        ("/perpetrators/{perpetrator}/conditions/breached", WORK, Deed::Breach),
        ("/perpetrators/{perpetrator}/breaches/decided", REVIEW, Deed::Decide),
        ("/perpetrators/{perpetrator}/contacts", WORK, Deed::Contact),
        ("/perpetrators/{perpetrator}/reviewed", REVIEW, Deed::Review),
        ("/perpetrators/{perpetrator}/closed", REVIEW, Deed::Close),
    ];
    let route = |(path, access, deed)| {
        let settings = settings.clone();
        Route::post(path, access, move |app, view, staff, path, form| {
            post(deed, settings.clone(), app, view, staff, path, form)
        })
    };
    all.into_iter().map(route).collect()
}

async fn post(
    deed: Deed,
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(text): Path<String>,
    Form { value, typed }: Form<Said>,
) -> Response {
    let desk = match Desk::open(&app, &view, &staff, &settings, &text).await {
        Ok(desk) => desk,
        Err(stop) => return stop,
    };
    if matches!(deed, Deed::Open) && !is_suspect(&desk.known) {
        let words = "A plan is for somebody who is the suspect of an incident.";
        return again(&desk, "open_reason", words, &typed).await;
    }
    let act = match deed.act(value, &desk) {
        Ok(act) => act,
        Err((field, words)) => return again(&desk, field, words, &typed).await,
    };
    let command = Command { policy: settings.policy.clone(), act };
    let (engine, caller) = (app.engine(), &staff.caller);
    match engine.execute::<Perpetrator>(&desk.stream(), command, caller, None).await {
        Ok(_) => Redirect::to(&format!("/perpetrators/{}", desk.person)).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let field = deed.field(&refusal);
            again(&desk, field, &refusal.to_string(), &typed).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

async fn again(desk: &Desk<'_>, field: &str, words: &str, typed: &Typed) -> Response {
    let mut errors = FieldErrors::new();
    errors.add(field, words);
    match desk.page().await {
        Ok(page) => desk.view.again(PAGE, page, typed, &errors),
        Err(fault) => desk.view.fault(&fault),
    }
}
