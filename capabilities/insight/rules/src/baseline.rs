//! The baseline against which freed hours are reckoned: what a response in person takes here, as
//! the force itself measured or judged it. One stream; every version is kept.

use crate::limits::{MINUTES_MAX, OFFICERS_MAX, SOURCE_MAX};
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Personal, Role};
use serde::{Deserialize, Serialize};

/// The only stream.
pub const STREAM: &str = "insight/baseline";

/// What a response takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Officers who go to one report.
    pub officers: u32,
    /// Minutes that each travels, there and back.
    pub travel_minutes: u32,
    /// Minutes that each is there.
    pub attendance_minutes: u32,
    /// Minutes of writing up afterwards, by one of them.
    pub write_up_minutes: u32,
    /// Minutes of writing up after a video response, by its officer.
    pub video_write_up_minutes: u32,
}

impl Baseline {
    /// Minutes that a video response sets free when nobody has to go: what going takes, less
    /// what the video response took. Less than nothing when it took longer.
    pub fn released_minutes(&self, face_to_face_seconds: u64) -> i64 {
        let each = i64::from(self.travel_minutes) + i64::from(self.attendance_minutes);
        let in_person = i64::from(self.officers) * each + i64::from(self.write_up_minutes);
        let call = i64::try_from(face_to_face_seconds / 60).unwrap_or(i64::MAX / 2);
        in_person - call - i64::from(self.video_write_up_minutes)
    }
}

/// What can have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The force set its baseline.
    #[serde(rename = "insight.baseline_set.v1")]
    BaselineSet {
        /// One more than the one before.
        version: u32,
        /// What a response takes.
        baseline: Baseline,
        /// Where the numbers come from.
        source: Personal<String>,
        /// Who set it.
        by: StaffId,
    },
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set the baseline.
    SetBaseline {
        /// What a response takes.
        baseline: Baseline,
        /// Where the numbers come from.
        source: String,
    },
}

/// Why something may not be, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody else asks.
    #[error("Only a supervisor sets the baseline.")]
    NotASupervisor,
    /// No officers, or a crowd.
    #[error("Enter from 1 to 6 officers.")]
    Officers,
    /// Longer than a shift.
    #[error("Enter minutes from 0 to 720: no part of a response takes longer than a shift.")]
    Minutes,
    /// Nothing to compare with.
    #[error("Enter how long the officers are there. It cannot be nothing.")]
    NoAttendance,
    /// Nobody could check it.
    #[error("Say where the numbers come from, so that somebody can check them.")]
    SourceMissing,
    /// Too long.
    #[error("That is too long. A thousand characters are enough.")]
    TooLong,
}

/// The baseline now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// How often it was set.
    pub version: u32,
    /// What stands; nothing before it was set.
    pub now: Option<(Baseline, At, Personal<String>, StaffId)>,
}

/// The rules of the baseline.
#[derive(Clone, Copy, Debug)]
pub struct Insight;

impl Decider for Insight {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "insight";
    const CLASS: Class = kernel::retention::SERVICE;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let leads = context.actor.has(Role::Supervisor);
        let by = context.actor.staff().filter(|_| leads).ok_or(Refusal::NotASupervisor)?;
        let Command::SetBaseline { baseline, source } = command;
        if !(1..=OFFICERS_MAX).contains(&baseline.officers) {
            return Err(Refusal::Officers);
        }
        let minutes = [
            baseline.travel_minutes,
            baseline.attendance_minutes,
            baseline.write_up_minutes,
            baseline.video_write_up_minutes,
        ];
        if minutes.iter().any(|part| *part > MINUTES_MAX) {
            return Err(Refusal::Minutes);
        }
        if baseline.attendance_minutes == 0 {
            return Err(Refusal::NoAttendance);
        }
        let source = source.trim();
        match source.chars().count() {
            0 => Err(Refusal::SourceMissing),
            length if length > SOURCE_MAX => Err(Refusal::TooLong),
            _ => Ok(vec![Event::BaselineSet {
                version: state.version + 1,
                baseline,
                source: source.to_owned().into(),
                by,
            }]),
        }
    }

    fn evolve(_: State, event: &Event, at: At) -> State {
        let Event::BaselineSet { version, baseline, source, by } = event;
        State { version: *version, now: Some((*baseline, at, source.clone(), *by)) }
    }
}
