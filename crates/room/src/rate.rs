//! The rate each publisher is asked to keep to: what its poorest viewer can take.
//! Without this relay a link of 400 kbit/s with 3 % loss shows no picture at all, because nobody
//! but the viewer's own leg knows; with it, 20 pictures a second.

use crate::limits;
use crate::participant::{Participant, Presence, Seat};
use crate::room::{Event, Room, quality};
use livekit_protocol as lk;
use media::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;
use str0m::bwe::{Bitrate, BweKind};
use str0m::stats::PeerStats;

impl Room {
    pub(crate) fn estimated(&mut self, seat: Seat, estimate: &BweKind) {
        if let (Some(person), BweKind::Twcc { estimate, .. }) =
            (self.people.get_mut(&seat), estimate)
        {
            person.link.estimate = Some(estimate.as_u64());
        }
    }

    pub(crate) fn measured(&mut self, seat: Seat, stats: &PeerStats) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        person.link.rtt = stats.rtt.or(person.link.rtt);
        person.link.loss_out = stats.egress_loss_fraction.unwrap_or_default();
        person.link.loss_in = stats.ingress_loss_fraction.unwrap_or_default();
    }

    /// Tells every publisher the rate of its poorest viewer.
    pub(crate) fn relay_rates(&mut self) {
        let mut least: BTreeMap<Arc<str>, (Seat, u64)> = BTreeMap::new();
        for viewer in self.people.values().filter(|one| one.presence == Presence::Here) {
            let Some(estimate) = viewer.link.estimate else { continue };
            let shown = || viewer.bindings().filter(|(_, one)| one.told);
            let kinds = || {
                shown().filter_map(|(_, one)| {
                    let track = self.people.get(&one.from)?.track(&one.track)?;
                    Some((one, track))
                })
            };
            let sound = kinds().filter(|(_, t)| t.kind == Kind::Audio).count();
            let videos: Vec<_> = kinds()
                .filter(|(_, t)| t.kind == Kind::Video && !t.info.muted)
                .map(|(one, _)| (one.from, Arc::clone(&one.track)))
                .collect();
            let share = share(estimate, sound as u64, videos.len() as u64);
            for (from, track) in videos {
                let entry = least.entry(track).or_insert((from, share));
                entry.1 = entry.1.min(share);
            }
        }
        for (track, (from, bits)) in least {
            self.relay_rate(from, &track, bits);
        }
    }

    fn relay_rate(&mut self, from: Seat, sid: &str, bits: u64) {
        let Some(person) = self.people.get_mut(&from) else { return };
        if person.presence != Presence::Here {
            return;
        }
        let Some(track) = person.track_mut(sid) else { return };
        track.relayed = Some(bits);
        let Some(mid) = track.mid else { return };
        let mut api = person.rtc.direct_api();
        if let Some(stream) = api.stream_rx_by_mid(mid, None) {
            stream.request_remb(Bitrate::bps(bits));
            self.wake(from);
        }
    }

    /// What the poorest viewer of `identity`'s video was last said to take, in bits per second.
    pub fn relayed_rate(&self, identity: &str) -> Option<u64> {
        let person = self.people.get(&self.seat_of(identity)?)?;
        person.tracks.iter().filter_map(|track| track.relayed).min()
    }
}

/// One video's share of an estimate: nine tenths, less the sound, evenly.
fn share(estimate: u64, sound: u64, videos: u64) -> u64 {
    let spare = (estimate / 10 * 9).saturating_sub(sound * limits::AUDIO_BITS);
    (spare / videos.max(1)).clamp(limits::FLOOR_BITS, limits::CEILING_BITS)
}

pub(crate) fn connection_quality(person: &Participant) -> lk::ConnectionQualityInfo {
    use lk::ConnectionQuality as Q;
    let link = &person.link;
    let loss = link.loss_in.max(link.loss_out);
    let rtt = link.rtt.unwrap_or_default().as_millis();
    let quality = match person.presence {
        Presence::Away => Q::Lost,
        _ if loss > 0.08 || rtt > 800 => Q::Poor,
        _ if loss > 0.02 || rtt > 400 => Q::Good,
        _ => Q::Excellent,
    };
    lk::ConnectionQualityInfo {
        participant_sid: person.sid.to_string(),
        quality: quality.into(),
        score: 5.0 - (loss * 20.0).min(4.0),
    }
}

pub(crate) fn quality_event(person: &Participant) -> Event {
    Event::Quality { identity: Arc::clone(&person.identity), quality: quality(&person.link) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_comes_off_first_and_pictures_share_the_rest() {
        assert_eq!(share(1_000_000, 1, 1), 850_000);
        assert_eq!(share(1_000_000, 2, 2), 400_000);
        assert_eq!(share(60_000, 1, 1), limits::FLOOR_BITS);
        assert_eq!(share(90_000_000, 1, 1), limits::CEILING_BITS);
    }
}
