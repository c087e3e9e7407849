//! A throwaway PostgreSQL: its own folder under the temporary one, a free loopback port, no
//! password, gone at the end. It is for tests and figures, never for a force's data.

use crate::{Outcome, setup, shell};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where tests look for its address.
pub(crate) const VARIABLE: &str = "SIGHTLINE_TEST_POSTGRES";

/// How long it may take to start or to stop on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const NAME: &str = "sightline-postgres-";

/// A running cluster, stopped and removed when dropped.
pub(crate) struct Cluster {
    url: String,
    /// Nothing when somebody else's cluster is used.
    own: Option<Own>,
}

struct Own {
    server: Child,
    folder: PathBuf,
}

impl Cluster {
    /// One for tests, as careful as a force's own, since the journal refuses a server that does
    /// not sync; or the one that `SIGHTLINE_TEST_POSTGRES`
    /// names already.
    pub(crate) fn for_tests() -> Outcome<Self> {
        match std::env::var(VARIABLE) {
            Ok(url) => Ok(Self { url, own: None }),
            Err(_) => start(&[]),
        }
    }

    /// One of our own for figures, whatever else is named.
    pub(crate) fn for_figures() -> Outcome<Self> {
        start(&[])
    }

    /// `postgres://…`, as a user who may do anything in it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(own) = &mut self.own {
            own.stop();
        }
    }
}

impl Own {
    fn stop(&mut self) {
        let pid = self.server.id().to_string();
        // SIGINT is PostgreSQL's fast shutdown; the last word is the standard library's SIGKILL.
        let asked = shell::run(shell::command("kill").args(["-INT", &pid]));
        if asked.is_err() || wait(|| matches!(self.server.try_wait(), Ok(None))).is_err() {
            drop(self.server.kill());
            drop(self.server.wait());
        }
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Runs `command` beside a cluster; without one, waits for Ctrl-C.
pub(crate) fn run(command: &[&str]) -> Outcome {
    let cluster = Cluster::for_tests()?;
    println!("{VARIABLE}={}", cluster.url());
    match command {
        [] => {
            // Ctrl-C ends this process and the server alike; the next run clears the folder.
            println!("Ctrl-C stops it.");
            loop {
                std::thread::park();
            }
        }
        [program, arguments @ ..] => {
            let mut command = shell::interactive(program);
            shell::run(command.args(arguments).env(VARIABLE, cluster.url()))
        }
    }
}

/// The folder of `initdb` and `postgres`: on the path, or where Debian keeps them, newest first.
pub(crate) fn programs() -> Outcome<PathBuf> {
    let debian = Path::new("/usr/lib/postgresql");
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir(debian)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let on_path = shell::find("initdb").and_then(|file| Some(file.parent()?.to_owned()));
    let mut folders = versions.into_iter().rev().map(|(_, folder)| folder).chain(on_path);
    folders
        .find(|folder| ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file()))
        .ok_or_else(|| "no PostgreSQL: run `cargo xtask setup --postgres`".to_owned())
}

fn start(settings: &[&str]) -> Outcome<Cluster> {
    sweep();
    let programs = programs()?;
    let folder = std::env::temp_dir().join(format!("{NAME}{}", std::process::id()));
    let user = if setup::is_root() { Some(unprivileged()?) } else { None };
    make(&folder, user).map_err(|e| format!("{} cannot be made: {e}", folder.display()))?;
    let data = folder.join("data");
    let mut initdb = as_user(&programs.join("initdb"), &folder, user);
    initdb.args(["--auth=trust", "--username=sightline", "--encoding=UTF8", "--no-locale"]);
    initdb.args(["--no-sync", "--pgdata"]).arg(&data);
    shell::capture(&mut initdb)?;

    let port = free_port().map_err(|e| format!("no loopback port is free: {e}"))?;
    let log = folder.join("log");
    let file = std::fs::File::create(&log).map_err(|e| format!("{}: {e}", log.display()))?;
    let again = file.try_clone().map_err(|e| format!("{}: {e}", log.display()))?;
    let mut postgres = as_user(&programs.join("postgres"), &folder, user);
    postgres.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1"]);
    postgres.arg("-k").arg(&folder).args(["-c", "max_connections=300"]).args(settings);
    let server = postgres.stdout(Stdio::from(file)).stderr(Stdio::from(again)).spawn();
    let server = server.map_err(|e| format!("postgres cannot be started: {e}"))?;
    let mut cluster = Cluster {
        url: format!("postgres://sightline@127.0.0.1:{port}/postgres"),
        own: Some(Own { server, folder: folder.clone() }),
    };
    ready(&mut cluster, &folder.join("data/postmaster.pid"))
        .map_err(|why| format!("{why}\n{}", std::fs::read_to_string(&log).unwrap_or_default()))?;
    Ok(cluster)
}

/// Waits until the server writes in its own file that it takes connections.
fn ready(cluster: &mut Cluster, pid_file: &Path) -> Outcome {
    let own = cluster.own.as_mut().expect("a cluster just started is our own");
    wait(|| {
        let alive = matches!(own.server.try_wait(), Ok(None));
        let text = std::fs::read_to_string(pid_file).unwrap_or_default();
        alive && text.lines().last().is_none_or(|status| status.trim() != "ready")
    })?;
    match own.server.try_wait() {
        Ok(None) => Ok(()),
        Ok(Some(_)) | Err(_) => Err("PostgreSQL stopped while starting".to_owned()),
    }
}

/// Waits while `busy`, for as long as `PATIENCE`.
fn wait(mut busy: impl FnMut() -> bool) -> Outcome {
    let start = Instant::now();
    while busy() {
        if start.elapsed() > PATIENCE {
            return Err("PostgreSQL takes too long".to_owned());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// A user who is not root, since PostgreSQL refuses root: its own, or nobody.
fn unprivileged() -> Outcome<(u32, u32)> {
    let users = shell::read(Path::new("/etc/passwd"))?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| user(&users, name))
        .ok_or_else(|| "there is neither a user postgres nor nobody to run PostgreSQL".to_owned())
}

fn user(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

fn as_user(program: &Path, folder: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = shell::command(program);
    command.current_dir(folder);
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

fn make(folder: &Path, user: Option<(u32, u32)>) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    match user {
        Some((user, group)) => chown(folder, Some(user), Some(group)),
        None => Ok(()),
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Removes what a killed run of this tool left behind.
fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.strip_prefix(NAME));
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_read_from_the_list_of_users() {
        let users = "root:x:0:0::/:/bin/sh\npostgres:x:101:104::/var/lib/postgresql:/bin/sh\n";
        assert_eq!(user(users, "postgres"), Some((101, 104)));
        assert_eq!(user(users, "nobody"), None);
    }

    #[test]
    fn a_cluster_answers_on_loopback_and_leaves_nothing_behind() {
        let Ok(programs) = programs() else {
            panic!("the tests need PostgreSQL: run `cargo xtask setup --postgres`");
        };
        let cluster = start(&["-c", "fsync=off"]).unwrap();
        let folder = cluster.own.as_ref().unwrap().folder.clone();
        let psql = programs.join("psql");
        let mut ask = shell::command(psql);
        ask.args(["--no-psqlrc", "-At", "-c", "select 40 + 2", cluster.url()]);
        assert_eq!(shell::capture(&mut ask).unwrap().trim(), "42");
        drop(cluster);
        assert!(!folder.exists());
    }
}
