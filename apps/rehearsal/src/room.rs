//! Into the room of a call, as a browser goes: a token by HTTP, then real media.

use crate::web::Visitor;
use crate::{Stumble, card, clock, limits};
use room_peer::{Peer, PeerConfig};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Instant;

/// Joins with the test card and its tone.
pub(crate) async fn enter(web: &Visitor, step: &'static str, path: &str) -> Result<Peer, Stumble> {
    let answer = web.post(step, path, &json!({})).await?.good()?;
    let (url, token) = (answer.field("url")?, answer.field("token")?);
    let config = PeerConfig {
        publish: card::sources(),
        bind: SocketAddr::new(web.near(), 0),
        keep_frames: false,
    };
    Peer::join(&url, &token, config).await.map_err(|fault| Stumble::Media(step, fault))
}

/// Waits for the other side's first complete picture, and says over HTTP that it is seen.
pub(crate) async fn see(
    peer: &Peer,
    web: &Visitor,
    step: &'static str,
    path: &str,
) -> Result<Instant, Stumble> {
    if !peer.wait(limits::FACE, |stats| stats.first_video_after.is_some()).await {
        return Err(Stumble::Late(step));
    }
    let face = clock::now();
    // The room tells the journal who is in it; a picture can be quicker than the disk.
    let noted = clock::until(limits::FACE, limits::LOOK, || async {
        match web.post(step, path, &json!({})).await?.good() {
            Ok(_) => Ok(Some(())),
            Err(Stumble::Answered(_, 409, _)) => Ok(None),
            Err(stumble) => Err(stumble),
        }
    });
    noted.await?.ok_or(Stumble::Late(step))?;
    Ok(face)
}
