//! Files that were handed in: sealed under the investigation's key beside the journal, opened for
//! whoever may see them, and gone with the key.

use async_trait::async_trait;
use blobs::Blobs;
use engine::{Caller, Dropped, Engine, Fault, Objects, Refused};
use investigation::{Command, Investigation, InvestigationId};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;
use vault::Epoch;

/// What the store of objects is called in a fault.
const OUTSIDE: Fault = Fault::Outside("the store of files");

/// SHA-256, in hex.
pub(crate) fn digest(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes.as_ref()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn folder(id: InvestigationId) -> String {
    format!("exh/{id}")
}

/// A name for a new file.
pub(crate) fn name(engine: &Engine, id: InvestigationId) -> String {
    format!("{}/{:032x}", folder(id), u128::from_be_bytes(engine.luck16()))
}

/// Seals a file and writes it; durable once this returns.
pub(crate) async fn keep(
    engine: &Engine,
    blobs: &Blobs,
    (id, object): (InvestigationId, &str),
    bytes: &[u8],
) -> Result<(), Fault> {
    let sealed = engine.seal_object(&id.stream(), object, bytes).await?;
    // Whoever calls has just written an exhibit under this very key.
    let sealed = sealed.ok_or(OUTSIDE)?;
    blobs.put(object, sealed.into()).await.map_err(|_| OUTSIDE)
}

/// Opens a file; nothing when the key is gone.
pub(crate) async fn open(
    engine: &Engine,
    blobs: &Blobs,
    id: InvestigationId,
    object: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    let sealed = blobs.get(object).await.map_err(|_| OUTSIDE)?;
    engine.open_object(&id.stream(), object, &sealed).await
}

/// The objects of investigations.
pub(crate) struct OfInvestigations(pub(crate) Arc<Blobs>);

#[async_trait]
impl Objects for OfInvestigations {
    async fn delete(&self, engine: &Engine, key: &str, _: &Epoch) -> Result<Dropped, Fault> {
        let Some(id) = InvestigationId::of_stream(key) else { return Ok(Dropped::default()) };
        let (state, _) = engine.state::<Investigation>(key).await?;
        let (objects, bytes) = state.files().fold((0, 0), |(n, sum), (_, b)| (n + 1, sum + b));
        let removed = self.0.delete_below(&folder(id)).await.map_err(|_| OUTSIDE)?;
        if removed == 0 {
            return Ok(Dropped::default());
        }
        let command = Command::NoteFilesGone { files: objects, bytes };
        match engine.execute::<Investigation>(key, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(Dropped { objects, bytes }),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
