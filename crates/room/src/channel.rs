//! Data messages: forwarded to everybody else, or to those named, never kept.
//! Who sent one is written by the room, not by the sender.

use crate::limits;
use crate::participant::Seat;
use crate::room::{Event, Room};
use livekit_protocol as lk;
use lk::data_packet::{Kind, Value};
use prost::Message as _;
use std::sync::Arc;
use str0m::channel::{ChannelData, ChannelId};

const RELIABLE: &str = "_reliable";
const LOSSY: &str = "_lossy";

impl Room {
    pub(crate) fn channel_open(&mut self, seat: Seat, id: ChannelId, label: &str) {
        let Some(person) = self.people.get_mut(&seat) else { return };
        match label {
            RELIABLE => person.reliable = Some(id),
            LOSSY => person.lossy = Some(id),
            _ => {}
        }
    }

    pub(crate) fn channel_data(&mut self, seat: Seat, data: ChannelData) {
        if data.data.len() > limits::DATA_BYTES {
            self.tell(Event::Dropped { what: "data: too long" });
            return;
        }
        let Some(person) = self.people.get_mut(&seat) else { return };
        let reliable = person.reliable == Some(data.id);
        if !reliable && person.lossy != Some(data.id) {
            return;
        }
        let Ok(mut packet) = lk::DataPacket::decode(data.data.as_slice()) else {
            self.tell(Event::Dropped { what: "data: not protobuf" });
            return;
        };
        if reliable && packet.sequence > 0 {
            // Sent again after a resume: once is enough.
            if packet.sequence <= person.last_sequence {
                return;
            }
            person.last_sequence = packet.sequence;
        }
        let from = Arc::clone(&person.identity);
        packet.participant_identity = from.to_string();
        packet.participant_sid = person.sid.to_string();
        let named = std::mem::take(&mut packet.destination_identities);
        let kind = if reliable { Kind::Reliable } else { Kind::Lossy };
        packet.set_kind(kind);
        let topic = match &mut packet.value {
            Some(Value::User(user)) => name_sender(user, &from, &packet.participant_sid),
            Some(_) => String::new(),
            None => return,
        };
        self.send_data(seat, kind, &named, &packet);
        self.tell(Event::Data { from, topic, bytes: data.data.len() });
    }

    fn send_data(&mut self, from: Seat, kind: Kind, named: &[String], packet: &lk::DataPacket) {
        let bytes = packet.encode_to_vec();
        let wanted = |identity: &str| named.is_empty() || named.iter().any(|one| one == identity);
        let to: Vec<Seat> = self
            .people
            .values()
            .filter(|person| person.seat != from && wanted(&person.identity))
            .map(|person| person.seat)
            .collect();
        for seat in to {
            let Some(person) = self.people.get_mut(&seat) else { continue };
            let id = match kind {
                Kind::Reliable => person.reliable,
                Kind::Lossy => person.lossy,
            };
            let Some(mut channel) = id.and_then(|id| person.rtc.channel(id)) else { continue };
            let written = channel.write(true, &bytes).unwrap_or(false);
            self.wake(seat);
            if !written {
                self.tell(Event::Dropped { what: "data: receiver too slow" });
            }
        }
    }
}

#[expect(deprecated, reason = "older clients read the sender here; a forged one must not stay")]
fn name_sender(user: &mut lk::UserPacket, identity: &str, sid: &str) -> String {
    user.participant_identity = identity.to_owned();
    user.participant_sid = sid.to_owned();
    user.topic().chars().take(limits::NAME_BYTES).collect()
}
