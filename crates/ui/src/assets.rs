//! Serves what the assets step built: hashed names, compressed beforehand, kept for ever.
//! Nothing here depends on who asks; nothing personal is ever an asset.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A name holds the hash of what it names, so what it names never changes: one year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What `cargo xtask assets` left in `web/dist`: embedded in release, live from disk in debug.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
pub(crate) struct Dist;

/// The text of one built file.
pub(crate) fn text(path: &str) -> Option<String> {
    String::from_utf8(Dist::get(path)?.data.into_owned()).ok()
}

/// The address of an asset by its plain name: `console.js` is `/assets/console-1A2B.js`.
pub fn address(name: &str) -> Option<String> {
    let manifest: BTreeMap<String, String> = serde_json::from_str(&text("manifest.json")?).ok()?;
    manifest.get(name).map(|file| format!("/assets/{file}"))
}

/// The route for every asset.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(one))
}

async fn one(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(kind) = kind(&file) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{file}\"");
    let held = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if held
        .is_some_and(|held| held.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
        && Dist::get(&format!("assets/{file}")).is_some()
    {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    let Some((body, encoding)) = best(&file, &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = axum::body::Body::from(body.into_owned()).into_response();
    let head = response.headers_mut();
    head.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    head.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    head.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        head.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn best(file: &str, headers: &HeaderMap) -> Option<(Cow<'static, [u8]>, Option<&'static str>)> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| {
        accepted.split(',').map(str::trim).any(|one| {
            one.split(';').next() == Some(name) && !one.replace(' ', "").ends_with(";q=0")
        })
    };
    for (name, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(name)
            && let Some(found) = Dist::get(&format!("assets/{file}.{ending}"))
        {
            return Some((found.data, Some(name)));
        }
    }
    Some((Dist::get(&format!("assets/{file}"))?.data, None))
}

fn kind(file: &str) -> Option<&'static str> {
    match file.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::Request;
    use tower::ServiceExt as _;

    async fn ask(path: &str, name: http::HeaderName, value: &str) -> Response {
        let request = Request::get(path).header(name, value).body(Body::empty());
        router::<()>().oneshot(request.expect("a request")).await.expect("it cannot fail")
    }

    #[tokio::test]
    async fn an_asset_is_kept_for_ever_and_sent_compressed() {
        let path = address("public.css").expect("cargo xtask assets has run");
        let sent = ask(&path, ACCEPT_ENCODING, "gzip, br").await;
        assert_eq!(sent.status(), StatusCode::OK);
        assert_eq!(sent.headers()[CONTENT_ENCODING], "br");
        assert!(sent.headers()[CACHE_CONTROL].to_str().is_ok_and(|v| v.contains("immutable")));
        let tag = sent.headers()[ETAG].to_str().expect("ASCII").to_owned();
        assert_eq!(ask(&path, IF_NONE_MATCH, &tag).await.status(), StatusCode::NOT_MODIFIED);
        let plain = ask(&path, ACCEPT_ENCODING, "br;q=0").await;
        assert!(!plain.headers().contains_key(CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn what_is_not_an_asset_is_not_found() {
        for path in ["/assets/manifest.json", "/assets/none.js", "/assets/..%2Fmanifest.css"] {
            assert_eq!(ask(path, ETAG, "x").await.status(), StatusCode::NOT_FOUND);
        }
    }
}
