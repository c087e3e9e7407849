//! The front door of recording: the keeper that `apps/server` feeds, the player, the files made on
//! the fly, stills, and the day everything goes.

mod check;
#[cfg(test)]
mod disclosure_tests;
mod expiry;
mod file;
mod film;
mod keeper;
mod limits;
mod list;
mod markers;
mod of_call;
mod people;
mod picture;
mod plain;
mod player;
mod range;
mod recordings;
mod seen;
mod segments;
mod state;
mod stills;
mod tape;
#[cfg(test)]
mod tests;
mod tracks;

pub use film::{Damage, Film};
pub use keeper::{Keeper, Recovered};
pub use segments::camera_of;
pub use stills::Stills;

use engine::Parts;
use kernel::Purpose;
use recording::permit;
use std::sync::Arc;
use ui::{Access, Capability, Hushed, Route};

const PAGES: ui::PageTemplates =
    ui::page_templates!("recording": "player", "gone", "check", "state", "list", "stills");

const PLAY: Access = Access::Staff(permit::PLAY, Purpose::Response);
const STATE: Access = Access::Staff(permit::STATE, Purpose::Response);
const STILL: Access = Access::Staff(permit::STILL, Purpose::Response);
const PLAY_DISCLOSURE: Access = Access::Staff(permit::PLAY_DISCLOSURE, Purpose::Disclosure);
const STATE_DISCLOSURE: Access = Access::Staff(permit::STATE_DISCLOSURE, Purpose::Disclosure);

/// What handlers of this capability share.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) keeper: Arc<Keeper>,
    pub(crate) taking: stills::Taking,
    pub(crate) seen: Arc<seen::Seen>,
}

/// A handler with the means it needs.
macro_rules! with {
    ($means:expr, $handler:path, $($arg:ident),+) => {{
        let means: Means = $means.clone();
        move |$($arg),+| $handler(means.clone(), $($arg),+)
    }};
}

/// The capability, over the keeper and whoever takes stills.
pub fn capability(keeper: Arc<Keeper>, stills: Arc<dyn Stills>) -> Capability {
    let taking = stills::Taking { keeper: keeper.clone(), stills };
    let means = Means { keeper: keeper.clone(), taking: taking.clone(), seen: Arc::default() };
    Capability {
        name: "recording",
        routes: [response_routes(&means), disclosure_routes(&means)]
            .into_iter()
            .flatten()
            .collect(),
        templates: Some(PAGES),
        permits: recording::PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(recordings::Recordings),
                Arc::new(segments::Segments),
                Arc::new(markers::Markers),
            ],
            works: vec![Arc::new(stills::WhenRequested(taking))],
            objects: vec![Arc::new(expiry::OfRecordings(keeper))],
            ..Parts::default()
        },
        hushed: vec![Hushed {
            first: "recording.started_for_matter.v1",
            action: permit::STATE_DISCLOSURE,
            purpose: Purpose::Disclosure,
        }],
        ..Default::default()
    }
}

/// The same handlers for a call in which a disclosure was made; there are no stills of one.
fn disclosure_routes(means: &Means) -> Vec<Route> {
    vec![
        Route::get("/disclosures/calls/{call}/recording-state", STATE_DISCLOSURE, state::get),
        Route::get("/disclosures/calls/{call}/recording", PLAY_DISCLOSURE, player::get),
        Route::get(
            "/disclosures/calls/{call}/recording/check",
            PLAY_DISCLOSURE,
            with!(means, check::get, app, view, staff, call, pinned),
        ),
        Route::get(
            "/disclosures/calls/{call}/recording/{file}",
            PLAY_DISCLOSURE,
            with!(means, file::get, app, view, staff, call, pinned, headers),
        ),
    ]
}

fn response_routes(means: &Means) -> Vec<Route> {
    vec![
        Route::get("/calls/{call}/recording-state", STATE, state::get),
        Route::get("/calls/{call}/recording", PLAY, player::get),
        Route::get(
            "/calls/{call}/recording/check",
            PLAY,
            with!(means, check::get, app, view, staff, call, pinned),
        ),
        Route::get(
            "/calls/{call}/recording/{file}",
            PLAY,
            with!(means, file::get, app, view, staff, call, pinned, headers),
        ),
        Route::get(
            "/calls/{call}/stills",
            PLAY,
            with!(means, picture::strip, app, view, staff, call),
        ),
        Route::post(
            "/calls/{call}/stills",
            STILL,
            with!(means, picture::post, app, view, staff, asked, call, form),
        ),
        Route::get(
            "/calls/{call}/stills/{file}",
            PLAY,
            with!(means, picture::get, app, view, staff, call),
        ),
        Route::get("/incidents/{incident}/recordings", STATE, list::get),
    ]
}
