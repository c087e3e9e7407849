//! What readers and followers get.

use super::{Rig, append, keyed};
use crate::{Position, limits};
use kernel::At;

pub(super) async fn reads_keep_to_their_limits(rig: &impl Rig) {
    let journal = rig.open().await;
    for _ in 0..limits::READ_MAX / limits::EVENTS_MAX {
        let full = append("a/1", limits::EVENTS_MAX);
        journal.append(full).await.expect("it is acknowledged");
    }
    for stream in ["b/1", "a/1", "b/1"] {
        journal.append(append(stream, 1)).await.expect("it is acknowledged");
    }
    let max = limits::READ_MAX as u64;
    let load = async |stream, version, limit| {
        let records = journal.load(stream, version, limit).await.expect("the store answers");
        assert!(records.iter().all(|record| record.stream == stream));
        records.into_iter().map(|record| record.version).collect::<Vec<_>>()
    };
    assert_eq!(load("b/1", 0, 10).await, [1, 2]);
    assert_eq!(load("b/1", 1, 10).await, [2]);
    assert_eq!(load("b/1", 2, 10).await, []);
    assert_eq!(load("b/1", u64::MAX, 10).await, []);
    assert_eq!(load("b", 0, 10).await, []);
    assert_eq!(load("a/1", 5, 3).await, [6, 7, 8]);
    assert_eq!(load("a/1", 0, 0).await, []);
    assert_eq!(load("a/1", 0, usize::MAX).await, (1..=max).collect::<Vec<_>>());
    assert_eq!(load("a/1", max, usize::MAX).await, [max + 1]);
    let read = async |position, limit| {
        let records = journal.read_from(Position(position), limit).await;
        let records = records.expect("the store answers");
        records.into_iter().map(|record| record.position.0).collect::<Vec<_>>()
    };
    assert_eq!(read(0, 2).await, [1, 2]);
    assert_eq!(read(0, 0).await, []);
    assert_eq!(read(7, 2).await, [8, 9]);
    assert_eq!(read(0, usize::MAX).await, (1..=max).collect::<Vec<_>>());
    assert_eq!(read(max + 1, usize::MAX).await, [max + 2, max + 3]);
    assert_eq!(read(max + 3, 5).await, []);
    assert_eq!(read(u64::MAX, 5).await, []);
    rig.close().await;
}

pub(super) async fn followers_see_what_was_acknowledged(rig: &impl Rig) {
    let journal = rig.open().await;
    let mut head = journal.subscribe();
    let stopped = journal.stopped();
    assert_eq!(*head.borrow_and_update(), Position(0));
    let done = journal.append(append("a/1", 3)).await.expect("it is acknowledged");
    let seen = *head.wait_for(|head| *head >= done.last).await.expect("the journal is open");
    // Acknowledged and announced means that a reader has it, at once and whole.
    let records = journal.read_from(Position(0), 10).await.expect("the store answers");
    assert_eq!(records.len() as u64, seen.0);
    assert!(!*stopped.borrow());
    rig.close().await;
}

pub(super) async fn every_key_comes_once_and_in_pages(rig: &impl Rig) {
    let journal = rig.open().await;
    journal.append(append("a/1", 2)).await.expect("it is acknowledged");
    let mut expected = std::collections::BTreeMap::new();
    for name in ["b", "a/9", "\u{e9}", "Z", "a/10", "zz"] {
        let done = journal.append(keyed("a/1", name)).await.expect("it is acknowledged");
        expected.insert(name.to_owned(), done);
    }
    let mut found = std::collections::BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = journal.keys(&after, 4).await.expect("the store answers");
        let Some((last, _)) = page.last() else { break };
        assert!(page.len() <= 4);
        after.clone_from(last);
        for (name, done) in page {
            assert_eq!(found.insert(name, done), None, "once");
        }
    }
    assert_eq!(found, expected);
    if let Some(clock) = journal.clock().await.expect("the store answers") {
        assert!(clock > At(1_700_000_000_000_000), "microseconds since 1970");
    }
    rig.close().await;
}
