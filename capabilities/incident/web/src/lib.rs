//! The front door of the control room: the board, the report, one incident from its grade to
//! its close, the same for the force's own systems, and what they are told.

mod api;
mod availability;
mod board;
mod figures;
mod grade;
mod history;
mod home;
mod incident;
mod incidents;
mod limits;
mod new;
mod offer;
mod patrol;
mod promises;
mod reaction;
mod record;
mod screening;
mod settings;
mod story;
mod target;
mod webhook;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::incident::permit;
use kernel::Purpose::Response;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "incident": "incidents", "board", "figures", "new", "history", "incident", "now", "step",
    "side", "facts"
);

const REPORT: Access = Access::Staff(permit::REPORT, Response);
const BOARD: Access = Access::Staff(permit::BOARD, Response);
const READ: Access = Access::Staff(permit::READ, Response);
const HISTORY: Access = Access::Staff(permit::HISTORY, Response);
const GRADE: Access = Access::Staff(permit::GRADE, Response);
const SCREEN: Access = Access::Staff(permit::SCREEN, Response);
const OFFER: Access = Access::Staff(permit::OFFER, Response);
const PATROL: Access = Access::Staff(permit::PATROL, Response);
const NOTE: Access = Access::Staff(permit::NOTE, Response);
const CLOSE: Access = Access::Staff(permit::CLOSE, Response);
const FIGURES: Access = Access::Staff(permit::FIGURES, Response);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let mut routes = pages(&settings);
    routes.append(&mut api::routes(&settings));
    let works = webhook::works(settings.webhooks);
    Capability {
        name: "incident",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: permit::PERMITS,
        parts: engine::Parts {
            models: vec![
                Arc::new(board::Board),
                Arc::new(story::Story),
                Arc::new(history::History),
                Arc::new(figures::Figures),
            ],
            reactions: vec![
                Arc::new(reaction::WhenDanger(settings.grades)),
                Arc::new(reaction::WhenCallFinished),
            ],
            deadlines: vec![Arc::new(target::Targets)],
            works,
            promises: vec![Arc::new(promises::Owed)],
            ..Default::default()
        },
        nav: vec![NavItem {
            label: "nav-incidents",
            href: "/incidents",
            action: permit::BOARD,
            purpose: Response,
            key: "i",
            order: 10,
        }],
        ..Default::default()
    }
}

fn pages(settings: &Settings) -> Vec<Route> {
    let table = settings.grades;
    vec![
        Route::get("/", Access::SignedIn, home::get),
        Route::get("/incidents", BOARD, incidents::get),
        Route::get("/incidents/figures", FIGURES, figures::get),
        Route::get("/incidents/new", REPORT, new::get),
        Route::post("/incidents/new", REPORT, new::post),
        Route::post("/incidents/history", HISTORY, history::post),
        Route::get("/incidents/{incident}", READ, incident::get),
        Route::get("/incidents/{incident}/now", READ, incident::now),
        Route::post("/incidents/{incident}/grade", GRADE, move |app, view, staff, path, form| {
            grade::post(table, app, view, staff, path, form)
        }),
        Route::post("/incidents/{incident}/regrade", GRADE, move |app, view, staff, path, form| {
            grade::regrade(table, app, view, staff, path, form)
        }),
        Route::post("/incidents/{incident}/screening", SCREEN, screening::post),
        Route::post("/incidents/{incident}/screening/conclude", SCREEN, screening::conclude),
        Route::post("/incidents/{incident}/screening/again", SCREEN, screening::again),
        Route::post("/incidents/{incident}/offer", OFFER, offer::post),
        Route::post("/incidents/{incident}/offer/accept", OFFER, offer::accept),
        Route::post("/incidents/{incident}/offer/decline", OFFER, offer::decline),
        Route::post("/incidents/{incident}/offer/lose", OFFER, offer::lose),
        Route::post("/incidents/{incident}/offer/take-back", OFFER, offer::take_back),
        Route::post("/incidents/{incident}/offer/clear-line", OFFER, offer::clear_line),
        Route::post("/incidents/{incident}/patrol", PATROL, patrol::post),
        Route::post("/incidents/{incident}/patrol/attended", PATROL, patrol::attended),
        Route::post("/incidents/{incident}/in-person", PATROL, patrol::in_person),
        Route::post("/incidents/{incident}/notes", NOTE, record::note),
        Route::post("/incidents/{incident}/call-backs", NOTE, record::call_back),
        Route::post("/incidents/{incident}/close", CLOSE, record::close),
        Route::post("/incidents/{incident}/reopen", CLOSE, record::reopen),
    ]
}
