//! An invented application and the people who work on it.

use crate::{
    Applicant, AtRisk, Case, Channel, Child, Command, Disclosure, Entry, Event, Form, Level,
    Outcome, Part, Proposed, Recipient, Refusal, Route, SCRIPT, SafeContact, Stage, StageTable,
    State, Subject,
};
use call::CallId;
use kernel::id::StaffId;
use kernel::{Actor, At, Context, Decider, Role};
use std::time::Duration;

pub(super) const AUTHOR: StaffId = StaffId(11);
pub(super) const APPROVER: StaffId = StaffId(12);
pub(super) const MEMBER: StaffId = StaffId(13);
pub(super) const WORDS: &str = "The approved words of an invented case.";
pub(super) const CALL: CallId = CallId(77);

/// A stream that grows, and the clock of the test.
#[derive(Clone)]
pub(super) struct Play {
    pub(super) state: State,
    pub(super) events: Vec<Event>,
    pub(super) now: At,
}

pub(super) fn staff(id: StaffId) -> Actor {
    Actor::Staff { id, roles: vec![Role::DisclosureOfficer, Role::Supervisor] }
}

pub(super) fn guest() -> Actor {
    Actor::Guest { invitation: "00".into() }
}

/// `2026-06-01 09:00`, London time.
pub(super) fn local(text: &str) -> At {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let day = day.parse().unwrap();
    calendar::at_time(day, hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

pub(super) fn form() -> Form {
    Form {
        danger_now: Some(false),
        where_now: String::new(),
        applicant: Applicant {
            name: "Ama Example".into(),
            date_of_birth: "1990-02-28".into(),
            contact: SafeContact {
                phone: "07700 900123".into(),
                times: "weekdays before noon".into(),
                ..SafeContact::default()
            },
            relation: String::new(),
        },
        person_at_risk: Some(AtRisk { name: "Bea Example".into(), ..AtRisk::default() }),
        subject: Subject {
            name: "Example Person".into(),
            relationship: "former partner".into(),
            ..Subject::default()
        },
        concern: "He has begun to follow her.".into(),
        children: vec![Child { name: "Cai Example".into(), age: "4".into(), ..Child::default() }],
        proposer: "Example Team".into(),
        language: "en".into(),
        conflicted: vec![],
    }
}

pub(super) fn apply_as(route: Route, entry: Entry, form: Form) -> Command {
    Command::Apply { route, entry, form: Box::new(form), table: Box::default() }
}

pub(super) fn proposed(outcome: Outcome) -> Proposed {
    let said = |text: &str| text.to_owned();
    Proposed {
        outcome,
        pressing_need: said("She lives with him."),
        necessity: said("Nothing else would warn her."),
        proportionality: said("Only what bears on her safety."),
        subject_rights: said("His private life weighs less."),
        tell_subject: false,
        tell_subject_why: said("It would put her at risk."),
        recipient: Recipient::PersonAtRisk,
        recipient_words: said("She can act on it."),
        words: said(WORDS),
    }
}

impl Play {
    /// Nothing has happened; it is a Monday morning.
    pub(super) fn new() -> Self {
        Self { state: State::None, events: vec![], now: local("2026-06-01 09:00") }
    }

    pub(super) fn at(mut self, text: &str) -> Self {
        self.now = local(text);
        self
    }

    pub(super) fn minutes(mut self, minutes: u64) -> Self {
        self.now = self.now.plus(Duration::from_secs(minutes * 60));
        self
    }

    pub(super) fn ask(&self, actor: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        Disclosure::decide(&self.state, command, &Context { at: self.now, actor })
    }

    /// It may be.
    #[track_caller]
    pub(super) fn does(mut self, actor: Actor, command: Command) -> Self {
        let events = self.ask(actor, command.clone());
        let events = events.unwrap_or_else(|why| panic!("{command:?}: {why}"));
        for event in events {
            self.state = Disclosure::evolve(self.state, &event, self.now);
            self.events.push(event);
        }
        self
    }

    #[track_caller]
    pub(super) fn author(self, command: Command) -> Self {
        self.does(staff(AUTHOR), command)
    }

    #[track_caller]
    pub(super) fn approver(self, command: Command) -> Self {
        self.does(staff(APPROVER), command)
    }

    #[track_caller]
    pub(super) fn clock(self) -> Self {
        self.does(Actor::System, Command::NoteTime)
    }

    /// It may not be, and everything stays as it was.
    #[track_caller]
    pub(super) fn refused(self, id: StaffId, command: Command, why: Refusal) -> Self {
        assert_eq!(self.ask(staff(id), command), Err(why));
        self
    }

    pub(super) fn case(&self) -> &Case {
        self.state.case().unwrap()
    }

    pub(super) fn last(&self) -> &Event {
        self.events.last().unwrap()
    }

    pub(super) fn applied(self, route: Route) -> Self {
        match route {
            Route::Know => self.author(apply_as(route, Entry::Officer, form())),
            _ => self.does(guest(), apply_as(route, Entry::Public, form())),
        }
    }

    pub(super) fn contact(self, identity_proved: bool) -> Self {
        let note = "Reached at ten.".into();
        self.author(Command::RecordContact { channel: Channel::Telephone, identity_proved, note })
    }

    /// Answers every check of the present stage.
    pub(super) fn checked(mut self) -> Self {
        let stage = self.case().stage;
        let open: Vec<String> =
            self.case().checks_open(stage).into_iter().map(str::to_owned).collect();
        for code in open {
            let check = self.case().checks.len() as u32;
            self = self.author(Command::AskCheck { code });
            self = self.author(Command::AnswerCheck { check, result: None });
        }
        self
    }

    pub(super) fn assessed(self, concern: bool, level: Level) -> Self {
        self.author(Command::AssessRisk { concern, level, reason: "As found.".into() })
    }

    /// Until the panel.
    pub(super) fn before_the_panel(mut self, route: Route, concern: bool) -> Self {
        self = self.applied(route).contact(true).checked();
        self = self.author(Command::CompleteStage { stage: Stage::Initial });
        if route.is_ask() {
            self = self.author(Command::CompleteStage { stage: Stage::Conversation });
        }
        self = self.checked().assessed(concern, Level::Medium);
        self.author(Command::CompleteStage { stage: Stage::Checks })
    }

    pub(super) fn propose(self, outcome: Outcome) -> Self {
        self.author(Command::ProposeDecision { proposed: Box::new(proposed(outcome)) })
    }

    pub(super) fn voted(self, agree: bool) -> Self {
        let number = self.case().decision.as_ref().unwrap().number;
        self.does(staff(MEMBER), Command::Vote { number, agree, words: "So I see it.".into() })
    }

    pub(super) fn approved(self) -> Self {
        let paper = self.case().decision.as_ref().unwrap();
        let (number, version) = (paper.number, paper.version);
        self.approver(Command::ApproveDecision { number, version })
    }

    /// Until the telling.
    pub(super) fn decided_to_tell(self, route: Route) -> Self {
        self.before_the_panel(route, true).propose(Outcome::Disclose).voted(true).approved()
    }

    pub(super) fn start(self) -> Self {
        self.author(video())
    }

    pub(super) fn known_and_safe(self) -> Self {
        self.author(Command::ConfirmIdentity { how: "Passport on camera.".into() })
            .author(Command::AnswerSafety { safe: true, alone: true })
    }

    pub(super) fn undertakes(self, given: bool) -> Self {
        self.author(Command::AnswerUndertaking { given, words: "I understand.".into() })
    }

    pub(super) fn reads(mut self, part: Part) -> Self {
        for id in self.case().lines_left(part, Channel::Video) {
            self = self.author(line(id));
        }
        self
    }

    pub(super) fn told(self) -> Self {
        let ready = self.start().known_and_safe().undertakes(true).reads(Part::Before);
        ready.author(tell(1, WORDS))
    }

    pub(super) fn wound_up(self) -> Self {
        self.author(Command::Acknowledge { words: "Yes, I have understood.".into() })
            .reads(Part::After)
            .author(Command::MakeSafetyPlan { plan: "Stay with family.".into() })
            .author(Command::ReferToSpecialist { accepted: true, words: "Gladly.".into() })
    }
}

pub(super) fn video() -> Command {
    Command::StartTelling { channel: Channel::Video, call: Some(CALL), present: String::new() }
}

pub(super) fn line(id: &str) -> Command {
    Command::ReadLine { script_version: SCRIPT.version, line: id.into() }
}

pub(super) fn tell(version: u32, words: &str) -> Command {
    Command::TellWords { version, words: words.into() }
}

/// The table in force, changed.
pub(super) fn table(change: impl FnOnce(&mut StageTable)) -> Box<StageTable> {
    let mut table = StageTable::default();
    change(&mut table);
    Box::new(table)
}
