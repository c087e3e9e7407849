//! Whether a video response can be offered now: a fragment for the offer, JSON for the force's
//! own system.

use crate::waiting;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use hub::{Availability, Hub, Local};
use minijinja::context;
use serde::Serialize;
use ui::{App, View};
use utoipa::{OpenApi, ToSchema};

/// The part of the API that is the hub's.
#[derive(OpenApi)]
#[openapi(paths(api), components(schemas(Available)))]
pub(crate) struct Api;

/// Whether a video response can be offered now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Available {
    /// Whether it may be offered.
    offerable: bool,
    /// Whether the hub is open.
    open: bool,
    /// Responders free.
    free: u32,
    /// People waiting for one.
    waiting: u32,
    /// Seconds until a responder is expected to be free; absent when it may not be offered.
    wait_seconds: Option<u32>,
}

/// The hub's answer now.
pub async fn availability(engine: &Engine) -> Result<Availability, Fault> {
    let (state, _) = engine.state::<Hub>(hub::STREAM).await?;
    let (waiting, _) = waiting::waiting(engine).await?;
    Ok(state.availability(engine.now(), waiting))
}

pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    match availability(app.engine()).await {
        Ok(now) => view.page(
            "hub/availability.html",
            context! {
                offerable => now.offerable(),
                open => now.open,
                free => now.free,
                busy => now.busy,
                waiting => now.waiting,
                wait_seconds => now.wait_seconds,
                opens => now.next_opening.map(spoken),
            },
        ),
        Err(fault) => view.fault(&fault),
    }
}

/// Says whether a video response can be offered now.
#[utoipa::path(get, path = "/api/v1/hub/availability", tag = "hub",
    responses((status = 200, body = Available)))]
pub(crate) async fn api(State(app): State<App>) -> Response {
    match availability(app.engine()).await {
        Ok(now) => Json(Available {
            offerable: now.offerable(),
            open: now.open,
            free: now.free,
            waiting: now.waiting,
            wait_seconds: now.wait_seconds,
        })
        .into_response(),
        Err(fault) => ui::api::refused::<hub::Refusal>(engine::Refused::Fault(fault)),
    }
}

/// `Monday 08:00`.
pub(crate) fn spoken(local: Local) -> String {
    let day = DAYS.get(usize::from(local.weekday.saturating_sub(1))).copied().unwrap_or_default();
    format!("{day} {}", clock(local.minute))
}

/// `08:00`.
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Monday first.
pub(crate) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
