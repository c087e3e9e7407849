//! Frames: in from one publisher, out to every other participant and to the recorder.
//! Never coded anew. A picture that cannot be decoded is not sent on: a key frame is asked for.

use crate::limits;
use crate::participant::{Presence, Seat};
use crate::room::{Event, Room, Tapped};
use kernel::At;
use media::{Codec, Kind};
use std::sync::Arc;
use str0m::format::Codec as RtpCodec;
use str0m::media::{KeyframeRequestKind, MediaData, Mid};

/// A frame as forwarded.
struct Passing {
    from: Seat,
    track: Arc<str>,
    kind: Kind,
    key: bool,
    broken: bool,
}

impl Room {
    pub(crate) fn forward(&mut self, seat: Seat, frame: MediaData) {
        let now = self.now;
        let codec = match frame.params.spec().codec {
            RtpCodec::Opus => Codec::Opus,
            RtpCodec::Vp8 => Codec::Vp8,
            RtpCodec::H264 => Codec::H264,
            _ => return,
        };
        let Some(person) = self.people.get_mut(&seat) else { return };
        let identity = Arc::clone(&person.identity);
        let Some(track) = person.track_by_mid(frame.mid) else { return };
        if track.kind != codec.kind() || frame.data.is_empty() {
            return;
        }
        let key = track.kind == Kind::Audio || frame.is_keyframe();
        if track.kind == Kind::Video {
            track.broken = !key && (track.broken || !frame.contiguous);
        }
        let late = now.instant.saturating_duration_since(frame.network_time);
        let at = track.clock.place(frame.time, now.at.minus(late));
        let first = track.codec.replace(codec).is_none();
        track.frames += 1;
        let passing = Passing {
            from: seat,
            track: Arc::clone(&track.sid),
            kind: track.kind,
            key,
            broken: track.broken,
        };
        if first {
            let (participant, track) = (Arc::clone(&identity), Arc::clone(&passing.track));
            self.tap(Tapped::Started { participant, track, codec, at });
        }
        self.record(&identity, &passing, at, codec, &frame);
        if passing.broken {
            self.ask_key_frame(seat, &passing.track);
        } else {
            self.show(&identity, &passing, &frame);
        }
    }

    fn record(&mut self, identity: &Arc<str>, one: &Passing, at: At, codec: Codec, f: &MediaData) {
        let size = match codec {
            Codec::Vp8 if one.key => media::vp8::key_size(&f.data),
            _ => None,
        };
        self.tap(Tapped::Frame {
            participant: Arc::clone(identity),
            track: Arc::clone(&one.track),
            at,
            key: one.key,
            size,
            contiguous: f.contiguous,
            data: Arc::clone(&f.data),
        });
    }

    fn show(&mut self, identity: &Arc<str>, passing: &Passing, frame: &MediaData) {
        let mut viewers: Vec<(Seat, Mid)> = Vec::new();
        let mut wanted = false;
        for person in self.people.values_mut() {
            if person.presence != Presence::Here {
                continue;
            }
            let seat = person.seat;
            let bound = person.bindings_mut().find(|(_, one)| {
                one.told && one.from == passing.from && one.track == passing.track
            });
            let Some((mid, binding)) = bound else { continue };
            if passing.key {
                binding.needs_key = false;
            }
            if binding.needs_key {
                wanted = true;
            } else {
                viewers.push((seat, mid));
            }
        }
        for (seat, mid) in viewers {
            self.show_one(seat, mid, identity, passing, frame);
        }
        if wanted {
            self.ask_key_frame(passing.from, &passing.track);
        }
    }

    fn show_one(
        &mut self,
        seat: Seat,
        mid: Mid,
        from: &Arc<str>,
        passing: &Passing,
        frame: &MediaData,
    ) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        let Some(writer) = person.rtc.writer(mid) else { return };
        let Some(pt) = writer.match_params(frame.params) else { return };
        let written = writer.write(pt, frame.network_time, frame.time, Arc::clone(&frame.data));
        let to = Arc::clone(&person.identity);
        let binding = person.bindings_mut().find(|(one, _)| *one == mid).map(|(_, one)| one);
        let mut first = false;
        if let Some(binding) = binding {
            if written.is_err() {
                binding.needs_key = passing.kind == Kind::Video;
            } else {
                first = passing.kind == Kind::Video && !std::mem::replace(&mut binding.shown, true);
            }
        }
        self.wake(seat);
        if first {
            self.tell(Event::FirstFrame { from: Arc::clone(from), to });
        }
        if written.is_err() {
            self.tell(Event::Dropped { what: "frame: not written" });
        }
    }

    /// A viewer lost the picture it sees in `mid`.
    pub(crate) fn key_frame_for(&mut self, seat: Seat, mid: Mid) {
        let Some(person) = self.people.get(&seat) else { return };
        let bound = person.bindings().find(|(one, _)| *one == mid);
        if let Some((from, track)) = bound.map(|(_, one)| (one.from, Arc::clone(&one.track))) {
            self.ask_key_frame(from, &track);
        }
    }

    pub(crate) fn key_frame_of(&mut self, identity: &str) -> bool {
        let Some(seat) = self.seat_of(identity) else { return false };
        let Some(person) = self.people.get(&seat) else { return false };
        let videos: Vec<Arc<str>> = person
            .tracks
            .iter()
            .filter(|track| track.kind == Kind::Video)
            .map(|track| Arc::clone(&track.sid))
            .collect();
        for track in &videos {
            self.ask_key_frame(seat, track);
        }
        !videos.is_empty()
    }

    /// Asks a publisher for a key frame, not more often than an encoder can make one.
    pub(crate) fn ask_key_frame(&mut self, seat: Seat, sid: &str) {
        let now = self.now.instant;
        let Some(person) = self.people.get_mut(&seat) else { return };
        let Some(track) = person.track_mut(sid) else { return };
        let recent = |asked: std::time::Instant| {
            now.saturating_duration_since(asked) < limits::KEY_FRAME_EVERY
        };
        let Some(mid) = track.mid.filter(|_| track.kind == Kind::Video) else { return };
        if track.key_asked.is_some_and(recent) {
            return;
        }
        let Some(mut writer) = person.rtc.writer(mid) else { return };
        // Fails before the first packet; the first frame asks again.
        if writer.request_keyframe(None, KeyframeRequestKind::Pli).is_ok() {
            if let Some(track) = person.track_mut(sid) {
                track.key_asked = Some(now);
            }
            self.wake(seat);
        }
    }
}
