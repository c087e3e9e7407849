//! What became of the promises that fell due in a period, by kind, from the engine's list.

use ::insight::figures::{Promised, promised};
use engine::{Engine, Fault};
use kernel::At;
use promise::standing::Came;
use sqlx::Row as _;
use std::collections::BTreeMap;

/// How many things can become of a promise.
pub(crate) const WAYS: usize = Came::ALL.len();

/// The lines of a period, by kind, and one for all.
pub(crate) async fn of(engine: &Engine, from: At, until: At) -> Result<Vec<Promised>, Fault> {
    let now = engine.now();
    let rows = sqlx::query(
        "SELECT owner, name, due_at, kept_at, ended_at FROM engine_promises
         WHERE due_at >= $1 AND due_at < $2 LIMIT $3",
    )
    .bind(from.0)
    .bind(until.0)
    .bind(crate::limits::PROMISES_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut kinds: BTreeMap<(String, String), [u64; WAYS]> = BTreeMap::new();
    for row in rows {
        let at = |column: usize| row.get::<Option<i64>, _>(column).map(At);
        let came = Came::of(now, At(row.get(2)), at(3), at(4));
        let name: String = row.get(1);
        let stem = name.split([':', '/', '#']).next().unwrap_or_default().to_owned();
        let place = Came::ALL.iter().position(|one| *one == came).unwrap_or_default();
        kinds.entry((row.get(0), stem)).or_insert([0; WAYS])[place] += 1;
    }
    Ok(promised(&kinds.into_iter().collect::<Vec<_>>()))
}
