//! What lies under the data directory, opened: keys, journal, read models, and the engine over
//! them. The only place that knows which backend keeps the journal.

use crate::settings::Settings;
use engine::{Clock, Engine, Luck, Reads, SystemClock, SystemLuck};
use journal::Journal;
use journal_postgres::PostgresJournal;
use journal_sqlite::SqliteJournal;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use vault::Vault;

/// The schema that holds the journal in PostgreSQL.
pub(crate) const SCHEMA: &str = "sightline";

/// Everything durable.
pub(crate) struct Store {
    pub(crate) engine: Engine,
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) vault: Arc<Vault>,
}

impl Store {
    /// Opens what is there, or makes it.
    pub(crate) async fn open(settings: &Settings) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::with_clock(settings, Arc::new(SystemClock::new())).await
    }

    /// The same under another clock: rehearsals and drills.
    pub(crate) async fn with_clock(
        settings: &Settings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let data = &settings.data;
        make_private(data)?;
        let luck: Arc<dyn Luck> = Arc::new(SystemLuck);
        let mut root = [0; vault::KEY_LEN];
        luck.fill(&mut root);
        let vault = Vault::open(&data.join("keys"), &settings.key_mirror(), root)?;
        let vault = Arc::new(vault);
        let journal = open_journal(settings).await?;
        let reads = Reads::open(&data.join("read-models.db")).await?;
        let engine = Engine::new(journal.clone(), vault.clone(), clock, luck, reads);
        Ok(Self { engine, journal, vault })
    }
}

/// Opens the journal alone.
pub(crate) async fn open_journal(
    settings: &Settings,
) -> Result<Arc<dyn Journal>, Box<dyn Error + Send + Sync>> {
    if settings.journal.postgres.is_empty() {
        let journal = SqliteJournal::open(&settings.data.join("journal.db")).await?;
        return Ok(Arc::new(journal));
    }
    let journal = PostgresJournal::open(&settings.journal.postgres, SCHEMA).await?;
    Ok(Arc::new(journal))
}

/// Makes a directory that only its owner can enter.
pub(crate) fn make_private(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}
