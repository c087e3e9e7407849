//! The front door of safeguarding: a panel beside the call, the board of schools that must hear
//! before the bell, and the same for the force's own systems.

mod api;
mod board;
mod children;
mod contact;
mod due;
mod known;
mod limits;
mod markers;
mod notice_list;
mod promises;
mod reaction;
mod safeguarding;
mod settings;
mod updates;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::safeguarding::{Schools, permit};
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, NavItem, Panel, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("safeguarding": "safeguarding", "owed", "known", "board", "now");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const WRITE: Access = Access::Staff(permit::WRITE, Purpose::Response);
const BOARD: Access = Access::Staff(permit::BOARD, Purpose::Safeguarding);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let Settings { schools } = settings;
    let mut routes = panel(&schools);
    let board = schools.clone();
    routes.push(Route::get("/safeguarding", BOARD, move |app, view, staff, headers| {
        board::get(board.clone(), app, view, staff, headers)
    }));
    routes.append(&mut api::routes(&schools));
    Capability {
        name: "safeguarding",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::safeguarding::PERMITS,
        parts: Parts {
            models: vec![Arc::new(notice_list::List), Arc::new(known::Known)],
            reactions: vec![Arc::new(reaction::WhenRecorded(schools.jurisdiction))],
            deadlines: vec![Arc::new(due::Clocks)],
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        panels: vec![Panel {
            noun: "safeguarding",
            title: "safeguarding-title",
            key: "f",
            order: 30,
        }],
        nav: vec![NavItem {
            label: "nav-safeguarding",
            href: "/safeguarding",
            action: permit::BOARD,
            purpose: Purpose::Safeguarding,
            key: "s",
            order: 31,
        }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "safeguarding", to: To::Same("incident") }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

/// A route whose handler is handed the force's list first.
macro_rules! with {
    ($schools:ident, $handler:path, $($argument:ident),+) => {{
        let schools = $schools.clone();
        move |$($argument),+| $handler(schools.clone(), $($argument),+)
    }};
}

fn panel(schools: &Arc<Schools>) -> Vec<Route> {
    let mut routes = plan(schools);
    routes.extend(later(schools));
    routes
}

/// Markers, what she is owed to hear, and who rings.
fn later(schools: &Arc<Schools>) -> Vec<Route> {
    vec![
        Route::post("/safeguarding/known", READ, known::post),
        Route::post(
            "/incidents/{incident}/safeguarding/markers",
            WRITE,
            with!(schools, markers::set, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/markers/kept",
            WRITE,
            with!(schools, markers::kept, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/markers/ended",
            WRITE,
            with!(schools, markers::ended, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/heard",
            WRITE,
            with!(schools, updates::heard, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/tried",
            WRITE,
            with!(schools, updates::tried, app, view, staff, asked, incident, form),
        ),
    ]
}

fn plan(schools: &Arc<Schools>) -> Vec<Route> {
    vec![
        Route::get(
            "/incidents/{incident}/safeguarding",
            READ,
            with!(schools, safeguarding::get, app, view, staff, asked, incident),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding",
            WRITE,
            with!(schools, safeguarding::post, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/actions",
            WRITE,
            with!(schools, safeguarding::set, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/done",
            WRITE,
            with!(schools, safeguarding::done, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/dropped",
            WRITE,
            with!(schools, safeguarding::dropped, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/contact",
            WRITE,
            with!(schools, contact::post, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/children",
            WRITE,
            with!(schools, children::record, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/told",
            WRITE,
            with!(schools, children::told, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/acknowledged",
            WRITE,
            with!(schools, children::acknowledged, app, view, staff, asked, incident, form),
        ),
        Route::post(
            "/incidents/{incident}/safeguarding/withdrawn",
            WRITE,
            with!(schools, children::withdrawn, app, view, staff, asked, incident, form),
        ),
    ]
}
