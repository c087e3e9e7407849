//! `POST /receipts/notify`: the provider says what became of a message. What cannot be read is
//! answered with 200 all the same, or the provider sends it again and again.

use crate::{Means, invitation_list, invitation_send};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use call::Command;
use notify::govuk::Receipt;
use notify::{Delivery, limits};
use ui::App;

pub(crate) async fn post(means: Means, State(app): State<App>, request: Request) -> StatusCode {
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !means.settings.receipts.as_ref().is_some_and(|bearer| bearer.admits(shown)) {
        return StatusCode::NOT_FOUND;
    }
    match take(&app, request.into_body()).await {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn take(app: &App, body: Body) -> bool {
    let Ok(bytes) = to_bytes(body, limits::RECEIPT_BYTES_MAX).await else { return true };
    let Ok(receipt) = Receipt::parse(&bytes) else { return true };
    let invitation = receipt.reference.as_deref().and_then(|text| text.parse().ok());
    let Some(invitation) = invitation else { return true };
    let engine = app.engine();
    let Ok(found) = invitation_list::by_id(engine, invitation).await else { return false };
    let Some(found) = found else { return true };
    let command = match receipt.delivery {
        Delivery::Delivered => Command::NoteDelivered { invitation },
        delivery if delivery.failed() => {
            Command::NoteFailed { invitation, reason: delivery.word().into() }
        }
        _ => return true,
    };
    invitation_send::note(engine, &found.call.stream(), command).await
}
