//! All tracks being recorded, by room and name. Pure: tap events and times in, work out.

use super::track::{Arrived, Cut, Track};
use super::{StillFault, StillRequest};
use crate::tap::TapEvent;
use kernel::At;
use media::{Codec, vp8};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) struct Cutter {
    boot: u64,
    tracks: BTreeMap<(Arc<str>, Arc<str>), Track>,
}

impl Cutter {
    pub(crate) fn new(boot: u64) -> Self {
        Self { boot, tracks: BTreeMap::new() }
    }

    pub(crate) fn take(&mut self, event: TapEvent, now: At, cuts: &mut Vec<Cut>) {
        match event {
            TapEvent::TrackStarted { room, participant, track, codec, at } => {
                self.begin((room, participant, track), codec, at.min(now));
            }
            TapEvent::Frame { room, participant, track, at, key, contiguous, data, .. } => {
                let place = (room.clone(), track.clone());
                if !self.tracks.contains_key(&place) {
                    // Its start was lost to an overflow. What it says of itself is enough.
                    self.begin((room, participant, track), sniff(key, &data), now);
                }
                if let Some(track) = self.tracks.get_mut(&place) {
                    track.frame(Arrived { at, key, contiguous, data }, now, cuts);
                }
            }
            TapEvent::TrackMuted { room, track, muted, .. } => {
                if let Some(track) = self.tracks.get_mut(&(room, track)) {
                    track.mute(muted, now);
                }
            }
            TapEvent::TrackEnded { room, track, .. } => {
                if let Some(track) = self.tracks.remove(&(room, track)) {
                    track.end(cuts);
                }
            }
            TapEvent::Gap { .. } => self.tracks.values_mut().for_each(Track::overflowed),
            TapEvent::RoomFinished { room, at } => {
                let of_room = self.tracks.extract_if(.., |place, _| place.0 == room);
                of_room.for_each(|(_, track)| track.end(cuts));
                cuts.push(Cut::RoomOver { room, at });
            }
        }
    }

    /// A track announced twice goes on.
    fn begin(&mut self, names: (Arc<str>, Arc<str>, Arc<str>), codec: Codec, since: At) {
        let place = (names.0.clone(), names.2.clone());
        let boot = self.boot;
        self.tracks.entry(place).or_insert_with(|| Track::new(names, codec, boot, since));
    }

    pub(crate) fn still(&mut self, request: StillRequest, now: At, cuts: &mut Vec<Cut>) {
        let place = (request.room.into(), request.track.into());
        match self.tracks.get_mut(&place) {
            Some(track) => track.still(request.reply, now, cuts),
            None => cuts.push(Cut::Still(request.reply, Err(StillFault::NoPicture))),
        }
    }

    pub(crate) fn proven(&mut self, room: &Arc<str>, track: &Arc<str>) {
        if let Some(track) = self.tracks.get_mut(&(room.clone(), track.clone())) {
            track.proven();
        }
    }

    pub(crate) fn tick(&mut self, now: At, cuts: &mut Vec<Cut>) {
        self.tracks.values_mut().for_each(|track| track.tick(now, cuts));
    }

    /// The tap is gone: closes everything.
    pub(crate) fn end(&mut self, cuts: &mut Vec<Cut>) {
        std::mem::take(&mut self.tracks).into_values().for_each(|track| track.end(cuts));
    }
}

/// What a frame is coded with, where nobody said. A VP8 delta frame is no key frame, an H.264
/// frame begins with a start code, and every Opus frame is a key frame.
fn sniff(key: bool, data: &[u8]) -> Codec {
    if data.starts_with(&[0, 0, 1]) || data.starts_with(&[0, 0, 0, 1]) {
        Codec::H264
    } else if !key || vp8::key_size(data).is_some() {
        Codec::Vp8
    } else {
        Codec::Opus
    }
}
