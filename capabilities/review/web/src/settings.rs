//! What a force may set: clocks, rates of samples, and what a missed opportunity can be.

use review::Policy;
use std::sync::Arc;

/// The data that stand until a force sets its own: `instruments/review.toml`.
const DEFAULT_POLICY: &str = include_str!("../../../../instruments/review.toml");

/// The settings of reviews and samples.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Numbers and codes.
    pub policy: Arc<Policy>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for reviews cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own data, as TOML.
    pub fn read(text: &str) -> Result<Self, SettingsFault> {
        let policy: Policy =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        match policy.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Self { policy: Arc::new(policy) }),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(DEFAULT_POLICY).expect("a test reads the default data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_would_mislead_are_refused() {
        assert_eq!(Settings::default().policy.review_working_days, 2);
        for (from, to) in [
            ("review_working_days = 2", "review_working_days = 0"),
            ("task_hours = 24", "task_hours = 0"),
            ("screenings_per_week = 10", "screenings_per_week = 1000"),
            ("code = \"danger\"", "code = \"crime\""),
            ("code = \"danger\"", "code = \"A Danger\""),
            ("version = 1", "version = 1\nunknown = 1"),
        ] {
            let text = DEFAULT_POLICY.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_POLICY, "{from}");
            assert!(Settings::read(&text).is_err(), "{to}");
        }
    }
}
