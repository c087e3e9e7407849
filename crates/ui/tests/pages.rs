//! Every layout and part renders in every language, and a refused form keeps what was typed.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use axum::routing::post;
use axum::{Router, middleware};
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE};
use http::{Request, StatusCode};
use kernel::At;
use serde::Deserialize;
use tower::ServiceExt as _;
use ui::{FieldErrors, Form, Locale, Surface, Templates, View, context};

const PAGES: [&str; 6] = [
    "gallery/board.html",
    "gallery/call.html",
    "gallery/form.html",
    "gallery/public.html",
    "gallery/sign.html",
    "layout/console.html",
];

#[test]
fn every_layout_and_part_renders_in_every_language() {
    let templates = Templates::new(vec![]);
    for locale in Locale::ALL {
        for name in PAGES {
            let page = context! {
                lang => locale.tag(), dir => locale.direction(), nonce => "n",
                now => 1_795_486_382_000_000_i64, still => false,
            };
            let html = templates.render(name, page).unwrap_or_else(|e| panic!("{name}: {e:#}"));
            assert!(html.contains(&format!("lang=\"{}\"", locale.tag())), "{name}");
            assert!(!html.contains(" style="), "{name} has a style that the policy forbids");
            assert!(!html.contains("undefined"), "{name} shows an undefined value");
        }
    }
}

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    who: String,
    #[serde(default)]
    needs: Vec<String>,
}

async fn report(view: View, Form { value, typed }: Form<Report>) -> Response {
    let mut errors = FieldErrors::new();
    errors.need("who", &value.who, "Enter who is calling");
    assert!(value.needs.len() <= 2);
    view.again("gallery/form.html", context! {}, &typed, &errors)
}

async fn send(kind: &str, body: impl Into<Body>) -> (StatusCode, String) {
    let surface = Surface::new(Templates::new(vec![]), || At(0), |bytes| bytes.fill(7));
    let app = Router::new()
        .route("/form", post(report))
        .layer(middleware::from_fn_with_state(surface, ui::head::layer));
    let request = Request::post("/form")
        .header(CONTENT_TYPE, kind)
        .header(ACCEPT_LANGUAGE, "en")
        .header(COOKIE, "other=1")
        .body(body.into());
    let response = app.oneshot(request.expect("a request")).await.expect("it cannot fail");
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a small page");
    (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_names_the_field() {
    let typed = "who=+&phone=07700+900123&what=%3Cb%3E&needs=bsl&needs=interpreter&how=101";
    let (status, html) = send(FORM, typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("href=\"#who\""), "the summary leads to the field");
    assert!(html.contains("id=\"who-error\""), "the field says what is wrong");
    assert!(html.contains("value=\"07700 900123\""));
    assert!(html.contains("&lt;b&gt;</textarea>"), "text is kept, and escaped");
    assert_eq!(html.matches("checked").count(), 2, "every ticked box stays ticked");
    assert!(html.contains("<option value=\"101\" selected>"));
}

#[tokio::test]
async fn what_is_not_a_form_or_too_long_gets_a_page_in_words() {
    assert_eq!(send("application/json", "{}").await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, html) = send(FORM, vec![b'a'; ui::form::FORM_LIMIT + 1]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(html.contains("too long"));
    let (status, _) = send(FORM, "who=a&who=b").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
