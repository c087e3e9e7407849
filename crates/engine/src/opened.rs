//! A record whose personal fields were opened again, as read models and reactions see it.

use crate::Fault;
use journal::{Position, Recorded};
use kernel::{At, personal};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Where sealed values stand in clear JSON: `{"$sealed": n}`, the n-th of the sealed list.
pub(crate) const SEALED: &str = "$sealed";

/// Where clear JSON says under which key of its stream an event is sealed, when not under the
/// stream's own.
pub(crate) const KEY: &str = "$key";

/// One event, opened as far as keys allow.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Place in the journal.
    pub position: Position,
    /// `noun/id`.
    pub stream: String,
    /// Place in the stream.
    pub version: u64,
    /// Stored name.
    pub kind: String,
    /// When it happened.
    pub at: At,
    /// Who did it, as the journal keeps it.
    pub actor: String,
    /// For what purpose.
    pub purpose: String,
    /// Whether its personal fields are gone.
    pub erased: bool,
    /// The name of the key that its personal fields are sealed under: the stream, or a key of
    /// the stream's for what is kept for another time. Seal a row of it under the same.
    pub key: String,
    body: Value,
}

impl Opened {
    /// Puts the opened values back in their places; with `None` every place is erased.
    pub(crate) fn new(record: Recorded, sealed: Option<Vec<Value>>) -> Result<Self, Fault> {
        let mut body: Value = serde_json::from_str(&record.clear)
            .map_err(|source| decode_fault(&record.kind, record.position, source))?;
        let key = take_key(&mut body, &record.stream);
        let erased = record.sealed_hash.is_some() && sealed.is_none();
        fill(&mut body, sealed.as_deref());
        Ok(Self {
            position: record.position,
            stream: record.stream,
            version: record.version,
            kind: record.kind,
            at: record.at,
            actor: record.actor,
            purpose: record.purpose,
            erased,
            key,
            body,
        })
    }

    /// The noun of its stream.
    pub fn noun(&self) -> &str {
        self.stream.split('/').next().unwrap_or_default()
    }

    /// The member of staff who did it, if one did.
    pub fn staff(&self) -> Option<kernel::id::StaffId> {
        kernel::id::StaffId::of_stream(&self.actor)
    }

    /// The event as its capability's type.
    pub fn decode<E: DeserializeOwned>(&self) -> Result<E, Fault> {
        let mut tagged = self.body.clone();
        if let Value::Object(map) = &mut tagged {
            map.insert("kind".into(), Value::String(self.kind.clone()));
        }
        serde_json::from_value(tagged)
            .map_err(|source| decode_fault(&self.kind, self.position, source))
    }
}

/// The name of the key that a record's personal fields are sealed under.
pub(crate) fn key_of(record: &Recorded) -> String {
    // Most records have no such mark, and need not be read twice.
    if !record.clear.contains(KEY) {
        return record.stream.clone();
    }
    let mut body = serde_json::from_str(&record.clear).unwrap_or_default();
    take_key(&mut body, &record.stream)
}

fn take_key(body: &mut Value, stream: &str) -> String {
    let marked = body.as_object_mut().and_then(|map| map.remove(KEY));
    match marked.as_ref().and_then(Value::as_str) {
        Some(part) => format!("{stream}#{part}"),
        None => stream.to_owned(),
    }
}

fn decode_fault(kind: &str, position: Position, source: serde_json::Error) -> Fault {
    Fault::Decode { kind: kind.to_owned(), position: position.0, source }
}

/// Splits an event's JSON: returns its kind, the clear JSON and the personal values taken out.
pub(crate) fn split(mut event: Value) -> (String, Value, Vec<Value>) {
    let kind = match &mut event {
        Value::Object(map) => map.remove("kind"),
        _ => None,
    };
    let kind = kind.and_then(|kind| kind.as_str().map(str::to_owned));
    let kind = kind.expect("an event is a serde enum tagged `kind`");
    let mut personal = Vec::new();
    take(&mut event, &mut personal);
    (kind, event, personal)
}

fn take(value: &mut Value, out: &mut Vec<Value>) {
    match value {
        Value::Object(map) => {
            if let Some(inner) = marked(map, personal::MARK) {
                let place = out.len();
                out.push(inner);
                map.insert(SEALED.into(), place.into());
            } else {
                map.values_mut().for_each(|v| take(v, out));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|v| take(v, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn marked(map: &mut Map<String, Value>, mark: &str) -> Option<Value> {
    if map.len() == 1 { map.remove(mark) } else { None }
}

fn fill(value: &mut Value, sealed: Option<&[Value]>) {
    match value {
        Value::Object(map) => {
            if let Some(place) = marked(map, SEALED) {
                let known = place.as_u64().and_then(|n| sealed?.get(n as usize).cloned());
                match known {
                    Some(known) => map.insert(personal::MARK.into(), known),
                    None => map.insert(personal::ERASED.into(), true.into()),
                };
            } else {
                map.values_mut().for_each(|v| fill(v, sealed));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|v| fill(v, sealed)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
