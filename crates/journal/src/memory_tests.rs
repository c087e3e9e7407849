//! The contract, kept by the journal in memory.

use super::*;
use crate::contract::{self, Field, Rig};
use std::sync::Arc;

#[derive(Default)]
struct Memory(Arc<MemoryJournal>);

#[async_trait]
impl Rig for Memory {
    async fn open(&self) -> Arc<dyn Journal> {
        Arc::clone(&self.0) as _
    }

    async fn close(&self) {}

    async fn tamper(&self, position: Position, field: Field) {
        self.0.tamper(|records| field.alter(position, records));
    }

    async fn guards_let_through(&self, _: Position, _: Field) -> bool {
        // Memory has no hands on it but the journal's.
        false
    }

    async fn delete_sealed(&self, position: Position) {
        self.0.tamper(|records| records[position.0 as usize - 1].sealed = None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_in_memory_keeps_the_contract() {
    contract::run(async || Memory::default()).await;
}
