//! What every staff page shows around its content: who is signed in, and where they may go.

use crate::app::App;
use crate::guard::SignedIn;
use kernel::Actor;
use minijinja::{Value, context};

/// The names that the console layout reads: `staff`, `nav`, `place`.
pub(crate) fn common(app: &App, who: &SignedIn, actor: &Actor, path: &str) -> Value {
    let nav: Vec<Value> = app
        .nav(actor)
        .into_iter()
        .map(|item| {
            let here = path == item.href || path.starts_with(&format!("{}/", item.href));
            context! { label => item.label, href => item.href, key => item.key, here => here }
        })
        .collect();
    let roles: Vec<_> = who.roles.iter().map(|role| role.title()).collect();
    context! {
        staff => context! { name => who.name.clone(), roles => roles, id => who.id.to_string() },
        nav => nav,
        place => place(app),
    }
}

/// The names of the place, for victim pages and staff pages alike.
pub fn place(app: &App) -> Value {
    let place = app.place();
    context! {
        telephone => place.telephone.clone(),
        force => place.force.clone(),
        exit_to => place.exit_to.clone(),
        demo => place.demo,
    }
}
