//! The journal's records of a case, each with the proof that it stands in its place under a
//! checkpoint that is signed for this package.

use super::{Packer, Stopped};
use crate::certificates::tree;
use attest::extract::Extract;
use attest::limits::{EXTRACT_EVENTS_MAX, JSON_BYTES_MAX};
use engine::Fault;
use evidence::Why;
use evidence_web::Order;
use journal::checkpoint::Checkpoint;
use journal::limits::READ_MAX;
use journal::tree::Head;
use journal::{Position, Recorded};
use std::collections::BTreeMap;

/// The extract as the file that it is.
pub(super) async fn extract(packer: &Packer, order: &Order) -> Result<Vec<u8>, Stopped> {
    let records = records(packer, order).await?;
    // After the records were read, so that it covers all of them.
    let tree = tree(&**packer.engine.journal()).await?;
    let head = Head { size: tree.size(), root: tree.root() };
    let note = Checkpoint::sign(head, &packer.signer, |text| packer.vault.sign(text));
    let extract = Extract::new(note, &tree, records.values()).ok_or(Stopped(Why::Fault))?;
    let mut bytes = serde_json::to_vec(&extract).map_err(Fault::Encode)?;
    bytes.push(b'\n');
    if bytes.len() as u64 > JSON_BYTES_MAX { Err(Stopped(Why::TooLarge)) } else { Ok(bytes) }
}

async fn records(packer: &Packer, order: &Order) -> Result<BTreeMap<Position, Recorded>, Stopped> {
    let journal = packer.engine.journal();
    let mut records = BTreeMap::new();
    for stream in &order.streams {
        let mut version = 0;
        loop {
            let some = journal.load(stream, version, READ_MAX).await.map_err(Fault::Read)?;
            let Some(last) = some.last() else { break };
            version = last.version;
            records.extend(some.into_iter().map(|record| (record.position, record)));
            if records.len() > EXTRACT_EVENTS_MAX {
                return Err(Stopped(Why::TooLarge));
            }
        }
    }
    for position in &order.custody {
        let position = Position(*position);
        if records.contains_key(&position) || position.0 == 0 {
            continue;
        }
        let before = Position(position.0 - 1);
        let one = journal.read_from(before, 1).await.map_err(Fault::Read)?;
        records.extend(one.into_iter().map(|record| (record.position, record)));
    }
    if records.len() > EXTRACT_EVENTS_MAX { Err(Stopped(Why::TooLarge)) } else { Ok(records) }
}
