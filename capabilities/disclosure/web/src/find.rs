//! `/disclosures/find`: applications in which somebody is named. Whoever must not know of one
//! does not find it, and every one that is shown leaves its trace.

use crate::people::{self, Found};
use crate::row::row;
use crate::seen::Admitted;
use crate::{dates, names};
use axum::extract::State;
use axum::response::Response;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Serde, View};

const PAGE: &str = "disclosure/find.html";

/// Whom.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Whom {
    name: String,
    date_of_birth: String,
    phone: String,
}

/// The empty form.
pub(crate) async fn get(view: View, _: Admitted) -> Response {
    view.page(PAGE, context! { searched => false })
}

/// What is found.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    Admitted(staff): Admitted,
    Form { value, typed }: Form<Whom>,
) -> Response {
    let mut errors = FieldErrors::new();
    let born = dates::read(&value.date_of_birth).unwrap_or_else(|()| {
        errors.add("date_of_birth", "Enter a date as day, month and year, like 31 3 1990");
        String::new()
    });
    let marks = people::probe(&value.name, &born, &value.phone);
    if marks.is_empty() && !errors.any() {
        errors.add("name", "Enter first and last name with the date of birth, or a number");
    }
    if errors.any() {
        return view.again(PAGE, context! { searched => false }, &typed, &errors);
    }
    let (engine, actor) = (app.engine(), &staff.caller.actor);
    let found = match people::find(engine, &marks, actor, None).await {
        Ok(found) => found,
        Err(fault) => return view.fault(&fault),
    };
    for one in &found {
        let noted = staff.consulted(&view, &one.seen.stream(), "disclosure-find").await;
        if let Err(stop) = noted {
            return stop;
        }
    }
    let rows: Vec<Value> = found.iter().map(|one| shown(one, engine.now())).collect();
    view.page(PAGE, context! { searched => true, found => rows, typed => typed.to_value() })
}

/// An application that was found, and what the person is in it.
pub(crate) fn shown(one: &Found, now: kernel::At) -> Value {
    context! {
        id => one.seen.id.to_string(),
        reference => names::reference(one.seen.id),
        row => Serde(row(&one.seen, None, now)),
        who => one.who.clone(),
    }
}
