//! The panel: neither alone.

use super::play::{APPROVER, AUTHOR, MEMBER, Play, WORDS, proposed, staff};
use crate::{Command, Deviation, Event, Level, Outcome, Proposed, Refusal, Route, Stage};

fn approve(version: u32) -> Command {
    Command::ApproveDecision { number: 0, version }
}

fn change(words: &str) -> Command {
    Command::ChangeWords { number: 0, words: words.into() }
}

fn panel() -> Play {
    Play::new().before_the_panel(Route::AskSelf, true)
}

/// Empties one field.
type Blank = fn(&mut Proposed);

#[test]
fn each_ground_is_considered_in_words() {
    let blanks: [(&str, Blank); 7] = [
        ("pressing_need", |p| p.pressing_need.clear()),
        ("necessity", |p| p.necessity.clear()),
        ("proportionality", |p| p.proportionality = "  ".into()),
        ("subject_rights", |p| p.subject_rights.clear()),
        ("tell_subject_why", |p| p.tell_subject_why.clear()),
        ("recipient_words", |p| p.recipient_words.clear()),
        ("words", |p| p.words.clear()),
    ];
    let play = panel();
    for (field, blank) in blanks {
        let mut one = proposed(Outcome::Disclose);
        blank(&mut one);
        let said = play.ask(staff(AUTHOR), Command::ProposeDecision { proposed: Box::new(one) });
        assert_eq!(said, Err(Refusal::Missing(field)));
    }
}

#[test]
fn a_decision_waits_for_its_stage_and_for_a_concern() {
    let propose = || Command::ProposeDecision { proposed: Box::new(proposed(Outcome::Disclose)) };
    Play::new().applied(Route::AskSelf).refused(AUTHOR, propose(), Refusal::WrongStage);
    let calm = Play::new().before_the_panel(Route::AskSelf, false);
    calm.refused(AUTHOR, propose(), Refusal::NoConcern).propose(Outcome::NoDisclosure);
    let changed = panel().propose(Outcome::Disclose).voted(true).assessed(false, Level::Standard);
    changed.refused(APPROVER, approve(1), Refusal::NoConcern);
}

#[test]
fn one_person_never_acts_as_two() {
    let own = Command::Vote { number: 0, agree: true, words: "Mine.".into() };
    let written = Command::RecordAgencyVote {
        number: 0,
        agency: "Example Agency".into(),
        name: "Example Member".into(),
        agree: true,
        words: "So they say.".into(),
    };
    panel()
        .propose(Outcome::Disclose)
        .refused(APPROVER, approve(1), Refusal::PanelNotFor)
        .author(own)
        .author(written)
        .refused(APPROVER, approve(1), Refusal::PanelNotFor)
        .voted(true)
        .refused(AUTHOR, approve(1), Refusal::TwoPeople)
        .approver(approve(1));
}

#[test]
fn a_panel_that_is_against_or_even_approves_nothing() {
    let play = panel().propose(Outcome::Disclose).voted(false);
    let play = play.refused(APPROVER, approve(1), Refusal::PanelNotFor);
    let even = play.approver(Command::Vote { number: 0, agree: true, words: "Yes.".into() });
    let even = even.refused(APPROVER, approve(1), Refusal::PanelNotFor);
    let turned = even.voted(true);
    assert_eq!(turned.case().decision.as_ref().unwrap().count(), (2, 0), "the last vote counts");
    turned.approver(approve(1));
}

#[test]
fn changed_words_void_the_approval_and_their_author_cannot_give_it() {
    let play = Play::new().decided_to_tell(Route::AskSelf);
    assert!(play.case().approved_words().is_some());
    let same = play.ask(staff(MEMBER), change(WORDS));
    assert_eq!(same, Ok(vec![]), "the same words change nothing");
    let play = play.does(staff(MEMBER), change("Other words."));
    assert!(play.case().approved_words().is_none());
    let play = play
        .refused(AUTHOR, super::play::video(), Refusal::NotApproved)
        .refused(APPROVER, approve(1), Refusal::WordsChanged)
        .refused(MEMBER, approve(2), Refusal::TwoPeople)
        .refused(APPROVER, approve(2), Refusal::PanelNotFor);
    let play = play.approver(Command::Vote { number: 0, agree: true, words: "Yes.".into() });
    let play = play.approver(approve(2));
    let words = play.case().approved_words().unwrap().known().unwrap().clone();
    assert_eq!(words, "Other words.");
    assert_eq!(play.case().stage, Stage::Telling);
}

#[test]
fn an_open_check_holds_up_the_approval() {
    let late = Command::AskCheck { code: "probation".into() };
    let play = panel().propose(Outcome::Disclose).voted(true).author(late);
    play.refused(APPROVER, approve(1), Refusal::ChecksOpen);
}

#[test]
fn a_new_proposal_takes_the_place_of_the_last() {
    let play = panel().propose(Outcome::Disclose).voted(true).propose(Outcome::NoDisclosure);
    let play = play.refused(APPROVER, approve(1), Refusal::NoDecision);
    let play = play.voted(true).approved();
    let Event::DecisionApproved { disclose: false, .. } = play.last() else { panic!() };
    play.refused(AUTHOR, super::play::video(), Refusal::NotApproved);
}

#[test]
fn a_decision_sent_back_is_written_anew() {
    let back = Command::SendBackDecision { number: 0, reason: "Too much.".into() };
    let play = panel().propose(Outcome::Disclose).approver(back);
    assert!(play.case().decision.is_none());
    play.refused(APPROVER, approve(1), Refusal::NoDecision);
}

#[test]
fn only_the_present_stage_is_left_out_and_never_the_panel() {
    let skip = |stage| Command::RequestDeviation {
        what: Deviation::SkipStage { stage },
        reason: "She cannot be met.".into(),
    };
    let play = Play::new()
        .applied(Route::AskSelf)
        .refused(AUTHOR, skip(Stage::Conversation), Refusal::DeviationWrong)
        .author(skip(Stage::Initial))
        .approver(Command::ApproveDeviation { number: 0 });
    assert_eq!(play.case().stage, Stage::Conversation);
    let play = play.author(skip(Stage::Conversation));
    let no = Command::RefuseDeviation { number: 1, reason: "She can.".into() };
    let play = play.refused(AUTHOR, no.clone(), Refusal::TwoPeople).approver(no);
    assert_eq!(play.case().stage, Stage::Conversation);
    panel().refused(AUTHOR, skip(Stage::Decision), Refusal::DeviationWrong);
}
