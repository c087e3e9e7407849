//! The officers' part of the front door: their routes, read models and entries of the rail.

use crate::officer_named::Named;
use crate::{
    DISCLOSE, Means, board, officer, officer_act, officer_calls, officer_log, officer_matters,
    queue,
};
use axum::extract::State;
use engine::ReadModel;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, App, NavItem, Route, Staff, View};

const READ: Access = Access::Staff("call.read", Purpose::Response);
const ANSWER: Access = Access::Staff("call.answer", Purpose::Response);
const TAKE_PART: Access = Access::Staff("call.take_part", Purpose::Response);
const HAND_OVER: Access = Access::Staff("call.hand_over", Purpose::Response);
const FINISH: Access = Access::Staff("call.finish", Purpose::Response);
const RETURNED: Access = Access::Staff("call.offender_returned", Purpose::Response);
const BOARD: Access = Access::Staff("call.board", Purpose::Supervision);

/// Routes of the queue, the call and the board.
pub(crate) fn routes(means: &Means) -> Vec<Route> {
    let mut routes = response_routes(means);
    routes.extend(disclosure_routes(means));
    routes
}

/// The same handlers for a call in which a disclosure is made, less what leaves a trace with her
/// or a picture with us: no chat, no still, no marker, no grade; nobody is handed it.
fn disclosure_routes(means: &Means) -> Vec<Route> {
    let means = means.clone();
    let room = move |app: State<App>, view: View, staff: Staff, call: Named| {
        officer_act::room(means.clone(), app, view, staff, call)
    };
    vec![
        Route::get("/disclosures/calls/{call}", DISCLOSE, officer::get),
        Route::get("/disclosures/calls/{call}/now", DISCLOSE, officer::now),
        Route::get("/disclosures/calls/{call}/log", DISCLOSE, officer::log),
        Route::get("/disclosures/calls/{call}/state", DISCLOSE, officer::state),
        Route::post("/disclosures/calls/{call}/room", DISCLOSE, room),
        Route::post("/disclosures/calls/{call}/pick-up", DISCLOSE, officer_act::pick_up),
        Route::post("/disclosures/calls/{call}/first-frame", DISCLOSE, officer_act::first_frame),
        Route::post("/disclosures/calls/{call}/ask-safety", DISCLOSE, officer_act::ask_safety),
        Route::post("/disclosures/calls/{call}/audio-only", DISCLOSE, officer_act::audio_only),
        Route::post("/disclosures/calls/{call}/admit", DISCLOSE, officer_act::admit),
        Route::post(
            "/disclosures/calls/{call}/offender-returned",
            DISCLOSE,
            officer_act::offender_returned,
        ),
        Route::post("/disclosures/calls/{call}/take-over", DISCLOSE, officer_act::take_over),
        Route::post("/disclosures/calls/{call}/finish", DISCLOSE, officer_act::finish),
    ]
}

fn response_routes(means: &Means) -> Vec<Route> {
    let means = means.clone();
    let room = move |app: State<App>, view: View, staff: Staff, call: Named| {
        officer_act::room(means.clone(), app, view, staff, call)
    };
    vec![
        Route::get("/queue", ANSWER, queue::get),
        Route::get("/board", BOARD, board::get),
        Route::get("/calls/{call}", READ, officer::get),
        Route::get("/calls/{call}/now", READ, officer::now),
        Route::get("/calls/{call}/grade", READ, officer::grade),
        Route::get("/calls/{call}/log", READ, officer::log),
        Route::get("/calls/{call}/state", READ, officer::state),
        Route::post("/calls/{call}/room", TAKE_PART, room),
        Route::post("/calls/{call}/pick-up", ANSWER, officer_act::pick_up),
        Route::post("/calls/{call}/first-frame", TAKE_PART, officer_act::first_frame),
        Route::post("/calls/{call}/say", TAKE_PART, officer_act::say),
        Route::post("/calls/{call}/marker", TAKE_PART, officer_act::marker),
        Route::post("/calls/{call}/still", TAKE_PART, officer_act::still),
        Route::post("/calls/{call}/ask-safety", TAKE_PART, officer_act::ask_safety),
        Route::post("/calls/{call}/audio-only", TAKE_PART, officer_act::audio_only),
        Route::post("/calls/{call}/admit", TAKE_PART, officer_act::admit),
        Route::post("/calls/{call}/offender-returned", RETURNED, officer_act::offender_returned),
        Route::post("/calls/{call}/hand-over", HAND_OVER, officer_act::hand_over),
        Route::post("/calls/{call}/finish", FINISH, officer_act::finish),
    ]
}

/// Read models of the queue, the board and the call's log.
pub(crate) fn models() -> Vec<Arc<dyn ReadModel>> {
    vec![
        Arc::new(officer_calls::OfficerCalls),
        Arc::new(officer_log::OfficerLog),
        Arc::new(officer_matters::OfficerMatters),
    ]
}

/// The queue for whoever answers, the board for whoever watches over them.
pub(crate) fn nav() -> Vec<NavItem> {
    vec![
        NavItem {
            label: "officer-nav-queue",
            href: "/queue",
            action: "call.answer",
            purpose: Purpose::Response,
            key: "q",
            order: 10,
        },
        NavItem {
            label: "officer-nav-board",
            href: "/board",
            action: "call.board",
            purpose: Purpose::Supervision,
            key: "b",
            order: 20,
        },
    ]
}
