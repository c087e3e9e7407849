//! What many writers at once do to each other.

use super::{Rig, all, append, keyed, report};
use crate::{Append, AppendFault, Appended, Expected, Journal, Position};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::JoinSet;

async fn at_once(
    journal: &Arc<dyn Journal>,
    appends: impl IntoIterator<Item = Append>,
) -> Vec<Result<Appended, AppendFault>> {
    let mut running = JoinSet::new();
    for append in appends {
        let journal = Arc::clone(journal);
        running.spawn(async move { journal.append(append).await });
    }
    running.join_all().await
}

pub(super) async fn the_same_key_at_once_writes_once(rig: &impl Rig) {
    let journal = rig.open().await;
    let twins = (0..32).map(|_| keyed("a/1", "once"));
    let done = at_once(&journal, twins).await;
    let done: Vec<_> = done.into_iter().map(|d| d.expect("each is acknowledged")).collect();
    assert_eq!(done.iter().filter(|done| !done.repeated).count(), 1);
    assert!(done.iter().all(|done| (done.first, done.last) == (Position(1), Position(1))));
    assert_eq!(journal.head().await.expect("the store answers"), Position(1));
    rig.close().await;
}

pub(super) async fn one_of_many_at_the_same_version_wins(rig: &impl Rig) {
    let journal = rig.open().await;
    for version in 0..5 {
        let rivals =
            (0..32).map(|_| Append { expected: Expected::Version(version), ..append("a/1", 1) });
        let done = at_once(&journal, rivals).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        for lost in done.into_iter().filter_map(Result::err) {
            let AppendFault::Conflict { actual } = lost else { panic!("{lost:?}") };
            assert_eq!(actual, version + 1);
        }
    }
    assert_eq!(journal.head().await.expect("the store answers"), Position(5));
    rig.close().await;
}

pub(super) async fn sixty_four_writers_stand_in_one_order(rig: &impl Rig) {
    const WRITERS: usize = 64;
    const ROUNDS: usize = 8;
    let journal = rig.open().await;
    let mut running = JoinSet::new();
    for writer in 0..WRITERS {
        let journal = Arc::clone(&journal);
        running.spawn(async move {
            let mut done: Vec<(String, Appended)> = Vec::new();
            for round in 0..ROUNDS {
                // Every other append goes to a stream that all share.
                let own = format!("own/{writer}");
                let stream = if round % 2 == 0 { own } else { "shared/1".to_owned() };
                let appended = journal.append(append(&stream, 1 + (writer + round) % 3)).await;
                done.push((stream, appended.expect("it is acknowledged")));
                let of = |(_, done): &(String, Appended)| done.first;
                assert!(done.is_sorted_by_key(of), "a writer's own appends keep their order");
            }
            done
        });
    }
    let done: Vec<_> = running.join_all().await.into_iter().flatten().collect();
    let records = all(&*journal).await;
    let mut versions = HashMap::<&str, u64>::new();
    for (position, record) in (1..).zip(&records) {
        assert_eq!(record.position, Position(position), "dense");
        let version = versions.entry(&record.stream).or_default();
        *version += 1;
        assert_eq!(record.version, *version, "dense in {}", record.stream);
    }
    let mut covered = 0;
    for (stream, done) in &done {
        let of_append = &records[done.first.0 as usize - 1..done.last.0 as usize];
        assert!(of_append.iter().all(|record| record.stream == *stream), "all together");
        assert_eq!(of_append.last().map(|record| record.version), Some(done.version));
        covered += of_append.len();
    }
    assert_eq!(covered, records.len(), "nothing but what was acknowledged");
    let report = report(&*journal).await;
    assert!(report.is_sound(), "{report}");
    rig.close().await;
}
