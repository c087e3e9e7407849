//! The video response put to her, and what follows: yes with somewhere to send the link, no with
//! a reason, nobody free, taken back, and the line let go once she sees the officer.

use crate::availability;
use crate::incident::act;
use crate::screening::Pressed;
use axum::extract::{Path, State};
use axum::response::Response;
use incident::route::{Contact, Decline, Loss};
use incident::{Command, OfferId};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Locale, Staff, View};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Accepting {
    offer: String,
    channel: String,
    number: String,
    email: String,
    language: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Declining {
    offer: String,
    decline: String,
    decline_note: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct TakingBack {
    take_back_reason: String,
}

/// Puts it to her, with what the hub can do now.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    let engine = app.engine();
    let hub = match availability::now(engine, None).await {
        Ok(hub) => hub,
        Err(fault) => return view.fault(&fault),
    };
    let offer = OfferId::birth(engine.now(), engine.luck16());
    let command = Command::Offer { offer, availability: availability::kept(&hub) };
    act(&app, &view, &staff, &incident, &form, Ok(command)).await
}

/// She says yes.
pub(crate) async fn accept(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Accepting>,
) -> Response {
    let command = read_acceptance(&form.value);
    act(&app, &view, &staff, &incident, &form, command).await
}

fn read_acceptance(typed: &Accepting) -> Result<Command, FieldErrors> {
    let mut errors = FieldErrors::new();
    let contact = match typed.channel.as_str() {
        "text" => {
            if names::phone(&typed.number).len() < 10 {
                errors.add("number", "Enter the number of the telephone in her hand");
            }
            Some(Contact::Text(typed.number.trim().to_owned()))
        }
        "email" => {
            if !typed.email.contains('@') {
                errors.add("email", "Enter an e-mail address that only she reads");
            }
            Some(Contact::Email(typed.email.trim().to_owned()))
        }
        "read_out" => Some(Contact::ReadOut),
        _ => {
            errors.add("channel", "Choose how the link reaches her");
            None
        }
    };
    let language = Locale::from_tag(&typed.language).unwrap_or_default().tag().to_owned();
    match (contact, typed.offer.parse::<OfferId>()) {
        (Some(contact), Ok(offer)) if !errors.any() => {
            Ok(Command::Accept { offer, contact, language })
        }
        (_, offer) => {
            if offer.is_err() {
                errors.add("next", "This offer is not open any more");
            }
            Err(errors)
        }
    }
}

/// She says no.
pub(crate) async fn decline(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Declining>,
) -> Response {
    let mut errors = FieldErrors::new();
    let reason = Decline::of(&form.value.decline);
    if reason.is_none() {
        errors.add("decline", "Choose why, as far as she said");
    }
    let note = form.value.decline_note.trim().to_owned();
    let command = match (reason, form.value.offer.parse::<OfferId>()) {
        (Some(reason), Ok(offer)) => Ok(Command::Decline { offer, reason, note }),
        _ => Err(errors),
    };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// It cannot be kept: the hub is closed, or nobody is free in time.
pub(crate) async fn lose(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    let hub = match availability::now(app.engine(), None).await {
        Ok(hub) => hub,
        Err(fault) => return view.fault(&fault),
    };
    let reason = if hub.open { Loss::NobodyFree } else { Loss::HubClosed };
    let command = Command::Lose { reason, availability: availability::kept(&hub) };
    act(&app, &view, &staff, &incident, &form, Ok(command)).await
}

/// Takes it back.
pub(crate) async fn take_back(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<TakingBack>,
) -> Response {
    let mut errors = FieldErrors::new();
    let reason =
        errors.need("take_back_reason", &form.value.take_back_reason, "Say why, in a few words");
    let command = match errors.any() {
        true => Err(errors.clone()),
        false => Ok(Command::TakeBack { reason: reason.to_owned() }),
    };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// She sees the officer; the telephone line may go.
pub(crate) async fn clear_line(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    act(&app, &view, &staff, &incident, &form, Ok(Command::ClearLine)).await
}
