//! The panel: who can hear her, every question with what became of it, what the answers point
//! at, and the officer's own grade with a reason. Nothing here computes a grade.

use crate::Settings;
use crate::showing::{self, DECLINED, NOT_ASKED, Tongues, UNABLE};
use crate::talk;
use axum::extract::State;
use axum::response::Response;
use engine::{Fault, Refused};
use incident::IncidentId;
use kernel::{Personal, time};
use minijinja::{Value, context};
use risk::{
    Act, Answer, Channel, Earshot, Given, Grade, Instrument, Question, Refusal, Risk, RiskId,
    limits, permit,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use ui::{App, Asked, FieldErrors, Form, Named, Staff, Typed, View};

const PANEL: (&str, &str) = ("risk/risk.html", "risk-title");

/// What every handler here needs besides its form.
struct At<'a> {
    app: &'a App,
    view: &'a View,
    settings: &'a Settings,
    staff: &'a Staff,
    asked: Asked,
    incident: IncidentId,
}

pub(crate) async fn get(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "risk").await {
        return stop;
    }
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    match at.page().await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

/// `GET /incidents/{incident}/risk/flags`: what the answers point at, after each saving.
pub(crate) async fn flags(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "risk-flags").await {
        return stop;
    }
    let asked = Asked::Part;
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    match at.page().await {
        Ok(page) => view.page("risk/risk-flags.html", page),
        Err(fault) => view.fault(&fault),
    }
}

impl At<'_> {
    async fn page(&self) -> Result<Value, Fault> {
        let engine = self.app.engine();
        let talk = talk::now(engine, self.incident).await?;
        let mine = self.view.locale().tag();
        let tongues = Tongues::of(&self.settings.pack, talk.language, mine);
        let page = showing::page(engine, self.settings, tongues, self.incident).await?;
        let caller = &self.staff.caller;
        let own = context! {
            talking => talk.channel.code(),
            visit_hours_max => self.settings.policy.visit_hours_max,
            writes => self.app.may(&caller.actor, permit::ASSESS, caller.purpose),
        };
        Ok(context! { ..own, ..page })
    }

    /// Does it, and shows the panel again with what was typed where it may not be.
    async fn act(&self, act: Act, typed: &Typed, field: &str) -> Response {
        let stream = RiskId::from(self.incident).stream();
        let command = self.settings.command(act);
        let engine = self.app.engine();
        match engine.execute::<Risk>(&stream, command, &self.staff.caller, None).await {
            Ok(_) => {
                self.view.panel_done(self.asked, &format!("/incidents/{}/risk", self.incident))
            }
            Err(Refused::Refusal(refusal)) => {
                let mut errors = FieldErrors::new();
                errors.add(&of_field(&refusal, field), refusal.to_string());
                self.again(typed, &errors).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn again(&self, typed: &Typed, errors: &FieldErrors) -> Response {
        match self.page().await {
            Ok(page) => self.view.panel_again(self.asked, PANEL, page, typed, errors),
            Err(fault) => self.view.fault(&fault),
        }
    }

    async fn channel(&self, how: &str) -> Result<Channel, Fault> {
        let talk = talk::now(self.app.engine(), self.incident).await?;
        Ok(talk::told(&talk, how))
    }
}

/// Which field a refusal belongs to, where the rule itself says so.
fn of_field(refusal: &Refusal, of_form: &str) -> String {
    match refusal {
        Refusal::EarshotMissing | Refusal::AloneWithOthers => "earshot".to_owned(),
        Refusal::ReasonMissing => "grade_reason".to_owned(),
        Refusal::NoSuchAnswer(question) => format!("q_{question}"),
        Refusal::Contradiction { rule, .. } => format!("ack_{rule}"),
        _ => of_form.to_owned(),
    }
}

/// Who can hear her.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nearby {
    earshot: Vec<String>,
    earshot_words: String,
    how: String,
}

pub(crate) async fn earshot(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Nearby>,
) -> Response {
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    let who: Option<BTreeSet<_>> = value.earshot.iter().map(|code| Earshot::of(code)).collect();
    let Some(who) = who else {
        let mut errors = FieldErrors::new();
        errors.add("earshot", "Choose who can hear her");
        return at.again(&typed, &errors).await;
    };
    match at.channel(&value.how).await {
        Ok(channel) => {
            let words = value.earshot_words;
            at.act(Act::NoteEarshot { channel, who, words }, &typed, "earshot_words").await
        }
        Err(fault) => view.fault(&fault),
    }
}

/// `q_<question>=<code>` and `note_<question>=<words>`, whole.
#[derive(Deserialize)]
pub(crate) struct Fields {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

pub(crate) async fn post(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Fields>,
) -> Response {
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    let pack = &settings.pack;
    let mut errors = FieldErrors::new();
    let answers: Vec<Answer> =
        pack.questions().filter_map(|q| read(pack, q, &value.fields, &mut errors)).collect();
    if errors.any() {
        return at.again(&typed, &errors).await;
    }
    match at.channel("").await {
        Ok(channel) => at.act(Act::Keep { channel, answers }, &typed, "grade").await,
        Err(fault) => view.fault(&fault),
    }
}

/// One answer; a question that the form does not hold stays as it is.
fn read(
    pack: &Instrument,
    question: &Question,
    fields: &BTreeMap<String, String>,
    errors: &mut FieldErrors,
) -> Option<Answer> {
    let id = &question.id;
    let code = fields.get(&format!("q_{id}"))?;
    let note = fields.get(&format!("note_{id}")).cloned().unwrap_or_default();
    let given = given(code);
    if !pack.accepts(id, &given) {
        errors.add(&format!("q_{id}"), "Choose one of the answers");
    }
    if note.chars().count() > limits::NOTE_CHARS_MAX {
        let words = format!("A note has at most {} characters", limits::NOTE_CHARS_MAX);
        errors.add(&format!("note_{id}"), words);
    }
    Some(Answer { question: id.clone(), given, note })
}

/// What became of a question, by the code of an answer.
pub(crate) fn given(code: &str) -> Given {
    match code {
        DECLINED => Given::Declined {},
        UNABLE => Given::Unable {},
        NOT_ASKED | "" => Given::NotAsked {},
        code => Given::Value(Personal::new(code.to_owned())),
    }
}

/// Begins anew.
pub(crate) async fn begin(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { typed, .. }: Form<Nothing>,
) -> Response {
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    match at.channel("").await {
        Ok(channel) => at.act(Act::Begin { channel }, &typed, "grade").await,
        Err(fault) => view.fault(&fault),
    }
}

/// A form without fields.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// The officer's grade: `grade`, `grade_reason`, and `ack_<contradiction>` for each that stands.
pub(crate) async fn grade(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Fields>,
) -> Response {
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    let field = |name: &str| value.fields.get(name).cloned().unwrap_or_default();
    let Some(grade) = Grade::of(&field("grade")) else {
        let mut errors = FieldErrors::new();
        errors.add("grade", "Choose the grade: the answers do not");
        return at.again(&typed, &errors).await;
    };
    let acknowledged = value
        .fields
        .iter()
        .filter_map(|(name, note)| Some((name.strip_prefix("ack_")?.to_owned(), note.clone())))
        .collect();
    let act = Act::Grade { grade, reason: field("grade_reason"), acknowledged, officer: None };
    at.act(act, &typed, "grade_reason").await
}

/// A visit in person.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Visiting {
    visit: String,
    visit_hours: String,
    visit_note: String,
}

pub(crate) async fn visit(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Visiting>,
) -> Response {
    let at = At { app: &app, view: &view, settings: &settings, staff: &staff, asked, incident };
    let (now, note) = (app.engine().now(), value.visit_note);
    if value.visit == "attended" {
        let act = Act::AttendVisit { attended_at: now, note };
        return at.act(act, &typed, "visit_note").await;
    }
    match value.visit_hours.trim().parse::<u32>() {
        Ok(hours) => {
            let visit_at = now.plus(time::hours(u64::from(hours)));
            at.act(Act::BookVisit { visit_at, note }, &typed, "visit_hours").await
        }
        Err(_) => {
            let mut errors = FieldErrors::new();
            errors.add("visit_hours", "Enter in how many hours somebody will be with her");
            at.again(&typed, &errors).await
        }
    }
}
