//! The force's instrument: its licensed pack of questions, whose signature is checked by the
//! public key in the settings before anybody is asked anything from it.

use crate::settings::Settings;
use attest::signed;
use journal::checkpoint::Signer;
use risk_web::Instrument;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What is signed: the first line keeps the signature of one thing from being that of another.
const FORMAT: &str = "sightline/instrument/v1";
/// Bytes of a note: one signature and a few lines.
const NOTE_BYTES_MAX: u64 = 4 * 1024;

/// Why the instrument is not used. The sentence names the file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InstrumentFault {
    #[error("{0} cannot be read")]
    Disk(PathBuf, #[source] std::io::Error),
    #[error("{0}: {1}")]
    Pack(PathBuf, risk_web::BadPack),
    #[error("{0} is not signed by the key in the settings")]
    Unsigned(PathBuf, #[source] journal::checkpoint::NoteFault),
    #[error("the key is not one that `sightline instrument key` prints")]
    Key,
    #[error(
        "instrument.file: the demonstration questions are never used in production; \
         name the pack that the force is licensed for"
    )]
    Demonstration,
}

type Read<T> = Result<T, InstrumentFault>;

/// A file of text that is no larger than `most`; one byte more is read, and refused by whoever
/// looks at it.
fn text(file: &Path, most: u64) -> Read<String> {
    let disk = |fault| InstrumentFault::Disk(file.to_owned(), fault);
    let mut text = String::new();
    let opened = std::fs::File::open(file).map_err(disk)?;
    opened.take(most + 1).read_to_string(&mut text).map_err(disk)?;
    Ok(text)
}

/// A pack as it stands in its file.
pub(crate) fn pack_text(file: &Path) -> Read<String> {
    text(file, risk_web::PACK_BYTES_MAX as u64)
}

/// Where the signature of a pack stands.
pub(crate) fn note_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sig");
    PathBuf::from(name)
}

/// A key's line.
pub(crate) fn key(line: &str) -> Read<Signer> {
    Signer::parse(line.trim()).ok_or(InstrumentFault::Key)
}

/// The note over a pack.
pub(crate) fn sign(pack: &str, signer: &Signer, sign: impl Fn(&[u8]) -> [u8; 64]) -> String {
    signed::sign(FORMAT, pack.as_bytes(), signer, sign)
}

/// That the signature beside the file is by this key, over this text.
pub(crate) fn signed_by(file: &Path, pack: &str, signer: &Signer) -> Read<()> {
    let note = text(&note_of(file), NOTE_BYTES_MAX)?;
    signed::check(FORMAT, pack.as_bytes(), &note, signer)
        .map_err(|fault| InstrumentFault::Unsigned(file.to_owned(), fault))
}

/// The instrument that the settings name: the force's own, signed; or the demonstration, which
/// is never used in production.
pub(crate) fn load(settings: &Settings) -> Read<Instrument> {
    let of = &settings.instrument;
    if of.file.as_os_str().is_empty() {
        return match settings.production {
            true => Err(InstrumentFault::Demonstration),
            false => Ok(risk_web::demonstration()),
        };
    }
    let pack = pack_text(&of.file)?;
    signed_by(&of.file, &pack, &key(&of.key)?)?;
    risk_web::read(&pack).map_err(|fault| InstrumentFault::Pack(of.file.clone(), fault))
}
