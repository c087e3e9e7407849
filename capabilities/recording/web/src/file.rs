//! `GET /calls/{call}/recording/{participant}.webm` and `whole.webm`: a file made on the fly from
//! sealed segments, with ranges. Whoever plays it is in the trail.

use crate::of_call::OfCall;
use crate::range::File;
use crate::tape::Tape;
use crate::{Means, segments};
use axum::extract::{Query, State};
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use call::{CallId, Participant};
use kernel::At;
use recording::Segment;
use serde::Deserialize;
use ui::{App, Staff, View};

/// `?until=<µs>` pins a running recording to what there was when the page was made, so that every
/// range is one of the same file.
#[derive(Deserialize, Default)]
pub(crate) struct Pinned {
    until: Option<i64>,
}

/// The file.
pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    of: OfCall,
    Query(pinned): Query<Pinned>,
    headers: HeaderMap,
) -> Response {
    let call = of.call;
    let who = match of.file.strip_suffix(".webm") {
        Some("whole") => None,
        Some(name) => match name.parse::<Participant>() {
            Ok(participant) => Some(participant),
            Err(_) => return view.missing(),
        },
        None => return view.missing(),
    };
    let until = pinned.until.map(At);
    let all = match segments::all(app.engine(), call, until).await {
        Ok(all) => all,
        Err(fault) => return view.fault(&fault),
    };
    if all.is_empty() {
        return crate::player::nothing(&app, &view, &of).await;
    }
    if let Err(stop) = means.seen.consulted(&staff, &view, call, "recording-played").await {
        return stop;
    }
    match laid_out(&means, call, all, who) {
        Some(tape) => answer(tape, &headers, who.is_none()),
        None => view.missing(),
    }
}

/// Both files of two people begin at the same instant, so that they play side by side.
fn laid_out(
    means: &Means,
    call: CallId,
    all: Vec<Segment>,
    who: Option<Participant>,
) -> Option<Tape> {
    let origin = all.iter().map(|segment| segment.started_at).min();
    let of = |segment: &Segment| who.is_none_or(|who| segment.participant == who);
    let some: Vec<Segment> = all.into_iter().filter(of).collect();
    Tape::of(means.keeper.clone(), call, some, origin).ok()
}

fn answer(tape: Tape, headers: &HeaderMap, download: bool) -> Response {
    let file = File {
        total: tape.layout.total(),
        fingerprint: tape.layout.fingerprint(),
        media_type: tape.layout.media_type(),
    };
    let wanted = file.wanted(headers);
    let mut response = file.answer(wanted, |range| tape.stream(range));
    if download && response.status() != StatusCode::RANGE_NOT_SATISFIABLE {
        let name = HeaderValue::from_static("attachment; filename=\"recording.webm\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}
