//! `POST /j/room`: the token for the room, once she is admitted. Asked for again after every
//! drop that the media library could not mend, for as long as the call is not finished.

use crate::guest::{self, Guest};
use crate::guest_pace::What;
use crate::{Means, invitation_list, rooms};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use call::Guest as Kind;
use serde_json::json;
use ui::App;

pub(crate) async fn post(means: Means, State(app): State<App>, guest: Guest) -> Response {
    let engine = app.engine();
    if !means.pace.allows(engine.now(), guest.invitation, What::Room) {
        return guest::too_often();
    }
    let Some((open, one)) = guest.open().filter(|(_, one)| one.lobby.admitted()) else {
        let not_yet = Json(json!({ "done": false }));
        return (StatusCode::CONFLICT, not_yet).into_response();
    };
    let Some(participant) = open.participant(guest.invitation) else {
        return guest::unknown().into_response();
    };
    if let Err(fault) = rooms::note_entering(engine, guest.call, participant).await {
        return guest::faulted(&fault);
    }
    let addressee = match invitation_list::addressee(engine, guest.invitation).await {
        Ok(addressee) => addressee,
        Err(fault) => return guest::faulted(&fault),
    };
    let name = addressee.name.unwrap_or_else(|| title(one.guest).to_owned());
    let identity = participant.to_string();
    let token = means.settings.rooms.token(guest.call, &identity, &name, engine.now());
    let url = means.settings.rooms.media_url().unwrap_or_else(|| app.place().origin.clone());
    Json(json!({ "url": url, "token": token, "identity": identity })).into_response()
}

const fn title(guest: Kind) -> &'static str {
    match guest {
        // Hers is shown to herself too, by whoever looks over her shoulder.
        Kind::Victim => "Caller",
        Kind::Interpreter => "Interpreter",
        Kind::Advocate => "Advocate",
        Kind::Supervisor => "Supervisor",
        Kind::Colleague => "Colleague",
    }
}
