//! The archive inside the seal: tar, with plain files only and one way to write each header, so
//! that nothing can hide between the members or be read differently by another tool.

use crate::limits;
use std::io::{self, Read, Write};
use tar::{EntryType, Header};

/// A header and the rounding of every member.
const BLOCK: usize = 512;

/// Whether a name can stand in a package: folders and files of small letters, digits, dots,
/// hyphens and underscores, none of which begins with a dot.
pub fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        let plain =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    name.len() <= limits::NAME_BYTES_MAX && name.split('/').all(part)
}

/// The one header of a member.
fn header(name: &str, length: u64) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(name)?;
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Ok(header)
}

/// Bytes between a member's end and the next block.
fn padding(length: u64) -> usize {
    (BLOCK - (length % BLOCK as u64) as usize) % BLOCK
}

/// Writes the header of a member.
pub(crate) fn begin(out: &mut impl Write, name: &str, length: u64) -> io::Result<()> {
    out.write_all(header(name, length)?.as_bytes())
}

/// Writes what follows its last byte.
pub(crate) fn end(out: &mut impl Write, length: u64) -> io::Result<()> {
    out.write_all(&[0; BLOCK][..padding(length)])
}

/// Writes the end of the archive.
pub(crate) fn finish(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[0; 2 * BLOCK])
}

/// What comes next in an archive.
pub(crate) enum Next {
    /// A member: its name and its bytes follow.
    Member(String, u64),
    /// Nothing: it ended as it should.
    End,
}

/// Why an archive cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It stops, or the seal is broken here.
    Cut,
    /// It is not of the strict form.
    Form,
}

fn exactly(source: &mut impl Read, buffer: &mut [u8]) -> Result<(), Broken> {
    source.read_exact(buffer).map_err(|_| Broken::Cut)
}

/// Reads the next header.
pub(crate) fn next(source: &mut impl Read) -> Result<Next, Broken> {
    let mut block = [0; BLOCK];
    exactly(source, &mut block)?;
    if block == [0; BLOCK] {
        exactly(source, &mut block)?;
        let mut more = [0];
        return match source.read(&mut more) {
            Ok(0) if block == [0; BLOCK] => Ok(Next::End),
            Ok(_) => Err(Broken::Form),
            Err(_) => Err(Broken::Cut),
        };
    }
    let found = Header::from_byte_slice(&block);
    let name = std::str::from_utf8(&found.path_bytes()).map(str::to_owned);
    let name = name.ok().filter(|name| is_name(name)).ok_or(Broken::Form)?;
    let length = found.size().map_err(|_| Broken::Form)?;
    let same = header(&name, length).is_ok_and(|header| *header.as_bytes() == block);
    if same { Ok(Next::Member(name, length)) } else { Err(Broken::Form) }
}

/// Reads a member's bytes piece by piece, then what follows them.
pub(crate) fn member(
    source: &mut impl Read,
    length: u64,
    mut each: impl FnMut(&[u8]),
) -> Result<(), Broken> {
    let mut buffer = vec![0; 64 * 1024];
    let mut left = length;
    while left > 0 {
        let want = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let got = source.read(&mut buffer[..want]).map_err(|_| Broken::Cut)?;
        if got == 0 {
            return Err(Broken::Cut);
        }
        each(&buffer[..got]);
        left -= got as u64;
    }
    let mut rest = [0; BLOCK];
    let rest = &mut rest[..padding(length)];
    exactly(source, rest)?;
    if rest.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(Broken::Form) }
}
