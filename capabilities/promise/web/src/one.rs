//! One promise: who held it, what was said when it changed hands, and the forms that give it,
//! hand it over and add a note. What was said may be about a person: every look is noted.

use crate::Settings;
use crate::holders::{self, Move};
use crate::owed::{self, Owed};
use crate::people::{self, Names};
use crate::rows::{Eye, safe};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use minijinja::Value;
use promise::standing::Came;
use promise::{About, Command, Holder, Promise, Reason, Refusal};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Serde, Staff, Typed, View, context};

/// Which promise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    owner: String,
    stream: String,
    name: String,
}

impl Which {
    fn about(self) -> About {
        let Self { owner, stream, name } = self;
        About { owner, stream, name }
    }
}

/// What every handler here needs.
struct Here<'a> {
    settings: &'a Settings,
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
}

impl Here<'_> {
    /// The promise, when there is one that may be seen.
    async fn owed(&self, about: &About) -> Result<Owed, Response> {
        let found = owed::one(self.app.engine(), about).await;
        let failed = |fault: Fault| self.view.fault(&fault);
        let found = found.map_err(failed)?.ok_or_else(|| self.view.missing())?;
        let actor = &self.staff.caller.actor;
        let sees = owed::sees(self.app, self.settings, actor, &about.owner)
            && self.app.may_know(actor, &found.matter()).await.map_err(failed)?;
        if sees { Ok(found) } else { Err(self.view.missing()) }
    }

    async fn show(&self, owed: &Owed, wrong: Option<(&Typed, &FieldErrors)>) -> Response {
        let noted = self.staff.consulted(self.view, &owed.about.stream, "promise").await;
        if let Err(stop) = noted {
            return stop;
        }
        match (self.page(owed).await, wrong) {
            (Ok(page), None) => self.view.page("promise/one.html", page),
            (Ok(page), Some((typed, errors))) => {
                self.view.again("promise/one.html", page, typed, errors)
            }
            (Err(fault), _) => self.view.fault(&fault),
        }
    }

    async fn page(&self, owed: &Owed) -> Result<Value, Fault> {
        let engine = self.app.engine();
        let now = engine.now();
        let actor = &self.staff.caller.actor;
        let (me, locale) = (self.staff.who.id, self.view.locale());
        let eye = Eye { app: self.app, actor, me, locale, now };
        let mut names = Names::new(engine, self.settings);
        let row = eye.row(owed, &mut names).await?;
        let moves = shown(holders::of_promise(engine, &owed.about).await?, &mut names).await?;
        let leads = actor.has(kernel::Role::Supervisor);
        let mut people = vec![];
        // A colleague is handed a promise by whoever holds it, or by a supervisor.
        if leads || owed.holder.is_some() {
            for staff in people::all(engine).await? {
                people.push((names.of_staff(&staff.stream()).await?, staff.to_string()));
            }
            people.sort();
        }
        Ok(context! {
            row => Serde(&row),
            came => Came::of(now, owed.due_at, owed.kept_at, owed.ended_at).code(),
            kept_at => owed.kept_at.map(|at| at.0),
            ended_at => owed.ended_at.map(|at| at.0),
            open => owed.is_open(),
            moves => Serde(&moves),
            people => people,
            teams => Serde(&self.settings.teams),
            reasons => Reason::ALL.map(Reason::code),
            held => owed.holder.is_some(),
        })
    }
}

/// A change of hands as pages show it.
#[derive(Debug, Serialize)]
pub(crate) struct Moved {
    pub(crate) at: i64,
    pub(crate) what: String,
    pub(crate) by: String,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) reason: String,
    pub(crate) words: Option<String>,
}

/// Puts names to changes of hands.
pub(crate) async fn shown(moves: Vec<Move>, names: &mut Names<'_>) -> Result<Vec<Moved>, Fault> {
    let mut all = Vec::with_capacity(moves.len());
    for one in moves {
        let from = match &one.from {
            Some(holder) => Some(names.of(holder).await?),
            None => None,
        };
        let to = match &one.to {
            Some(holder) => Some(names.of(holder).await?),
            None => None,
        };
        let by = names.of_staff(&one.by).await?;
        let Move { at, what, reason, words, .. } = one;
        all.push(Moved { at: at.0, what, by, from, to, reason, words });
    }
    Ok(all)
}

pub(crate) async fn get(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(which): Query<Which>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    match here.owed(&which.about()).await {
        Ok(owed) => here.show(&owed, None).await,
        Err(stop) => stop,
    }
}

/// To whom, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Giving {
    owner: String,
    stream: String,
    name: String,
    /// `team/<code>` or `staff/<id>`.
    to: String,
    reason: String,
    words: String,
}

/// Gives what nobody holds, and hands over what somebody does.
pub(crate) async fn give(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Giving>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    let Giving { owner, stream, name, to, reason, words } = value;
    let about = About { owner, stream, name };
    let owed = match here.owed(&about).await {
        Ok(owed) => owed,
        Err(stop) => return stop,
    };
    let mut errors = FieldErrors::new();
    let known = holders::of_text(&to).filter(|holder| match holder {
        Holder::Team { team } => settings.of_code(team).is_some(),
        Holder::Person { .. } => true,
    });
    let Some(to) = known else {
        errors.add("to", "Choose who holds it from now on");
        return here.show(&owed, Some((&typed, &errors))).await;
    };
    match is_colleague(&app, &to).await {
        Ok(true) => {}
        Ok(false) => {
            errors.add("to", "Choose somebody from the list");
            return here.show(&owed, Some((&typed, &errors))).await;
        }
        Err(fault) => return view.fault(&fault),
    }
    let is_owed = owed.is_open();
    let command = match owed.holder {
        None => Command::Give { about, owed: is_owed, to },
        Some(_) => {
            Command::HandOver { about, owed: is_owed, to, reason: Reason::of(&reason), words }
        }
    };
    answer(&here, &owed, command, &typed, "/promises").await
}

/// Whether a promise may be given there: a colleague is one of the list.
async fn is_colleague(app: &App, to: &Holder) -> Result<bool, Fault> {
    match to {
        Holder::Team { .. } => Ok(true),
        Holder::Person { staff } => Ok(people::all(app.engine()).await?.contains(staff)),
    }
}

/// What the next one must know.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Noting {
    owner: String,
    stream: String,
    name: String,
    note: String,
}

pub(crate) async fn note(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Noting>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    let Noting { owner, stream, name, note } = value;
    let about = About { owner, stream, name };
    let owed = match here.owed(&about).await {
        Ok(owed) => owed,
        Err(stop) => return stop,
    };
    let About { owner, stream, name } = &about;
    let (owner, stream, name) = (safe(owner), safe(stream), safe(name));
    let back = format!("/promises/one?owner={owner}&stream={stream}&name={name}");
    answer(&here, &owed, Command::Note { about, note }, &typed, &back).await
}

async fn answer(
    here: &Here<'_>,
    owed: &Owed,
    command: Command,
    typed: &Typed,
    back: &str,
) -> Response {
    let engine = here.app.engine();
    let id = owed::stream(engine, &owed.about).stream();
    let is_note = matches!(command, Command::Note { .. });
    match engine.execute::<Promise>(&id, command, &here.staff.caller, None).await {
        Ok(_) => Redirect::to(back).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            let field = match refusal {
                Refusal::ReasonMissing => "reason",
                Refusal::WordsMissing => "words",
                Refusal::NoteMissing => "note",
                Refusal::TooLong if is_note => "note",
                Refusal::TooLong => "words",
                _ => "to",
            };
            errors.add(field, refusal.to_string());
            here.show(owed, Some((typed, &errors))).await
        }
        Err(Refused::Fault(fault)) => here.view.fault(&fault),
    }
}
