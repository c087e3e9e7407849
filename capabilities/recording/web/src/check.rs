//! `GET /calls/{call}/recording/check`: every segment and still is opened and compared with the
//! record. What is damaged or missing is named; it never plays.

use crate::limits::NAMED_MAX;
use crate::of_call::OfCall;
use crate::people::People;
use crate::player;
use crate::tape::{Damage, open, opened};
use crate::{Means, recordings, segments};
use axum::extract::{Query, State};
use axum::response::Response;
use call::{CallId, Participant};
use engine::{Engine, Fault};
use kernel::At;
use serde::{Deserialize, Serialize};
use ui::{App, Serde, Staff, View, context};

/// `?until=<µs>`
#[derive(Deserialize, Default)]
pub(crate) struct Pinned {
    until: Option<i64>,
}

/// One thing that is not as the record says.
#[derive(Serialize)]
struct Damaged {
    at: f64,
    until: f64,
    clock: i64,
    name: String,
    part: &'static str,
    what: &'static str,
    how: String,
}

/// The fragment.
pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    of: OfCall,
    Query(pinned): Query<Pinned>,
) -> Response {
    let call = of.call;
    if let Err(stop) = means.seen.consulted(&staff, &view, call, "recording-checked").await {
        return stop;
    }
    // Of what is gone nothing can be found whole.
    if let Some(gone) = player::ended(&app, &view, &of).await {
        return gone;
    }
    match check(&means, app.engine(), call, pinned.until.map(At)).await {
        Ok((checked, damaged)) => {
            let more = damaged.len().saturating_sub(NAMED_MAX);
            let named = &damaged[..damaged.len() - more];
            let page = context! { checked, damaged => Serde(&named), more };
            view.page("recording/check.html", page)
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn check(
    means: &Means,
    engine: &Engine,
    call: CallId,
    until: Option<At>,
) -> Result<(usize, Vec<Damaged>), Fault> {
    let all = segments::all(engine, call, until).await?;
    let stills = recordings::stills(engine, call).await?;
    let mut who: Vec<Participant> = all.iter().map(|segment| segment.participant).collect();
    who.extend(stills.iter().map(|still| still.participant));
    who.sort_unstable();
    who.dedup();
    let people = People::of(engine, call, who).await?;
    let origin = all.iter().map(|segment| segment.started_at.0).min().unwrap_or_default();
    let seconds = |at: At| (at.0 - origin) as f64 / 1_000_000.0;
    let mut damaged = Vec::new();
    let mut note = |who, from: At, to: At, what, damage: Damage| {
        let (name, part) = people.one(who);
        damaged.push(Damaged {
            at: seconds(from).max(0.0),
            until: seconds(to),
            clock: from.0,
            name: name.to_owned(),
            part,
            what,
            how: damage.to_string(),
        });
    };
    for segment in &all {
        if let Err(damage) = open(&means.keeper, call, segment).await {
            let what = match segment.codec.kind() {
                recording::Kind::Video => "picture",
                recording::Kind::Audio => "sound",
            };
            note(segment.participant, segment.started_at, segment.ended_at, what, damage);
        }
    }
    for still in &stills {
        let found = opened(&means.keeper, call, &still.object, &still.sha256).await;
        if let Err(damage) = found {
            note(still.participant, still.at, still.at, "still", damage);
        }
    }
    Ok((all.len() + stills.len(), damaged))
}
