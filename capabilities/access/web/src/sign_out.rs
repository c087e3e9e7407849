//! Signing out: the session ends in the journal, and the cookie goes.

use access::{Command, Staff as Account};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use ui::{App, Staff, View};

/// Ends this session.
pub(crate) async fn post(State(app): State<App>, view: View, staff: Staff) -> Response {
    let command = Command::EndSession { session: staff.who.session.clone() };
    let stream = staff.who.id.stream();
    match app.engine().execute::<Account>(&stream, command, &staff.caller, None).await {
        Ok(_) => {
            let name = ui::guard::COOKIE_NAME;
            let gone = format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
            (AppendHeaders([(SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response()
        }
        Err(refused) => view.refused(&refused),
    }
}
