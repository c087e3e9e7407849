//! Puts the capabilities together into one router and one set of parts for the engine: what
//! the server does, and every page test too, so that both have the same house.

use crate::app::{App, Capability, Place};
use crate::guard::{Access, Gate};
use crate::head::Surface;
use crate::kept::Keeping;
use crate::live::{self, Feed};
use crate::route::{self, Route};
use crate::templates::Templates;
use crate::{assets, head};
use axum::{Router, middleware};
use engine::{Engine, Parts};
use kernel::Permit;
use std::sync::Arc;

/// The whole house, before it listens.
pub struct Assembled {
    /// State of the handlers.
    pub app: App,
    /// Every page, asset and API route, with the headers of every answer.
    pub router: Router,
    /// What the engine runs.
    pub parts: Parts,
    /// All permits.
    pub permits: Vec<Permit>,
    /// Every route as a printed line, sorted.
    pub lines: Vec<String>,
    /// Addresses of the routes with their guards.
    pub guarded: Vec<(axum::http::Method, &'static str, Access)>,
    /// The OpenAPI document of all capabilities together.
    pub api: utoipa::openapi::OpenApi,
    /// What pages are made with.
    pub surface: Surface,
}

/// Assembles. `extra` is merged in behind the same headers: media, health, the demo.
pub fn assemble(
    engine: Engine,
    gate: Arc<dyn Gate>,
    mut capabilities: Vec<Capability>,
    place: Place,
    extra: impl FnOnce(&App) -> Router<App>,
) -> Assembled {
    let templates = Templates::new(capabilities.iter().filter_map(|c| c.templates).collect());
    let (clock, luck) = (engine.clone(), engine.clone());
    let fill = move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(16) {
            chunk.copy_from_slice(&luck.luck16()[..chunk.len()]);
        }
    };
    let surface = Surface::new(templates, move || clock.now(), fill);
    let hushed = capabilities.iter().flat_map(|c| c.hushed.iter().copied()).collect();
    let mut keeping = Keeping::default();
    for capability in &mut capabilities {
        keeping.kept_from.append(&mut capability.keeping.kept_from);
        keeping.belongs.append(&mut capability.keeping.belongs);
        keeping.hides.append(&mut capability.keeping.hides);
    }
    let feed = Feed::new(hushed).with_keeping(keeping);
    let app = App::new(engine, gate, &capabilities, feed, place);
    let permits = capabilities.iter().flat_map(|c| c.permits).copied().collect();
    let mut routes = vec![Route::get("/live", Access::SignedIn, live::get)];
    let mut parts = Parts::default();
    let mut api = utoipa::openapi::OpenApiBuilder::new()
        .info(utoipa::openapi::Info::new("Sightline", env!("CARGO_PKG_VERSION")))
        .build();
    for capability in &mut capabilities {
        routes.append(&mut capability.routes);
        parts.models.append(&mut capability.parts.models);
        parts.reactions.append(&mut capability.parts.reactions);
        parts.deadlines.append(&mut capability.parts.deadlines);
        parts.works.append(&mut capability.parts.works);
        parts.promises.append(&mut capability.parts.promises);
        parts.objects.append(&mut capability.parts.objects);
        if let Some(part) = capability.api.take() {
            api.merge(part);
        }
    }
    let mut lines: Vec<_> = routes.iter().map(Route::line).collect();
    lines.sort();
    let guarded = routes.iter().map(|r| (r.method.clone(), r.path, r.access)).collect();
    let router = route::router(&app, routes)
        .merge(extra(&app))
        .with_state(app.clone())
        .merge(assets::router())
        // Every POST is from our own pages, or from a program that sends no such headers.
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(middleware::from_fn_with_state(surface.clone(), head::layer));
    Assembled { app, router, parts, permits, lines, guarded, api, surface }
}
