//! The front door of evidence: what of a case can be handed on, who had it, the request and the
//! second person, and the sealed working copy. Who makes a package stands outside.

mod case;
mod custody;
mod evidence;
mod expires;
mod export;
mod exports;
mod limits;
mod lines;
mod making;
mod names;
mod order;
mod package;
mod papers;
mod passphrase;
mod said;
mod sink;
mod streams;
#[cfg(test)]
mod tests;
mod trail;

pub use case::Tape;
pub use order::{Checked, Made, Order, Packages, Papers, Part, Seal, Statement};

use ::evidence::{PERMITS, permit};
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "evidence": "evidence", "check", "custody", "exports", "now", "export", "making", "package"
);

const READ: Access = Access::Staff(permit::READ, Purpose::Investigation);
const CHECK: Access = Access::Staff(permit::CHECK, Purpose::Investigation);
const REQUEST: Access = Access::Staff(permit::REQUEST, Purpose::Investigation);
const APPROVE: Access = Access::Staff(permit::APPROVE, Purpose::Investigation);
const REFUSE: Access = Access::Staff(permit::REFUSE, Purpose::Investigation);
const PACKAGE: Access = Access::Staff(permit::PACKAGE, Purpose::Investigation);

/// What handlers of this capability share.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) packages: Arc<dyn Packages>,
    pub(crate) making: making::Making,
}

/// A handler with the means it needs.
macro_rules! with {
    ($means:expr, $handler:path, $($arg:ident),+) => {{
        let means: Means = $means.clone();
        move |$($arg),+| $handler(means.clone(), $($arg),+)
    }};
}

/// The capability, over whoever makes the packages.
pub fn capability(packages: Arc<dyn Packages>) -> Capability {
    let means = Means { packages, making: making::Making::default() };
    Capability {
        name: "evidence",
        routes: routes(&means),
        templates: Some(PAGES),
        permits: PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(streams::Streams),
                Arc::new(trail::Trail),
                Arc::new(said::Said),
                Arc::new(lines::Lines),
            ],
            deadlines: vec![Arc::new(expires::Expires)],
            ..Parts::default()
        },
        nav: vec![NavItem {
            label: "nav-evidence",
            href: "/exports",
            action: permit::READ,
            purpose: Purpose::Investigation,
            key: "e",
            order: 68,
        }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "export", to: To::Asked(incident_of) }],
            ..Keeping::default()
        },
        ..Capability::default()
    }
}

/// An export is part of its incident.
fn incident_of(engine: engine::Engine, stream: String) -> ui::kept::Owner {
    Box::pin(async move {
        let (state, _) = engine.state::<::evidence::Export>(&stream).await?;
        Ok(state.incident.map(|incident| incident.stream()))
    })
}

fn routes(means: &Means) -> Vec<Route> {
    vec![
        Route::get("/incidents/{incident}/evidence", READ, evidence::get),
        Route::post("/incidents/{incident}/evidence", REQUEST, evidence::post),
        Route::get(
            "/incidents/{incident}/evidence/check",
            CHECK,
            with!(means, evidence::check, app, view, staff, incident),
        ),
        Route::get("/incidents/{incident}/evidence/custody", READ, custody::get),
        Route::get("/exports", READ, exports::get),
        Route::get("/exports/now", READ, exports::now),
        Route::get("/exports/{export}", READ, with!(means, export::get, app, view, staff, export)),
        Route::get("/exports/{export}/making", READ, with!(means, export::making, view, export)),
        Route::post(
            "/exports/{export}/approve",
            APPROVE,
            with!(means, export::approve, app, view, staff, export),
        ),
        Route::post(
            "/exports/{export}/refuse",
            REFUSE,
            with!(means, export::refuse, app, view, staff, export, form),
        ),
        Route::get(
            "/exports/{export}/package",
            PACKAGE,
            with!(means, package::get, app, view, staff, export),
        ),
        Route::post(
            "/exports/{export}/package",
            PACKAGE,
            with!(means, package::post, app, view, staff, export, form),
        ),
    ]
}
