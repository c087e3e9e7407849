//! Seals the personal fields of events and the rows of read models under their stream's key.

use crate::opened::Opened;
use crate::{Engine, Fault, limits, opened};
use journal::{NewEvent, Recorded};
use kernel::{Class, Personal};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use vault::{DataKey, Epoch, VaultFault, Wrapped};

/// The engine's own event, first in every stream that seals anything: the stream's wrapped key.
pub(crate) const KEY_WRAPPED: &str = "key.wrapped.v1";

/// What the key of a stream's objects is derived for.
const OBJECTS: &str = "objects";

/// Wrapped keys by stream, so that opening does not read the head of the stream every time.
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<BTreeMap<String, Wrapped>>);

#[derive(Serialize, Deserialize)]
struct KeyWrapped {
    #[serde(flatten)]
    wrapped: Wrapped,
}

impl KeyCache {
    fn get(&self, stream: &str) -> Option<Wrapped> {
        self.0.lock().expect("no holder of this lock panics").get(stream).cloned()
    }

    pub(crate) fn put(&self, stream: &str, wrapped: Wrapped) {
        let mut map = self.0.lock().expect("no holder of this lock panics");
        if map.len() >= limits::KEYS_MAX {
            map.clear();
        }
        map.insert(stream.to_owned(), wrapped);
    }
}

impl Engine {
    /// The key of a new stream of this class, born now, and the event that carries it.
    pub(crate) fn birth_key(
        &self,
        stream: &str,
        class: Class,
    ) -> Result<(DataKey, Wrapped, NewEvent), Fault> {
        let expires_on = self.now().day().plus(class.keep_days);
        let epoch = Epoch { class: class.name.into(), expires_on };
        let mut luck = [0; 96];
        self.0.luck.fill(&mut luck);
        let (key, wrapped) = self.0.vault.data_key(stream, &epoch, luck)?;
        let body = KeyWrapped { wrapped: wrapped.clone() };
        let clear = serde_json::to_string(&body).map_err(Fault::Encode)?;
        Ok((key, wrapped, NewEvent { kind: KEY_WRAPPED.into(), clear, sealed: None }))
    }

    /// The key of an existing stream: `None` when it has none, or when it was destroyed.
    pub async fn stream_key(&self, stream: &str) -> Result<Option<DataKey>, Fault> {
        let wrapped = match self.0.keys.get(stream) {
            Some(wrapped) => wrapped,
            None => {
                let head = self.0.journal.load(stream, 0, 1).await?;
                let Some(record) = head.first().filter(|r| r.kind == KEY_WRAPPED) else {
                    return Ok(None);
                };
                let wrapped = read_wrapped(record)?;
                self.0.keys.put(stream, wrapped.clone());
                wrapped
            }
        };
        match self.0.vault.unwrap_key(stream, &wrapped) {
            Ok(key) => Ok(Some(key)),
            Err(VaultFault::Destroyed) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Seals what is personal in an event for the `version`-th place of `stream`. Without a key
    /// (it is destroyed) only an event with nothing personal in it can still be kept.
    pub(crate) fn seal_event<E: Serialize>(
        &self,
        stream: &str,
        version: u64,
        event: &E,
        key: Option<&DataKey>,
    ) -> Result<NewEvent, Fault> {
        let json = serde_json::to_value(event).map_err(Fault::Encode)?;
        let (kind, clear, personal) = opened::split(json);
        let sealed = if personal.is_empty() {
            None
        } else {
            let key = key.ok_or(Fault::Key(VaultFault::Destroyed))?;
            let plain = serde_json::to_vec(&personal).map_err(Fault::Encode)?;
            Some(key.seal(&event_place(stream, version), &plain, self.luck16()))
        };
        Ok(NewEvent { kind, clear: clear.to_string(), sealed })
    }

    /// Opens a record as far as its key allows.
    pub(crate) async fn open(&self, record: Recorded) -> Result<Opened, Fault> {
        if record.kind == KEY_WRAPPED {
            self.0.keys.put(&record.stream, read_wrapped(&record)?);
        }
        let Some(sealed) = &record.sealed else { return Opened::new(record, None) };
        let Some(key) = self.stream_key(&record.stream).await? else {
            return Opened::new(record, None);
        };
        let plain = key.open(&event_place(&record.stream, record.version), sealed)?;
        let values: Vec<Value> = serde_json::from_slice(&plain).map_err(Fault::Encode)?;
        Opened::new(record, Some(values))
    }

    /// Seals a read model's row under its stream's key. `None` when the stream has no key
    /// (any more): such a row holds nothing personal.
    pub async fn seal_row<T: Serialize>(
        &self,
        stream: &str,
        row: &T,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let Some(key) = self.stream_key(stream).await? else { return Ok(None) };
        let plain = serde_json::to_vec(row).map_err(Fault::Encode)?;
        Ok(Some(key.seal(&row_place(stream), &plain, self.luck16())))
    }

    /// Opens a row that `seal_row` made; erased when its key is gone or there was none.
    pub async fn open_row<T: DeserializeOwned>(
        &self,
        stream: &str,
        sealed: Option<&[u8]>,
    ) -> Result<Personal<T>, Fault> {
        let Some(sealed) = sealed else { return Ok(Personal::Erased) };
        let Some(key) = self.stream_key(stream).await? else { return Ok(Personal::Erased) };
        let plain = key.open(&row_place(stream), sealed)?;
        serde_json::from_slice(&plain).map(Personal::Known).map_err(Fault::Encode)
    }
}

impl Engine {
    /// Seals an object that is kept beside the journal (a segment, a still) under a key of its
    /// stream's own, bound to its name. `None` when the stream has no key (any more): what
    /// cannot be sealed is not kept.
    pub async fn seal_object(
        &self,
        stream: &str,
        object: &str,
        plain: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        let key = self.stream_key(stream).await?.map(|key| key.derive(OBJECTS));
        Ok(key.map(|key| key.seal(&object_place(object), plain, self.luck16())))
    }

    /// Opens what `seal_object` made; `None` when the key is gone. Bytes that were altered, or
    /// that belong to another object, are a fault of the key.
    pub async fn open_object(
        &self,
        stream: &str,
        object: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        let key = self.stream_key(stream).await?.map(|key| key.derive(OBJECTS));
        Ok(key.map(|key| key.open(&object_place(object), sealed)).transpose()?)
    }
}

/// The epoch under which a stream's key is wrapped, when this record is the one that says so.
pub fn wrapped_epoch(record: &Recorded) -> Option<Epoch> {
    let wraps = record.kind == KEY_WRAPPED;
    wraps.then(|| read_wrapped(record).ok().map(|wrapped| wrapped.epoch)).flatten()
}

fn read_wrapped(record: &Recorded) -> Result<Wrapped, Fault> {
    let decode =
        |source| Fault::Decode { kind: record.kind.clone(), position: record.position.0, source };
    let body: KeyWrapped = serde_json::from_str(&record.clear).map_err(decode)?;
    Ok(body.wrapped)
}

fn event_place(stream: &str, version: u64) -> String {
    format!("event {version} of {stream}")
}

fn object_place(object: &str) -> String {
    format!("object {object}")
}

fn row_place(stream: &str) -> String {
    format!("row of {stream}")
}
