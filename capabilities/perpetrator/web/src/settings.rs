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
    /// A force's own data, as TOML: clocks and providers, and how harm is counted.
    pub fn read(policy: &str, harm: &str) -> Result<Self, SettingsFault> {
        let said = |fault: toml::de::Error| SettingsFault(fault.message().to_owned());
        let policy: Policy = toml::from_str(policy).map_err(said)?;
        let harm: Table = toml::from_str(harm).map_err(said)?;
        match policy.fault().or_else(|| harm.fault()) {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Self { policy: Arc::new(policy), harm: Arc::new(harm) }),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(DEFAULT_POLICY, DEFAULT_HARM).expect("a test reads the default data")
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
            assert!(Settings::read(&text, DEFAULT_HARM).is_err(), "{to}");
        }
        for (from, to) in [
            ("high_from = 40", "high_from = 0"),
            ("percent = 60", "percent = 101"),
            ("code = \"stalking\"", "code = \"rape\""),
        ] {
            let text = DEFAULT_HARM.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_HARM, "{from}");
            assert!(Settings::read(DEFAULT_POLICY, &text).is_err(), "{to}");
        }
    }
}
