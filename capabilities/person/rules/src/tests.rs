//! The rules of people and seals, one sentence each.

mod people;
mod seals;
mod standing;

use crate::event::{Appearance, How, Part, Role};
use crate::{Event, Facts, PersonId, seal};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Personal};

pub(super) const INCIDENT: IncidentId = IncidentId(7);
pub(super) const LATER: IncidentId = IncidentId(8);
pub(super) const ELDER: PersonId = PersonId(1);
pub(super) const YOUNGER: PersonId = PersonId(2);
pub(super) const COLLEAGUE: StaffId = StaffId(5);
pub(super) const NOW: At = At::from_seconds(1_800_000_000);

pub(super) fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub(super) fn there(incident: IncidentId, part: Part, role: Role) -> Appearance {
    Appearance { incident, part, role }
}

pub(super) fn appeared(incident: IncidentId, part: Part, role: Role) -> Event {
    Event::Appeared { appearance: there(incident, part, role), how: How::New }
}

/// Somebody with a name and, if it is said, a day of birth and a number.
pub(super) fn facts(name: &str, born: &str, phone: &str) -> Facts {
    Facts {
        names: [names::name(name)].into(),
        born: names::born(born).into_iter().collect(),
        phones: names::number(phone).into_iter().collect(),
        ..Facts::default()
    }
}

#[test]
fn every_event_ever_stored_still_reads() {
    let people = [
        include_str!("../fossils/person.absorbed.v1.json"),
        include_str!("../fossils/person.appeared.v1.json"),
        include_str!("../fossils/person.colleague_marked.v1.json"),
        include_str!("../fossils/person.colleague_unmarked.v1.json"),
        include_str!("../fossils/person.described.v1.json"),
        include_str!("../fossils/person.merged.v1.json"),
        include_str!("../fossils/person.parted.v1.json"),
        include_str!("../fossils/person.recast.v1.json"),
        include_str!("../fossils/person.released.v1.json"),
        include_str!("../fossils/person.told_apart.v1.json"),
        include_str!("../fossils/person.unmerged.v1.json"),
    ];
    for text in people {
        serde_json::from_str::<Event>(text).unwrap();
    }
    let seals = [
        include_str!("../fossils/seal.admitted.v1.json"),
        include_str!("../fossils/seal.break_looked_at.v1.json"),
        include_str!("../fossils/seal.broken.v1.json"),
        include_str!("../fossils/seal.dismissed.v1.json"),
        include_str!("../fossils/seal.lifted.v1.json"),
        include_str!("../fossils/seal.set.v1.json"),
    ];
    for text in seals {
        serde_json::from_str::<seal::Event>(text).unwrap();
    }
}
