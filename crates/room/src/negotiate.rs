//! Offers and what is shown in which section. The client always offers; the room answers, and
//! asks for another offer when it has something new to show or something old to take away.
//! Nothing here may log a description.

use crate::limits;
use crate::participant::{Binding, Presence, Seat, Slot, Use};
use crate::room::{Event, Output, Room, Tapped};
use crate::sdp::{self, Sent};
use livekit_protocol as lk;
use lk::signal_response::Message as Say;
use media::Kind;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use str0m::bwe::Bitrate;
use str0m::change::SdpOffer;
use str0m::media::Mid;

impl Room {
    /// Answers an offer. A description that cannot be read costs its sender the connection.
    pub(crate) fn offered(&mut self, seat: Seat, offer: &lk::SessionDescription) -> bool {
        let plain = sdp::plain_offer(&offer.sdp);
        let sections = sdp::sections(&plain);
        let Some(person) = self.people.get_mut(&seat) else { return false };
        let accepted = match SdpOffer::from_sdp_string(&plain) {
            Ok(parsed) if sections.len() <= limits::SECTIONS => {
                person.rtc.sdp_api().accept_offer(parsed).ok()
            }
            _ => None,
        };
        let Some(accepted) = accepted else {
            self.tell(Event::Dropped { what: "offer: not acceptable" });
            return false;
        };
        person.asked = false;
        let ufrag = person.rtc.direct_api().local_ice_credentials().ufrag;
        self.put(Output::Route { seat, ufrag });
        let linked = self.read_sections(seat, &sections);
        self.bind(seat);
        self.answer(seat, offer.id, &accepted.to_sdp_string());
        // str0m starts nothing after a change of description before it is told the time.
        self.wake(seat);
        self.ask_for_offer(seat);
        for track in linked {
            self.show_to_all(seat, &track);
        }
        true
    }

    /// Which sections publish what, which receive, which are over. Returns newly linked tracks.
    fn read_sections(&mut self, seat: Seat, sections: &[sdp::Section]) -> Vec<Arc<str>> {
        let mut linked = Vec::new();
        for section in sections {
            let mid = Mid::from(section.mid.as_str());
            let sends = section.direction.sends() && !section.rejected;
            let Some(person) = self.people.get_mut(&seat) else { break };
            let known = person.track_by_mid(mid).map(|track| Arc::clone(&track.sid));
            match known {
                Some(_) if sends => {}
                Some(track) => self.end_track(seat, &track),
                None if sends => linked.extend(self.link(seat, mid, section)),
                None => {}
            }
            let Some(person) = self.people.get_mut(&seat) else { break };
            if section.direction.receives() && !section.rejected && !sends {
                let slot = Slot { kind: section.kind, used: Use::Idle };
                person.slots.entry(mid).or_insert(slot);
            } else if section.rejected {
                person.slots.remove(&mid);
            }
        }
        linked
    }

    /// Finds the announced track a sending section carries: by the client's id, else by kind.
    fn link(&mut self, seat: Seat, mid: Mid, section: &sdp::Section) -> Option<Arc<str>> {
        let person = self.people.get_mut(&seat)?;
        let waiting =
            |track: &&mut crate::track::Track| track.mid.is_none() && track.kind == section.kind;
        let named = person
            .tracks
            .iter_mut()
            .filter(waiting)
            .find(|track| Some(track.cid.as_str()) == section.track.as_deref())
            .map(|track| Arc::clone(&track.sid));
        let first = || person.tracks.iter_mut().find(waiting).map(|track| Arc::clone(&track.sid));
        let sid = named.or_else(first)?;
        let identity = Arc::clone(&person.identity);
        let track = person.track_mut(&sid)?;
        track.mid = Some(mid);
        track.info.mid = section.mid.clone();
        let kind = track.kind;
        self.tell(Event::TrackPublished { identity, track: Arc::clone(&sid), kind });
        Some(sid)
    }

    fn show_to_all(&mut self, publisher: Seat, _track: &Arc<str>) {
        self.update_roster(publisher);
        let others: Vec<Seat> =
            self.people.keys().copied().filter(|seat| *seat != publisher).collect();
        for seat in others {
            self.ask_for_offer(seat);
        }
    }

    /// The tracks `seat` should see and does not, sound first.
    fn missing(&self, seat: Seat) -> Vec<(Seat, Arc<str>, Kind)> {
        let Some(viewer) = self.people.get(&seat) else { return Vec::new() };
        if !viewer.grants.subscribe {
            return Vec::new();
        }
        let mut missing: Vec<_> = self
            .people
            .values()
            .filter(|person| person.seat != seat)
            .flat_map(|person| person.tracks.iter().map(move |track| (person.seat, track)))
            .filter(|(_, track)| track.mid.is_some() && !viewer.is_shown(&track.sid))
            .map(|(from, track)| (from, Arc::clone(&track.sid), track.kind))
            .collect();
        missing.sort_by_key(|(_, _, kind)| *kind == Kind::Video);
        missing
    }

    /// Puts missing tracks into idle sections. They flow once the answer is out.
    fn bind(&mut self, seat: Seat) {
        for (from, track, kind) in self.missing(seat) {
            let Some(person) = self.people.get_mut(&seat) else { return };
            let full = person.slots.len() + 2 > limits::SECTIONS;
            let free = |slot: &&mut Slot| {
                slot.kind == kind && (slot.used == Use::Idle || (full && slot.used == Use::Retired))
            };
            let idle = person.slots.values_mut().find(free);
            if let Some(slot) = idle {
                let needs_key = kind == Kind::Video;
                let binding = Binding { from, track, told: false, needs_key, shown: false };
                slot.used = Use::Bound(binding);
            }
        }
    }

    fn answer(&mut self, seat: Seat, id: u32, raw: &str) {
        let sids: BTreeMap<Seat, Arc<str>> =
            self.people.values().map(|person| (person.seat, Arc::clone(&person.sid))).collect();
        let Some(person) = self.people.get_mut(&seat) else { return };
        let mut sent = BTreeMap::new();
        let mut idle = Vec::new();
        let mut fresh = Vec::new();
        for (mid, slot) in &mut person.slots {
            match &mut slot.used {
                Use::Bound(binding) => {
                    let participant = sids.get(&binding.from).map(|sid| sid.to_string());
                    let participant = participant.unwrap_or_default();
                    let track = binding.track.to_string();
                    sent.insert(mid.to_string(), Sent { participant, track });
                    if !binding.told {
                        binding.told = true;
                        fresh.push((binding.from, Arc::clone(&binding.track)));
                    }
                }
                Use::Idle | Use::Retired => idle.push(mid.to_string()),
                Use::Spent => {
                    idle.push(mid.to_string());
                    slot.used = Use::Retired;
                }
            }
        }
        let video = person
            .slots
            .values()
            .any(|slot| slot.kind == Kind::Video && matches!(slot.used, Use::Bound(_)));
        let wanted = if video { limits::CEILING_BITS } else { limits::AUDIO_BITS };
        person.rtc.bwe().set_bitrate(Bitrate::ZERO, Bitrate::bps(wanted));
        let session = person.session;
        let mut mid_to_track_id: HashMap<String, String> =
            sent.iter().map(|(mid, sent)| (mid.clone(), sent.track.clone())).collect();
        for track in &person.tracks {
            if let Some(mid) = track.mid {
                mid_to_track_id.insert(mid.to_string(), track.sid.to_string());
            }
        }
        let sdp = sdp::answer(raw, &sent, &idle);
        let answer = lk::SessionDescription { r#type: "answer".into(), sdp, id, mid_to_track_id };
        self.say(session, Say::Answer(answer));
        for (from, track) in fresh {
            self.ask_key_frame(from, &track);
        }
    }

    /// Asks `seat` for an offer, if there is something it does not know or has no section for.
    pub(crate) fn ask_for_offer(&mut self, seat: Seat) {
        let missing = self.missing(seat);
        let Some(person) = self.people.get_mut(&seat) else { return };
        let spent = person.slots.values().any(|slot| slot.used == Use::Spent);
        if person.asked || (missing.is_empty() && !spent) {
            return;
        }
        let lacking = |kind: Kind| {
            let wanted = missing.iter().filter(|(_, _, one)| *one == kind).count();
            let idle = person
                .slots
                .values()
                .filter(|slot| slot.kind == kind && slot.used == Use::Idle)
                .count();
            wanted.saturating_sub(idle) as u32
        };
        let (num_audios, num_videos) = (lacking(Kind::Audio), lacking(Kind::Video));
        if person.slots.len() + (num_audios + num_videos) as usize > limits::SECTIONS {
            self.tell(Event::Dropped { what: "sections: too many" });
            return;
        }
        // Before its first offer a client is about to make one anyway.
        if person.slots.is_empty() && person.presence == Presence::Joining {
            return;
        }
        person.asked = true;
        let session = person.session;
        let requirement = lk::MediaSectionsRequirement { num_audios, num_videos };
        self.say(session, Say::MediaSectionsRequirement(requirement));
    }

    /// A track is over: nobody sees it any more, and its sections fall free.
    pub(crate) fn end_track(&mut self, seat: Seat, sid: &Arc<str>) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        let Some(place) = person.tracks.iter().position(|track| track.sid == *sid) else { return };
        let track = person.tracks.remove(place);
        let (identity, session) = (Arc::clone(&person.identity), person.session);
        let mut viewers = Vec::new();
        for viewer in self.people.values_mut() {
            for slot in viewer.slots.values_mut() {
                let ended = matches!(&slot.used, Use::Bound(one) if one.track == *sid);
                if ended {
                    slot.used = Use::Spent;
                    viewers.push(viewer.seat);
                }
            }
        }
        let at = self.now.at;
        if track.frames > 0 {
            let participant = Arc::clone(&identity);
            self.tap(Tapped::Ended { participant, track: Arc::clone(sid), at });
        }
        self.tell(Event::TrackEnded { identity, track: Arc::clone(sid) });
        let gone = lk::TrackUnpublishedResponse { track_sid: sid.to_string() };
        self.say(session, Say::TrackUnpublished(gone));
        self.update_roster(seat);
        for viewer in viewers {
            self.ask_for_offer(viewer);
        }
    }
}
