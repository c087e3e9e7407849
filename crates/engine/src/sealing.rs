//! Seals the personal fields of events and the rows of read models under their stream's key.

use crate::opened::Opened;
use crate::{Engine, Fault, limits, opened};
use journal::{NewEvent, Recorded};
use kernel::{At, Class, Personal};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use vault::{DataKey, Epoch, Needle, VaultFault, Wrapped};

/// The engine's own event, first in every stream that seals anything: the stream's wrapped key.
pub(crate) const KEY_WRAPPED: &str = "key.wrapped.v1";

/// What the key of a stream's objects is derived for.
const OBJECTS: &str = "objects";

/// Wrapped keys by name, so that opening does not read the head of the stream every time.
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<BTreeMap<String, Wrapped>>);

/// The body of that event. The name of the key is the stream, or the stream and `part`.
#[derive(Serialize, Deserialize)]
struct KeyWrapped {
    #[serde(flatten)]
    wrapped: Wrapped,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
}

/// A key of a stream and where its content is to be sealed.
pub(crate) struct Sealing {
    key: Option<DataKey>,
    /// The mark in clear JSON; none for the stream's own key.
    part: Option<String>,
}

impl KeyCache {
    fn get(&self, name: &str) -> Option<Wrapped> {
        self.0.lock().expect("no holder of this lock panics").get(name).cloned()
    }

    pub(crate) fn put(&self, name: &str, wrapped: Wrapped) {
        let mut map = self.0.lock().expect("no holder of this lock panics");
        if map.len() >= limits::KEYS_MAX {
            map.clear();
        }
        map.insert(name.to_owned(), wrapped);
    }
}

impl Engine {
    /// The key for the events of one class in `stream`: the stream's own where `apart` is
    /// nothing, else one that expires with what was said today. A key that is new comes with
    /// the event that carries it, which goes before what it seals.
    pub(crate) async fn sealing(
        &self,
        stream: &str,
        own: Option<Class>,
        apart: Option<Class>,
    ) -> Result<(Sealing, Option<NewEvent>), Fault> {
        let class = match (apart, own) {
            (Some(class), _) | (None, Some(class)) => class,
            // Once it is destroyed, what is not personal can still happen: its own deletion.
            (None, None) => {
                let key = self.stream_key(stream).await?;
                return Ok((Sealing { key, part: None }, None));
            }
        };
        let expires_on = self.believed().day().plus(self.keep_days(class));
        let part = apart.map(|class| format!("{}.{}", class.name, expires_on.0));
        let name = key_name(stream, part.as_deref());
        // By the time that set its day: one clock that is ahead closes it to readers, and must
        // not bring a second key of the same name.
        if part.is_some()
            && let Some(key) = self.key_at(&name, self.believed()).await?
        {
            return Ok((Sealing { key: Some(key), part }, None));
        }
        let mut luck = [0; 96];
        self.0.luck.fill(&mut luck);
        let epoch = Epoch::of(class.name, expires_on);
        let (key, wrapped) = self.0.vault.data_key(&name, &epoch, luck)?;
        let body = KeyWrapped { wrapped, part: part.clone() };
        let clear = serde_json::to_string(&body).map_err(Fault::Encode)?;
        let event = NewEvent { kind: KEY_WRAPPED.into(), clear, sealed: None };
        // It is known by its name once the append holds: another writer may win.
        Ok((Sealing { key: Some(key), part }, Some(event)))
    }

    /// The key of this name (a stream's, or a part's): `None` when there is none, when its day
    /// has come, or when it was destroyed.
    pub async fn stream_key(&self, name: &str) -> Result<Option<DataKey>, Fault> {
        self.key_at(name, self.latest()).await
    }

    /// The same at a time of the caller's. Whoever seals has no use for the latest that any clock
    /// says: what a clock closes too early is open again once it is put right.
    async fn key_at(&self, name: &str, at: At) -> Result<Option<DataKey>, Fault> {
        let Some(wrapped) = self.wrapped(name).await? else { return Ok(None) };
        match self.0.vault.unwrap_key(name, &wrapped, at) {
            Ok(key) => Ok(Some(key)),
            Err(VaultFault::Destroyed | VaultFault::Over) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The wrapped key of this name, as the journal has it.
    pub(crate) async fn wrapped(&self, name: &str) -> Result<Option<Wrapped>, Fault> {
        if let Some(wrapped) = self.0.keys.get(name) {
            return Ok(Some(wrapped));
        }
        let (stream, apart) = match name.split_once('#') {
            Some((stream, _)) => (stream, true),
            None => (name, false),
        };
        let mut version = 0;
        loop {
            // A stream's own key is its first event; those of its parts may stand anywhere.
            let most = if apart { journal::limits::READ_MAX } else { 1 };
            let records = self.0.journal.load(stream, version, most).await?;
            let Some(last) = records.last() else { return Ok(None) };
            version = last.version;
            for record in records.iter().filter(|record| record.kind == KEY_WRAPPED) {
                self.know_key(record)?;
            }
            let found = self.0.keys.get(name);
            if found.is_some() || !apart || records.len() < most {
                return Ok(found);
            }
        }
    }

    /// When the day comes of the key that a record is sealed under.
    pub(crate) async fn ends_at(&self, record: &Recorded) -> Result<kernel::At, Fault> {
        let wrapped = self.wrapped(&opened::key_of(record)).await?;
        Ok(wrapped.map_or(kernel::At(i64::MAX), |wrapped| wrapped.epoch.expires_on.start()))
    }

    /// Keeps the key that this record carries at hand.
    pub(crate) fn know_key(&self, record: &Recorded) -> Result<(), Fault> {
        let body = read_wrapped(record)?;
        self.0.keys.put(&key_name(&record.stream, body.part.as_deref()), body.wrapped);
        Ok(())
    }

    /// Seals what is personal in an event for the `version`-th place of `stream`. Without a key
    /// (it is destroyed) only an event with nothing personal in it can still be kept.
    pub(crate) fn seal_event<E: Serialize>(
        &self,
        stream: &str,
        version: u64,
        event: &E,
        under: &Sealing,
    ) -> Result<NewEvent, Fault> {
        let json = serde_json::to_value(event).map_err(Fault::Encode)?;
        let (kind, mut clear, personal) = opened::split(json);
        let sealed = if personal.is_empty() {
            None
        } else {
            let key = under.key.as_ref().ok_or(Fault::Key(VaultFault::Destroyed))?;
            if let (Some(part), Some(map)) = (&under.part, clear.as_object_mut()) {
                map.insert(opened::KEY.into(), part.clone().into());
            }
            let plain = serde_json::to_vec(&personal).map_err(Fault::Encode)?;
            Some(key.seal(&event_place(stream, version), &plain, self.luck16()))
        };
        Ok(NewEvent { kind, clear: clear.to_string(), sealed })
    }

    /// Opens a record as far as its key allows.
    pub(crate) async fn open(&self, record: Recorded) -> Result<Opened, Fault> {
        self.open_at(record, self.latest()).await
    }

    /// Opens a record whose day may have come by some clock, for as long as its key is there: for
    /// the read models alone, which seal it again and show it to nobody.
    pub(crate) async fn open_to_seal(&self, record: Recorded) -> Result<Opened, Fault> {
        self.open_at(record, At(i64::MIN)).await
    }

    async fn open_at(&self, record: Recorded, at: At) -> Result<Opened, Fault> {
        if record.kind == KEY_WRAPPED {
            self.know_key(&record)?;
        }
        let Some(sealed) = &record.sealed else { return Opened::new(record, None) };
        let Some(key) = self.key_at(&opened::key_of(&record), at).await? else {
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
        let Some(key) = self.key_at(stream, At(i64::MIN)).await? else { return Ok(None) };
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
    /// Pieces of text that `key` seals in its stream, at most `limits::NEEDLES_EACH_MAX`: to
    /// make sure that they stand nowhere else.
    pub(crate) async fn words_under(
        &self,
        name: &str,
        key: &DataKey,
    ) -> Result<Vec<Needle>, Fault> {
        let stream = name.split('#').next().unwrap_or_default();
        let records = self.0.journal.load(stream, 0, journal::limits::READ_MAX).await?;
        let mut needles = Vec::new();
        for record in &records {
            let Some(sealed) = &record.sealed else { continue };
            if opened::key_of(record) != name {
                continue;
            }
            let plain = key.open(&event_place(stream, record.version), sealed)?;
            let values: Vec<Value> = serde_json::from_slice(&plain).map_err(Fault::Encode)?;
            values.iter().for_each(|value| texts(value, &mut needles));
            if needles.len() >= limits::NEEDLES_EACH_MAX {
                break;
            }
        }
        needles.truncate(limits::NEEDLES_EACH_MAX);
        Ok(needles)
    }

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

/// The name of the key that this record carries, and its epoch, when it carries one.
pub fn wrapped_epoch(record: &Recorded) -> Option<(String, Epoch)> {
    if record.kind != KEY_WRAPPED {
        return None;
    }
    let body = read_wrapped(record).ok()?;
    Some((key_name(&record.stream, body.part.as_deref()), body.wrapped.epoch))
}

/// The name of the key that a record's personal fields are sealed under.
pub fn key_of(record: &Recorded) -> String {
    opened::key_of(record)
}

fn read_wrapped(record: &Recorded) -> Result<KeyWrapped, Fault> {
    let decode =
        |source| Fault::Decode { kind: record.kind.clone(), position: record.position.0, source };
    serde_json::from_str(&record.clear).map_err(decode)
}

fn key_name(stream: &str, part: Option<&str>) -> String {
    part.map_or_else(|| stream.to_owned(), |part| format!("{stream}#{part}"))
}

fn texts(value: &Value, into: &mut Vec<Needle>) {
    match value {
        Value::String(text) => into.extend(Needle::new(text.as_bytes())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(map) => map.values().for_each(|item| texts(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
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
