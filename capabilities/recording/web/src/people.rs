//! Who is in a recording, in words: their part in the call, and the names of staff.

use access::Staff;
use call::{Call, CallId, Guest, Participant};
use engine::{Engine, Fault};
use kernel::id::StaffId;
use std::collections::BTreeMap;

/// Names, looked up once.
#[derive(Default)]
pub(crate) struct People {
    known: BTreeMap<Participant, (String, &'static str)>,
}

impl People {
    /// The participants' names (empty where only their part is known) and the message that says
    /// their part.
    pub(crate) async fn of(
        engine: &Engine,
        call: CallId,
        who: impl IntoIterator<Item = Participant>,
    ) -> Result<Self, Fault> {
        let (state, _) = engine.state::<Call>(&call.stream()).await?;
        // Nobody reported where somebody is told.
        let called = match state.call().map(|call| call.about.matter()) {
            Some(Some(_)) => "recording-called",
            Some(None) | None => "recording-victim",
        };
        let mut people = Self::default();
        for participant in who {
            let known = match participant {
                Participant::Victim => (String::new(), called),
                Participant::Staff(id) => (name(engine, id).await?, "recording-officer"),
                Participant::Guest(id) => {
                    let one = state.call().and_then(|call| call.invitations.get(&id));
                    (String::new(), part(one.map(|one| one.guest)))
                }
                Participant::Recorder => (String::new(), "recording-recorder"),
            };
            people.known.insert(participant, known);
        }
        Ok(people)
    }

    /// One of them.
    pub(crate) fn one(&self, who: Participant) -> (&str, &'static str) {
        self.known.get(&who).map_or(("", "recording-guest"), |(name, part)| (name, *part))
    }
}

/// The name of a member of staff, as long as it is kept.
pub(crate) async fn name(engine: &Engine, id: StaffId) -> Result<String, Fault> {
    let (account, _) = engine.state::<Staff>(&id.stream()).await?;
    Ok(account.name.unwrap_or_default())
}

const fn part(guest: Option<Guest>) -> &'static str {
    match guest {
        Some(Guest::Victim) => "recording-victim",
        Some(Guest::Interpreter) => "recording-interpreter",
        Some(Guest::Advocate) => "recording-advocate",
        Some(Guest::Supervisor | Guest::Colleague) => "recording-officer",
        None => "recording-guest",
    }
}
