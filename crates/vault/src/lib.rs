//! The only place that sees keys: bytes in, bytes out. A root key wraps one key for each
//! retention class and expiry day (an *epoch*); an epoch key wraps the data key of each stream.
//! Destroying one epoch's key forgets everything under it, wherever its ciphertext was copied.
//! Luck comes in as bytes; nothing here reads a clock.

mod cipher;
mod epoch;
mod fault;
mod files;
mod kept;
mod keystore;
mod mark;
mod needle;
mod ratchet;

pub use cipher::{DataKey, KEY_LEN, Wrapped};
pub use epoch::Epoch;
pub use fault::VaultFault;
pub use keystore::Vault;
pub use mark::{Mark, Steady};
pub use needle::{Finder, Needle};
pub use ratchet::Ratchet;
