//! One track being cut into segments. Pure: frames and times in, segments and wishes out.

use super::{ASK_AGAIN_AFTER, CLOSE_GRACE, GapCause, KEY_FRAME_EVERY, NO_BYTES_AFTER};
use super::{STILL_WITHIN, Still, StillFault, StillReply};
use bytes::Bytes;
use kernel::At;
use media::limits::{GAP_MICROS, SLOT_MICROS};
use media::{Codec, Frame, Header, Kind, Segment, h264, vp8};
use std::sync::Arc;
use std::time::Duration;

/// Stills of one track that may wait at once.
const MAX_STILLS: usize = 8;
/// A frame further off the clock than this has a broken time; the clock's is taken.
const MAX_AHEAD: Duration = Duration::from_secs(10);
/// The same behind it: what is late waited in the tap, never for a minute.
const MAX_BEHIND: Duration = Duration::from_secs(60);
/// After an overflow, a step shorter than this lost at most a frame or two of sound.
const OVERFLOW_STEP: i64 = 60_000;

/// What the cutter's user is to do.
pub(crate) enum Cut {
    /// Seal and write it.
    Segment(Arc<str>, Segment),
    /// List it.
    Gap { room: Arc<str>, track: Arc<str>, from: At, to: At, cause: GapCause },
    /// Ask the publisher.
    KeyFrameWanted { room: Arc<str>, participant: Arc<str>, track: Arc<str> },
    /// Raise the alarm.
    NoBytes { room: Arc<str>, track: Arc<str> },
    /// Hand the still out.
    Still(StillReply, Result<Still, StillFault>),
    /// Say so after everything before is settled.
    RoomOver { room: Arc<str>, at: At },
}

pub(crate) struct Track {
    pub(crate) room: Arc<str>,
    pub(crate) participant: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) codec: Codec,
    boot: u64,
    phase: i64,
    index: u64,
    open: Option<Open>,
    last: Option<At>,
    setup: Option<Bytes>,
    /// A picture is recorded from its first key frame on.
    begun: bool,
    damaged: bool,
    overflow: bool,
    muted: bool,
    was_muted: bool,
    key_seen: Option<At>,
    asked: Option<At>,
    unproven_since: Option<At>,
    stills: Vec<(At, StillReply)>,
}

struct Open {
    segment: Segment,
    slot: At,
    since: At,
}

/// A frame as the tap gives it.
pub(crate) struct Arrived {
    pub(crate) at: At,
    pub(crate) key: bool,
    pub(crate) contiguous: bool,
    pub(crate) data: Arc<[u8]>,
}

impl Track {
    pub(crate) fn new(
        (room, participant, name): (Arc<str>, Arc<str>, Arc<str>),
        codec: Codec,
        boot: u64,
        since: At,
    ) -> Self {
        Self {
            phase: phase(&room),
            room,
            participant,
            name,
            codec,
            boot,
            index: 0,
            open: None,
            last: None,
            setup: None,
            begun: codec.kind() == Kind::Audio,
            damaged: false,
            overflow: false,
            muted: false,
            was_muted: false,
            key_seen: None,
            asked: None,
            unproven_since: Some(since),
            stills: Vec::new(),
        }
    }

    pub(crate) fn frame(&mut self, arrived: Arrived, now: At, cuts: &mut Vec<Cut>) {
        let likely = now.minus(MAX_BEHIND)..=now.plus(MAX_AHEAD);
        let told = if likely.contains(&arrived.at) { arrived.at } else { now };
        let at = told.max(self.last.unwrap_or(told));
        if arrived.key && self.codec.kind() == Kind::Video {
            self.begun = true;
            self.damaged = false;
            self.key_seen = Some(now);
            self.hand_out_stills(at, &arrived.data, cuts);
        }
        if !self.begun || arrived.data.is_empty() {
            return;
        }
        self.gap_before(at, cuts);
        self.damaged |= !arrived.contiguous && !arrived.key;
        let slot = At(at.0.saturating_sub(at.0.saturating_sub(self.phase).rem_euclid(SLOT_MICROS)));
        if self.open.as_ref().is_some_and(|open| open.slot != slot) {
            self.close(cuts);
        }
        let frame = self.shaped(at, arrived);
        self.last = Some(at);
        if let Err(frame) = self.push(frame, slot, now) {
            self.close(cuts);
            if self.push(frame, slot, now).is_err() {
                self.gap(at, at, GapCause::Fault, cuts);
            }
        }
    }

    /// The frame as a container wants it.
    fn shaped(&mut self, at: At, arrived: Arrived) -> Frame {
        let size = vp8::key_size(&arrived.data).filter(|_| self.codec == Codec::Vp8);
        let mut data = Bytes::copy_from_slice(&arrived.data);
        if self.codec == Codec::H264 {
            if let Some(setup) = h264::setup(&data) {
                self.setup = Some(setup.into());
            }
            data = h264::with_lengths(&data).into();
        }
        Frame { at, key: arrived.key, size, after_loss: !arrived.contiguous, data }
    }

    fn push(&mut self, frame: Frame, slot: At, now: At) -> Result<(), Frame> {
        if self.open.is_none() {
            let header = Header {
                participant: self.participant.to_string(),
                track: self.name.to_string(),
                codec: self.codec,
                boot: self.boot,
                index: self.index,
                slot,
            };
            let Ok(mut segment) = Segment::new(header) else {
                return Err(frame);
            };
            if let Some(setup) = &self.setup {
                // Set-up bytes beyond the limit are left out: the file then plays without them.
                let _ = segment.set_up(setup.clone());
            }
            self.open = Some(Open { segment, slot, since: now });
            self.index += 1;
        }
        match &mut self.open {
            Some(open) => open.segment.push(frame.clone()).map_err(|_| frame),
            None => Err(frame),
        }
    }

    fn gap_before(&mut self, at: At, cuts: &mut Vec<Cut>) {
        let (overflow, muted) = (self.overflow, self.was_muted);
        (self.overflow, self.was_muted) = (false, self.muted);
        let Some(last) = self.last else { return };
        let step = at.0 - last.0;
        let cause = match (overflow, muted) {
            (true, _) if step > OVERFLOW_STEP => GapCause::Overflow,
            (_, true) if step > GAP_MICROS => GapCause::Muted,
            _ if step > GAP_MICROS => GapCause::Silence,
            _ => return,
        };
        self.gap(last, at, cause, cuts);
    }

    fn gap(&self, from: At, to: At, cause: GapCause, cuts: &mut Vec<Cut>) {
        let (room, track) = (self.room.clone(), self.name.clone());
        cuts.push(Cut::Gap { room, track, from, to, cause });
    }

    fn hand_out_stills(&mut self, at: At, data: &[u8], cuts: &mut Vec<Cut>) {
        if self.stills.is_empty() || self.codec != Codec::Vp8 {
            return;
        }
        let (Some(size), Some(webp)) = (vp8::key_size(data), vp8::still(data)) else {
            return;
        };
        for (_, reply) in self.stills.drain(..) {
            let still = Still {
                room: self.room.to_string(),
                participant: self.participant.to_string(),
                track: self.name.to_string(),
                at,
                size,
                webp: webp.clone(),
            };
            cuts.push(Cut::Still(reply, Ok(still)));
        }
    }

    pub(crate) fn still(&mut self, reply: StillReply, now: At, cuts: &mut Vec<Cut>) {
        if self.codec != Codec::Vp8 {
            cuts.push(Cut::Still(reply, Err(StillFault::NoPicture)));
        } else if self.stills.len() >= MAX_STILLS {
            cuts.push(Cut::Still(reply, Err(StillFault::Busy)));
        } else {
            self.stills.push((now.plus(STILL_WITHIN), reply));
            self.ask(now, cuts);
        }
    }

    pub(crate) fn mute(&mut self, muted: bool, now: At) {
        self.muted = muted;
        self.was_muted |= muted;
        if muted {
            self.unproven_since = None;
        } else if self.index == 0 {
            self.unproven_since = Some(now);
        }
    }

    /// The tap lost events: what comes next may follow a hole.
    pub(crate) fn overflowed(&mut self) {
        self.overflow = true;
        self.damaged |= self.codec.kind() == Kind::Video;
    }

    /// A segment of it is on the disk.
    pub(crate) fn proven(&mut self) {
        self.unproven_since = None;
    }

    /// Looks at the time: closes what is old, asks for key frames, gives up on stills.
    pub(crate) fn tick(&mut self, now: At, cuts: &mut Vec<Cut>) {
        let longest = Duration::from_micros(SLOT_MICROS as u64) + CLOSE_GRACE;
        if self.open.as_ref().is_some_and(|open| now.since(open.since) >= longest) {
            self.close(cuts);
        }
        if self.wants_key(now) {
            self.ask(now, cuts);
        }
        let late = |(until, _): &mut (At, StillReply)| *until <= now;
        for (_, reply) in self.stills.extract_if(.., late) {
            cuts.push(Cut::Still(reply, Err(StillFault::TooLate)));
        }
        if self.unproven_since.is_some_and(|since| now.since(since) >= NO_BYTES_AFTER) {
            self.unproven_since = None;
            cuts.push(Cut::NoBytes { room: self.room.clone(), track: self.name.clone() });
        }
    }

    fn wants_key(&self, now: At) -> bool {
        let old = self.key_seen.is_none_or(|seen| now.since(seen) >= KEY_FRAME_EVERY);
        let wanted = !self.begun || self.damaged || !self.stills.is_empty() || old;
        let rested = self.asked.is_none_or(|asked| now.since(asked) >= ASK_AGAIN_AFTER);
        self.codec.kind() == Kind::Video && !self.muted && wanted && rested
    }

    fn ask(&mut self, now: At, cuts: &mut Vec<Cut>) {
        self.asked = Some(now);
        let (room, participant) = (self.room.clone(), self.participant.clone());
        cuts.push(Cut::KeyFrameWanted { room, participant, track: self.name.clone() });
    }

    /// Closes the open segment, if there is one.
    pub(crate) fn close(&mut self, cuts: &mut Vec<Cut>) {
        let Some(open) = self.open.take() else { return };
        if !open.segment.frames().is_empty() {
            cuts.push(Cut::Segment(self.room.clone(), open.segment));
        }
    }

    /// The track is over: closes it and gives up on its stills.
    pub(crate) fn end(mut self, cuts: &mut Vec<Cut>) {
        self.close(cuts);
        for (_, reply) in self.stills.drain(..) {
            cuts.push(Cut::Still(reply, Err(StillFault::NoPicture)));
        }
    }
}

/// Where in the slot's length this room's slots begin: the same for all tracks of a room, so that
/// they stand together, and spread over rooms, so that the disk is not asked for all at once.
fn phase(room: &str) -> i64 {
    let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    let sum = room.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    (sum % SLOT_MICROS as u64) as i64
}
