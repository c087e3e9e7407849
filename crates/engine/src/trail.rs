//! Who looked at what, and why: written to the journal before a byte leaves.

use crate::{Caller, Engine, Fault};
use journal::{Append, Expected, NewEvent};

/// The stored name of a consultation.
//= Data Protection Act 2018, section 62(1)(c): consultation is logged
pub const CONSULTED: &str = "access.consulted.v1";

impl Engine {
    /// Notes that `caller` consults `subject` (a stream) on `page`. Await it before answering:
    /// when it fails, nothing may be shown.
    pub async fn consulted(
        &self,
        caller: &Caller,
        subject: &str,
        page: &'static str,
    ) -> Result<(), Fault> {
        let clear = serde_json::json!({ "subject": subject, "page": page }).to_string();
        let append = Append {
            stream: format!("trail/{}", caller.actor.to_string().replace('/', "-")),
            expected: Expected::Any,
            events: vec![NewEvent { kind: CONSULTED.into(), clear, sealed: None }],
            at: self.now(),
            actor: caller.actor.to_string(),
            purpose: caller.purpose.name().to_owned(),
            key: None,
        };
        self.0.journal.append(append).await?;
        Ok(())
    }
}
