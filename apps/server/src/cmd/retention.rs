//! `sightline retention verify`: checks a certificate of erasure on any machine, without
//! configuration, data directory or network. `sightline retention certificate` prints one.

use super::Done;
use crate::certificates::Proofs;
use crate::settings::{Settings, SettingsFault};
use crate::store::Store;
use attest::certificate::Certificate;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Looks at what was forgotten.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Checks a certificate of erasure, offline; says what is proved and what is not.
    Verify {
        /// The certificate.
        file: PathBuf,
        /// The service's key, as `sightline journal key` prints it there, given another way
        /// than with the file.
        #[arg(long)]
        key: Option<String>,
    },
    /// Prints the certificate of an epoch that is gone: the JSON that can be checked offline, and
    /// with `--pdf` the same on paper.
    Certificate {
        /// The epoch, as the page of retention and the journal name it, e.g.
        /// `disclosure-recording.20788`.
        id: String,
        /// Where to write the paper.
        #[arg(long, value_name = "FILE")]
        pdf: Option<PathBuf>,
    },
}

/// `verify` needs nothing but its arguments; `certificate` reads the data directory, beside a
/// running service too.
pub(crate) async fn run(
    settings: impl FnOnce() -> Result<Settings, SettingsFault>,
    command: Command,
) -> Done {
    match command {
        Command::Verify { file, key } => verify(&file, key.as_deref()),
        Command::Certificate { id, pdf } => certificate(&settings()?, &id, pdf.as_deref()).await,
    }
}

async fn certificate(settings: &Settings, id: &str, pdf: Option<&Path>) -> Done {
    let epoch: vault::Epoch =
        id.parse().map_err(|_| format!("{id} names no epoch: it is a class, a dot and a day"))?;
    let certificate = match Proofs::newest(&settings.data, &epoch) {
        Some(bytes) => Some(Certificate::read(&bytes)?),
        None => {
            let store = Store::open(settings).await?;
            let signer = crate::checkpoints::signer(settings, &store.vault)?;
            Proofs::of(&settings.data, &store.engine, signer, store.vault.clone())
                .get(&epoch)
                .await?
        }
    };
    let Some(certificate) = certificate else {
        println!("There is no certificate of {epoch}: nothing of it is gone, or not all of it.");
        return Ok(ExitCode::FAILURE);
    };
    if let Some(path) = pdf {
        std::fs::write(path, attest::certificate::pdf(&certificate)?)?;
    }
    print!("{}", certificate.file());
    Ok(ExitCode::SUCCESS)
}

fn verify(file: &Path, key: Option<&str>) -> Done {
    let signer = super::evidence::signer(key)?;
    let most = attest::limits::CERTIFICATE_BYTES_MAX as u64;
    let bytes = super::evidence::read(file, most)?;
    match Certificate::check(&bytes, super::evidence::key(signer.as_ref())) {
        Ok((certificate, verdict)) => {
            println!("Certificate {}: verified.", certificate.statement.id);
            print!("{verdict}");
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            println!("Not verified. {refused}.");
            Ok(ExitCode::FAILURE)
        }
    }
}
