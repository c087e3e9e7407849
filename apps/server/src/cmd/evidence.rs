//! `sightline evidence verify | open`: checks a package of evidence on any machine, without
//! configuration, data directory or network, and writes it out only when asked.

use super::Done;
use attest::Key;
use attest::package::{self, Opening, Refused, Report};
use journal::checkpoint::Signer;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Fault = Box<dyn Error + Send + Sync>;

/// Bytes of a passphrase or of a key file: a line, with room for comments.
const SECRET_BYTES_MAX: u64 = 64 * 1024;

/// Looks at packages of evidence.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Checks a package, offline; names the first member that is wrong. Writes nothing.
    Verify(Arguments),
    /// Checks a package, then writes its members into a new folder.
    Open {
        #[command(flatten)]
        package: Arguments,
        /// The folder; it must not be there yet.
        #[arg(long)]
        to: PathBuf,
    },
}

/// Which package, and what opens it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The package.
    file: PathBuf,
    /// The service's key, as `sightline journal key` prints it there, given another way than
    /// with the package.
    #[arg(long)]
    key: Option<String>,
    /// A file whose first line is the passphrase.
    #[arg(long, conflicts_with = "identity_file", required_unless_present = "identity_file")]
    passphrase_file: Option<PathBuf>,
    /// A file with the secret key of the receiver (AGE-SECRET-KEY-1…).
    #[arg(long)]
    identity_file: Option<PathBuf>,
}

/// Needs nothing but its arguments.
pub(crate) fn run(command: Command) -> Done {
    let checked = match command {
        Command::Verify(arguments) => {
            let (signer, opening) = (signer(arguments.key.as_deref())?, opening(&arguments)?);
            let sealed = BufReader::new(File::open(&arguments.file)?);
            package::verify(sealed, &opening, key(signer.as_ref()))
        }
        Command::Open { package: arguments, to } => {
            let (signer, opening) = (signer(arguments.key.as_deref())?, opening(&arguments)?);
            let sealed = || Ok(BufReader::new(File::open(&arguments.file)?));
            package::open(sealed, &opening, key(signer.as_ref()), &to)
        }
    };
    Ok(say(checked))
}

fn say(checked: Result<Report, Refused>) -> ExitCode {
    match checked {
        Ok(report) => {
            println!("Verified.");
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(refused) => {
            println!("Not verified. {refused}.");
            ExitCode::FAILURE
        }
    }
}

/// The key in a line that was given.
pub(super) fn signer(line: Option<&str>) -> Result<Option<Signer>, Fault> {
    let parse = |line: &str| Signer::parse(line.trim()).ok_or("this is not a line of a key");
    Ok(line.map(parse).transpose()?)
}

/// Whose signature is asked for.
pub(super) fn key(signer: Option<&Signer>) -> Key<'_> {
    signer.map_or(Key::Contained, Key::Given)
}

/// A whole file, unless it is longer than anything that is read here.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err("this file is longer than anything of its kind".into());
    }
    Ok(bytes)
}

fn opening(arguments: &Arguments) -> Result<Opening, Fault> {
    let text = |path: &Path| -> Result<String, Fault> {
        Ok(String::from_utf8(read(path, SECRET_BYTES_MAX)?)?)
    };
    match (&arguments.passphrase_file, &arguments.identity_file) {
        (Some(path), _) => {
            let text = text(path)?;
            Ok(Opening::passphrase(text.lines().next().unwrap_or_default()))
        }
        (None, Some(path)) => Ok(Opening::identity(&text(path)?)?),
        (None, None) => Err("give --passphrase-file or --identity-file".into()),
    }
}
