//! What stands against closing an incident: that nobody saw her when her risk was first assessed.

use engine::Engine;
use incident::IncidentId;
use risk::{Risk, RiskId};

/// In words; nothing when it may be closed.
pub(crate) fn against_closing(engine: Engine, incident: String) -> ui::Why {
    Box::pin(async move {
        let Some(incident) = IncidentId::of_stream(&incident) else { return Ok(None) };
        let (state, _) = engine.state::<Risk>(&RiskId::from(incident).stream()).await?;
        Ok(state.against_closing().map(|refusal| refusal.to_string()))
    })
}
