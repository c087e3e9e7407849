//! The rules of keeping and letting go, one sentence each.

mod held;
mod promoted;
mod scheduled;
mod sequences;
mod stored;

use crate::{Subject, Thing};
use kernel::id::StaffId;
use kernel::{Actor, At, Day, Role};
use std::time::Duration;

const T: At = At::from_seconds(1_800_000_000);

fn who(number: u128) -> StaffId {
    StaffId(number)
}

fn actor(number: u128) -> Actor {
    Actor::Staff { id: who(number), roles: vec![Role::Supervisor] }
}

fn today() -> Day {
    T.day()
}

fn in_days(days: u32) -> At {
    T.plus(Duration::from_secs(u64::from(days) * 86_400))
}

fn thing(number: u8, days_left: u32) -> Thing {
    let stream = format!("recording/{number:032x}");
    let (key, class) = (stream.clone(), "call-recording".to_owned());
    Thing { key, stream, class, expires_on: today().plus(days_left) }
}

fn known(number: u8, days_left: u32) -> Subject {
    Subject::Known { thing: thing(number, days_left), kept: false, forgotten: false }
}
