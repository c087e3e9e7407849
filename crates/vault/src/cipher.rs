//! Sealing and opening: AES-256-GCM with a fresh nonce in front, bound to the place where the
//! bytes stand so that they cannot be moved elsewhere.

use crate::{Epoch, VaultFault};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bytes of every symmetric key.
pub const KEY_LEN: usize = 32;
const NONCE_LEN: usize = 12;

/// A key that seals the content of one stream or one object. Clones share the key.
#[derive(Clone)]
pub struct DataKey {
    sealing: Arc<LessSafeKey>,
    root: Arc<hkdf::Prk>,
}

impl DataKey {
    /// Makes a key from its bytes.
    pub fn new(bytes: &[u8; KEY_LEN]) -> Self {
        let unbound = UnboundKey::new(&AES_256_GCM, bytes).expect("AES-256 takes exactly 32 bytes");
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"sightline data key").extract(bytes);
        Self { sealing: Arc::new(LessSafeKey::new(unbound)), root: Arc::new(prk) }
    }

    /// A key of its own for one use under this one, e.g. the segments of a recording.
    #[must_use]
    pub fn derive(&self, label: &str) -> Self {
        let info = [label.as_bytes()];
        let okm = self
            .root
            .expand(&info, hkdf::HKDF_SHA256)
            .expect("one block is within the length HKDF allows");
        let mut bytes = [0; KEY_LEN];
        okm.fill(&mut bytes).expect("SHA-256 gives exactly 32 bytes");
        Self::new(&bytes)
    }

    /// Seals `plain` for `place`. `luck` must be fresh; it becomes the nonce.
    /// Returns nonce, ciphertext and tag in one piece: 28 bytes longer than `plain`.
    pub fn seal(&self, place: &str, plain: &[u8], luck: [u8; 16]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&luck[..NONCE_LEN]);
        let mut body = plain.to_vec();
        self.sealing
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut body,
            )
            .expect("a body below 64 GiB seals");
        let mut sealed = nonce.to_vec();
        sealed.append(&mut body);
        sealed
    }

    /// Opens what `seal` made for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultFault> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(VaultFault::Altered)?;
        let mut body = body.to_vec();
        let plain = self
            .sealing
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place.as_bytes()),
                &mut body,
            )
            .map_err(|_| VaultFault::Altered)?
            .len();
        body.truncate(plain);
        Ok(body)
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// A data key wrapped under its epoch's key; worthless once that key is gone, so it may stand
/// in the journal and in every backup of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapped {
    /// The epoch whose key opens it.
    #[serde(flatten)]
    pub epoch: Epoch,
    /// The wrapped bytes, base64.
    pub wrapped: String,
}
