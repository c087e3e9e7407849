//! Whatever is asked, by whomever, in whatever order and at whatever time: no held thing is
//! destroyed, and no unheld one is kept. A small key store stands in for the real one.

use super::{T, actor, today, who};
use crate::hold::{Command, Event, Ground, Hold, Stage, State};
use crate::{Refusal, Subject, Thing};
use kernel::id::StaffId;
use kernel::{Actor, At, Context, Day, Decider};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

/// The key store: what it wraps anew, and what it has destroyed.
#[derive(Default)]
struct Store {
    wrapped: BTreeSet<String>,
    destroyed: BTreeSet<String>,
}

impl Store {
    fn sweep(&mut self, things: &[Thing], at: At) {
        for thing in things {
            if thing.expires_on.start() <= at && !self.wrapped.contains(&thing.key) {
                self.destroyed.insert(thing.key.clone());
            }
        }
    }

    fn keep(&mut self, key: &str) -> bool {
        !self.destroyed.contains(key) && {
            self.wrapped.insert(key.to_owned());
            true
        }
    }
}

/// One hold over two things, and everything around it.
struct World {
    state: State,
    store: Store,
    things: Vec<Thing>,
    at: At,
    placing: BTreeSet<StaffId>,
    ending: BTreeSet<StaffId>,
}

#[derive(Clone, Debug)]
enum Step {
    Ask {
        who: u128,
        what: u8,
        days: u32,
    },
    /// Time passes and the sweeper runs.
    Pass {
        hours: u64,
    },
    /// The reaction gets its turn, as late as it may.
    React,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1u128..4, 0u8..7, 0u32..40).prop_map(|(who, what, days)| {
            Step::Ask { who, what, days }
        }),
        3 => (0u64..120).prop_map(|hours| Step::Pass { hours }),
        4 => Just(Step::React),
    ]
}

impl World {
    fn new() -> Self {
        let thing = |number, days| super::thing(number, days);
        Self {
            state: State::default(),
            store: Store::default(),
            things: vec![thing(1, 3), thing(2, 9)],
            at: T,
            placing: BTreeSet::new(),
            ending: BTreeSet::new(),
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        let known = |thing: &Thing| Subject::Known {
            thing: thing.clone(),
            kept: self.store.wrapped.contains(&thing.key),
            forgotten: self.store.destroyed.contains(&thing.key),
        };
        self.things.iter().map(known).collect()
    }

    fn decide(&mut self, command: Command, by: Actor) -> Result<Vec<Event>, Refusal> {
        let context = Context { at: self.at, actor: by };
        let events = Hold::decide(&self.state, command, &context)?;
        for event in &events {
            match event {
                Event::Proposed { by, .. } | Event::Placed { by, .. } => {
                    self.placing.insert(*by);
                }
                Event::Ended { by, with } => self.ending.extend([*by, *with]),
                _ => {}
            }
            self.state = Hold::evolve(std::mem::take(&mut self.state), event, self.at);
        }
        Ok(events)
    }

    fn ask(&mut self, number: u128, what: u8, days: u32) {
        let (subjects, reason) = (self.subjects(), "x".to_owned());
        let review_on = Day(self.at.day().0).plus(days);
        let command = match what {
            0 => Command::Propose { subjects, ground: Ground::Court, reason, review_on },
            1 => Command::Confirm { subjects },
            2 => Command::Decline { reason },
            3 => Command::Review { review_on, reason },
            4 => Command::ProposeEnd { reason },
            5 => Command::ConfirmAsked,
            _ => Command::NoteReviewMissed,
        };
        let by = if what == 6 { Actor::System } else { actor(number) };
        let _ = self.decide(command, by);
    }

    /// What the web crate's reaction does.
    fn react(&mut self) {
        for key in self.things.iter().map(|thing| thing.key.clone()).collect::<Vec<_>>() {
            let mark = self.state.marks.get(&key).copied();
            let note = match (self.state.stage, mark) {
                (Stage::Placed, Some(crate::Mark::Asked)) if self.store.keep(&key) => {
                    Command::NoteKept { key }
                }
                (Stage::Placed, Some(crate::Mark::Asked)) => Command::NoteFailed { key },
                (Stage::Ended, Some(crate::Mark::Asked | crate::Mark::Kept)) => {
                    self.store.wrapped.remove(&key);
                    Command::NoteLetGo { key }
                }
                _ => continue,
            };
            self.decide(note, Actor::System).unwrap();
        }
    }

    fn check(&self) {
        for thing in &self.things {
            let destroyed = self.store.destroyed.contains(&thing.key);
            assert!(!(self.state.keeps(&thing.key) && destroyed), "a held thing was destroyed");
            let wrapped = self.store.wrapped.contains(&thing.key);
            let outranked = matches!(self.state.stage, Stage::Placed | Stage::Ended);
            assert!(!wrapped || outranked, "an unheld thing was kept");
        }
        if matches!(self.state.stage, Stage::Placed | Stage::Ended) {
            assert!(self.placing.len() >= 2, "one person placed a hold");
        }
        if self.state.stage == Stage::Ended {
            assert!(self.ending.len() >= 2, "one person ended a hold");
        }
    }

    /// Once everything had its turn, what nobody holds is gone from its day on.
    fn settle(&mut self) {
        self.react();
        self.store.sweep(&self.things, self.at);
        for thing in &self.things {
            let past = thing.expires_on.start() <= self.at;
            let destroyed = self.store.destroyed.contains(&thing.key);
            assert_eq!(destroyed, past && !self.state.keeps(&thing.key));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_sequence_destroys_a_held_thing_or_keeps_an_unheld_one(
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut world = World::new();
        for step in steps {
            match step {
                Step::Ask { who, what, days } => world.ask(who, what, days),
                Step::Pass { hours } => {
                    world.at = world.at.plus(Duration::from_secs(hours * 3600));
                    world.store.sweep(&world.things, world.at);
                }
                Step::React => world.react(),
            }
            world.check();
        }
        world.settle();
    }
}

#[test]
fn the_model_can_hold_and_let_go() {
    let mut world = World::new();
    world.ask(1, 0, 20);
    world.ask(2, 1, 0);
    world.react();
    world.at = T.plus(Duration::from_secs(5 * 86_400));
    world.store.sweep(&world.things, world.at);
    assert!(world.state.keeps(&world.things[0].key) && world.store.destroyed.is_empty());
    assert_eq!((world.state.proposed_by, world.state.review_on), (Some(who(1)), today().plus(20)));
    world.ask(1, 4, 0);
    world.ask(2, 5, 0);
    world.settle();
    assert_eq!(world.store.destroyed.len(), 1);
}
