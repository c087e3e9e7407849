//! What the Victims' Code owes her, by the clock.

use super::*;
use crate::code::due;
use crate::{Heard, Update};
use calendar::Jurisdiction::{self, EnglandAndWales, NorthernIreland, Scotland};
use std::time::Duration;

/// Jurisdiction, local day and time of what happened, and the day by whose end she hears.
type Row = (Jurisdiction, (i16, i8, i8), (i8, i8), &'static str);

fn local(day: (i16, i8, i8), time: (i8, i8)) -> At {
    let day = calendar::date(day.0, day.1, day.2).unwrap();
    calendar::at_time(day, time.0, time.1).unwrap()
}

#[test]
fn she_hears_by_the_end_of_the_next_working_day() {
    let table: [Row; 12] = [
        // A Monday, and a Friday over the weekend.
        (EnglandAndWales, (2027, 1, 11), (9, 0), "2027-01-12"),
        (EnglandAndWales, (2027, 1, 15), (23, 59), "2027-01-18"),
        (EnglandAndWales, (2027, 1, 16), (12, 0), "2027-01-18"),
        // Over Easter, where Monday is a holiday and where it is none.
        (EnglandAndWales, (2027, 3, 25), (12, 0), "2027-03-30"),
        (NorthernIreland, (2027, 3, 25), (12, 0), "2027-03-30"),
        (Scotland, (2027, 3, 25), (12, 0), "2027-03-29"),
        // Holidays that one of the three has alone.
        (Scotland, (2026, 12, 31), (12, 0), "2027-01-05"),
        (EnglandAndWales, (2026, 12, 31), (12, 0), "2027-01-04"),
        (NorthernIreland, (2027, 7, 9), (12, 0), "2027-07-13"),
        (EnglandAndWales, (2027, 7, 9), (12, 0), "2027-07-12"),
        // The nights on which the clocks change.
        (EnglandAndWales, (2027, 10, 31), (0, 30), "2027-11-01"),
        (EnglandAndWales, (2026, 3, 29), (0, 30), "2026-03-30"),
    ];
    for (jurisdiction, day, time, last_day) in table {
        let due = due(jurisdiction, local(day, time)).unwrap();
        let last = calendar::civil_day(due.minus(Duration::from_secs(1))).to_string();
        assert_eq!(last, last_day, "{jurisdiction:?} {day:?}");
    }
}

fn owe(of: Update) -> Command {
    Command::OweUpdate { of, jurisdiction: EnglandAndWales, since: NOW }
}

/// Owed since Friday 15 January 2027, to the end of Monday.
fn owed(update: u32, of: Update) -> Event {
    Event::UpdateOwed { update, of, due: due(EnglandAndWales, NOW).unwrap() }
}

#[test]
fn what_she_has_not_heard_yet_is_told_once_as_it_stands_by_then() {
    // However late it is taken in: the clock runs from when it happened.
    let none = given::<Safeguarding>([]).at(NOW.plus(Duration::from_secs(86_400)));
    none.when(owe(Update::Outcome)).then([owed(1, Update::Outcome)]);
    let open = || given::<Safeguarding>([owed(1, Update::Outcome)]).at(NOW);
    open().when(owe(Update::Outcome)).then([]);
    open().when(owe(Update::Confirmation)).then([owed(2, Update::Confirmation)]);
    let heard = Event::UpdateHeard {
        update: 1,
        heard: Heard::Telephone,
        note: Personal::new("She knows.".to_owned()),
    };
    open().and([heard]).when(owe(Update::Outcome)).then([owed(2, Update::Outcome)]);
}

#[test]
fn she_hears_once_and_a_try_leaves_it_owed() {
    let open = || given::<Safeguarding>([owed(1, Update::Outcome)]).at(NOW);
    let tell =
        |note: &str| Command::TellUpdate { update: 1, heard: Heard::Telephone, note: note.into() };
    open().when(tell(" ")).then_refused(Refusal::UpdateNoteMissing);
    let note = Personal::new("No answer.".to_owned());
    let tried = Event::UpdateTried { update: 1, note };
    let try_it = Command::TryUpdate { update: 1, note: "No answer.".into() };
    open().when(try_it).then([tried.clone()]);
    let note = Personal::new("She knows.".to_owned());
    let heard = Event::UpdateHeard { update: 1, heard: Heard::Telephone, note };
    open().and([tried]).when(tell("She knows.")).then([heard.clone()]);
    open().and([heard]).when(tell("Again.")).then_refused(Refusal::NoSuchUpdate);
}

#[test]
fn a_time_that_is_over_is_said_once_and_what_is_owed_stays_owed() {
    let open = || given::<Safeguarding>([owed(1, Update::Outcome)]).at(NOW);
    let due = due(EnglandAndWales, NOW).unwrap();
    let miss = Command::MissUpdate { update: 1, due };
    let missed = Event::UpdateMissed { update: 1 };
    open().when(miss.clone()).then([missed.clone()]);
    let late = || open().and([missed.clone()]);
    late().when(miss).then([]);
    open().when(Command::MissUpdate { update: 1, due: NOW }).then([]);
    assert!(late().state().updates[&1].heard.is_none());
}
