//! From whom an incident or a record is kept: from every colleague who is a party in it, and,
//! where it is sealed, from everybody who is not admitted.

use crate::index;
use engine::{Engine, Fault};
use futures::future::BoxFuture;
use incident::IncidentId;
use kernel::id::StaffId;
use person::{Person, PersonId, Seal, SealId};
use std::collections::BTreeSet;
use ui::kept::{Kept, Withheld};

/// From whom an incident is kept, and with it all that hangs on it.
pub(crate) fn incident(engine: Engine, stream: String) -> Kept {
    Box::pin(async move {
        let Some(id) = IncidentId::of_stream(&stream) else { return Ok(Withheld::default()) };
        let mut withheld = Withheld::from(index::parties(&engine, id).await?);
        if index::is_sealed(&engine, id).await? {
            let (seal, _) = engine.state::<Seal>(&SealId::from(id).stream()).await?;
            let now = engine.now();
            let open = seal.open_until.iter().filter(|(_, until)| now < **until);
            let admitted: BTreeSet<StaffId> =
                seal.admitted.iter().copied().chain(open.map(|(staff, _)| *staff)).collect();
            withheld.but_for = seal.since.map(|_| admitted);
        }
        Ok(withheld)
    })
}

/// From whom a record is kept: from whoever it is of.
pub(crate) fn person(engine: Engine, stream: String) -> Kept {
    Box::pin(async move {
        let Some(id) = PersonId::of_stream(&stream) else { return Ok(Withheld::default()) };
        let root = index::root(&engine, id).await?;
        let (state, _) = engine.state::<Person>(&root.stream()).await?;
        let mut from: Vec<StaffId> = state.colleague.into_iter().collect();
        for other in state.absorbed.keys() {
            from.extend(engine.state::<Person>(&other.stream()).await?.0.colleague);
        }
        Ok(Withheld::from(from))
    })
}

/// Every incident that is hidden from a colleague.
pub(crate) fn hidden(
    engine: Engine,
    staff: StaffId,
) -> BoxFuture<'static, Result<Vec<String>, Fault>> {
    Box::pin(async move {
        let party = index::party_in(&engine, staff).await?;
        let mut hidden: Vec<String> = party.iter().map(IncidentId::stream).collect();
        for id in index::seals(&engine).await? {
            let (seal, _) = engine.state::<Seal>(&id.stream()).await?;
            if !seal.admits(staff, engine.now()) {
                hidden.push(IncidentId(id.0).stream());
            }
        }
        Ok(hidden)
    })
}
