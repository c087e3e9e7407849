//! What the HTTP channels share: a client that follows nothing and waits for nobody long, and
//! answers read up to a limit. Never here: what an answer means.

use crate::channel::SendFault;
use crate::limits;
use reqwest::redirect::Policy;
use std::time::Duration;

/// A builder with our habits: no redirects, no proxy from the environment, deadlines.
pub(crate) fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent("Sightline")
        .connect_timeout(limits::CONNECT_WITHIN)
        .timeout(limits::EXCHANGE_WITHIN)
}

/// The body, unless it is longer than `limits::ANSWER_BYTES_MAX` or breaks off.
pub(crate) async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, SendFault> {
    let mut bytes = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(None) => return Ok(bytes),
            Ok(Some(chunk)) if bytes.len() + chunk.len() <= limits::ANSWER_BYTES_MAX => {
                bytes.extend_from_slice(&chunk);
            }
            Ok(Some(_)) | Err(_) => return Err(SendFault::Unreachable),
        }
    }
}

/// `Retry-After` in seconds, within reason.
pub(crate) fn retry_after(answer: &reqwest::Response) -> Option<Duration> {
    let text = answer.headers().get(reqwest::header::RETRY_AFTER)?.to_str().ok()?;
    let seconds: u64 = text.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).clamp(Duration::from_secs(1), limits::AFTER_MAX))
}
