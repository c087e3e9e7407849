//! Who may not know of a stream, whatever else she may: a capability says it of its own streams,
//! and of which other stream one is a part, so that what is kept with an incident is kept with
//! all that hangs on it.

use engine::{Engine, Fault};
use futures::future::BoxFuture;
use kernel::id::StaffId;
use std::collections::BTreeSet;

/// How far a stream is followed up to what it belongs to: a still of a call of an incident.
const STEPS_MAX: usize = 4;

/// From whom streams of one noun are kept, by the stream's own state; `/live` asks at every change
/// of the noun, the guard at every address that names one.
#[derive(Clone, Copy)]
pub struct KeptFrom {
    /// Of which noun the streams are.
    pub noun: &'static str,
    /// From whom, for one stream.
    pub whom: fn(Engine, String) -> Kept,
}

/// From whom, once the stream's own state was asked.
pub type Kept = BoxFuture<'static, Result<Withheld, Fault>>;

/// Colleagues who may not know of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// These may not.
    pub from: BTreeSet<StaffId>,
    /// Nobody may but these; everybody when nothing is said.
    pub but_for: Option<BTreeSet<StaffId>>,
}

impl Withheld {
    /// Kept from these alone.
    pub fn from(staff: impl IntoIterator<Item = StaffId>) -> Self {
        Self { from: staff.into_iter().collect(), but_for: None }
    }

    /// Whether this colleague may know.
    pub fn allows(&self, staff: StaffId) -> bool {
        let named = self.but_for.as_ref().is_none_or(|these| these.contains(&staff));
        named && !self.from.contains(&staff)
    }

    /// What both of them say.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.from.extend(other.from);
        self.but_for = match (self.but_for, other.but_for) {
            (Some(ours), Some(theirs)) => Some(ours.intersection(&theirs).copied().collect()),
            (ours, theirs) => ours.or(theirs),
        };
        self
    }
}

/// Which stream a stream of this noun is a part of: an arrest of its incident.
#[derive(Clone, Copy)]
pub struct Belongs {
    /// Of which noun the streams are.
    pub noun: &'static str,
    /// To which stream one belongs.
    pub to: To,
}

/// How the stream is found that another one belongs to.
#[derive(Clone, Copy)]
pub enum To {
    /// It has the same id, under this noun.
    Same(&'static str),
    /// By its own state.
    Asked(fn(Engine, String) -> Owner),
}

impl To {
    async fn of(self, engine: &Engine, stream: String) -> Result<Option<String>, Fault> {
        match self {
            Self::Same(noun) => Ok(stream.split_once('/').map(|(_, id)| format!("{noun}/{id}"))),
            Self::Asked(ask) => ask(engine.clone(), stream).await,
        }
    }
}

/// The stream that another one belongs to, once its state was asked.
pub type Owner = BoxFuture<'static, Result<Option<String>, Fault>>;

/// Which streams are hidden from one colleague, all at once, for boards that list many. Few are.
pub type Hides = fn(Engine, StaffId) -> BoxFuture<'static, Result<Vec<String>, Fault>>;

/// What is hidden from whoever looks at a board.
#[derive(Clone, Debug, Default)]
pub struct Veil(BTreeSet<String>);

impl Veil {
    /// Whether nothing of this stream may stand there.
    pub fn hides(&self, stream: &str) -> bool {
        self.0.contains(stream)
    }

    /// Takes the rows out whose stream is hidden.
    pub fn over<R>(&self, rows: &mut Vec<R>, stream: impl Fn(&R) -> String) {
        // Hardly anybody has anything hidden from her: then no row is looked at.
        if !self.0.is_empty() {
            rows.retain(|row| !self.hides(&stream(row)));
        }
    }
}

/// Everything that capabilities keep to themselves.
#[derive(Clone, Default)]
pub struct Keeping {
    /// From whom.
    pub kept_from: Vec<KeptFrom>,
    /// What is part of what.
    pub belongs: Vec<Belongs>,
    /// What is hidden from one colleague.
    pub hides: Vec<Hides>,
}

impl Keeping {
    /// Who may not know of this stream, by itself and by what it belongs to.
    pub(crate) async fn withheld(&self, engine: &Engine, stream: &str) -> Result<Withheld, Fault> {
        let (mut all, mut next) = (Withheld::default(), Some(stream.to_owned()));
        for _ in 0..STEPS_MAX {
            let Some(stream) = next.take() else { break };
            let noun = stream.split('/').next().unwrap_or_default();
            for one in self.kept_from.iter().filter(|one| one.noun == noun) {
                all = all.and((one.whom)(engine.clone(), stream.clone()).await?);
            }
            for one in self.belongs.iter().filter(|one| one.noun == noun) {
                next = one.to.of(engine, stream.clone()).await?;
            }
        }
        Ok(all)
    }

    /// What is hidden from this colleague.
    pub(crate) async fn veil(&self, engine: &Engine, staff: StaffId) -> Result<Veil, Fault> {
        let mut hidden = BTreeSet::new();
        for hides in &self.hides {
            hidden.extend(hides(engine.clone(), staff).await?);
        }
        Ok(Veil(hidden))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: StaffId = StaffId(1);
    const TWO: StaffId = StaffId(2);

    #[test]
    fn what_is_kept_from_one_is_open_to_the_others() {
        let kept = Withheld::from([ONE]);
        assert!(!kept.allows(ONE) && kept.allows(TWO));
        assert!(Withheld::default().allows(ONE));
    }

    #[test]
    fn what_is_kept_but_for_some_is_kept_from_those_who_are_named_too() {
        let sealed = Withheld { but_for: Some([ONE, TWO].into()), ..Withheld::default() };
        assert!(sealed.allows(ONE));
        let both = sealed.and(Withheld::from([ONE]));
        assert!(!both.allows(ONE) && both.allows(TWO) && !both.allows(StaffId(3)));
    }

    #[test]
    fn two_seals_let_in_only_who_is_in_both() {
        let of = |these: &[StaffId]| Withheld {
            but_for: Some(these.iter().copied().collect()),
            ..Withheld::default()
        };
        let both = of(&[ONE, TWO]).and(of(&[TWO]));
        assert!(both.allows(TWO) && !both.allows(ONE));
    }
}
