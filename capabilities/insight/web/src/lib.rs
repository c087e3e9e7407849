//! The front door of what the chief asks: the figures of a period beside the one before, as a
//! page with charts, as files and through the API, and the baseline that the force sets.

mod api;
mod baseline;
mod chart;
mod facts;
mod file;
mod insight;
mod limits;
mod ods;
mod promised;
mod report;
mod table;
mod words;

#[cfg(test)]
mod tests;

use ::insight::permit;
use engine::Parts;
use kernel::Purpose::Supervision;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};
use utoipa::OpenApi as _;

const PAGES: ui::PageTemplates = ui::page_templates!("insight": "insight", "baseline");
const READ: Access = Access::Staff(permit::READ, Supervision);
const BASELINE: Access = Access::Staff(permit::BASELINE, Supervision);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "insight",
        routes: vec![
            Route::get("/insight", READ, insight::get),
            Route::get("/insight.csv", READ, file::csv),
            Route::get("/insight.ods", READ, file::ods),
            Route::get("/insight/baseline", BASELINE, baseline::get),
            Route::post("/insight/baseline", BASELINE, baseline::post),
            Route::get("/api/v1/insight", Access::Client(permit::READ), api::get),
        ],
        api: Some(api::Document::openapi()),
        templates: Some(PAGES),
        permits: ::insight::PERMITS,
        parts: Parts { models: vec![Arc::new(facts::Facts)], ..Default::default() },
        nav: vec![NavItem {
            label: "insight-nav",
            href: "/insight",
            action: permit::READ,
            purpose: Supervision,
            key: "j",
            order: 40,
        }],
        ..Default::default()
    }
}
