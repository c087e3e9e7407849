//! What a force may set: its offences, its outcomes, how long things may take, who is told that a
//! case is ready, and where files lie.

use blobs::Blobs;
use investigation::Tables;
use investigation::tables::{Offences, Outcomes, Policy};
use notify::webhook::Webhook;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;

/// The data that stand until a force sets its own.
const OFFENCES: &str = include_str!("../../../../instruments/offences.toml");
const OUTCOMES: &str = include_str!("../../../../instruments/outcomes.toml");
const POLICY: &str = include_str!("../../../../instruments/investigation.toml");

/// The settings of investigations.
#[derive(Clone)]
pub struct Settings {
    /// Codes and times.
    pub tables: Arc<Tables>,
    /// The force's own systems that hear that a case is ready.
    pub webhooks: Vec<Arc<Webhook>>,
    /// Where files are kept, sealed.
    pub blobs: Arc<Blobs>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data for investigations cannot be used: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// The data that come with the service, no receivers.
    pub fn new(blobs: Arc<Blobs>) -> Self {
        let tables = Self::tables(None, None, None).expect("a test reads the default data");
        Self { tables, webhooks: vec![], blobs }
    }

    /// A force's own data, as TOML; nothing stands for what comes with the service.
    pub fn tables(
        offences: Option<&str>,
        outcomes: Option<&str>,
        policy: Option<&str>,
    ) -> Result<Arc<Tables>, SettingsFault> {
        let offences: Offences = read(offences.unwrap_or(OFFENCES))?;
        let outcomes: Outcomes = read(outcomes.unwrap_or(OUTCOMES))?;
        let policy: Policy = read(policy.unwrap_or(POLICY))?;
        let fault = offences.fault().or_else(|| outcomes.fault());
        match fault.or_else(|| policy.fault().map(str::to_owned)) {
            Some(fault) => Err(SettingsFault(fault)),
            None => Ok(Arc::new(Tables { offences, outcomes, policy })),
        }
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, SettingsFault> {
    toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("tables", &self.tables).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_would_mislead_are_refused() {
        let tables = Settings::tables(None, None, None).unwrap();
        assert!(tables.offences.offered("strangulation").is_some());
        assert_eq!(tables.outcomes.title("16"), "Suspect named; the victim does not support");
        assert_eq!(tables.policy.recording_hours, 24);
        for (from, to) in [
            ("version = 1", "version = 0"),
            ("code = \"stalking\"", "code = \"harassment\""),
            ("code = \"stalking\"", "code = \"Stalking!\""),
            ("title = \"Stalking\"", "title = \" \""),
            ("title = \"Stalking\"", "title = \"Stalking\"\nclass = \"\""),
            ("title = \"Stalking\"", "title = \"Stalking\"\nunknown = 1"),
        ] {
            let text = OFFENCES.replacen(from, to, 1);
            assert_ne!(text, OFFENCES, "{from}");
            assert!(Settings::tables(Some(&text), None, None).is_err(), "{to}");
        }
        let twice = OUTCOMES.replacen("code = \"2\"", "code = \"1\"", 1);
        assert!(Settings::tables(None, Some(&twice), None).is_err());
        for (from, to) in [("_hours = 24", "_hours = 25"), ("days = 7", "days = 0")] {
            let text = POLICY.replacen(from, to, 1);
            assert!(Settings::tables(None, None, Some(&text)).is_err(), "{to}");
        }
    }
}
