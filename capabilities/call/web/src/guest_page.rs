//! `GET /j` and `GET /j/safety`: pages that are the same for everyone and do nothing; and
//! `/j/exit`, which leaves by our own host so that the session is gone before the next page.

use crate::guest::{self, Guest};
use axum::extract::State;
use axum::http::header::{HeaderName, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use call::{Command, Standing};
use minijinja::context;
use ui::{App, Locale, View};

/// Her one page, with every step in it.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    view.for_call().page("call/guest.html", page(&app))
}

/// How to leave this page and what stays behind.
pub(crate) async fn safety(State(app): State<App>, view: View) -> Response {
    view.page("call/guest-safety.html", page(&app))
}

fn page(app: &App) -> minijinja::Value {
    let languages: Vec<_> = Locale::ALL
        .into_iter()
        .map(|one| context! { tag => one.tag(), name => one.own_name(), dir => one.direction() })
        .collect();
    context! { place => ui::furniture::place(app), languages => languages }
}

/// Leaves: cookies taken back, the record told, and on to the harmless place.
pub(crate) async fn exit(State(app): State<App>, headers: HeaderMap) -> Response {
    note_left(&app, &headers).await;
    let onward = Redirect::to(&app.place().exit_to);
    left(onward.into_response())
}

/// The same for a beacon, which follows no redirect.
pub(crate) async fn exit_silently(State(app): State<App>, headers: HeaderMap) -> Response {
    note_left(&app, &headers).await;
    left(StatusCode::NO_CONTENT.into_response())
}

async fn note_left(app: &App, headers: &HeaderMap) {
    // Leaving never fails and never waits for what can be mended later.
    let Ok(Some(guest)) = Guest::find(app.engine(), headers).await else { return };
    // A device that waits is nobody yet: its leaving must not take her out of her call.
    if guest.standing != Standing::Bound {
        return;
    }
    let leave = Command::LeaveByExit { invitation: guest.invitation };
    if let Err(engine::Refused::Fault(fault)) = guest.ask(app.engine(), leave).await {
        ui::problem::log(&fault);
    }
}

/// Not `"cache"`: clearing it can hold the next page up for seconds, and nothing of hers is in
/// it, because only assets with neutral names are kept.
const CLEARED: HeaderValue = HeaderValue::from_static("\"cookies\", \"storage\"");

fn left(response: Response) -> Response {
    let [session, language] = guest::no_cookies();
    let cookies = AppendHeaders([(SET_COOKIE, session), (SET_COOKIE, language)]);
    let mut response = (cookies, response).into_response();
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), CLEARED);
    response
}
