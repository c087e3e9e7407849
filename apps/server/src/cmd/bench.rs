//! `sightline bench`: rehearsals of rising size until people wait longer than a second for a
//! face, and what each journal carries. Writes the figures and a picture of them.

use super::{Done, rehearse};
use crate::settings::Settings;
use engine::{Clock, SystemClock};
use journal::{Journal, bench::appends_per_second};
use journal_postgres::PostgresJournal;
use journal_sqlite::SqliteJournal;
use rehearsal::figures::{Appends, Figures};
use rehearsal::{Machine, Plan, Watch, limits};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// How many write at once.
const WRITERS: [usize; 4] = [1, 8, 64, 512];
/// How long each number of writers is measured.
const SPAN: Duration = Duration::from_secs(4);
/// The schema of the measured journal, apart from any other.
const SCHEMA: &str = "sightline_bench";

/// Measures this machine.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the figures go; the picture goes beside them.
    #[arg(long, default_value = "bench/results/latest.json")]
    out: PathBuf,
    /// A PostgreSQL to measure; without one only SQLite is.
    #[arg(long, env = "SIGHTLINE_TEST_POSTGRES", hide_env_values = true)]
    postgres: Option<String>,
}

pub(crate) async fn run(settings: Settings, arguments: Arguments) -> Done {
    let Arguments { out, postgres } = arguments;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let clock = SystemClock::new();
    let mut figures = Figures {
        measured_on: today(&clock),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        machine: Machine::here(),
        ..Figures::default()
    };
    climb(&settings, &clock, &mut figures).await?;
    // What is measured is kept, whatever becomes of what comes next.
    write(&out, &figures)?;
    // On the disk of the results: a temporary directory may be memory.
    let data = tempfile::tempdir_in(folder)?;
    let sqlite = SqliteJournal::open(&data.path().join("journal.db")).await?;
    measure("sqlite", Arc::new(sqlite), &mut figures).await?;
    write(&out, &figures)?;
    if let Some(address) = postgres {
        let postgres = PostgresJournal::open(&address, SCHEMA).await?;
        measure("postgres", Arc::new(postgres), &mut figures).await?;
        write(&out, &figures)?;
    }
    println!("Written: {} and its picture", out.display());
    let any = figures.calls_within_a_second > 0;
    Ok(if any { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The figures, and the picture beside them.
fn write(out: &Path, figures: &Figures) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    std::fs::write(out, format!("{}\n", serde_json::to_string_pretty(figures)?))?;
    std::fs::write(out.with_extension("svg"), rehearsal::picture::draw(figures))?;
    Ok(())
}

/// The date in universal time; the epoch when the clock is beside itself.
fn today(clock: &SystemClock) -> String {
    let now = jiff::Timestamp::from_microsecond(clock.now().0).unwrap_or_default();
    now.strftime("%Y-%m-%d").to_string()
}

async fn climb(
    settings: &Settings,
    clock: &SystemClock,
    figures: &mut Figures,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let begun = clock.now();
    for calls in limits::LADDER {
        if clock.now().since(begun) > limits::LADDER_TIME {
            println!("The time for rehearsals is over.");
            break;
        }
        let plan = Plan { calls, seconds: limits::LADDER_SECONDS, disclosures: 0, weekend: 0 };
        let watch = Arc::new(Watch::of(calls));
        let report = rehearse::against_fresh(settings.clone(), plan, watch).await?;
        let ms = report.time_to_face_ms.p95.unwrap_or_default();
        println!("{calls:>3} calls: face to face in {ms} ms for 95 % of them");
        report.problems.iter().for_each(|problem| println!("    {problem}"));
        if !figures.take(report) {
            break;
        }
    }
    Ok(())
}

async fn measure(
    backend: &str,
    journal: Arc<dyn Journal>,
    figures: &mut Figures,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    for writers in WRITERS {
        let clock = SystemClock::new();
        let now = || clock.now();
        let rate = appends_per_second(journal.clone(), writers, SPAN, &now).await?;
        println!("{backend}: {rate:.0} appends a second by {writers} writers");
        let per_second = (rate * 10.0).round() / 10.0;
        figures.appends.push(Appends { backend: backend.into(), writers, per_second });
    }
    Ok(())
}
