//! Where checks are made: an interface to other systems, with a manual one behind it. What is
//! asked by hand is asked by an officer, who writes the answer down on the application's page.

use async_trait::async_trait;
use disclosure::{Command, Disclosure, Event};
use engine::{Caller, Engine, Opened, Outcome, Refused, Work};
use std::sync::Arc;

/// What a system answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody is asked by this connector: an officer asks and writes the answer down.
    ByHand,
    /// Something was found, in these words.
    Found(String),
    /// Nothing was.
    NothingFound,
    /// The system cannot answer now: ask again.
    Later,
}

/// A system that can be asked about people.
#[async_trait]
pub trait Connector: Send + Sync + 'static {
    /// Asks. `code` is the kind of check; `number` and `disclosure` name the question, so that
    /// a question sent twice is one. What to ask about stands in the application.
    async fn ask(&self, engine: &Engine, disclosure: &str, code: &str, number: u32) -> Answer;
}

/// An officer asks.
#[derive(Clone, Copy, Debug)]
pub struct Manual;

#[async_trait]
impl Connector for Manual {
    async fn ask(&self, _: &Engine, _: &str, _: &str, _: u32) -> Answer {
        Answer::ByHand
    }
}

/// Asks as soon as a check is asked.
pub(crate) struct AskCheck(pub(crate) Arc<dyn Connector>);

#[async_trait]
impl Work for AskCheck {
    fn name(&self) -> &'static str {
        "disclosure_check"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "disclosure.check_asked.v1"
    }

    async fn perform(&self, engine: &Engine, event: &Opened, _: u32) -> Outcome {
        let Ok(Event::CheckAsked { check, code, .. }) = event.decode() else {
            return Outcome::Abandoned("unreadable");
        };
        let result = match self.0.ask(engine, &event.stream, &code, check).await {
            Answer::ByHand => return Outcome::Done,
            Answer::Later => return Outcome::Later(None),
            Answer::Found(words) => Some(words),
            Answer::NothingFound => None,
        };
        let command = Command::AnswerCheck { check, result };
        let key = format!("disclosure_check/{}", event.position);
        let caller = Caller::system();
        match engine.execute::<Disclosure>(&event.stream, command, &caller, Some(&key)).await {
            // A refusal: an officer was faster, or the application has ended.
            Ok(_) | Err(Refused::Refusal(_)) => Outcome::Done,
            Err(Refused::Fault(_)) => Outcome::Later(None),
        }
    }
}
