//! What every handler shares, and what a capability hands in at its front door.

use crate::PageTemplates;
use crate::guard::Gate;
use crate::kept::{Keeping, Veil};
use crate::live::Feed;
use crate::route::Route;
use engine::{Engine, Fault, Parts};
use futures::future::BoxFuture;
use kernel::{Actor, Permit, Purpose, Role};
use std::sync::Arc;

/// The application: state of every router. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    engine: Engine,
    gate: Arc<dyn Gate>,
    permits: Vec<Permit>,
    panels: Vec<Panel>,
    matter_panels: Vec<MatterPanel>,
    nav: Vec<NavItem>,
    bars: Vec<Bar>,
    feed: Feed,
    place: Place,
}

/// Where this service stands, as pages and messages must say it.
#[derive(Clone, Debug)]
pub struct Place {
    /// `https://host` without a path: the force's own host, on which every link is made.
    pub origin: String,
    /// The telephone number that is always in sight on a victim's page.
    pub telephone: String,
    /// The force's name.
    pub force: String,
    /// Where *Exit this page* leads.
    pub exit_to: String,
    /// Whether this is the demonstration: an on-screen telephone, invented people.
    pub demo: bool,
}

/// What one capability brings: the only thing that `apps/server` knows of it.
#[derive(Default)]
pub struct Capability {
    /// Its noun.
    pub name: &'static str,
    /// Its pages and its API.
    pub routes: Vec<Route>,
    /// Its part of the OpenAPI document, for routes behind `Access::Client`.
    pub api: Option<utoipa::openapi::OpenApi>,
    /// Its templates.
    pub templates: Option<PageTemplates>,
    /// Who may.
    pub permits: &'static [Permit],
    /// Read models, reactions, deadlines, due work.
    pub parts: Parts,
    /// Panels on the officer's page.
    pub panels: Vec<Panel>,
    /// Panels on the page of a call that is about a matter of this capability.
    pub matter_panels: Vec<MatterPanel>,
    /// Entries of the left rail.
    pub nav: Vec<NavItem>,
    /// Streams whose very changes are told only to whoever may know of them.
    pub hushed: Vec<Hushed>,
    /// What single colleagues may not know, and what its streams are part of.
    pub keeping: Keeping,
    /// What it holds against steps of other capabilities.
    pub bars: Vec<Bar>,
}

/// What a capability holds against a step that another one takes, by what is still owed: asked
/// right before the step, by whoever takes it.
#[derive(Clone, Copy)]
pub struct Bar {
    /// The step, by the action that permits it, e.g. `incident.close`.
    pub before: &'static str,
    /// What stands against it, in words for the officer, for the stream that the step is about.
    pub why: fn(Engine, String) -> Why,
}

/// The words, once the capability was asked; nothing when nothing stands against it.
pub type Why = BoxFuture<'static, Result<Option<String>, Fault>>;

/// Streams that begin with one kind of event, and who may hear that something changed in them:
/// for everybody else `/live` is as silent as if there were none.
#[derive(Clone, Copy, Debug)]
pub struct Hushed {
    /// Stored name of the stream's first event.
    pub first: &'static str,
    /// Told to whoever may do this.
    pub action: &'static str,
    /// For this purpose.
    pub purpose: Purpose,
}

/// A panel on the officer's page of a response, loaded as a fragment so that it never touches
/// the call.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Panel {
    /// Stem of its address: `/incidents/{incident}/{noun}`; a matter's has a stem of its own.
    pub noun: &'static str,
    /// Message id of its title.
    pub title: &'static str,
    /// The key that opens it, e.g. `a`.
    pub key: &'static str,
    /// Where it stands among the others.
    pub order: u8,
}

/// A panel on the page of a call that is no response: which kind of matter it belongs to, and
/// where its part stands.
#[derive(Clone, Copy, Debug)]
pub struct MatterPanel {
    /// The kind of matter, by its stored name, e.g. `disclosure`.
    pub of: &'static str,
    /// Stem of its address: `{stem}/{id of the matter}/{noun}`, e.g. `/disclosures`.
    pub stem: &'static str,
    /// Noun, title, key and order.
    pub panel: Panel,
}

/// An entry of the left rail.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    /// Message id of its words.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Shown to whoever may do this.
    pub action: &'static str,
    /// For this purpose.
    pub purpose: Purpose,
    /// The key that goes there after `g`.
    pub key: &'static str,
    /// Where it stands among the others.
    pub order: u8,
}

impl App {
    /// Puts the application together. `panels` and `nav` are sorted by their order here.
    pub fn new(
        engine: Engine,
        gate: Arc<dyn Gate>,
        capabilities: &[Capability],
        feed: Feed,
        place: Place,
    ) -> Self {
        let of = capabilities.iter();
        let permits = of.clone().flat_map(|c| c.permits).copied().collect();
        let mut panels: Vec<_> = of.clone().flat_map(|c| c.panels.iter().copied()).collect();
        panels.sort_by_key(|panel| panel.order);
        let mut matter_panels: Vec<_> =
            of.clone().flat_map(|c| c.matter_panels.iter().copied()).collect();
        matter_panels.sort_by_key(|panel| panel.panel.order);
        let bars = of.clone().flat_map(|c| c.bars.iter().copied()).collect();
        let mut nav: Vec<_> = of.flat_map(|c| c.nav.iter().copied()).collect();
        nav.sort_by_key(|item| item.order);
        let inner = Inner { engine, gate, permits, panels, matter_panels, nav, bars, feed, place };
        Self(Arc::new(inner))
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Who is signed in.
    pub fn gate(&self) -> &dyn Gate {
        &*self.0.gate
    }

    /// What changed, as it changes.
    pub fn feed(&self) -> &Feed {
        &self.0.feed
    }

    /// Where this service stands.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// The panels of the officer's page, in order.
    pub fn panels(&self) -> &[Panel] {
        &self.0.panels
    }

    /// The panels of a call about this kind of matter, in order.
    pub fn matter_panels<'a>(&'a self, of: &'a str) -> impl Iterator<Item = &'a MatterPanel> {
        self.0.matter_panels.iter().filter(move |panel| panel.of == of)
    }

    /// The one question of permission.
    pub fn may(&self, actor: &Actor, action: &str, purpose: Purpose) -> bool {
        kernel::permit::may(&self.0.permits, actor, action, purpose)
    }

    /// Whether this actor may know that `stream` exists, where its capability keeps that to
    /// itself. Ask it wherever an address names a stream of another capability.
    pub async fn may_know(&self, actor: &Actor, stream: &str) -> Result<bool, Fault> {
        self.0.feed.may_know(self, actor, stream).await
    }

    /// What is hidden from this actor, for a board that lists many streams.
    pub async fn veil(&self, actor: &Actor) -> Result<Veil, Fault> {
        match actor.staff() {
            Some(staff) => self.0.feed.keeping().veil(&self.0.engine, staff).await,
            None => Ok(Veil::default()),
        }
    }

    /// What stands against this step for `stream`, in words; nothing when it may be taken.
    pub async fn barred(&self, step: &str, stream: &str) -> Result<Option<String>, Fault> {
        let mut words = Vec::new();
        for bar in self.0.bars.iter().filter(|bar| bar.before == step) {
            words.extend((bar.why)(self.engine().clone(), stream.to_owned()).await?);
        }
        Ok((!words.is_empty()).then(|| words.join(" ")))
    }

    /// The entries of the left rail for this actor.
    pub fn nav(&self, actor: &Actor) -> Vec<&NavItem> {
        let may = |item: &&NavItem| self.may(actor, item.action, item.purpose);
        self.0.nav.iter().filter(may).collect()
    }

    /// The permission table as text: one row an action, one column a role.
    pub fn permission_table(permits: &[Permit]) -> String {
        let mut lines = vec!["action | roles | purposes | API client | guest".to_owned()];
        let mut rows: Vec<_> = permits.iter().collect();
        rows.sort_by_key(|row| row.action);
        for row in rows {
            let roles: Vec<_> =
                Role::ALL.into_iter().filter(|r| row.roles.contains(r)).map(Role::title).collect();
            let purposes: Vec<_> = row.purposes.iter().map(|p| p.name()).collect();
            let yes = |is| if is { "yes" } else { "-" };
            lines.push(format!(
                "{} | {} | {} | {} | {}",
                row.action,
                roles.join(", "),
                purposes.join(", "),
                yes(row.client),
                yes(row.guest)
            ));
        }
        lines.join("\n") + "\n"
    }
}
