//! The read model of keys: which there are, under which class and day, what keeps them beyond
//! it, and which epochs ended. Names and days only; never a key.

use crate::forgetting::{ERASED, EXPIRED, Erased, Expired, SEALED, Sealed};
use crate::keeping::{KEPT, LET_GO, Moved};
use crate::sealing::KEY_WRAPPED;
use crate::{Engine, Fault, Opened, ReadModel, Tx};
use async_trait::async_trait;
use kernel::Day;
use serde::Deserialize;
use sqlx::Row;
use vault::Epoch;

/// The read model.
pub(crate) struct Keys;

#[derive(Deserialize)]
struct Born {
    #[serde(flatten)]
    epoch: Epoch,
    #[serde(default)]
    part: Option<String>,
}

#[async_trait]
impl ReadModel for Keys {
    fn name(&self) -> &'static str {
        "engine_keys"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["engine_keys", "engine_kept", "engine_epochs", "engine_epoch_names"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE engine_keys (
                name TEXT PRIMARY KEY, stream TEXT NOT NULL, class TEXT NOT NULL,
                expires_on INTEGER NOT NULL, born_at INTEGER NOT NULL, kept_under TEXT,
                forgotten_at INTEGER) STRICT",
            "CREATE INDEX engine_keys_by_epoch ON engine_keys (class, expires_on)",
            "CREATE INDEX engine_keys_by_stream ON engine_keys (stream)",
            "CREATE TABLE engine_kept (
                name TEXT NOT NULL, under TEXT NOT NULL, PRIMARY KEY (name, under)) STRICT",
            "CREATE TABLE engine_epochs (
                epoch TEXT PRIMARY KEY, class TEXT NOT NULL, expires_on INTEGER NOT NULL,
                state TEXT NOT NULL, at INTEGER NOT NULL, position INTEGER NOT NULL,
                destructions INTEGER NOT NULL DEFAULT 0,
                moves INTEGER NOT NULL DEFAULT 0) STRICT",
            "CREATE TABLE engine_epoch_names (
                epoch TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (epoch, name)) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        [KEY_WRAPPED, KEPT, LET_GO, EXPIRED, SEALED, ERASED].contains(&kind)
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.kind.as_str() {
            KEY_WRAPPED => born(event, tx).await,
            KEPT => kept(&event.decode()?, tx).await,
            LET_GO => let_go(&event.decode()?, tx).await,
            EXPIRED => expired(&event.decode()?, event, tx).await,
            SEALED => {
                let Sealed { epoch, .. } = event.decode()?;
                state(&epoch, "sealed", 0, event, tx).await
            }
            _ => {
                let Erased { epoch, ratchet, .. } = event.decode()?;
                state(&epoch, "erased", ratchet.count, event, tx).await
            }
        }
    }
}

async fn born(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Born { epoch, part } = event.decode()?;
    let name = part.map_or_else(|| event.stream.clone(), |part| format!("{}#{part}", event.stream));
    sqlx::query("INSERT OR REPLACE INTO engine_keys VALUES ($1, $2, $3, $4, $5, NULL, NULL)")
        .bind(name)
        .bind(&event.stream)
        .bind(epoch.class)
        .bind(epoch.expires_on.0)
        .bind(event.at.0)
        .execute(tx)
        .await?;
    Ok(())
}

async fn kept(moved: &Moved, tx: &mut Tx) -> Result<(), Fault> {
    let under = moved.under.to_string();
    sqlx::query("INSERT OR IGNORE INTO engine_kept VALUES ($1, $2)")
        .bind(&moved.name)
        .bind(&under)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE engine_keys SET kept_under = $2 WHERE name = $1")
        .bind(&moved.name)
        .bind(&under)
        .execute(&mut *tx)
        .await?;
    count(moved, tx).await
}

/// The key store must have seen at least so much: one that has not is behind the journal.
async fn count(moved: &Moved, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO engine_epochs VALUES ('', '', 0, 'none', 0, 0, $1, $2)
         ON CONFLICT (epoch) DO UPDATE SET
            destructions = max(destructions, $1), moves = max(moves, $2)",
    )
    .bind(moved.destructions as i64)
    .bind(moved.moves as i64)
    .execute(tx)
    .await?;
    Ok(())
}

async fn let_go(moved: &Moved, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("DELETE FROM engine_kept WHERE name = $1 AND under = $2")
        .bind(&moved.name)
        .bind(moved.under.to_string())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE engine_keys SET kept_under =
            (SELECT min(under) FROM engine_kept WHERE engine_kept.name = engine_keys.name)
         WHERE name = $1",
    )
    .bind(&moved.name)
    .execute(&mut *tx)
    .await?;
    // A destruction that came of it is counted like any other.
    count(moved, tx).await
}

async fn expired(body: &Expired, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    state(&body.epoch, "expired", 0, event, tx).await?;
    let epoch = body.epoch.to_string();
    for name in &body.names {
        sqlx::query("INSERT OR IGNORE INTO engine_epoch_names VALUES ($1, $2)")
            .bind(&epoch)
            .bind(name)
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE engine_keys SET forgotten_at = $2 WHERE name = $1")
            .bind(name)
            .bind(event.at.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM engine_kept WHERE name = $1").bind(name).execute(&mut *tx).await?;
    }
    Ok(())
}

async fn state(
    epoch: &Epoch,
    state: &str,
    destructions: u64,
    event: &Opened,
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO engine_epochs VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
         ON CONFLICT (epoch) DO UPDATE SET
            state = $4, at = $5, position = $6, destructions = max(destructions, $7)",
    )
    .bind(epoch.to_string())
    .bind(&epoch.class)
    .bind(epoch.expires_on.0)
    .bind(state)
    .bind(event.at.0)
    .bind(event.position.0 as i64)
    .bind(destructions as i64)
    .execute(tx)
    .await?;
    Ok(())
}

/// The names of all keys born under this epoch.
pub(crate) async fn born_under(engine: &Engine, epoch: &Epoch) -> Result<Vec<String>, Fault> {
    let rows = sqlx::query(
        "SELECT name FROM engine_keys WHERE class = $1 AND expires_on = $2 ORDER BY name",
    )
    .bind(&epoch.class)
    .bind(epoch.expires_on.0)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The names that an ended epoch takes with it.
pub(crate) async fn names_of(engine: &Engine, epoch: &Epoch) -> Result<Vec<String>, Fault> {
    let rows = sqlx::query("SELECT name FROM engine_epoch_names WHERE epoch = $1 ORDER BY name")
        .bind(epoch.to_string())
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Epochs in this state, oldest first.
pub(crate) async fn in_state(engine: &Engine, state: &str) -> Result<Vec<Epoch>, Fault> {
    let rows = sqlx::query(
        "SELECT class, expires_on FROM engine_epochs WHERE state = $1 ORDER BY at LIMIT 1000",
    )
    .bind(state)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| Epoch { class: row.get(0), expires_on: Day(row.get(1)) }).collect())
}

/// The epochs of keys whose end the journal has not said.
pub(crate) async fn unsaid(engine: &Engine) -> Result<Vec<Epoch>, Fault> {
    let rows = sqlx::query(
        "SELECT DISTINCT class, expires_on FROM engine_keys WHERE forgotten_at IS NULL
         ORDER BY class, expires_on",
    )
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| Epoch { class: row.get(0), expires_on: Day(row.get(1)) }).collect())
}

/// Whether this is such a key.
pub(crate) async fn is_unsaid(engine: &Engine, name: &str) -> Result<bool, Fault> {
    let row = sqlx::query("SELECT 1 FROM engine_keys WHERE name = $1 AND forgotten_at IS NULL")
        .bind(name)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.is_some())
}

/// The keys of such an epoch.
pub(crate) async fn unsaid_under(engine: &Engine, epoch: &Epoch) -> Result<Vec<String>, Fault> {
    let rows = sqlx::query(
        "SELECT name FROM engine_keys
         WHERE class = $1 AND expires_on = $2 AND forgotten_at IS NULL ORDER BY name",
    )
    .bind(&epoch.class)
    .bind(epoch.expires_on.0)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// What the journal says the key store has seen, at least.
pub(crate) struct Told {
    /// Destructions.
    pub(crate) destructions: u64,
    /// Keys kept or let go.
    pub(crate) moves: u64,
}

pub(crate) async fn told(engine: &Engine) -> Result<Told, Fault> {
    let row = sqlx::query(
        "SELECT coalesce(max(destructions), 0), coalesce(max(moves), 0) FROM engine_epochs",
    )
    .fetch_one(engine.reads().pool())
    .await?;
    let (destructions, moves): (i64, i64) = (row.get(0), row.get(1));
    Ok(Told { destructions: destructions.unsigned_abs(), moves: moves.unsigned_abs() })
}
