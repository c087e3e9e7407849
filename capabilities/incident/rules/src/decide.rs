//! What may happen next, one function a command.

use crate::OfferId;
use crate::command::{Answered, Command};
use crate::event::Event;
use crate::grade::{Cause, Grade, GradeTable};
use crate::refusal::Refusal;
use crate::report::{Report, Source};
use crate::route::{Availability, Closure, Contact, Decline, InPerson, Location, Loss};
use crate::screening::{Answer, Outcome, Rule};
use crate::state::{Offer, Patrol, State};
use kernel::{At, Personal};

type Decided = Result<Vec<Event>, Refusal>;

pub(crate) fn decide(state: &State, command: Command, at: At) -> Decided {
    if let Command::Report(report) = command {
        return take_report(state, report);
    }
    if state.report.is_none() {
        return Err(Refusal::NotReported);
    }
    match command {
        Command::SignalDanger { cause, location, table } => {
            return Ok(danger(state, cause, location, table, at));
        }
        Command::Reopen { reason } => return reopen(state, reason),
        Command::Note { note } => return Ok(vec![Event::Noted { note: said(note)? }]),
        // What has come to its end outside is noted whatever the record says.
        Command::EndResponse { offer, outcome, in_person } => {
            return end_response(state, offer, outcome, in_person);
        }
        Command::NoteTargetMissed { target_at } => return Ok(target_missed(state, target_at)),
        _ => {}
    }
    if state.closed.is_some() {
        return Err(Refusal::Closed);
    }
    decide_open(state, command, at)
}

fn decide_open(state: &State, command: Command, at: At) -> Decided {
    match command {
        Command::Grade { grade, reason, table } => grade_first(state, grade, reason, table, at),
        Command::Regrade { grade, cause, reason, table } => {
            regrade(state, grade, cause, reason, table, at)
        }
        Command::Answer(answered) => answer(state, answered),
        Command::Conclude => conclude(state),
        Command::Screen { answers } => screen(state, answers, at),
        Command::ScreenAgain => screen_again(state),
        Command::Offer { offer, availability } => make_offer(state, offer, availability),
        Command::Accept { offer, contact, language } => accept(state, offer, contact, language),
        Command::Decline { offer, reason, note } => decline(state, offer, reason, note),
        Command::Lose { reason, availability } => lose(state, reason, availability),
        Command::TakeBack { reason } => take_back(state, reason),
        Command::ClearLine => clear_line(state),
        Command::RouteInPerson { reason, note } => {
            state.grade().ok_or(Refusal::NotGraded)?;
            Ok(vec![in_person(reason, None, note)])
        }
        Command::RequestPatrol { reason, location } => request_patrol(state, reason, location),
        Command::NotePatrolAttended { attended_at } => match state.patrol {
            Patrol::None => Err(Refusal::NoPatrol),
            Patrol::Attended { .. } => Ok(vec![]),
            Patrol::Requested { .. } => Ok(vec![Event::PatrolAttended { attended_at }]),
        },
        Command::CountCallBack { outcome, note } => {
            Ok(vec![Event::CallBackCounted { outcome, note: note.into() }])
        }
        Command::Close { outcome, note } => close(state, outcome, note),
        Command::Report(_)
        | Command::SignalDanger { .. }
        | Command::Reopen { .. }
        | Command::Note { .. }
        | Command::EndResponse { .. }
        | Command::NoteTargetMissed { .. } => Ok(vec![]),
    }
}

fn take_report(state: &State, report: Box<Report>) -> Decided {
    if state.report.is_some() {
        return Err(Refusal::AlreadyReported);
    }
    let said = |text: &Personal<String>| text.known().is_none_or(|text| !text.trim().is_empty());
    if !said(&report.account) {
        return Err(Refusal::NothingSaid);
    }
    Ok(vec![Event::Reported { report }])
}

/// A reason that says something.
fn said(reason: String) -> Result<Personal<String>, Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason.into()) }
}

//= College of Policing, Authorised Professional Practice on contact management: the grade is a
//= decision that is recorded with its reason, and its target runs from the call
fn grade_first(state: &State, grade: Grade, reason: String, table: GradeTable, at: At) -> Decided {
    if state.graded.is_some() {
        return Err(Refusal::AlreadyGraded);
    }
    answered_in_person(state, grade)?;
    let reason = said(reason)?;
    let called_at = state.report.as_ref().map_or(at, |report| report.called_at.min(at));
    let target_at = table.target(grade, called_at);
    let graded =
        Event::Graded { grade, reason: reason.clone(), target_at, table_version: table.version };
    let mut events = vec![graded];
    if grade == Grade::Immediate {
        events.push(Event::PatrolRequested { cause: Cause::Graded, reason, location: None });
    }
    Ok(events)
}

/// Whoever asks for ANI has gone out to ask, and is waiting where he may find her.
//= Home Office, Ask for ANI guidance for pharmacies: staff ring the police for a response
fn answered_in_person(state: &State, grade: Grade) -> Result<(), Refusal> {
    let ani = state.report.as_ref().is_some_and(|report| report.source == Source::Ani);
    match ani && grade == Grade::ResolvedWithoutDeployment {
        true => Err(Refusal::AskedForAni),
        false => Ok(()),
    }
}

fn regrade(
    state: &State,
    grade: Grade,
    cause: Cause,
    reason: String,
    table: GradeTable,
    at: At,
) -> Decided {
    let from = state.grade().ok_or(Refusal::NotGraded)?;
    if from == grade {
        return Err(Refusal::SameGrade);
    }
    answered_in_person(state, grade)?;
    let reason = said(reason)?;
    let target_at = table.target(grade, at);
    let mut events = vec![Event::Regraded {
        from,
        grade,
        cause,
        reason: reason.clone(),
        target_at,
        table_version: table.version,
    }];
    if grade == Grade::Immediate {
        // An offer that she has not answered falls; a call under way is company until the
        // patrol is there.
        if let Offer::Made { offer, .. } = state.offer {
            events.push(Event::TakenBack { offer, reason: reason.clone() });
        }
        if !matches!(state.patrol, Patrol::Requested { .. }) {
            events.push(Event::PatrolRequested { cause, reason, location: None });
        }
    }
    Ok(events)
}

/// The first rule of the service: who is in danger now gets a patrol and nothing else first.
fn not_immediate(state: &State) -> Result<(), Refusal> {
    match state.grade() {
        None => Err(Refusal::NotGraded),
        Some(Grade::Immediate) => Err(Refusal::Immediate),
        Some(Grade::Priority | Grade::Scheduled | Grade::ResolvedWithoutDeployment) => Ok(()),
    }
}

fn answer(state: &State, Answered { rule, answer, note }: Answered) -> Decided {
    not_immediate(state)?;
    if state.screening.is_some() {
        return Err(Refusal::ScreeningConcluded);
    }
    if state.answer(rule).is_none() {
        match (state.excluded_by(), state.next_question()) {
            (Some(by), _) => return Err(Refusal::Excluded { rule: by }),
            (None, Some(next)) if next != rule => return Err(Refusal::OutOfOrder { next }),
            (None, _) => {}
        }
    }
    Ok(vec![Event::ScreeningAnswered { rule, answer, note: note.into() }])
}

fn conclude(state: &State) -> Decided {
    not_immediate(state)?;
    if state.screening.is_some() {
        return Err(Refusal::ScreeningConcluded);
    }
    if let Some(rule) = state.excluded_by() {
        return Ok(vec![
            Event::Screened { outcome: Outcome::Ineligible { rule } },
            in_person(InPerson::Ineligible, Some(rule), String::new()),
        ]);
    }
    if let Some(next) = state.next_question() {
        return Err(Refusal::QuestionsOpen { next });
    }
    let text = state.answer(Rule::SafeToText) == Some(Answer::Yes);
    Ok(vec![Event::Screened { outcome: Outcome::Eligible { text } }])
}

fn screen(state: &State, mut answers: Vec<Answered>, at: At) -> Decided {
    not_immediate(state)?;
    answers.sort_by_key(|answered| answered.rule);
    let mut events = Vec::new();
    let mut after = state.clone();
    if after.screening.is_some() {
        events.extend(screen_again(&after)?);
        after = after.after(&Event::ScreeningReopened {}, at);
    }
    for Answered { rule, answer, note } in answers {
        let kept = Event::ScreeningAnswered { rule, answer, note: note.into() };
        after = after.after(&kept, at);
        events.push(kept);
    }
    events.extend(conclude(&after)?);
    Ok(events)
}

fn screen_again(state: &State) -> Decided {
    not_immediate(state)?;
    if state.offer.live().is_some() {
        return Err(Refusal::OfferOpen);
    }
    if state.screening.is_none() {
        Err(Refusal::NotScreened)
    } else {
        Ok(vec![Event::ScreeningReopened {}])
    }
}

fn eligible(state: &State) -> Result<(), Refusal> {
    not_immediate(state)?;
    match state.screening {
        None => Err(Refusal::NotScreened),
        Some(Outcome::Ineligible { rule }) => Err(Refusal::NotEligible { rule }),
        Some(Outcome::Eligible { .. }) => Ok(()),
    }
}

fn make_offer(state: &State, offer: OfferId, availability: Availability) -> Decided {
    eligible(state)?;
    if state.offer.live().is_some() {
        return Err(Refusal::OfferOpen);
    }
    if !availability.open {
        return Err(Refusal::HubClosed);
    }
    if availability.wait_seconds.is_none() {
        return Err(Refusal::NobodyFree);
    }
    Ok(vec![Event::Offered { offer, availability }])
}

fn made(state: &State, offer: OfferId) -> Result<(), Refusal> {
    match state.offer {
        Offer::Made { offer: open, .. } if open == offer => Ok(()),
        _ => Err(Refusal::NoOffer),
    }
}

fn accept(state: &State, offer: OfferId, contact: Contact, language: String) -> Decided {
    eligible(state)?;
    made(state, offer)?;
    match &contact {
        Contact::Text(_) if !state.text_allowed() => return Err(Refusal::TextNotSafe),
        Contact::Text(number) if number.trim().is_empty() => return Err(Refusal::NumberMissing),
        Contact::Email(address) if address.trim().is_empty() => {
            return Err(Refusal::AddressMissing);
        }
        Contact::Text(_) | Contact::Email(_) | Contact::ReadOut => {}
    }
    let channel = contact.channel();
    Ok(vec![Event::OfferAccepted { offer, contact: contact.into(), channel, language }])
}

fn decline(state: &State, offer: OfferId, reason: Decline, note: String) -> Decided {
    made(state, offer)?;
    Ok(vec![
        Event::OfferDeclined { offer, reason, note: note.into() },
        in_person(InPerson::Declined, None, String::new()),
    ])
}

fn lose(state: &State, reason: Loss, availability: Availability) -> Decided {
    if state.offer.live().is_none() {
        eligible(state)?;
    }
    Ok(vec![
        Event::OfferLost { offer: state.offer.live(), reason, availability },
        in_person(InPerson::Lost, None, String::new()),
    ])
}

fn take_back(state: &State, reason: String) -> Decided {
    let offer = state.offer.live().ok_or(Refusal::NoOffer)?;
    Ok(vec![
        Event::TakenBack { offer, reason: said(reason)? },
        in_person(InPerson::TakenBack, None, String::new()),
    ])
}

fn clear_line(state: &State) -> Decided {
    match &state.offer {
        Offer::Accepted { line_cleared: true, .. } => Ok(vec![]),
        Offer::Accepted { offer, .. } => Ok(vec![Event::LineCleared { offer: *offer }]),
        _ => Err(Refusal::NotAccepted),
    }
}

fn end_response(state: &State, offer: OfferId, outcome: String, by_patrol: bool) -> Decided {
    match &state.offer {
        Offer::Accepted { offer: open, .. } if *open == offer => {}
        _ => return Err(Refusal::NoOffer),
    }
    let mut events = vec![Event::ResponseEnded { offer, outcome }];
    if by_patrol {
        events.push(in_person(InPerson::Judgement, None, String::new()));
    }
    Ok(events)
}

fn in_person(reason: InPerson, rule: Option<Rule>, note: String) -> Event {
    Event::RoutedInPerson { reason, rule, note: note.into() }
}

fn request_patrol(state: &State, reason: String, location: Option<Location>) -> Decided {
    state.grade().ok_or(Refusal::NotGraded)?;
    let reason = said(reason)?;
    let mut events = Vec::new();
    if state.in_person.is_none() && state.offer.live().is_none() {
        events.push(in_person(InPerson::Judgement, None, String::new()));
    }
    let location = location.map(Personal::new);
    events.push(Event::PatrolRequested { cause: Cause::Reconsidered, reason, location });
    Ok(events)
}

/// Whoever says that he is back is believed: Immediate, and a patrol to where she is. Said
/// twice it is done once; said again with a better place, the patrol is told the place.
fn danger(
    state: &State,
    cause: Cause,
    location: Option<Location>,
    table: GradeTable,
    at: At,
) -> Vec<Event> {
    let mut events = Vec::new();
    if state.closed.is_some() {
        events.push(Event::Reopened { reason: String::new().into() });
    }
    let (grade, target_at) = (Grade::Immediate, table.target(Grade::Immediate, at));
    let (reason, table_version) = (Personal::new(String::new()), table.version);
    match state.grade() {
        Some(Grade::Immediate) => {}
        Some(from) => events.push(Event::Regraded {
            from,
            grade,
            cause,
            reason: reason.clone(),
            target_at,
            table_version,
        }),
        None => {
            let reason = reason.clone();
            events.push(Event::Graded { grade, reason, target_at, table_version });
        }
    }
    if let Offer::Made { offer, .. } = state.offer {
        events.push(Event::TakenBack { offer, reason: reason.clone() });
    }
    let on_its_way = match state.patrol {
        Patrol::None | Patrol::Attended { .. } => false,
        Patrol::Requested { located, .. } => located || location.is_none(),
    };
    if !on_its_way || state.closed.is_some() {
        let location = location.map(Personal::new);
        events.push(Event::PatrolRequested { cause, reason, location });
    }
    events
}

fn target_missed(state: &State, target_at: At) -> Vec<Event> {
    let Some(graded) = &state.graded else {
        return vec![];
    };
    let stale = graded.target_at != target_at || graded.missed;
    if stale || state.closed.is_some() || state.answered() {
        return vec![];
    }
    vec![Event::TargetMissed { grade: graded.grade, target_at }]
}

fn close(state: &State, outcome: Closure, note: String) -> Decided {
    let voided = matches!(outcome, Closure::Duplicate | Closure::Error);
    if state.offer.live().is_some() {
        return Err(Refusal::StillOpen);
    }
    match state.grade() {
        None if !voided => return Err(Refusal::NotGraded),
        Some(Grade::Immediate) if !voided && !matches!(state.patrol, Patrol::Attended { .. }) => {
            return Err(Refusal::PatrolOwed);
        }
        _ => {}
    }
    Ok(vec![Event::Closed { outcome, note: note.into() }])
}

fn reopen(state: &State, reason: String) -> Decided {
    if state.closed.is_none() {
        return Err(Refusal::NotClosed);
    }
    Ok(vec![Event::Reopened { reason: said(reason)? }])
}
