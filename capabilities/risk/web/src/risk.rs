//! The panel: every question with what became of it, what the answers point at, and the
//! officer's own grade with a reason. Nothing here computes a grade.

use axum::extract::State;
use axum::response::Response;
use call::{Call, CallId, Participant};
use engine::{Engine, Fault, Refused};
use incident::{Incident, IncidentId};
use kernel::Personal;
use minijinja::{Value, context};
use risk::{
    Answer, Assessment, Channel, Command, Given, Grade, Instrument, Question, Refusal, Risk,
    RiskId, permit,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, Typed, View};

const PANEL: (&str, &str) = ("risk/risk.html", "risk-title");

/// What every handler here needs besides its extractors.
struct At<'a> {
    app: &'a App,
    pack: &'a Instrument,
    staff: &'a Staff,
    incident: IncidentId,
}

pub(crate) async fn get(
    pack: Arc<Instrument>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "risk").await {
        return stop;
    }
    match page(&At { app: &app, pack: &pack, staff: &staff, incident }).await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

/// `GET /incidents/{incident}/risk/flags`: what the answers point at, after each saving.
pub(crate) async fn flags(
    pack: Arc<Instrument>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "risk-flags").await {
        return stop;
    }
    match page(&At { app: &app, pack: &pack, staff: &staff, incident }).await {
        Ok(page) => view.page("risk/risk-flags.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn assessed(engine: &Engine, incident: IncidentId) -> Result<Option<Assessment>, Fault> {
    let stream = RiskId::from(incident).stream();
    let (state, _) = engine.state::<Risk>(&stream).await?;
    Ok(state.assessment().cloned())
}

async fn page(at: &At<'_>) -> Result<Value, Fault> {
    let assessment = assessed(at.app.engine(), at.incident).await?;
    let known = assessment.as_ref();
    let sections: Vec<Value> = at
        .pack
        .section
        .iter()
        .map(|section| {
            let questions: Vec<Value> =
                section.question.iter().map(|q| question(at.pack, q, known)).collect();
            context! { title => section.title.clone(), questions => questions }
        })
        .collect();
    let values = known.map(Assessment::values).unwrap_or_default();
    let raised: Vec<Value> = at
        .pack
        .raised(&values)
        .into_iter()
        .map(|flag| context! { id => flag.id.clone(), says => flag.says.clone() })
        .collect();
    let graded = known.and_then(|one| one.graded.as_ref()).map(|graded| {
        context! {
            grade => graded.grade.code(),
            reason => graded.reason.known().cloned().unwrap_or_default(),
            at => graded.at.0,
            outdated => graded.outdated,
        }
    });
    let answered = known.map_or(0, Assessment::answered);
    Ok(context! {
        incident => at.incident.to_string(),
        reference => at.incident.reference(),
        title => at.pack.title.clone(),
        about => at.pack.about.clone(),
        sections => sections,
        raised => raised,
        graded => graded,
        grades => Grade::ALL.map(Grade::code).to_vec(),
        answered => answered,
        unanswered => (at.pack.questions().count() as u32).saturating_sub(answered),
        kept_at => known.map(|one| one.kept_at.0),
        channels => known.map(|one| one.channels.iter().map(|c| c.code()).collect::<Vec<_>>()),
        writes => at.app.may(&at.staff.caller.actor, permit::ASSESS, at.staff.caller.purpose),
    })
}

fn question(pack: &Instrument, question: &Question, known: Option<&Assessment>) -> Value {
    let kept = known.and_then(|one| one.answers.get(&question.id));
    let given = kept.map_or(NOT_ASKED, |kept| match &kept.given {
        Given::Value(code) => code.known().map_or(NOT_ASKED, String::as_str),
        Given::Declined {} => DECLINED,
        Given::Unable {} => UNABLE,
        Given::NotAsked {} => NOT_ASKED,
    });
    let steps: Vec<Value> = pack
        .codes(question)
        .into_iter()
        .map(|code| {
            let step = pack.frequency.iter().find(|step| step[0] == code);
            let word = step.map(|step| step[1].clone());
            context! { code => code, word => word, counts => pack.counts(question, code) }
        })
        .collect();
    let followed = pack.questions().any(|one| one.after.as_ref() == Some(&question.id));
    context! {
        id => question.id.clone(),
        ask => question.ask.clone(),
        hint => question.hint.clone(),
        after => question.after.clone(),
        followed => followed,
        steps => steps,
        given => given,
        note => kept.and_then(|kept| kept.note.known().cloned()).unwrap_or_default(),
    }
}

// Words beside the codes of a scale; no scale may use them.
const DECLINED: &str = "declined";
const UNABLE: &str = "unable";
const NOT_ASKED: &str = "not_asked";

/// `q_<question>=<code>` and `note_<question>=<words>`, whole.
#[derive(Deserialize)]
pub(crate) struct Answers {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

pub(crate) async fn post(
    pack: Arc<Instrument>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Answers>,
) -> Response {
    let at = At { app: &app, pack: &pack, staff: &staff, incident };
    let mut errors = FieldErrors::new();
    let answers: Vec<Answer> =
        pack.questions().filter_map(|q| read(&pack, q, &value.fields, &mut errors)).collect();
    if errors.any() {
        return again(&at, &view, asked, &typed, &errors).await;
    }
    let channel = match channel(app.engine(), incident).await {
        Ok(channel) => channel,
        Err(fault) => return view.fault(&fault),
    };
    let (instrument, version) = (pack.name.clone(), pack.version);
    let keep = Command::Keep { instrument, version, channel, answers };
    answer(&at, &view, asked, keep, &typed).await
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
    let given = match code.as_str() {
        DECLINED => Given::Declined {},
        UNABLE => Given::Unable {},
        NOT_ASKED | "" => Given::NotAsked {},
        code => Given::Value(Personal::new(code.to_owned())),
    };
    if !pack.accepts(id, &given) {
        errors.add(&format!("q_{id}"), "Choose one of the answers");
    }
    Some(Answer { question: id.clone(), given, note })
}

/// How the two talk at this moment, by the call's own state.
async fn channel(engine: &Engine, incident: IncidentId) -> Result<Channel, Fault> {
    let (known, _) = engine.state::<Incident>(&incident.stream()).await?;
    let Some(offer) = known.offer.call() else { return Ok(Channel::NoCall) };
    let (call, _) = engine.state::<Call>(&CallId::from(offer).stream()).await?;
    let Some(open) = call.open() else { return Ok(Channel::NoCall) };
    let voice = open.audio_only.iter().any(|one| !matches!(one, Participant::Guest(_)));
    Ok(match () {
        () if !open.room.contains_key(&Participant::Victim) => Channel::NoCall,
        () if voice => Channel::AudioOnly,
        () => Channel::Video,
    })
}

/// The officer's grade.
#[derive(Deserialize)]
pub(crate) struct Graded {
    #[serde(default)]
    grade: String,
    #[serde(default)]
    grade_reason: String,
}

pub(crate) async fn grade(
    pack: Arc<Instrument>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Graded>,
) -> Response {
    let at = At { app: &app, pack: &pack, staff: &staff, incident };
    let Some(grade) = Grade::of(&value.grade) else {
        let mut errors = FieldErrors::new();
        errors.add("grade", "Choose the grade: the answers do not");
        return again(&at, &view, asked, &typed, &errors).await;
    };
    let questions = pack.questions().count() as u32;
    let command = Command::Grade { grade, reason: value.grade_reason, questions };
    answer(&at, &view, asked, command, &typed).await
}

async fn answer(
    at: &At<'_>,
    view: &View,
    asked: Asked,
    command: Command,
    typed: &Typed,
) -> Response {
    let stream = RiskId::from(at.incident).stream();
    let engine = at.app.engine();
    match engine.execute::<Risk>(&stream, command, &at.staff.caller, None).await {
        Ok(_) => view.panel_done(asked, &format!("/incidents/{}/risk", at.incident)),
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::NothingAnswered | Refusal::OtherInstrument | Refusal::NotUnderWay => {
                    "grade"
                }
                Refusal::ReasonMissing | Refusal::TooLong => "grade_reason",
            };
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            again(at, view, asked, typed, &errors).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

async fn again(
    at: &At<'_>,
    view: &View,
    asked: Asked,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    match page(at).await {
        Ok(page) => view.panel_again(asked, PANEL, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}
