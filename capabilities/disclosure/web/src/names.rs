//! How applications and colleagues are called on these pages, and who the colleagues are.

use crate::limits::COLLEAGUES_MAX;
use async_trait::async_trait;
use disclosure::DisclosureId;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::id::StaffId;
use serde::Serialize;
use sqlx::Row;

/// What people say for an application.
pub(crate) fn reference(id: DisclosureId) -> String {
    kernel::id::spoken("AP-", id.0)
}

/// The name of a colleague; of one who is not known, the first digits of the account.
pub(crate) async fn staff(engine: &Engine, id: StaffId) -> Result<String, Fault> {
    let (account, _) = engine.state::<access::Staff>(&id.stream()).await?;
    let unknown = || id.to_string().chars().skip(24).collect();
    Ok(account.name.unwrap_or_else(unknown))
}

/// The name behind an actor as the journal writes it; empty when it is nobody on the staff.
pub(crate) async fn actor(engine: &Engine, actor: &str) -> Result<String, Fault> {
    match StaffId::of_stream(actor) {
        Some(id) => staff(engine, id).await,
        None => Ok(actor.strip_prefix("client/").unwrap_or_default().to_owned()),
    }
}

/// Read model: which accounts there are. Ids only.
pub(crate) struct Colleagues;

#[async_trait]
impl ReadModel for Colleagues {
    fn name(&self) -> &'static str {
        "disclosure_colleagues"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_colleagues"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE disclosure_colleagues (staff TEXT PRIMARY KEY) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "staff.account_created.v1"
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(id) = StaffId::of_stream(&event.stream) else { return Ok(()) };
        sqlx::query("INSERT OR IGNORE INTO disclosure_colleagues VALUES ($1)")
            .bind(id.to_string())
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// One colleague.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Colleague {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Everybody whose account is in use, by name, but for oneself.
pub(crate) async fn colleagues(engine: &Engine, but: StaffId) -> Result<Vec<Colleague>, Fault> {
    let rows = sqlx::query("SELECT staff FROM disclosure_colleagues LIMIT $1")
        .bind(COLLEAGUES_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let mut all = vec![];
    for row in rows {
        let text: String = row.get(0);
        let Ok(id) = text.parse::<StaffId>() else { continue };
        if id == but {
            continue;
        }
        all.push(Colleague { id: text, name: staff(engine, id).await? });
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_has_no_letter_that_is_misheard() {
        let text = reference(DisclosureId(0x0192_aaaa_bbbb_cccc_dddd_eeee_ffff_0123));
        assert_eq!(text.len(), 9);
        assert!(text.starts_with("AP-") && !text[3..].contains(['I', 'L', 'O', 'U']));
    }
}
