//! Who asks, whether they may, and the trail that it leaves. Every route passes here; what is
//! not permitted looks exactly like what does not exist.

use crate::app::App;
use crate::view::{Common, View};
use async_trait::async_trait;
use axum::RequestExt;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Caller, Engine, Fault};
use kernel::id::StaffId;
use kernel::{Actor, Purpose, Role};
use std::fmt;

/// The session cookie of staff.
pub const COOKIE_NAME: &str = "__Host-staff";

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone: sign-in, health, a neutral page.
    Public,
    /// Whoever came through her own link; the handler asks which.
    Guest,
    /// Anyone on the staff who is signed in.
    SignedIn,
    /// Staff whose role may do this for this purpose.
    Staff(&'static str, Purpose),
    /// The force's own systems, by API key.
    Client(&'static str),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => write!(f, "public"),
            Self::Guest => write!(f, "guest"),
            Self::SignedIn => write!(f, "signed-in"),
            Self::Staff(action, purpose) => write!(f, "staff {action} {}", purpose.name()),
            Self::Client(action) => write!(f, "client {action}"),
        }
    }
}

/// A member of staff with a live session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub id: StaffId,
    /// The name shown to colleagues and to the person on the call.
    pub name: String,
    /// Roles now.
    pub roles: Vec<Role>,
    /// The session's own id, e.g. for signing out.
    pub session: String,
}

/// Knows sessions and API keys; the access capability is one.
#[async_trait]
pub trait Gate: Send + Sync {
    /// The session behind a cookie's value; `None` when there is none (any more).
    async fn staff(&self, engine: &Engine, cookie: &str) -> Result<Option<SignedIn>, Fault>;
    /// The name of the API client with this key.
    fn client(&self, key: &str) -> Option<String>;
}

/// Who asks, in a handler behind `Access::SignedIn` or `Access::Staff`.
#[derive(Clone)]
pub struct Staff {
    /// The session.
    pub who: SignedIn,
    /// Who asks and what for, as commands want it.
    pub caller: Caller,
    engine: Engine,
}

/// Which of the force's systems asks, in a handler behind `Access::Client`.
#[derive(Clone)]
pub struct Client {
    /// Who asks and what for, as commands want it.
    pub caller: Caller,
}

impl Staff {
    /// Notes in the journal that this person's record is looked at; only then may it be shown.
    pub async fn consulted(
        &self,
        view: &View,
        subject: &str,
        page: &'static str,
    ) -> Result<(), Response> {
        let noted = self.engine.consulted(&self.caller, subject, page).await;
        noted.map_err(|fault| view.fault(&fault))
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::NOT_FOUND)
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::NOT_FOUND)
    }
}

/// The guard of one route.
pub async fn check(
    State((app, access)): State<(App, Access)>,
    view: View,
    mut request: Request,
    next: Next,
) -> Response {
    let admitted = match access {
        Access::Public | Access::Guest => Ok(()),
        Access::SignedIn => admit_staff(&app, &view, None, &mut request).await,
        Access::Staff(action, purpose) => {
            admit_staff(&app, &view, Some((action, purpose)), &mut request).await
        }
        Access::Client(action) => admit_client(&app, action, &mut request),
    };
    match admitted {
        Ok(()) => next.run(request).await,
        Err(refused) => refused,
    }
}

async fn admit_staff(
    app: &App,
    view: &View,
    asked: Option<(&'static str, Purpose)>,
    request: &mut Request,
) -> Result<(), Response> {
    let cookie = cookie(request.headers(), COOKIE_NAME);
    let found = match cookie {
        Some(cookie) => app.gate().staff(app.engine(), &cookie).await,
        None => Ok(None),
    };
    let who = found.map_err(|fault| view.fault(&fault))?;
    let who = who.ok_or_else(|| sign_in_first(request))?;
    let actor = Actor::Staff { id: who.id, roles: who.roles.clone() };
    let purpose = match asked {
        Some((action, purpose)) if app.may(&actor, action, purpose) => purpose,
        Some(_) => return Err(view.missing()),
        None => Purpose::Administration,
    };
    let common = crate::furniture::common(app, &who, &actor, request.uri().path());
    request.extensions_mut().insert(Common(common));
    let caller = Caller { actor, purpose };
    let id = who.id;
    request.extensions_mut().insert(Staff { who, caller, engine: app.engine().clone() });
    knows(app, id, request).await
}

/// From whom a stream is kept that the address names is answered as if there were none. An
/// address names a stream by its noun and id: `/arrests/{arrest}`. Which roles may know of it the
/// route says itself.
async fn knows(app: &App, staff: StaffId, request: &mut Request) -> Result<(), Response> {
    let Ok(named) = request.extract_parts::<RawPathParams>().await else { return Ok(()) };
    // The view of a handler, so that the answer is a handler's to the letter.
    let view = request.extract_parts_with_state::<View, _>(app).await;
    let view = view.map_err(IntoResponse::into_response)?;
    for (noun, id) in &named {
        let keeping = app.feed().keeping();
        let withheld = keeping.withheld(app.engine(), &format!("{noun}/{id}")).await;
        if !withheld.map_err(|fault| view.fault(&fault))?.allows(staff) {
            return Err(view.missing());
        }
    }
    Ok(())
}

fn sign_in_first(request: &Request) -> Response {
    if request.headers().contains_key("hx-request") {
        // A fragment cannot show a sign-in page: the whole page goes there.
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", "/sign-in")]).into_response();
    }
    Redirect::to("/sign-in").into_response()
}

#[expect(clippy::result_large_err, reason = "a response is the answer, made once a request")]
fn admit_client(app: &App, action: &'static str, request: &mut Request) -> Result<(), Response> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = header.and_then(|value| value.strip_prefix("Bearer "));
    let name = key.and_then(|key| app.gate().client(key));
    let refused = || crate::api::problem(StatusCode::UNAUTHORIZED, "unknown-api-key", "");
    let name = name.ok_or_else(refused)?;
    let actor = Actor::Client { name };
    if !app.may(&actor, action, Purpose::Response) {
        return Err(crate::api::problem(StatusCode::NOT_FOUND, "not-found", ""));
    }
    let caller = Caller { actor, purpose: Purpose::Response };
    request.extensions_mut().insert(Client { caller });
    Ok(())
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(have, _)| *have == name)
        .map(|(_, value)| value.to_owned())
}
