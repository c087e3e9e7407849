//! What a force may set: its instrument, and how soon somebody looks again.

use crate::pack;
use risk::{Act, Command, Instrument, Policy};
use std::sync::Arc;

/// The numbers that stand until a force sets its own: `instruments/risk.toml`.
const DEFAULT_POLICY: &str = include_str!("../../../../instruments/risk.toml");

/// The settings of assessments.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The pack of questions in force.
    pub pack: Arc<Instrument>,
    /// Hours and days.
    pub policy: Arc<Policy>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for risk assessments cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// These questions, and the numbers that come with Sightline.
    pub fn new(pack: Instrument) -> Self {
        let policy = Self::read_policy(DEFAULT_POLICY).expect("a test reads the default data");
        Self { pack: Arc::new(pack), policy }
    }

    /// A force's own numbers, as TOML.
    pub fn read_policy(text: &str) -> Result<Arc<Policy>, SettingsFault> {
        let policy: Policy =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        match policy.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Arc::new(policy)),
        }
    }

    /// A command under them.
    pub(crate) fn command(&self, act: Act) -> Command {
        Command { pack: self.pack.clone(), policy: self.policy.clone(), act }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new(pack::demonstration())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_mislead_are_refused() {
        assert_eq!(Settings::default().policy.second_grade_hours, 24);
        for (from, to) in [
            ("second_grade_hours = 24", "second_grade_hours = 0"),
            ("released = 4", "released = 0"),
            ("version = 1", "version = 1\nunknown = 1"),
        ] {
            let text = DEFAULT_POLICY.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_POLICY, "{from}");
            assert!(Settings::read_policy(&text).is_err(), "{to}");
        }
    }
}
