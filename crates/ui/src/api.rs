//! The JSON side: bodies with a limit and an error that names the field, problems by RFC 9457,
//! and the idempotency key of a request.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::Refused;
use serde::de::DeserializeOwned;

/// The most a request may send: a report is a page or two of text.
pub const BODY_LIMIT: usize = 64 * 1024;
/// The longest idempotency key; room for any UUID with a prefix.
pub const KEY_LIMIT: usize = 100;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return Err(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", ""));
        }
        let bytes = to_bytes(request.into_body(), BODY_LIMIT).await;
        let bytes =
            bytes.map_err(|_| problem(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", ""))?;
        // serde_json names the field and the place, never the value of a known field's text.
        let read = serde_json::from_slice(&bytes);
        let wrong = |error: serde_json::Error| {
            let place = format!("line {} column {}", error.line(), error.column());
            let detail = match error.classify() {
                serde_json::error::Category::Data => format!("{error}"),
                _ => format!("not JSON at {place}"),
            };
            problem(StatusCode::BAD_REQUEST, "malformed-body", &detail)
        };
        read.map(Self).map_err(wrong)
    }
}

/// An answer in `application/problem+json` (RFC 9457): `kind` is the stable name.
pub fn problem(status: StatusCode, kind: &str, detail: &str) -> Response {
    let body = serde_json::json!({
        "type": format!("/api/problems/{kind}"),
        "title": kind.replace('-', " "),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut response = (status, Json(body)).into_response();
    let json = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// A refusal becomes 409 with the rule's own words; a fault 500 with nothing but a reference.
pub fn refused<R: std::error::Error>(refused: Refused<R>) -> Response {
    match refused {
        Refused::Refusal(refusal) => problem(StatusCode::CONFLICT, "refused", &refusal.to_string()),
        Refused::Fault(fault) => {
            let reference = crate::problem::log(&fault);
            problem(StatusCode::INTERNAL_SERVER_ERROR, "fault", &reference)
        }
    }
}

/// The `Idempotency-Key` of a request, made this client's own; an error when it is too long.
#[expect(clippy::result_large_err, reason = "a response is the answer, made once a request")]
pub fn idempotency_key(headers: &HeaderMap, client: &str) -> Result<Option<String>, Response> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| !key.is_empty() && key.len() <= KEY_LIMIT);
    let key = key.ok_or_else(|| {
        problem(StatusCode::BAD_REQUEST, "idempotency-key", "1 to 100 visible characters")
    })?;
    Ok(Some(format!("api/{client}/{key}")))
}
