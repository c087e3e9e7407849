//! Sessions that he comes to, or not.

use super::*;
use crate::{Attendance, Refusal};

fn begun() -> Event {
    let provider = "programme".to_owned();
    Event::ProgrammeBegun { number: 1, provider, sessions: 2, due: NOW.plus(DAY * 90) }
}

fn begin(provider: &str, sessions: u32, due: At) -> Command {
    act(Act::BeginProgramme { provider: provider.into(), sessions, due })
}

fn held(session: u32, attendance: Attendance) -> Event {
    let note = words("");
    Event::SessionRecorded { programme: 1, session, held_at: NOW, attendance, note }
}

fn record(session: u32, held_at: At) -> Command {
    let (attendance, note) = (Attendance::Attended, String::new());
    act(Act::RecordSession { programme: 1, session, held_at, attendance, note })
}

#[test]
fn a_programme_has_sessions_a_provider_that_holds_them_and_an_end_ahead() {
    let due = NOW.plus(DAY * 90);
    plan().when(begin("programme", 2, due)).then([begun()]);
    plan().when(begin("housing", 2, due)).then_refused(Refusal::NoProgramme);
    plan().when(begin("nobody", 2, due)).then_refused(Refusal::NoProvider);
    plan().when(begin("programme", 0, due)).then_refused(Refusal::SessionsWrong);
    plan().when(begin("programme", 105, due)).then_refused(Refusal::SessionsWrong);
    plan().when(begin("programme", 2, NOW)).then_refused(Refusal::Past);
}

#[test]
fn attendance_is_recorded_of_a_session_that_there_is_once_it_was_held() {
    let on = || plan().and([begun()]);
    on().when(record(1, NOW)).then([held(1, Attendance::Attended)]);
    on().when(record(3, NOW)).then_refused(Refusal::NoSuchSession(2));
    on().when(record(1, NOW.plus(DAY))).then_refused(Refusal::NotHeld);
    plan().when(record(1, NOW)).then_refused(Refusal::NoSuchNumber);
}

#[test]
fn a_programme_is_completed_only_when_he_came_to_all_of_it() {
    let complete = || act(Act::CompleteProgramme { programme: 1, result: "Well.".into() });
    let some = plan().and([begun(), held(1, Attendance::Attended), held(2, Attendance::Absent)]);
    some.when(complete()).then_refused(Refusal::SessionsOpen(1));
    let all =
        || plan().and([begun(), held(1, Attendance::Attended), held(2, Attendance::Attended)]);
    let completed = Event::ProgrammeCompleted { programme: 1, result: words("Well.") };
    all().when(complete()).then([completed.clone()]);
    all().and([completed]).when(complete()).then_refused(Refusal::NoSuchNumber);
}

#[test]
fn one_that_he_failed_says_why_and_is_over() {
    let fail = |reason: &str| act(Act::FailProgramme { programme: 1, reason: reason.into() });
    let on = || plan().and([begun()]);
    on().when(fail("")).then_refused(Refusal::WordsMissing);
    let failed = Event::ProgrammeFailed { programme: 1, reason: words("Absent.") };
    on().when(fail("Absent.")).then([failed.clone()]);
    on().and([failed]).when(record(1, NOW)).then_refused(Refusal::NoSuchNumber);
}
