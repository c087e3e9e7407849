//! The telling played through the real router: the order of the rules on the officer's screen,
//! and the words nowhere else.

use crate::{Settings, capability};
use ::call::{Call, CallId, MatterKind, Participant};
use ::disclosure::{
    Applicant, AtRisk, Channel, Command, Disclosure, DisclosureId, Entry, Form, Level, Outcome,
    Part, Proposed, Recipient, Route, SCRIPT, SafeContact, Stage, StageTable, Subject,
};
use engine::{Caller, Refused};
use journal::{Journal, Position, Recorded};
use kernel::time::minutes;
use kernel::{Actor, Purpose, Role};
use testkit::{Answer, Browser, TestApp, staff_id};

pub(crate) const WORDS: &str = "The approved words of an invented case.";
const NOTHING: &[(&str, &str); 0] = &[];

/// The house with this capability alone; calls are played by their own rules.
pub(crate) struct House {
    pub(crate) app: TestApp,
}

pub(crate) fn caller(role: Role) -> Caller {
    let actor = Actor::Staff { id: staff_id(role), roles: vec![role] };
    Caller { actor, purpose: Purpose::Disclosure }
}

pub(crate) const OFFICER: Role = Role::DisclosureOfficer;

pub(crate) fn form() -> Form {
    Form {
        danger_now: Some(false),
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
        person_at_risk: Some(AtRisk {
            name: "Bea Example".into(),
            address: "1 Example Road".into(),
            ..AtRisk::default()
        }),
        subject: Subject {
            name: "Example Person".into(),
            relationship: "former partner".into(),
            ..Subject::default()
        },
        concern: "He has begun to follow her.".into(),
        proposer: "Example Team".into(),
        language: "en".into(),
        ..Form::default()
    }
}

fn proposed(outcome: Outcome) -> Proposed {
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

impl House {
    pub(crate) async fn new() -> Self {
        let grades = incident::GradeTable {
            version: 1,
            immediate_minutes: 15,
            priority_minutes: 60,
            scheduled_minutes: 2880,
            resolved_minutes: 1440,
        };
        Self { app: TestApp::new(vec![capability(Settings::new(grades))]).await }
    }

    pub(crate) async fn give(&self, id: DisclosureId, role: Role, command: Command) {
        let stream = id.stream();
        let done =
            self.app.engine.execute::<Disclosure>(&stream, command, &caller(role), None).await;
        done.unwrap();
    }

    pub(crate) fn birth(&self) -> DisclosureId {
        DisclosureId::birth(self.app.engine.now(), self.app.engine.luck16())
    }

    pub(crate) async fn applied(&self, form: Form) -> DisclosureId {
        let id = self.birth();
        let (route, entry) = (Route::AskSelf, Entry::Telephone);
        let table = Box::new(StageTable::default());
        let command = Command::Apply { route, entry, form: Box::new(form), table };
        self.give(id, OFFICER, command).await;
        id
    }

    async fn checked(&self, id: DisclosureId, stage: Stage) {
        let (state, _) = self.app.engine.state::<Disclosure>(&id.stream()).await.unwrap();
        let case = state.case().unwrap();
        let codes: Vec<_> = case.checks_open(stage).into_iter().map(str::to_owned).collect();
        for (code, check) in codes.into_iter().zip(case.checks.len() as u32..) {
            self.give(id, OFFICER, Command::AskCheck { code }).await;
            self.give(id, OFFICER, Command::AnswerCheck { check, result: None }).await;
        }
    }

    /// Two people decided.
    pub(crate) async fn decided(&self, outcome: Outcome) -> DisclosureId {
        let id = self.applied(form()).await;
        let channel = Channel::Telephone;
        let contact =
            Command::RecordContact { channel, identity_proved: true, note: "Reached.".into() };
        self.give(id, OFFICER, contact).await;
        self.checked(id, Stage::Initial).await;
        for stage in [Stage::Initial, Stage::Conversation] {
            self.give(id, OFFICER, Command::CompleteStage { stage }).await;
        }
        self.checked(id, Stage::Checks).await;
        let reason = "As found.".to_owned();
        let risk = Command::AssessRisk { concern: true, level: Level::Medium, reason };
        self.give(id, OFFICER, risk).await;
        self.give(id, OFFICER, Command::CompleteStage { stage: Stage::Checks }).await;
        let paper = Command::ProposeDecision { proposed: Box::new(proposed(outcome)) };
        self.give(id, OFFICER, paper).await;
        let (state, _) = self.app.engine.state::<Disclosure>(&id.stream()).await.unwrap();
        let number = state.case().unwrap().decision.as_ref().unwrap().number;
        let vote = Command::Vote { number, agree: true, words: "So I see it.".into() };
        self.give(id, Role::Supervisor, vote).await;
        let approve = Command::ApproveDecision { number, version: 1 };
        self.give(id, Role::Supervisor, approve).await;
        id
    }

    pub(crate) fn officer(&self) -> Browser<'_> {
        self.app.signed_in(OFFICER)
    }

    /// Everything in the journal.
    pub(crate) async fn records(&self) -> Vec<Recorded> {
        self.app.journal.read_from(Position(0), 10_000).await.unwrap()
    }

    pub(crate) async fn count(&self, kind: &str) -> usize {
        self.app.kinds().await.iter().filter(|one| *one == kind).count()
    }

    /// A call with her safe contact, by the officer's page.
    pub(crate) async fn call(&self, id: DisclosureId) -> CallId {
        let form = [("link_by", "text"), ("link_phone", "07700 900123")];
        self.officer().post(&to(id, "call"), &form).await.redirect();
        let records = self.records().await;
        let opened = records.iter().rev().find(|one| one.kind == "call.opened_for_matter.v1");
        CallId::of_stream(&opened.unwrap().stream).unwrap()
    }

    pub(crate) async fn part(&self, id: DisclosureId) -> Answer {
        self.officer().get(&to(id, "telling")).await.expect(200)
    }

    pub(crate) async fn post(&self, id: DisclosureId, step: &str, form: &[(&str, &str)]) -> Answer {
        self.officer().post(&to(id, &format!("telling/{step}")), &form).await
    }

    pub(crate) async fn does(&self, id: DisclosureId, step: &str, form: &[(&str, &str)]) {
        assert_eq!(self.post(id, step, form).await.redirect(), to(id, "telling"));
    }

    /// The rule says no, in its own words, and what was typed is kept.
    async fn refused(&self, id: DisclosureId, step: &str, form: &[(&str, &str)], why: &str) {
        let answer = self.post(id, step, form).await.expect(422);
        assert!(answer.says(why), "{step}: {}", answer.body);
    }

    pub(crate) async fn reads(&self, id: DisclosureId, part: Part, channel: Channel) {
        for line in SCRIPT.of(part, channel) {
            self.does(id, "line", &[("script", "1"), ("line", line.id)]).await;
        }
    }

    /// Until the words.
    pub(crate) async fn ready(&self, id: DisclosureId, channel: Channel) {
        self.does(id, "begin", &[("channel", channel.code())]).await;
        self.does(id, "identity", &[("how", "Passport on camera.")]).await;
        self.does(id, "safety", SAFE).await;
        self.reads(id, Part::Before, channel).await;
    }

    /// From the words to the end.
    pub(crate) async fn ends(&self, id: DisclosureId, channel: Channel) {
        let said = ("undertaking_words", "I understand.");
        self.does(id, "undertaking", &[said, ("given", "yes")]).await;
        self.does(id, "told", &[("version", "1")]).await;
        self.does(id, "acknowledged", &[("acknowledged_words", "Yes.")]).await;
        self.reads(id, Part::After, channel).await;
        self.does(id, "plan", &[("plan", "Stay with family.")]).await;
        let service = [("specialist_words", "Gladly."), ("accepted", "yes")];
        self.does(id, "specialist", &service).await;
        self.does(id, "finished", NOTHING).await;
    }
}

pub(crate) const SAFE: &[(&str, &str)] = &[("answer", "safe_and_alone")];

pub(crate) fn to(id: DisclosureId, part: &str) -> String {
    format!("/disclosures/{id}/{part}")
}

fn step(answer: &Answer) -> String {
    let found = answer.body.split("data-step=\"").nth(1).unwrap_or_default();
    found.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_disclosure_by_video_is_played_in_its_order_to_its_end() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    let before = house.part(id).await;
    assert!(before.says("For a video there must be a call first") && !before.says(WORDS));
    let offered = house.officer().get(&to(id, "call")).await.expect(200);
    assert!(offered.says("Ama Example") && offered.says("weekdays before noon"));
    let call = house.call(id).await;
    let looked = house.app.consultations().await;
    let part = house.officer().get(&to(id, "call")).await.expect(200);
    assert_eq!(house.app.consultations().await, looked, "a link's progress names nobody");
    assert!(part.says(&call.to_string()) && part.says("Open the call"), "{}", part.body);
    house.refused(id, "told", &[("version", "1")], "The telling has not begun").await;
    house.does(id, "begin", &[("channel", "video")]).await;
    assert_eq!(step(&house.part(id).await), "identity");
    house.refused(id, "told", &[("version", "1")], "Confirm first that it is she").await;
    house.refused(id, "identity", &[("how", " ")], "Fill this in: how").await;
    house.does(id, "identity", &[("how", "Passport on camera.")]).await;
    assert_eq!(step(&house.part(id).await), "safety");
    house.does(id, "safety", &[("answer", "not_alone")]).await;
    assert_eq!(step(&house.part(id).await), "safety", "without both, nothing");
    house.refused(id, "told", &[("version", "1")], "Without both, tell nothing").await;
    house.does(id, "safety", SAFE).await;
    house.refused(id, "told", &[("version", "1")], "Ask for the undertaking first").await;
    let lines = house.part(id).await;
    assert_eq!(step(&lines), "before");
    assert_eq!(lines.texts("[data-key=l]").len(), 1, "one key reads the next line");
    house.reads(id, Part::Before, Channel::Video).await;
    let part = house.part(id).await;
    assert_eq!(step(&part), "undertaking");
    assert!(!part.says(WORDS), "the words are not shown before they may be told");
    house.does(id, "undertaking", &[("undertaking_words", "Yes."), ("given", "yes")]).await;
    let part = house.part(id).await;
    assert_eq!(part.texts("[data-words] p"), [WORDS]);
    house.refused(id, "told", &[("version", "2")], "The words have changed since").await;
    house.does(id, "told", &[("version", "1")]).await;
    house.refused(id, "finished", NOTHING, "Ask first whether she has understood").await;
    house.does(id, "acknowledged", &[("acknowledged_words", "Yes.")]).await;
    assert!(!house.part(id).await.says(WORDS), "what is understood leaves the screen");
    house.refused(id, "finished", NOTHING, "lines of this part").await;
    house.reads(id, Part::After, Channel::Video).await;
    house.refused(id, "finished", NOTHING, "Make a safety plan").await;
    house.does(id, "plan", &[("plan", "Stay with family.")]).await;
    house.refused(id, "finished", NOTHING, "Offer her a specialist").await;
    let service = [("specialist_words", "Gladly."), ("accepted", "yes")];
    house.does(id, "specialist", &service).await;
    assert_eq!(step(&house.part(id).await), "end");
    house.does(id, "finished", NOTHING).await;
    assert!(house.part(id).await.says("She has been told"));
    house.refused(id, "told", &[("version", "1")], "has ended").await;
}

#[tokio::test]
async fn the_words_stand_in_no_other_answer_and_nobody_else_finds_the_part() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    let call = house.call(id).await;
    house.ready(id, Channel::Video).await;
    house.does(id, "undertaking", &[("undertaking_words", "Yes."), ("given", "yes")]).await;
    assert!(house.part(id).await.says(WORDS));
    for part in ["call", "closing"] {
        assert!(!house.officer().get(&to(id, part)).await.expect(200).says(WORDS), "{part}");
    }
    for path in ["/disclosures/figures", "/disclosures/figures.csv"] {
        assert!(!house.officer().get(path).await.expect(200).says(WORDS), "{path}");
    }
    assert!(!house.app.client().get("/api/v1/disclosures/figures").await.says(WORDS));
    for role in Role::ALL {
        if matches!(role, Role::DisclosureOfficer | Role::Supervisor) {
            continue;
        }
        for part in ["telling", "call", "closing"] {
            let there = house.app.signed_in(role).get(&to(id, part)).await.expect(404);
            let none = house.app.signed_in(role).get(&to(DisclosureId(1), part)).await.expect(404);
            assert_eq!(there.texts("main"), none.texts("main"), "{part} as {role:?}");
        }
    }
    for record in house.records().await {
        assert!(!record.clear.contains("approved words"), "{} is in clear", record.kind);
        assert!(!record.stream.starts_with("call/") || !record.clear.contains("07700"));
    }
    assert_eq!(house.count("disclosure.telling_started.v1").await, 1);
    let (state, _) = house.app.engine.state::<Call>(&call.stream()).await.unwrap();
    let about = &state.call().unwrap().about;
    assert_eq!((about.matter(), about.stream()), (Some(MatterKind::Disclosure), id.stream()));
}

#[tokio::test]
async fn a_colleague_who_must_not_know_finds_nothing() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    let reason = "Knows him.".to_owned();
    let staff = staff_id(OFFICER);
    house.give(id, Role::Supervisor, Command::DeclareConflict { staff, reason }).await;
    for part in ["telling", "call", "closing"] {
        let _ = house.officer().get(&to(id, part)).await.expect(404);
    }
    let _ = house.post(id, "begin", &[("channel", "in_person")]).await.expect(404);
    house.app.refuses_strangers().await;
}

#[tokio::test]
async fn an_answer_about_her_safety_that_is_too_old_takes_the_words_away() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    house.ready(id, Channel::InPerson).await;
    house.does(id, "undertaking", &[("undertaking_words", "Yes."), ("given", "yes")]).await;
    house.app.clock.advance(minutes(10));
    assert!(house.part(id).await.says(WORDS), "ten minutes count");
    house.app.clock.advance(minutes(1));
    let part = house.part(id).await;
    assert!(!part.says(WORDS) && step(&part) == "safety");
    house.refused(id, "told", &[("version", "1")], "older than ten minutes").await;
    assert_eq!(house.count("disclosure.words_told.v1").await, 0);
    house.does(id, "safety", SAFE).await;
    house.does(id, "told", &[("version", "1")]).await;
}

#[tokio::test]
async fn without_the_undertaking_two_people_decide_anew() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    house.ready(id, Channel::InPerson).await;
    let said = ("undertaking_words", "I will tell my sister.");
    house.does(id, "undertaking", &[said, ("given", "no")]).await;
    let part = house.part(id).await;
    assert!(step(&part) == "reconsider" && !part.says(WORDS));
    house.refused(id, "told", &[("version", "1")], "Two people must decide anew").await;
    let supervisor = house.app.signed_in(Role::Supervisor);
    let why = [("reconsider_reason", "Her sister helps her."), ("tell", "yes")];
    supervisor.post(&to(id, "telling/reconsider"), &why).await.redirect();
    let agrees = [("tell", "yes")];
    let alone = supervisor.post(&to(id, "telling/reconsidered"), &agrees).await.expect(422);
    assert!(alone.says("Two people are needed"), "{}", alone.body);
    let _ = house.post(id, "reconsidered", &agrees).await.expect(404);
    // Proposed by the officer now, so that the supervisor is the second.
    house.does(id, "reconsider", &why).await;
    supervisor.post(&to(id, "telling/reconsidered"), &agrees).await.redirect();
    assert!(house.part(id).await.says(WORDS));
    house.does(id, "told", &[("version", "1")]).await;
}

#[tokio::test]
async fn what_was_done_stays_when_the_line_drops() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    let call = house.call(id).await;
    house.ready(id, Channel::Video).await;
    let told = async |command| {
        let caller = Caller::system();
        let done = house.app.engine.execute::<Call>(&call.stream(), command, &caller, None).await;
        done.unwrap();
    };
    told(::call::Command::NoteJoined { participant: Participant::Victim }).await;
    told(::call::Command::NoteLost { participant: Participant::Victim }).await;
    let stopped = async || house.count("disclosure.telling_interrupted.v1").await == 1;
    house.app.eventually("the telling stops", stopped).await;
    let part = house.part(id).await;
    assert!(part.says("What was done stays") && !part.says(WORDS));
    // Whoever was writing when it dropped loses nothing of it.
    let late = [("undertaking_words", "She was about to say yes."), ("given", "yes")];
    house.refused(id, "undertaking", &late, "She was about to say yes.").await;
    house.does(id, "begin", &[("channel", "video")]).await;
    assert_eq!(step(&house.part(id).await), "identity", "who she is, is asked anew");
    house.does(id, "identity", &[("how", "Passport on camera.")]).await;
    house.does(id, "safety", SAFE).await;
    assert_eq!(step(&house.part(id).await), "undertaking", "the lines stay read");
    house.does(id, "interrupted", &[("cause", "she_asked")]).await;
    let finish = ::call::Command::Finish { outcome: ::call::Outcome::VictimLeft };
    let stream = call.stream();
    let done = house.app.engine.execute::<Call>(&stream, finish, &caller(OFFICER), None).await;
    assert!(done.is_ok() || matches!(done, Err(Refused::Refusal(_))));
}

#[tokio::test]
async fn in_person_and_by_telephone_have_the_same_lines_and_no_call() {
    for channel in [Channel::InPerson, Channel::Telephone] {
        let house = House::new().await;
        let id = house.decided(Outcome::Disclose).await;
        house.refused(id, "begin", &[("channel", "video")], "needs its call").await;
        house.refused(id, "begin", NOTHING, "Choose how you tell her").await;
        house.ready(id, channel).await;
        assert!(!house.part(id).await.says("this call is recorded"));
        house.ends(id, channel).await;
        let made = house.records().await;
        let made = made.iter().find(|one| one.kind == "disclosure.made.v1").unwrap();
        assert!(made.clear.contains(channel.code()), "counted apart");
        // The key outlives its year.
        let kept = async || {
            let records = house.records().await;
            records.iter().any(|one| {
                one.kind == "key.kept.v1"
                    && one.stream == "retention/casework"
                    && one.clear.contains(&id.stream())
            })
        };
        house.app.eventually("the key is promoted", kept).await;
    }
}

#[tokio::test]
async fn a_second_call_waits_for_the_end_of_the_first_and_for_the_decision() {
    let house = House::new().await;
    let early = house.applied(form()).await;
    let link = [("link_by", "read_out")];
    let no = house.officer().post(&to(early, "call"), &link).await.expect(422);
    assert!(no.says("not the stage"), "{}", no.body);
    let id = house.decided(Outcome::Disclose).await;
    let no = house.officer().post(&to(id, "call"), NOTHING).await.expect(422);
    assert!(no.says("Choose how the link reaches her"));
    let empty = [("link_by", "email"), ("link_email", " ")];
    let _ = house.officer().post(&to(id, "call"), &empty).await.expect(422);
    house.call(id).await;
    let no = house.officer().post(&to(id, "call"), &link).await.expect(422);
    assert!(no.says("There is a call already"));
    assert_eq!(house.count("call.opened_for_matter.v1").await, 1);
}
