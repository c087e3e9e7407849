//! Signalling over WebSocket: LiveKit's paths, frames in and out, nothing understood here.
//! Never logs a URL: it holds the token and the first offer.

use crate::clock;
use crate::engine::Command;
use crate::host::Shared;
use crate::limits;
use crate::token::Claims;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use room::{Grants, Session};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::time::timeout;

#[derive(Deserialize)]
struct Asked {
    access_token: Option<String>,
    join_request: Option<String>,
}

pub(crate) fn router(shared: Arc<Shared>) -> axum::Router {
    axum::Router::new()
        .route("/rtc/v1", get(connect))
        .route("/rtc/v1/validate", get(validate))
        .with_state(shared)
}

/// Says why a connection would be refused: a browser cannot read that from a failed WebSocket.
async fn validate(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match claims(&shared, &headers, &asked) {
        Ok(_) => (StatusCode::OK, "success").into_response(),
        Err(refusal) => *refusal,
    }
}

async fn connect(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let claims = match claims(&shared, &headers, &asked) {
        Ok(claims) => claims,
        Err(refusal) => return *refusal,
    };
    if !shared.joins.take(clock::instant()) {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many join at once").into_response();
    }
    let request = match asked.join_request.as_deref().map(room::join::decode) {
        Some(Ok(request)) => request,
        Some(Err(why)) => return (StatusCode::BAD_REQUEST, why.to_string()).into_response(),
        None => return (StatusCode::BAD_REQUEST, "join_request is missing").into_response(),
    };
    upgrade
        .max_message_size(limits::SIGNAL_BYTES)
        .max_frame_size(limits::SIGNAL_BYTES)
        .on_upgrade(move |socket| serve(shared, claims, Box::new(request), socket))
}

fn claims(shared: &Shared, headers: &HeaderMap, asked: &Asked) -> Result<Claims, Box<Response>> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let token = asked.access_token.as_deref().or(bearer).unwrap_or_default();
    let claims = shared
        .signer
        .verify(token, (shared.wall)())
        .map_err(|why| Box::new((StatusCode::UNAUTHORIZED, why.to_string()).into_response()))?;
    if (shared.admit)(&claims.video.room, &claims.sub, kernel::At::from_seconds(claims.nbf)) {
        Ok(claims)
    } else {
        let refusal = (StatusCode::FORBIDDEN, "this room is not open to you");
        Err(Box::new(refusal.into_response()))
    }
}

async fn serve(
    shared: Arc<Shared>,
    claims: Claims,
    request: Box<livekit_protocol::JoinRequest>,
    mut socket: WebSocket,
) {
    let session = shared.session();
    let room: Arc<str> = claims.video.room.into();
    let (outbox, mut outgoing) = mpsc::channel(limits::OUTBOX);
    let join = Command::Join {
        session,
        room: Arc::clone(&room),
        identity: claims.sub.into(),
        name: claims.name,
        grants: Grants { publish: claims.video.can_publish, subscribe: claims.video.can_subscribe },
        request,
        outbox,
    };
    if shared.commands.send(join).await.is_err() {
        return;
    }
    loop {
        let quiet = tokio::time::sleep(limits::SILENCE);
        tokio::select! {
            frame = outgoing.recv() => {
                let Some(frame) = frame else { break };
                let written = timeout(limits::WRITE, socket.send(Message::Binary(frame.into())));
                if !matches!(written.await, Ok(Ok(()))) { break }
            }
            heard = socket.recv() => {
                if !heard_one(&shared, session, &room, heard).await { break }
            }
            () = quiet => break,
        }
    }
    // The media thread may be gone already; then there is nobody to tell.
    let _stopped = shared.commands.send(Command::SignalLost { session, room }).await;
    let _closed = timeout(limits::WRITE, socket.send(Message::Close(None))).await;
}

async fn heard_one(
    shared: &Shared,
    session: Session,
    room: &Arc<str>,
    heard: Option<Result<Message, axum::Error>>,
) -> bool {
    match heard {
        Some(Ok(Message::Binary(bytes))) => {
            let bytes = bytes.to_vec();
            let signal = Command::Signal { session, room: Arc::clone(room), bytes };
            shared.commands.send(signal).await.is_ok()
        }
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_))) => true,
        Some(Ok(Message::Close(_)) | Err(_)) | None => false,
    }
}
