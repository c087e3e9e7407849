//! The front door of risk: the panel beside the call, the board of what waits for a second grade
//! or a new assessment, one assessment for whoever grades it again, the same for the force's own
//! systems, and what stands against closing a case in which nobody saw her.

mod api;
mod bar;
mod board;
mod due;
mod known;
mod limits;
mod pack;
mod promises;
mod reaction;
mod risk;
mod risk_list;
mod second;
mod settings;
mod showing;
mod talk;

#[cfg(test)]
mod tests;

use ::risk::permit;
use engine::Parts;
use kernel::Purpose::{Response, Supervision};
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Bar, Capability, NavItem, Panel, Route};

pub use ::risk::Instrument;
pub use ::risk::limits::PACK_BYTES_MAX;
pub use pack::{BadPack, Told, check, demonstration, read};
pub use settings::{Settings, SettingsFault};

const PAGES: ui::PageTemplates =
    ui::page_templates!("risk": "risk", "risk-flags", "grades", "board", "now", "second");
const READ: Access = Access::Staff(permit::READ, Response);
const ASSESS: Access = Access::Staff(permit::ASSESS, Response);
const BOARD: Access = Access::Staff(permit::BOARD, Supervision);
const OPEN: Access = Access::Staff(permit::OPEN, Supervision);
const SECOND: Access = Access::Staff(permit::SECOND, Supervision);
const ALLOW: Access = Access::Staff(permit::ALLOW, Supervision);

/// A route whose handler is handed the force's questions and numbers first.
macro_rules! with {
    ($settings:ident, $handler:path, $($argument:ident),+) => {{
        let settings = $settings.clone();
        move |$($argument),+| $handler(settings.clone(), $($argument),+)
    }};
}
pub(crate) use with;

/// The capability, with the force's instrument.
pub fn capability(settings: Settings) -> Capability {
    let mut routes = panel(&settings);
    routes.append(&mut pages(&settings));
    routes.append(&mut api::routes(&settings));
    Capability {
        name: "risk",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::risk::PERMITS,
        parts: Parts {
            models: vec![Arc::new(risk_list::List), Arc::new(known::People)],
            reactions: vec![
                Arc::new(reaction::WhenCallChanged(settings.clone())),
                Arc::new(reaction::WhenDangerChanged(settings.clone())),
                Arc::new(reaction::WhenReportedAgain(settings.clone())),
            ],
            deadlines: vec![Arc::new(due::Due(settings))],
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        panels: vec![Panel { noun: "risk", title: "risk-title", key: "r", order: 20 }],
        bars: vec![Bar { before: incident::permit::CLOSE, why: bar::against_closing }],
        nav: vec![NavItem {
            label: "nav-risk",
            href: "/risk",
            action: permit::BOARD,
            purpose: Supervision,
            key: "w",
            order: 31,
        }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "risk", to: To::Same("incident") }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

fn panel(settings: &Settings) -> Vec<Route> {
    vec![
        Route::get(
            "/incidents/{incident}/risk",
            READ,
            with!(settings, risk::get, app, view, staff, asked, named),
        ),
        Route::get(
            "/incidents/{incident}/risk/flags",
            READ,
            with!(settings, risk::flags, app, view, staff, named),
        ),
        Route::post(
            "/incidents/{incident}/risk",
            ASSESS,
            with!(settings, risk::post, app, view, staff, asked, named, form),
        ),
        Route::post(
            "/incidents/{incident}/risk/earshot",
            ASSESS,
            with!(settings, risk::earshot, app, view, staff, asked, named, form),
        ),
        Route::post(
            "/incidents/{incident}/risk/begin",
            ASSESS,
            with!(settings, risk::begin, app, view, staff, asked, named, form),
        ),
        Route::post(
            "/incidents/{incident}/risk/grade",
            ASSESS,
            with!(settings, risk::grade, app, view, staff, asked, named, form),
        ),
        Route::post(
            "/incidents/{incident}/risk/visit",
            ASSESS,
            with!(settings, risk::visit, app, view, staff, asked, named, form),
        ),
    ]
}

fn pages(settings: &Settings) -> Vec<Route> {
    vec![
        Route::get("/risk", BOARD, board::get),
        Route::get("/risk/{risk}", OPEN, with!(settings, second::get, app, view, staff, named)),
        Route::post(
            "/risk/{risk}/second-grade",
            SECOND,
            with!(settings, second::post, app, view, staff, named, form),
        ),
        Route::post(
            "/risk/{risk}/closing",
            ALLOW,
            with!(settings, second::closing, app, view, staff, named, form),
        ),
    ]
}
