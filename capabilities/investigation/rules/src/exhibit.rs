//! Exhibits: what was put in, by whom, when, with which digest, and through whose hands it went.

use crate::decide::Decided;
use crate::event::{Event, Media, Source};
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Exhibit, Moved, State};
use crate::words;
use kernel::id::StaffId;

impl Media {
    /// What a file is, by its first bytes; a name can say anything.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let starts = |with: &[u8]| bytes.starts_with(with);
        let at =
            |place: usize, with: &[u8]| bytes.get(place..).is_some_and(|b| b.starts_with(with));
        match () {
            () if starts(&[0xff, 0xd8, 0xff]) => Some(Self::Jpeg),
            () if starts(b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            () if starts(b"RIFF") && at(8, b"WEBP") => Some(Self::Webp),
            () if starts(b"%PDF-") => Some(Self::Pdf),
            () if at(4, b"ftyp") => Some(Self::Mp4),
            () if starts(b"ID3") || starts(&[0xff, 0xfb]) || starts(&[0xff, 0xf3]) => {
                Some(Self::Mp3)
            }
            () => None,
        }
    }
}

/// What may be said of a file before anything of it is kept.
pub fn file(state: &State, bytes: &[u8]) -> Result<Media, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::FileEmpty);
    }
    if bytes.len() > limits::UPLOAD_BYTES_MAX {
        return Err(Refusal::FileTooLarge);
    }
    room(state, bytes.len() as u64)?;
    Media::of(bytes).ok_or(Refusal::FileKind)
}

fn room(state: &State, bytes: u64) -> Result<(), Refusal> {
    if state.exhibits.len() >= limits::EXHIBITS_MAX {
        return Err(Refusal::TooMany);
    }
    let all = state.file_bytes().saturating_add(bytes);
    if all > limits::UPLOADS_BYTES_MAX { Err(Refusal::NoRoom) } else { Ok(()) }
}

pub(crate) fn add(
    state: &State,
    source: Source,
    (name, found): (&str, &str),
    digest: String,
    by: Option<StaffId>,
) -> Decided {
    let bytes = match &source {
        Source::File { bytes: 0, .. } => return Err(Refusal::FileEmpty),
        Source::File { bytes, .. } if *bytes > limits::UPLOAD_BYTES_MAX as u64 => {
            return Err(Refusal::FileTooLarge);
        }
        Source::File { bytes, .. } => *bytes,
        Source::Still { .. } | Source::Thing {} => 0,
    };
    room(state, bytes)?;
    let standing = state.exhibits.values().filter(|one| one.withdrawn.is_none());
    let still = matches!(source, Source::Still { .. });
    if still && standing.into_iter().any(|one| one.source == source) {
        return Err(Refusal::StillAlready);
    }
    Ok(vec![Event::ExhibitAdded {
        number: state.exhibits.len() as u32 + 1,
        source,
        name: words::needed(name, limits::OFFENCE_CHARS_MAX, Refusal::ExhibitEmpty)?.into(),
        found: words::free(found, limits::REASON_CHARS_MAX)?.into(),
        digest: digest.into(),
        by,
    }])
}

fn there(state: &State, number: u32) -> Result<&Exhibit, Refusal> {
    let one = state.exhibits.get(&number).ok_or(Refusal::ExhibitUnknown)?;
    if one.withdrawn.is_some() { Err(Refusal::ExhibitWithdrawn) } else { Ok(one) }
}

pub(crate) fn move_on(
    state: &State,
    number: u32,
    (to, reason): (&str, &str),
    by: Option<StaffId>,
) -> Decided {
    if there(state, number)?.moves.len() >= limits::MOVES_MAX {
        return Err(Refusal::TooMany);
    }
    let to = words::needed(to, limits::OFFENCE_CHARS_MAX, Refusal::HolderMissing)?.into();
    Ok(vec![Event::ExhibitMoved { number, to, reason: words::reason(reason)?.into(), by }])
}

pub(crate) fn withdraw(state: &State, number: u32, reason: &str) -> Decided {
    there(state, number)?;
    Ok(vec![Event::ExhibitWithdrawn { number, reason: words::reason(reason)?.into() }])
}

impl State {
    pub(crate) fn exhibit_after(&mut self, event: &Event, at: kernel::At) {
        match event {
            Event::ExhibitAdded { number, source, name, found, digest, by } => {
                let one = Exhibit {
                    at,
                    by: *by,
                    source: source.clone(),
                    name: name.clone(),
                    found: found.clone(),
                    digest: digest.clone(),
                    moves: vec![],
                    withdrawn: None,
                };
                self.exhibits.insert(*number, one);
            }
            Event::ExhibitMoved { number, to, reason, by } => {
                if let Some(one) = self.exhibits.get_mut(number) {
                    let (to, reason) = (to.clone(), reason.clone());
                    one.moves.push(Moved { at, by: *by, to, reason });
                }
            }
            Event::ExhibitWithdrawn { number, reason } => {
                if let Some(one) = self.exhibits.get_mut(number) {
                    one.withdrawn = Some(reason.clone());
                }
            }
            _ => {}
        }
    }
}
