//! The front door of perpetrators: the list for proactive teams, by counts alone, and one plan a
//! person. Nothing here knows of the disclosure scheme.

mod act;
mod api;
mod bar;
mod due;
mod index;
mod limits;
mod perpetrator;
mod perpetrators;
mod promises;
mod settings;
mod standing;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::perpetrator::permit;
use engine::Parts;
use kernel::Purpose::OffenderManagement;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Bar, Capability, NavItem, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("perpetrator": "perpetrators", "perpetrator", "plan", "harm");
const BOARD: Access = Access::Staff(permit::BOARD, OffenderManagement);
const READ: Access = Access::Staff(permit::READ, OffenderManagement);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let mut routes = pages(&settings);
    routes.append(&mut act::routes(&settings));
    routes.append(&mut api::routes(&settings));
    Capability {
        name: "perpetrator",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::perpetrator::PERMITS,
        parts: Parts {
            models: vec![Arc::new(index::Index)],
            deadlines: vec![Arc::new(due::Due(settings.policy))],
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        bars: vec![Bar { before: person::permit::WORK, why: bar::against_merging }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "perpetrator", to: To::Same("person") }],
            ..Keeping::default()
        },
        nav: vec![NavItem {
            label: "nav-perpetrators",
            href: "/perpetrators",
            action: permit::BOARD,
            purpose: OffenderManagement,
            key: "a",
            order: 34,
        }],
        ..Default::default()
    }
}

fn pages(settings: &Settings) -> Vec<Route> {
    let (list, file, one) = (settings.clone(), settings.clone(), settings.clone());
    vec![
        Route::get("/perpetrators", BOARD, move |app, view, staff, query| {
            perpetrators::get(list.clone(), app, view, staff, query)
        }),
        Route::get("/perpetrators.csv", BOARD, move |app, view, staff, query| {
            perpetrators::csv(file.clone(), app, view, staff, query)
        }),
        Route::get("/perpetrators/{perpetrator}", READ, move |app, view, staff, path| {
            perpetrator::get(one.clone(), app, view, staff, path)
        }),
    ]
}
