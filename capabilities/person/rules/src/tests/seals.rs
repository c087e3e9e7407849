//! Who can open a sealed incident.

use super::*;
use crate::seal::{Command, Event as Sealing};
use crate::{Refusal, Seal};
use kernel::Actor;
use kernel::spec::{Given, given};
use std::collections::BTreeSet;
use std::time::Duration;

const INSIDE: StaffId = StaffId(3);
const OUTSIDE: StaffId = StaffId(4);

fn set() -> Sealing {
    Sealing::Set { admitted: [INSIDE].into(), reason: words("One of us.") }
}

fn sealed() -> Given<Seal> {
    given([set()]).at(NOW)
}

fn who(id: StaffId) -> Actor {
    Actor::Staff { id, roles: vec![kernel::Role::Supervisor] }
}

fn parties() -> BTreeSet<StaffId> {
    [COLLEAGUE].into()
}

fn broken(by: StaffId) -> Sealing {
    let until = NOW.plus(Duration::from_secs(3 * 3_600));
    let look_by = NOW.plus(Duration::from_secs(86_400));
    Sealing::Broken { by, until, look_by, reason: words("She rings.") }
}

fn break_it() -> Command {
    let Sealing::Broken { until, look_by, .. } = broken(OUTSIDE) else { unreachable!() };
    Command::Break { parties: parties(), until, look_by, reason: "She rings.".into() }
}

#[test]
fn a_seal_names_who_may_open_it_and_never_a_party() {
    let ask = |admitted: BTreeSet<StaffId>| Command::Set {
        admitted,
        parties: parties(),
        reason: "One of us.".into(),
    };
    let none = || given::<Seal>([]).at(NOW);
    none().when(ask([INSIDE].into())).then([set()]);
    none().when(ask([].into())).then_refused(Refusal::NobodyAdmitted);
    none().when(ask([INSIDE, COLLEAGUE].into())).then_refused(Refusal::Party);
    sealed().when(ask([INSIDE].into())).then_refused(Refusal::Sealed);
}

#[test]
fn only_who_is_admitted_can_open_it() {
    let state = sealed().state();
    assert!(state.admits(INSIDE, NOW));
    assert!(!state.admits(OUTSIDE, NOW));
    let lifted = sealed().and([Sealing::Lifted { reason: words("Over.") }]);
    assert!(lifted.state().admits(OUTSIDE, NOW));
}

#[test]
fn somebody_is_admitted_and_dismissed_with_a_reason_but_never_the_last_one() {
    let (parties, reason) = (parties(), String::from("He works on it."));
    let admit = Command::Admit { staff: OUTSIDE, parties: parties.clone(), reason };
    let event = Sealing::Admitted { staff: OUTSIDE, reason: words("He works on it.") };
    sealed().when(admit.clone()).then([event.clone()]);
    sealed().and([event.clone()]).when(admit).then_refused(Refusal::Admitted);
    let party = Command::Admit { staff: COLLEAGUE, parties, reason: "She asks.".into() };
    sealed().when(party).then_refused(Refusal::Party);
    let out = |staff| Command::Dismiss { staff, reason: "Moved on.".into() };
    sealed().when(out(INSIDE)).then_refused(Refusal::NobodyAdmitted);
    sealed().when(out(OUTSIDE)).then_refused(Refusal::NotAdmitted);
    let reason = words("Moved on.");
    sealed().and([event]).when(out(INSIDE)).then([Sealing::Dismissed { staff: INSIDE, reason }]);
}

#[test]
fn a_supervisor_breaks_a_seal_for_a_few_hours() {
    sealed().by(who(OUTSIDE)).when(break_it()).then([broken(OUTSIDE)]);
    let state = sealed().and([broken(OUTSIDE)]).state();
    assert!(state.admits(OUTSIDE, NOW));
    assert!(!state.admits(OUTSIDE, NOW.plus(Duration::from_secs(3 * 3_600))));
}

#[test]
fn a_party_never_breaks_it_nor_does_whoever_is_in() {
    sealed().by(who(COLLEAGUE)).when(break_it()).then_refused(Refusal::Party);
    sealed().by(who(INSIDE)).when(break_it()).then_refused(Refusal::Admitted);
    sealed().by(Actor::System).when(break_it()).then_refused(Refusal::StaffOnly);
}

#[test]
fn somebody_else_looks_at_why_it_was_broken_even_when_it_was_lifted_since() {
    let look = Command::LookAt { finding: "In order.".into() };
    sealed().by(who(INSIDE)).when(look.clone()).then_refused(Refusal::NotBroken);
    let open = || sealed().and([broken(OUTSIDE)]);
    open().by(who(OUTSIDE)).when(look.clone()).then_refused(Refusal::OwnBreak);
    let seen = Sealing::BreakLookedAt { finding: words("In order.") };
    open().by(who(INSIDE)).when(look.clone()).then([seen.clone()]);
    assert_eq!(open().and([seen]).state().look_by(), None);
    let lifted = open().and([Sealing::Lifted { reason: words("Over.") }]);
    assert!(lifted.state().look_by().is_some());
}
