//! The demonstration: invented people who can sign in with one press, and the telephone on the
//! screen. Mounted by `sightline demo` alone; never in production.

mod clock;
mod disturb;
mod people;
mod phone;
pub(crate) mod rehearsal;

pub(crate) use clock::DemoClock;
pub(crate) use people::seed;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use minijinja::context;
use notify::screen::Screen;
use room_host::RoomHost;
use std::sync::Arc;
use ui::{App, PageTemplates, View};

/// The demonstration's pages.
pub(crate) const PAGES: PageTemplates = ui::page_templates!("demo": "start", "phone", "messages");

/// The demonstration's routes.
pub(crate) fn routes(
    screen: Arc<Screen>,
    host: Arc<RoomHost>,
    clock: Option<DemoClock>,
) -> Router<App> {
    let of_phone = phone::routes(screen);
    Router::new()
        .route("/demo", get(start))
        .route("/demo/as/{login}", get(people::play))
        .route("/demo/rehearsal", post(rehearsal::post))
        .route("/demo/rehearsal/journal", post(rehearsal::verify))
        .merge(of_phone)
        .merge(disturb::routes(host))
        .merge(clock.map(clock::routes).unwrap_or_default())
}

/// Who can be played, each in a window of its own: two members of staff need two hosts, since a
/// browser keeps one session a host.
async fn start(State(app): State<App>, view: View) -> Response {
    let origin = app.place().origin.clone();
    let other = origin.replace("127.0.0.1", "localhost");
    view.page(
        "demo/start.html",
        context! {
            here => origin,
            other => other,
            people => minijinja::value::Serde(people::PEOPLE),
            place => ui::furniture::place(&app),
        },
    )
}
