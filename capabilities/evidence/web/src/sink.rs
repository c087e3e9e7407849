//! Between whoever makes a package and whoever takes it: bytes leave as they are made, and the
//! last of them only when the record names the whole. A package that is in no record is cut off.

use crate::limits::CHUNK;
use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use tokio::sync::mpsc::Sender;

/// What leaves: bytes, or a fault that cuts the answer off.
pub(crate) type Piece = io::Result<Bytes>;

/// Takes the bytes in.
pub(crate) struct Sink {
    out: Sender<Piece>,
    held: Option<Bytes>,
    filling: BytesMut,
    hash: Sha256,
    bytes: u64,
}

/// What all of it came to, and what is still held back.
pub(crate) struct Whole {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) tail: Vec<Bytes>,
}

impl Sink {
    pub(crate) fn new(out: Sender<Piece>) -> Self {
        let filling = BytesMut::with_capacity(CHUNK);
        Self { out, held: None, filling, hash: Sha256::new(), bytes: 0 }
    }

    /// The end: nothing more leaves by itself.
    pub(crate) fn end(mut self) -> Whole {
        let last = self.filling.split().freeze();
        let tail = self.held.into_iter().chain(Some(last)).collect();
        let digest = self.hash.finalize();
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Whole { sha256, bytes: self.bytes, tail }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.filling.extend_from_slice(bytes);
        if self.filling.len() >= CHUNK {
            let full = self.filling.split().freeze();
            if let Some(before) = self.held.replace(full) {
                let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
                self.out.blocking_send(Ok(before)).map_err(gone)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
