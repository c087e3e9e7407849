//! Markers on her address: what whoever takes the next call from there must know before anybody
//! is sent. None of them stands for ever: each is looked at again, kept on or taken off.

use crate::event::Event;
use crate::limits;
use crate::state::State;
use crate::{Refusal, decide::written};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// What a marker says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkerKind {
    /// Every call from there is urgent, whatever is said.
    Urgent,
    /// Somebody at risk lives there.
    AtRisk,
    /// There are weapons, or were.
    Weapons,
    /// Officers have been hurt or threatened there.
    Officers,
    /// Children live there.
    Children,
    /// An alarm is fitted: a silent call is a call for help.
    Alarm,
}

impl MarkerKind {
    /// Every kind, the most pressing first.
    pub const ALL: [Self; 6] =
        [Self::Urgent, Self::Weapons, Self::Officers, Self::AtRisk, Self::Alarm, Self::Children];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::AtRisk => "at_risk",
            Self::Weapons => "weapons",
            Self::Officers => "officers",
            Self::Children => "children",
            Self::Alarm => "alarm",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// What it says.
    pub of: MarkerKind,
    /// In words.
    pub words: Personal<String>,
    /// When somebody looks at it again.
    pub review_at: At,
    /// Why it was taken off, once it was.
    pub ended: Option<Personal<String>>,
}

pub(crate) fn set(
    state: &State,
    of: MarkerKind,
    words: &str,
    review_at: At,
    now: At,
) -> Result<Vec<Event>, Refusal> {
    ahead(review_at, now)?;
    if state.markers.len() >= limits::MARKERS_MAX {
        return Err(Refusal::TooMany);
    }
    if state.markers.values().any(|one| one.of == of && one.ended.is_none()) {
        return Err(Refusal::MarkerThere);
    }
    let marker = state.markers.len() as u32 + 1;
    let words = written(words, Refusal::MarkerWordsMissing)?.into();
    Ok(vec![Event::MarkerSet { marker, of, words, review_at }])
}

/// A marker is looked at within a year: an address that is marked for ever is not believed.
fn ahead(review_at: At, now: At) -> Result<(), Refusal> {
    let far = now.plus(limits::MARKER_REVIEW_WITHIN);
    if review_at <= now || review_at > far { Err(Refusal::MarkerReviewWrong) } else { Ok(()) }
}

fn there(state: &State, marker: u32) -> Result<(), Refusal> {
    let one = state.markers.get(&marker).filter(|one| one.ended.is_none());
    one.map(|_| ()).ok_or(Refusal::NoSuchMarker)
}

pub(crate) fn keep(
    state: &State,
    marker: u32,
    review_at: At,
    note: &str,
    now: At,
) -> Result<Vec<Event>, Refusal> {
    there(state, marker)?;
    ahead(review_at, now)?;
    let note = written(note, Refusal::MarkerWhyMissing)?.into();
    Ok(vec![Event::MarkerKeptOn { marker, review_at, note }])
}

pub(crate) fn end(state: &State, marker: u32, reason: &str) -> Result<Vec<Event>, Refusal> {
    there(state, marker)?;
    let reason = written(reason, Refusal::MarkerWhyMissing)?.into();
    Ok(vec![Event::MarkerEnded { marker, reason }])
}

impl State {
    /// Markers that stand.
    pub fn standing_markers(&self) -> impl Iterator<Item = (u32, &Marker)> {
        self.markers.iter().filter(|(_, one)| one.ended.is_none()).map(|(n, one)| (*n, one))
    }

    pub(crate) fn of_marker(&mut self, event: &Event) {
        match event {
            Event::MarkerSet { marker, of, words, review_at } => {
                let (words, review_at) = (words.clone(), *review_at);
                self.markers.insert(*marker, Marker { of: *of, words, review_at, ended: None });
            }
            Event::MarkerKeptOn { marker, review_at, .. } => {
                if let Some(one) = self.markers.get_mut(marker) {
                    one.review_at = *review_at;
                }
            }
            Event::MarkerEnded { marker, reason } => {
                if let Some(one) = self.markers.get_mut(marker) {
                    one.ended = Some(reason.clone());
                }
            }
            _ => {}
        }
    }
}
