//! Many schedules, on as many threads as there are processors.

use crate::schedule::{Played, Tally, play};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What came of all of them.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Summary {
    /// How many were played.
    pub schedules: u64,
    /// What they did together.
    #[serde(flatten)]
    pub tally: Tally,
    /// How many found something.
    pub violations: u64,
    /// How long it took, as whoever holds a clock says.
    pub seconds: f64,
}

impl Summary {
    fn add(&mut self, played: &Played) {
        let (all, one) = (&mut self.tally, &played.tally);
        all.steps += one.steps;
        all.crashes += one.crashes;
        all.restores += one.restores;
        all.jumps += one.jumps;
        all.holds += one.holds;
        all.ended += one.ended;
        self.schedules += 1;
        self.violations += u64::from(played.broken.is_some());
    }
}

/// Plays one schedule on a runtime of its own.
pub fn one(seed: u64) -> std::io::Result<Played> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(play(seed)))
}

/// Plays them all; `heard` hears of each with the figures so far.
pub fn many(
    seeds: &[u64],
    threads: usize,
    heard: impl Fn(&Summary, &Played) + Sync,
) -> std::io::Result<Summary> {
    let next = AtomicU64::new(0);
    let summary = Mutex::new(Summary::default());
    let work = || -> std::io::Result<()> {
        while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::SeqCst) as usize) {
            let played = one(*seed)?;
            let mut summary = summary.lock().expect("no holder panics");
            summary.add(&played);
            heard(&summary, &played);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        all.into_iter().try_for_each(|one| one.join().expect("a schedule reports, never panics"))
    })?;
    Ok(summary.into_inner().expect("no holder panics"))
}
