//! The one configuration file: what may be set, its defaults, and what is wrong with it, by name.
//! `sightline config default` prints the commented file that this module's defaults agree with.

use config::{Config, Environment, File, FileFormat};
use disclosure::StageTable;
use investigation::Tables;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The commented default file.
pub(crate) const DEFAULT_FILE: &str = include_str!("default.toml");

/// Everything that may be set. An unknown name is an error, so that a typo is seen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) origin: String,
    pub(crate) force: String,
    pub(crate) telephone: String,
    pub(crate) exit_to: String,
    pub(crate) production: bool,
    pub(crate) log: String,
    pub(crate) journal: Journal,
    pub(crate) keys: Keys,
    pub(crate) media: Media,
    pub(crate) messages: Messages,
    pub(crate) disclosure: Disclosure,
    pub(crate) investigation: Investigation,
    pub(crate) instrument: Instrument,
    pub(crate) policies: Policies,
    /// Set by `sightline demo` alone, never by a file.
    #[serde(skip)]
    pub(crate) demo: bool,
    #[serde(default)]
    pub(crate) clients: Vec<Client>,
    #[serde(default)]
    pub(crate) webhooks: Vec<Webhook>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Journal {
    /// Empty: SQLite in the data directory. Else a `postgres://` address.
    pub(crate) postgres: String,
    pub(crate) checkpoint_minutes: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    /// Empty: `keys-mirror` in the data directory.
    pub(crate) mirror: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Media {
    pub(crate) udp: SocketAddr,
    /// Empty: the address listened on.
    pub(crate) advertise: Vec<SocketAddr>,
    pub(crate) recorder_name: String,
    pub(crate) h264: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Messages {
    /// `screen`, `govuk` or `smtp`.
    pub(crate) texts: String,
    /// What the provider shows with its receipts; empty when it sends none.
    pub(crate) receipts_token: String,
    pub(crate) govuk: toml::Table,
    pub(crate) smtp: toml::Table,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Disclosure {
    /// Empty: the scheme's own table. Else the file of the force's.
    pub(crate) stages: PathBuf,
}

/// Files of the force's; empty: what comes with the service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Investigation {
    pub(crate) offences: PathBuf,
    pub(crate) outcomes: PathBuf,
    pub(crate) times: PathBuf,
}

/// A folder of the force's; empty: what comes with the service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Policies {
    pub(crate) folder: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instrument {
    /// Empty: the demonstration, never in production. Else the force's pack, `FILE.sig` beside it.
    pub(crate) file: PathBuf,
    /// The public key of whoever signs the force's packs.
    pub(crate) key: String,
}

/// One of the force's own systems.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Client {
    pub(crate) name: String,
    /// SHA-256 of its API key, in hex: the key itself is nowhere in this file.
    pub(crate) key_sha256: String,
}

/// Somebody who is told what happened, signed.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) secret: String,
    /// Whether it is on this machine: for trials only.
    #[serde(default)]
    pub(crate) loopback: bool,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("name", &self.name).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What is wrong with the configuration, in words for the administrator.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsFault {
    #[error("the configuration cannot be read: {0}")]
    Unreadable(#[from] config::ConfigError),
    #[error("{name}: {problem}")]
    Wrong { name: &'static str, problem: String },
}

/// The name of the setting with the scheme's stages.
const STAGES: &str = "disclosure.stages";

/// Variables with our prefix that are no settings: the path of this very file, and what the
/// tests and the bench are told.
fn is_foreign(name: &str) -> bool {
    name == "SIGHTLINE_CONFIG" || name.starts_with("SIGHTLINE_TEST_")
}

fn wrong(name: &'static str, problem: impl Into<String>) -> SettingsFault {
    SettingsFault::Wrong { name, problem: problem.into() }
}

impl Settings {
    /// The defaults, then the file, then `SIGHTLINE_…` of the environment (`__` for a dot).
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, SettingsFault> {
        let mut layers =
            Config::builder().add_source(File::from_str(DEFAULT_FILE, FileFormat::Toml));
        if let Some(file) = file {
            layers = layers.add_source(File::from(file).format(FileFormat::Toml));
        }
        let environment = Environment::with_prefix("SIGHTLINE")
            .separator("__")
            .try_parsing(true)
            .source(Some(std::env::vars().filter(|(name, _)| !is_foreign(name)).collect()));
        let settings: Self = layers.add_source(environment).build()?.try_deserialize()?;
        settings.check()?;
        Ok(settings)
    }

    /// Says what is wrong, by the setting's name.
    pub(crate) fn check(&self) -> Result<(), SettingsFault> {
        let origin = self.origin.strip_prefix("https://").or(self.origin.strip_prefix("http://"));
        match origin {
            None => return Err(wrong("origin", "starts with https://")),
            Some(host) if host.is_empty() || host.contains('/') => {
                return Err(wrong("origin", "is a host without a path"));
            }
            Some(host) => {
                let loopback = host.starts_with("127.0.0.1") || host.starts_with("localhost");
                if self.origin.starts_with("http://") && !loopback {
                    return Err(wrong("origin", "only a loopback host may do without TLS"));
                }
            }
        }
        if self.telephone.trim().is_empty() {
            return Err(wrong("telephone", "is always in sight of the victim; it must be set"));
        }
        if !matches!(self.messages.texts.as_str(), "screen" | "govuk" | "smtp") {
            return Err(wrong("messages.texts", "is screen, govuk or smtp"));
        }
        if self.production && self.messages.texts == "screen" {
            return Err(wrong("messages.texts", "screen shows messages to everyone: not here"));
        }
        for client in &self.clients {
            let hex = client.key_sha256.bytes().all(|b| b.is_ascii_hexdigit());
            if client.key_sha256.len() != 64 || !hex {
                return Err(wrong("clients.key_sha256", "is 64 hexadecimal digits"));
            }
        }
        self.stages()?;
        self.tables()?;
        if self.journal.checkpoint_minutes == 0 {
            return Err(wrong("journal.checkpoint_minutes", "is at least 1"));
        }
        Ok(())
    }

    /// The stages of the disclosure scheme, their limits, pauses and checks: the force's own
    /// table, or the scheme's.
    pub(crate) fn stages(&self) -> Result<StageTable, SettingsFault> {
        let file = &self.disclosure.stages;
        if file.as_os_str().is_empty() {
            return Ok(StageTable::default());
        }
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|fault| wrong(STAGES, format!("cannot be read: {fault}")))?;
        let table: StageTable =
            toml::from_str(&text).map_err(|fault| wrong(STAGES, fault.to_string()))?;
        if !table.is_sound() {
            let rule = "needs a version, one row a stage, and marks in order up to the last day";
            return Err(wrong(STAGES, rule));
        }
        Ok(table)
    }

    /// What investigations count by and how long they may take: the force's own tables, or those
    /// that come with the service.
    pub(crate) fn tables(&self) -> Result<Arc<Tables>, SettingsFault> {
        let read = |file: &PathBuf| {
            if file.as_os_str().is_empty() {
                return Ok(None);
            }
            let text = std::fs::read_to_string(file).map(Some);
            text.map_err(|fault| wrong("investigation", format!("cannot be read: {fault}")))
        };
        let Investigation { offences, outcomes, times } = &self.investigation;
        let (offences, outcomes, times) = (read(offences)?, read(outcomes)?, read(times)?);
        let (offences, outcomes) = (offences.as_deref(), outcomes.as_deref());
        let tables = investigation_web::Settings::tables(offences, outcomes, times.as_deref());
        tables.map_err(|fault| wrong("investigation", fault.to_string()))
    }

    /// The second home of the keys.
    pub(crate) fn key_mirror(&self) -> PathBuf {
        if self.keys.mirror.as_os_str().is_empty() {
            self.data.join("keys-mirror")
        } else {
            self.keys.mirror.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_default_file_is_a_sound_configuration() {
        let settings = Settings::load(None).unwrap();
        assert!(!settings.production);
    }

    #[test]
    fn a_force_may_set_the_stages_and_a_table_that_cannot_be_worked_with_is_named() {
        let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../instruments/stages.toml");
        let written = toml::to_string(&StageTable::default()).unwrap();
        let mut settings = Settings::load(None).unwrap();
        settings.disclosure.stages = example.into();
        assert_eq!(settings.stages().unwrap(), StageTable::default());
        let dir = tempfile::tempdir().unwrap();
        settings.disclosure.stages = dir.path().join("stages.toml");
        for text in ["version = 1", &written.replace("total_days = 28", "total_days = 0")] {
            std::fs::write(&settings.disclosure.stages, text).unwrap();
            let fault = settings.check().unwrap_err().to_string();
            assert!(fault.starts_with("disclosure.stages"), "{fault}");
        }
    }

    #[test]
    fn a_force_may_set_its_offences_and_a_table_that_cannot_be_counted_by_is_named() {
        let mut settings = Settings::load(None).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let own = "version = 2\n[[offences]]\ncode = \"own\"\ntitle = \"Our own\"\n";
        settings.investigation.offences = dir.path().join("offences.toml");
        std::fs::write(&settings.investigation.offences, own).unwrap();
        assert!(settings.tables().unwrap().offences.offered("own").is_some());
        std::fs::write(&settings.investigation.offences, "version = 2\noffences = []").unwrap();
        let fault = settings.check().unwrap_err().to_string();
        assert!(fault.starts_with("investigation"), "{fault}");
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sightline.toml");
        std::fs::write(&file, "telefone = \"101\"\n").unwrap();
        let fault = Settings::load(Some(&file)).unwrap_err().to_string();
        assert!(fault.contains("telefone"), "{fault}");
    }

    #[test]
    fn a_real_host_needs_tls_and_production_needs_real_messages() {
        let mut settings = Settings::load(None).unwrap();
        settings.origin = "http://hub.example".into();
        assert!(settings.check().is_err());
        settings.origin = "https://hub.example".into();
        settings.production = true;
        let fault = settings.check().unwrap_err().to_string();
        assert!(fault.starts_with("messages.texts"), "{fault}");
    }
}
