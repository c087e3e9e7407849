//! One answer, read whole, with questions a test asks of it.

use axum::body::to_bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use scraper::{Html, Selector};

/// An answer.
pub struct Answer {
    /// The address that was asked.
    pub path: String,
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// The body as text.
    pub body: String,
    /// The body as it came, for what is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub(crate) async fn read(path: &str, response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let location = text("location");
        // An event stream never ends; its headers are all a test can read here.
        let streams = text("content-type").is_some_and(|kind| kind.contains("event-stream"));
        let bytes = if streams {
            vec![]
        } else {
            to_bytes(response.into_body(), 8 << 20).await.expect("a body under 8 MiB").to_vec()
        };
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { path: path.to_owned(), status, headers, location, body, bytes }
    }

    /// Asserts the status and gives the answer back.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.body);
        self
    }

    /// The address it redirects to (303).
    #[track_caller]
    pub fn redirect(self) -> String {
        assert_eq!(self.status, 303, "{}: {}", self.path, self.body);
        self.location.expect("a redirect says where")
    }

    /// Whether the text stands in the body.
    pub fn says(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The trimmed texts of all elements that match a CSS selector.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a CSS selector");
        let html = Html::parse_document(&self.body);
        let squeeze = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        html.select(&selector).map(|e| squeeze(e.text().collect())).collect()
    }

    /// Status, address and body without the luck in them: the nonces of this very response. Two
    /// answers that must tell nothing apart are compared by it.
    pub fn bare(&self) -> (u16, Option<String>, String) {
        let mut pieces = self.body.split("nonce=\"");
        let mut body = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            body.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
        }
        (self.status, self.location.clone(), body)
    }

    /// The same where every id of 32 digits is one and the same mark, since ids are born with a
    /// form. An id more or less still shows.
    pub fn bare_of_ids(&self) -> (u16, Option<String>, String) {
        let (status, location, body) = self.bare();
        let (mut out, mut run) = (String::with_capacity(body.len()), String::new());
        for c in body.chars().chain([' ']) {
            if c.is_ascii_hexdigit() {
                run.push(c);
                continue;
            }
            out.push_str(if run.len() == 32 { "#" } else { &run });
            run.clear();
            out.push(c);
        }
        (status, location, out)
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }

    /// The value of a cookie that it sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
        let pair =
            lines.filter_map(|line| line.split(';').next()).filter_map(|p| p.split_once('='));
        pair.into_iter().find(|(have, _)| *have == name).map(|(_, value)| value.to_owned())
    }
}
