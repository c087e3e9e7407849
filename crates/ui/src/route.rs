//! Routes as data: where, who may, what for, and what answers. The same list makes the router,
//! the printed table, and the test that every route refuses a stranger.

use crate::app::App;
use crate::guard::{self, Access};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware;
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::compression::CompressionLayer;

/// One route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// Address, with `{placeholders}`.
    pub path: &'static str,
    /// Who may, and what for.
    pub access: Access,
    answer: MethodRouter<App>,
}

impl Route {
    /// Answers `GET`: shows, and has no effect.
    pub fn get<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::GET, MethodFilter::GET, path, access, handler)
    }

    /// Answers `POST`: does, and sends the browser on.
    pub fn post<H: Handler<T, App>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::POST, MethodFilter::POST, path, access, handler)
    }

    fn new<H: Handler<T, App>, T: 'static>(
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self { method, path, access, answer: on(filter, handler) }
    }

    /// `GET /incidents/new staff incident.report response`, for the printed table.
    pub fn line(&self) -> String {
        format!("{} {} {}", self.method, self.path, self.access)
    }
}

/// The router of all routes, each behind its guard.
pub fn router(app: &App, routes: Vec<Route>) -> Router<App> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let checked = (app.clone(), route.access);
        let guarded = route.answer.layer(middleware::from_fn_with_state(checked, guard::check));
        // Only what is the same for everyone: the length of the rest could tell what is in it.
        let answer = match route.access {
            Access::Public => guarded.layer(CompressionLayer::new()),
            _ => guarded,
        };
        router.route(route.path, answer)
    })
}
