//! Shows every part with invented people: `cargo run -p ui --example gallery -- 127.0.0.1:4600`.

use axum::response::{Html, Response};
use axum::routing::get;
use axum::{Router, middleware};
use http::{HeaderMap, StatusCode};
use kernel::At;
use serde::Deserialize;
use ui::view::Common;
use ui::{FieldErrors, Form, Surface, Templates, View, context};

/// 02:13 on a Tuesday in November: when it has to look calm.
const NIGHT: At = At(1_795_486_382_000_000);

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    who: String,
}

fn furniture() -> Common {
    let item = |label: &str, key: &str, here: bool| {
        context! { label => label, href => format!("/{key}"), key => key, here => here }
    };
    Common(context! {
        staff => context! { name => "Sam Okafor", roles => ["Responder", "Supervisor"], id => "1" },
        nav => [item("gallery-board", "b", true), item("gallery-queue", "q", false),
            item("gallery-reports", "r", false), item("gallery-recordings", "v", false),
            item("gallery-people", "p", false), item("gallery-audit", "u", false)],
        place => context! {
            telephone => "01632 960 101", force => "Northshire Police",
            exit_to => "https://www.bbc.co.uk/weather", demo => true,
        },
        hub => context! { open => true, waiting => 3, free => 2 },
    })
}

async fn form(view: View, headers: HeaderMap, Form { value, typed }: Form<Report>) -> Response {
    let mut errors = FieldErrors::new();
    if headers.contains_key("x-autosave") {
        return view.kept(&errors);
    }
    errors.need("who", &value.who, "Enter who is calling");
    errors.add("grade", "Choose a grade");
    view.again("gallery/form.html", context! {}, &typed, &errors)
}

async fn common(mut request: axum::extract::Request, next: middleware::Next) -> Response {
    request.extensions_mut().insert(furniture());
    next.run(request).await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let surface = Surface::new(Templates::new(vec![]), || NIGHT, |bytes| bytes.fill(7));
    let page =
        |name: &'static str| get(move |view: View| async move { view.page(name, context! {}) });
    let call = |view: View| async move {
        view.for_call().page("gallery/call.html", context! { still => false })
    };
    let lost = |view: View| async move { view.problem(StatusCode::NOT_FOUND, "problem-not-found") };
    let app = Router::new()
        .route("/fragment", get(async || Html("<p>Fetched when it was opened.</p>")))
        .route("/", page("gallery/board.html"))
        .route("/call", get(call))
        .route("/public", page("gallery/public.html"))
        .route("/sign", page("gallery/sign.html"))
        .route("/form", page("gallery/form.html").post(form))
        .route("/problem", get(lost))
        .layer(middleware::from_fn(common))
        .merge(ui::assets::router())
        .layer(middleware::from_fn_with_state(surface, ui::head::layer));
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:4600".into());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    axum::serve(listener, app).await
}
