//! The shape of every capability's rules: `decide` says what happens, `evolve` folds it.

use crate::{Actor, At, Class};
use serde::{Serialize, de::DeserializeOwned};

/// What every decision may know besides state and command. Luck and keys come in the command.
#[derive(Clone, Debug)]
pub struct Context {
    /// When it is decided.
    pub at: At,
    /// Who asks.
    pub actor: Actor,
}

/// A pure state machine over one stream.
///
/// Events are an enum with `#[serde(tag = "kind")]`, each variant renamed to its stored name,
/// `noun.past_tense.v1`. A stored name never changes its meaning; a new shape is a new version.
pub trait Decider: 'static {
    /// What can be asked.
    type Command: Clone + Send + Sync;
    /// What can have happened.
    type Event: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug + Send + Sync;
    /// What the next decision needs to know.
    type State: Default + Clone + Send + Sync;
    /// Why it may not be: a closed enum whose words are for the person who asked.
    type Refusal: std::error::Error + PartialEq + Send + Sync + 'static;

    /// The first part of the stream's name.
    const NOUN: &'static str;
    /// How long the personal fields of such a stream are kept.
    const CLASS: Class;

    /// The class of the stream that begins with `first`, where streams of one noun differ: a
    /// disclosure's recording goes sooner than a response's.
    fn class(first: &Self::Event) -> Class {
        let _ = first;
        Self::CLASS
    }

    /// The class under which this event's personal fields are sealed when they are kept for
    /// another time than the rest of the stream, e.g. where she was. Never the stream's own.
    fn apart(event: &Self::Event) -> Option<Class> {
        let _ = event;
        None
    }

    /// Decides. The same arguments give the same answer, always.
    fn decide(
        state: &Self::State,
        command: Self::Command,
        context: &Context,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Folds one event. Total: whatever was once stored can be folded.
    fn evolve(state: Self::State, event: &Self::Event, at: At) -> Self::State;
}
