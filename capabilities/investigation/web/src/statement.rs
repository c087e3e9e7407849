//! The statement: drafted from the account, saved as it is typed, put before her on her own
//! screen or read to her, and covered by her word until the first change.

use crate::desk::{Desk, Page};
use crate::investigation::{NO_TIME, text};
use crate::{calls, files, list};
use axum::response::Response;
use calendar::typing;
use call::{Call, CallId, ReadingId};
use engine::{Fault, Refused};
use investigation::state::{Stands, Statement, Version};
use investigation::{Command, Event, Refusal, Section, Seen, Way};
use minijinja::{Value, context};
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::Form;

/// The page.
pub(crate) struct Drafting;

impl Page for Drafting {
    const TEMPLATE: &'static str = "investigation/statement.html";
    const TITLE: &'static str = "statement-title";
    const STEM: &'static str = "statement";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let engine = desk.app.engine();
        let calls = calls::of_incident(engine, desk.incident).await?;
        let statement = &known.statement;
        let sections: Vec<Value> = Section::ALL
            .into_iter()
            .map(|one| context! { code => one.code(), text => statement.section(one) })
            .collect();
        let versions: Vec<Value> = statement
            .versions
            .iter()
            .enumerate()
            .rev()
            .map(|(place, one)| version(place + 1, one, &calls))
            .collect();
        let whole = statement.text();
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            kept_at => statement.kept_at.map(|at| at.0),
            sections,
            versions,
            stands => list::statement(&known),
            seen => files::digest(&whole),
            empty => whole.is_empty(),
            whole,
            drafts => !known.paragraphs.is_empty() && statement.section(Section::Events).is_empty(),
            in_call => calls.iter().any(|one| !one.finished),
            clock => typing::field(engine.now()),
            writes => desk.writes(),
        })
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::SpokenBefore | Refusal::SpokenInFuture => "spoken_at",
            _ => "statement",
        }
    }
}

fn version(number: usize, one: &Version, calls: &[calls::One]) -> Value {
    let (stands, at, words) = match &one.stands {
        Stands::Offered => ("offered", one.at, String::new()),
        Stands::Acknowledged(at) => ("acknowledged", *at, String::new()),
        Stands::Disputed(at, words) => ("disputed", *at, text(words)),
        Stands::TakenBack => ("taken_back", one.at, String::new()),
        Stands::Voided { said, .. } => ("voided", *said, String::new()),
    };
    let way = match &one.way {
        Way::Screen { .. } => "screen",
        Way::Aloud { .. } => "aloud",
    };
    let voided_at = match &one.stands {
        Stands::Voided { at, .. } => Some(at.0),
        _ => None,
    };
    context! {
        number, stands, way, words, voided_at,
        at => at.0,
        second => calls::second(calls, at),
        text => one.text(),
        digest => text(&one.digest),
    }
}

pub(crate) async fn get(desk: Desk) -> Response {
    desk.show(&Drafting).await
}

/// Sections by their codes, e.g. `section_events`, because other panels stand beside this one;
/// one that is not sent stays as it is.
pub(crate) async fn post(
    desk: Desk,
    Form { value, typed }: Form<BTreeMap<String, String>>,
) -> Response {
    let known =
        |(name, text): (String, String)| Some((Section::of(name.strip_prefix("section_")?)?, text));
    let sections = value.into_iter().filter_map(known).collect();
    desk.act(&Drafting, Command::KeepStatement { sections }, &typed).await
}

/// A form without fields.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

pub(crate) async fn draft(desk: Desk, Form { typed, .. }: Form<Nothing>) -> Response {
    desk.act(&Drafting, Command::DraftStatement, &typed).await
}

pub(crate) async fn taken_back(desk: Desk, Form { typed, .. }: Form<Nothing>) -> Response {
    desk.act(&Drafting, Command::TakeStatementBack, &typed).await
}

/// What the officer saw, and when she said that it is right.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asking {
    /// The digest of the text that the page showed.
    seen: String,
    spoken_at: String,
}

/// The text as it stands, if it is the one that the officer saw.
pub(crate) fn seen(statement: &Statement, digest: &str) -> Result<Seen, Refusal> {
    let text = statement.text();
    let stands = files::digest(&text);
    if stands == digest {
        Ok(Seen { text, digest: stands })
    } else {
        Err(Refusal::StatementChanged)
    }
}

pub(crate) async fn offered(desk: Desk, Form { value, typed }: Form<Asking>) -> Response {
    match offer(&desk, &value.seen).await {
        Ok(None) => desk.done::<Drafting>(),
        Ok(Some(words)) => desk.wrong(&Drafting, "statement", &words, &typed).await,
        Err(Refused::Refusal(refusal)) => {
            desk.wrong(&Drafting, "statement", &refusal.to_string(), &typed).await
        }
        Err(Refused::Fault(fault)) => desk.view.fault(&fault),
    }
}

/// Puts it before her; gives the words of the call's own rules when those say no.
async fn offer(desk: &Desk, digest: &str) -> Result<Option<String>, Refused<Refusal>> {
    let engine = desk.app.engine();
    let Some(call) = going(desk).await? else {
        return Ok(Some("She is not in a call now. Read it out to her instead.".to_owned()));
    };
    let seen = seen(&desk.known().await?.statement, digest).map_err(Refused::Refusal)?;
    let reading = ReadingId::birth(engine.now(), engine.luck16());
    let text = seen.text.clone();
    desk.execute(Command::OfferStatement { way: Way::Screen { call, reading }, seen }).await?;
    let command = call::Command::OfferReading { reading, text };
    let caller = &desk.staff.caller;
    match engine.execute::<Call>(&call.stream(), command, caller, None).await {
        Ok(_) => Ok(None),
        Err(refused) => {
            desk.execute(Command::TakeStatementBack).await?;
            match refused {
                Refused::Refusal(refusal) => Ok(Some(refusal.to_string())),
                Refused::Fault(fault) => Err(Refused::Fault(fault)),
            }
        }
    }
}

/// The call that goes on now, if one does.
async fn going(desk: &Desk) -> Result<Option<CallId>, Fault> {
    let calls = calls::of_incident(desk.app.engine(), desk.incident).await?;
    Ok(calls.iter().rev().find(|one| !one.finished).map(|one| one.call))
}

pub(crate) async fn aloud(desk: Desk, Form { value, typed }: Form<Asking>) -> Response {
    let spoken_at = match typing::maybe_instant(&value.spoken_at) {
        Ok(at) => at.unwrap_or_else(|| desk.app.engine().now()),
        Err(_) => return desk.wrong(&Drafting, "spoken_at", NO_TIME, &typed).await,
    };
    match read_out(&desk, &value.seen, spoken_at).await {
        Ok(_) => desk.done::<Drafting>(),
        Err(Refused::Refusal(refusal)) => {
            let field = Drafting::field(refusal);
            desk.wrong(&Drafting, field, &refusal.to_string(), &typed).await
        }
        Err(Refused::Fault(fault)) => desk.view.fault(&fault),
    }
}

async fn read_out(
    desk: &Desk,
    digest: &str,
    spoken_at: kernel::At,
) -> Result<Vec<Event>, Refused<Refusal>> {
    let seen = seen(&desk.known().await?.statement, digest).map_err(Refused::Refusal)?;
    let way = Way::Aloud { call: going(desk).await? };
    desk.execute(Command::AcknowledgeAloud { way, seen, spoken_at }).await
}
