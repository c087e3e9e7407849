//! What every journal keeps, whatever stores it: one suite, run on memory, SQLite and PostgreSQL.
//! It panics where a journal breaks its word, so it is for tests alone.

mod appends;
mod crowds;
mod erasing;
mod intruder;
mod reads;

pub use intruder::Field;

use crate::{Append, Expected, Journal, NewEvent, Position, limits, verify};
use async_trait::async_trait;
use kernel::At;
use std::sync::Arc;

/// One empty store, and the hands on it that a journal does not have.
#[async_trait]
pub trait Rig: Send + Sync {
    /// Opens the store as the service does, with whatever it holds.
    async fn open(&self) -> Arc<dyn Journal>;

    /// Closes what was opened, in good order.
    async fn close(&self);

    /// Alters a record as somebody who owns the disk, past every guard.
    async fn tamper(&self, position: Position, field: Field);

    /// Tries the same as somebody who has the tables, guards in place. True: it was let through.
    async fn guards_let_through(&self, position: Position, field: Field) -> bool;

    /// Deletes the sealed bytes of a record, guards in place.
    async fn delete_sealed(&self, position: Position);
}

/// Runs the suite, each part on a fresh store.
pub async fn run<R: Rig + 'static>(fresh: impl AsyncFn() -> R) {
    appends::positions_and_versions_are_dense(&fresh().await).await;
    appends::what_was_appended_comes_back_whole(&fresh().await).await;
    appends::a_wrong_version_conflicts_and_writes_nothing(&fresh().await).await;
    appends::a_key_means_one_append_also_after_reopening(&fresh().await).await;
    appends::an_append_over_a_limit_writes_nothing(&fresh().await).await;
    appends::reopening_continues_the_chain(&fresh().await).await;
    crowds::the_same_key_at_once_writes_once(&fresh().await).await;
    crowds::one_of_many_at_the_same_version_wins(&fresh().await).await;
    crowds::sixty_four_writers_stand_in_one_order(&fresh().await).await;
    reads::reads_keep_to_their_limits(&fresh().await).await;
    reads::every_key_comes_once_and_in_pages(&fresh().await).await;
    reads::followers_see_what_was_acknowledged(&fresh().await).await;
    erasing::what_is_erased_is_gone_and_everything_else_stays(&fresh().await).await;
    erasing::erasing_among_appends_disturbs_neither(&fresh().await).await;
    intruder::every_alteration_is_found_and_named(&fresh).await;
    intruder::a_cut_end_is_found_by_a_checkpoint(&fresh().await).await;
    intruder::deleted_sealed_bytes_leave_the_chain_whole(&fresh().await).await;
    intruder::guards_refuse_every_edit(&fresh().await).await;
}

fn append(stream: &str, events: usize) -> Append {
    let event = |n| NewEvent {
        kind: "test.happened.v1".into(),
        clear: format!(r#"{{"n":{n}}}"#),
        sealed: Some(vec![n as u8; 40]),
    };
    Append {
        stream: stream.into(),
        expected: Expected::Any,
        events: (0..events).map(event).collect(),
        at: At(1_700_000_000_000_000),
        actor: "system".into(),
        purpose: "test".into(),
        key: None,
    }
}

fn keyed(stream: &str, key: &str) -> Append {
    Append { key: Some(key.into()), ..append(stream, 1) }
}

async fn all(journal: &dyn Journal) -> Vec<crate::Recorded> {
    let mut records: Vec<crate::Recorded> = Vec::new();
    loop {
        let at = records.last().map_or(Position(0), |record| record.position);
        let more = journal.read_from(at, limits::READ_MAX).await.expect("the store answers");
        if more.is_empty() {
            return records;
        }
        records.extend(more);
    }
}

async fn report(journal: &dyn Journal) -> verify::Report {
    verify::verify(journal, [], |_| None).await.expect("the store answers")
}
