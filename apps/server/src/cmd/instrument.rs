//! `sightline instrument check | key | sign`: packs of questions, before a force uses them.

use super::Done;
use crate::instruments::{self, InstrumentFault};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use engine::{Luck as _, SystemLuck};
use journal::checkpoint::Signer;
use risk_web::{BadPack, Told};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Looks at packs of questions.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Prints everything that is wrong with a pack: the line, the question and the rule.
    Check {
        /// The pack, TOML or JSON.
        file: PathBuf,
        /// The public key: then the signature beside the file (FILE.sig) is checked too.
        #[arg(long)]
        key: Option<String>,
    },
    /// Makes a signing key, and prints the public line for the settings.
    Key {
        /// The new file for the secret seed; only its owner can read it.
        #[arg(long)]
        to: PathBuf,
        /// What the key is called, e.g. force.example/instruments.
        #[arg(long)]
        name: String,
    },
    /// Checks a pack and signs it: writes FILE.sig.
    Sign {
        /// The pack, TOML or JSON.
        file: PathBuf,
        /// The file with the secret seed.
        #[arg(long)]
        seed: PathBuf,
        /// What the key is called.
        #[arg(long)]
        name: String,
    },
}

/// Needs nothing but its arguments.
pub(crate) fn run(command: Command) -> Done {
    match command {
        Command::Check { file, key } => check(&file, key.as_deref()),
        Command::Key { to, name } => make_key(&to, &name),
        Command::Sign { file, seed, name } => sign(&file, &seed, &name),
    }
}

/// The pack's text, once nothing is wrong with it; what is wrong is printed.
fn sound(file: &Path) -> Result<Option<String>, InstrumentFault> {
    let text = instruments::pack_text(file)?;
    match risk_web::check(&text) {
        Ok(Told { pack, silent }) => {
            let questions = pack.questions().count();
            let (name, version) = (&pack.name, pack.version);
            println!("{name}, version {version}: {questions} questions, nothing is wrong.");
            if !silent.is_empty() {
                println!("No flag looks at: {}.", silent.join(", "));
            }
            Ok(Some(text))
        }
        Err(BadPack::Faulty(faults)) => {
            for fault in &faults {
                println!("{fault}");
            }
            println!("{} found. The pack is not used.", faults.len());
            Ok(None)
        }
        Err(fault) => {
            println!("{fault}");
            Ok(None)
        }
    }
}

fn check(file: &Path, key: Option<&str>) -> Done {
    let Some(text) = sound(file)? else { return Ok(ExitCode::FAILURE) };
    match key {
        Some(key) => {
            let signer = instruments::key(key)?;
            instruments::signed_by(file, &text, &signer)?;
            println!("Signed by {}.", signer.name());
        }
        None => println!("Whose it is was not asked: give --key to check its signature."),
    }
    Ok(ExitCode::SUCCESS)
}

fn make_key(to: &Path, name: &str) -> Done {
    let mut seed = [0; 32];
    SystemLuck.fill(&mut seed);
    let (_, signer) = pair(&seed, name)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let digits: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(file, "{digits}")?;
    file.sync_all()?;
    println!("{}", signer.line());
    Ok(ExitCode::SUCCESS)
}

fn sign(file: &Path, seed: &Path, name: &str) -> Done {
    let Some(text) = sound(file)? else { return Ok(ExitCode::FAILURE) };
    let digits = fs::read_to_string(seed)?;
    let seed = read_seed(digits.trim()).ok_or("the seed is 64 hexadecimal digits")?;
    let (pair, signer) = pair(&seed, name)?;
    let by = |bytes: &[u8]| {
        pair.sign(bytes).as_ref().try_into().expect("an Ed25519 signature has 64 bytes")
    };
    fs::write(instruments::note_of(file), instruments::sign(&text, &signer, by))?;
    println!("Signed. The public key: {}", signer.line());
    Ok(ExitCode::SUCCESS)
}

fn read_seed(digits: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut seed = [0; 32];
    for (byte, pair) in seed.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(seed)
}

fn pair(seed: &[u8; 32], name: &str) -> Result<(Ed25519KeyPair, Signer), String> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|fault| fault.to_string())?;
    let public: [u8; 32] =
        pair.public_key().as_ref().try_into().map_err(|_| "a public key has 32 bytes")?;
    let named = Signer::new(name, public);
    named.map(|signer| (pair, signer)).ok_or_else(|| "a name has no spaces and no plus".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    const TEXT: &str = include_str!("../../../../instruments/demonstration.toml");

    fn settings(file: &Path, key: &str) -> Settings {
        let mut settings = Settings::load(None).unwrap();
        file.clone_into(&mut settings.instrument.file);
        key.clone_into(&mut settings.instrument.key);
        settings
    }

    #[test]
    fn a_signed_pack_is_used_and_one_that_was_changed_since_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (file, seed) = (dir.path().join("pack.toml"), dir.path().join("seed"));
        fs::write(&file, TEXT).unwrap();
        make_key(&seed, "force.example/instruments").unwrap();
        assert!(make_key(&seed, "force.example/instruments").is_err(), "a seed is not replaced");
        let digits = fs::read_to_string(&seed).unwrap();
        let seed_bytes = read_seed(digits.trim()).unwrap();
        let line = pair(&seed_bytes, "force.example/instruments").unwrap().1.line();
        let unsigned = instruments::load(&settings(&file, &line)).unwrap_err();
        assert!(matches!(unsigned, InstrumentFault::Disk(..)), "{unsigned}");
        sign(&file, &seed, "force.example/instruments").unwrap();
        assert_eq!(check(&file, Some(&line)).unwrap(), ExitCode::SUCCESS);
        let mut ours = settings(&file, &line);
        ours.production = true;
        assert_eq!(instruments::load(&ours).unwrap().name, "demonstration");
        let other = pair(&[7; 32], "force.example/instruments").unwrap().1.line();
        let theirs = instruments::load(&settings(&file, &other)).unwrap_err();
        assert!(matches!(theirs, InstrumentFault::Unsigned(..)), "{theirs}");
        assert!(matches!(instruments::load(&settings(&file, "")), Err(InstrumentFault::Key)));
        fs::write(&file, TEXT.replacen("Tonight", "Today", 1)).unwrap();
        let changed = instruments::load(&ours).unwrap_err();
        assert!(matches!(changed, InstrumentFault::Unsigned(..)), "{changed}");
    }

    #[test]
    fn a_broken_pack_is_neither_signed_nor_called_sound() {
        let dir = tempfile::tempdir().unwrap();
        let (file, seed) = (dir.path().join("pack.toml"), dir.path().join("seed"));
        fs::write(&file, TEXT.replacen("after = \"hurt\"", "after = \"gone\"", 1)).unwrap();
        make_key(&seed, "force.example/instruments").unwrap();
        assert_eq!(check(&file, None).unwrap(), ExitCode::FAILURE);
        assert_eq!(sign(&file, &seed, "force.example/instruments").unwrap(), ExitCode::FAILURE);
        assert!(!instruments::note_of(&file).exists());
    }

    #[test]
    fn the_demonstration_is_never_used_in_production() {
        let mut settings = settings(Path::new(""), "");
        assert_eq!(instruments::load(&settings).unwrap().name, "demonstration");
        settings.production = true;
        let fault = instruments::load(&settings).unwrap_err();
        assert!(matches!(fault, InstrumentFault::Demonstration), "{fault}");
    }
}
