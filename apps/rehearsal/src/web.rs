//! The public HTTP interface as an actor uses it: pages, small JSON and forms, with its cookie
//! carried by hand, since no cookie jar sends a `Secure` cookie to a loopback host without TLS.

use crate::{Stumble, limits};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use std::net::{IpAddr, ToSocketAddrs, UdpSocket};
use std::sync::Arc;

/// Where the service is.
#[derive(Clone, Debug)]
pub struct Site {
    http: Client,
    origin: Arc<str>,
    near: IpAddr,
}

impl Site {
    /// The service at this origin, `http://127.0.0.1:8080` for one.
    pub fn at(origin: &str) -> Result<Self, Stumble> {
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(limits::REQUEST)
            .build()
            .map_err(|_| Stumble::Unreachable("making an HTTP client"))?;
        let origin = origin.trim_end_matches('/');
        let near = near(origin).ok_or(Stumble::Unreachable("looking for the server"))?;
        Ok(Self { http, origin: origin.into(), near })
    }

    /// A visitor without a cookie.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { site: self.clone(), cookie: None, key: None }
    }

    /// One of the force's own systems, with its API key.
    pub(crate) fn system(&self, key: &str) -> Visitor {
        Visitor { site: self.clone(), cookie: None, key: Some(key.into()) }
    }
}

/// Which of our own addresses faces the service: where its media can reach us.
fn near(origin: &str) -> Option<IpAddr> {
    let host = origin.split("://").nth(1)?;
    let there = match host.to_socket_addrs() {
        Ok(mut found) => found.next()?,
        Err(_) => (host, 443).to_socket_addrs().ok()?.next()?,
    };
    let any = if there.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    // Connecting a datagram socket sends nothing: it only asks for the route.
    let socket = UdpSocket::bind(any).ok()?;
    socket.connect(there).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    site: Site,
    cookie: Option<Arc<str>>,
    key: Option<Arc<str>>,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) step: &'static str,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Visitor {
    /// Our own address, as the service sees it.
    pub(crate) fn near(&self) -> IpAddr {
        self.site.near
    }

    /// Keeps the cookie of this name, if the answer sets it.
    pub(crate) fn keep(&mut self, answer: &Answer, name: &str) -> Result<(), Stumble> {
        let found = answer
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .filter_map(|line| line.split(';').next())
            .find(|pair| pair.split_once('=').is_some_and(|(have, _)| have == name));
        self.cookie = Some(found.ok_or(Stumble::Missing(answer.step, "a cookie"))?.into());
        Ok(())
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.site.http.request(method, format!("{}{path}", self.site.origin));
        let request = match &self.cookie {
            Some(cookie) => request.header(COOKIE, &**cookie),
            None => request,
        };
        match &self.key {
            Some(key) => request.header(AUTHORIZATION, format!("Bearer {key}")),
            None => request,
        }
    }

    /// Fetches a page.
    pub(crate) async fn get(&self, step: &'static str, path: &str) -> Result<Answer, Stumble> {
        send(step, self.request(Method::GET, path)).await
    }

    /// Fetches a stretch of a file, both ends included.
    pub(crate) async fn range(
        &self,
        step: &'static str,
        path: &str,
        (from, to): (u64, u64),
    ) -> Result<Answer, Stumble> {
        let request = self.request(Method::GET, path);
        send(step, request.header("range", format!("bytes={from}-{to}"))).await
    }

    /// Posts JSON.
    pub(crate) async fn post(
        &self,
        step: &'static str,
        path: &str,
        body: &Value,
    ) -> Result<Answer, Stumble> {
        send(step, self.request(Method::POST, path).json(body)).await
    }

    /// Posts a form the way the page's script does: answered by a code, not by a page.
    pub(crate) async fn press(
        &self,
        step: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Stumble> {
        let request = self.request(Method::POST, path).header("hx-request", "true");
        send(step, request.form(fields)).await
    }

    /// Posts a form the way a browser without scripts does. The page that it is sent on to is
    /// not opened.
    pub(crate) async fn submit(
        &self,
        step: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Stumble> {
        send(step, self.request(Method::POST, path).form(fields)).await
    }

    /// Opens a stream of events, which has no end of its own.
    pub(crate) async fn follow(&self, step: &'static str, path: &str) -> Result<Hints, Stumble> {
        let request = self.request(Method::GET, path).timeout(limits::LOBBY * 10);
        let response = request.send().await.map_err(|_| Stumble::Unreachable(step))?;
        if !response.status().is_success() {
            return Err(Stumble::Answered(step, response.status().as_u16(), String::new()));
        }
        Ok(Hints(response))
    }
}

async fn send(step: &'static str, request: RequestBuilder) -> Result<Answer, Stumble> {
    let response = request.send().await.map_err(|_| Stumble::Unreachable(step))?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.map_err(|_| Stumble::Unreachable(step))?.to_vec();
    Ok(Answer { step, status, headers, body })
}

impl Answer {
    /// Only if it went well: 200 to 299, or the redirect after a form.
    pub(crate) fn good(self) -> Result<Self, Stumble> {
        match self.status {
            200..=299 | 303 => Ok(self),
            status => Err(Stumble::Answered(self.step, status, self.reason())),
        }
    }

    /// The rule's own words, when the answer has them. Pages are not repeated.
    fn reason(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let words = ["refused", "detail"].iter().find_map(|name| body[name].as_str());
        words.unwrap_or_default().to_owned()
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Result<Value, Stumble> {
        serde_json::from_slice(&self.body).map_err(|_| Stumble::Missing(self.step, "JSON"))
    }

    /// As text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the page's first hidden field of this name carries.
    pub(crate) fn hidden(&self, name: &'static str) -> Result<String, Stumble> {
        let text = self.text();
        let found = between(&text, &format!("name=\"{name}\" value=\""), "\"");
        Ok(found.ok_or(Stumble::Missing(self.step, name))?.to_owned())
    }

    /// One text of the JSON.
    pub(crate) fn field(&self, name: &'static str) -> Result<String, Stumble> {
        let found = self.json()?[name].as_str().map(str::to_owned);
        found.ok_or(Stumble::Missing(self.step, name))
    }
}

/// What stands on a page between two pieces of it, the first time.
pub(crate) fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// A stream of events that say nothing but that it is worth asking again.
pub(crate) struct Hints(Response);

impl Hints {
    /// Waits for the next hint, or for as long as a page without hints would.
    pub(crate) async fn next(&mut self) {
        // A stream that ends is no hint; the page then asks on its own clock.
        let heard = tokio::time::timeout(limits::LOOK * 5, self.0.chunk()).await;
        if !matches!(heard, Ok(Ok(Some(_)))) {
            tokio::time::sleep(limits::LOOK).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_on_this_machine_is_reached_from_this_machine() {
        assert!(near("http://127.0.0.1:8080").unwrap().is_loopback());
        assert!(near("nonsense").is_none());
    }
}
