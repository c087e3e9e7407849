//! `/people/{person}/merge/{other}`: two records side by side, what they have in common and what
//! speaks against it; then one person, or two for good. Both records stay, whatever is said.

use crate::record::{self, Record};
use ::person::likeness::{self, Against};
use ::person::{Command, Person, PersonId, Refusal, permit};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use kernel::Role;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Serde, Staff, Typed, View};

const PAGE: &str = "person/merge.html";

/// The two records that an address names.
pub(crate) type Two = Path<(String, String)>;

/// The two, the elder first: it stands for both.
struct Pair {
    elder: Record,
    younger: Record,
}

async fn pair(app: &App, view: &View, staff: &Staff, two: &Two) -> Result<Pair, Response> {
    let Path((one, other)) = two;
    let (Ok(one), Ok(other)) = (one.parse::<PersonId>(), other.parse::<PersonId>()) else {
        return Err(view.missing());
    };
    let mut both = vec![];
    for id in [one, other] {
        let found = record::open(app, &staff.caller.actor, id).await;
        let found = found.map_err(|fault| view.fault(&fault))?.ok_or_else(|| view.missing())?;
        staff.consulted(view, &found.id.stream(), "person-merge").await?;
        both.push(found);
    }
    both.sort_by_key(|one| one.id);
    match (both.pop(), both.pop()) {
        (Some(younger), Some(elder)) if younger.id != elder.id => Ok(Pair { elder, younger }),
        // They are one already.
        (Some(one), _) => Err(Redirect::to(&format!("/people/{}", one.id)).into_response()),
        _ => Err(view.missing()),
    }
}

impl Pair {
    /// What speaks against it.
    fn against(&self) -> Vec<Against> {
        let (ours, theirs) = (&self.elder, &self.younger);
        let facing =
            likeness::face_each_other(&ours.state.appearances(), &theirs.state.appearances());
        let colleagues = (ours.state.colleague, theirs.state.colleague);
        let apart = ours.state.apart.contains(&theirs.id) || theirs.state.apart.contains(&ours.id);
        [
            (Against::Born, likeness::born_apart(&ours.facts, &theirs.facts)),
            (Against::OneIncident, facing),
            (Against::Colleagues, matches!(colleagues, (Some(one), Some(other)) if one != other)),
            (Against::ToldApart, apart),
        ]
        .into_iter()
        .filter_map(|(why, is)| is.then_some(why))
        .collect()
    }

    fn page(&self, staff: &Staff) -> Value {
        let alike = likeness::likeness(&self.elder.facts, &self.younger.facts);
        let actor = &staff.caller.actor;
        context! {
            elder => side(&self.elder),
            younger => side(&self.younger),
            alike => alike.iter().map(|one| one.code()).collect::<Vec<_>>(),
            against => self.against().into_iter().map(Against::code).collect::<Vec<_>>(),
            few => alike.len() < ::person::limits::LIKENESS_MIN,
            decides => actor.has(Role::Supervisor) || actor.has(Role::Specialist),
        }
    }
}

/// One record as it stands beside the other.
fn side(one: &Record) -> Value {
    let of = |texts: &std::collections::BTreeSet<String>| {
        texts.iter().cloned().collect::<Vec<_>>().join(", ")
    };
    let there: Vec<Value> = one
        .lines()
        .iter()
        .map(|line| context! { reference => line.incident.reference(), role => line.role.code() })
        .collect();
    context! {
        id => one.id.to_string(),
        reference => one.id.reference(),
        name => one.name(),
        born => one.born(),
        phones => of(&one.facts.phones),
        emails => of(&one.facts.emails),
        places => of(&one.facts.places),
        looks => one.looks(),
        there => there,
        since => Serde(&one.state.since.map(|at| at.0)),
    }
}

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff, two: Two) -> Response {
    match pair(&app, &view, &staff, &two).await {
        Ok(pair) => view.page(PAGE, pair.page(&staff)),
        Err(stop) => stop,
    }
}

/// Why they are one, or two.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Why {
    merge_reason: String,
    apart_reason: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    two: Two,
    Form { value, typed }: Form<Why>,
) -> Response {
    let pair = match pair(&app, &view, &staff, &two).await {
        Ok(pair) => pair,
        Err(stop) => return stop,
    };
    // What another capability holds against it: a plan of each, for one.
    for id in [pair.elder.id, pair.younger.id] {
        match app.barred(permit::WORK, &id.stream()).await {
            Ok(None) => {}
            Ok(Some(words)) => return again(&view, &staff, &pair, "merge_reason", &words, &typed),
            Err(fault) => return view.fault(&fault),
        }
    }
    let absorb = Command::Absorb {
        me: pair.elder.id,
        other: pair.younger.id,
        ours: Box::new(pair.elder.facts.clone()),
        theirs: Box::new(pair.younger.theirs(pair.elder.id)),
        reason: value.merge_reason,
    };
    answer(&app, &view, &staff, &pair, absorb, ("merge_reason", &typed)).await
}

pub(crate) async fn apart(
    State(app): State<App>,
    view: View,
    staff: Staff,
    two: Two,
    Form { value, typed }: Form<Why>,
) -> Response {
    let pair = match pair(&app, &view, &staff, &two).await {
        Ok(pair) => pair,
        Err(stop) => return stop,
    };
    let apart = Command::TellApart { other: pair.younger.id, reason: value.apart_reason };
    answer(&app, &view, &staff, &pair, apart, ("apart_reason", &typed)).await
}

async fn answer(
    app: &App,
    view: &View,
    staff: &Staff,
    pair: &Pair,
    command: Command,
    (field, typed): (&str, &Typed),
) -> Response {
    let stream = pair.elder.id.stream();
    let done = app.engine().execute::<Person>(&stream, command, &staff.caller, None).await;
    match done {
        Ok(_) => Redirect::to(&format!("/people/{}", pair.elder.id)).into_response(),
        Err(Refused::<Refusal>::Refusal(refusal)) => {
            again(view, staff, pair, field, &refusal.to_string(), typed)
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

fn again(
    view: &View,
    staff: &Staff,
    pair: &Pair,
    field: &str,
    words: &str,
    typed: &Typed,
) -> Response {
    let mut errors = FieldErrors::new();
    errors.add(field, words);
    view.again(PAGE, pair.page(staff), typed, &errors)
}
