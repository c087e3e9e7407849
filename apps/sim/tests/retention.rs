//! The committed seeds are played: each once found something, or reaches a corner that most do
//! not. The many are for `cargo xtask nightly`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use sim::runs;

/// The seeds, one a line; what stands behind a `#` is said to people.
const SEEDS: &str = include_str!("../seeds/retention.txt");

fn seeds() -> Vec<u64> {
    let lines = SEEDS.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(|line| line.parse().unwrap()).collect()
}

#[test]
fn every_committed_schedule_forgets_on_time_and_nothing_before() {
    let seeds = seeds();
    assert!(seeds.len() >= 100, "a few hundred");
    let broken = std::sync::Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let summary = runs::many(&seeds, threads, |_, played| {
        if let Some((step, why)) = &played.broken {
            let line = format!("seed {} step {step}: {why}", played.seed);
            broken.lock().unwrap().push(line);
        }
    });
    let tally = summary.unwrap().tally;
    assert_eq!(broken.into_inner().unwrap(), Vec::<String>::new());
    let all = [tally.crashes, tally.restores, tally.jumps, tally.holds, tally.ended];
    assert!(all.iter().all(|count| *count >= 100), "{tally:?}");
}

#[test]
fn the_same_seed_plays_the_same_schedule() {
    for seed in seeds().into_iter().take(20) {
        let (first, again) = (runs::one(seed).unwrap(), runs::one(seed).unwrap());
        assert_eq!(first.words, again.words, "seed {seed}");
        assert_eq!(first.trace, again.trace, "seed {seed}");
    }
}
