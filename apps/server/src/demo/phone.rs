//! The telephone on the screen: what was sent to an invented number, as a page and as JSON for
//! the rehearsal.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use minijinja::{Value, context};
use notify::screen::Screen;
use notify::{Numbers, PhoneNumber, Recipient};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::{App, Form, View};

/// The number that the demonstration's page shows first.
const NUMBER: &str = "07700 900123";

#[derive(Serialize)]
struct Shown {
    at: i64,
    text: String,
    link: Option<String>,
}

pub(crate) fn routes(screen: Arc<Screen>) -> Router<App> {
    let (first, second, third) = (screen.clone(), screen.clone(), screen);
    Router::new()
        .route("/demo/phone", get(|app, view| page(first, app, view)))
        .route("/demo/phone/messages", post(|view, form| fragment(second, view, form)))
        .route("/demo/phone/messages.json", post(|form| json(third, form)))
}

async fn page(screen: Arc<Screen>, State(app): State<App>, view: View) -> Response {
    let shown = messages(&screen, NUMBER);
    view.page(
        "demo/phone.html",
        context! {
            number => NUMBER,
            messages => Value::from(minijinja::value::Serde(&shown)),
            place => ui::furniture::place(&app),
        },
    )
}

/// The number comes in a form: it does not belong into an address, not even an invented one.
#[derive(Deserialize)]
struct Number {
    #[serde(default)]
    number: String,
}

async fn fragment(screen: Arc<Screen>, view: View, Form { value, .. }: Form<Number>) -> Response {
    let shown = messages(&screen, &value.number);
    view.page("demo/messages.html", context! { messages => minijinja::value::Serde(&shown) })
}

async fn json(screen: Arc<Screen>, Form { value, .. }: Form<Number>) -> Response {
    Json(messages(&screen, &value.number)).into_response()
}

/// Newest first; nothing for what is no number.
fn messages(screen: &Screen, number: &str) -> Vec<Shown> {
    let Ok(number) = PhoneNumber::parse(number, Numbers::AndDrama) else { return vec![] };
    let mut shown: Vec<_> = screen
        .messages(&Recipient::Mobile(number))
        .into_iter()
        .map(|one| {
            let text = one.words.body;
            let link = text.split_whitespace().find(|word| word.starts_with("http"));
            Shown { at: one.at.0, link: link.map(str::to_owned), text: text.clone() }
        })
        .collect();
    shown.reverse();
    shown
}
