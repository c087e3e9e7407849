//! The front door of people: who is found, one person across incidents, which records are of one
//! person, and which incidents are sealed. It never leads to another capability's pages.

mod answer;
mod api;
mod find;
mod index;
mod kept;
mod limits;
mod marks;
mod merge;
mod people;
mod person;
mod promises;
mod reaction;
mod record;
mod said;
mod seal;
mod sealed;
mod settings;
mod standing;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::person::{Policy, permit};
use engine::Parts;
use kernel::Purpose::{Safeguarding, Supervision};
use std::sync::Arc;
use ui::kept::{Keeping, KeptFrom};
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("person": "find", "person", "merge", "people", "sealed", "seal");
const FIND: Access = Access::Staff(permit::FIND, Safeguarding);
const READ: Access = Access::Staff(permit::READ, Safeguarding);
const WORK: Access = Access::Staff(permit::WORK, Safeguarding);
const COLLEAGUE: Access = Access::Staff(permit::COLLEAGUE, Safeguarding);
const SEAL: Access = Access::Staff(permit::SEAL, Supervision);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let policy = settings.policy;
    let mut routes = records(policy);
    routes.append(&mut seals(policy));
    routes.append(&mut api::routes(policy));
    Capability {
        name: "person",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::person::PERMITS,
        parts: Parts {
            models: vec![Arc::new(index::Index), Arc::new(marks::Marks)],
            reactions: vec![
                Arc::new(reaction::WhenSeen),
                Arc::new(reaction::WhenMerged),
                Arc::new(reaction::WhenParted),
            ],
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        keeping: Keeping {
            kept_from: vec![
                KeptFrom { noun: "incident", whom: kept::incident },
                KeptFrom { noun: "person", whom: kept::person },
            ],
            hides: vec![kept::hidden],
            ..Keeping::default()
        },
        nav: vec![
            NavItem {
                label: "nav-people",
                href: "/people",
                action: permit::FIND,
                purpose: Safeguarding,
                key: "u",
                order: 15,
            },
            NavItem {
                label: "nav-sealed",
                href: "/sealed",
                action: permit::SEAL,
                purpose: Supervision,
                key: "x",
                order: 69,
            },
        ],
        ..Default::default()
    }
}

/// A route whose handler is handed the force's numbers first.
macro_rules! with {
    ($policy:ident, $handler:path, $($argument:ident),+) => {
        move |$($argument),+| $handler($policy, $($argument),+)
    };
}

fn records(policy: Policy) -> Vec<Route> {
    vec![
        Route::get("/people", FIND, with!(policy, find::get, app, view, staff)),
        Route::post("/people", FIND, with!(policy, find::post, app, view, staff, form)),
        Route::get("/people/{person}", READ, with!(policy, person::get, app, view, staff, person)),
        Route::post(
            "/people/{person}",
            WORK,
            with!(policy, person::post, app, view, staff, person, form),
        ),
        Route::post(
            "/people/{person}/role",
            WORK,
            with!(policy, person::role, app, view, staff, person, form),
        ),
        Route::post(
            "/people/{person}/parted",
            WORK,
            with!(policy, person::parted, app, view, staff, person, form),
        ),
        Route::post(
            "/people/{person}/colleague",
            COLLEAGUE,
            with!(policy, person::colleague, app, view, staff, person, form),
        ),
        Route::post(
            "/people/{person}/colleague/none",
            COLLEAGUE,
            with!(policy, person::no_colleague, app, view, staff, person, form),
        ),
        Route::get("/people/{person}/merge/{other}", WORK, merge::get),
        Route::post("/people/{person}/merge/{other}", WORK, merge::post),
        Route::post("/people/{person}/apart/{other}", WORK, merge::apart),
        Route::post(
            "/people/{person}/released",
            WORK,
            with!(policy, person::released, app, view, staff, person, form),
        ),
        Route::get(
            "/incidents/{incident}/people",
            READ,
            with!(policy, people::get, app, view, staff, incident),
        ),
    ]
}

fn seals(policy: Policy) -> Vec<Route> {
    vec![
        Route::get("/sealed", SEAL, sealed::get),
        Route::post("/sealed", SEAL, sealed::post),
        Route::get("/sealed/{seal}", SEAL, with!(policy, seal::get, app, view, staff, seal)),
        Route::post(
            "/sealed/{seal}",
            SEAL,
            with!(policy, seal::post, app, view, staff, seal, form),
        ),
        Route::post(
            "/sealed/{seal}/admitted",
            SEAL,
            with!(policy, seal::admitted, app, view, staff, seal, form),
        ),
        Route::post(
            "/sealed/{seal}/dismissed",
            SEAL,
            with!(policy, seal::dismissed, app, view, staff, seal, form),
        ),
        Route::post(
            "/sealed/{seal}/broken",
            SEAL,
            with!(policy, seal::broken, app, view, staff, seal, form),
        ),
        Route::post(
            "/sealed/{seal}/looked-at",
            SEAL,
            with!(policy, seal::looked_at, app, view, staff, seal, form),
        ),
        Route::post(
            "/sealed/{seal}/lifted",
            SEAL,
            with!(policy, seal::lifted, app, view, staff, seal, form),
        ),
    ]
}
