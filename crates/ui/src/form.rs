//! Forms that keep what was typed and name the field that was wrong.
//! Use these and not axum's own extractors: those answer in English plain text and drop it all.

use crate::view::View;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use minijinja::Value;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The most a form may send; the longest free text we ask for is a quarter of it.
pub const FORM_LIMIT: usize = 64 * 1024;

/// A posted form: `value` as the handler wants it, `typed` as it was typed.
#[derive(Debug)]
pub struct Form<T> {
    /// Decoded. Give every field a `#[serde(default)]`: what is missing is for the handler
    /// to name, and only a form that is not ours fails to decode.
    pub value: T,
    /// Every field as it came, for showing again.
    pub typed: Typed,
}

/// Field values as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// Reads an urlencoded body.
    fn read(body: &[u8]) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_html_form::from_bytes(body).ok()?;
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Some(Self(fields))
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// Drops a field that must never be shown again: a password, a code.
    pub fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// For templates: one value as text, several as a list.
    pub fn to_value(&self) -> Value {
        let shown = self.0.iter().map(|(name, values)| match values.as_slice() {
            [one] => (name.clone(), Value::from(one.clone())),
            many => (name.clone(), Value::from(many.to_vec())),
        });
        Value::from(shown.collect::<BTreeMap<_, _>>())
    }
}

impl FromIterator<(String, String)> for Typed {
    /// For a form that came in another way, e.g. with a file.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name, vec![value])).collect())
    }
}

/// What was wrong, field by field, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Says what is wrong with a field; its first fault is kept.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        if !self.0.iter().any(|(have, _)| have == field) {
            self.0.push((field.to_owned(), message.into()));
        }
    }

    /// The trimmed text, or a fault when nothing was typed.
    pub fn need<'a>(&mut self, field: &str, text: &'a str, message: &str) -> &'a str {
        let text = text.trim();
        if text.is_empty() {
            self.add(field, message);
        }
        text
    }

    /// Whether anything is wrong.
    pub const fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Field to message, for an autosave's answer.
    pub fn to_map(&self) -> BTreeMap<&str, &str> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str())).collect()
    }

    /// For templates: field to message, in order.
    pub fn to_value(&self) -> Value {
        Value::from(minijinja::value::Serde(self))
    }
}

impl serde::Serialize for FieldErrors {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, message)| (field, message)))
    }
}

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let view = <View as axum::extract::FromRequestParts<S>>::from_request_parts;
        let view =
            view(&mut parts, state).await.map_err(axum::response::IntoResponse::into_response)?;
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            return Err(view.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "problem-not-a-form"));
        }
        let bytes = read(body).await.map_err(|status| view.problem(status, "problem-too-long"))?;
        let unreadable = || view.problem(StatusCode::BAD_REQUEST, "problem-not-a-form");
        let typed = Typed::read(&bytes).ok_or_else(unreadable)?;
        let value = serde_html_form::from_bytes(&bytes).map_err(|_| unreadable())?;
        Ok(Self { value, typed })
    }
}

async fn read(body: Body) -> Result<bytes::Bytes, StatusCode> {
    axum::body::to_bytes(body, FORM_LIMIT).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}
