//! The front door of the hub: its board, its hours, who is on shift, and whether a video
//! response can be offered now.

mod availability;
mod board;
mod busy;
mod hours;
mod shift;
mod waiting;

#[cfg(test)]
mod tests;

pub use availability::availability;

use engine::Parts;
use hub::permit;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};
use utoipa::OpenApi as _;

const PAGES: ui::PageTemplates =
    ui::page_templates!("hub": "board", "board-part", "hours", "shift", "availability");

const BOARD: Access = Access::Staff(permit::BOARD, Purpose::Supervision);
const AVAILABILITY: Access = Access::Staff(permit::AVAILABILITY, Purpose::Response);
const SHIFT: Access = Access::Staff(permit::SHIFT, Purpose::Response);
const OPEN: Access = Access::Staff(permit::OPEN, Purpose::Supervision);
const HOURS: Access = Access::Staff(permit::HOURS, Purpose::Administration);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "hub",
        routes: vec![
            Route::get("/hub", BOARD, board::get),
            Route::get("/hub/part", BOARD, board::part),
            Route::post("/hub/open", OPEN, board::open),
            Route::post("/hub/close", OPEN, board::close),
            Route::post("/hub/resume", OPEN, board::resume),
            Route::get("/hub/hours", HOURS, hours::get),
            Route::post("/hub/hours", HOURS, hours::post),
            Route::get("/hub/shift", SHIFT, shift::get),
            Route::post("/hub/shift/start", SHIFT, shift::start),
            Route::post("/hub/shift/end", SHIFT, shift::end),
            Route::post("/hub/shift/rest", SHIFT, shift::rest),
            Route::post("/hub/shift/back", SHIFT, shift::back),
            Route::get("/hub/availability", AVAILABILITY, availability::get),
            Route::get(
                "/api/v1/hub/availability",
                Access::Client(permit::AVAILABILITY),
                availability::api,
            ),
        ],
        api: Some(availability::Api::openapi()),
        templates: Some(PAGES),
        permits: permit::PERMITS,
        parts: Parts {
            models: vec![Arc::new(waiting::Calls)],
            reactions: vec![Arc::new(busy::Busy)],
            ..Parts::default()
        },
        nav: vec![
            NavItem {
                label: "nav-hub",
                href: "/hub",
                action: permit::BOARD,
                purpose: Purpose::Supervision,
                key: "h",
                order: 30,
            },
            NavItem {
                label: "nav-hours",
                href: "/hub/hours",
                action: permit::HOURS,
                purpose: Purpose::Administration,
                key: "o",
                order: 70,
            },
        ],
        ..Capability::default()
    }
}
