//! The front door of access: sign-in, accounts, and the gate that every route asks.

mod account;
mod accounts;
mod gate;
mod password;
mod people;
mod sign_in;
mod sign_out;
mod tries;

#[cfg(test)]
mod tests;

pub use accounts::Secrets;
pub use gate::{ApiClient, StaffGate, session_cookie};
pub use password::hash as hash_password;
pub use people::{NewAccount, by_login, create, login_index};
pub use sign_in::begin_session;

use access::permit::TABLE;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("access": "sign-in", "accounts", "account", "enrolled");

const MANAGE: Access = Access::Staff("account.manage", Purpose::Administration);

/// The capability.
pub fn capability() -> Capability {
    let tries = Arc::<tries::Tries>::default();
    Capability {
        name: "access",
        routes: vec![
            Route::get("/sign-in", Access::Public, sign_in::get),
            Route::post("/sign-in", Access::Public, move |app, view, form| {
                sign_in::post(tries.clone(), app, view, form)
            }),
            Route::post("/sign-out", Access::SignedIn, sign_out::post),
            Route::get("/accounts", MANAGE, accounts::get),
            Route::post("/accounts", MANAGE, accounts::post),
            Route::get("/accounts/{staff}", MANAGE, account::get),
            Route::post("/accounts/{staff}/roles", MANAGE, account::roles),
            Route::post("/accounts/{staff}/disable", MANAGE, account::disable),
            Route::post("/accounts/{staff}/enable", MANAGE, account::enable),
            Route::post("/accounts/{staff}/revoke", MANAGE, account::revoke),
            Route::post("/accounts/{staff}/renew", MANAGE, account::renew),
        ],
        templates: Some(PAGES),
        permits: TABLE,
        parts: engine::Parts { models: vec![Arc::new(people::People)], ..Default::default() },
        nav: vec![NavItem {
            label: "nav-accounts",
            href: "/accounts",
            action: "account.read",
            purpose: Purpose::Administration,
            key: "a",
            order: 80,
        }],
        ..Default::default()
    }
}
