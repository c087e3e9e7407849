//! `/perpetrators/{perpetrator}`: one person's plan, and every row of the sum of harm with where it
//! comes from.

use crate::index::{self, Known};
use crate::{Settings, limits};
use ::perpetrator::harm::{Score, Term, Was};
use ::perpetrator::state::{Action, Condition, Holding, Look, Programme, Standing, State as Plan};
use ::perpetrator::{
    Attendance, Decision, Outcome, Perpetrator, PerpetratorId, Strategy, Why, permit,
};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault};
use incident::Incident;
use kernel::Personal;
use minijinja::{Value, context};
use person::{Part, Person, PersonId, Role};
use ui::{App, Serde, Staff, View};

pub(crate) const PAGE: &str = "perpetrator/perpetrator.html";

/// Who asks, and about whom: a person for whoever may know of him.
pub(crate) struct Desk<'a> {
    pub(crate) app: &'a App,
    pub(crate) view: &'a View,
    pub(crate) staff: &'a Staff,
    pub(crate) settings: &'a Settings,
    pub(crate) person: PersonId,
    pub(crate) known: person::State,
}

impl<'a> Desk<'a> {
    /// The person whom an address names; the elder record where one stands for it.
    pub(crate) async fn open(
        app: &'a App,
        view: &'a View,
        staff: &'a Staff,
        settings: &'a Settings,
        text: &str,
    ) -> Result<Self, Response> {
        let person: PersonId = text.parse().map_err(|_| view.missing())?;
        let state = app.engine().state::<Person>(&person.stream()).await;
        let (known, _) = state.map_err(|fault| view.fault(&fault))?;
        if !known.exists() {
            return Err(view.missing());
        }
        Ok(Self { app, view, staff, settings, person, known })
    }

    /// The stream of the plan.
    pub(crate) fn stream(&self) -> String {
        PerpetratorId::from(self.person).stream()
    }

    /// What somebody wrote down of him.
    fn written(&self) -> Option<&person::Known> {
        self.known.known.as_ref().and_then(Personal::known)
    }

    /// What is known of him as a suspect, but for what is hidden from whoever asks.
    async fn suspect(&self) -> Result<Known, Fault> {
        let veil = self.app.veil(&self.staff.caller.actor).await?;
        let hidden = |incident: incident::IncidentId| veil.hides(&incident.stream());
        let all = index::suspects(self.app.engine(), Some(self.person), hidden).await?;
        Ok(all.into_values().next().unwrap_or_default())
    }

    /// Everything that the page shows.
    pub(crate) async fn page(&self) -> Result<Value, Fault> {
        let (engine, now) = (self.app.engine(), self.app.engine().now());
        let (plan, _) = engine.state::<Perpetrator>(&self.stream()).await?;
        let known = self.suspect().await?;
        let score = self.settings.harm.score(&known.facts, known.victims.len() as u32, now);
        let caller = &self.staff.caller;
        let may = |action| self.app.may(&caller.actor, action, caller.purpose);
        let owner = match plan.owner {
            Some(owner) => engine.state::<access::Staff>(&owner.stream()).await?.0.name,
            None => None,
        };
        let shown = context! {
            id => self.person.to_string(),
            reference => self.person.reference(),
            name => name(engine, self.person, &self.known).await?,
            warning => self.written().map(|one| one.warning.clone()),
            owner, mine => plan.owner == Some(self.staff.who.id),
            incidents => incidents(&known),
            victims => known.victims.len(),
            serial => known.victims.len() >= self.settings.policy.serial_victims as usize,
            harm => harm(&score, self.settings),
            works => may(permit::WORK), reviews => may(permit::REVIEW),
            now => now.0,
        };
        Ok(context! { ..choices(self.settings), ..plan_of(&plan, self.settings), ..shown })
    }
}

pub(crate) async fn get(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(text): Path<String>,
) -> Response {
    let desk = match Desk::open(&app, &view, &staff, &settings, &text).await {
        Ok(desk) => desk,
        Err(stop) => return stop,
    };
    if let Some(elder) = desk.known.merged_into {
        let open = app.engine().state::<Perpetrator>(&desk.stream()).await;
        // A plan that was open when the records were merged can still be closed here.
        if open.is_ok_and(|(plan, _)| !plan.open()) {
            return Redirect::to(&format!("/perpetrators/{elder}")).into_response();
        }
    }
    if let Err(stop) = staff.consulted(&view, &desk.person.stream(), "perpetrator").await {
        return stop;
    }
    match desk.page().await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// His name: as somebody wrote it down, else as it was said in the last report that names him.
async fn name(engine: &Engine, id: PersonId, known: &person::State) -> Result<String, Fault> {
    let written = known.known.as_ref().and_then(Personal::known).map(|one| one.name.clone());
    if let Some(name) = written.filter(|name| !name.is_empty()) {
        return Ok(name);
    }
    for (incident, part) in known.appearances.keys().rev().take(limits::LISTED_MAX) {
        if *part != Part::Named {
            continue;
        }
        let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
        let said = state.report.and_then(|report| report.suspect.into_known());
        if let Some(said) = said.filter(|said| !said.name.is_empty()) {
            return Ok(said.name);
        }
    }
    Ok(id.reference())
}

fn incidents(known: &Known) -> Vec<Value> {
    let mut all: Vec<_> = known.incidents.iter().collect();
    all.sort_by_key(|(id, at)| (std::cmp::Reverse(**at), **id));
    let one = |(id, at): (&incident::IncidentId, &kernel::At)| {
        context! { id => id.to_string(), reference => id.reference(), at => at.0 }
    };
    all.into_iter().map(one).collect()
}

fn harm(score: &Score, settings: &Settings) -> Value {
    let term = |term: &Term| {
        let fact = term.fact.as_ref();
        let code = fact.and_then(|fact| match &fact.was {
            Was::Crime(code) => code.as_ref().map(|code| code.replace('_', " ")),
            _ => None,
        });
        context! {
            was => fact.map_or("victim", |fact| fact.was.code()), code,
            reference => fact.map(|fact| fact.incident.reference()),
            at => fact.map(|fact| fact.at.0),
            points => term.points, percent => term.percent, adds => term.adds,
        }
    };
    context! {
        total => score.total, unknown => score.unknown, high => score.high,
        terms => score.terms.iter().map(term).collect::<Vec<_>>(),
        version => settings.harm.version, high_from => settings.harm.high_from,
    }
}

/// What the forms offer.
fn choices(settings: &Settings) -> Value {
    let offered = |programme: bool| -> Vec<(String, String)> {
        let all = settings.policy.providers.iter();
        let all = all.filter(|one| !one.retired && (one.programme || !programme));
        all.map(|one| (one.code.clone(), one.title.clone())).collect()
    };
    let codes = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    context! {
        whys => codes(&Why::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
        strategies => codes(&Strategy::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
        attendances => codes(&Attendance::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
        decisions => codes(&Decision::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
        outcomes => codes(&Outcome::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
        providers => offered(false), programmes_offered => offered(true),
        review_days => settings.policy.review_days,
    }
}

/// Words that were sealed; nothing once they are gone.
fn text(said: &Personal<String>) -> Option<String> {
    said.known().cloned()
}

fn plan_of(plan: &Plan, settings: &Settings) -> Value {
    let title = |code: &String| {
        settings.policy.provider(code).map_or_else(|| code.clone(), |one| one.title.clone())
    };
    let lines: Vec<Value> = plan
        .strategies
        .iter()
        .map(|(strategy, line)| {
            context! {
                code => strategy.code(), aim => text(&line.aim),
                result => line.result.as_ref().map(text), over => line.result.is_some(),
            }
        })
        .collect();
    context! {
        open => plan.open(), since => plan.since.map(|at| at.0),
        why => plan.why.map(Why::code), why_words => plan.reason.as_ref().and_then(text),
        review_due => plan.review_due.map(|at| at.0), review_missed => plan.review_missed,
        closed => plan.closed.map(ended),
        lines,
        actions => plan.actions.iter().map(|(n, one)| action(*n, one, &title)).collect::<Vec<_>>(),
        programmes => programmes(plan, &title),
        conditions => conditions(plan),
        looks => plan.looks.iter().rev().map(look).collect::<Vec<_>>(),
    }
}

fn ended((at, outcome): (kernel::At, Outcome)) -> Value {
    context! { at => at.0, outcome => outcome.code() }
}

fn programmes(plan: &Plan, title: &impl Fn(&String) -> String) -> Vec<Value> {
    plan.programmes.iter().map(|(number, one)| programme(*number, one, title)).collect()
}

fn conditions(plan: &Plan) -> Vec<Value> {
    plan.conditions.iter().map(|(number, one)| condition(*number, one)).collect()
}

fn action(number: u32, one: &Action, title: &impl Fn(&String) -> String) -> Value {
    let (standing, words) = match &one.standing {
        Standing::Owed => ("owed", None),
        Standing::Done(_, result) => ("done", text(result)),
        Standing::Dropped(reason) => ("dropped", text(reason)),
    };
    context! {
        number, strategy => one.strategy.code(), what => text(&one.what),
        provider => one.provider.as_ref().map(title), due => one.due.0, standing, words,
    }
}

fn programme(number: u32, one: &Programme, title: &impl Fn(&String) -> String) -> Value {
    let strip: Vec<Value> = (1..=one.sessions)
        .map(|session| {
            let held = one.held.get(&session);
            context! {
                session,
                came => held.map_or("open", |held| held.attendance.code()),
                at => held.map(|held| held.held_at.0),
                note => held.and_then(|held| text(&held.note)),
            }
        })
        .collect();
    context! {
        number, provider => title(&one.provider), sessions => one.sessions,
        attended => one.attended(), due => one.due.0, strip => Serde(&strip),
        next => (1..=one.sessions).find(|session| !one.held.contains_key(session)),
        ended => one.ended.as_ref().map(|(through, words)| {
            context! { through, words => text(words) }
        }),
    }
}

fn condition(number: u32, one: &Condition) -> Value {
    let (by, what) = match &one.holding {
        Holding::Breached(by, what) => (Some(by.0), text(what)),
        _ => (None, None),
    };
    let decision = match one.holding {
        Holding::Decided(decision) => Some(decision.code()),
        _ => None,
    };
    context! {
        number, words => text(&one.words), until => one.until.0, holding => one.holding.code(),
        by, what, decision, breaches => one.breaches, open => one.holding.open(),
    }
}

fn look(one: &Look) -> Value {
    context! {
        at => one.at.0, review => one.review, safe => one.safe,
        safety => text(&one.safety), words => text(&one.words),
    }
}

/// Whether he is a suspect anywhere: whom a plan can be opened for.
pub(crate) fn is_suspect(known: &person::State) -> bool {
    !known.incidents(Role::Suspect).is_empty()
}
