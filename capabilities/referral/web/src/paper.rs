//! `/conferences/{conference}/pack.pdf`: the pack of a meeting on paper, tagged so that a screen
//! reader reads it in order.

use crate::{agencies, conference};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use calendar as local;
use engine::{Engine, Fault};
use kernel::{At, Personal};
use print::{Document, Table};
use referral::conference::{Action, Case, State as Meeting};
use referral::{ConferenceId, Field, Referral};
use std::collections::BTreeMap;
use ui::locale::Words;
use ui::{App, Locale, Named, Staff, View};

/// The file.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ConferenceId>,
) -> Response {
    let engine = app.engine();
    let meeting = match conference::consulted(&app, &view, &staff, id).await {
        Ok(meeting) => meeting,
        Err(stop) => return stop,
    };
    let document = match document(engine, &meeting).await {
        Ok(document) => document,
        Err(fault) => return view.fault(&fault),
    };
    match print::render(&document) {
        Ok(bytes) => {
            let named = HeaderValue::from_static("attachment; filename=\"meeting-pack.pdf\"");
            let kind = HeaderValue::from_static("application/pdf");
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)], bytes)
                .into_response()
        }
        Err(fault) => view.fault(&fault),
    }
}

/// Words of this document, in the language of the force.
struct Say(Words);

impl Say {
    fn it(&self, id: &str) -> String {
        self.0.say(Locale::En, id, &[]).unwrap_or_default()
    }
}

async fn document(engine: &Engine, meeting: &Meeting) -> Result<Document, Fault> {
    let say = Say(Words::load());
    let names = agencies::names(engine).await?;
    let meets_at = meeting.meets_at.unwrap_or_default();
    let place = meeting.place.known().cloned().unwrap_or_default();
    let mut document = Document::new("en-GB", &say.it("conference-pack"), engine.now())
        .subject(&say.it("conference-pack-subject"))
        .footer(&say.it("conference-pack-footer"))
        .facts([
            (say.it("conference-meets"), when(meets_at)),
            (say.it("conference-place"), place),
            (say.it("conference-cases"), meeting.cases.len().to_string()),
        ]);
    for case in &meeting.cases {
        document = of_case(engine, document, meeting, case, (&say, &names)).await?;
    }
    Ok(document)
}

async fn of_case(
    engine: &Engine,
    document: Document,
    meeting: &Meeting,
    case: &Case,
    (say, names): (&Say, &BTreeMap<String, String>),
) -> Result<Document, Fault> {
    let (state, _) = engine.state::<Referral>(&case.referral.stream()).await?;
    let mut document = document.section(&case.incident.reference());
    if case.repeat {
        document = document.paragraph(&say.it("conference-repeat"));
    }
    if let Some(asked) = state.0 {
        document = document.paragraph(&asked.summary.known().cloned().unwrap_or_default());
        // How she is reached is for whoever speaks with her, not for a paper on a table.
        let told = asked.shared.known().into_iter().flatten().filter(|(field, _)| {
            !matches!(
                field,
                Field::Contact | Field::ContactRules | Field::Relationship | Field::Children
            )
        });
        let facts: Vec<_> = told
            .map(|(field, text)| {
                (say.it(&format!("referral-field-{}", field.code())), text.clone())
            })
            .collect();
        if !facts.is_empty() {
            document = document.facts(facts);
        }
    }
    document = document.part(&say.it("conference-minutes"));
    let minutes = case.minutes.as_ref().and_then(Personal::known).cloned();
    let minutes = minutes.unwrap_or_else(|| say.it("conference-minutes-none"));
    document = document.paragraph(&minutes);
    let actions: Vec<_> =
        meeting.actions.values().filter(|action| action.referral == case.referral).collect();
    if actions.is_empty() {
        return Ok(document);
    }
    let rows = actions.into_iter().map(|action| row(action, say, names)).collect();
    let columns = [("what", 4), ("who", 2), ("due", 2), ("came-of-it", 3)];
    let columns =
        columns.map(|(id, width)| (say.it(&format!("conference-action-{id}")), width)).into();
    Ok(document.part(&say.it("conference-actions")).table(Table { columns, rows }))
}

fn row(action: &Action, say: &Say, names: &BTreeMap<String, String>) -> Vec<String> {
    let agency = action.agency.and_then(|id| names.get(&id.to_string()).cloned());
    let done = action.done.as_ref().and_then(|(_, note)| note.known().cloned());
    vec![
        action.what.known().cloned().unwrap_or_default(),
        agency.unwrap_or_else(|| say.it("conference-police")),
        when(action.due_at),
        done.unwrap_or_default(),
    ]
}

fn when(at: At) -> String {
    let (hour, minute) = local::time_of_day(at);
    format!("{} {hour:02}:{minute:02}", local::civil_day(at))
}
