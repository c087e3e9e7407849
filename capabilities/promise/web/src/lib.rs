//! The front door of promises: the board of everything that is owed, one promise with who holds
//! it, and the handover of a shift.

mod board;
mod handover;
mod holders;
mod limits;
mod one;
mod owed;
mod people;
mod rows;
mod settings;
mod signed;
mod titles;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault, Team};

use engine::Parts;
use kernel::Purpose::{Response, Supervision};
use promise::permit;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("promise": "board", "one", "handover", "record", "sheet");
const BOARD: Access = Access::Staff(permit::BOARD, Response);
const READ: Access = Access::Staff(permit::READ, Response);
const HOLD: Access = Access::Staff(permit::HOLD, Response);
const HANDOVER: Access = Access::Staff(permit::HANDOVER, Supervision);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    Capability {
        name: "promise",
        routes: routes(&Arc::new(settings)),
        templates: Some(PAGES),
        permits: promise::PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(holders::Holders),
                Arc::new(people::People),
                Arc::new(signed::Handovers),
            ],
            ..Default::default()
        },
        nav: vec![NavItem {
            label: "promise-nav",
            href: "/promises",
            action: permit::BOARD,
            purpose: Response,
            key: "p",
            order: 20,
        }],
        ..Default::default()
    }
}

/// A route whose handler is handed the settings first.
macro_rules! with {
    ($settings:ident, $handler:path, $($argument:ident),+) => {{
        let settings = $settings.clone();
        move |$($argument),+| $handler(settings.clone(), $($argument),+)
    }};
}

fn routes(settings: &Arc<Settings>) -> Vec<Route> {
    vec![
        Route::get("/promises", BOARD, with!(settings, board::get, app, view, staff, query)),
        Route::get("/promises/one", READ, with!(settings, one::get, app, view, staff, query)),
        Route::post("/promises/take", HOLD, with!(settings, board::take, app, view, staff, form)),
        Route::post("/promises/give", HOLD, with!(settings, one::give, app, view, staff, form)),
        Route::post("/promises/note", HOLD, with!(settings, one::note, app, view, staff, form)),
        Route::get(
            "/promises/handover",
            HANDOVER,
            with!(settings, handover::get, app, view, staff),
        ),
        Route::post(
            "/promises/handover",
            HANDOVER,
            with!(settings, handover::post, app, view, staff, form),
        ),
        Route::get(
            "/promises/handover/{handover}",
            HANDOVER,
            with!(settings, handover::record, app, view, staff, path),
        ),
        Route::post(
            "/promises/handover/{handover}/accepted",
            HANDOVER,
            with!(settings, handover::accepted, app, view, staff, path, form),
        ),
    ]
}
