//! Given, when, then: how every rule is tested, in words of the field.

use crate::{Actor, At, Context, Decider, Role, id::StaffId};

/// Starts a specification from what has happened already.
pub fn given<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> Given<D> {
    let at = At::from_seconds(1_800_000_000);
    let actor = Actor::Staff { id: StaffId(1), roles: Role::ALL.to_vec() };
    Given { events: events.into_iter().map(|e| (e, at)).collect(), at, actor }
}

/// What has happened, when it is now, and who asks.
pub struct Given<D: Decider> {
    events: Vec<(D::Event, At)>,
    at: At,
    actor: Actor,
}

impl<D: Decider> Given<D> {
    /// Sets the time of the command; what was given stays where it was.
    #[must_use]
    pub fn at(mut self, at: At) -> Self {
        self.at = at;
        self
    }

    /// Adds what happened next, at the present time of the specification.
    #[must_use]
    pub fn and(mut self, events: impl IntoIterator<Item = D::Event>) -> Self {
        let at = self.at;
        self.events.extend(events.into_iter().map(|e| (e, at)));
        self
    }

    /// Sets who asks.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// The state as it stands.
    pub fn state(&self) -> D::State {
        self.events.iter().fold(D::State::default(), |s, (e, at)| D::evolve(s, e, *at))
    }

    /// Asks.
    pub fn when(self, command: D::Command) -> Decided<D> {
        let context = Context { at: self.at, actor: self.actor.clone() };
        Decided(D::decide(&self.state(), command, &context))
    }
}

/// What was decided.
pub struct Decided<D: Decider>(pub Result<Vec<D::Event>, D::Refusal>);

impl<D: Decider> Decided<D> {
    /// Exactly these events.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = D::Event>) {
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(self.0.as_ref().ok(), Some(&expected), "decided {:?}", self.0);
    }

    /// Exactly this refusal.
    #[track_caller]
    pub fn then_refused(self, expected: D::Refusal) {
        assert_eq!(self.0.as_ref().err(), Some(&expected), "decided {:?}", self.0);
    }
}
