//! The front door of review: the queue of everything that somebody else has to look at again,
//! one review with its incident, and the samples of a week.

mod due;
mod limits;
mod parts;
mod promises;
mod queue;
mod reaction;
mod review;
mod review_list;
mod sample;
mod sample_list;
mod samples;
mod settings;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::review::permit;
use engine::Parts;
use kernel::Purpose::Supervision;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("review": "queue", "now", "review", "samples", "sample");
const BOARD: Access = Access::Staff(permit::BOARD, Supervision);
const READ: Access = Access::Staff(permit::READ, Supervision);
const WORK: Access = Access::Staff(permit::WORK, Supervision);
const TASK: Access = Access::Staff(permit::TASK, Supervision);
const SAMPLES: Access = Access::Staff(permit::SAMPLES, Supervision);
const SAMPLE: Access = Access::Staff(permit::SAMPLE, Supervision);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let policy = settings.policy;
    let mut routes = reviews(&policy);
    routes.append(&mut sampling(&policy));
    Capability {
        name: "review",
        routes,
        templates: Some(PAGES),
        permits: ::review::PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(review_list::List),
                Arc::new(parts::Had),
                Arc::new(sample_list::Pool),
                Arc::new(sample_list::List),
            ],
            reactions: vec![
                Arc::new(reaction::WhenNoCrime(policy.clone())),
                Arc::new(reaction::WhenClosed(policy.clone())),
                Arc::new(reaction::WhenMissed(policy.clone())),
                Arc::new(reaction::WhenReclassed(policy.clone())),
            ],
            deadlines: vec![Arc::new(due::Due(policy))],
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        nav: vec![
            NavItem {
                label: "nav-reviews",
                href: "/reviews",
                action: permit::BOARD,
                purpose: Supervision,
                key: "v",
                order: 32,
            },
            NavItem {
                label: "nav-samples",
                href: "/samples",
                action: permit::SAMPLES,
                purpose: Supervision,
                key: "z",
                order: 33,
            },
        ],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "review", to: To::Same("incident") }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

/// A route whose handler is handed the force's data first.
macro_rules! with {
    ($policy:ident, $handler:path, $($argument:ident),+) => {{
        let policy = $policy.clone();
        move |$($argument),+| $handler(policy.clone(), $($argument),+)
    }};
}

fn reviews(policy: &Arc<::review::Policy>) -> Vec<Route> {
    vec![
        Route::get("/reviews", BOARD, queue::get),
        Route::get("/reviews/{review}", READ, review::get),
        Route::post(
            "/reviews/{review}/take",
            WORK,
            with!(policy, review::take, app, view, staff, id),
        ),
        Route::post(
            "/reviews/{review}/put-back",
            WORK,
            with!(policy, review::put_back, app, view, staff, id, form),
        ),
        Route::post(
            "/reviews/{review}/decide",
            WORK,
            with!(policy, review::decide, app, view, staff, id, form),
        ),
        Route::post(
            "/reviews/{review}/task",
            TASK,
            with!(policy, review::task, app, view, staff, id, form),
        ),
    ]
}

fn sampling(policy: &Arc<::review::Policy>) -> Vec<Route> {
    vec![
        Route::get("/samples", SAMPLES, with!(policy, samples::get, app, view, staff)),
        Route::post("/samples/draw", SAMPLE, with!(policy, samples::draw, app, view, staff)),
        Route::get(
            "/samples/{sample}/{place}",
            SAMPLES,
            with!(policy, sample::get, app, view, staff, path),
        ),
        Route::post(
            "/samples/{sample}/{place}",
            SAMPLE,
            with!(policy, sample::post, app, view, staff, path, form),
        ),
    ]
}
