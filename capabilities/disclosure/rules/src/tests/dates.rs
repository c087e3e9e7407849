//! Every date rule as a table: leap years, both nights of changing clocks, Easter, Christmas.

use super::play::{APPROVER, AUTHOR, Play, form, guest, local, table};
use crate::{
    Command, Deviation, Entry, Event, Limit, Refusal, Route, Stage, StageTable, Start, deadline,
};
use calendar::{Jurisdiction, end_of};
use kernel::At;

fn end(day: &str) -> At {
    end_of(day.parse().unwrap()).unwrap()
}

fn applied(from: &str, change: impl FnOnce(&mut StageTable)) -> Play {
    let (route, entry) = (Route::AskSelf, Entry::Public);
    let command = Command::Apply { route, entry, form: Box::new(form()), table: table(change) };
    Play::new().at(from).does(guest(), command)
}

fn talking(from: &str, change: impl FnOnce(&mut StageTable)) -> Play {
    let play = applied(from, change).contact(true).checked();
    play.author(Command::CompleteStage { stage: Stage::Initial })
}

#[test]
fn first_checks_are_due_twenty_four_hours_on_whatever_the_clocks_do() {
    for (from, due) in [
        ("2026-06-01 09:00", "2026-06-02 09:00"),
        ("2026-03-28 09:00", "2026-03-29 10:00"), // 23-hour day
        ("2026-10-24 09:00", "2026-10-25 08:00"), // 25-hour day
        ("2028-02-28 12:00", "2028-02-29 12:00"),
        ("2026-12-31 23:30", "2027-01-01 23:30"),
        ("2026-12-25 10:00", "2026-12-26 10:00"), // Christmas is no excuse
    ] {
        assert_eq!(applied(from, |_| ()).case().clocks.stage_due_at, local(due), "{from}");
    }
}

#[test]
fn the_conversation_is_due_at_the_end_of_the_tenth_working_day() {
    use Jurisdiction::{EnglandAndWales, NorthernIreland, Scotland};
    for (jurisdiction, from, last) in [
        (EnglandAndWales, "2026-06-01 09:00", "2026-06-15"),
        (Scotland, "2026-06-01 09:00", "2026-06-16"), // the World Cup
        (EnglandAndWales, "2026-03-27 23:59", "2026-04-14"), // clocks, Good Friday, Easter Monday
        (Scotland, "2026-03-27 23:59", "2026-04-13"),
        (EnglandAndWales, "2026-10-16 12:00", "2026-10-30"),
        (EnglandAndWales, "2026-12-18 12:00", "2027-01-06"), // Boxing Day's substitute, New Year
        (Scotland, "2026-12-18 12:00", "2027-01-07"),        // and 2 January's
        (NorthernIreland, "2026-07-03 12:00", "2026-07-20"), // 12 July's substitute
        (EnglandAndWales, "2028-02-21 12:00", "2028-03-06"), // leap
        (EnglandAndWales, "2027-02-22 12:00", "2027-03-08"),
    ] {
        let play = talking(from, |table| table.jurisdiction = jurisdiction);
        assert_eq!(play.case().clocks.stage_due_at, end(last), "{jurisdiction:?} {from}");
    }
}

#[test]
fn all_of_it_is_due_at_the_end_of_the_twenty_eighth_day() {
    for (from, last) in [
        ("2026-06-01 09:00", "2026-06-29"),
        ("2026-06-01 00:00", "2026-06-29"),
        ("2026-06-01 23:59", "2026-06-29"),
        ("2028-02-01 12:00", "2028-02-29"),
        ("2027-02-01 12:00", "2027-03-01"),
        ("2026-03-01 12:00", "2026-03-29"),
        ("2026-09-27 12:00", "2026-10-25"),
        ("2026-12-25 12:00", "2027-01-22"),
    ] {
        let play = applied(from, |_| ());
        let clocks = play.case().clocks.clone();
        assert_eq!(clocks.due_at, end(last), "{from}");
        assert_eq!(clocks.overdue[0].at, clocks.due_at);
        assert_eq!(play.case().days_left(play.now), 28);
        assert_eq!(play.case().days_left(At(clocks.due_at.0 - 1)), 0);
        assert_eq!(play.case().days_left(clocks.due_at), -1);
    }
}

#[test]
fn warnings_come_with_the_morning_of_their_day_and_each_once() {
    let mut play = applied("2026-03-15 14:00", |_| ());
    let mut seen = vec![];
    for (now, day) in [
        ("2026-04-04 23:59", None),
        ("2026-04-05 00:00", Some("warned 21")), // Easter Sunday, summer time
        ("2026-04-08 23:59", None),
        ("2026-04-09 00:00", Some("warned 25")),
        ("2026-04-11 00:00", Some("warned 27")),
        ("2026-04-12 23:59", None),
        ("2026-04-13 00:00", Some("overdue 28")),
        ("2026-04-19 23:59", None),
        ("2026-04-20 00:00", Some("overdue 35")),
    ] {
        play.now = local(now);
        let before = play.events.len();
        play = play.clock().clock();
        let said = play.events[before..].iter().filter_map(|event| match event {
            Event::Warned { day, .. } => Some(format!("warned {day}")),
            Event::FellOverdue { day, .. } => Some(format!("overdue {day}")),
            _ => None,
        });
        let said: Vec<String> = said.collect();
        assert_eq!(said, day.into_iter().collect::<Vec<_>>(), "{now}");
        seen.extend(said);
    }
    assert_eq!(seen.len(), 5);
    let late = play.events.iter().filter(|e| matches!(e, Event::StageFellOverdue { .. }));
    assert_eq!(late.count(), 1, "the stage fell overdue once");
}

#[test]
fn a_warning_missed_while_the_service_was_down_is_given_when_it_is_back() {
    let play = applied("2026-06-01 09:00", |_| ()).at("2026-06-27 12:00").clock();
    assert_eq!(play.case().warned.iter().copied().collect::<Vec<_>>(), [21, 25]);
}

#[test]
fn a_pause_stops_the_stage_and_not_the_twenty_eight_days() {
    let pause = |reason: &str| Command::Pause { reason: reason.into(), note: "Away.".into() };
    for (reason, stage_end, total_end) in [
        // 3 to 9 June: four working days and six calendar days.
        ("unreachable_safely", "2026-06-19", "2026-06-29"),
        ("asked_to_wait", "2026-06-19", "2026-07-05"),
    ] {
        let play = talking("2026-06-01 09:00", |_| ()).at("2026-06-03 10:00");
        let play = play.author(pause(reason));
        let stopped = play.case().days_left(local("2026-06-09 10:00"));
        assert_eq!(stopped, if reason == "asked_to_wait" { 26 } else { 20 });
        let play = play.at("2026-06-09 10:00").author(Command::Resume);
        assert_eq!(play.case().clocks.stage_due_at, end(stage_end), "{reason}");
        assert_eq!(play.case().clocks.due_at, end(total_end), "{reason}");
    }
}

#[test]
fn a_pause_of_hours_moves_a_stage_of_hours() {
    let pause = Command::Pause { reason: "unreachable_safely".into(), note: "Away.".into() };
    let play = applied("2026-06-01 09:00", |_| ()).author(pause);
    let play = play.minutes(90).author(Command::Resume);
    assert_eq!(play.case().clocks.stage_due_at, local("2026-06-02 10:30"));
}

#[test]
fn a_pause_goes_on_by_itself_and_no_stage_outlasts_the_whole() {
    let pause = Command::Pause { reason: "awaiting_identity".into(), note: "Away.".into() };
    let play = talking("2026-06-01 09:00", |_| ()).author(pause);
    let Event::Paused { until, .. } = play.last() else { panic!() };
    assert_eq!(*until, local("2026-06-15 09:00"));
    let play = play.at("2026-06-15 08:59").clock();
    assert!(play.case().paused.is_some());
    let play = play.at("2026-06-15 09:00").clock();
    assert!(matches!(play.last(), Event::Resumed { by: None, .. }));
    assert_eq!(play.case().clocks.stage_due_at, end("2026-06-29"), "29 June, not 30");
    assert_eq!(play.case().clocks.due_at, end("2026-06-29"));
}

#[test]
fn warnings_go_on_through_a_pause_that_does_not_stop_the_whole() {
    for (reason, warned) in [("unreachable_safely", true), ("asked_to_wait", false)] {
        let pause = Command::Pause { reason: reason.into(), note: "Away.".into() };
        let play = applied("2026-06-01 09:00", |_| ()).at("2026-06-20 09:00").author(pause);
        let play = play.at("2026-06-22 09:00").clock();
        assert_eq!(play.case().warned.contains(&21), warned, "{reason}");
        assert!(play.case().stages_overdue.is_empty());
    }
}

#[test]
fn a_departure_lengthens_all_only_with_two_people_and_a_reason() {
    let ask = |days| Command::RequestDeviation {
        what: Deviation::Extend { days },
        reason: "She is in hospital.".into(),
    };
    let play = talking("2026-06-01 09:00", |_| ())
        .refused(AUTHOR, ask(0), Refusal::DeviationWrong)
        .refused(AUTHOR, ask(29), Refusal::DeviationWrong)
        .author(ask(7))
        .refused(AUTHOR, Command::ApproveDeviation { number: 0 }, Refusal::TwoPeople)
        .refused(APPROVER, Command::ApproveDeviation { number: 1 }, Refusal::NotWaiting)
        .approver(Command::ApproveDeviation { number: 0 })
        .refused(APPROVER, Command::ApproveDeviation { number: 0 }, Refusal::NotWaiting);
    assert_eq!(play.case().clocks.due_at, end("2026-07-06"));
    assert_eq!(play.case().clocks.stage_due_at, end("2026-06-15"));
}

#[test]
fn a_stage_counted_from_the_one_before_begins_when_that_ends() {
    let row = crate::StageLimit {
        stage: Stage::Conversation,
        limit: Limit::CalendarDays(3),
        from: Start::StageBefore,
    };
    let mut play = applied("2026-06-01 09:00", |table| table.stages[1] = row);
    play = play.contact(true).checked().at("2026-06-05 09:00");
    play = play.author(Command::CompleteStage { stage: Stage::Initial });
    assert_eq!(play.case().clocks.stage_due_at, end("2026-06-08"));
}

#[test]
fn the_stage_that_eats_the_time_is_the_longest_so_far() {
    let play = applied("2026-06-01 09:00", |_| ()).contact(true).checked();
    assert_eq!(play.case().stage_that_eats_the_time(play.now), Stage::Initial);
    let play = play.at("2026-06-04 09:00");
    let play = play.author(Command::CompleteStage { stage: Stage::Initial });
    let eats = |now: &str| play.case().stage_that_eats_the_time(local(now));
    assert_eq!(eats("2026-06-06 09:00"), Stage::Initial);
    assert_eq!(eats("2026-06-07 09:00"), Stage::Initial, "the earlier of two alike");
    assert_eq!(eats("2026-06-08 09:00"), Stage::Conversation);
}

#[test]
fn deadlines_are_set_moved_and_cleared() {
    let play = applied("2026-06-01 09:00", |_| ());
    let set = deadline::changes(play.last());
    let due = |name: &str| set.iter().find(|(one, _)| *one == name).unwrap().1;
    assert_eq!(due(deadline::STAGE_DUE), Some(local("2026-06-02 09:00")));
    assert_eq!(due(deadline::WARNINGS[0]), Some(local("2026-06-22 00:00")));
    assert_eq!(due(deadline::WARNINGS[3]), None, "the table has three warnings");
    assert_eq!(due(deadline::OVERDUE[1]), Some(local("2026-07-07 00:00")));
    let pause = |reason: &str| Command::Pause { reason: reason.into(), note: "Away.".into() };
    let stage = play.clone().author(pause("unreachable_safely"));
    let until = local("2026-06-15 09:00");
    let changes = deadline::changes(stage.last());
    assert_eq!(changes, [(deadline::STAGE_DUE, None), (deadline::PAUSE_ENDS, Some(until))]);
    let whole = deadline::changes(play.author(pause("asked_to_wait")).last());
    assert!(whole.contains(&(deadline::WARNINGS[0], None)));
    let resumed = deadline::changes(stage.author(Command::Resume).last());
    assert!(resumed.contains(&(deadline::PAUSE_ENDS, None)));
}
