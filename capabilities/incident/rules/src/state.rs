//! What the next decision, and a page, need to know. Total: whatever was stored can be folded.

use crate::OfferId;
use crate::event::Event;
use crate::grade::{Cause, Grade};
use crate::report::Report;
use crate::route::{Channel, Closure, Contact, Decline, InPerson, Loss};
use crate::screening::{Answer, Outcome, Rule};
use kernel::{At, Personal};

/// How fast, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// How fast.
    pub grade: Grade,
    /// Since when.
    pub at: At,
    /// When the target is up.
    pub target_at: At,
    /// Why.
    pub reason: Personal<String>,
    /// Whether the target was missed.
    pub missed: bool,
}

/// One rule as last answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Which.
    pub rule: Rule,
    /// The last answer.
    pub answer: Answer,
    /// What she said.
    pub note: Personal<String>,
}

/// Where the video response stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Offer {
    /// Never offered.
    #[default]
    None,
    /// Put to her; no answer yet.
    Made {
        /// Which.
        offer: OfferId,
        /// Since when.
        at: At,
    },
    /// She said yes: there is a call.
    Accepted {
        /// Which.
        offer: OfferId,
        /// Since when.
        at: At,
        /// How the link reaches her.
        contact: Personal<Contact>,
        /// The same in clear.
        channel: Channel,
        /// Of her page.
        language: String,
        /// Whether the handler has let the line go.
        line_cleared: bool,
    },
    /// She said no.
    Declined {
        /// Why.
        reason: Decline,
    },
    /// It could not be made or kept.
    Lost {
        /// Why.
        reason: Loss,
    },
    /// The control room took it back.
    TakenBack {
        /// Which.
        offer: OfferId,
    },
    /// The call ended.
    Ended {
        /// Which.
        offer: OfferId,
        /// The call's own code for it.
        outcome: String,
    },
}

impl Offer {
    /// Whether it is waiting for an answer or under way.
    pub const fn live(&self) -> Option<OfferId> {
        match self {
            Self::Made { offer, .. } | Self::Accepted { offer, .. } => Some(*offer),
            Self::None
            | Self::Declined { .. }
            | Self::Lost { .. }
            | Self::TakenBack { .. }
            | Self::Ended { .. } => None,
        }
    }

    /// The call that came of it, if one did.
    pub const fn call(&self) -> Option<OfferId> {
        match self {
            Self::Accepted { offer, .. } | Self::Ended { offer, .. } => Some(*offer),
            Self::None
            | Self::Made { .. }
            | Self::Declined { .. }
            | Self::Lost { .. }
            | Self::TakenBack { .. } => None,
        }
    }
}

/// Where the patrol is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patrol {
    /// Not asked for.
    #[default]
    None,
    /// Asked for.
    Requested {
        /// Since when.
        at: At,
        /// Why.
        cause: Cause,
        /// Whether it was told where, better than the report says.
        located: bool,
    },
    /// There.
    Attended {
        /// Since when.
        at: At,
    },
}

/// What the control room owes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Decide how fast.
    Grade,
    /// An Immediate: the patrol.
    Patrol,
    /// Ask this rule.
    Ask(Rule),
    /// Conclude the screening.
    Conclude,
    /// Put the video response to her.
    Offer,
    /// Take her answer.
    Answer(OfferId),
    /// Stay with her until she sees the officer.
    Call(OfferId),
    /// Send somebody.
    Send,
    /// Close.
    Finish,
    /// Nothing.
    Closed,
}

impl Step {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Patrol => "patrol",
            Self::Ask(_) => "ask",
            Self::Conclude => "conclude",
            Self::Offer => "offer",
            Self::Answer(_) => "answer",
            Self::Call(_) => "call",
            Self::Send => "send",
            Self::Finish => "finish",
            Self::Closed => "closed",
        }
    }
}

/// One incident.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What was said; `None` before anything was.
    pub report: Option<Box<Report>>,
    /// How fast.
    pub graded: Option<Graded>,
    /// Rules as last answered, in the order asked.
    pub answers: Vec<Kept>,
    /// What the screening came to.
    pub screening: Option<Outcome>,
    /// The video response.
    pub offer: Offer,
    /// Why somebody comes in person, if that is the route.
    pub in_person: Option<InPerson>,
    /// The patrol.
    pub patrol: Patrol,
    /// How often somebody tried to reach her again.
    pub call_backs: u32,
    /// What it came to, once closed.
    pub closed: Option<Closure>,
}

impl State {
    /// The grade now.
    pub fn grade(&self) -> Option<Grade> {
        self.graded.as_ref().map(|graded| graded.grade)
    }

    /// The answer kept for this rule.
    pub fn answer(&self, rule: Rule) -> Option<Answer> {
        self.answers.iter().find(|kept| kept.rule == rule).map(|kept| kept.answer)
    }

    /// The first rule whose answer rules a video response out.
    pub fn excluded_by(&self) -> Option<Rule> {
        let excludes = |rule: &Rule| self.answer(*rule).is_some_and(|a| rule.excludes(a));
        Rule::ALL.into_iter().find(excludes)
    }

    /// The rule to ask next; `None` once nothing more need be asked.
    pub fn next_question(&self) -> Option<Rule> {
        if self.screening.is_some() || self.excluded_by().is_some() {
            return None;
        }
        Rule::ALL.into_iter().find(|rule| self.answer(*rule).is_none())
    }

    /// Whether an answer says that she may be in danger now.
    pub fn danger_answered(&self) -> bool {
        self.answers.iter().any(|kept| kept.rule.danger(kept.answer))
    }

    /// Whether the link may go by text.
    pub const fn text_allowed(&self) -> bool {
        matches!(self.screening, Some(Outcome::Eligible { text: true }))
    }

    /// What the control room owes next.
    pub fn step(&self) -> Step {
        let Some(grade) = self.grade() else {
            return if self.closed.is_some() { Step::Closed } else { Step::Grade };
        };
        let attended = matches!(self.patrol, Patrol::Attended { .. });
        match (&self.offer, self.screening) {
            _ if self.closed.is_some() => Step::Closed,
            (Offer::Accepted { offer, .. }, _) => Step::Call(*offer),
            _ if grade == Grade::Immediate && !attended => Step::Patrol,
            (Offer::Made { offer, .. }, _) => Step::Answer(*offer),
            _ if attended => Step::Finish,
            _ if self.in_person.is_some() => Step::Send,
            (Offer::Ended { .. }, _) => Step::Finish,
            (_, Some(Outcome::Eligible { .. })) => Step::Offer,
            (_, Some(Outcome::Ineligible { .. })) => Step::Send,
            (_, None) => self.next_question().map_or(Step::Conclude, Step::Ask),
        }
    }

    /// Whether somebody has responded: face to face, by either route.
    pub const fn answered(&self) -> bool {
        matches!(self.patrol, Patrol::Attended { .. })
            || matches!(
                self.offer,
                Offer::Ended { .. } | Offer::Accepted { line_cleared: true, .. }
            )
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Reported { report } => self.report = Some(report.clone()),
            Event::Noted { .. } => {}
            Event::Graded { grade, reason, target_at, .. } => {
                self.set_grade(*grade, reason, *target_at, at);
            }
            Event::Regraded { grade, reason, target_at, .. } => {
                self.set_grade(*grade, reason, *target_at, at);
            }
            Event::ScreeningAnswered { rule, answer, note } => {
                let kept = Kept { rule: *rule, answer: *answer, note: note.clone() };
                match self.answers.iter_mut().find(|have| have.rule == *rule) {
                    Some(have) => *have = kept,
                    None => self.answers.push(kept),
                }
            }
            Event::ScreeningReopened {} => {
                self.answers.clear();
                self.screening = None;
            }
            Event::Screened { outcome } => self.screening = Some(*outcome),
            Event::Offered { .. }
            | Event::OfferAccepted { .. }
            | Event::OfferDeclined { .. }
            | Event::OfferLost { .. }
            | Event::TakenBack { .. }
            | Event::LineCleared { .. }
            | Event::ResponseEnded { .. } => self.offer_after(event, at),
            Event::RoutedInPerson { reason, .. } => self.in_person = Some(*reason),
            Event::PatrolRequested { cause, location, .. } => {
                let located = location.is_some();
                self.patrol = Patrol::Requested { at, cause: *cause, located };
            }
            Event::PatrolAttended { attended_at } => {
                self.patrol = Patrol::Attended { at: *attended_at };
            }
            Event::TargetMissed { target_at, .. } => {
                if let Some(graded) = &mut self.graded {
                    graded.missed |= graded.target_at == *target_at;
                }
            }
            Event::CallBackCounted { .. } => self.call_backs = self.call_backs.saturating_add(1),
            Event::Closed { outcome, .. } => self.closed = Some(*outcome),
            Event::Reopened { .. } => self.closed = None,
        }
        self
    }

    fn set_grade(&mut self, grade: Grade, reason: &Personal<String>, target_at: At, at: At) {
        self.graded = Some(Graded { grade, at, target_at, reason: reason.clone(), missed: false });
        if grade == Grade::Immediate {
            // What she answered before the danger counts no more after it.
            self.answers.clear();
            self.screening = None;
        }
    }

    fn offer_after(&mut self, event: &Event, at: At) {
        match event {
            Event::Offered { offer, .. } => self.offer = Offer::Made { offer: *offer, at },
            Event::OfferAccepted { offer, contact, channel, language } => {
                self.in_person = None;
                self.offer = Offer::Accepted {
                    offer: *offer,
                    at,
                    contact: contact.clone(),
                    channel: *channel,
                    language: language.clone(),
                    line_cleared: false,
                };
            }
            Event::OfferDeclined { reason, .. } => self.offer = Offer::Declined { reason: *reason },
            Event::OfferLost { reason, .. } => self.offer = Offer::Lost { reason: *reason },
            Event::TakenBack { offer, .. } => self.offer = Offer::TakenBack { offer: *offer },
            Event::LineCleared { .. } => {
                if let Offer::Accepted { line_cleared, .. } = &mut self.offer {
                    *line_cleared = true;
                }
            }
            Event::ResponseEnded { offer, outcome } => {
                self.offer = Offer::Ended { offer: *offer, outcome: outcome.clone() };
            }
            _ => {}
        }
    }
}
