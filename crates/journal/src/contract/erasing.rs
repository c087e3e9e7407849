//! What erasing takes, what it leaves, and that it does not come back.

use super::{Rig, all, append, report};
use crate::tree::Head;
use crate::{Append, EraseFault, Expected, Journal, NewEvent, Position, Recorded, verify};
use kernel::At;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Erases, and asks again while a reader keeps a copy alive.
async fn erase(journal: &dyn Journal, positions: &[u64]) -> u64 {
    let positions: Vec<_> = positions.iter().copied().map(Position).collect();
    let first = journal.erase(&positions).await;
    for _ in 0..100 {
        match journal.erase(&positions).await {
            Ok(again) => {
                assert_eq!(again, 0, "once is for good");
                break;
            }
            Err(EraseFault::Lingers { erased: 0 }) => {}
            Err(fault) => panic!("{fault}"),
        }
    }
    match first {
        Ok(erased) | Err(EraseFault::Lingers { erased }) => erased,
        Err(fault) => panic!("{fault}"),
    }
}

fn without_bytes(records: &[Recorded], gone: &[u64]) -> Vec<Recorded> {
    let mut records = records.to_vec();
    for position in gone {
        records[*position as usize - 1].sealed = None;
    }
    records
}

pub(super) async fn what_is_erased_is_gone_and_everything_else_stays(rig: &impl Rig) {
    let journal = rig.open().await;
    let large = NewEvent {
        kind: "test.happened.v1".into(),
        clear: "{}".into(),
        sealed: Some(vec![9; 100_000]),
    };
    let plain = NewEvent { sealed: None, ..large.clone() };
    for stream in ["a/1", "b/1"] {
        journal.append(append(stream, 3)).await.expect("it is acknowledged");
    }
    let last = Append { events: vec![large, plain], ..append("a/1", 1) };
    journal.append(last).await.expect("it is acknowledged");
    let (before, whole) = (all(&*journal).await, report(&*journal).await);
    // Unknown, never sealed, named twice: each is passed over.
    let gone = [2, 4, 7, 8, 2, 0, 900, u64::MAX];
    assert_eq!(erase(&*journal, &gone).await, 3);
    let expected = without_bytes(&before, &[2, 4, 7]);
    assert_eq!(all(&*journal).await, expected);
    let of_a: Vec<_> = expected.iter().filter(|r| r.stream == "a/1").cloned().collect();
    assert_eq!(journal.load("a/1", 0, 100).await.expect("the store answers"), of_a);
    let head = Head { size: 8, root: whole.root };
    let class = |r: &Recorded| (r.position.0 <= 4).then(|| "casework".to_owned());
    let verified = verify::verify(&*journal, [head], class).await.expect("the store answers");
    assert!(verified.is_sound(), "{verified}");
    assert_eq!((verified.sealed, verified.deleted, verified.unexplained), (4, 3, 1));
    assert_eq!((verified.erased.get("casework"), verified.undropped), (Some(&4), 2));
    drop(journal);
    rig.close().await;
    let journal = rig.open().await;
    assert_eq!(all(&*journal).await, expected, "also after reopening");
    let next = Append { at: At(1), expected: Expected::Version(5), ..append("a/1", 1) };
    let done = journal.append(next).await.expect("the chain goes on");
    assert_eq!((done.first, done.version), (Position(9), 6));
    assert!(report(&*journal).await.is_sound());
    rig.close().await;
}

pub(super) async fn erasing_among_appends_disturbs_neither(rig: &impl Rig) {
    const WRITERS: u64 = 8;
    const ROUNDS: u64 = 10;
    let journal = rig.open().await;
    let mut running = JoinSet::new();
    for writer in 0..WRITERS {
        let journal = Arc::clone(&journal);
        running.spawn(async move {
            for round in 0..ROUNDS {
                let appended = journal.append(append(&format!("own/{writer}"), 2)).await;
                let first = appended.expect("it is acknowledged").first;
                if round % 2 == 0 {
                    let erased = journal.erase(&[first]).await;
                    let one = matches!(erased, Ok(1) | Err(EraseFault::Lingers { erased: 1 }));
                    assert!(one, "{erased:?}");
                }
            }
        });
    }
    running.join_all().await;
    let verified = report(&*journal).await;
    assert!(verified.is_sound(), "{verified}");
    let erased = WRITERS * ROUNDS / 2;
    assert_eq!((verified.records, verified.deleted), (2 * WRITERS * ROUNDS, erased));
    assert_eq!(verified.sealed, verified.records - erased);
    rig.close().await;
}
