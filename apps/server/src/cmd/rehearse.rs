//! `sightline rehearse`: synthetic people go the whole way from report to outcome, on a fresh
//! service in a process of its own unless told otherwise.

use super::Done;
use crate::checkpoints::Checkpoints;
use crate::demo::DemoClock;
use crate::settings::Settings;
use crate::store::Store;
use rehearsal::{Certified, Plan, Report, Server, Site, Watch};
use std::error::Error;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

/// How often the progress line is drawn.
const DRAW: Duration = Duration::from_millis(200);
/// Characters of the bar.
const BAR: usize = 24;

/// Rehearses.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many calls at once, each with an officer of its own.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(
        1..=i64::from(rehearsal::limits::CALLS_MAX)))]
    calls: u32,
    /// How many seconds each lasts, face to face.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(
        4..=i64::from(rehearsal::limits::SECONDS_MAX)))]
    seconds: u32,
    /// How many disclosures by video are made after the calls; then time passes until their
    /// recordings are gone, and what proves it is verified. Needs a fresh service: nobody else's
    /// clock is moved.
    #[arg(long, default_value_t = 0, conflicts_with = "against",
        value_parser = clap::value_parser!(u32).range(
            0..=i64::from(rehearsal::limits::DISCLOSURES_MAX)))]
    disclosures: u32,
    /// After the calls a weekend: so many incidents go through the whole of the casework, while
    /// time passes from Saturday night to Monday morning. Needs a fresh service.
    #[arg(long, num_args = 0..=1, default_missing_value = "500", default_value_t = 0,
        conflicts_with = "against", value_parser = clap::value_parser!(u32).range(
            0..=i64::from(rehearsal::limits::WEEKEND_MAX)))]
    weekend: u32,
    /// A demonstration that runs already, instead of a fresh service.
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// Prints one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: Settings, arguments: Arguments) -> Done {
    let Arguments { calls, seconds, disclosures, weekend, against, json } = arguments;
    let plan = Plan { calls, seconds, disclosures, weekend };
    let more = rehearsal::applications(disclosures) + weekend;
    let watch = Watch::of(calls).and_applications(more);
    let watch = Arc::new(watch);
    let drawing =
        (!json && std::io::stderr().is_terminal()).then(|| tokio::spawn(draw(watch.clone())));
    let rehearsed = match &against {
        Some(url) => against_running(url, plan, watch).await,
        None => against_fresh(settings, plan, watch).await,
    };
    if let Some(drawing) = drawing {
        drawing.abort();
        eprint!("\r\x1b[K");
    }
    let report = rehearsed?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Rehearsed = Result<Report, Box<dyn Error + Send + Sync>>;

async fn against_running(url: &str, plan: Plan, watch: Arc<Watch>) -> Rehearsed {
    let site = Site::at(url)?;
    let tally = rehearsal::rehearse(&site, plan, watch, None).await?;
    Ok(Report::of(&tally).with_journal(rehearsal::journal(&site).await?))
}

/// A fresh service on a directory that is gone afterwards; its journal is verified once the
/// process that wrote it has ended.
pub(crate) async fn against_fresh(settings: Settings, plan: Plan, watch: Arc<Watch>) -> Rehearsed {
    let data = tempfile::tempdir()?;
    let server = Server::start(&std::env::current_exe()?, data.path())
        .await
        .inspect_err(|_| show_log(data.path()))?;
    let (origin, process) = (server.origin(), server.process());
    let rehearsed = rehearsal::rehearse(&Site::at(&origin)?, plan, watch, Some(process)).await;
    let stopped = server.stop().await;
    if rehearsed.is_err() || stopped.is_err() {
        show_log(data.path());
    }
    stopped?;
    let mut tally = rehearsed?;
    let journal = Verified::of(settings, data.path(), &origin).await?;
    if let Some(forgotten) = &mut tally.forgotten {
        verify_apart(&mut forgotten.certificates, &journal.key)?;
    }
    Ok(Report::of(&tally).with_journal((journal.events, journal.sound)))
}

/// The journal of a service that has ended, looked at from this process.
struct Verified {
    /// How many events it has.
    events: u64,
    /// Whether it is sound.
    sound: bool,
    /// The line of the key that signs for it.
    key: String,
}

impl Verified {
    async fn of(
        mut settings: Settings,
        data: &Path,
        origin: &str,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        settings.data = data.to_owned();
        settings.keys.mirror = data.join("keys-mirror");
        settings.journal.postgres.clear();
        origin.clone_into(&mut settings.origin);
        // As late as it was there: time may have been let pass.
        let clock = DemoClock::of(data).clock();
        let store = Store::with_clock(&settings, clock).await?;
        let checkpoints = Checkpoints::of(&settings, &store)?;
        // One more checkpoint, so that at least one signature is checked.
        checkpoints.sign_now(&*store.journal).await?;
        let report = super::journal::verify(&store, &checkpoints).await?;
        let key = checkpoints.signer().line();
        Ok(Self { events: report.records, sound: report.is_sound(), key })
    }
}

/// Has each certificate verified by a process that knows nothing but the file and the key.
fn verify_apart(
    certificates: &mut [Certified],
    key: &str,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let elsewhere = tempfile::tempdir()?;
    for (at, one) in certificates.iter_mut().enumerate() {
        let file = elsewhere.path().join(format!("{at}.json"));
        std::fs::write(&file, &one.bytes)?;
        let mut program = Command::new(std::env::current_exe()?);
        program.current_dir(&elsewhere).args(["retention", "verify"]).arg(&file);
        let said = program.args(["--key", key]).output()?;
        one.verified = said.status.success();
        if !one.verified {
            eprint!("{}: {}", one.epoch, String::from_utf8_lossy(&said.stdout));
        }
    }
    Ok(())
}

/// The end of the server's log: the directory will be gone.
fn show_log(data: &Path) {
    let log = std::fs::read_to_string(data.join("server.log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    for line in &lines[lines.len().saturating_sub(20)..] {
        eprintln!("server: {line}");
    }
}

async fn draw(watch: Arc<Watch>) {
    loop {
        let full = (watch.share() * BAR as f64) as usize;
        let bar = format!("{}{}", "━".repeat(full), "╌".repeat(BAR.saturating_sub(full)));
        eprint!("\r\x1b[K{bar} {watch}");
        let _ = std::io::stderr().flush();
        tokio::time::sleep(DRAW).await;
    }
}
