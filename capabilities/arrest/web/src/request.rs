//! One request whole: what is to be done next, what the team must know, what happened.

use crate::{arrest_list, named, order_list, story};
use arrest::{
    Act, Arrest, ArrestId, Bail, Command, Order, OrderId, Policy, Refusal, RiskGrade, permit,
};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::typing::{self, maybe_end_of_day, maybe_instant};
use engine::{Engine, Fault, Refused};
use kernel::At;
use minijinja::{Value, context};
use safeguarding::contact::Rule;
use safeguarding::{Safeguarding, SafeguardingId};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "arrest/request.html";

/// Every field of every form of the page; each form sends its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    risk: String,
    grade_reason: String,
    team: String,
    assign_note: String,
    hand_team: String,
    hand_reason: String,
    tried_at: String,
    place: String,
    tried_what: String,
    result: String,
    wanted_reference: String,
    cancel_reason: String,
    made_at: String,
    made_place: String,
    custody: String,
    came_at: String,
    came_place: String,
    released_at: String,
    outcome: String,
    outcome_note: String,
    court_at: String,
    bail_ends: String,
    bail_review: String,
    bail_terms: String,
    told_how: String,
    told_note: String,
    tried_note: String,
    withdraw_reason: String,
    agree_reason: String,
    refuse_reason: String,
}

/// A field that cannot be read: its name, and the message of what is wrong.
pub(crate) type Wrong = (&'static str, &'static str);

const NO_TIME: &str = "Enter a time, e.g. 3 November 2025 at 08:30.";
const NO_DAY: &str = "Enter a day, e.g. 3 November 2025.";
const NO_RISK: &str = "Choose a grade.";

/// One form of the page: where its command comes from, and which field a refusal belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Doing {
    pub(crate) read: fn(Said, At) -> Result<Act, Wrong>,
    pub(crate) field: &'static str,
}

fn time(text: &str, now: At, field: &'static str) -> Result<At, Wrong> {
    Ok(maybe_instant(text).map_err(|_| (field, NO_TIME))?.unwrap_or(now))
}

/// Every form: the last part of its address, who may, and what it does.
pub(crate) const FORMS: [(&str, &str, Doing); 16] = [
    (
        "/arrests/{arrest}/grade",
        permit::ASSIGN,
        Doing {
            read: |said, _| {
                let risk = RiskGrade::of(&said.risk).ok_or(("risk", NO_RISK))?;
                Ok(Act::Grade { risk, reason: said.grade_reason })
            },
            field: "grade_reason",
        },
    ),
    (
        "/arrests/{arrest}/assign",
        permit::ASSIGN,
        Doing {
            read: |said, _| Ok(Act::Assign { team: said.team, note: said.assign_note }),
            field: "team",
        },
    ),
    ("/arrests/{arrest}/take", permit::WORK, Doing { read: |_, _| Ok(Act::Take), field: "take" }),
    (
        "/arrests/{arrest}/hand-over",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::HandOver { team: said.hand_team, reason: said.hand_reason }),
            field: "hand_reason",
        },
    ),
    (
        "/arrests/{arrest}/attempts",
        permit::WORK,
        Doing {
            read: |said, now| {
                let tried_at = time(&said.tried_at, now, "tried_at")?;
                let Said { place, tried_what: reason, result, .. } = said;
                Ok(Act::Attempt { tried_at, place, reason, result })
            },
            field: "tried_what",
        },
    ),
    (
        "/arrests/{arrest}/circulate",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::Circulate { reference: said.wanted_reference }),
            field: "wanted_reference",
        },
    ),
    (
        "/arrests/{arrest}/circulation-cancelled",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::CancelCirculation { reason: said.cancel_reason }),
            field: "cancel_reason",
        },
    ),
    (
        "/arrests/{arrest}/arrested",
        permit::WORK,
        Doing {
            read: |said, now| {
                let arrested_at = time(&said.made_at, now, "made_at")?;
                Ok(Act::CarryOut { arrested_at, place: said.made_place, custody: said.custody })
            },
            field: "made_place",
        },
    ),
    (
        "/arrests/{arrest}/attended",
        permit::WORK,
        Doing {
            read: |said, now| {
                let attended_at = time(&said.came_at, now, "came_at")?;
                Ok(Act::Attend { attended_at, place: said.came_place })
            },
            field: "came_place",
        },
    ),
    (
        "/arrests/{arrest}/released",
        permit::WORK,
        Doing {
            read: |said, now| {
                Ok(Act::Release { released_at: time(&said.released_at, now, "released_at")? })
            },
            field: "released_at",
        },
    ),
    ("/arrests/{arrest}/outcome", permit::WORK, Doing { read: concluding, field: "outcome" }),
    (
        "/arrests/{arrest}/told",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::Tell { how: said.told_how, note: said.told_note }),
            field: "told_how",
        },
    ),
    (
        "/arrests/{arrest}/telling-tried",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::TryTelling { note: said.tried_note }),
            field: "tried_note",
        },
    ),
    (
        "/arrests/{arrest}/withdrawal",
        permit::WORK,
        Doing {
            read: |said, _| Ok(Act::AskWithdrawal { reason: said.withdraw_reason }),
            field: "withdraw_reason",
        },
    ),
    (
        "/arrests/{arrest}/withdrawal/refused",
        permit::AGREE,
        Doing {
            read: |said, _| Ok(Act::RefuseWithdrawal { reason: said.refuse_reason }),
            field: "refuse_reason",
        },
    ),
    (
        "/arrests/{arrest}/withdrawal/agreed",
        permit::AGREE,
        Doing {
            read: |said, _| {
                Ok(Act::AgreeWithdrawal { reason: said.agree_reason, owed_elsewhere: false })
            },
            field: "agree_reason",
        },
    ),
];

/// The last form has no words.
pub(crate) const CLOSE: Doing =
    Doing { read: |_, _| Ok(Act::Close { owed_elsewhere: false }), field: "close" };

fn concluding(said: Said, _: At) -> Result<Act, Wrong> {
    let court_at = maybe_instant(&said.court_at).map_err(|_| ("court_at", NO_TIME))?;
    let ends_at = maybe_end_of_day(&said.bail_ends).map_err(|_| ("bail_ends", NO_DAY))?;
    let review_at = maybe_end_of_day(&said.bail_review).map_err(|_| ("bail_review", NO_DAY))?;
    let bail = Bail { ends_at, review_at, terms: said.bail_terms };
    let (outcome, note) = (said.outcome, said.outcome_note);
    // The id is given by whoever has luck.
    Ok(Act::Conclude { outcome, note, court_at, bail, order: OrderId(0) })
}

/// The page.
pub(crate) async fn get(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ArrestId>,
) -> Response {
    show(&app, &policy, &view, &staff, id, None).await
}

/// Any form of it.
pub(crate) async fn post(
    (policy, doing): (Arc<Policy>, Doing),
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ArrestId>,
    Form { value, typed }: Form<Said>,
) -> Response {
    let again = |field: &str, words: String| {
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        errors
    };
    let act = match (doing.read)(value, app.engine().now()) {
        Ok(act) => act,
        Err((field, words)) => {
            let errors = again(field, words.to_owned());
            return show(&app, &policy, &view, &staff, id, Some((&typed, &errors))).await;
        }
    };
    let act = match whole(&app, id, act).await {
        Ok(act) => act,
        Err(fault) => return view.fault(&fault),
    };
    let command = Command { policy: policy.clone(), act };
    let engine = app.engine();
    match engine.execute::<Arrest>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/arrests/{id}")).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let errors = again(field(&refusal, doing.field), refusal.to_string());
            show(&app, &policy, &view, &staff, id, Some((&typed, &errors))).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// The command with what only the service knows: whether she waits to be told of something
/// else, and the id of an order that may be made.
async fn whole(app: &App, id: ArrestId, act: Act) -> Result<Act, Fault> {
    let engine = app.engine();
    let (state, _) = engine.state::<Arrest>(&id.stream()).await?;
    let owed = async || match state.incident {
        Some(incident) => arrest_list::owed_but(engine, incident, &id.stream()).await,
        None => Ok(false),
    };
    Ok(match act {
        Act::Close { .. } => Act::Close { owed_elsewhere: owed().await? },
        Act::AgreeWithdrawal { reason, .. } => {
            Act::AgreeWithdrawal { reason, owed_elsewhere: owed().await? }
        }
        Act::Conclude { outcome, note, court_at, bail, .. } => {
            let order = OrderId::birth(engine.now(), engine.luck16());
            Act::Conclude { outcome, note, court_at, bail, order }
        }
        act => act,
    })
}

/// Which field a refusal belongs to, where the rule itself says so.
fn field(refusal: &Refusal, of_form: &'static str) -> &'static str {
    match refusal {
        Refusal::PlaceMissing if of_form == "tried_what" => "place",
        Refusal::ResultUnknown => "result",
        Refusal::TeamUnknown if of_form == "hand_reason" => "hand_team",
        Refusal::InFuture => match of_form {
            "tried_what" => "tried_at",
            "made_place" => "made_at",
            "came_place" => "came_at",
            other => other,
        },
        Refusal::CourtInPast => "court_at",
        Refusal::BailEndMissing | Refusal::BailTooLong | Refusal::DayPassed => "bail_ends",
        Refusal::TermsMissing => "bail_terms",
        _ => of_form,
    }
}

async fn show(
    app: &App,
    policy: &Policy,
    view: &View,
    staff: &Staff,
    id: ArrestId,
    refused: Option<(&Typed, &FieldErrors)>,
) -> Response {
    let stream = match app.engine().state::<Arrest>(&id.stream()).await {
        Ok((state, _)) => state.incident.map(|incident| incident.stream()),
        Err(fault) => return view.fault(&fault),
    };
    let Some(stream) = stream else { return view.missing() };
    if let Err(stop) = staff.consulted(view, &stream, "arrest-request").await {
        return stop;
    }
    match (page(app, policy, staff, id).await, refused) {
        (Ok(Some(page)), None) => view.page(PAGE, page),
        (Ok(Some(page)), Some((typed, errors))) => view.again(PAGE, page, typed, errors),
        (Ok(None), _) => view.missing(),
        (Err(fault), _) => view.fault(&fault),
    }
}

/// The orders of which she is told with the same form: what they are.
async fn told_along(engine: &Engine, id: ArrestId) -> Result<Vec<&'static str>, Fault> {
    let mut along = vec![];
    for stream in order_list::untold_of(engine, id).await? {
        let (state, _) = engine.state::<Order>(&stream).await?;
        let covered = state.told_with_arrest(engine.now());
        along.extend(state.made.filter(|_| covered).map(|made| made.of.code()));
    }
    Ok(along)
}

async fn page(
    app: &App,
    policy: &Policy,
    staff: &Staff,
    id: ArrestId,
) -> Result<Option<Value>, Fault> {
    let engine = app.engine();
    let Some(line) = arrest_list::one(engine, id).await? else { return Ok(None) };
    let (state, _) = engine.state::<Arrest>(&id.stream()).await?;
    let Some(incident) = state.incident else { return Ok(None) };
    let orders = order_list::of_incident(engine, incident).await?;
    let holder = match &line.row.holder {
        Some(holder) => story::who(engine, holder).await?,
        None => String::new(),
    };
    let plan = SafeguardingId::from(incident).stream();
    let (plan, _) = engine.state::<Safeguarding>(&plan).await?;
    let me = staff.who.id;
    let may = |action| app.may(&staff.caller.actor, action, staff.caller.purpose);
    let title = |code: &Option<String>| code.as_deref().map(|code| named::title(policy, code));
    Ok(Some(context! {
        id => id.to_string(),
        one => Serde(&line),
        contact => Serde(&plan.contact.as_ref().map(Rule::shown)),
        stream => id.stream(),
        wanted => state.stage.wanted(),
        made => state.stage.made(),
        in_custody => state.arrested_at.is_some() && state.released_at.is_none()
            && state.stage.made(),
        arrested_at => state.arrested_at.map(|at| at.0),
        attended_at => state.attended_at.map(|at| at.0),
        released_at => state.released_at.map(|at| at.0),
        court_at => state.court_at.map(|at| at.0),
        settled => state.settled,
        telling_missed => state.telling_missed,
        withdrawal => state.withdrawal.is_some(),
        agrees => may(permit::AGREE) && state.withdrawal.is_some_and(|by| by != Some(me)),
        assigns => may(permit::ASSIGN), works => may(permit::WORK),
        team => title(&state.team), outcome => title(&state.outcome), holder,
        owed_elsewhere => arrest_list::owed_but(engine, incident, &id.stream()).await?,
        orders => Serde(&orders),
        told_along => told_along(engine, id).await?,
        teams => named::teams(policy), results => named::results(policy),
        tellings => named::tellings(policy), outcomes => named::outcomes(policy),
        risks => RiskGrade::ALL.map(RiskGrade::code).to_vec(),
        clock => typing::field(engine.now()),
        story => Serde(story::of(engine, policy, &id.stream()).await?),
        now => engine.now().0,
    }))
}
