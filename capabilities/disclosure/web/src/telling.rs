//! `/disclosures/{disclosure}/telling`: the script beside the call, and the same for telling her
//! in person or by telephone. The approved words stand in this part alone, and only while they
//! may be read out.

mod act;
mod dropped;
pub(crate) mod found;
mod shown;
#[cfg(test)]
pub(crate) mod tests;

use crate::{APPROVE, TELL};
use ::disclosure::Refusal;
use axum::response::Response;
use engine::{Reaction, Refused};
use found::Found;
use minijinja::context;
use std::sync::Arc;
use ui::{FieldErrors, MatterPanel, Panel, Route, Typed};

/// Fragment and title.
const PART: (&str, &str) = ("disclosure/telling.html", "telling-title");

/// The tab on the page of a disclosure's call.
pub(crate) const PANEL: MatterPanel = MatterPanel {
    of: "disclosure",
    stem: "/disclosures",
    panel: Panel { noun: "telling", title: "telling-title", key: "t", order: 10 },
};

pub(crate) fn reactions() -> Vec<Arc<dyn Reaction>> {
    vec![Arc::new(dropped::WhenCallStops)]
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/disclosures/{disclosure}/telling", TELL, get),
        Route::post("/disclosures/{disclosure}/telling/begin", TELL, act::begin),
        Route::post("/disclosures/{disclosure}/telling/identity", TELL, act::identity),
        Route::post("/disclosures/{disclosure}/telling/safety", TELL, act::safety),
        Route::post("/disclosures/{disclosure}/telling/line", TELL, act::line),
        Route::post("/disclosures/{disclosure}/telling/undertaking", TELL, act::undertaking),
        Route::post("/disclosures/{disclosure}/telling/reconsider", TELL, act::reconsider),
        Route::post("/disclosures/{disclosure}/telling/reconsidered", APPROVE, act::reconsidered),
        Route::post("/disclosures/{disclosure}/telling/told", TELL, act::told),
        Route::post("/disclosures/{disclosure}/telling/acknowledged", TELL, act::acknowledged),
        Route::post("/disclosures/{disclosure}/telling/plan", TELL, act::plan),
        Route::post("/disclosures/{disclosure}/telling/specialist", TELL, act::specialist),
        Route::post("/disclosures/{disclosure}/telling/interrupted", TELL, act::interrupted),
        Route::post("/disclosures/{disclosure}/telling/finished", TELL, act::finished),
    ]
}

pub(crate) async fn get(found: Found) -> Response {
    let page = match shown::page(&found).await {
        Ok(page) => page,
        Err(fault) => return found.view.fault(&fault),
    };
    if let Err(stop) = consulted(&found, page.words).await {
        return stop;
    }
    found.view.panel(found.asked, PART.0, PART.1, page.value)
}

/// That the words were on a screen is noted apart.
async fn consulted(found: &Found, words: bool) -> Result<(), Response> {
    found.consulted(if words { "disclosure-words" } else { "disclosure-telling" }).await
}

/// The part again, with what was typed and the rule that says no.
pub(crate) async fn again(
    mut found: Found,
    refused: Refused<Refusal>,
    field: &str,
    typed: &Typed,
) -> Response {
    let refusal = match refused {
        Refused::Refusal(Refusal::NotFound) => return found.view.missing(),
        Refused::Refusal(refusal) => refusal,
        Refused::Fault(fault) => return found.view.fault(&fault),
    };
    if let Err(fault) = found.renew().await {
        return found.view.fault(&fault);
    }
    wrong(&found, field, &refusal.to_string(), typed).await
}

/// The part again, with what was typed and what is wrong with it.
pub(crate) async fn wrong(found: &Found, field: &str, why: &str, typed: &Typed) -> Response {
    let page = match shown::page(found).await {
        Ok(page) => page,
        Err(fault) => return found.view.fault(&fault),
    };
    if let Err(stop) = consulted(found, page.words).await {
        return stop;
    }
    let mut errors = FieldErrors::new();
    errors.add(field, why);
    let value = context! { refused => why, ..page.value };
    found.view.panel_again(found.asked, PART, value, typed, &errors)
}
