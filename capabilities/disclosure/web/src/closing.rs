//! `/disclosures/{disclosure}/closing`: the end without a disclosure. The neutral answer is shown
//! exactly as it is told, the same whatever the reason; the reason stands apart and is internal.

#[cfg(test)]
mod tests;

use crate::telling::found::Found;
use crate::{TELL, WORK};
use ::disclosure::state::End;
use ::disclosure::{Channel, ClosureReason, Command, NOTICES, Refusal, State, notice};
use axum::response::Response;
use engine::Refused;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use ui::{FieldErrors, Form, Route, Serde, Typed};

const PART: (&str, &str) = ("disclosure/closing.html", "telling-closing-title");

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/disclosures/{disclosure}/closing", TELL, get),
        Route::post("/disclosures/{disclosure}/closing", WORK, close),
        Route::post("/disclosures/{disclosure}/closing/notice", TELL, give),
        Route::post("/disclosures/{disclosure}/closing/withheld", TELL, withhold),
    ]
}

pub(crate) async fn get(found: Found) -> Response {
    if let Err(stop) = found.consulted("disclosure-closing").await {
        return stop;
    }
    let page = page(&found);
    found.view.panel(found.asked, PART.0, PART.1, page)
}

fn page(found: &Found) -> Value {
    let case = found.case();
    let ended = match &found.state {
        State::Ended(_, End::Made { .. }) => Some(("made", None)),
        State::Ended(_, End::Closed { reason, .. }) => Some(("closed", Some(reason.code()))),
        State::None | State::Left | State::Open(_) => None,
    };
    context! {
        reference => "",
        address => found.address("closing"),
        telling => found.address("telling"),
        application => format!("/disclosures/{}", found.id),
        ended => ended.map(|(how, _)| how),
        ended_reason => ended.and_then(|(_, reason)| reason),
        answered => case.answered,
        owed => case.owes_answer(false),
        not_yet => not_yet(found),
        notices => Serde(notices(&case.language)),
        reasons => Serde(reasons(found)),
    }
}

/// One approved text and the ways in which it may be told.
#[derive(Serialize)]
struct Text {
    answer: &'static str,
    advice: &'static str,
    language: &'static str,
    channels: Vec<&'static str>,
}

/// The approved texts, hers first. No reason is asked here, so none can show.
fn notices(language: &str) -> Vec<Text> {
    let mut texts: Vec<Text> = vec![];
    for one in NOTICES {
        let same = |text: &&mut Text| {
            (text.language, text.answer, text.advice) == (one.language, one.answer, one.advice)
        };
        match texts.iter_mut().find(same) {
            Some(text) => text.channels.push(one.channel.code()),
            None => texts.push(Text {
                answer: one.answer,
                advice: one.advice,
                language: one.language,
                channels: vec![one.channel.code()],
            }),
        }
    }
    texts.sort_by_key(|text| text.language != language);
    texts
}

/// Why no neutral answer may be given now.
fn not_yet(found: &Found) -> Option<String> {
    let text = notice(Channel::InPerson, "en")?.text();
    let language = "en".to_owned();
    let command = Command::GiveNotice { channel: Channel::InPerson, language, text };
    found.would(command).err().map(|refusal| refusal.to_string())
}

/// A reason, and what the rules say to it now.
#[derive(Serialize)]
struct Reason {
    code: &'static str,
    forbidden: Option<String>,
}

fn reasons(found: &Found) -> Vec<Reason> {
    let would = |reason: ClosureReason| {
        let refused = found.would(Command::Close { reason, note: "-".into() }).err();
        // That the answer is owed is said once, above.
        refused.filter(|refusal| *refusal != Refusal::AnswerFirst)
    };
    let one = |reason: &ClosureReason| Reason {
        code: reason.code(),
        forbidden: would(*reason).map(|refusal| refusal.to_string()),
    };
    ClosureReason::ALL.iter().map(one).collect()
}

/// Which text was read out, and how.
#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    language: String,
}

pub(crate) async fn give(found: Found, Form { value, typed }: Form<Given>) -> Response {
    let Some(channel) = Channel::of_code(&value.channel) else {
        return wrong(&found, "channel", "Choose how it was told", &typed).await;
    };
    // The text never comes in from a page: the approved one is told, or none.
    let text = notice(channel, &value.language).map(|one| one.text()).unwrap_or_default();
    let command = Command::GiveNotice { channel, language: value.language, text };
    step(found, command, "channel", &typed).await
}

/// Why no answer can be given safely.
#[derive(Deserialize)]
pub(crate) struct Withheld {
    #[serde(default)]
    withheld_reason: String,
}

pub(crate) async fn withhold(found: Found, Form { value, typed }: Form<Withheld>) -> Response {
    let command = Command::WithholdNotice { reason: value.withheld_reason };
    step(found, command, "withheld_reason", &typed).await
}

/// The internal reason.
#[derive(Deserialize)]
pub(crate) struct Closure {
    #[serde(default)]
    closing_reason: String,
    #[serde(default)]
    closing_note: String,
}

pub(crate) async fn close(found: Found, Form { value, typed }: Form<Closure>) -> Response {
    let Some(reason) = ClosureReason::of_code(&value.closing_reason) else {
        return wrong(&found, "closing_reason", "Choose why it ends", &typed).await;
    };
    let command = Command::Close { reason, note: value.closing_note };
    step(found, command, "closing_note", &typed).await
}

async fn step(mut found: Found, command: Command, field: &str, typed: &Typed) -> Response {
    let refusal = match found.give(command).await {
        Ok(()) => return found.view.panel_done(found.asked, &found.address("closing")),
        Err(Refused::Refusal(Refusal::NotFound)) => return found.view.missing(),
        Err(Refused::Refusal(refusal)) => refusal,
        Err(Refused::Fault(fault)) => return found.view.fault(&fault),
    };
    if let Err(fault) = found.renew().await {
        return found.view.fault(&fault);
    }
    wrong(&found, field, &refusal.to_string(), typed).await
}

async fn wrong(found: &Found, field: &str, why: &str, typed: &Typed) -> Response {
    if let Err(stop) = found.consulted("disclosure-closing").await {
        return stop;
    }
    let mut errors = FieldErrors::new();
    errors.add(field, why);
    let page = context! { refused => why, ..page(found) };
    found.view.panel_again(found.asked, PART, page, typed, &errors)
}
