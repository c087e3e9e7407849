//! The headers of every answer: what a page may load, ask for, leave behind and say onward.
//! Fail closed: a page that forgets something gets less, never more.

use crate::templates::Templates;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use kernel::At;
use std::fmt;
use std::sync::Arc;

type Clock = dyn Fn() -> At + Send + Sync;
type Luck = dyn Fn(&mut [u8]) + Send + Sync;

/// What pages are made with: templates, the time, and luck for nonces.
#[derive(Clone)]
pub struct Surface(Arc<Inner>);

struct Inner {
    templates: Templates,
    clock: Box<Clock>,
    luck: Box<Luck>,
}

impl fmt::Debug for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Surface")
    }
}

impl Surface {
    /// Clock and luck are the engine's, handed in by the application.
    pub fn new(
        templates: Templates,
        clock: impl Fn() -> At + Send + Sync + 'static,
        luck: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner { templates, clock: Box::new(clock), luck: Box::new(luck) }))
    }

    /// The templates.
    pub fn templates(&self) -> &Templates {
        &self.0.templates
    }

    /// The time.
    pub fn now(&self) -> At {
        (self.0.clock)()
    }

    fn nonce(&self) -> Nonce {
        let mut bytes = [0; 16];
        (self.0.luck)(&mut bytes);
        Nonce(URL_SAFE_NO_PAD.encode(bytes).into())
    }
}

/// The word that lets this response's own scripts run, and no others.
#[derive(Clone, Debug)]
pub struct Nonce(Arc<str>);

impl Nonce {
    /// For `nonce="…"`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Put on a response by `View::for_call`: this page may use camera, microphone and place.
#[derive(Clone, Copy, Debug)]
pub struct CallPage;

/// Middleware for the whole application:
/// `router.layer(axum::middleware::from_fn_with_state(surface, ui::head::layer))`.
pub async fn layer(State(surface): State<Surface>, mut request: Request, next: Next) -> Response {
    let nonce = surface.nonce();
    let policy = content_policy(&nonce, &sockets(request.headers()));
    request.extensions_mut().insert(nonce);
    request.extensions_mut().insert(surface);
    let mut response = next.run(request).await;
    let call = response.extensions_mut().remove::<CallPage>().is_some();
    set(response.headers_mut(), policy, call);
    response
}

fn set(headers: &mut HeaderMap, policy: HeaderValue, call: bool) {
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    headers.entry(CACHE_CONTROL).or_insert(fixed("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(X_FRAME_OPTIONS, fixed("DENY"));
    headers.insert(REFERRER_POLICY, fixed("no-referrer"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), fixed("same-origin"));
    let asks = if call {
        "camera=(self), microphone=(self), geolocation=(self), fullscreen=(self), \
         picture-in-picture=(self), screen-wake-lock=(self), autoplay=(self), \
         display-capture=(), payment=(), usb=(), browsing-topics=()"
    } else {
        "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), \
         browsing-topics=()"
    };
    headers.insert(HeaderName::from_static("permissions-policy"), fixed(asks));
}

/// The same host over WebSocket, spelled out: Safari before 15.4 does not read it into 'self'.
fn sockets(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(plain) {
        return String::new();
    }
    format!(" ws://{host} wss://{host}")
}

fn content_policy(nonce: &Nonce, sockets: &str) -> HeaderValue {
    let nonce = nonce.as_str();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; \
         img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'{sockets}; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types htmx sightline"
    );
    HeaderValue::from_str(&policy).expect("nonce and host were checked to be plain")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;

    fn surface() -> Surface {
        Surface::new(Templates::new(vec![]), || At(0), |bytes| bytes.fill(7))
    }

    async fn headers(path: &str, host: &str) -> HeaderMap {
        let call = || async {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(CallPage);
            response
        };
        let app = Router::new()
            .route("/plain", get(|| async {}))
            .route("/call", get(call))
            .merge(assets::router())
            .layer(middleware::from_fn_with_state(surface(), layer));
        let request = http::Request::get(path).header(HOST, host).body(Body::empty());
        let response = app.oneshot(request.expect("a request")).await.expect("it cannot fail");
        response.headers().clone()
    }

    #[tokio::test]
    async fn a_page_keeps_nothing_and_may_use_no_camera() {
        let sent = headers("/plain", "hub.example:8443").await;
        assert_eq!(sent[CACHE_CONTROL], "no-store");
        assert_eq!(sent[REFERRER_POLICY], "no-referrer");
        assert!(sent["permissions-policy"].to_str().is_ok_and(|v| v.contains("camera=()")));
        let policy = sent[CONTENT_SECURITY_POLICY].to_str().expect("ASCII");
        assert!(policy.contains("'nonce-BwcHBwcHBwcHBwcHBwcHBw' 'strict-dynamic'"));
        assert!(policy.contains("wss://hub.example:8443"));
        assert!(!policy.contains("unsafe"));
    }

    #[tokio::test]
    async fn a_host_that_is_not_plain_never_reaches_the_policy() {
        let policy = headers("/plain", "x'; script-src *").await;
        assert!(!policy[CONTENT_SECURITY_POLICY].to_str().is_ok_and(|v| v.contains("src *")));
    }

    #[tokio::test]
    async fn only_a_call_page_may_ask_for_the_camera_and_only_assets_are_kept() {
        let call = headers("/call", "a").await;
        assert!(call["permissions-policy"].to_str().is_ok_and(|v| v.contains("camera=(self)")));
        let path = assets::address("public.css").expect("cargo xtask assets has run");
        assert!(headers(&path, "a").await[CACHE_CONTROL].to_str().is_ok_and(|v| v != "no-store"));
    }
}
