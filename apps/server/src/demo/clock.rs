//! The demonstration's own clock, which a journey or a drill moves: `POST /demo/clock`
//! `{"advance_seconds"}` lets time pass, `{"jump_seconds"}` sets the wall clock wrong.
//! How far time was moved is kept beside the data, so that a restart goes on from there.

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use engine::{Clock, MovedClock};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use ui::App;

/// Longer than anything is kept.
const SECONDS_MAX: u64 = 20 * 366 * 86_400;

/// The clock and the file that remembers how far it was moved.
#[derive(Clone)]
pub(crate) struct DemoClock {
    clock: Arc<MovedClock>,
    file: PathBuf,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wanted {
    advance_seconds: u64,
    jump_seconds: i64,
}

#[derive(Serialize)]
struct Now {
    now_seconds: i64,
}

impl DemoClock {
    /// The clock of this data directory, as far on as it was moved before.
    pub(crate) fn of(data: &Path) -> Self {
        let file = data.join("demo-clock");
        let clock = Arc::new(MovedClock::running());
        clock.advance(Duration::from_secs(moved(&file)));
        Self { clock, file }
    }

    /// The clock of a demonstration whose time was moved: a drill beside it must know its day.
    pub(crate) fn kept(data: &Path) -> Option<Self> {
        data.join("demo-clock").exists().then(|| Self::of(data))
    }

    /// The clock itself.
    pub(crate) fn clock(&self) -> Arc<MovedClock> {
        self.clock.clone()
    }

    fn turn(&self, wanted: &Wanted) -> io::Result<()> {
        let advance = wanted.advance_seconds.min(SECONDS_MAX);
        let jump = Duration::from_secs(wanted.jump_seconds.unsigned_abs().min(SECONDS_MAX));
        // A wrong clock is for the moment; only time that passed is remembered.
        std::fs::write(&self.file, (moved(&self.file) + advance).to_string())?;
        self.clock.advance(Duration::from_secs(advance));
        match wanted.jump_seconds {
            0.. => self.clock.jump(jump),
            _ => self.clock.rewind(jump),
        }
        Ok(())
    }
}

fn moved(file: &Path) -> u64 {
    std::fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

pub(crate) fn routes(clock: DemoClock) -> Router<App> {
    let turn = |Json(wanted): Json<Wanted>| async move {
        let now = |clock: &DemoClock| Json(Now { now_seconds: clock.clock.now().seconds() });
        clock.turn(&wanted).map(|()| now(&clock)).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    };
    Router::new().route("/demo/clock", post(turn))
}
