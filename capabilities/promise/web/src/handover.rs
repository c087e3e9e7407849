//! The shift handed over: what is open, what was missed and what changed hands since the last
//! handover, on a sheet that prints, signed by the supervisor who goes and the one who comes.

use crate::holders::{self, Move};
use crate::limits::{FIRST_SHEET, SHEET_MAX};
use crate::one::{self, Moved};
use crate::owed::{self, Owed};
use crate::people::Names;
use crate::rows::{Eye, Row};
use crate::{Settings, signed, titles};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use kernel::At;
use minijinja::Value;
use promise::handover::{Command, Entry, Refusal, Signed};
use promise::{Handover, HandoverId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use ui::kept::Veil;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View, context};

/// What every handler here needs.
struct Here<'a> {
    settings: &'a Settings,
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
}

/// What stands on the sheet now.
struct Sheet {
    since: At,
    until: At,
    open: Vec<Owed>,
    missed: Vec<Owed>,
    moves: Vec<Move>,
}

/// A change of hands with what it was about.
#[derive(Serialize)]
struct Handed {
    title: String,
    reference: String,
    #[serde(flatten)]
    moved: Moved,
}

impl Here<'_> {
    fn eye(&self, now: At) -> Eye<'_> {
        Eye {
            app: self.app,
            actor: &self.staff.caller.actor,
            me: self.staff.who.id,
            locale: self.view.locale(),
            now,
        }
    }

    async fn veil(&self) -> Result<Veil, Fault> {
        self.app.veil(&self.staff.caller.actor).await
    }

    fn sees(&self, owner: &str) -> bool {
        owed::sees(self.app, self.settings, &self.staff.caller.actor, owner)
    }

    async fn sheet(&self) -> Result<Sheet, Fault> {
        let engine = self.app.engine();
        let until = engine.now();
        let since = signed::last(engine).await?.unwrap_or_else(|| until.minus(FIRST_SHEET));
        let (mut open, mut missed) =
            (owed::open(engine).await?, owed::missed(engine, since, until).await?);
        let veil = self.veil().await?;
        for all in [&mut open, &mut missed] {
            all.retain(|one| self.sees(&one.about.owner));
            veil.over(all, Owed::matter);
        }
        let moves = self.moves(since, until).await?;
        Ok(Sheet { since, until, open, missed, moves })
    }

    async fn moves(&self, since: At, until: At) -> Result<Vec<Move>, Fault> {
        let mut all = holders::handed_over(self.app.engine(), since, until).await?;
        all.retain(|one| self.sees(&one.about.owner));
        self.veil()
            .await?
            .over(&mut all, |one| one.incident.clone().unwrap_or_else(|| one.about.stream.clone()));
        Ok(all)
    }

    /// What was said may be about a person: every record behind it is noted as looked at.
    async fn consulted(&self, moves: &[Move]) -> Result<(), Response> {
        let said = moves.iter().filter(|one| one.words.as_deref().is_some_and(|w| !w.is_empty()));
        let streams: BTreeSet<&str> = said.map(|one| one.about.stream.as_str()).collect();
        for stream in streams {
            self.staff.consulted(self.view, stream, "promise-handover").await?;
        }
        Ok(())
    }

    async fn handed(&self, moves: Vec<Move>, names: &mut Names<'_>) -> Result<Vec<Handed>, Fault> {
        let heads: Vec<(String, String)> = moves
            .iter()
            .map(|one| {
                let about = &one.about;
                let title = titles::title(self.view.locale(), &about.owner, &about.name);
                (title, owed::reference(one.incident.as_deref(), &about.stream))
            })
            .collect();
        let moved = one::shown(moves, names).await?;
        let pairs = heads.into_iter().zip(moved);
        Ok(pairs.map(|((title, reference), moved)| Handed { title, reference, moved }).collect())
    }

    async fn page(&self, sheet: Sheet) -> Result<Value, Fault> {
        let engine = self.app.engine();
        let mut names = Names::new(engine, self.settings);
        let eye = self.eye(sheet.until);
        let (mut open, mut missed): (Vec<Row>, Vec<Row>) = (vec![], vec![]);
        for owed in sheet.open.iter().take(SHEET_MAX) {
            open.push(eye.row(owed, &mut names).await?);
        }
        for owed in sheet.missed.iter().take(SHEET_MAX) {
            missed.push(eye.row(owed, &mut names).await?);
        }
        let handed = self.handed(sheet.moves, &mut names).await?;
        let mut earlier = signed::latest(engine).await?;
        for line in &mut earlier {
            line.by = names.of_staff(&line.by).await?;
        }
        Ok(context! {
            since => sheet.since.0, until => sheet.until.0,
            open => Serde(&open), open_count => sheet.open.len(),
            missed => Serde(&missed), missed_count => sheet.missed.len(),
            handed_count => handed.len(), handed => Serde(&handed),
            earlier => Serde(&earlier),
        })
    }
}

pub(crate) async fn get(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    show(&here, None).await
}

async fn show(here: &Here<'_>, wrong: Option<(&Typed, &FieldErrors)>) -> Response {
    let sheet = match here.sheet().await {
        Ok(sheet) => sheet,
        Err(fault) => return here.view.fault(&fault),
    };
    if let Err(stop) = here.consulted(&sheet.moves).await {
        return stop;
    }
    match (here.page(sheet).await, wrong) {
        (Ok(page), None) => here.view.page("promise/handover.html", page),
        (Ok(page), Some((typed, errors))) => {
            here.view.again("promise/handover.html", page, typed, errors)
        }
        (Err(fault), _) => here.view.fault(&fault),
    }
}

/// A word to the next shift.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Word {
    note: String,
}

/// Signs as the supervisor who goes: the sheet as it stands at this moment is kept.
pub(crate) async fn post(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Word>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    let sheet = match here.sheet().await {
        Ok(sheet) => sheet,
        Err(fault) => return view.fault(&fault),
    };
    let command = Command::SignOff {
        since: sheet.since,
        open: sheet.open.iter().take(SHEET_MAX).map(entry).collect(),
        open_count: sheet.open.len() as u64,
        missed: sheet.missed.iter().take(SHEET_MAX).map(entry).collect(),
        missed_count: sheet.missed.len() as u64,
        handed_count: sheet.moves.len() as u64,
        note: value.note,
    };
    let engine = app.engine();
    let id = HandoverId::birth(engine.now(), engine.luck16());
    match engine.execute::<Handover>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/promises/handover/{id}")).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add("note", refusal.to_string());
            show(&here, Some((&typed, &errors))).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

fn entry(owed: &Owed) -> Entry {
    Entry {
        about: owed.about.clone(),
        incident: owed.incident.clone(),
        due_at: owed.due_at,
        holder: owed.holder.clone(),
    }
}

/// The sheet as it was signed.
pub(crate) async fn record(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<HandoverId>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    show_record(&here, id, None).await
}

async fn show_record(
    here: &Here<'_>,
    id: HandoverId,
    wrong: Option<(&Typed, &FieldErrors)>,
) -> Response {
    let view = here.view;
    let state = match here.app.engine().state::<Handover>(&id.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => return view.fault(&fault),
    };
    let Some(signed) = state.signed.clone() else { return view.missing() };
    let moves = match here.moves(signed.since, signed.at).await {
        Ok(moves) => moves,
        Err(fault) => return view.fault(&fault),
    };
    if let Err(stop) = here.consulted(&moves).await {
        return stop;
    }
    match (record_page(here, id, &state, signed, moves).await, wrong) {
        (Ok(page), None) => view.page("promise/record.html", page),
        (Ok(page), Some((typed, errors))) => view.again("promise/record.html", page, typed, errors),
        (Err(fault), _) => view.fault(&fault),
    }
}

async fn record_page(
    here: &Here<'_>,
    id: HandoverId,
    state: &promise::handover::State,
    signed: Signed,
    moves: Vec<Move>,
) -> Result<Value, Fault> {
    let mut names = Names::new(here.app.engine(), here.settings);
    let eye = here.eye(signed.at);
    let (mut open, mut missed): (Vec<Row>, Vec<Row>) = (vec![], vec![]);
    let veil = here.veil().await?;
    let hidden =
        |entry: &Entry| veil.hides(entry.incident.as_deref().unwrap_or(&entry.about.stream));
    for entry in signed.open.iter().filter(|entry| !hidden(entry)) {
        open.push(eye.entry(entry, &mut names).await?);
    }
    for entry in signed.missed.iter().filter(|entry| !hidden(entry)) {
        missed.push(eye.entry(entry, &mut names).await?);
    }
    let handed = here.handed(moves, &mut names).await?;
    let (accepted_by, accepted_at, answer) = match &state.accepted {
        Some((by, at, note)) => {
            (Some(names.of_staff(&by.stream()).await?), Some(at.0), note.known().cloned())
        }
        None => (None, None, None),
    };
    Ok(context! {
        id => id.to_string(),
        since => signed.since.0, until => signed.at.0,
        open => Serde(&open), open_count => signed.open_count,
        missed => Serde(&missed), missed_count => signed.missed_count,
        handed => Serde(&handed), handed_count => signed.handed_count,
        note => signed.note.known().cloned(),
        signed_by => names.of_staff(&signed.by.stream()).await?,
        accepted_by, accepted_at, answer,
        mine => signed.by == here.staff.who.id,
    })
}

/// Signs as the supervisor who comes.
pub(crate) async fn accepted(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<HandoverId>,
    Form { value, typed }: Form<Word>,
) -> Response {
    let here = Here { settings: &settings, app: &app, view: &view, staff: &staff };
    let command = Command::Accept { note: value.note };
    match app.engine().execute::<Handover>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) | Err(Refused::Refusal(Refusal::AcceptedAlready)) => {
            Redirect::to(&format!("/promises/handover/{id}")).into_response()
        }
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add("note", refusal.to_string());
            show_record(&here, id, Some((&typed, &errors))).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}
