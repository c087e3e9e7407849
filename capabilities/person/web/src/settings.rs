//! What a force may set: what counts as a repeat and as serial, and how long a broken seal stays
//! open.

use person::Policy;

/// The data that stand until a force sets its own: `instruments/person.toml`.
const DEFAULT_POLICY: &str = include_str!("../../../../instruments/person.toml");

/// The settings of people.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The numbers.
    pub policy: Policy,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for people cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own data, as TOML.
    pub fn read(text: &str) -> Result<Self, SettingsFault> {
        let policy: Policy =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        match policy.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Self { policy }),
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
        assert_eq!(Settings::default().policy.repeat_months, 12);
        for (from, to) in [
            ("repeat_months = 12", "repeat_months = 0"),
            ("serial_victims = 2", "serial_victims = 1"),
            ("broken_hours = 3", "broken_hours = 0"),
            ("version = 1", "version = 1\nunknown = 1"),
        ] {
            let text = DEFAULT_POLICY.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_POLICY, "{from}");
            assert!(Settings::read(&text).is_err(), "{to}");
        }
    }
}
