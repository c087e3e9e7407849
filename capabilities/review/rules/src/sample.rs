//! A specialist reads a sample of what was screened and answered in a week, and says where an
//! opportunity was missed. What is drawn is drawn by luck that is handed in, once a week; nobody
//! chooses whose work is read. One stream a week.

use crate::clock;
use crate::command::{Author, Part};
use crate::event::codes;
use crate::limits;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::words::{free, needed};
use incident::IncidentId;
use kernel::{At, Class, Context, Decider, Personal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

codes! {
    /// What is read.
    Kind {
        /// How somebody was screened.
        Screening = "screening",
        /// How a call was held.
        Call = "call",
    }
}

codes! {
    /// What is found.
    Finding {
        /// It was done well.
        Sound = "sound",
        /// Something can be learned.
        Learning = "learning",
        /// An opportunity to protect her was missed.
        Missed = "missed",
    }
}

/// One thing that can be read, and whoever reads it is not its author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    /// What kind of thing.
    pub of: Kind,
    /// Of which incident.
    pub incident: IncidentId,
    /// The stream that it is.
    pub subject: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// A week's sample was drawn.
    #[serde(rename = "sample.drawn.v1")]
    Drawn {
        /// From the week that began then.
        from: At,
        /// To the week that began then.
        until: At,
        /// By when it is read.
        due: At,
        /// Out of how many screenings.
        screenings: u32,
        /// Out of how many calls.
        calls: u32,
        /// Under which version of the force's data.
        policy_version: u32,
        /// What was drawn.
        items: Vec<Item>,
    },
    /// One was read.
    #[serde(rename = "sample.item_judged.v1")]
    ItemJudged {
        /// Which, counted from 0.
        place: u32,
        /// Of which incident.
        incident: IncidentId,
        /// What was found.
        finding: Finding,
        /// What was missed, as codes of the force's data.
        missed: BTreeSet<String>,
        /// In words.
        words: Personal<String>,
        /// What others can learn; may be empty.
        learning: Personal<String>,
    },
    /// All of it was read.
    #[serde(rename = "sample.completed.v1")]
    Completed {},
}

/// What was found in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What.
    pub finding: Finding,
    /// What was missed.
    pub missed: BTreeSet<String>,
    /// In words.
    pub words: Personal<String>,
    /// What others can learn.
    pub learning: Personal<String>,
    /// When.
    pub at: At,
}

/// One week's sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Whether it was drawn.
    pub drawn: bool,
    /// What was.
    pub items: Vec<Item>,
    /// What was found, by place.
    pub judged: BTreeMap<u32, Judged>,
}

/// One request, under these data.
#[derive(Clone, Debug)]
pub struct Command {
    /// The force's data.
    pub policy: Arc<Policy>,
    /// What.
    pub act: Act,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Draw from all that happened in the week.
    Draw { from: At, until: At, pool: Vec<Item>, luck: [u8; 16] },
    /// This is what I find in the one at this place.
    Judge {
        place: u32,
        finding: Finding,
        missed: BTreeSet<String>,
        words: String,
        learning: String,
        authors: Vec<Author>,
    },
}

/// The rules of a sample.
#[derive(Clone, Copy, Debug)]
pub struct Sample;

type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Sample {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "sample";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        let Command { policy, act } = command;
        match act {
            Act::Draw { from, until, pool, luck } => {
                draw(state, &policy, (from, until), pool, luck, context.at)
            }
            act @ Act::Judge { .. } => judge(state, &policy, act, context),
        }
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event {
            Event::Drawn { items, .. } => {
                state.drawn = true;
                state.items.clone_from(items);
            }
            Event::ItemJudged { place, finding, missed, words, learning, .. } => {
                let (missed, words) = (missed.clone(), words.clone());
                let learning = learning.clone();
                let judged = Judged { finding: *finding, missed, words, learning, at };
                state.judged.insert(*place, judged);
            }
            Event::Completed {} => {}
        }
        state
    }
}

//= Statutory guidance on domestic abuse specialists in control rooms, duties: a specialist dips
//=  into what was handled, and says where more should have been done
fn draw(
    state: &State,
    policy: &Policy,
    (from, until): (At, At),
    pool: Vec<Item>,
    luck: [u8; 16],
    at: At,
) -> Decision {
    if state.drawn {
        return Err(Refusal::Drawn);
    }
    let mut luck = Dice::new(luck);
    // In an order of its own, so that the same luck draws the same from the same week.
    let pool: BTreeSet<Item> = pool.into_iter().collect();
    let of = |kind| pool.iter().filter(|item| item.of == kind).cloned().collect::<Vec<_>>();
    let (screenings, calls) = (of(Kind::Screening), of(Kind::Call));
    let counts = (screenings.len() as u32, calls.len() as u32);
    let mut items = luck.draw(screenings, policy.screenings_per_week as usize);
    items.extend(luck.draw(calls, policy.calls_per_week as usize));
    items.truncate(limits::SAMPLE_MAX);
    let empty = items.is_empty();
    let due = clock::sample_due(policy, at).map_err(|_| Refusal::NoCalendar)?;
    let mut events = vec![Event::Drawn {
        from,
        until,
        due,
        screenings: counts.0,
        calls: counts.1,
        policy_version: policy.version,
        items,
    }];
    if empty {
        events.push(Event::Completed {});
    }
    Ok(events)
}

fn judge(state: &State, policy: &Policy, act: Act, context: &Context) -> Decision {
    let Act::Judge { place, finding, missed, words, learning, authors } = act else {
        return Err(Refusal::NotInSample);
    };
    let me = context.actor.staff().ok_or(Refusal::StaffOnly)?;
    let item = state.items.get(place as usize).ok_or(Refusal::NotInSample)?;
    if state.judged.contains_key(&place) {
        return Err(Refusal::Judged);
    }
    let part = authors.iter().filter(|author| author.staff == me).map(|author| author.part);
    if let Some(part) = part.min() {
        return Err(Refusal::OwnWork(part));
    }
    match (finding, missed.is_empty()) {
        (Finding::Missed, true) => return Err(Refusal::MissedWhat),
        (Finding::Sound | Finding::Learning, false) => return Err(Refusal::MissedNothing),
        _ => {}
    }
    if !missed.iter().all(|code| policy.has_opportunity(code)) {
        return Err(Refusal::MissedWhat);
    }
    let words = needed(&words, Refusal::FindingMissing)?;
    let learning = free(&learning)?;
    let incident = item.incident;
    let mut events = vec![Event::ItemJudged { place, incident, finding, missed, words, learning }];
    if state.judged.len() + 1 == state.items.len() {
        events.push(Event::Completed {});
    }
    Ok(events)
}

/// Which parts of an incident make somebody the author of what is read.
pub const fn authors_of(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Screening => &[Part::Screening, Part::Grade],
        Kind::Call => &[Part::Call, Part::Decision, Part::Grade],
    }
}

/// Luck, made to last: the same bytes always fall the same way (Vigna's splitmix64).
struct Dice(u64);

impl Dice {
    fn new(luck: [u8; 16]) -> Self {
        let luck = u128::from_be_bytes(luck);
        Self((luck >> 64) as u64 ^ luck as u64)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// So many of them, each with the same chance.
    fn draw(&mut self, mut from: Vec<Item>, count: usize) -> Vec<Item> {
        let mut drawn = vec![];
        while drawn.len() < count && !from.is_empty() {
            // Of a week's few hundred, a remainder of 64 bits favours nobody.
            let place = (self.throw() % from.len() as u64) as usize;
            drawn.push(from.swap_remove(place));
        }
        drawn
    }
}
