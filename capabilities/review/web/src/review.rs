//! One review: what was said, recorded and graded, and what somebody else finds in it.

use crate::parts;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use incident::{Incident, IncidentId};
use investigation::{Classified, Investigation, InvestigationId};
use kernel::Personal;
use kernel::Purpose::Supervision;
use minijinja::{Value, context};
use review::{
    Act, Command, Judged, Judgement, Outcome, Policy, Raised, Refusal, Review, ReviewId, Task,
    permit,
};
use risk::{Risk, RiskId};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "review/review.html";

/// What every handler here needs.
struct Here<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    id: ReviewId,
}

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReviewId>,
) -> Response {
    Here { app: &app, view: &view, staff: &staff, id }.show(None).await
}

pub(crate) async fn take(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReviewId>,
) -> Response {
    let here = Here { app: &app, view: &view, staff: &staff, id };
    let authors = match parts::authors(app.engine(), IncidentId(id.0)).await {
        Ok(authors) => authors,
        Err(fault) => return view.fault(&fault),
    };
    here.answer(&policy, Act::Take { authors }, &Typed::default(), "take").await
}

/// Why it goes back.
#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back_reason: String,
}

pub(crate) async fn put_back(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReviewId>,
    Form { value, typed }: Form<Back>,
) -> Response {
    let here = Here { app: &app, view: &view, staff: &staff, id };
    let act = Act::PutBack { reason: value.back_reason };
    here.answer(&policy, act, &typed, "back_reason").await
}

/// What is found.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Found {
    outcomes: Vec<String>,
    finding: String,
    learning: String,
    offence: String,
    raise_to: String,
}

pub(crate) async fn decide(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReviewId>,
    Form { value, typed }: Form<Found>,
) -> Response {
    let here = Here { app: &app, view: &view, staff: &staff, id };
    let (engine, incident) = (app.engine(), IncidentId(id.0));
    let (authors, crime_now) =
        match (parts::authors(engine, incident).await, crime_now(engine, incident).await) {
            (Ok(authors), Ok(crime_now)) => (authors, crime_now),
            (Err(fault), _) | (_, Err(fault)) => return view.fault(&fault),
        };
    let judgement = Judgement {
        outcomes: value.outcomes.iter().filter_map(|code| Outcome::of(code)).collect(),
        finding: value.finding,
        learning: value.learning,
        offence: value.offence,
        raise_to: Raised::of(&value.raise_to),
        crime_now,
        authors,
    };
    here.answer(&policy, Act::Decide(Box::new(judgement)), &typed, "finding").await
}

/// Which task, and what was done.
#[derive(Deserialize)]
pub(crate) struct DidTask {
    #[serde(default)]
    task: String,
    #[serde(default)]
    task_note: String,
}

pub(crate) async fn task(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReviewId>,
    Form { value, typed }: Form<DidTask>,
) -> Response {
    let here = Here { app: &app, view: &view, staff: &staff, id };
    let Some(task) = Task::of(&value.task) else { return view.missing() };
    let act = Act::FinishTask { task, note: value.task_note };
    here.answer(&policy, act, &typed, "task_note").await
}

/// Whether it is recorded as a crime by now.
async fn crime_now(engine: &Engine, incident: IncidentId) -> Result<bool, Fault> {
    let stream = InvestigationId::from(incident).stream();
    let (known, _) = engine.state::<Investigation>(&stream).await?;
    Ok(matches!(known.classified, Some(Classified::Crime { .. })))
}

/// Which field a refusal belongs to, where the rule itself says so.
const fn field(refusal: Refusal, of_form: &'static str) -> &'static str {
    match refusal {
        Refusal::OutcomeMissing
        | Refusal::Contradiction
        | Refusal::CloseAlone
        | Refusal::CrimeOpen
        | Refusal::CrimeAlready => "outcomes",
        Refusal::OffenceMissing => "offence",
        Refusal::RaiseMissing => "raise_to",
        Refusal::Author(_)
        | Refusal::TakenByOther
        | Refusal::TakeFirst
        | Refusal::Reviewed
        | Refusal::NoSuchTask
        | Refusal::NotOpen => "take",
        _ => of_form,
    }
}

impl Here<'_> {
    async fn answer(
        &self,
        policy: &Arc<Policy>,
        act: Act,
        typed: &Typed,
        of_form: &'static str,
    ) -> Response {
        let command = Command { policy: policy.clone(), act };
        let (engine, stream) = (self.app.engine(), self.id.stream());
        match engine.execute::<Review>(&stream, command, &self.staff.caller, None).await {
            Ok(_) => Redirect::to(&format!("/reviews/{}", self.id)).into_response(),
            Err(Refused::Refusal(refusal)) => {
                let mut errors = FieldErrors::new();
                errors.add(field(refusal, of_form), refusal.to_string());
                self.show(Some((typed, &errors))).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn show(&self, refused: Option<(&Typed, &FieldErrors)>) -> Response {
        let incident = IncidentId(self.id.0);
        let noted = self.staff.consulted(self.view, &incident.stream(), "review").await;
        if let Err(stop) = noted {
            return stop;
        }
        match (self.page(incident).await, refused) {
            (Ok(page), None) => self.view.page(PAGE, page),
            (Ok(page), Some((typed, errors))) => self.view.again(PAGE, page, typed, errors),
            (Err(fault), _) => self.view.fault(&fault),
        }
    }

    async fn page(&self, incident: IncidentId) -> Result<Value, Fault> {
        let (engine, me) = (self.app.engine(), self.staff.who.id);
        let (state, _) = engine.state::<Review>(&self.id.stream()).await?;
        let authors = parts::authors(engine, incident).await?;
        let holder = match state.stage.holder() {
            Some(holder) => parts::name(engine, holder).await?,
            None => String::new(),
        };
        let mut rounds = vec![];
        for judged in state.judged.iter().rev() {
            rounds.push(round(engine, judged).await?);
        }
        let mine = authors.iter().filter(|author| author.staff == me).map(|author| author.part);
        let part = state.authors.get(&me).copied().or(mine.min());
        let may = |action| self.app.may(&self.staff.caller.actor, action, Supervision);
        let late = state.escalated && self.staff.caller.actor.has(kernel::Role::Supervisor);
        let open = state.stage.open();
        let tasks: Vec<Value> = state
            .tasks
            .iter()
            .map(|(task, due)| context! { code => task.code(), due => due.0 })
            .collect();
        Ok(context! {
            id => self.id.to_string(),
            reference => incident.reference(),
            stage => state.stage.code(), open, round => state.round,
            cause => state.cause.map(review::Cause::code),
            opened_at => state.opened_at.map(|at| at.0), due => state.due.map(|at| at.0),
            escalated => state.escalated, holder,
            mine => state.stage.holder() == Some(me),
            author => part.map(review::Part::code),
            takes => may(permit::WORK) && open && part.is_none()
                && (state.stage.holder().is_none() || late && state.stage.holder() != Some(me)),
            finishes => may(permit::TASK),
            tasks, rounds,
            crime_now => crime_now(engine, incident).await?,
            outcomes => Outcome::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
            raises => Raised::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
            incident => read(engine, incident).await?,
            now => engine.now().0,
        })
    }
}

fn text(one: &Personal<String>) -> Option<&String> {
    one.known()
}

async fn round(engine: &Engine, judged: &Judged) -> Result<Value, Fault> {
    let by = match judged.by {
        Some(staff) => parts::name(engine, staff).await?,
        None => String::new(),
    };
    Ok(context! {
        at => judged.at.0, by,
        outcomes => judged.outcomes.iter().map(|one| one.code()).collect::<Vec<_>>(),
        finding => text(&judged.finding), learning => text(&judged.learning),
        offence => judged.offence.as_ref().and_then(text),
        raise_to => judged.raise_to.map(Raised::code),
        crime_recorded => judged.crime_recorded,
    })
}

/// What a reviewer reads. Personal: the consultation is noted before.
pub(crate) async fn read(engine: &Engine, incident: IncidentId) -> Result<Value, Fault> {
    let (known, _) = engine.state::<Incident>(&incident.stream()).await?;
    let stream = InvestigationId::from(incident).stream();
    let (found, _) = engine.state::<Investigation>(&stream).await?;
    let (assessed, _) = engine.state::<Risk>(&RiskId::from(incident).stream()).await?;
    let report = known.report.as_deref();
    let graded = assessed.assessment().and_then(|one| one.graded.as_ref());
    let (decided, offence, reason) = match &found.classified {
        None => ("none", None, None),
        Some(Classified::Crime { offence, reason, .. }) => ("crime", text(offence), text(reason)),
        Some(Classified::NonCrime { reason, .. }) => ("non_crime", None, text(reason)),
    };
    let screening: Vec<Value> = known
        .answers
        .iter()
        .map(|kept| {
            context! {
                rule => kept.rule.code(), answer => kept.answer.code(), note => text(&kept.note),
            }
        })
        .collect();
    Ok(context! {
        id => incident.to_string(),
        called_at => report.map(|report| report.called_at.0),
        report => report.and_then(|report| text(&report.account)),
        children => report.is_some_and(|report| report.children),
        grade => known.graded.as_ref().map(|graded| graded.grade.code()),
        grade_reason => known.graded.as_ref().and_then(|graded| text(&graded.reason)),
        account => found.account(),
        decided, offence, reason,
        risk => graded.map(|graded| graded.grade.code()),
        risk_reason => graded.and_then(|graded| text(&graded.reason)),
        screening,
    })
}
