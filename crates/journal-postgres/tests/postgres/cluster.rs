//! A database for the tests: the one that `SIGHTLINE_TEST_POSTGRES` names, or a throwaway cluster
//! of Debian's PostgreSQL that lives as long as a test holds it. Without either the tests fail;
//! they never pass by not running.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;

/// A running server.
pub(crate) struct Cluster {
    url: String,
    running: Option<(Child, TempDir)>,
}

static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

impl Cluster {
    /// The server that the tests of this process share.
    pub(crate) fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        shared.upgrade().unwrap_or_else(|| {
            let named = std::env::var_os("SIGHTLINE_TEST_POSTGRES");
            let cluster = Arc::new(match named {
                Some(url) => Self { url: url.into_string().unwrap(), running: None },
                None => Self::start(),
            });
            *shared = Arc::downgrade(&cluster);
            cluster
        })
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Starts a server of its own, on a socket in a directory of its own.
    pub(crate) fn start() -> Self {
        let bin = newest_binaries();
        let dir = tempfile::Builder::new().prefix("sightline-pg").tempdir_in("/tmp").unwrap();
        let data = dir.path().join("data");
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(dir.path()));
        }
        let mut init = as_postgres(&bin.join("initdb"));
        run(init
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", "-D"])
            .arg(&data));
        let mut server = as_postgres(&bin.join("postgres"));
        server.arg("-D").arg(&data).arg("-k").arg(dir.path()).args(["-c", "listen_addresses="]);
        let mut child = server.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let ready = lines.any(|line| line.contains("ready to accept connections"));
        assert!(ready, "PostgreSQL did not start");
        // Its log goes on; nobody reads it, but the pipe must not fill.
        std::thread::spawn(move || lines.for_each(drop));
        let host = dir.path().display();
        let url = format!("postgres://postgres@localhost/postgres?host={host}");
        Self { url, running: Some((child, dir)) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((mut child, _dir)) = self.running.take() {
            // Interrupt: closes its connections and ends in good order.
            let pid = child.id().to_string();
            drop(Command::new("kill").args(["-INT", &pid]).status());
            drop(child.wait());
        }
    }
}

fn newest_binaries() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let with_server = found
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists());
    let version = |bin: &PathBuf| {
        let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        name.and_then(|name| name.parse::<u32>().ok())
    };
    with_server.max_by_key(version).expect(
        "PostgreSQL is not installed: `apt-get install postgresql`, or name a database in \
         SIGHTLINE_TEST_POSTGRES",
    )
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.env("LC_ALL", "C.UTF-8").current_dir("/tmp").stdin(Stdio::null());
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}
