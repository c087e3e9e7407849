//! The one place that reads the wall clock, and the one that reads the clock beside it that
//! nobody sets.

use kernel::At;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use vault::Steady;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> At;
    /// A clock that nobody sets, to hold the other against.
    fn steady(&self) -> Steady;
    /// Whether somebody keeps the wall clock right since the machine was started.
    fn is_kept_right(&self) -> bool;
}

/// Made by the machine's time service once it has set the clock, and gone with every start.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";

/// The wall clock, beside the time since this machine was started.
pub struct SystemClock {
    boot: u64,
    /// How long the machine ran when this was made, and the instant of that.
    anchor: (Duration, std::time::Instant),
}

impl SystemClock {
    /// Reads which start of the machine this is, and how long ago that was.
    #[expect(clippy::disallowed_methods, reason = "this is the one steady clock")]
    pub fn new() -> Self {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let hex: String = id.chars().filter(char::is_ascii_hexdigit).take(16).collect();
        let boot = u64::from_str_radix(&hex, 16).unwrap_or_default();
        let uptime = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
        let since = uptime.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0.0);
        let since = Duration::try_from_secs_f64(since).unwrap_or_default();
        Self { boot, anchor: (since, std::time::Instant::now()) }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one wall clock")]
    fn now(&self) -> At {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        At(since.unwrap_or_default().as_micros() as i64)
    }

    fn steady(&self) -> Steady {
        Steady { boot: self.boot, since: self.anchor.0 + self.anchor.1.elapsed() }
    }

    fn is_kept_right(&self) -> bool {
        std::path::Path::new(SYNCHRONISED).exists()
    }
}

/// A clock that somebody moves: tests stand it still, rehearsals and drills shift the wall clock.
pub struct MovedClock {
    system: Option<SystemClock>,
    offset: AtomicI64,
    /// What the steady clock of a machine that stands still says, in microseconds.
    steady: AtomicI64,
    boot: AtomicU64,
    kept_right: AtomicBool,
}

impl MovedClock {
    /// Stands still at `at` until moved.
    pub const fn still(at: At) -> Self {
        Self {
            system: None,
            offset: AtomicI64::new(at.0),
            steady: AtomicI64::new(0),
            boot: AtomicU64::new(1),
            kept_right: AtomicBool::new(false),
        }
    }

    /// Runs with the wall clock until moved.
    pub fn running() -> Self {
        Self {
            system: Some(SystemClock::new()),
            offset: AtomicI64::new(0),
            steady: AtomicI64::new(0),
            boot: AtomicU64::new(1),
            kept_right: AtomicBool::new(false),
        }
    }

    /// Lets time pass: both clocks go on together.
    pub fn advance(&self, span: Duration) {
        self.jump(span);
        self.steady.fetch_add(span.as_micros() as i64, Ordering::SeqCst);
    }

    /// Sets the wall clock forward, and no time has passed.
    pub fn jump(&self, span: Duration) {
        self.offset.fetch_add(span.as_micros() as i64, Ordering::SeqCst);
    }

    /// Sets the wall clock back, and no time has passed.
    pub fn rewind(&self, span: Duration) {
        self.offset.fetch_sub(span.as_micros() as i64, Ordering::SeqCst);
    }

    /// Starts the machine anew: the steady clock begins again, and somebody keeps the wall clock
    /// right from then on or nobody does.
    pub fn reboot(&self, kept_right: bool) {
        self.kept_right.store(kept_right, Ordering::SeqCst);
        self.boot.fetch_add(1, Ordering::SeqCst);
        self.steady.store(0, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> At {
        let base = self.system.as_ref().map_or(0, |clock| clock.now().0);
        At(base + self.offset.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Steady {
        let base = self.system.as_ref().map_or(Duration::ZERO, |clock| clock.steady().since);
        let moved = self.steady.load(Ordering::SeqCst).max(0) as u64;
        Steady {
            boot: self.boot.load(Ordering::SeqCst),
            since: base + Duration::from_micros(moved),
        }
    }

    fn is_kept_right(&self) -> bool {
        self.kept_right.load(Ordering::SeqCst)
    }
}
