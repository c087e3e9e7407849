//! One of a sample: what was screened or answered, and what a specialist finds in it.

use crate::{parts, review};
use ::review::sample::{Act, Command, Finding, Item, State as Known, authors_of};
use ::review::{Policy, Refusal, Sample, SampleId, permit};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use kernel::Purpose::Supervision;
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, FieldErrors, Form, Staff, Typed, View};

const PAGE: &str = "review/sample.html";

/// One place of one sample.
struct Here<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    policy: &'a Arc<Policy>,
    id: SampleId,
    place: u32,
    known: Known,
    item: Item,
}

/// Where the address leads; `None` where there is nothing.
async fn found(
    app: &App,
    staff: &Staff,
    (sample, place): &(String, String),
) -> Result<Option<(SampleId, u32, Known, Item)>, Fault> {
    let (Ok(id), Ok(place)) = (sample.parse::<SampleId>(), place.parse::<u32>()) else {
        return Ok(None);
    };
    let (known, _) = app.engine().state::<Sample>(&id.stream()).await?;
    let Some(item) = known.items.get(place as usize).cloned() else { return Ok(None) };
    let knows = app.may_know(&staff.caller.actor, &item.incident.stream()).await?;
    Ok(knows.then_some(item).map(|item| (id, place, known, item)))
}

pub(crate) async fn get(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(path): Path<(String, String)>,
) -> Response {
    match found(&app, &staff, &path).await {
        Ok(Some((id, place, known, item))) => {
            let (view, staff, policy) = (&view, &staff, &policy);
            Here { app: &app, view, staff, policy, id, place, known, item }.show(None).await
        }
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

/// What is found.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Judging {
    sample_finding: String,
    missed: Vec<String>,
    sample_words: String,
    sample_learning: String,
}

pub(crate) async fn post(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(path): Path<(String, String)>,
    Form { value, typed }: Form<Judging>,
) -> Response {
    match found(&app, &staff, &path).await {
        Ok(Some((id, place, known, item))) => {
            let (view, staff, policy) = (&view, &staff, &policy);
            Here { app: &app, view, staff, policy, id, place, known, item }
                .judge(value, &typed)
                .await
        }
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

impl Here<'_> {
    async fn judge(&self, value: Judging, typed: &Typed) -> Response {
        let mut errors = FieldErrors::new();
        let Some(finding) = Finding::of(&value.sample_finding) else {
            errors.add("sample_finding", "Choose what you found.");
            return self.show(Some((typed, &errors))).await;
        };
        let engine = self.app.engine();
        let mut authors = match parts::of(engine, self.item.incident).await {
            Ok(authors) => authors,
            Err(fault) => return self.view.fault(&fault),
        };
        authors.retain(|author| authors_of(self.item.of).contains(&author.part));
        let act = Act::Judge {
            place: self.place,
            finding,
            missed: value.missed.into_iter().filter(|code| !code.is_empty()).collect(),
            words: value.sample_words,
            learning: value.sample_learning,
            authors,
        };
        let command = Command { policy: self.policy.clone(), act };
        let caller = &self.staff.caller;
        match engine.execute::<Sample>(&self.id.stream(), command, caller, None).await {
            Ok(_) => Redirect::to("/samples").into_response(),
            Err(Refused::Refusal(refusal)) => {
                let field = match refusal {
                    Refusal::MissedWhat | Refusal::MissedNothing => "missed",
                    Refusal::FindingMissing | Refusal::TooLong => "sample_words",
                    _ => "sample_finding",
                };
                errors.add(field, refusal.to_string());
                self.show(Some((typed, &errors))).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn show(&self, refused: Option<(&Typed, &FieldErrors)>) -> Response {
        let subject = self.item.incident.stream();
        if let Err(stop) = self.staff.consulted(self.view, &subject, "review-sample").await {
            return stop;
        }
        match (self.page().await, refused) {
            (Ok(page), None) => self.view.page(PAGE, page),
            (Ok(page), Some((typed, errors))) => self.view.again(PAGE, page, typed, errors),
            (Err(fault), _) => self.view.fault(&fault),
        }
    }

    async fn page(&self) -> Result<Value, Fault> {
        let engine = self.app.engine();
        let actor = &self.staff.caller.actor;
        let title = |code: &String| {
            let coded = self.policy.opportunities.iter().find(|one| one.code == *code);
            coded.map_or_else(|| code.clone(), |one| one.title.clone())
        };
        let offered = self.policy.opportunities.iter().filter(|one| !one.retired);
        let offered: Vec<_> = offered.map(|one| (one.code.clone(), one.title.clone())).collect();
        let judged = self.known.judged.get(&self.place).map(|judged| {
            context! {
                finding => judged.finding.code(), at => judged.at.0,
                missed => judged.missed.iter().map(title).collect::<Vec<_>>(),
                words => judged.words.known(), learning => judged.learning.known(),
            }
        });
        Ok(context! {
            here => format!("/samples/{}/{}", self.id, self.place),
            of => self.item.of.code(), reference => self.item.incident.reference(),
            incident => review::read(engine, self.item.incident).await?,
            findings => Finding::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
            opportunities => offered, judged,
            judges => self.app.may(actor, permit::SAMPLE, Supervision),
        })
    }
}
