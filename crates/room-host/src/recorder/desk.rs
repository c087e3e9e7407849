//! The recorder's thread: has segments sealed, hands them to the store, reports what became of
//! them. All decisions are the cutter's.

use super::cutter::Cutter;
use super::track::Cut;
use super::{BURST, GapCause, Parts, RecorderAlarm, Report, StillRequest, TICK, Written};
use crate::tap::TapEvent;
use bytes::Bytes;
use kernel::At;
use media::Segment;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

pub(super) struct Desk {
    parts: Parts,
    cutter: Cutter,
    serial: u64,
    ticked: At,
    /// Rooms whose end the store was too busy to take.
    over: Vec<(Arc<str>, At)>,
    settled: Receiver<(Arc<str>, Arc<str>)>,
    settle: Sender<(Arc<str>, Arc<str>)>,
}

impl Desk {
    pub(super) fn new(parts: Parts) -> Self {
        let (settle, settled) = channel();
        let cutter = Cutter::new(parts.boot);
        Self { parts, cutter, serial: 0, ticked: At(0), over: Vec::new(), settled, settle }
    }

    pub(super) fn run(mut self, tap: &Receiver<TapEvent>, asked: &Receiver<StillRequest>) {
        let mut cuts = Vec::new();
        loop {
            let first = tap.recv_timeout(TICK);
            let now = (self.parts.now)();
            match first {
                Ok(event) => {
                    self.cutter.take(event, now, &mut cuts);
                    for event in tap.try_iter().take(BURST) {
                        self.cutter.take(event, now, &mut cuts);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            for request in asked.try_iter() {
                self.cutter.still(request, now, &mut cuts);
            }
            // Backwards too: a clock that was set back must not stop the ticking.
            if now.since(self.ticked) >= TICK || now < self.ticked {
                self.ticked = now;
                for (room, track) in self.settled.try_iter() {
                    self.cutter.proven(&room, &track);
                }
                self.cutter.tick(now, &mut cuts);
                self.retry_ends();
            }
            self.carry_out(&mut cuts);
        }
        self.cutter.end(&mut cuts);
        for request in asked.try_iter() {
            self.cutter.still(request, self.ticked, &mut cuts);
        }
        self.carry_out(&mut cuts);
        self.retry_ends();
    }

    fn carry_out(&mut self, cuts: &mut Vec<Cut>) {
        for cut in cuts.drain(..) {
            match cut {
                Cut::Segment(room, segment) => self.write(&room, &segment),
                Cut::Gap { room, track, from, to, cause } => {
                    let (room, track) = (room.to_string(), track.to_string());
                    self.alarm(RecorderAlarm::Gap { room, track, from, to, cause });
                }
                Cut::KeyFrameWanted { room, participant, track } => {
                    let (room, participant) = (room.to_string(), participant.to_string());
                    let track = track.to_string();
                    self.alarm(RecorderAlarm::KeyFrameWanted { room, participant, track });
                }
                Cut::NoBytes { room, track } => {
                    let (room, track) = (room.to_string(), track.to_string());
                    self.alarm(RecorderAlarm::NoBytes { room, track });
                }
                Cut::Still(reply, result) => reply(result),
                Cut::RoomOver { room, at } => {
                    self.over.push((room, at));
                    self.retry_ends();
                }
            }
        }
    }

    fn alarm(&self, alarm: RecorderAlarm) {
        (self.parts.report)(Report::Alarm(alarm));
    }

    /// Seals a segment and hands it in; whatever fails becomes a listed gap.
    fn write(&mut self, room: &Arc<str>, segment: &Segment) {
        let Some(meta) = segment.meta() else { return };
        let header = segment.header();
        let object = format!("rec/{room}/{:016x}-{:08x}", self.parts.boot, self.serial);
        self.serial += 1;
        let gap = Report::Alarm(RecorderAlarm::Gap {
            room: room.to_string(),
            track: header.track.clone(),
            from: meta.first_at,
            to: meta.last_at,
            cause: GapCause::Fault,
        });
        let Ok(sealed) = self.parts.sealer.seal(room, &object, &segment.encode()) else {
            (self.parts.report)(gap);
            return;
        };
        let Some(written) = Written::of(room, &object, &sealed, segment) else { return };
        let (report, settle) = (self.parts.report.clone(), self.settle.clone());
        let place = (room.clone(), Arc::<str>::from(header.track.as_str()));
        let failed = gap.clone();
        let done = move |result: Result<(), blobs::BlobFault>| match result {
            Ok(()) => {
                report(Report::Written(written));
                // At shutdown nobody is left to count.
                let _ = settle.send(place);
            }
            Err(_) => report(failed),
        };
        if self.parts.blobs.submit(&object, Bytes::from(sealed), done).is_err() {
            (self.parts.report)(gap);
        }
    }

    /// Reports the end of rooms once everything of them is settled.
    fn retry_ends(&mut self) {
        let blobs = self.parts.blobs.clone();
        self.over.retain(|(room, at)| {
            let (report, room, at) = (self.parts.report.clone(), room.to_string(), *at);
            blobs.after(move || report(Report::Finished { room, at })).is_err()
        });
    }
}
