//! `sightline serve`: the service, until it is told to stop or the journal says that it must.

use super::Done;
use crate::house::House;
use crate::settings::Settings;
use std::net::SocketAddr;
use std::process::ExitCode;

/// Exit code when the journal stopped acknowledging: the supervisor starts us anew, and the
/// truth is read from the disk (EX_IOERR of sysexits).
const JOURNAL_STOPPED: u8 = 74;

/// Runs the service.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// Where pages are served; outranks the configuration.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Where media is served; outranks the configuration.
    #[arg(long)]
    udp: Option<SocketAddr>,
    /// Ends when its input closes: with the program that started it, however that ends.
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

pub(crate) async fn run(mut settings: Settings, arguments: Arguments) -> Done {
    listen_as_told(&mut settings, &arguments);
    start_logging(&settings);
    let house = House::open(&settings).await?;
    println!("Sightline listens on {}", settings.origin);
    serve(house, &arguments).await
}

/// Serves until told to stop.
pub(crate) async fn serve(house: House, arguments: &Arguments) -> Done {
    let stopped = house.serve(until_told(arguments.until_stdin_closes)).await?;
    Ok(if stopped { ExitCode::from(JOURNAL_STOPPED) } else { ExitCode::SUCCESS })
}

/// Lays the arguments over the settings.
pub(crate) fn listen_as_told(settings: &mut Settings, arguments: &Arguments) {
    if let Some(listen) = arguments.listen {
        // A loopback origin follows the port; a force's own host is set on purpose.
        if settings.origin == format!("http://{}", settings.listen) {
            settings.origin = format!("http://{listen}");
        }
        settings.listen = listen;
    }
    if let Some(udp) = arguments.udp {
        settings.media.udp = udp;
    }
}

/// Logs as JSON lines, one event each; set by `log`.
pub(crate) fn start_logging(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(format!(
        "warn,{}",
        ["server", "engine", "ui", "room", "room_host", "journal_sqlite", "journal_postgres"]
            .map(|name| format!("{name}={}", settings.log))
            .join(",")
    ));
    let logger = tracing_subscriber::fmt().json().with_env_filter(filter);
    // A second start in one process keeps the first logger.
    let _ = logger.with_writer(std::io::stderr).try_init();
}

async fn until_told(or_stdin_closes: bool) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        () = stdin_closes(), if or_stdin_closes => {}
    }
}

/// Reads away whatever comes, on a thread of its own: it cannot be waited for otherwise.
async fn stdin_closes() {
    let (closed, closes) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        // Nobody waits any more when the service ends first.
        let _ = closed.send(());
    });
    let _ = closes.await;
}
