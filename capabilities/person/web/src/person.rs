//! `/people/{person}`: one person across incidents, which records are of her, who may be the same,
//! and what is known.

use crate::answer::Desk;
use crate::record::{self, Record};
use crate::{index, reaction, standing};
use ::person::mark::Kind;
use ::person::{Command, Known, Part, PersonId, Policy, Role, permit};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::id::StaffId;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, Form, Named, Serde, Staff, View};

pub(crate) const PAGE: &str = "person/person.html";

pub(crate) async fn get(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
) -> Response {
    let root = match index::root(app.engine(), id).await {
        Ok(root) => root,
        Err(fault) => return view.fault(&fault),
    };
    if root != id {
        return Redirect::to(&format!("/people/{root}")).into_response();
    }
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    match page(&desk).await {
        Ok(Some(page)) => match staff.consulted(&view, &id.stream(), "person").await {
            Ok(()) => view.page(PAGE, page),
            Err(stop) => stop,
        },
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

/// What the page shows; nothing when there is no such person for whoever asks.
pub(crate) async fn page(desk: &Desk<'_>) -> Result<Option<Value>, Fault> {
    let (app, caller) = (desk.app, &desk.staff.caller);
    let engine = app.engine();
    let Some(one) = record::open(app, &caller.actor, desk.id).await? else { return Ok(None) };
    let stands = standing::of(engine, &one.lines(), &desk.policy).await?;
    let may = |action| app.may(&caller.actor, action, caller.purpose);
    let marks = may(permit::COLLEAGUE);
    Ok(Some(context! {
        id => one.id.to_string(),
        reference => one.id.reference(),
        name => one.name(),
        born => one.born(),
        known => Serde(&one.known.first().cloned().unwrap_or_default()),
        appearances => appearances(&one),
        more => one.more,
        records => absorbed(&one),
        alike => alike(engine, &one).await?,
        stands => context! {
            as_victim => stands.as_victim, as_suspect => stands.as_suspect,
            victims => stands.victims, repeat => stands.repeat_victim,
            serial => stands.serial_suspect,
        },
        months => desk.policy.repeat_months,
        roles => Role::ALL.map(Role::code).to_vec(),
        colleague => match one.state.colleague {
            Some(staff) if marks => Some(name(engine, staff).await?),
            _ => None,
        },
        is_colleague => one.state.colleague.is_some(),
        accounts => if marks { accounts(engine).await? } else { vec![] },
        works => may(permit::WORK),
        // Whoever has the list for proactive teams on the rail may open his plan.
        plans => stands.as_suspect > 0
            && app.nav(&caller.actor).iter().any(|item| item.href == "/perpetrators"),
        marks => marks,
        now => engine.now().0,
    }))
}

fn appearances(one: &Record) -> Vec<Value> {
    let value = |(line, said): &(index::Line, Option<crate::said::Said>)| {
        let own = one.state.appearances.get(&(line.incident, line.part));
        context! {
            incident => line.incident.to_string(),
            reference => line.incident.reference(),
            part => line.part.code(),
            role => line.role.code(),
            reported_at => line.reported_at.0,
            said => Serde(said),
            // What another record brought leaves with that record.
            own => own.is_some_and(|seen| seen.from.is_none()),
        }
    };
    one.seen.iter().map(value).collect()
}

fn absorbed(one: &Record) -> Vec<Value> {
    let value = |(id, at): (&PersonId, &kernel::At)| {
        context! { id => id.to_string(), reference => id.reference(), at => at.0 }
    };
    one.state.absorbed.iter().map(value).collect()
}

async fn alike(engine: &Engine, one: &Record) -> Result<Vec<Value>, Fault> {
    let value = |(id, kinds): (PersonId, std::collections::BTreeSet<Kind>)| {
        context! {
            id => id.to_string(),
            reference => id.reference(),
            kinds => kinds.into_iter().map(Kind::code).collect::<Vec<_>>(),
        }
    };
    Ok(one.alike(engine).await?.into_iter().map(value).collect())
}

/// The name of a colleague.
pub(crate) async fn name(engine: &Engine, id: StaffId) -> Result<String, Fault> {
    let (account, _) = engine.state::<access::Staff>(&id.stream()).await?;
    Ok(account.name.unwrap_or_else(|| kernel::id::spoken("", id.0)))
}

/// Everybody whose account is in use, by name, as a select wants it.
pub(crate) async fn accounts(engine: &Engine) -> Result<Vec<(String, String)>, Fault> {
    let mut all = vec![];
    for id in index::accounts(engine).await? {
        all.push((id.to_string(), name(engine, id).await?));
    }
    all.sort_by(|(_, a), (_, b)| a.cmp(b));
    Ok(all)
}

pub(crate) async fn post(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<Known>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    desk.answer(Command::Describe(Box::new(value)), "name", &typed).await
}

/// One appearance, and what is to be done with it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct There {
    incident: String,
    part: String,
    role: String,
    role_reason: String,
    parted_reason: String,
}

impl There {
    fn place(&self) -> Option<(IncidentId, Part)> {
        Some((self.incident.parse().ok()?, Part::of(&self.part)?))
    }
}

pub(crate) async fn role(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<There>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    let Some((incident, part)) = value.place() else { return view.missing() };
    let Some(role) = Role::of(&value.role) else {
        return desk.wrong("role", "Choose what she is in this incident.", &typed).await;
    };
    let recast = Command::Recast { incident, part, role, reason: value.role_reason };
    desk.answer(recast, "role_reason", &typed).await
}

pub(crate) async fn parted(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<There>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    let Some((incident, part)) = value.place() else { return view.missing() };
    let own = reaction::own_record(app.engine(), incident, part);
    // The record that began with this appearance stays; who was taken out gets a new one.
    let to = if own == id {
        let mark = app.engine().blind("person/parted", &format!("{incident} {}", part.code()));
        PersonId::first_seen(incident, mark)
    } else {
        own
    };
    let part = Command::Part { incident, part, to, reason: value.parted_reason };
    desk.answer(part, "parted_reason", &typed).await
}

/// A colleague, and how it is known.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Colleague {
    colleague: String,
    colleague_reason: String,
}

pub(crate) async fn colleague(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<Colleague>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    let Ok(colleague) = value.colleague.parse::<StaffId>() else {
        return desk.wrong("colleague", "Choose the colleague.", &typed).await;
    };
    let mark = Command::MarkColleague { staff: colleague, reason: value.colleague_reason };
    match desk.answer(mark, "colleague_reason", &typed).await {
        // Whoever marks herself cannot read it any more.
        done if done.status().is_redirection() && colleague == staff.who.id => {
            Redirect::to("/people").into_response()
        }
        done => done,
    }
}

pub(crate) async fn no_colleague(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<Colleague>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    let unmark = Command::UnmarkColleague { reason: value.colleague_reason };
    desk.answer(unmark, "colleague_reason", &typed).await
}

/// Which record, and why it is of somebody else.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Release {
    other: String,
    released_reason: String,
}

pub(crate) async fn released(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<PersonId>,
    Form { value, typed }: Form<Release>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, policy, id };
    let Ok(other) = value.other.parse() else { return view.missing() };
    let release = Command::Release { other, reason: value.released_reason };
    desk.answer(release, "released_reason", &typed).await
}
