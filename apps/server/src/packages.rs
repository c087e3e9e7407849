//! Packages of evidence: films and stills from the sealed pieces, the papers of the case, and the
//! journal's records of it under a fresh signed checkpoint, sealed as they come. Nothing of it is
//! ever whole in memory, and nothing plain ever on a disk.

mod records;
mod reels;
mod statement;

use async_trait::async_trait;
use attest::package::{self, Case, Sealed, WriteFault};
use engine::{Engine, Fault};
use evidence::Why;
use evidence_web::{Checked, Made, Order, Packages, Seal, Tape};
use journal::checkpoint::Signer;
use recording_web::{Damage, Keeper};
use reels::Reel;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::Arc;
use tokio::runtime::Handle;
use vault::Vault;

/// Makes the packages of this service.
pub(crate) struct Packer {
    engine: Engine,
    keeper: Arc<Keeper>,
    signer: Arc<Signer>,
    vault: Arc<Vault>,
    runtime: Handle,
}

impl Packer {
    /// A packer; call it on the runtime on which the store is read.
    pub(crate) fn new(
        engine: &Engine,
        keeper: Arc<Keeper>,
        signer: Signer,
        vault: Arc<Vault>,
    ) -> Self {
        let (engine, signer) = (engine.clone(), Arc::new(signer));
        Self { engine, keeper, signer, vault, runtime: Handle::current() }
    }

    fn pack(
        &self,
        order: &Order,
        out: &mut dyn Write,
        told: &dyn Fn(u64, u64),
    ) -> Result<Made, Stopped> {
        let id = format!("{}-{}", order.export, order.copy);
        let case = Case {
            id: &id,
            case: &order.incident.reference(),
            made_at: self.engine.now(),
            made_by: &order.made_by,
            purpose: &order.purpose,
        };
        let reels: Vec<Reel> =
            order.tapes.iter().enumerate().map(|(n, t)| Reel::of(n, t)).collect();
        let seal = seal(&order.seal)?;
        let package = Sealed::begin(out, &seal, case, &self.signer).map_err(WriteFault::Io)?;
        let mut packing = Packing { package, packer: self, told, done: 0, of: 0 };
        packing.films(&reels)?;
        for reel in &reels {
            packing.stills(reel)?;
        }
        let master = packing.master(order)?;
        packing.papers(order)?;
        // What was gone before the end is in no package: it would be filled with nothing.
        for tape in &order.tapes {
            self.still_readable(tape)?;
        }
        let sign = |text: &[u8]| self.vault.sign(text);
        let (_, manifest) = packing.package.finish(&self.signer, sign)?;
        // The manifest and its note are files too.
        let members = manifest.members.len() as u32 + 2;
        Ok(Made { members, master })
    }

    fn still_readable(&self, tape: &Tape) -> Result<(), Stopped> {
        let stream = tape.recording.stream();
        let key = self.runtime.block_on(self.engine.stream_key(&stream))?;
        if key.is_none() { Err(Stopped(Why::DayCome)) } else { Ok(()) }
    }

    /// Every piece of a master: its object and the hash that the record names.
    async fn compare(&self, tape: &Tape) -> (usize, Vec<(String, Damage)>) {
        let segments = tape.segments.iter().map(|one| (&one.object, &one.sha256));
        let stills = tape.stills.iter().map(|one| (&one.object, &one.sha256));
        let (mut pieces, mut damaged) = (0, Vec::new());
        for (object, sha256) in segments.chain(stills) {
            pieces += 1;
            if let Err(damage) = self.keeper.sealed(object, sha256).await {
                damaged.push((object.clone(), damage));
            }
        }
        (pieces, damaged)
    }
}

#[async_trait]
impl Packages for Packer {
    async fn check(&self, tape: &Tape) -> Result<Checked, Fault> {
        let (pieces, damaged) = self.compare(tape).await;
        let damaged = damaged.into_iter().map(|(object, how)| (object, how.to_string())).collect();
        Ok(Checked { pieces, damaged })
    }

    fn is_key(&self, line: &str) -> bool {
        package::Seal::recipients([line]).is_ok()
    }

    fn make(
        &self,
        order: &Order,
        out: &mut dyn Write,
        told: &dyn Fn(u64, u64),
    ) -> Result<Made, Why> {
        self.pack(order, out, told).map_err(|Stopped(why)| why)
    }
}

fn seal(seal: &Seal) -> Result<package::Seal, Stopped> {
    let made = match seal {
        Seal::Passphrase(words) => package::Seal::passphrase(words),
        Seal::Recipient(line) => package::Seal::recipients([line.as_str()]),
    };
    made.map_err(|_| Stopped(Why::Fault))
}

/// Why the making stopped.
struct Stopped(Why);

impl From<WriteFault> for Stopped {
    fn from(fault: WriteFault) -> Self {
        match fault {
            // There is no disk below: only whoever takes the bytes can fail.
            WriteFault::Io(_) => Self(Why::Left),
            WriteFault::TooLarge(_) => Self(Why::TooLarge),
            WriteFault::Name(_) | WriteFault::Length(_) | WriteFault::Missing(_) => {
                tracing::error!(%fault, "a package could not be put together");
                Self(Why::Fault)
            }
        }
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "a package could not be made");
        Self(Why::Fault)
    }
}

/// A package under way.
struct Packing<'o, 'p> {
    package: Sealed<&'o mut dyn Write>,
    packer: &'p Packer,
    told: &'p dyn Fn(u64, u64),
    done: u64,
    of: u64,
}

impl Packing<'_, '_> {
    /// Everybody together, then each person alone; a second at a time.
    fn films(&mut self, reels: &[Reel]) -> Result<(), Stopped> {
        let mut films = Vec::new();
        for reel in reels {
            films.extend(reel.films(&self.packer.keeper));
        }
        self.of = films.iter().map(|(_, _, film)| film.total()).sum();
        (self.told)(0, self.of);
        for (name, about, film) in films {
            let mut member = self.package.member(&name, &about, film.total())?;
            for piece in film.pieces() {
                let bytes = self.packer.runtime.block_on(film.piece(piece));
                member.write(&bytes)?;
                self.done += bytes.len() as u64;
                (self.told)(self.done, self.of);
            }
            member.end()?;
        }
        Ok(())
    }

    /// A still that is not as the record says is left out, and `master-check.json` says so.
    fn stills(&mut self, reel: &Reel) -> Result<(), Stopped> {
        for (name, about, still) in reel.stills() {
            let opened = self.packer.keeper.still(reel.tape.call, still);
            match self.packer.runtime.block_on(opened) {
                Ok(bytes) => self.package.add(&name, &about, &bytes)?,
                Err(Damage::Gone) => return Err(Stopped(Why::DayCome)),
                Err(Damage::Missing | Damage::Altered) => {}
            }
        }
        Ok(())
    }

    /// The list of the master's pieces, and what a comparison with them came to.
    fn master(&mut self, order: &Order) -> Result<String, Stopped> {
        let list = file(&reels::master(&order.tapes));
        let about = "Every sealed piece of the master in the service, with its hash";
        self.package.add("master.json", about, &list)?;
        let (mut compared, mut not_as_recorded) = (0, Vec::new());
        for tape in &order.tapes {
            let (pieces, damaged) = self.packer.runtime.block_on(self.packer.compare(tape));
            compared += pieces;
            let line = |(object, how): (String, Damage)| {
                let how = how.to_string();
                json!({ "object": object, "how": how })
            };
            not_as_recorded.extend(damaged.into_iter().map(line));
        }
        let check = json!({ "compared": compared, "not_as_recorded": not_as_recorded });
        let about = "The master compared with the record when this copy was made";
        self.package.add("master-check.json", about, &file(&check))?;
        Ok(crate::archive::hex(&Sha256::digest(&list)))
    }

    fn papers(&mut self, order: &Order) -> Result<(), Stopped> {
        let papers = &order.papers;
        let now = self.packer.engine.now();
        let html = statement::html(&papers.statement);
        let pdf = statement::pdf(&papers.statement, now).map_err(|fault| {
            tracing::error!(%fault, "a statement could not be printed");
            Stopped(Why::Fault)
        })?;
        let extract = records::extract(self.packer, order);
        let extract = self.packer.runtime.block_on(extract)?;
        let all: [(&str, &str, &[u8]); 6] = [
            ("statement.html", "The statement, for a screen", html.as_bytes()),
            ("statement.pdf", "The same on paper", &pdf),
            ("chat.json", "What was written in the calls", &papers.chat),
            ("markers.json", "Instants that the officers named", &papers.markers),
            (package::EXTRACT, "The journal's records of the case, with proofs", &extract),
            (package::CUSTODY, "Who played, saw and handed on any of it", &papers.custody),
        ];
        for (name, about, bytes) in all {
            self.package.add(name, about, bytes)?;
        }
        Ok(())
    }
}

fn file(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("strings and numbers are JSON");
    bytes.push(b'\n');
    bytes
}
