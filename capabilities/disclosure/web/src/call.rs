//! `/disclosures/{disclosure}/call`: the disclosure is offered by video, as a call of its own
//! kind. The link goes to the safe contact in neutral words; the officer takes the call herself,
//! whatever the hub's hours.

pub(crate) mod list;
pub(crate) mod reach;

use crate::TELL;
use crate::telling::found::Found;
use ::call::{CallId, Language, MatterKind};
use ::disclosure::{Channel, Command, Refusal, State};
use axum::response::Response;
use engine::{Fault, ReadModel, Refused};
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::{FieldErrors, Form, Route, Typed};

const PART: (&str, &str) = ("disclosure/call.html", "telling-call-title");

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/disclosures/{disclosure}/call", TELL, get),
        Route::post("/disclosures/{disclosure}/call", TELL, post),
    ]
}

pub(crate) fn models() -> Vec<Arc<dyn ReadModel>> {
    vec![Arc::new(list::CallList), Arc::new(reach::Reaches)]
}

pub(crate) async fn get(found: Found) -> Response {
    match page(&found).await {
        Ok(page) => match consulted(&found, &page).await {
            Ok(()) => found.view.panel(found.asked, PART.0, PART.1, page.value),
            Err(stop) => stop,
        },
        Err(fault) => found.view.fault(&fault),
    }
}

/// The part, and whether it names anybody: how far a link has come does not.
struct Page {
    value: Value,
    names: bool,
}

async fn consulted(found: &Found, page: &Page) -> Result<(), Response> {
    match page.names {
        true => found.consulted("disclosure-call").await,
        false => Ok(()),
    }
}

/// Why she cannot be told by video now, in the words of the rules.
fn forbidden(found: &Found) -> Option<Refusal> {
    let present = String::new();
    let call = Some(CallId(0));
    found.would(Command::StartTelling { channel: Channel::Video, call, present }).err()
}

async fn page(found: &Found) -> Result<Page, Fault> {
    let calls = list::all(found.engine(), found.id).await?;
    let open = calls.last.filter(|(_, finished)| finished.is_none()).map(|(call, _)| call);
    let somebody = match open {
        None => reach::told(found.engine(), found.id, found.case()).await?,
        Some(_) => reach::Somebody::default(),
    };
    let contact = &somebody.contact;
    // While the telling runs its call is there already; that is no reason to forbid it.
    let forbidden = forbidden(found).filter(|why| *why != Refusal::AlreadyTelling);
    let value = context! {
        reference => "",
        id => found.id.to_string(),
        address => found.address("call"),
        telling => found.address("telling"),
        ended => matches!(found.state, State::Ended(..)),
        call => open.map(|call| call.to_string()),
        before => calls.count,
        blocked => forbidden.map(|why| why.to_string()),
        name => somebody.name.clone(),
        phone => contact.phone.clone(),
        email => contact.email.clone(),
        times => contact.times.clone(),
        words => contact.words.clone(),
        language => Language::of_tag(&found.case().language).tag(),
    };
    Ok(Page { value, names: open.is_none() })
}

/// How the link reaches whoever is told.
#[derive(Deserialize)]
pub(crate) struct Offer {
    #[serde(default)]
    link_by: String,
    #[serde(default)]
    link_phone: String,
    #[serde(default)]
    link_email: String,
}

pub(crate) async fn post(found: Found, Form { value, typed }: Form<Offer>) -> Response {
    if let Some(why) = forbidden(&found) {
        return again(&found, "link_by", &why.to_string(), &typed).await;
    }
    let calls = match list::all(found.engine(), found.id).await {
        Ok(calls) => calls,
        Err(fault) => return found.view.fault(&fault),
    };
    if calls.last.is_some_and(|(_, finished)| finished.is_none()) {
        let why = "There is a call already. Send its link again, or finish it first.";
        return again(&found, "link_by", why, &typed).await;
    }
    let (channel, contact, field) = match value.link_by.as_str() {
        "text" => (::call::Channel::Text, Some(value.link_phone), "link_phone"),
        "email" => (::call::Channel::Email, Some(value.link_email), "link_email"),
        "read_out" => (::call::Channel::ReadOut, None, "link_by"),
        _ => return again(&found, "link_by", "Choose how the link reaches her", &typed).await,
    };
    match open(&found, channel, contact, calls.count).await {
        Ok(()) => found.view.panel_done(found.asked, &found.address("call")),
        Err(Refused::Refusal(why)) => again(&found, field, &why.to_string(), &typed).await,
        Err(Refused::Fault(fault)) => found.view.fault(&fault),
    }
}

async fn open(
    found: &Found,
    channel: ::call::Channel,
    contact: Option<String>,
    before: i64,
) -> Result<(), Refused<::call::Refusal>> {
    let engine = found.engine();
    let case = found.case();
    let somebody = reach::told(engine, found.id, case).await?;
    let command = ::call::Command::OpenForMatter {
        matter: found.id.stream(),
        matter_kind: MatterKind::Disclosure,
        language: Language::of_tag(&case.language),
        channel,
        contact: contact.map(|text| text.trim().to_owned()),
        name: Some(somebody.name),
    };
    let call = CallId::birth(engine.now(), engine.luck16());
    // Two clicks open one call.
    let key = format!("disclosure/{}/call/{before}", found.id);
    let caller = &found.staff.caller;
    engine.execute::<::call::Call>(&call.stream(), command, caller, Some(&key)).await?;
    Ok(())
}

async fn again(found: &Found, field: &str, why: &str, typed: &Typed) -> Response {
    let mut errors = FieldErrors::new();
    errors.add(field, why);
    let page = match page(found).await {
        Ok(page) => page,
        Err(fault) => return found.view.fault(&fault),
    };
    if let Err(stop) = consulted(found, &page).await {
        return stop;
    }
    let value = context! { refused => why, ..page.value };
    found.view.panel_again(found.asked, PART, value, typed, &errors)
}
