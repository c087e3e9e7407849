//! What a force may set: clocks, providers, and how harm is counted.

use perpetrator::Policy;
use perpetrator::harm::Table;
use std::sync::Arc;

/// The data that stand until a force sets its own: `instruments/perpetrator.toml`.
const DEFAULT_POLICY: &str = include_str!("../../../../instruments/perpetrator.toml");
/// How harm is counted until a force sets its own: `instruments/harm.toml`.
const DEFAULT_HARM: &str = include_str!("../../../../instruments/harm.toml");

/// The settings of plans.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Clocks and providers.
    pub policy: Arc<Policy>,
    /// How harm is counted.
    pub harm: Arc<Table>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for perpetrators cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own clocks and providers, as TOML.
    pub fn read_policy(text: &str) -> Result<Arc<Policy>, SettingsFault> {
        let policy: Policy = toml::from_str(text).map_err(said)?;
        match policy.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Arc::new(policy)),
        }
    }

    /// How a force counts harm, as TOML.
    pub fn read_harm(text: &str) -> Result<Arc<Table>, SettingsFault> {
        let harm: Table = toml::from_str(text).map_err(said)?;
        match harm.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Arc::new(harm)),
        }
    }
}

fn said(fault: toml::de::Error) -> SettingsFault {
    SettingsFault(fault.message().to_owned())
}

impl Default for Settings {
    fn default() -> Self {
        let policy = Self::read_policy(DEFAULT_POLICY).expect("a test reads the default data");
        let harm = Self::read_harm(DEFAULT_HARM).expect("a test reads the default data");
        Self { policy, harm }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_would_mislead_are_refused() {
        assert_eq!(Settings::default().policy.review_days, 28);
        for (from, to) in [
            ("review_days = 28", "review_days = 0"),
            ("serial_victims = 2", "serial_victims = 1"),
            ("code = \"probation\"", "code = \"housing\""),
            ("version = 1", "version = 1\nunknown = 1"),
        ] {
            let text = DEFAULT_POLICY.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_POLICY, "{from}");
            assert!(Settings::read_policy(&text).is_err(), "{to}");
        }
        for (from, to) in [
            ("high_from = 40", "high_from = 0"),
            ("percent = 60", "percent = 101"),
            ("code = \"stalking\"", "code = \"rape\""),
        ] {
            let text = DEFAULT_HARM.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_HARM, "{from}");
            assert!(Settings::read_harm(&text).is_err(), "{to}");
        }
    }
}
