//! Each step of a telling, one handler a step. The rules keep the order; nothing is done here
//! that they refuse.

use crate::call::list;
use crate::telling::found::Found;
use crate::telling::shown::known;
use crate::telling::{again, wrong};
use ::disclosure::{Channel, Command, Interruption, Refusal};
use axum::response::Response;
use engine::Refused;
use serde::Deserialize;
use ui::{Form, Typed};

/// Does a step and shows what is next; a refusal shows the rule at the field.
async fn step(found: Found, command: Command, field: &str, typed: &Typed) -> Response {
    match found.give(command).await {
        Ok(()) => found.view.panel_done(found.asked, &found.address("telling")),
        Err(refused) => again(found, refused, field, typed).await,
    }
}

/// How she is told, and who else is there.
#[derive(Deserialize)]
pub(crate) struct Begin {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    present: String,
}

pub(crate) async fn begin(found: Found, Form { value, typed }: Form<Begin>) -> Response {
    let Some(channel) = Channel::of_code(&value.channel) else {
        return wrong(&found, "channel", "Choose how you tell her", &typed).await;
    };
    let call = match channel {
        Channel::Video => match list::open(found.engine(), found.id).await {
            Ok(call) => call,
            Err(fault) => return found.view.fault(&fault),
        },
        Channel::InPerson | Channel::Telephone => None,
    };
    let command = Command::StartTelling { channel, call, present: value.present };
    step(found, command, "channel", &typed).await
}

/// How it was shown that it is she.
#[derive(Deserialize)]
pub(crate) struct Identity {
    #[serde(default)]
    how: String,
}

pub(crate) async fn identity(found: Found, Form { value, typed }: Form<Identity>) -> Response {
    step(found, Command::ConfirmIdentity { how: value.how }, "how", &typed).await
}

/// What she says of her safety.
#[derive(Deserialize)]
pub(crate) struct Safety {
    #[serde(default)]
    answer: String,
}

pub(crate) async fn safety(found: Found, Form { value, typed }: Form<Safety>) -> Response {
    let (safe, alone) = match value.answer.as_str() {
        "safe_and_alone" => (true, true),
        "not_alone" => (true, false),
        "not_safe" => (false, false),
        _ => return wrong(&found, "answer", "Say what she answered", &typed).await,
    };
    step(found, Command::AnswerSafety { safe, alone }, "answer", &typed).await
}

/// A line that was read out.
#[derive(Deserialize)]
pub(crate) struct Read {
    #[serde(default)]
    line: String,
    #[serde(default)]
    script: u32,
}

pub(crate) async fn line(found: Found, Form { value, typed }: Form<Read>) -> Response {
    let command = Command::ReadLine { script_version: value.script, line: value.line };
    step(found, command, "line", &typed).await
}

/// Given or refused, in her words.
#[derive(Deserialize)]
pub(crate) struct Undertaking {
    #[serde(default)]
    given: String,
    #[serde(default)]
    undertaking_words: String,
}

pub(crate) async fn undertaking(
    found: Found,
    Form { value, typed }: Form<Undertaking>,
) -> Response {
    let Some(given) = yes_or_no(&value.given) else {
        return wrong(&found, "undertaking_words", "Say whether she gives it", &typed).await;
    };
    let command = Command::AnswerUndertaking { given, words: value.undertaking_words };
    step(found, command, "undertaking_words", &typed).await
}

fn yes_or_no(answer: &str) -> Option<bool> {
    match answer {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// To tell her all the same, or not.
#[derive(Deserialize)]
pub(crate) struct Reconsider {
    #[serde(default)]
    tell: String,
    #[serde(default)]
    reconsider_reason: String,
}

pub(crate) async fn reconsider(found: Found, Form { value, typed }: Form<Reconsider>) -> Response {
    let Some(tell) = yes_or_no(&value.tell) else {
        return wrong(&found, "tell", "Say what you propose", &typed).await;
    };
    let command = Command::ProposeReconsideration { tell, reason: value.reconsider_reason };
    step(found, command, "reconsider_reason", &typed).await
}

pub(crate) async fn reconsidered(
    found: Found,
    Form { value, typed }: Form<Reconsider>,
) -> Response {
    let Some(tell) = yes_or_no(&value.tell) else {
        return wrong(&found, "tell", "Say what you agree to", &typed).await;
    };
    step(found, Command::ApproveReconsideration { tell }, "tell", &typed).await
}

/// Which words: those of this version were on the screen.
#[derive(Deserialize)]
pub(crate) struct Told {
    #[serde(default)]
    version: u32,
}

pub(crate) async fn told(found: Found, Form { value, typed }: Form<Told>) -> Response {
    // The words never come in from a page: those approved now are told, if their version is the
    // one that was read out.
    let words = known(found.case().approved_words()).unwrap_or_default().to_owned();
    step(found, Command::TellWords { version: value.version, words }, "version", &typed).await
}

/// What she says to them.
#[derive(Deserialize)]
pub(crate) struct Acknowledged {
    #[serde(default)]
    acknowledged_words: String,
}

pub(crate) async fn acknowledged(
    found: Found,
    Form { value, typed }: Form<Acknowledged>,
) -> Response {
    let command = Command::Acknowledge { words: value.acknowledged_words };
    step(found, command, "acknowledged_words", &typed).await
}

/// What was agreed for her safety.
#[derive(Deserialize)]
pub(crate) struct Plan {
    #[serde(default)]
    plan: String,
}

pub(crate) async fn plan(found: Found, Form { value, typed }: Form<Plan>) -> Response {
    step(found, Command::MakeSafetyPlan { plan: value.plan }, "plan", &typed).await
}

/// Which service, and what she says.
#[derive(Deserialize)]
pub(crate) struct Specialist {
    #[serde(default)]
    accepted: String,
    #[serde(default)]
    specialist_words: String,
}

pub(crate) async fn specialist(found: Found, Form { value, typed }: Form<Specialist>) -> Response {
    let Some(accepted) = yes_or_no(&value.accepted) else {
        return wrong(&found, "accepted", "Say whether she accepts", &typed).await;
    };
    let command = Command::ReferToSpecialist { accepted, words: value.specialist_words };
    step(found, command, "specialist_words", &typed).await
}

/// Why it stops here.
#[derive(Deserialize)]
pub(crate) struct Interrupted {
    #[serde(default)]
    cause: String,
}

pub(crate) async fn interrupted(
    found: Found,
    Form { value, typed }: Form<Interrupted>,
) -> Response {
    let Some(cause) = Interruption::of_code(&value.cause) else {
        return wrong(&found, "cause", "Say why it stops", &typed).await;
    };
    step(found, Command::InterruptTelling { cause }, "cause", &typed).await
}

pub(crate) async fn finished(found: Found) -> Response {
    match found.give(Command::FinishTelling).await {
        Ok(()) => found.view.panel_done(found.asked, &found.address("telling")),
        Err(Refused::Refusal(Refusal::NotFound)) => found.view.missing(),
        Err(refused) => again(found, refused, "finished", &Typed::default()).await,
    }
}
