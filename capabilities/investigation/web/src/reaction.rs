//! What follows by itself: her answer on her screen is her word for the statement; a text that is
//! not before her any more is asked about no more, and one that the officer changed leaves her
//! screen; whoever takes the promise of an enquiry has the enquiry.

use crate::promises;
use async_trait::async_trait;
use call::{Call, CallId, ReadingId};
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use investigation::state::Stands;
use investigation::{Command, Event, Investigation, InvestigationId, State, Way};
use promise::Holder;

/// After her answer, or after the text has left her screen.
pub(crate) struct WhenRead;
/// After the officer took a statement back, or changed it while she had it before her.
pub(crate) struct WhenTakenBack;
/// After a promise changed hands.
pub(crate) struct WhenHeld;

/// Does a command; a refusal is an answer too: the case went on meanwhile.
async fn act(engine: &Engine, stream: &str, command: Command, key: &str) -> Result<(), Fault> {
    let caller = Caller::system();
    match engine.execute::<Investigation>(stream, command, &caller, Some(key)).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

/// The statement that is before her in this reading: its stream and version.
async fn read_as(
    engine: &Engine,
    call: CallId,
    reading: ReadingId,
) -> Result<Option<(String, u32)>, Fault> {
    let (state, _) = engine.state::<Call>(&call.stream()).await?;
    let Some(incident) = state.call().and_then(|call| call.about.incident()) else {
        return Ok(None);
    };
    let stream = InvestigationId::from(incident).stream();
    let (known, _) = engine.state::<Investigation>(&stream).await?;
    let way = Way::Screen { call, reading };
    let on_offer = known.statement.on_offer().filter(|(_, version)| version.way == way);
    Ok(on_offer.map(|(version, _)| (stream, version)))
}

#[async_trait]
impl Reaction for WhenRead {
    fn name(&self) -> &'static str {
        "investigation-when-read"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.reading_answered.v1" | "call.reading_taken_back.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let (reading, answer) = match event.decode()? {
            call::Event::ReadingAnswered { reading, right, words, .. } => {
                (reading, Some((right, words.into_known().unwrap_or_default())))
            }
            call::Event::ReadingTakenBack { reading } => (reading, None),
            _ => return Ok(()),
        };
        let Some((stream, version)) = read_as(engine, call, reading).await? else { return Ok(()) };
        let command = match answer {
            Some((right, words)) => {
                Command::AnswerStatement { version, right, words, answered_at: event.at }
            }
            None => Command::TakeStatementBack,
        };
        act(engine, &stream, command, &self.key(event)).await
    }
}

#[async_trait]
impl Reaction for WhenTakenBack {
    fn name(&self) -> &'static str {
        "investigation-when-taken-back"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "investigation.statement_taken_back.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let Event::StatementTakenBack { version } = event.decode()? else { return Ok(()) };
        let (known, _) = engine.state::<Investigation>(&event.stream).await?;
        let Some((call, reading)) = screen(&known, version) else { return Ok(()) };
        let command = call::Command::TakeReadingBack { reading };
        let (caller, key) = (Caller::system(), self.key(event));
        match engine.execute::<Call>(&call.stream(), command, &caller, Some(&key)).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

/// The reading of a version that she is not asked about any more.
fn screen(known: &State, version: u32) -> Option<(CallId, ReadingId)> {
    let one = known.statement.versions.get((version as usize).checked_sub(1)?)?;
    match (&one.stands, &one.way) {
        (Stands::TakenBack, Way::Screen { call, reading }) => Some((*call, *reading)),
        _ => None,
    }
}

#[async_trait]
impl Reaction for WhenHeld {
    fn name(&self) -> &'static str {
        "investigation-when-held"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "promise.taken.v1" | "promise.given.v1" | "promise.handed_over.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let (about, holder) = match event.decode()? {
            promise::Event::Taken { about, by, .. } => (about, Some(by)),
            promise::Event::Given { about, to, .. }
            | promise::Event::HandedOver { about, to, .. } => match to {
                Holder::Person { staff } => (about, Some(staff)),
                Holder::Team { .. } => (about, None),
            },
            promise::Event::Noted { .. } => return Ok(()),
        };
        let Some(number) = promises::number(&about.name) else { return Ok(()) };
        if about.owner != "investigation" {
            return Ok(());
        }
        let command = Command::MoveEnquiry { number, owner: holder, due: None };
        act(engine, &about.stream, command, &self.key(event)).await
    }
}
