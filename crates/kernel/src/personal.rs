//! A field that says something about a person. It travels in events as a marked value, so that
//! the engine can seal it under the stream's key before it reaches any page of any file, and it
//! reads back as erased once that key is gone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The mark that the engine looks for in an event's JSON; its value is what gets sealed.
pub const MARK: &str = "$personal";
/// What stands in an opened event where a sealed value could no longer be opened.
pub const ERASED: &str = "$erased";

/// A personal value, or the place where one used to be.
#[derive(Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// The value.
    Known(T),
    /// The key is destroyed; nobody can say what stood here.
    Erased,
}

impl<T> Personal<T> {
    /// Marks a value as personal.
    pub const fn new(value: T) -> Self {
        Self::Known(value)
    }

    /// The value, unless it was erased.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Erased => None,
        }
    }

    /// The value, unless it was erased.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Erased => None,
        }
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Default> Default for Personal<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

impl<T> fmt::Debug for Personal<T> {
    /// Never prints the value: a log line is not a place for a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known(_) => "Personal(..)",
            Self::Erased => "Personal(erased)",
        })
    }
}

#[derive(Serialize, Deserialize)]
enum Wire<T> {
    #[serde(rename = "$personal")]
    Known(T),
    #[serde(rename = "$erased")]
    Erased(bool),
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => Wire::Known(value).serialize(serializer),
            Self::Erased => Wire::<T>::Erased(true).serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Wire::deserialize(deserializer)? {
            Wire::Known(value) => Self::Known(value),
            Wire::Erased(_) => Self::Erased,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_is_marked_in_json_and_hidden_in_debug() {
        let name = Personal::new("Example Person".to_owned());
        let json = serde_json::to_value(&name).unwrap();
        assert_eq!(json, serde_json::json!({ "$personal": "Example Person" }));
        assert_eq!(serde_json::from_value::<Personal<String>>(json).unwrap(), name);
        assert!(!format!("{name:?}").contains("Example"));
    }

    #[test]
    fn an_erased_value_reads_back_as_erased() {
        let gone: Personal<String> =
            serde_json::from_value(serde_json::json!({ "$erased": true })).unwrap();
        assert_eq!(gone.known(), None);
    }
}
