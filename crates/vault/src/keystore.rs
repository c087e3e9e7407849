//! The key store: a root key, the keys of the epochs, the keys that holds keep, the list of what
//! was destroyed and the last trusted time, as small files in two homes. Never part of the
//! journal's backup.

use crate::kept::Kept;
use crate::ratchet::{Destroyed, Ratchet};
use crate::{DataKey, Epoch, KEY_LEN, Mark, VaultFault, Wrapped, files};
use aws_lc_rs::{hmac, signature};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kernel::At;
use std::collections::BTreeMap;
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
    destroyed: Destroyed,
    kept: Kept,
    mark: Option<Mark>,
    opened: BTreeMap<(String, Epoch), DataKey>,
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
        {
            let mut live = vault.lock();
            live.destroyed = Destroyed::load(&vault.homes)?;
            live.kept = Kept::load(&vault.homes)?;
            live.mark = Mark::load(&vault.homes)?;
        }
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

    /// Opens a data key: by its own wrapping, or by one that a hold or a promotion added.
    /// `Destroyed` when its epoch is over for good, `Over` when its day has come at `now` and
    /// the key is still to be destroyed.
    //= Data Protection Act 2018, section 39(1): unreadable from the deadline on, whatever the
    //= destruction still waits for
    pub fn unwrap_key(
        &self,
        name: &str,
        wrapped: &Wrapped,
        now: At,
    ) -> Result<DataKey, VaultFault> {
        let mut live = self.lock();
        let one = live.usable(name, wrapped, now)?;
        self.read_epoch(&mut live, &one.epoch)?;
        live.open(name, &one)
    }

    /// Wraps a data key once more, under another epoch that outlives the first: a hold, or a
    /// longer class. Durable in both homes before this returns. `Over` or `Destroyed` when the
    /// key's day has come. `luck` is the epoch's key (when it is new) and both nonces.
    pub fn keep(
        &self,
        name: &str,
        wrapped: &Wrapped,
        under: &Epoch,
        now: At,
        luck: [u8; 64],
    ) -> Result<(), VaultFault> {
        let bytes = self.data_bytes(name, wrapped, now)?;
        let (epoch_bytes, nonces) = luck.split_at(KEY_LEN);
        let epoch_key = self.epoch_key(under, part(epoch_bytes), part(&nonces[..16]))?;
        let sealed = epoch_key.seal(&wrap_place(name, under), &*bytes, part(&nonces[16..]));
        let again = Wrapped { epoch: under.clone(), wrapped: BASE64.encode(sealed) };
        self.lock().kept.add(&self.homes, name, wrapped, again)
    }

    /// Takes a hold's (or promotion's) wrapping away from a key; when it was the last under a
    /// hold, the hold's own key is destroyed. Doing it twice is the same as once.
    pub fn let_go(&self, name: &str, under: &Epoch, at: At) -> Result<(), VaultFault> {
        let last = {
            let mut live = self.lock();
            live.kept.remove(&self.homes, name, under)?;
            live.opened.retain(|(of, _), _| of != name);
            !live.kept.uses(under)
        };
        if last && under.is_hold() { self.destroy(under, at) } else { Ok(()) }
    }

    /// Whether another epoch than its own still keeps this key at `now`.
    pub fn is_kept(&self, name: &str, now: At) -> bool {
        let live = self.lock();
        let alive = |one: &Wrapped| live.epochs.contains_key(&one.epoch) && !one.epoch.is_over(now);
        live.kept.named(name).iter().any(alive)
    }

    /// Whether this key would still open without `epoch`: by its own wrapping or another's.
    pub fn has_another(&self, name: &str, wrapped: &Wrapped, epoch: &Epoch) -> bool {
        let live = self.lock();
        let alive = |one: &Wrapped| one.epoch != *epoch && live.epochs.contains_key(&one.epoch);
        std::iter::once(wrapped).chain(live.kept.of(name, wrapped)).any(alive)
    }

    /// The names of the keys that this epoch keeps beyond their own.
    pub fn kept_under(&self, epoch: &Epoch) -> Vec<String> {
        self.lock().kept.under(epoch)
    }

    /// Destroys an epoch's key in both homes, for ever. Doing it twice is the same as once.
    pub fn destroy(&self, epoch: &Epoch, at: At) -> Result<(), VaultFault> {
        let mut live = self.lock();
        if !live.destroyed.contains(epoch) {
            live.destroyed.add(&self.homes, epoch, at)?;
        }
        for home in &self.homes {
            files::destroy(&epoch_file(home, epoch))?;
        }
        live.epochs.remove(epoch);
        live.opened.retain(|(_, of), _| of != epoch);
        for name in live.kept.under(epoch) {
            live.kept.remove(&self.homes, &name, epoch)?;
        }
        Ok(())
    }

    /// How often a key was kept or let go so far: a store that was put back from a copy has seen
    /// fewer than the journal says.
    pub fn moves(&self) -> u64 {
        self.lock().kept.moves()
    }

    /// How far the list of destructions has come.
    pub fn ratchet(&self) -> Ratchet {
        self.lock().destroyed.ratchet().clone()
    }

    /// The last trusted time, as it was noted.
    pub fn mark(&self) -> Option<Mark> {
        self.lock().mark
    }

    /// Notes a trusted time in both homes.
    pub fn set_mark(&self, mark: Mark) -> Result<(), VaultFault> {
        // Written under the lock: two at once would rename the same temporary file.
        let mut live = self.lock();
        mark.write(&self.homes)?;
        live.mark = Some(mark);
        Ok(())
    }

    /// Copies the key store into an empty folder: its own short-lived backup, apart from any
    /// other. Files are for the owner only.
    pub fn backup(&self, to: &Path) -> Result<(), VaultFault> {
        // Held, so that nothing is made or destroyed while it is copied.
        let _live = self.lock();
        files::copy_tree(&self.homes[0], to)
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

    /// The bytes of a live data key, for wrapping them again: they leave this crate never.
    fn data_bytes(
        &self,
        name: &str,
        wrapped: &Wrapped,
        now: At,
    ) -> Result<zeroize::Zeroizing<[u8; KEY_LEN]>, VaultFault> {
        let mut live = self.lock();
        let one = live.usable(name, wrapped, now)?;
        self.read_epoch(&mut live, &one.epoch)?;
        live.bytes(name, &one)
    }

    /// The raw bytes that must stand nowhere else, to look for: of a data key that still opens.
    pub fn needle(&self, name: &str, wrapped: &Wrapped) -> Option<crate::Needle> {
        let bytes = self.data_bytes(name, wrapped, At(i64::MIN)).ok()?;
        crate::Needle::new(&*bytes)
    }

    /// Makes sure that an epoch's key is at hand: another process on the same store (a command
    /// beside the service) may have made it since.
    fn read_epoch(&self, live: &mut Live, epoch: &Epoch) -> Result<(), VaultFault> {
        if live.epochs.contains_key(epoch) {
            return Ok(());
        }
        let sealed = files::read(&epoch_file(&self.homes[0], epoch))?;
        let missing = || VaultFault::Damaged(format!("{epoch} (missing)"));
        let bytes = self.root.open(&epoch.to_string(), &sealed.ok_or_else(missing)?)?;
        let bytes = bytes.try_into().map_err(|_| missing())?;
        live.epochs.insert(epoch.clone(), DataKey::new(&bytes));
        Ok(())
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
        if epoch_file(&self.homes[0], epoch).exists() {
            self.read_epoch(&mut live, epoch)?;
            return Ok(live.epochs[epoch].clone());
        }
        let sealed = self.root.seal(&epoch.to_string(), &bytes, nonce);
        for home in &self.homes {
            files::write_whole(&epoch_file(home, epoch), &sealed)?;
        }
        let key = DataKey::new(&bytes);
        live.epochs.insert(epoch.clone(), key.clone());
        Ok(key)
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

impl Live {
    /// The wrapping of a key by which it opens at `now`: its own, or one that keeps it longer.
    fn usable(&self, name: &str, wrapped: &Wrapped, now: At) -> Result<Wrapped, VaultFault> {
        let mut why = VaultFault::Destroyed;
        for one in std::iter::once(wrapped).chain(self.kept.of(name, wrapped)) {
            if self.destroyed.contains(&one.epoch) {
                continue;
            }
            if !one.epoch.is_over(now) {
                return Ok(one.clone());
            }
            why = VaultFault::Over;
        }
        Err(why)
    }

    fn bytes(
        &self,
        name: &str,
        wrapped: &Wrapped,
    ) -> Result<zeroize::Zeroizing<[u8; KEY_LEN]>, VaultFault> {
        let missing = || VaultFault::Damaged(format!("{} (missing)", wrapped.epoch));
        let epoch_key = self.epochs.get(&wrapped.epoch).ok_or_else(missing)?;
        let sealed = BASE64.decode(&wrapped.wrapped).map_err(|_| VaultFault::Altered)?;
        let bytes = epoch_key.open(&wrap_place(name, &wrapped.epoch), &sealed)?;
        let bytes: [u8; KEY_LEN] = bytes.try_into().map_err(|_| VaultFault::Altered)?;
        Ok(zeroize::Zeroizing::new(bytes))
    }

    fn open(&mut self, name: &str, wrapped: &Wrapped) -> Result<DataKey, VaultFault> {
        let place = (name.to_owned(), wrapped.epoch.clone());
        if let Some(key) = self.opened.get(&place) {
            return Ok(key.clone());
        }
        let key = DataKey::new(&*self.bytes(name, wrapped)?);
        if self.opened.len() >= OPENED_MAX {
            self.opened.clear();
        }
        self.opened.insert(place, key.clone());
        Ok(key)
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
