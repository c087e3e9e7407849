//! The front door of arrest: a panel beside the call, the board of the teams, each request and
//! each order whole, the measures, the same for the force's records system, and what it is told.

mod api;
mod arrest;
mod arrest_list;
mod arrests;
mod due;
mod figures;
mod limits;
mod named;
mod order;
mod order_list;
mod orders;
mod promises;
mod reaction;
mod request;
mod settings;
mod story;
mod webhook;

#[cfg(test)]
mod tests;

pub use settings::{Settings, SettingsFault};

use ::arrest::{Policy, permit};
use engine::Parts;
use kernel::Purpose::{self, Investigation};
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Bar, Capability, NavItem, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "arrest": "arrest", "arrests", "board", "request", "story", "orders", "order", "figures"
);
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const WRITE: Access = Access::Staff(permit::WRITE, Purpose::Response);
const BOARD: Access = Access::Staff(permit::BOARD, Investigation);
const OPEN: Access = Access::Staff(permit::OPEN, Investigation);
const WORK: Access = Access::Staff(permit::WORK, Investigation);
const FIGURES: Access = Access::Staff(permit::FIGURES, Purpose::Supervision);
const ORDER_READ: Access = Access::Staff(permit::ORDER_READ, Investigation);
const ORDER_WRITE: Access = Access::Staff(permit::ORDER_WRITE, Investigation);

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let Settings { policy, webhooks } = settings;
    let mut routes = panel(&policy);
    routes.append(&mut pages(&policy));
    routes.append(&mut forms(&policy));
    routes.append(&mut api::routes());
    Capability {
        name: "arrest",
        routes,
        api: Some(api::document()),
        templates: Some(PAGES),
        permits: ::arrest::PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(arrest_list::List),
                Arc::new(order_list::Orders),
                Arc::new(story::Story),
            ],
            reactions: vec![
                Arc::new(reaction::WhenBailed(policy.clone())),
                Arc::new(reaction::WhenTold(policy.clone())),
            ],
            deadlines: vec![Arc::new(due::Due(policy))],
            works: webhook::works(webhooks),
            promises: vec![Arc::new(promises::Promising)],
            ..Default::default()
        },
        bars: vec![Bar { before: incident::permit::CLOSE, why: arrest_list::against_closing }],
        panels: vec![Panel { noun: "arrest", title: "arrest-title", key: "t", order: 50 }],
        nav: vec![NavItem {
            label: "nav-arrests",
            href: "/arrests",
            action: permit::BOARD,
            purpose: Investigation,
            key: "r",
            order: 30,
        }],
        keeping: Keeping {
            belongs: vec![
                Belongs { noun: "arrest", to: To::Asked(incident_of) },
                Belongs { noun: "order", to: To::Asked(order_of) },
            ],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

/// An arrest is part of its incident.
fn incident_of(engine: engine::Engine, stream: String) -> ui::kept::Owner {
    Box::pin(async move {
        let (state, _) = engine.state::<::arrest::Arrest>(&stream).await?;
        Ok(state.incident.map(|incident| incident.stream()))
    })
}

/// An order is part of its incident.
fn order_of(engine: engine::Engine, stream: String) -> ui::kept::Owner {
    Box::pin(async move {
        let (state, _) = engine.state::<::arrest::Order>(&stream).await?;
        Ok(state.made.map(|made| made.incident.stream()))
    })
}

fn panel(policy: &Arc<Policy>) -> Vec<Route> {
    let (ask, withdraw) = (policy.clone(), policy.clone());
    vec![
        Route::get("/incidents/{incident}/arrest", READ, arrest::get),
        Route::post(
            "/incidents/{incident}/arrest",
            WRITE,
            move |app, view, staff, asked, incident, form| {
                arrest::post(ask.clone(), app, view, staff, asked, incident, form)
            },
        ),
        Route::post(
            "/incidents/{incident}/arrest/withdrawn",
            WRITE,
            move |app, view, staff, asked, incident, form| {
                arrest::withdrawn(withdraw.clone(), app, view, staff, asked, incident, form)
            },
        ),
    ]
}

fn pages(policy: &Arc<Policy>) -> Vec<Route> {
    let (board, request) = (policy.clone(), policy.clone());
    let (order, making) = (policy.clone(), policy.clone());
    vec![
        Route::get("/arrests", BOARD, move |app, view, staff, asked, headers| {
            arrests::get(board.clone(), app, view, staff, asked, headers)
        }),
        Route::get("/arrests/figures", FIGURES, figures::get),
        Route::get("/arrests/figures.csv", FIGURES, figures::csv),
        Route::get("/arrests/{arrest}", OPEN, move |app, view, staff, id| {
            request::get(request.clone(), app, view, staff, id)
        }),
        Route::get("/incidents/{incident}/orders", ORDER_READ, orders::get),
        Route::post(
            "/incidents/{incident}/orders",
            ORDER_WRITE,
            move |app, view, staff, incident, form| {
                orders::post(making.clone(), app, view, staff, incident, form)
            },
        ),
        Route::get("/orders/{order}", ORDER_READ, move |app, view, staff, id| {
            order::get(order.clone(), app, view, staff, id)
        }),
    ]
}

fn forms(policy: &Arc<Policy>) -> Vec<Route> {
    let mut routes = vec![];
    let close = ("/arrests/{arrest}/closed", WORK, request::CLOSE);
    let forms = request::FORMS
        .into_iter()
        .map(|(path, action, doing)| (path, Access::Staff(action, Investigation), doing));
    for (path, access, doing) in forms.chain([close]) {
        let policy = policy.clone();
        routes.push(Route::post(path, access, move |app, view, staff, id, form| {
            request::post((policy.clone(), doing), app, view, staff, id, form)
        }));
    }
    for (path, doing) in order::FORMS {
        let policy = policy.clone();
        routes.push(Route::post(path, ORDER_WRITE, move |app, view, staff, id, form| {
            order::post((policy.clone(), doing), app, view, staff, id, form)
        }));
    }
    routes
}
