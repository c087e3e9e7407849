//! A bad network to order, for journeys: `POST /demo/disturb {"call", "identity", "seconds"}`.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use room_host::{Fault, RoomHost};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use ui::App;

/// Longer than any reconnect waits.
const SECONDS_MAX: u64 = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    call: String,
    identity: String,
    seconds: u64,
}

pub(crate) fn routes(host: Arc<RoomHost>) -> Router<App> {
    let disturb = |Json(wanted): Json<Wanted>| async move {
        let span = Duration::from_secs(wanted.seconds.min(SECONDS_MAX));
        match host.disturb(&wanted.call, &wanted.identity, Fault::Blackout(span)) {
            true => StatusCode::NO_CONTENT,
            false => StatusCode::SERVICE_UNAVAILABLE,
        }
    };
    Router::new().route("/demo/disturb", post(disturb))
}
