//! Who came through a link: the cookie of her device, the call behind it, and the bodies she
//! may send. Whatever is wrong with a link or a cookie, the answer is the same.

use crate::guest_pace;
use crate::{invitation_list, invitation_secret};
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use call::{Call, CallId, Command, Event, Invitation, InvitationId, Progress, Standing, State};
use engine::{Caller, Engine, Fault, Refused};
use kernel::{Actor, Purpose};
use serde::de::DeserializeOwned;
use serde_json::json;
use ui::App;

/// The cookie of a guest's device: `<invitation>.<the device's own secret>`.
pub const COOKIE_NAME: &str = "__Host-guest";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// A guest whose device holds its link.
pub(crate) struct Guest {
    pub(crate) call: CallId,
    pub(crate) invitation: InvitationId,
    pub(crate) standing: Standing,
    pub(crate) device: String,
    pub(crate) state: State,
}

impl Guest {
    /// Whoever the cookie names; `None` for a stranger, whatever the reason.
    pub(crate) async fn find(engine: &Engine, headers: &HeaderMap) -> Result<Option<Self>, Fault> {
        let Some(cookie) = ui::guard::cookie(headers, COOKIE_NAME) else { return Ok(None) };
        let Some((invitation, secret)) = cookie.split_once('.') else { return Ok(None) };
        let Ok(invitation) = invitation.parse::<InvitationId>() else { return Ok(None) };
        let Some(found) = invitation_list::by_id(engine, invitation).await? else {
            return Ok(None);
        };
        let device = invitation_secret::hash(secret);
        let (state, _) = engine.state::<Call>(&found.call.stream()).await?;
        let one = state.call().and_then(|call| call.invitations.get(&invitation));
        let standing = one.map_or(Standing::Stranger, |one| one.standing(&device));
        if standing == Standing::Stranger {
            return Ok(None);
        }
        Ok(Some(Self { call: found.call, invitation, standing, device, state }))
    }

    /// Her call while it goes on, and her link in it.
    pub(crate) fn open(&self) -> Option<(&Progress, &Invitation)> {
        let open = self.state.open()?;
        open.invitations.get(&self.invitation).map(|one| (open, one))
    }

    /// Whether she may see and hear what goes on in the room.
    pub(crate) fn admitted(&self) -> bool {
        self.open().is_some_and(|(_, one)| one.lobby.admitted())
    }

    /// Who asks, as commands want it.
    pub(crate) fn caller(&self) -> Caller {
        let actor = Actor::Guest { invitation: self.invitation.to_string() };
        Caller { actor, purpose: Purpose::Response }
    }

    /// Gives a command in her name.
    pub(crate) async fn ask(
        &self,
        engine: &Engine,
        command: Command,
    ) -> Result<Vec<Event>, Refused<call::Refusal>> {
        let (stream, caller) = (self.call.stream(), self.caller());
        let done = engine.execute::<Call>(&stream, command, &caller, None).await?;
        Ok(done.events)
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let found = Self::find(app.engine(), &parts.headers).await;
        match found.map_err(|fault| faulted(&fault))? {
            Some(guest) if guest.standing == Standing::Bound => Ok(guest),
            Some(_) | None => Err((StatusCode::FORBIDDEN, unknown()).into_response()),
        }
    }
}

/// The one answer to every link and cookie that opens nothing.
pub(crate) fn unknown() -> Json<serde_json::Value> {
    Json(json!({ "state": "unknown" }))
}

/// What became of a command: done, refused in a word, or a fault with nothing but a number.
pub(crate) fn answered<T>(done: Result<T, Refused<call::Refusal>>) -> Response {
    match done {
        Ok(_) => Json(json!({ "done": true })).into_response(),
        Err(Refused::Refusal(_)) => {
            (StatusCode::CONFLICT, Json(json!({ "done": false }))).into_response()
        }
        Err(Refused::Fault(fault)) => faulted(&fault),
    }
}

pub(crate) fn faulted(fault: &Fault) -> Response {
    let reference = ui::problem::log(fault);
    ui::api::problem(StatusCode::INTERNAL_SERVER_ERROR, "fault", &reference)
}

pub(crate) fn too_often() -> Response {
    let mut answer = ui::api::problem(StatusCode::TOO_MANY_REQUESTS, "too-often", "");
    answer.headers_mut().insert("retry-after", HeaderValue::from_static("30"));
    answer
}

/// The cookie that makes a device hers.
pub(crate) fn cookie(invitation: InvitationId, secret: &str) -> String {
    format!("{COOKIE_NAME}={invitation}.{secret}; {ATTRIBUTES}")
}

/// Takes both cookies back.
pub(crate) fn no_cookies() -> [String; 2] {
    [format!("{COOKIE_NAME}=; {ATTRIBUTES}; Max-Age=0"), language_cookie("", true)]
}

/// The cookie that remembers the language until the browser is closed.
pub(crate) fn language_cookie(tag: &str, forget: bool) -> String {
    let name = ui::locale::COOKIE_NAME;
    let end = if forget { "; Max-Age=0" } else { "" };
    format!("{name}={tag}; Path=/; Secure; SameSite=Strict{end}")
}

/// A small JSON body; what is wrong with it is never repeated.
pub(crate) struct Small<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Small<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &App) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return Err(ui::api::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", ""));
        }
        let bytes = to_bytes(request.into_body(), guest_pace::BODY_MAX).await;
        let bytes = bytes
            .map_err(|_| ui::api::problem(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", ""))?;
        let read = serde_json::from_slice(&bytes);
        read.map(Self).map_err(|_| ui::api::problem(StatusCode::BAD_REQUEST, "malformed-body", ""))
    }
}
