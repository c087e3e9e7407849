//! All automation: what `make` calls, what CI runs, what keeps the house tidy. Nothing here is
//! part of the service, and nothing of the service is linked here.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers: it reads the environment, times its steps and prints"
)]

mod assets;
mod bench;
mod cargo;
mod ci;
mod demo;
mod e2e;
mod house;
mod new_capability;
mod nightly;
mod node;
mod postgres;
mod setup;
mod shell;
mod tally;
mod tidy;

use std::process::ExitCode;

/// What a step gives back: nothing, or why not, in words for whoever ran it.
pub(crate) type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "\
cargo xtask COMMAND

  ci [STEP…]               everything `make test` runs, or only these steps of it
  setup [--browser] [--postgres] [--media]
                           check the tools; install what is missing from Debian's packages
                           (all three kinds when none is named)
  assets                   build web/dist/ when its inputs changed
  tidy                     print what is untidy (UPDATE=1 rewrites docs/generated/arrows.txt)
  new-capability NAME      lay out capabilities/NAME and name it where it must be named
  postgres [COMMAND…]      run COMMAND (or wait for Ctrl-C) beside a throwaway PostgreSQL,
                           its address in SIGHTLINE_TEST_POSTGRES
  e2e [--release]          play the journeys of e2e/ in a real browser
  bench                    measure, and write bench/results/latest.json
  nightly [ARGUMENT…]      play 100,000 schedules of forgetting in release
                           (`--json`, another `--seed`, fewer `--schedules`)
  demo [ARGUMENT…]         build everything to be shown and execute `sightline demo`";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["ci", steps @ ..] => return ci::run(steps),
        ["setup", kinds @ ..] => setup::run(kinds),
        ["assets"] => assets::run(),
        ["tidy"] => tidy::run(),
        ["new-capability", name] => new_capability::run(&house::root(), name),
        ["postgres", command @ ..] => postgres::run(command),
        ["e2e"] => e2e::run(cargo::Profile::Dev),
        ["e2e", "--release"] => e2e::run(cargo::Profile::Release),
        ["bench"] => bench::run(),
        ["nightly", rest @ ..] => nightly::run(rest),
        ["demo", rest @ ..] => demo::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command: {}\n\n{USAGE}", words.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
