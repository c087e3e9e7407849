//! Verification on the journal in memory: what only a checkpoint shows, and how it is told.

use super::*;
use crate::tree::Tree;
use crate::{Append, Expected, MemoryJournal, NewEvent};
use kernel::At;

async fn journal(events: usize) -> MemoryJournal {
    let journal = MemoryJournal::default();
    let event = NewEvent { kind: "t.v1".into(), clear: "{}".into(), sealed: Some(vec![1; 9]) };
    let append = Append {
        stream: "test/1".into(),
        expected: Expected::Any,
        events: vec![event; events],
        at: At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key: None,
    };
    journal.append(append).await.unwrap();
    journal
}

/// Rewrites the journal from one record on so that everything hangs together again.
fn rewrite(journal: &MemoryJournal, from: usize) {
    journal.tamper(|records| {
        records[from].clear = "{\"altered\":true}".into();
        for index in from..records.len() {
            records[index].prev = if index == 0 { [0; 32] } else { records[index - 1].hash };
            records[index].hash = chain::hash(&records[index]);
        }
    });
}

async fn checkpoints(journal: &MemoryJournal, sizes: &[u64]) -> Vec<Head> {
    let records = journal.read_from(Position(0), 1000).await.unwrap();
    let hashes: Vec<_> = records.iter().map(|record| record.hash).collect();
    let root = |size: u64| Tree::new(&hashes[..size as usize]).root();
    sizes.iter().map(|&size| Head { size, root: root(size) }).collect()
}

#[tokio::test]
async fn an_empty_journal_is_sound_and_has_the_empty_root() {
    let empty = MemoryJournal::default();
    let head = Head { size: 0, root: chain::digest(b"") };
    let report = verify(&empty, [head], |_| None).await.unwrap();
    assert!(report.is_sound());
    assert_eq!((report.records, report.checkpoints, report.root), (0, 1, head.root));
}

#[tokio::test]
async fn a_journal_written_anew_is_found_at_the_first_checkpoint_after_it() {
    let journal = journal(30).await;
    let kept = checkpoints(&journal, &[20, 5, 10, 30]).await;
    let sound = verify(&journal, kept.clone(), |_| None).await.unwrap();
    assert_eq!((sound.bad, sound.checkpoints), (None, 4));
    rewrite(&journal, 12);
    assert!(verify(&journal, [], |_| None).await.unwrap().is_sound(), "the chain cannot tell");
    let report = verify(&journal, kept, |_| None).await.unwrap();
    let bad = report.bad.unwrap();
    assert_eq!((bad.position, bad.wrong), (Position(20), Wrong::Checkpoint));
    assert_eq!(report.checkpoints, 2);
}

#[tokio::test]
async fn a_version_out_of_turn_is_found_though_the_chain_hangs_together() {
    let journal = journal(5).await;
    journal.tamper(|records| records[3].version = 9);
    rewrite(&journal, 3);
    let bad = verify(&journal, [], |_| None).await.unwrap().bad.unwrap();
    assert_eq!((bad.position, bad.wrong), (Position(4), Wrong::Version));
}

#[tokio::test]
async fn the_report_names_the_event_and_counts_what_is_erased() {
    let journal = journal(6).await;
    journal.tamper(|records| records[1].sealed = None);
    let erased = |r: &Recorded| (r.position.0 <= 3).then(|| "casework".to_owned());
    let report = verify(&journal, [], erased).await.unwrap();
    let text = report.to_string();
    for line in [
        "journal is sound",
        "records                  6",
        "casework               3",
        "not yet deleted  2",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
    journal.tamper(|records| records[4].actor = "staff/9".into());
    let text = verify(&journal, [], erased).await.unwrap().to_string();
    assert!(text.contains("DAMAGED at event 5 of test/1: its fields were altered"), "{text}");
}
