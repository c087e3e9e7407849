//! A copy of a journal, whichever store keeps it, in one new file without a log beside it: what a
//! backup holds. It is read from the journal as anybody reads, a page at a time, so that nothing
//! waits for it; what is appended meanwhile is not in it.

use crate::open::{self, OpenFault};
use crate::transact::{ROWS, insert_keys, insert_records};
use journal::tree::Head;
use journal::verify::Verifier;
use journal::{Journal, Position, ReadFault, limits};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use std::path::Path;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyFault {
    /// The file could not be made.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The journal could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// The file could not be written.
    #[error("the copy of the journal could not be written")]
    Write(#[from] sqlx::Error),
    /// What is to be copied is not sound: it is said and not copied.
    #[error("the journal is damaged at {0}")]
    Damaged(journal::verify::Bad),
}

/// Copies `journal` as it stands into a new file at `path`, verifying it on the way, also against
/// `checkpoints` that were signed before. Returns the size and the root of what was copied.
/// `progress` hears of each page.
pub async fn copy(
    journal: &dyn Journal,
    checkpoints: Vec<Head>,
    path: &Path,
    progress: impl Fn(Position, Position),
) -> Result<Head, CopyFault> {
    open::make_file(path)?;
    let mut file = open::plain(path).await?;
    let head = journal.head().await?;
    let mut verifier = Verifier::new(checkpoints);
    let mut at = Position(0);
    while at < head {
        let left = usize::try_from(head.0 - at.0).unwrap_or(usize::MAX);
        let records = journal.read_from(at, left.min(limits::READ_MAX)).await?;
        let Some(last) = records.last() else { return Err(ReadFault::Damaged(at).into()) };
        let sound = records.iter().all(|record| verifier.push(record, |_| None));
        if !sound {
            break;
        }
        at = last.position;
        let mut transaction = file.begin().await?;
        for records in records.chunks(ROWS) {
            insert_records(&mut transaction, records).await?;
        }
        transaction.commit().await?;
        progress(at, head);
    }
    let report = verifier.finish();
    if let Some(bad) = report.bad {
        return Err(CopyFault::Damaged(bad));
    }
    copy_keys(journal, &mut file, head).await?;
    file.close().await?;
    Ok(Head { size: report.records, root: report.root })
}

async fn copy_keys(
    journal: &dyn Journal,
    file: &mut SqliteConnection,
    head: Position,
) -> Result<(), CopyFault> {
    let mut after = String::new();
    loop {
        let mut keys = journal.keys(&after, limits::READ_MAX).await?;
        let Some((last, _)) = keys.last() else { return Ok(()) };
        after.clone_from(last);
        // Of what was appended meanwhile the records are not here either.
        keys.retain(|(_, done)| done.last <= head);
        let mut transaction = file.begin().await?;
        for keys in keys.chunks(ROWS) {
            insert_keys(&mut transaction, keys).await?;
        }
        transaction.commit().await?;
    }
}
