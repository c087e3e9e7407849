//! What a force may set: hours, teams and codes, and who is told what happened.

use arrest::Policy;
use notify::webhook::Webhook;
use std::fmt;
use std::sync::Arc;

/// The data that stand until a force sets its own: `instruments/arrest.toml`.
const DEFAULT_POLICY: &str = include_str!("../../../../instruments/arrest.toml");

/// The settings of arrests and orders.
#[derive(Clone)]
pub struct Settings {
    /// Numbers and codes.
    pub policy: Arc<Policy>,
    /// The force's own systems that hear what happened.
    pub webhooks: Vec<Arc<Webhook>>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for arrests cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own data, as TOML.
    pub fn read_policy(text: &str) -> Result<Arc<Policy>, SettingsFault> {
        let policy: Policy =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        match policy.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Arc::new(policy)),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let policy = Self::read_policy(DEFAULT_POLICY).expect("a test reads the default data");
        Self { policy, webhooks: vec![] }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("policy", &self.policy).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_would_mislead_are_refused() {
        assert!(Settings::default().policy.has_team("north"));
        for (from, to) in [
            ("high = 4", "high = 0"),
            ("[12, 2]", "[2, 12]"),
            ("[7, 1]", "[1, 7]"),
            ("code = \"central\"", "code = \"north\""),
            ("code = \"central\"", "code = \"Central Team\""),
            ("tell_working_days = 1", "tell_working_days = 0"),
            ("version = 1", "version = 1\nunknown = 1"),
        ] {
            let text = DEFAULT_POLICY.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_POLICY, "{from}");
            assert!(Settings::read_policy(&text).is_err(), "{to}");
        }
    }
}
