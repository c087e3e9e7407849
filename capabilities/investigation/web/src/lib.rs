//! The front door of investigation: the account and the statement beside the call, enquiries,
//! people, exhibits and the hand-off each on a page of its own, what waits over all cases, and the
//! same for the force's own systems.

mod api;
mod api_body;
mod calls;
mod desk;
mod due;
mod enquiries;
mod exhibits;
mod files;
mod hand_off;
mod investigation;
mod investigations;
mod limits;
mod list;
mod paper;
mod parties;
mod promises;
mod reaction;
mod settings;
mod statement;
mod upload;
mod webhook;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::investigation::{Tables, permit};
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, NavItem, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "investigation": "investigation", "statement", "enquiries", "parties", "exhibits", "hand-off",
    "investigations", "waiting",
);
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const RECORD: Access = Access::Staff(permit::RECORD, Purpose::Response);
const BOARD: Access = Access::Staff(permit::BOARD, Purpose::Investigation);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let Settings { tables, webhooks, blobs } = settings;
    let mut routes = account(&tables);
    routes.append(&mut statement());
    routes.append(&mut enquiries(&tables));
    routes.append(&mut exhibits(&blobs));
    routes.append(&mut case(&tables));
    routes.append(&mut api::routes(&tables, &blobs));
    Capability {
        name: "investigation",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::investigation::PERMITS,
        parts: Parts {
            models: vec![Arc::new(calls::Calls), Arc::new(list::List(tables.clone()))],
            reactions: vec![
                Arc::new(reaction::WhenRead),
                Arc::new(reaction::WhenTakenBack),
                Arc::new(reaction::WhenHeld),
            ],
            deadlines: vec![Arc::new(due::Due(tables.clone()))],
            works: webhook::works(webhooks),
            promises: vec![Arc::new(promises::Promising(tables))],
            objects: vec![Arc::new(files::OfInvestigations(blobs))],
            ..Default::default()
        },
        panels: vec![
            Panel { noun: "investigation", title: "investigation-title", key: "a", order: 10 },
            Panel { noun: "statement", title: "statement-title", key: "d", order: 15 },
        ],
        nav: vec![NavItem {
            label: "nav-investigations",
            href: "/investigations",
            action: permit::BOARD,
            purpose: Purpose::Investigation,
            key: "n",
            order: 28,
        }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "investigation", to: To::Same("incident") }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

fn account(tables: &Arc<Tables>) -> Vec<Route> {
    let (shown, kept, crime, outcome) =
        (tables.clone(), tables.clone(), tables.clone(), tables.clone());
    vec![
        Route::get("/incidents/{incident}/investigation", READ, move |desk| {
            investigation::get(shown.clone(), desk)
        }),
        Route::post("/incidents/{incident}/investigation", RECORD, move |desk, form| {
            investigation::post(kept.clone(), desk, form)
        }),
        Route::post("/incidents/{incident}/investigation/crime", RECORD, move |desk, form| {
            investigation::crime(crime.clone(), desk, form)
        }),
        Route::post("/incidents/{incident}/investigation/outcome", RECORD, move |desk, form| {
            investigation::outcome(outcome.clone(), desk, form)
        }),
    ]
}

fn statement() -> Vec<Route> {
    vec![
        Route::get("/incidents/{incident}/statement", READ, statement::get),
        Route::post("/incidents/{incident}/statement", RECORD, statement::post),
        Route::post("/incidents/{incident}/statement/draft", RECORD, statement::draft),
        Route::post("/incidents/{incident}/statement/offered", RECORD, statement::offered),
        Route::post("/incidents/{incident}/statement/taken-back", RECORD, statement::taken_back),
        Route::post("/incidents/{incident}/statement/aloud", RECORD, statement::aloud),
    ]
}

fn enquiries(tables: &Arc<Tables>) -> Vec<Route> {
    let of = || tables.clone();
    let (shown, opened, taken, finished, dropped) = (of(), of(), of(), of(), of());
    vec![
        Route::get("/incidents/{incident}/enquiries", READ, move |desk| {
            enquiries::get(shown.clone(), desk)
        }),
        Route::post("/incidents/{incident}/enquiries", RECORD, move |desk, form| {
            enquiries::post(opened.clone(), desk, form)
        }),
        Route::post("/incidents/{incident}/enquiries/taken", RECORD, move |desk, form| {
            enquiries::taken(taken.clone(), desk, form)
        }),
        Route::post("/incidents/{incident}/enquiries/finished", RECORD, move |desk, form| {
            enquiries::finished(finished.clone(), desk, form)
        }),
        Route::post("/incidents/{incident}/enquiries/dropped", RECORD, move |desk, form| {
            enquiries::dropped(dropped.clone(), desk, form)
        }),
    ]
}

fn exhibits(blobs: &Arc<blobs::Blobs>) -> Vec<Route> {
    let (taken, opened) = (blobs.clone(), blobs.clone());
    vec![
        Route::get("/incidents/{incident}/exhibits", READ, exhibits::get),
        Route::post("/incidents/{incident}/exhibits", RECORD, move |desk, upload| {
            exhibits::post(taken.clone(), desk, upload)
        }),
        Route::post("/incidents/{incident}/exhibits/still", RECORD, exhibits::still),
        Route::post("/incidents/{incident}/exhibits/thing", RECORD, exhibits::thing),
        Route::post("/incidents/{incident}/exhibits/moved", RECORD, exhibits::moved),
        Route::post("/incidents/{incident}/exhibits/withdrawn", RECORD, exhibits::withdrawn),
        Route::get("/incidents/{incident}/exhibits/{exhibit}", READ, move |desk, path| {
            exhibits::file(opened.clone(), desk, path)
        }),
    ]
}

fn case(tables: &Arc<Tables>) -> Vec<Route> {
    let (told, printed) = (tables.clone(), tables.clone());
    vec![
        Route::get("/incidents/{incident}/parties", READ, parties::get),
        Route::post("/incidents/{incident}/parties", RECORD, parties::post),
        Route::post("/incidents/{incident}/parties/changed", RECORD, parties::changed),
        Route::post("/incidents/{incident}/parties/removed", RECORD, parties::removed),
        Route::get("/incidents/{incident}/hand-off", READ, hand_off::get),
        Route::post("/incidents/{incident}/hand-off", RECORD, move |desk, form| {
            hand_off::post(told.clone(), desk, form)
        }),
        Route::get("/incidents/{incident}/pack.pdf", READ, move |desk| {
            paper::get(printed.clone(), desk)
        }),
        Route::get("/investigations", BOARD, investigations::get),
    ]
}
