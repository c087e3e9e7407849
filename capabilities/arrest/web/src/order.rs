//! One notice, order or bail: what it says, which clock runs, and the decision that is needed.

use crate::{arrest_list, named, order_list, story};
use arrest::order::{Act, Authority, Clock, Command, EndedAs, Refusal};
use arrest::{Order, OrderId, Policy, permit};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::typing::{self, end_of_day, instant, maybe_end_of_day, maybe_instant};
use engine::{Fault, Refused};
use kernel::At;
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "arrest/order.html";
const NO_TIME: &str = "Enter a time, e.g. 3 November 2025 at 08:30.";
const NO_DAY: &str = "Enter a day, e.g. 3 November 2025.";

/// Every field of every form of the page; each form sends its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    until: String,
    until_at: String,
    authority: String,
    decided_at: String,
    extend_reason: String,
    court_at: String,
    apply_reason: String,
    breached_at: String,
    breach_reason: String,
    ended_as: String,
    ended_at: String,
    end_reason: String,
    review_note: String,
    review_on: String,
    told_how: String,
    told_note: String,
}

type Wrong = (&'static str, &'static str);

/// One form of the page: where its command comes from, and which field a refusal belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Doing {
    pub(crate) read: fn(Said, At) -> Result<Act, Wrong>,
    pub(crate) field: &'static str,
}

fn time(text: &str, now: At, field: &'static str) -> Result<At, Wrong> {
    Ok(maybe_instant(text).map_err(|_| (field, NO_TIME))?.unwrap_or(now))
}

/// Every form: its address, and what it does.
pub(crate) const FORMS: [(&str, Doing); 7] = [
    (
        "/orders/{order}/extended",
        Doing {
            read: |said, now| {
                // A notice goes on until an hour, everything else until the end of a day.
                let until = instant(&said.until_at).or_else(|| end_of_day(&said.until));
                let until = until.ok_or(("until", NO_DAY))?;
                let authority = Authority::of(&said.authority);
                let authority = authority.ok_or(("authority", "Choose who extended it."))?;
                let decided_at = time(&said.decided_at, now, "decided_at")?;
                Ok(Act::Extend { until, authority, decided_at, reason: said.extend_reason })
            },
            field: "extend_reason",
        },
    ),
    (
        "/orders/{order}/applied",
        Doing {
            read: |said, _| {
                let court_at = instant(&said.court_at).ok_or(("court_at", NO_TIME))?;
                Ok(Act::Apply { court_at, reason: said.apply_reason })
            },
            field: "apply_reason",
        },
    ),
    (
        "/orders/{order}/breached",
        Doing {
            read: |said, now| {
                let breached_at = time(&said.breached_at, now, "breached_at")?;
                Ok(Act::Breach { breached_at, reason: said.breach_reason })
            },
            field: "breach_reason",
        },
    ),
    (
        "/orders/{order}/ended",
        Doing {
            read: |said, now| {
                let ended_as = EndedAs::of(&said.ended_as);
                let ended_as = ended_as.ok_or(("ended_as", "Choose how it ended."))?;
                let ended_at = time(&said.ended_at, now, "ended_at")?;
                Ok(Act::End { ended_as, ended_at, reason: said.end_reason })
            },
            field: "end_reason",
        },
    ),
    (
        "/orders/{order}/reviewed",
        Doing {
            read: |said, _| {
                let review_at =
                    maybe_end_of_day(&said.review_on).map_err(|_| ("review_on", NO_DAY))?;
                Ok(Act::Review { note: said.review_note, review_at })
            },
            field: "review_note",
        },
    ),
    (
        "/orders/{order}/told",
        Doing {
            read: |said, _| Ok(Act::Tell { how: said.told_how, note: said.told_note }),
            field: "told_how",
        },
    ),
    (
        "/orders/{order}/closed",
        Doing { read: |_, _| Ok(Act::Close { owed_elsewhere: false }), field: "close" },
    ),
];

/// The page.
pub(crate) async fn get(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<OrderId>,
) -> Response {
    show(&app, &policy, &view, &staff, id, None).await
}

/// Any form of it.
pub(crate) async fn post(
    (policy, doing): (Arc<Policy>, Doing),
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<OrderId>,
    Form { value, typed }: Form<Said>,
) -> Response {
    let (field, words) = match (doing.read)(value, app.engine().now()) {
        Ok(act) => match execute(&app, &policy, &staff, id, act).await {
            Ok(()) => return Redirect::to(&format!("/orders/{id}")).into_response(),
            Err(Refused::Refusal(refusal)) => (field(&refusal, doing.field), refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        },
        Err((field, words)) => (field, words.to_owned()),
    };
    let mut errors = FieldErrors::new();
    errors.add(field, words);
    show(&app, &policy, &view, &staff, id, Some((&typed, &errors))).await
}

async fn execute(
    app: &App,
    policy: &Arc<Policy>,
    staff: &Staff,
    id: OrderId,
    act: Act,
) -> Result<(), Refused<Refusal>> {
    let engine = app.engine();
    let act = match act {
        Act::Close { .. } => {
            let (state, _) = engine.state::<Order>(&id.stream()).await?;
            let owed_elsewhere = match state.made {
                Some(made) => arrest_list::owed_but(engine, made.incident, &id.stream()).await?,
                None => false,
            };
            Act::Close { owed_elsewhere }
        }
        act => act,
    };
    let command = Command { policy: policy.clone(), act };
    engine.execute::<Order>(&id.stream(), command, &staff.caller, None).await?;
    Ok(())
}

/// Which field a refusal belongs to, where the rule itself says so.
fn field(refusal: &Refusal, of_form: &'static str) -> &'static str {
    match (refusal, of_form) {
        (Refusal::CourtAlone, _) => "authority",
        (Refusal::EndedBefore, _) => "decided_at",
        (Refusal::BailTooLong | Refusal::NotLonger | Refusal::NotExtendable, _) => "until",
        (Refusal::DayPassed, "extend_reason") => "until",
        (Refusal::DayPassed | Refusal::EndOrReviewMissing, _) => "review_on",
        (Refusal::CourtInPast, "extend_reason") => "until",
        (Refusal::CourtInPast | Refusal::HearingTooLate, _) => "court_at",
        (Refusal::InFuture, "extend_reason") => "decided_at",
        (Refusal::InFuture, "breach_reason") => "breached_at",
        (Refusal::InFuture, "end_reason") => "ended_at",
        _ => of_form,
    }
}

async fn show(
    app: &App,
    policy: &Policy,
    view: &View,
    staff: &Staff,
    id: OrderId,
    refused: Option<(&Typed, &FieldErrors)>,
) -> Response {
    let stream = match app.engine().state::<Order>(&id.stream()).await {
        Ok((state, _)) => state.made.map(|made| made.incident.stream()),
        Err(fault) => return view.fault(&fault),
    };
    let Some(stream) = stream else { return view.missing() };
    if let Err(stop) = staff.consulted(view, &stream, "order").await {
        return stop;
    }
    match (page(app, policy, staff, id).await, refused) {
        (Ok(Some(page)), None) => view.page(PAGE, page),
        (Ok(Some(page)), Some((typed, errors))) => view.again(PAGE, page, typed, errors),
        (Ok(None), _) => view.missing(),
        (Err(fault), _) => view.fault(&fault),
    }
}

async fn page(
    app: &App,
    policy: &Policy,
    staff: &Staff,
    id: OrderId,
) -> Result<Option<Value>, Fault> {
    let engine = app.engine();
    let Some(line) = order_list::one(engine, id).await? else { return Ok(None) };
    let (state, _) = engine.state::<Order>(&id.stream()).await?;
    let Some(made) = state.made else { return Ok(None) };
    let over = [(Clock::Court, "court"), (Clock::End, "end"), (Clock::Review, "review")];
    let over: Vec<_> = over
        .into_iter()
        .filter(|(one, _)| state.over.contains(one))
        .map(|(_, name)| name)
        .collect();
    Ok(Some(context! {
        id => id.to_string(),
        one => Serde(&line),
        stream => id.stream(),
        stands => state.stands(),
        notice => made.of.is_notice(),
        over,
        court_limit => state.court_limit.map(|at| at.0),
        owed_elsewhere => arrest_list::owed_but(engine, made.incident, &id.stream()).await?,
        writes => app.may(&staff.caller.actor, permit::ORDER_WRITE, staff.caller.purpose),
        authorities => Authority::ALL.map(Authority::code).to_vec(),
        endings => EndedAs::ALL.map(EndedAs::code).to_vec(),
        tellings => named::tellings(policy),
        clock => typing::field(engine.now()),
        story => Serde(story::of(engine, policy, &id.stream()).await?),
        now => engine.now().0,
    }))
}
