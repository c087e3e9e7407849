//! `POST /j/claim`: the link's secret becomes this device's cookie, once. And `POST /j/language`.

use crate::guest::{self, Guest, Small};
use crate::invitation_list::Found;
use crate::{Means, guest_state, invitation_list, invitation_secret};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use call::{Call, Command, Standing};
use engine::{Caller, Engine, Fault, Refused};
use serde::Deserialize;
use ui::{App, Locale};

/// Characters of a device's own secret: 128 to 256 bits.
const DEVICE_CHARS: std::ops::RangeInclusive<usize> = 22..=64;
/// Characters of a link's secret, and of a code with its spaces.
const SECRET_CHARS_MAX: usize = 64;

/// What she has: the link's secret, or the code that was read to her.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    #[serde(default)]
    secret: Option<String>,
    #[serde(default)]
    code: Option<String>,
    /// Made by the page, so that a claim whose answer was lost on the way can be repeated.
    #[serde(default)]
    device: Option<String>,
}

pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    headers: HeaderMap,
    Small(claim): Small<Claim>,
) -> Response {
    match attempt(&means, app.engine(), &headers, claim).await {
        Ok(Some(guest)) => {
            let state = guest_state::json(app.engine(), &guest.0).await;
            let state = match state {
                Ok(state) => state,
                Err(fault) => return guest::faulted(&fault),
            };
            let mut cookies = vec![(SET_COOKIE, guest::cookie(guest.0.invitation, &guest.1))];
            let chosen = guest.0.open().map(|(open, _)| open.language.tag());
            if let Some(tag) = chosen.filter(|_| !has_language(&headers)) {
                cookies.push((SET_COOKIE, guest::language_cookie(tag, false)));
            }
            let cookies: [_; 1] = match cookies.len() {
                1 => [cookies.remove(0)],
                _ => return with_two(cookies, state),
            };
            (AppendHeaders(cookies), Json(state)).into_response()
        }
        Ok(None) => guest::unknown().into_response(),
        Err(fault) => guest::faulted(&fault),
    }
}

fn with_two(
    mut cookies: Vec<(axum::http::HeaderName, String)>,
    state: serde_json::Value,
) -> Response {
    let second = cookies.remove(1);
    let first = cookies.remove(0);
    (AppendHeaders([first, second]), Json(state)).into_response()
}

fn has_language(headers: &HeaderMap) -> bool {
    headers.contains_key(COOKIE) && ui::guard::cookie(headers, ui::locale::COOKIE_NAME).is_some()
}

async fn attempt(
    means: &Means,
    engine: &Engine,
    headers: &HeaderMap,
    claim: Claim,
) -> Result<Option<(Guest, String)>, Fault> {
    let Some(found) = find(means, engine, &claim).await? else { return Ok(None) };
    let own = own_device(headers, found);
    let offered = claim.device.filter(|text| {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        DEVICE_CHARS.contains(&text.len()) && plain
    });
    let secret = own.or(offered).unwrap_or_else(|| URL_SAFE_NO_PAD.encode(engine.luck16()));
    let device = invitation_secret::hash(&secret);
    let command = Command::Claim { invitation: found.invitation, device: device.clone() };
    // One claim of a link at a time: a thousand at once must not fight over the journal.
    let gate = means.claims.of(found.invitation).lock().await;
    let caller = Caller::system();
    let done = engine.execute::<Call>(&found.call.stream(), command, &caller, None).await;
    drop(gate);
    match done {
        Ok(_) => {}
        Err(Refused::Refusal(_)) => return Ok(None),
        Err(Refused::Fault(fault)) => return Err(fault),
    }
    let (state, _) = engine.state::<Call>(&found.call.stream()).await?;
    let one = state.call().and_then(|call| call.invitations.get(&found.invitation));
    let standing = one.map_or(Standing::Stranger, |one| one.standing(&device));
    let (call, invitation) = (found.call, found.invitation);
    Ok(Some((Guest { call, invitation, standing, device, state }, secret)))
}

async fn find(means: &Means, engine: &Engine, claim: &Claim) -> Result<Option<Found>, Fault> {
    match (&claim.secret, &claim.code) {
        (Some(secret), _) if secret.len() <= SECRET_CHARS_MAX => {
            invitation_list::by_secret(engine, secret).await
        }
        (None, Some(code))
            if code.len() <= SECRET_CHARS_MAX && means.pace.allows_code(engine.now()) =>
        {
            invitation_list::by_code(engine, code).await
        }
        _ => Ok(None),
    }
}

/// The device's secret, when its cookie is of this very link.
fn own_device(headers: &HeaderMap, found: Found) -> Option<String> {
    let cookie = ui::guard::cookie(headers, guest::COOKIE_NAME)?;
    let (invitation, secret) = cookie.split_once('.')?;
    (invitation.parse() == Ok(found.invitation)).then(|| secret.to_owned())
}

/// `POST /j/language {"language": "cy"}`: the page is asked for again in it.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    language: String,
}

pub(crate) async fn language(Small(chosen): Small<Chosen>) -> Response {
    let tag = Locale::from_tag(&chosen.language).unwrap_or_default().tag();
    let cookie = AppendHeaders([(SET_COOKIE, guest::language_cookie(tag, false))]);
    (cookie, Json(serde_json::json!({ "done": true }))).into_response()
}
