//! The key store: a root key, the keys of the epochs, and the list of what was destroyed, as
//! small files in two homes. Never part of the journal's backup.

use crate::{DataKey, Epoch, KEY_LEN, VaultFault, Wrapped, files};
use aws_lc_rs::{hmac, signature};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kernel::At;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Opened data keys kept at hand; past this the map is emptied and refilled on demand.
const OPENED_MAX: usize = 4096;

/// The open key store.
pub struct Vault {
    homes: [PathBuf; 2],
    root: DataKey,
    root_bytes: zeroize::Zeroizing<[u8; KEY_LEN]>,
    live: Mutex<Live>,
}

#[derive(Default)]
struct Live {
    epochs: BTreeMap<Epoch, DataKey>,
    destroyed: BTreeSet<Epoch>,
    opened: BTreeMap<String, (Epoch, DataKey)>,
}

impl Vault {
    /// Opens the store in `home`, with its second home `mirror`; makes both when there is none
    /// yet. `luck` becomes the root key then, and is unused otherwise.
    pub fn open(home: &Path, mirror: &Path, luck: [u8; KEY_LEN]) -> Result<Self, VaultFault> {
        let homes = [home.to_owned(), mirror.to_owned()];
        for home in &homes {
            files::make_dir(&home.join("epochs"))?;
        }
        let root = root_key(&homes, luck)?;
        let vault = Self {
            root: DataKey::new(&root),
            root_bytes: zeroize::Zeroizing::new(root),
            homes,
            live: Mutex::default(),
        };
        vault.load_destroyed()?;
        vault.load_epochs()?;
        Ok(vault)
    }

    /// A new data key for `stream` under `epoch`, and its wrapped form to be stored with the
    /// first thing it seals. The epoch's key is durable in both homes before this returns.
    /// `luck` is data key, epoch key, and the nonces of both wrappings.
    pub fn data_key(
        &self,
        stream: &str,
        epoch: &Epoch,
        luck: [u8; 96],
    ) -> Result<(DataKey, Wrapped), VaultFault> {
        let (bytes, rest) = luck.split_at(KEY_LEN);
        let (epoch_bytes, nonces) = rest.split_at(KEY_LEN);
        let epoch_key = self.epoch_key(epoch, part(epoch_bytes), part(&nonces[..16]))?;
        let bytes: [u8; KEY_LEN] = part(bytes);
        let sealed = epoch_key.seal(&wrap_place(stream, epoch), &bytes, part(&nonces[16..]));
        let wrapped = Wrapped { epoch: epoch.clone(), wrapped: BASE64.encode(sealed) };
        Ok((DataKey::new(&bytes), wrapped))
    }

    /// Opens a wrapped data key. `Destroyed` when its epoch is over.
    pub fn unwrap_key(&self, stream: &str, wrapped: &Wrapped) -> Result<DataKey, VaultFault> {
        let mut live = self.lock();
        if let Some((epoch, key)) = live.opened.get(stream)
            && *epoch == wrapped.epoch
        {
            return Ok(key.clone());
        }
        let Some(epoch_key) = live.epochs.get(&wrapped.epoch) else {
            let gone = live.destroyed.contains(&wrapped.epoch);
            let missing = || VaultFault::Damaged(format!("{} (missing)", wrapped.epoch));
            return Err(if gone { VaultFault::Destroyed } else { missing() });
        };
        let sealed = BASE64.decode(&wrapped.wrapped).map_err(|_| VaultFault::Altered)?;
        let bytes = epoch_key.open(&wrap_place(stream, &wrapped.epoch), &sealed)?;
        let key = DataKey::new(&bytes.try_into().map_err(|_| VaultFault::Altered)?);
        if live.opened.len() >= OPENED_MAX {
            live.opened.clear();
        }
        live.opened.insert(stream.to_owned(), (wrapped.epoch.clone(), key.clone()));
        Ok(key)
    }

    /// Destroys an epoch's key in both homes, for ever. Doing it twice is the same as once.
    pub fn destroy(&self, epoch: &Epoch, at: At) -> Result<(), VaultFault> {
        let mut live = self.lock();
        if !live.destroyed.contains(epoch) {
            for home in &self.homes {
                files::append_line(&home.join("destroyed"), &format!("{epoch} {}", at.0))?;
            }
            live.destroyed.insert(epoch.clone());
        }
        for home in &self.homes {
            files::destroy(&epoch_file(home, epoch))?;
        }
        live.epochs.remove(epoch);
        live.opened.retain(|_, (of, _)| of != epoch);
        Ok(())
    }

    /// The epochs whose keys are alive, in the order of their names.
    pub fn epochs(&self) -> Vec<Epoch> {
        self.lock().epochs.keys().cloned().collect()
    }

    /// Whether this epoch's key was destroyed.
    pub fn is_destroyed(&self, epoch: &Epoch) -> bool {
        self.lock().destroyed.contains(epoch)
    }

    /// A blind index: the same normalised value gives the same 16 bytes within one `domain`,
    /// and says nothing to anyone without the root key.
    pub fn blind(&self, domain: &str, normalised: &str) -> [u8; 16] {
        part(&self.derive(&format!("blind/{domain}"), normalised.as_bytes())[..16])
    }

    /// Bytes that only this vault can say again, e.g. the secret of an invitation: nothing of
    /// them needs to be stored.
    pub fn derive(&self, domain: &str, name: &[u8]) -> [u8; KEY_LEN] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.root_bytes);
        let mut context = hmac::Context::with_key(&key);
        context.update(&(domain.len() as u64).to_be_bytes());
        context.update(domain.as_bytes());
        context.update(name);
        part(context.sign().as_ref())
    }

    /// Signs a checkpoint's text with Ed25519.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        part(self.signer().sign(text).as_ref())
    }

    /// The public half of the checkpoint key: 32 bytes.
    pub fn verifying_key(&self) -> [u8; 32] {
        use signature::KeyPair as _;
        part(self.signer().public_key().as_ref())
    }

    fn signer(&self) -> signature::Ed25519KeyPair {
        let seed = self.derive("checkpoint signer", b"");
        signature::Ed25519KeyPair::from_seed_unchecked(&seed).expect("any 32 bytes are a seed")
    }

    fn epoch_key(
        &self,
        epoch: &Epoch,
        bytes: [u8; KEY_LEN],
        nonce: [u8; 16],
    ) -> Result<DataKey, VaultFault> {
        let mut live = self.lock();
        if live.destroyed.contains(epoch) {
            return Err(VaultFault::Destroyed);
        }
        if let Some(key) = live.epochs.get(epoch) {
            return Ok(key.clone());
        }
        let sealed = self.root.seal(&epoch.to_string(), &bytes, nonce);
        for home in &self.homes {
            files::write_whole(&epoch_file(home, epoch), &sealed)?;
        }
        let key = DataKey::new(&bytes);
        live.epochs.insert(epoch.clone(), key.clone());
        Ok(key)
    }

    fn load_destroyed(&self) -> Result<(), VaultFault> {
        let mut live = self.lock();
        for home in &self.homes {
            let text = files::read(&home.join("destroyed"))?.unwrap_or_default();
            for line in String::from_utf8_lossy(&text).lines() {
                let name = line.split(' ').next().unwrap_or_default();
                live.destroyed.insert(name.parse()?);
            }
        }
        Ok(())
    }

    /// Reads every epoch key; heals a home that lacks a file the other has, and finishes a
    /// destruction that a crash interrupted.
    fn load_epochs(&self) -> Result<(), VaultFault> {
        let mut live = self.lock();
        for (home, other) in [(0, 1), (1, 0)] {
            let entries = std::fs::read_dir(self.homes[home].join("epochs"));
            for entry in entries.map_err(VaultFault::Read)? {
                let path = entry.map_err(VaultFault::Read)?.path();
                if path.extension().is_none_or(|e| e != "key") {
                    continue;
                }
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let epoch: Epoch = stem.parse()?;
                if live.destroyed.contains(&epoch) {
                    files::destroy(&path)?;
                    continue;
                }
                let sealed = files::read(&path)?.unwrap_or_default();
                let twin = epoch_file(&self.homes[other], &epoch);
                match files::read(&twin)? {
                    None => files::write_whole(&twin, &sealed)?,
                    Some(bytes) if bytes == sealed => {}
                    Some(_) => return Err(VaultFault::HomesDisagree(epoch.to_string())),
                }
                let bytes = self.root.open(&epoch.to_string(), &sealed)?;
                let bytes = bytes.try_into().map_err(|_| VaultFault::Damaged(stem.into()))?;
                live.epochs.insert(epoch, DataKey::new(&bytes));
            }
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Live> {
        self.live.lock().expect("no holder of this lock panics")
    }
}

fn root_key(homes: &[PathBuf; 2], luck: [u8; KEY_LEN]) -> Result<[u8; KEY_LEN], VaultFault> {
    let paths = homes.each_ref().map(|home| home.join("root.key"));
    let [first, second] = [files::read(&paths[0])?, files::read(&paths[1])?];
    let bytes = match (first, second) {
        (None, None) => luck.to_vec(),
        (Some(bytes), None) | (None, Some(bytes)) => bytes,
        (Some(a), Some(b)) if a == b => return exact(a),
        (Some(_), Some(_)) => return Err(VaultFault::HomesDisagree("the root key".into())),
    };
    for path in &paths {
        files::write_whole(path, &bytes)?;
    }
    exact(bytes)
}

fn exact(bytes: Vec<u8>) -> Result<[u8; KEY_LEN], VaultFault> {
    bytes.try_into().map_err(|_| VaultFault::Damaged("root.key".into()))
}

fn epoch_file(home: &Path, epoch: &Epoch) -> PathBuf {
    home.join("epochs").join(format!("{epoch}.key"))
}

fn wrap_place(stream: &str, epoch: &Epoch) -> String {
    format!("data key of {stream} under {epoch}")
}

fn part<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("the caller cut exactly this many bytes")
}

#[cfg(test)]
mod tests;
