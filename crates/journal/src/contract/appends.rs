//! What one append after another does.

use super::{Rig, all, append, keyed, report};
use crate::{Append, AppendFault, Appended, Expected, NewEvent, Position, limits};
use kernel::At;

pub(super) async fn positions_and_versions_are_dense(rig: &impl Rig) {
    let journal = rig.open().await;
    assert_eq!(journal.head().await.expect("the store answers"), Position(0));
    let mut last = 0;
    for (stream, events, version) in [("a/1", 1, 1), ("b/1", 3, 3), ("a/1", 2, 3), ("b/1", 1, 4)] {
        let done = journal.append(append(stream, events)).await.expect("it is acknowledged");
        let first = Position(last + 1);
        last += events as u64;
        let expected = Appended { first, last: Position(last), version, repeated: false };
        assert_eq!(done, expected);
    }
    let records = all(&*journal).await;
    let places: Vec<_> = records.iter().map(|r| (r.position.0, &*r.stream, r.version)).collect();
    let a = "a/1";
    let b = "b/1";
    let expected = [(1, a, 1), (2, b, 1), (3, b, 2), (4, b, 3), (5, a, 2), (6, a, 3), (7, b, 4)];
    assert_eq!(places, expected);
    assert_eq!(journal.head().await.expect("the store answers"), Position(7));
    rig.close().await;
}

pub(super) async fn what_was_appended_comes_back_whole(rig: &impl Rig) {
    let journal = rig.open().await;
    let appended = Append {
        stream: "person/Ünïcode-🦀-\u{202e}".into(),
        expected: Expected::Version(0),
        events: vec![
            NewEvent { kind: "k.v1".into(), clear: String::new(), sealed: None },
            NewEvent { kind: "k.v2".into(), clear: "'; \"\\\n\u{1}".into(), sealed: Some(vec![]) },
            NewEvent {
                kind: "k.v3".into(),
                clear: "x".repeat(limits::CLEAR_BYTES_MAX),
                sealed: Some((0..limits::SEALED_BYTES_MAX).map(|n| n as u8).collect()),
            },
        ],
        at: At(-1),
        actor: "staff/1".into(),
        purpose: String::new(),
        key: Some("k".repeat(limits::NAME_BYTES_MAX)),
    };
    journal.append(appended.clone()).await.expect("it is acknowledged");
    let later = Append { at: At(i64::MAX), ..append("b/1", 1) };
    journal.append(later).await.expect("it is acknowledged");
    let records = all(&*journal).await;
    assert_eq!(records.len(), 4);
    for (record, event) in records.iter().zip(&appended.events) {
        assert_eq!((&record.stream, &record.kind), (&appended.stream, &event.kind));
        assert_eq!((record.at, &record.actor), (appended.at, &appended.actor));
        assert_eq!((&record.purpose, &record.clear), (&appended.purpose, &event.clear));
        assert_eq!(record.sealed, event.sealed);
    }
    assert_eq!(records[3].at, At(i64::MAX));
    assert!(report(&*journal).await.is_sound());
    rig.close().await;
}

pub(super) async fn a_wrong_version_conflicts_and_writes_nothing(rig: &impl Rig) {
    let journal = rig.open().await;
    let expecting =
        |version, events| Append { expected: Expected::Version(version), ..append("a/1", events) };
    journal.append(expecting(0, 2)).await.expect("the stream is new");
    for wrong in [0, 1, 3, u64::MAX] {
        let refused = journal.append(expecting(wrong, 3)).await;
        assert!(matches!(refused, Err(AppendFault::Conflict { actual: 2 })), "{refused:?}");
    }
    assert_eq!(all(&*journal).await.len(), 2);
    let done = journal.append(expecting(2, 1)).await.expect("that is its version");
    assert_eq!((done.first, done.version), (Position(3), 3));
    rig.close().await;
}

pub(super) async fn a_key_means_one_append_also_after_reopening(rig: &impl Rig) {
    let journal = rig.open().await;
    assert_eq!(journal.find("once").await.expect("the store answers"), None);
    let first = journal.append(keyed("a/1", "once")).await.expect("it is acknowledged");
    journal.append(append("a/1", 1)).await.expect("it is acknowledged");
    let expected = Appended { repeated: true, ..first };
    let again = journal.append(keyed("a/1", "once")).await.expect("it was done before");
    assert_eq!(again, expected);
    // The key stands above the version: the retry of an append that moved the stream on.
    let retried = Append { expected: Expected::Version(0), ..keyed("a/1", "once") };
    assert_eq!(journal.append(retried).await.expect("it was done before"), expected);
    // An append that was refused has not used its key up.
    let refused = Append { expected: Expected::Version(9), ..keyed("a/1", "twice") };
    journal.append(refused).await.expect_err("that is not its version");
    assert_eq!(journal.find("twice").await.expect("the store answers"), None);
    drop(journal);
    rig.close().await;
    let journal = rig.open().await;
    assert_eq!(journal.find("once").await.expect("the store answers"), Some(expected));
    let again = journal.append(keyed("a/1", "once")).await.expect("it was done before");
    assert_eq!(again, expected);
    assert_eq!(journal.head().await.expect("the store answers"), Position(2));
    rig.close().await;
}

pub(super) async fn an_append_over_a_limit_writes_nothing(rig: &impl Rig) {
    let journal = rig.open().await;
    let good = || append("a/1", 2);
    let with = |change: &dyn Fn(&mut Append)| {
        let mut append = good();
        change(&mut append);
        append
    };
    let long = || "x".repeat(limits::NAME_BYTES_MAX + 1);
    let over = [
        with(&|a| a.events.clear()),
        append("a/1", limits::EVENTS_MAX + 1),
        with(&|a| a.stream = long()),
        with(&|a| a.key = Some(long())),
        with(&|a| a.actor = long()),
        with(&|a| a.purpose = long()),
        with(&|a| a.events[1].kind = long()),
        with(&|a| a.events[1].clear = "x".repeat(limits::CLEAR_BYTES_MAX + 1)),
        with(&|a| a.events[1].sealed = Some(vec![0; limits::SEALED_BYTES_MAX + 1])),
        with(&|a| {
            a.events = vec![a.events[0].clone(); limits::EVENTS_MAX];
            a.events.iter_mut().for_each(|e| e.sealed = Some(vec![0; 100_000]));
        }),
        with(&|a| a.stream = "a\0".into()),
        with(&|a| a.key = Some("a\0".into())),
        with(&|a| a.events[1].clear = "a\0".into()),
    ];
    for append in over {
        let refused = journal.append(append).await;
        assert!(matches!(refused, Err(AppendFault::TooLarge(_))), "{refused:?}");
    }
    assert_eq!(journal.head().await.expect("the store answers"), Position(0));
    journal.append(good()).await.expect("the journal goes on");
    rig.close().await;
}

pub(super) async fn reopening_continues_the_chain(rig: &impl Rig) {
    for round in 0..3 {
        let journal = rig.open().await;
        assert_eq!(*journal.subscribe().borrow(), Position(round * 2));
        let done = journal.append(append("a/1", 2)).await.expect("it is acknowledged");
        assert_eq!((done.first, done.version), (Position(round * 2 + 1), round * 2 + 2));
        let report = report(&*journal).await;
        assert!(report.is_sound(), "{report}");
        assert_eq!(report.records, round * 2 + 2);
        drop(journal);
        rig.close().await;
    }
}
