//! What every page stands on: templates, words, assets, response headers and forms.
//! No capability is known here by name, and no page of one lives here.

pub mod api;
mod app;
mod asked;
mod assemble;
pub mod assets;
pub mod form;
pub mod furniture;
pub mod guard;
pub mod head;
pub mod kept;
pub mod live;
pub mod locale;
mod named;
pub mod problem;
mod route;
pub mod templates;
pub mod view;

pub use app::Why;
pub use app::{App, Bar, Capability, Hushed, MatterPanel, NavItem, Panel, Place};
pub use asked::Asked;
pub use assemble::{Assembled, assemble};
pub use form::{FieldErrors, Form, Typed};
pub use guard::{Access, Client, Gate, SignedIn, Staff};
pub use head::Surface;
pub use locale::Locale;
pub use minijinja::context;
pub use minijinja::value::Serde;
pub use named::Named;
pub use route::{Route, router};
pub use templates::{PageTemplates, Templates};
pub use view::View;
