//! Read model: how whoever is told can be reached safely, sealed under the application's key.
//! Personal: note the consultation before showing any of it.

use ::disclosure::{Case, DisclosureId, Event, Recipient, Route, SafeContact};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::Personal;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// The read model.
pub(crate) struct Reaches;

/// Somebody, and the safe way to them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Somebody {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) contact: SafeContact,
}

/// What is sealed in a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reach {
    applicant: Option<Somebody>,
    at_risk: Option<Somebody>,
}

#[async_trait]
impl ReadModel for Reaches {
    fn name(&self) -> &'static str {
        "disclosure_reach"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_reach"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE disclosure_reach (stream TEXT PRIMARY KEY, sealed BLOB) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "disclosure.applied.v1"
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM disclosure_reach WHERE stream = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Event::Applied { application, .. } = event.decode()? else { return Ok(()) };
        let applicant = application.applicant.and_then(Personal::into_known);
        let at_risk = application.person_at_risk.and_then(Personal::into_known);
        let reach = Reach {
            applicant: applicant.map(|one| Somebody {
                name: one.name,
                address: String::new(),
                contact: one.contact,
            }),
            at_risk: at_risk.map(|one| Somebody {
                name: one.name,
                address: one.address,
                contact: one.contact,
            }),
        };
        let sealed = engine.seal_row(&event.stream, &reach).await?;
        sqlx::query("INSERT OR REPLACE INTO disclosure_reach VALUES ($1, $2)")
            .bind(&event.stream)
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// Whoever is told by this decision, as far as the application knows them.
pub(crate) async fn told(
    engine: &Engine,
    id: DisclosureId,
    case: &Case,
) -> Result<Somebody, Fault> {
    let row = sqlx::query("SELECT sealed FROM disclosure_reach WHERE stream = $1")
        .bind(id.stream())
        .fetch_optional(engine.reads().pool())
        .await?;
    let sealed: Option<Vec<u8>> = row.and_then(|row| row.get(0));
    let reach = engine.open_row::<Reach>(&id.stream(), sealed.as_deref()).await?;
    let Reach { applicant, at_risk } = reach.into_known().unwrap_or_default();
    let recipient = case.decision.as_ref().map(|paper| paper.decision.recipient);
    let somebody = match (recipient, case.route) {
        // Whoever asks for herself is the person at risk.
        (Some(Recipient::PersonAtRisk) | None, Route::AskSelf)
        | (Some(Recipient::ThirdParty), _) => applicant,
        (Some(Recipient::PersonAtRisk) | None, _) => at_risk,
        // Nobody asked how to reach them: the officer types it.
        (Some(Recipient::SomebodyElse), _) => None,
    };
    Ok(somebody.unwrap_or_default())
}
