//! Everything `make test` runs, in order: it stops at the first step that fails, shows where
//! the time went, and closes with one line that counts the tests.

use crate::{Outcome, assets, cargo, e2e, node, postgres, setup, shell, tally::Tally};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One step: its name, and what it does; tests it counts go into the tally.
type Step = (&'static str, fn(&mut Tally) -> Outcome);

const STEPS: &[Step] = &[
    ("setup", |_| setup::run(&[])),
    ("fmt", |_| shell::run(&mut cargo::cargo(&["fmt", "--all", "--", "--check", "--color=never"]))),
    ("assets", |_| assets::run()),
    ("web", web),
    ("clippy", |_| shell::run(&mut cargo::cargo(CLIPPY))),
    ("test", tests),
    ("build", |_| cargo::sightline(cargo::Profile::Dev).map(drop)),
    ("e2e", |tally| {
        *tally += e2e::play(cargo::Profile::Dev)?;
        Ok(())
    }),
];

const CLIPPY: &[&str] =
    &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];

/// Runs every step, or those named.
pub(crate) fn run(names: &[&str]) -> ExitCode {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|(step, _)| step != *name)) {
        let known: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
        eprintln!("xtask: no step is called {unknown}; there are {}", known.join(", "));
        return ExitCode::FAILURE;
    }
    let wanted = |name: &str| names.is_empty() || names.contains(&name);
    let steps: Vec<Step> = STEPS.iter().copied().filter(|(name, _)| wanted(name)).collect();
    let counts = steps.iter().any(|(name, _)| ["test", "e2e"].contains(name));
    let (good, report) = play(&steps, counts);
    println!("{report}");
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays the steps; gives whether all went well, and what to print at the end.
fn play(steps: &[Step], counts: bool) -> (bool, String) {
    let mut tally = Tally::default();
    let mut table = String::from("\nstep          seconds\n");
    let mut failure = None;
    for (name, step) in steps {
        println!("\n==> {name}");
        let start = Instant::now();
        let outcome = step(&mut tally);
        table += &row(name, start.elapsed(), outcome.is_ok());
        if let Err(why) = outcome {
            failure = Some(format!("\nThe step `{name}` failed: {why}\n"));
            break;
        }
    }
    if failure.is_none() && counts && tally.passed == 0 {
        failure = Some("\nNo test ran.\n".to_owned());
    }
    // A run that failed anywhere never closes on a line that says nothing failed.
    if failure.is_some() && tally.failed == 0 {
        tally.failed = 1;
    }
    let good = tally.failed == 0;
    (good, format!("{table}{}\n{tally}", failure.unwrap_or_default()))
}

fn row(name: &str, took: Duration, good: bool) -> String {
    let mark = if good { "" } else { "  FAILED" };
    format!("{name:<12} {:>8.1}{mark}\n", took.as_secs_f64())
}

/// Types and tests of the browser's code, where web/ has them.
fn web(tally: &mut Tally) -> Outcome {
    for script in ["check", "test"] {
        node::script("web", script, tally)?;
    }
    Ok(())
}

/// Every Rust test, beside a PostgreSQL of their own.
fn tests(tally: &mut Tally) -> Outcome {
    let database = postgres::Cluster::for_tests()?;
    let mut tests = cargo::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    tests.env(postgres::VARIABLE, database.url());
    shell::watch(&mut tests, |line| tally.see(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = ("good", |tally| {
        tally.passed += 2;
        Ok(())
    });
    const BAD: Step = ("bad", |_| Err("it broke".to_owned()));

    #[test]
    fn a_good_run_closes_on_its_count_alone_on_the_last_line() {
        let (good, report) = play(&[GOOD, GOOD], true);
        assert!(good);
        assert_eq!(report.lines().last(), Some("4 passed, 0 failed"));
    }

    #[test]
    fn a_failed_step_ends_the_run_and_is_named_and_counted() {
        let (good, report) = play(&[GOOD, BAD, GOOD], true);
        assert!(!good);
        assert!(report.contains("The step `bad` failed: it broke"), "{report}");
        assert_eq!(report.lines().last(), Some("2 passed, 1 failed"));
    }

    #[test]
    fn a_run_without_tests_has_failed() {
        let (good, report) = play(&[("empty", |_| Ok(()))], true);
        assert!(!good);
        assert_eq!(report.lines().last(), Some("0 passed, 1 failed"));
    }
}
