//! `sim`: the service in simulation, from the command line. Exit 1 when a rule broke.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command that prints")]

use clap::{Parser, Subcommand};
use sim::runs::{self, Summary};
use sim::{Played, Tally};
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "The service in simulation: seed in, verdict out.")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Deadlines, crashes, restored backups, wrong clocks and holds, in any order.
    Retention {
        /// How many schedules.
        #[arg(long, default_value_t = 1000)]
        schedules: u64,
        /// The first seed; the others follow it.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Plays this seed alone, and tells it step by step.
        #[arg(long)]
        one: Option<u64>,
        /// Prints the summary as JSON.
        #[arg(long)]
        json: bool,
        /// How many at once; as many as there are processors when not said.
        #[arg(long)]
        threads: Option<usize>,
    },
}

/// A line of progress after so many schedules.
const PROGRESS_EVERY: u64 = 500;

fn main() -> ExitCode {
    let What::Retention { schedules, seed, one, json, threads } = Arguments::parse().what;
    let played = match one {
        Some(seed) => runs::one(seed).map(|played| tell(&played)),
        None => many(schedules, seed, threads, json),
    };
    match played {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("sim: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn tell(played: &Played) -> bool {
    played.words.iter().for_each(|line| println!("{line}"));
    match &played.broken {
        None => println!("seed {}: every rule held", played.seed),
        Some((step, broken)) => println!("seed {} step {step}: {broken}", played.seed),
    }
    played.broken.is_none()
}

#[expect(clippy::disallowed_methods, reason = "it says how long it took")]
fn many(schedules: u64, seed: u64, threads: Option<usize>, json: bool) -> std::io::Result<bool> {
    let begun = std::time::Instant::now();
    let seeds: Vec<u64> = (seed..seed.saturating_add(schedules)).collect();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let heard = |summary: &Summary, played: &Played| {
        if let Some((step, broken)) = &played.broken {
            eprintln!("seed {} step {step}: {broken}", played.seed);
        }
        if summary.schedules.is_multiple_of(PROGRESS_EVERY) {
            let (done, broken) = (summary.schedules, summary.violations);
            let seconds = begun.elapsed().as_secs();
            eprintln!("{done} of {schedules} schedules, {broken} violations, {seconds} s");
        }
    };
    let mut summary = runs::many(&seeds, threads.unwrap_or(processors), heard)?;
    summary.seconds = begun.elapsed().as_secs_f64();
    print(&summary, json)?;
    Ok(summary.violations == 0)
}

fn print(summary: &Summary, json: bool) -> std::io::Result<()> {
    if json {
        println!("{}", serde_json::to_string(summary)?);
        return Ok(());
    }
    let Tally { steps, crashes, restores, jumps, holds, ended } = summary.tally;
    let (schedules, violations, seconds) = (summary.schedules, summary.violations, summary.seconds);
    println!("{schedules} schedules of {steps} steps in {seconds:.0} s");
    println!("{crashes} crashes, {restores} restores, {jumps} jumps, {holds} holds");
    println!("{ended} keys ended, {violations} violations");
    Ok(())
}
