//! A fresh service in a process of its own, on a directory of its own, so that what it uses can
//! be told apart from what the rehearsal uses. It ends with us, whatever happens to us.

use crate::process::Process;
use crate::web::Site;
use crate::{Stumble, clock, limits};
use std::fs::File;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How often it is asked whether it is ready, or gone.
const ASK: Duration = Duration::from_millis(50);

/// A running service of our own.
pub struct Server {
    child: Child,
    listen: SocketAddr,
    data: PathBuf,
}

impl Server {
    /// Starts `program` (this very binary) as a demonstration on `data`, and waits until it
    /// serves. Its log is `server.log` in `data`.
    pub async fn start(program: &Path, data: &Path) -> Result<Self, Stumble> {
        let failed = |_| Stumble::Unreachable("starting a server");
        let (listen, udp) = free_ports().map_err(failed)?;
        let log = File::create(data.join("server.log")).map_err(failed)?;
        let child = Command::new(program)
            .args(["demo", "--until-stdin-closes", "--data"])
            .arg(data)
            .args(["--listen", &listen.to_string(), "--udp", &udp.to_string()])
            .env("SIGHTLINE_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(failed)?;
        let mut server = Self { child, listen, data: data.to_owned() };
        server.wait_until_ready().await?;
        Ok(server)
    }

    async fn wait_until_ready(&mut self) -> Result<(), Stumble> {
        let site = Site::at(&self.origin())?;
        let end = clock::now() + limits::READY;
        while clock::now() < end {
            if self.child.try_wait().ok().flatten().is_some() {
                return Err(Stumble::Gone);
            }
            let answer = site.visitor().get("asking whether the server is ready", "/readyz").await;
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            tokio::time::sleep(ASK).await;
        }
        Err(Stumble::Late("waiting for the server"))
    }

    /// Where it serves.
    pub fn origin(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// Its TCP address.
    pub fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    /// Ends it in order and waits until it is gone.
    pub async fn stop(mut self) -> Result<PathBuf, Stumble> {
        // It shuts in order when its input closes.
        drop(self.child.stdin.take());
        let end = clock::now() + limits::SHUT;
        while clock::now() < end {
            match self.child.try_wait() {
                Ok(Some(code)) if code.success() => return Ok(self.data.clone()),
                Ok(Some(_)) | Err(_) => return Err(Stumble::Gone),
                Ok(None) => tokio::time::sleep(ASK).await,
            }
        }
        Err(Stumble::Late("ending the server"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already after `stop`; else nothing must be left behind.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Ports that nobody has now. Somebody may take one before the child does; then it says so.
fn free_ports() -> std::io::Result<(SocketAddr, SocketAddr)> {
    let tcp = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let udp = UdpSocket::bind("127.0.0.1:0")?.local_addr()?;
    Ok((tcp, udp))
}
