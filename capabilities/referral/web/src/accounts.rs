//! Read model: the accounts that have the role of a partner, so that one can be chosen on an
//! agency's page. Names are sealed under the account's own key.

use crate::limits;
use access::Event;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::id::StaffId;
use kernel::{Personal, Role};
use serde::Serialize;
use sqlx::Row;

/// The read model.
pub(crate) struct Accounts;

/// One account.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[async_trait]
impl ReadModel for Accounts {
    fn name(&self) -> &'static str {
        "partner_accounts"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["partner_accounts"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE partner_accounts (
            stream TEXT PRIMARY KEY, partner INTEGER NOT NULL, enabled INTEGER NOT NULL,
            sealed BLOB) STRICT"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE partner_accounts SET sealed = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "staff.account_created.v1"
                | "staff.roles_changed.v1"
                | "staff.disabled.v1"
                | "staff.enabled.v1"
        )
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        // Whoever is a partner and something else besides sees more than a partner may.
        let partner = |roles: &[Role]| roles == [Role::Partner];
        let query = match event.decode::<Event>()? {
            Event::AccountCreated { name, roles, .. } => {
                let name = name.into_known().unwrap_or_default();
                let sealed = engine.seal_row(&event.key, &name).await?;
                sqlx::query("INSERT OR REPLACE INTO partner_accounts VALUES ($1, $2, 1, $3)")
                    .bind(&event.stream)
                    .bind(partner(&roles))
                    .bind(sealed)
            }
            Event::RolesChanged { roles } => {
                sqlx::query("UPDATE partner_accounts SET partner = $2 WHERE stream = $1")
                    .bind(&event.stream)
                    .bind(partner(&roles))
            }
            Event::Disabled {} => {
                sqlx::query("UPDATE partner_accounts SET enabled = 0 WHERE stream = $1")
                    .bind(&event.stream)
            }
            Event::Enabled {} => {
                sqlx::query("UPDATE partner_accounts SET enabled = 1 WHERE stream = $1")
                    .bind(&event.stream)
            }
            _ => return Ok(()),
        };
        query.execute(tx).await?;
        Ok(())
    }
}

/// Partner accounts in use.
pub(crate) async fn in_use(engine: &Engine) -> Result<Vec<Account>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, sealed FROM partner_accounts WHERE partner = 1 AND enabled = 1
         ORDER BY stream LIMIT $1",
    )
    .bind(limits::ACCOUNTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in rows {
        let stream: String = row.get(0);
        let sealed: Option<Vec<u8>> = row.get(1);
        let name = engine.open_row::<String>(&stream, sealed.as_deref()).await?;
        let id = stream.trim_start_matches("staff/").to_owned();
        accounts.push(Account { id, name: Personal::into_known(name).unwrap_or_default() });
    }
    Ok(accounts)
}

/// Whether this account is a partner's and in use.
pub(crate) async fn is_partner(engine: &Engine, staff: StaffId) -> Result<bool, Fault> {
    let row = sqlx::query(
        "SELECT 1 FROM partner_accounts WHERE stream = $1 AND partner = 1 AND enabled = 1",
    )
    .bind(staff.stream())
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.is_some())
}
