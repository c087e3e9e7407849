//! The front door of risk: one panel beside the call, the instrument's questions and the
//! officer's own grade.

mod pack;
mod reaction;
mod risk;

#[cfg(test)]
mod tests;

use ::risk::{Instrument, permit};
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, Panel, Route};

pub use pack::{BadPack, demonstration, read};

const PAGES: ui::PageTemplates = ui::page_templates!("risk": "risk", "risk-flags");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const ASSESS: Access = Access::Staff(permit::ASSESS, Purpose::Response);

/// The capability, with the force's instrument.
pub fn capability(instrument: Instrument) -> Capability {
    let pack = Arc::new(instrument);
    let (shown, flags, kept, graded) = (pack.clone(), pack.clone(), pack.clone(), pack);
    Capability {
        name: "risk",
        routes: vec![
            Route::get(
                "/incidents/{incident}/risk",
                READ,
                move |app, view, staff, asked, named| {
                    risk::get(shown.clone(), app, view, staff, asked, named)
                },
            ),
            Route::get("/incidents/{incident}/risk/flags", READ, move |app, view, staff, named| {
                risk::flags(flags.clone(), app, view, staff, named)
            }),
            Route::post(
                "/incidents/{incident}/risk",
                ASSESS,
                move |app, view, staff, asked, named, form| {
                    risk::post(kept.clone(), app, view, staff, asked, named, form)
                },
            ),
            Route::post(
                "/incidents/{incident}/risk/grade",
                ASSESS,
                move |app, view, staff, asked, named, form| {
                    risk::grade(graded.clone(), app, view, staff, asked, named, form)
                },
            ),
        ],
        templates: Some(PAGES),
        permits: ::risk::PERMITS,
        parts: Parts {
            reactions: vec![Arc::new(reaction::WhenCallWorsened)],
            ..Default::default()
        },
        panels: vec![Panel { noun: "risk", title: "risk-title", key: "r", order: 20 }],
        ..Default::default()
    }
}
