//! Repeat victims and serial suspects.

use super::*;
use crate::Policy;
use crate::repeat::{Counted, standing};
use std::time::Duration;

const POLICY: Policy = Policy {
    version: 1,
    repeat_months: 12,
    serial_victims: 2,
    broken_hours: 3,
    broken_look_hours: 24,
};

fn days_ago(incident: u128, role: Role, days: u64) -> Counted {
    let reported_at = NOW.minus(Duration::from_secs(days * 86_400));
    Counted { incident: IncidentId(incident), role, reported_at }
}

#[test]
fn a_second_incident_within_twelve_months_makes_a_repeat_victim() {
    for (days, repeat) in [(1, true), (365, true), (373, false)] {
        let all = [days_ago(1, Role::Victim, days), days_ago(2, Role::Victim, 0)];
        let stands = standing(&all, &[].into(), &POLICY, NOW);
        assert_eq!(stands.repeat_victim, repeat, "{days} days");
    }
}

#[test]
fn one_incident_counts_once_however_often_she_stands_in_it() {
    let all = [days_ago(1, Role::Victim, 1), days_ago(1, Role::Victim, 1)];
    assert!(!standing(&all, &[].into(), &POLICY, NOW).repeat_victim);
}

#[test]
fn two_victims_make_a_serial_suspect_and_two_incidents_of_one_do_not() {
    let all = [days_ago(1, Role::Suspect, 900), days_ago(2, Role::Suspect, 0)];
    let one = standing(&all, &[ELDER].into(), &POLICY, NOW);
    assert_eq!((one.as_suspect, one.serial_suspect), (2, false));
    assert!(standing(&all, &[ELDER, YOUNGER].into(), &POLICY, NOW).serial_suspect);
}
