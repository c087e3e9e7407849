//! One answer to one person: her language, this response's nonce, the page's template.
//! An extractor, so a handler asks for it by type; it knows nothing of the application.

use crate::form::{FieldErrors, Typed};
use crate::head::{CallPage, Nonce, Surface};
use crate::locale::Locale;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use kernel::At;
use minijinja::{Value, context};

/// Renders pages for one request.
#[derive(Clone, Debug)]
pub struct View {
    surface: Surface,
    nonce: Nonce,
    locale: Locale,
    common: Value,
    call: bool,
}

impl<S: Sync> FromRequestParts<S> for View {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let surface = parts.extensions.get::<Surface>().cloned();
        let nonce = parts.extensions.get::<Nonce>().cloned();
        let (Some(surface), Some(nonce)) = (surface, nonce) else {
            tracing::error!("a page was asked for outside ui::head::layer");
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let chosen = parts.extensions.get::<Locale>().copied();
        let locale = chosen.unwrap_or_else(|| Locale::negotiate(&parts.headers));
        let common = parts.extensions.get::<Common>().map(|common| common.0.clone());
        let common = common.unwrap_or_else(|| context! {});
        Ok(Self { surface, nonce, locale, common, call: false })
    }
}

/// Names that every page of a request shares, such as who is signed in: a layer of the
/// application puts it into the request's extensions.
#[derive(Clone, Debug)]
pub struct Common(pub Value);

impl View {
    /// The language of this person.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The time this answer speaks of.
    pub fn now(&self) -> At {
        self.surface.now()
    }

    /// In another language than the browser asked for.
    #[must_use]
    pub fn in_language(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// Lets this page ask for camera, microphone and place.
    #[must_use]
    pub const fn for_call(mut self) -> Self {
        self.call = true;
        self
    }

    /// The template with `page`, as text: for fragments sent over an event stream.
    pub fn text(&self, template: &str, page: Value) -> Result<String, minijinja::Error> {
        let own = context! {
            lang => self.locale.tag(),
            dir => self.locale.direction(),
            nonce => self.nonce.as_str(),
            now => self.now().0,
        };
        self.surface.templates().render(template, context! { ..own, ..page, ..self.common.clone() })
    }

    /// The page.
    pub fn page(&self, template: &str, page: Value) -> Response {
        self.answer(StatusCode::OK, template, page)
    }

    /// The page again, with what was typed and what was wrong: 422.
    pub fn again(
        &self,
        template: &str,
        page: Value,
        typed: &Typed,
        errors: &FieldErrors,
    ) -> Response {
        let kept = context! { typed => typed.to_value(), errors => errors.to_value() };
        self.answer(StatusCode::UNPROCESSABLE_ENTITY, template, context! { ..kept, ..page })
    }

    /// The answer to an autosave: 204, or 422 with the faults by field for the script to show.
    pub fn kept(&self, errors: &FieldErrors) -> Response {
        if !errors.any() {
            return StatusCode::NO_CONTENT.into_response();
        }
        let faults = serde_json::json!({ "errors": errors.to_map() });
        (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(faults)).into_response()
    }

    /// A page that says what went wrong, in words, with a way on.
    pub fn problem(&self, status: StatusCode, message: &str) -> Response {
        self.answer(
            status,
            "problem.html",
            context! { message => message, status => status.as_u16() },
        )
    }

    /// Any page with any status. A template that fails is a fault: logged by name, a plain
    /// sentence to the person, never its text.
    pub fn answer(&self, status: StatusCode, template: &str, page: Value) -> Response {
        let mut response = match self.text(template, page) {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(template, %error, "a page could not be rendered");
                let sorry = "Sorry, this page could not be shown. Please try again.";
                (StatusCode::INTERNAL_SERVER_ERROR, sorry).into_response()
            }
        };
        if self.call {
            response.extensions_mut().insert(CallPage);
        }
        response
    }
}
