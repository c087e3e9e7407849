//! How a page was asked for: whole, as a part of another page, or as an autosave. One handler
//! then serves the officer's panel beside a call, the same panel alone, and the saving of it.

use crate::form::{FieldErrors, Typed};
use crate::view::View;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::{Value, context};
use std::convert::Infallible;

/// How it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// As a page of its own.
    Page,
    /// As a fragment of the page that is open already.
    Part,
    /// By the script that saves what is typed.
    Autosave,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(match () {
            () if parts.headers.contains_key("x-autosave") => Self::Autosave,
            () if parts.headers.contains_key("hx-request") => Self::Part,
            () => Self::Page,
        })
    }
}

impl View {
    /// A panel: the fragment `template` alone, or on a page of its own (`layout/panel.html`)
    /// under the title that the message `title` says.
    pub fn panel(&self, asked: Asked, template: &str, title: &str, page: Value) -> Response {
        self.panel_as(StatusCode::OK, asked, template, title, page)
    }

    /// The panel again, with what was typed and what was wrong: 422.
    pub fn panel_again(
        &self,
        asked: Asked,
        (template, title): (&str, &str),
        page: Value,
        typed: &Typed,
        errors: &FieldErrors,
    ) -> Response {
        if asked == Asked::Autosave {
            return self.kept(errors);
        }
        let kept = context! { typed => typed.to_value(), errors => errors.to_value() };
        let page = context! { ..kept, ..page };
        self.panel_as(StatusCode::UNPROCESSABLE_ENTITY, asked, template, title, page)
    }

    /// What a panel's form did: nothing to say to an autosave; otherwise the panel is asked
    /// for again at `address`.
    pub fn panel_done(&self, asked: Asked, address: &str) -> Response {
        match asked {
            Asked::Autosave => StatusCode::NO_CONTENT.into_response(),
            Asked::Part | Asked::Page => Redirect::to(address).into_response(),
        }
    }

    fn panel_as(
        &self,
        status: StatusCode,
        asked: Asked,
        template: &str,
        title: &str,
        page: Value,
    ) -> Response {
        match asked {
            Asked::Page => {
                let around = context! { panel => template, panel_title => title };
                self.answer(status, "layout/panel.html", context! { ..around, ..page })
            }
            Asked::Part | Asked::Autosave => self.answer(status, template, page),
        }
    }
}
