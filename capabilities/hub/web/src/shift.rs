//! A responder comes on, rests, comes back and goes off: a fragment of the officer's pages.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use hub::{Command, Duty, Hub};
use minijinja::context;
use ui::{App, Staff, View};

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    let state = match app.engine().state::<Hub>(hub::STREAM).await {
        Ok((state, _)) => state,
        Err(fault) => return view.fault(&fault),
    };
    let mine = state.responders.get(&staff.who.id);
    let duty = mine.map(|one| match one.duty {
        Duty::Free => "free",
        Duty::Busy { .. } => "busy",
        Duty::OnBreak => "break",
    });
    view.page(
        "hub/shift.html",
        context! {
            duty => duty,
            since => mine.map(|one| one.since.0),
            open => state.open(app.engine().now()),
        },
    )
}

pub(crate) async fn start(app: State<App>, view: View, staff: Staff) -> Response {
    let command = Command::StartShift { staff: staff.who.id, name: staff.who.name.clone() };
    plain(app, view, staff, command).await
}

pub(crate) async fn end(app: State<App>, view: View, staff: Staff) -> Response {
    let command = Command::EndShift { staff: staff.who.id };
    plain(app, view, staff, command).await
}

pub(crate) async fn rest(app: State<App>, view: View, staff: Staff) -> Response {
    let command = Command::StartBreak { staff: staff.who.id };
    plain(app, view, staff, command).await
}

pub(crate) async fn back(app: State<App>, view: View, staff: Staff) -> Response {
    let command = Command::EndBreak { staff: staff.who.id };
    plain(app, view, staff, command).await
}

async fn plain(State(app): State<App>, view: View, staff: Staff, command: Command) -> Response {
    match app.engine().execute::<Hub>(hub::STREAM, command, &staff.caller, None).await {
        Ok(_) => Redirect::to("/queue").into_response(),
        Err(refused) => view.refused(&refused),
    }
}
