//! `sightline retention verify`: checks a certificate of erasure on any machine, without
//! configuration, data directory or network.

use super::Done;
use attest::certificate::Certificate;
use std::path::PathBuf;
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
}

/// Needs nothing but its arguments.
pub(crate) fn run(command: Command) -> Done {
    let Command::Verify { file, key } = command;
    let signer = super::evidence::signer(key.as_deref())?;
    let most = attest::limits::CERTIFICATE_BYTES_MAX as u64;
    let bytes = super::evidence::read(&file, most)?;
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
