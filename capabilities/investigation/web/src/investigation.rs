//! The panel: her account, saved as it is typed, with the second of the recording for each
//! paragraph; and crime or no crime with the reason, by the force's table, and what came of it.

use crate::desk::{Desk, Page};
use crate::{calls, list};
use axum::response::Response;
use calendar::typing;
use engine::Fault;
use investigation::state::{Decision, State as Known};
use investigation::{Classified, Command, Crime, Refusal, Tables};
use kernel::Personal;
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::{Form, Serde};

/// The panel, by the tables of the day.
pub(crate) struct Account(pub(crate) Arc<Tables>);

impl Page for Account {
    const TEMPLATE: &'static str = "investigation/investigation.html";
    const TITLE: &'static str = "investigation-title";
    const STEM: &'static str = "investigation";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let engine = desk.app.engine();
        let calls = calls::of_incident(engine, desk.incident).await?;
        let paragraphs: Vec<Value> = known
            .paragraphs
            .iter()
            .map(|one| {
                let second = calls::second(&calls, one.at);
                context! { at => one.at.0, text => text(&one.text), second }
            })
            .collect();
        let marks = calls::marks(engine, &calls).await?;
        let undecided = known.classified.is_none();
        let due = if undecided { list::due(engine, desk.incident).await? } else { None };
        let decided = decided(&known);
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            account => known.account(),
            kept_at => known.kept_at.map(|at| at.0),
            paragraphs,
            marks => Serde(&marks),
            due,
            missed => undecided && known.missed.is_some(),
            offences => offered(&self.0),
            outcomes => outcomes(&self.0),
            outcome => known.outcome().map(|one| self.0.outcomes.title(&one.code).to_owned()),
            decisions => decisions(&known, &self.0),
            statement => list::statement(&known),
            open => known.enquiries.values().filter(|one| one.end.is_none()).count(),
            writes => desk.writes(),
            ..decided
        })
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::AccountTooLong => "account",
            Refusal::OffenceMissing => "offence",
            Refusal::OffenceUnknown => "offence_code",
            Refusal::OffenceInFuture | Refusal::OffenceTooLongAgo | Refusal::StartMissing => {
                "offence_from"
            }
            Refusal::EndsBeforeStart => "offence_until",
            Refusal::OutcomeUnknown | Refusal::NoCrime => "outcome_code",
            _ => "crime_reason",
        }
    }
}

pub(crate) fn text(one: &Personal<String>) -> String {
    one.known().cloned().unwrap_or_default()
}

/// What a form shows of the decision that stands.
fn decided(known: &Known) -> Value {
    match &known.classified {
        None => context! { recorded => "" },
        Some(Classified::NonCrime { reason }) => {
            context! { recorded => "non_crime", reason => text(reason) }
        }
        Some(Classified::Crime { offence, reason, code, since, until }) => context! {
            recorded => "crime",
            // The words of a coded offence are the table's; typing begins with none.
            offence => if code.is_none() { text(offence) } else { String::new() },
            named => text(offence),
            offence_code => code.as_ref().map(|code| code.code.clone()),
            offence_class => code.as_ref().and_then(|code| code.class.clone()),
            offence_from => since.map(typing::field),
            offence_until => until.map(typing::field),
            reason => text(reason),
        },
    }
}

fn offered(tables: &Tables) -> Vec<(String, String)> {
    let offered = tables.offences.offences.iter().filter(|one| !one.retired);
    offered.map(|one| (one.code.clone(), one.title.clone())).collect()
}

fn outcomes(tables: &Tables) -> Vec<(String, String)> {
    let offered = tables.outcomes.outcomes.iter().filter(|one| !one.retired);
    offered.map(|one| (one.code.clone(), format!("{}: {}", one.code, one.title))).collect()
}

/// Every decision, the latest first, each with what came of it.
pub(crate) fn decisions(known: &Known, tables: &Tables) -> Vec<Value> {
    known.decisions.iter().rev().map(|one| decision(one, tables)).collect()
}

fn decision(one: &Decision, tables: &Tables) -> Value {
    let (what, offence, reason) = match &one.classified {
        Classified::Crime { offence, reason, .. } => ("crime", text(offence), text(reason)),
        Classified::NonCrime { reason } => ("non_crime", String::new(), text(reason)),
    };
    let outcomes: Vec<Value> = one
        .outcomes
        .iter()
        .map(|one| {
            let title = tables.outcomes.title(&one.code);
            context! { at => one.at.0, title, note => text(&one.note) }
        })
        .collect();
    context! { at => one.at.0, what, offence, reason, outcomes }
}

pub(crate) async fn get(tables: Arc<Tables>, desk: Desk) -> Response {
    desk.show(&Account(tables)).await
}

/// The account as it stands.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    account: String,
}

pub(crate) async fn post(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Typed>,
) -> Response {
    let keep = Command::KeepAccount { text: value.account };
    desk.act(&Account(tables), keep, &typed).await
}

/// Crime or not. An offence has a code of the table, or for the time being only words.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decided {
    recorded: String,
    offence: String,
    offence_code: String,
    offence_from: String,
    offence_until: String,
    crime_reason: String,
}

pub(crate) async fn crime(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Decided>,
) -> Response {
    let page = Account(tables.clone());
    let (mut from, mut until) = (None, None);
    let times = [
        ("offence_from", &value.offence_from, &mut from),
        ("offence_until", &value.offence_until, &mut until),
    ];
    for (field, typed_as, time) in times {
        match typing::maybe_instant(typed_as) {
            Ok(read) => *time = read,
            Err(_) => return desk.wrong(&page, field, NO_TIME, &typed).await,
        }
    }
    let reason = value.crime_reason;
    let command = match value.recorded.as_str() {
        "crime" if value.offence_code.is_empty() => {
            Command::RecordCrime { offence: value.offence, reason }
        }
        "crime" => {
            let crime = Crime { code: value.offence_code, from, until, reason };
            Command::Classify { tables, crime }
        }
        "non_crime" => Command::RecordNonCrime { reason },
        _ => {
            let words = "Choose whether it is recorded as a crime";
            return desk.wrong(&page, "recorded", words, &typed).await;
        }
    };
    desk.act(&page, command, &typed).await
}

/// What is said of a time that cannot be read.
pub(crate) const NO_TIME: &str = "Enter a day and a time, e.g. 3 November 2025 at 08:30.";

/// What came of the crime.
#[derive(Deserialize)]
pub(crate) struct Outcome {
    #[serde(default)]
    outcome_code: String,
    #[serde(default)]
    outcome_note: String,
}

/// The panel once more, with refusals at the fields of the outcome.
struct Ended(Account);

impl Page for Ended {
    const TEMPLATE: &'static str = Account::TEMPLATE;
    const TITLE: &'static str = Account::TITLE;
    const STEM: &'static str = Account::STEM;

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        self.0.fill(desk).await
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::ReasonMissing | Refusal::TooLong => "outcome_note",
            _ => "outcome_code",
        }
    }
}

pub(crate) async fn outcome(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Outcome>,
) -> Response {
    let Outcome { outcome_code: code, outcome_note: note } = value;
    let command = Command::RecordOutcome { tables: tables.clone(), code, note };
    desk.act(&Ended(Account(tables)), command, &typed).await
}
