//! The same for the force's own systems: JSON in, JSON out, problems by RFC 9457. Every command
//! takes an `Idempotency-Key`: sent again with the same key it does nothing and answers the same.

mod body;
mod incidents;
mod response;
mod steps;

use crate::Settings;
use ::incident::permit;
use ui::{Access, Route};
use utoipa::OpenApi as _;

const REPORT: Access = Access::Client(permit::REPORT);
const READ: Access = Access::Client(permit::READ);
const GRADE: Access = Access::Client(permit::GRADE);
const SCREEN: Access = Access::Client(permit::SCREEN);
const OFFER: Access = Access::Client(permit::OFFER);
const PATROL: Access = Access::Client(permit::PATROL);
const CLOSE: Access = Access::Client(permit::CLOSE);

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    incidents::post,
    incidents::get,
    steps::grade,
    steps::screening,
    steps::offer,
    steps::accept,
    steps::decline,
    steps::patrol,
    steps::close,
))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(settings: &Settings) -> Vec<Route> {
    let table = settings.grades;
    vec![
        Route::post("/api/v1/incidents", REPORT, incidents::post),
        Route::get("/api/v1/incidents/{incident}", READ, incidents::get),
        Route::post(
            "/api/v1/incidents/{incident}/grade",
            GRADE,
            move |app, client, path, headers, body| {
                steps::grade(table, app, client, path, headers, body)
            },
        ),
        Route::post("/api/v1/incidents/{incident}/screening", SCREEN, steps::screening),
        Route::post("/api/v1/incidents/{incident}/offer", OFFER, steps::offer),
        Route::post("/api/v1/incidents/{incident}/offer/accept", OFFER, steps::accept),
        Route::post("/api/v1/incidents/{incident}/offer/decline", OFFER, steps::decline),
        Route::post("/api/v1/incidents/{incident}/patrol", PATROL, steps::patrol),
        Route::post("/api/v1/incidents/{incident}/close", CLOSE, steps::close),
    ]
}
