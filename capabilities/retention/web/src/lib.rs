//! The front door of retention: what goes and when, what is held and why, what went and how that
//! is proved, and for how long each class is kept.

mod api;
mod case;
mod cases;
mod certificates;
mod clock;
mod confirm;
mod days;
mod ended;
mod ends;
mod keeping;
mod keys;
mod limits;
mod names;
mod new;
mod overdue;
mod retention;
mod review;
mod schedule;
mod subjects;

#[cfg(test)]
mod tests;

pub use certificates::{CertificateFile, Certificates, Facts, NoCertificates};
pub use schedule::apply as apply_schedule;

use ::retention::{HoldId, PERMITS, PromotionId, permit};
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "retention": "retention", "now", "new", "case", "confirm", "review", "end", "certificate",
    "schedule", "sure", "clock"
);

const READ: Access = Access::Staff(permit::READ, Purpose::Retention);
const CERTIFICATE: Access = Access::Staff(permit::CERTIFICATE, Purpose::Retention);
const SCHEDULE_READ: Access = Access::Staff(permit::SCHEDULE_READ, Purpose::Retention);
const SCHEDULE: Access = Access::Staff(permit::SCHEDULE, Purpose::Retention);
const CLOCK: Access = Access::Staff(permit::CLOCK, Purpose::Retention);
const HOLD_READ: Access = Access::Staff(permit::HOLD_READ, Purpose::Retention);
const HOLD_PROPOSE: Access = Access::Staff(permit::HOLD_PROPOSE, Purpose::Retention);
const HOLD_CONFIRM: Access = Access::Staff(permit::HOLD_CONFIRM, Purpose::Retention);
const HOLD_REVIEW: Access = Access::Staff(permit::HOLD_REVIEW, Purpose::Retention);
const PROMOTION_READ: Access = Access::Staff(permit::PROMOTION_READ, Purpose::Retention);
const PROMOTION_PROPOSE: Access = Access::Staff(permit::PROMOTION_PROPOSE, Purpose::Retention);
const PROMOTION_CONFIRM: Access = Access::Staff(permit::PROMOTION_CONFIRM, Purpose::Retention);

/// The capability, over whoever makes the certificates.
pub fn capability(certificates: Arc<dyn Certificates>) -> Capability {
    let mut routes = pages();
    routes.append(&mut certificates::routes(CERTIFICATE, &certificates));
    routes.append(&mut api::routes(&certificates));
    Capability {
        name: "retention",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(cases::Cases),
                Arc::new(ended::Ended),
                Arc::new(subjects::Subjects),
            ],
            reactions: vec![
                Arc::new(keeping::WhenPlaced),
                Arc::new(keeping::WhenEnded),
                Arc::new(keeping::WhenMade),
                Arc::new(schedule::WhenSet),
                Arc::new(clock::WhenTrusted),
            ],
            deadlines: vec![Arc::new(overdue::Reviews)],
            ..Default::default()
        },
        nav: vec![NavItem {
            label: "nav-retention",
            href: "/retention",
            action: permit::READ,
            purpose: Purpose::Retention,
            key: "k",
            order: 70,
        }],
        ..Default::default()
    }
}

fn pages() -> Vec<Route> {
    vec![
        Route::get("/retention", READ, retention::get),
        Route::get("/retention/now", READ, retention::now),
        Route::get("/retention/schedule", SCHEDULE_READ, schedule::get),
        Route::post("/retention/schedule", SCHEDULE, schedule::post),
        Route::get("/retention/clock", CLOCK, clock::get),
        Route::post("/retention/clock", CLOCK, clock::post),
        Route::get("/retention/holds/new", HOLD_PROPOSE, new::get::<HoldId>),
        Route::post("/retention/holds/new", HOLD_PROPOSE, new::post::<HoldId>),
        Route::get("/retention/holds/{hold}", HOLD_READ, case::get::<HoldId>),
        Route::get("/retention/holds/{hold}/confirm", HOLD_CONFIRM, confirm::get::<HoldId>),
        Route::post("/retention/holds/{hold}/confirm", HOLD_CONFIRM, confirm::post::<HoldId>),
        Route::post("/retention/holds/{hold}/decline", HOLD_READ, confirm::decline::<HoldId>),
        Route::post("/retention/holds/{hold}/drop", HOLD_REVIEW, confirm::drop_asked),
        Route::get("/retention/holds/{hold}/review", HOLD_REVIEW, review::get),
        Route::post("/retention/holds/{hold}/review", HOLD_REVIEW, review::post),
        Route::get("/retention/holds/{hold}/end", HOLD_REVIEW, ends::get),
        Route::post("/retention/holds/{hold}/end", HOLD_REVIEW, ends::post),
        Route::get("/retention/promotions/new", PROMOTION_PROPOSE, new::get::<PromotionId>),
        Route::post("/retention/promotions/new", PROMOTION_PROPOSE, new::post::<PromotionId>),
        Route::get("/retention/promotions/{promotion}", PROMOTION_READ, case::get::<PromotionId>),
        Route::get(
            "/retention/promotions/{promotion}/confirm",
            PROMOTION_CONFIRM,
            confirm::get::<PromotionId>,
        ),
        Route::post(
            "/retention/promotions/{promotion}/confirm",
            PROMOTION_CONFIRM,
            confirm::post::<PromotionId>,
        ),
        Route::post(
            "/retention/promotions/{promotion}/decline",
            PROMOTION_READ,
            confirm::decline::<PromotionId>,
        ),
    ]
}
