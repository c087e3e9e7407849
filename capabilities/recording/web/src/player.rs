//! `GET /calls/{call}/recording`: everybody side by side on one line of time, with what was marked,
//! pictured, and not recorded. Opening it is in the trail.

use crate::of_call::OfCall;
use crate::people::People;
use crate::recordings::{self, Line};
use crate::tracks::{self, Track};
use crate::{markers, segments};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use call::{CallId, Participant};
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::Purpose;
use minijinja::Value;
use recording::{Kind, RecordingId, Segment};
use serde::Serialize;
use std::collections::BTreeSet;
use ui::{App, Serde, Staff, View, context};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff, of: OfCall) -> Response {
    let (engine, call) = (app.engine(), of.call);
    let line = match recordings::of_call(engine, call).await {
        Ok(Some(line)) => line,
        Ok(None) => return nothing(&app, &view, &of).await,
        Err(fault) => return view.fault(&fault),
    };
    match is_gone(engine, call, &line).await {
        Ok(true) => return gone(&view, &of, &line),
        Ok(false) => {}
        Err(fault) => return view.fault(&fault),
    }
    let stream = RecordingId::from(call).stream();
    if let Err(stop) = staff.consulted(&view, &stream, "recording").await {
        return stop;
    }
    match page(engine, &of, &line).await {
        Ok(page) => {
            let holds = app.may(&staff.caller.actor, "hold.propose", Purpose::Retention);
            view.page("recording/player.html", context! { holds, call => call.to_string(), ..page })
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn is_gone(engine: &Engine, call: CallId, line: &Line) -> Result<bool, Fault> {
    let stream = RecordingId::from(call).stream();
    Ok(line.dropped_at.is_some() || engine.stream_key(&stream).await?.is_none())
}

/// What to say of a recording that is gone, or never was; nothing while it is kept.
pub(crate) async fn ended(app: &App, view: &View, of: &OfCall) -> Option<Response> {
    let engine = app.engine();
    let gone_by_now = match recordings::of_call(engine, of.call).await {
        Ok(Some(line)) => is_gone(engine, of.call, &line).await.map(|is| is.then_some(line)),
        Ok(None) => return Some(view.missing()),
        Err(fault) => Err(fault),
    };
    match gone_by_now {
        Ok(line) => line.map(|line| gone(view, of, &line)),
        Err(fault) => Some(view.fault(&fault)),
    }
}

fn gone(view: &View, of: &OfCall, line: &Line) -> Response {
    let page = context! {
        base => of.base(), kept_until => line.kept_until, dropped_at => line.dropped_at,
        reference => reference(line), home => home(line), kind => line.kind(),
        days => line.keep_days(),
    };
    view.answer(StatusCode::GONE, "recording/gone.html", page)
}

/// A call without a recording, or whose recording is gone: what to say instead of a picture.
pub(crate) async fn nothing(app: &App, view: &View, of: &OfCall) -> Response {
    match recordings::of_call(app.engine(), of.call).await {
        Ok(Some(line)) if line.dropped_at.is_some() => gone(view, of, &line),
        Ok(_) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

fn reference(line: &Line) -> String {
    line.incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default()
}

/// The page of what the call was about.
fn home(line: &Line) -> String {
    match (line.matter.as_deref(), line.matter_kind()) {
        (Some(matter), Some(kind)) => {
            format!("{}/{}", kind.pages(), matter.rsplit('/').next().unwrap_or_default())
        }
        _ => format!("/incidents/{}", line.incident),
    }
}

/// One person, as the page shows them.
#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    part: &'static str,
    picture: bool,
    /// Seconds on the line of time.
    from: f64,
    until: f64,
    /// Stretches with a picture (or, without any, with sound).
    spans: Vec<(f64, f64)>,
}

/// One row of the tape.
#[derive(Serialize)]
struct Row {
    name: String,
    part: &'static str,
    kind: &'static str,
    spans: Vec<(f64, f64)>,
    holes: Vec<(f64, f64, bool)>,
}

/// One instant worth going to.
#[derive(Serialize)]
struct Mark {
    at: f64,
    clock: i64,
    kind: &'static str,
    /// What sort of marker, or why it is missing.
    code: String,
    /// What the officer wrote; whose track is missing.
    label: String,
    part: &'static str,
    /// How long, where it has a length.
    span: i64,
    /// The picture's address.
    src: String,
}

struct Time {
    origin: i64,
}

impl Time {
    /// Seconds since the player's 0:00, to the millisecond.
    fn at(&self, micros: i64) -> f64 {
        ((micros - self.origin) as f64 / 1_000.0).round() / 1_000.0
    }
}

async fn page(engine: &Engine, of: &OfCall, line: &Line) -> Result<Value, Fault> {
    let call = of.call;
    let segments = segments::all(engine, call, None).await?;
    let gaps = recordings::gaps(engine, call).await?;
    let tracks = tracks::of(&segments, &gaps);
    let who: BTreeSet<Participant> = tracks.iter().map(|track| track.who).collect();
    let people = People::of(engine, call, who.clone()).await?;
    let origin = segments.iter().map(|segment| segment.started_at.0).min().unwrap_or_default();
    let until = segments.iter().map(|segment| segment.ended_at.0).max().unwrap_or(origin);
    let time = Time { origin };
    let shown: Vec<Person> = who.iter().map(|who| person(*who, &tracks, &people, &time)).collect();
    let rows: Vec<Row> = tracks.iter().map(|track| row(track, &people, &time)).collect();
    let mut marks = marked(engine, call, &time).await?;
    marks.extend(pictured(engine, call, &people, &time).await?);
    marks.extend(missing(&tracks, &people, &time));
    marks.sort_by(|one, other| one.at.total_cmp(&other.at));
    let live = line.ended_at.is_none();
    Ok(context! {
        base => of.base(),
        home => home(line),
        kind => line.kind(),
        reference => reference(line),
        live,
        origin,
        until,
        pin => if live { format!("?until={until}") } else { String::new() },
        seconds => time.at(until).max(0.001),
        kept_until => line.kept_until,
        days => line.keep_days(),
        segments => segments.len(),
        bytes => size(&segments),
        people => Serde(&shown),
        rows => Serde(&rows),
        marks => Serde(&marks),
        stills => marks.iter().filter(|mark| mark.kind == "still").count(),
        holes => marks.iter().filter(|mark| mark.kind == "gap").count(),
    })
}

fn size(segments: &[Segment]) -> String {
    let bytes: u64 = segments.iter().map(|segment| segment.bytes).sum();
    format!("{:.1}", bytes as f64 / 1_000_000.0)
}

fn person(who: Participant, tracks: &[Track], people: &People, time: &Time) -> Person {
    let own = || tracks.iter().filter(|track| track.who == who);
    let picture = own().find(|track| track.kind == Kind::Video);
    let shown = picture.or_else(|| own().next());
    let spans = shown.map(|track| seconds(&track.spans, time)).unwrap_or_default();
    let ends = || own().flat_map(|track| track.spans.iter());
    let (name, part) = people.one(who);
    Person {
        id: who.to_string(),
        name: name.to_owned(),
        part,
        picture: picture.is_some(),
        from: ends().map(|span| time.at(span.0)).fold(f64::MAX, f64::min),
        until: ends().map(|span| time.at(span.1)).fold(0.0, f64::max),
        spans,
    }
}

fn seconds(spans: &[(i64, i64)], time: &Time) -> Vec<(f64, f64)> {
    spans.iter().map(|(from, to)| (time.at(*from), time.at(*to))).collect()
}

fn row(track: &Track, people: &People, time: &Time) -> Row {
    let (name, part) = people.one(track.who);
    Row {
        name: name.to_owned(),
        part,
        kind: match track.kind {
            Kind::Video => "picture",
            Kind::Audio => "sound",
        },
        spans: seconds(&track.spans, time),
        holes: track
            .holes
            .iter()
            .map(|hole| (time.at(hole.from), time.at(hole.to), hole.cause == "muted"))
            .collect(),
    }
}

async fn marked(engine: &Engine, call: CallId, time: &Time) -> Result<Vec<Mark>, Fault> {
    let marks = markers::all(engine, call).await?.into_iter().map(|marked| Mark {
        at: time.at(marked.at).max(0.0),
        clock: marked.at,
        kind: "marker",
        code: marked.marker,
        label: marked.label,
        part: "",
        span: 0,
        src: String::new(),
    });
    Ok(marks.collect())
}

async fn pictured(
    engine: &Engine,
    call: CallId,
    people: &People,
    time: &Time,
) -> Result<Vec<Mark>, Fault> {
    let stills = recordings::stills(engine, call).await?.into_iter().map(|still| Mark {
        at: time.at(still.at.0).max(0.0),
        clock: still.at.0,
        kind: "still",
        code: format!("{} × {}", still.width, still.height),
        label: people.one(still.participant).0.to_owned(),
        part: people.one(still.participant).1,
        span: 0,
        src: format!("/calls/{call}/stills/{}.webp", still.still),
    });
    Ok(stills.collect())
}

fn missing(tracks: &[Track], people: &People, time: &Time) -> Vec<Mark> {
    let of = |track: &Track| {
        let (name, part) = people.one(track.who);
        let holes = track.holes.iter().map(move |hole| Mark {
            at: time.at(hole.from).max(0.0),
            clock: hole.from,
            kind: "gap",
            code: hole.cause.clone(),
            label: name.to_owned(),
            part,
            span: (hole.to - hole.from).div_euclid(1_000_000).max(1),
            src: match track.kind {
                Kind::Video => "picture".to_owned(),
                Kind::Audio => "sound".to_owned(),
            },
        });
        holes.collect::<Vec<_>>()
    };
    tracks.iter().flat_map(of).collect()
}
