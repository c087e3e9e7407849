//! Typed identifiers: 128 bits, time first so that they sort by birth, the rest luck handed in
//! by the caller. Written as 32 lower-case hex digits wherever text is needed.

/// An identifier that is not 32 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identifier is 32 hexadecimal digits")]
pub struct NotAnId;

/// Lays 48 bits of milliseconds before 80 bits of luck (the order of a UUID version 7).
pub fn birth(at: crate::At, luck: [u8; 16]) -> u128 {
    let millis = (at.0.max(0) / 1000) as u128 & 0xffff_ffff_ffff;
    (millis << 80) | (u128::from_be_bytes(luck) & ((1 << 80) - 1))
}

/// Reads the text form.
pub fn parse(text: &str) -> Result<u128, NotAnId> {
    let exact = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if exact { u128::from_str_radix(text, 16).map_err(|_| NotAnId) } else { Err(NotAnId) }
}

/// The short reference that people say to each other: `prefix` and six letters or digits of an
/// id's luck, without the ones that sound or look alike.
pub fn spoken(prefix: &str, id: u128) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letters = (0..6).rev().map(|place| {
        let five = (id >> (place * 5)) & 31;
        char::from(ALPHABET[five as usize])
    });
    prefix.chars().chain(letters).collect()
}

/// What every id type is: the noun it names, and its stream in the journal.
pub trait Id: Copy + std::str::FromStr + std::fmt::Display + Send + Sync + 'static {
    /// The first part of the stream's name.
    const NOUN: &'static str;

    /// The name of this one's stream in the journal.
    fn stream(&self) -> String {
        format!("{}/{self}", Self::NOUN)
    }
}

/// Declares the id type of one noun: `kernel::id!(IncidentId, "incident")`.
/// The noun is the first part of the stream's name in the journal.
#[macro_export]
macro_rules! id {
    ($name:ident, $noun:literal) => {
        #[doc = concat!("Names one ", $noun, ".")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// A new id from the time and 16 bytes of luck.
            pub fn birth(at: $crate::At, luck: [u8; 16]) -> Self {
                Self($crate::id::birth(at, luck))
            }

            /// The name of this one's stream in the journal.
            pub fn stream(&self) -> String {
                format!(concat!($noun, "/{}"), self)
            }

            /// Reads a stream's name back; `None` when it is another noun's.
            pub fn of_stream(stream: &str) -> Option<Self> {
                stream.strip_prefix(concat!($noun, "/"))?.parse().ok()
            }
        }

        impl $crate::id::Id for $name {
            const NOUN: &'static str = $noun;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($noun, "/{:032x}"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::parse(text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(StaffId, "staff");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text_and_its_stream() {
        let id = StaffId::birth(crate::At::from_seconds(1_700_000_000), [7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(StaffId::of_stream(&id.stream()), Some(id));
        assert_eq!(StaffId::of_stream("call/00"), None);
        assert_eq!("xyz".parse::<StaffId>(), Err(NotAnId));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<StaffId>(&json).unwrap(), id);
    }

    #[test]
    fn later_ids_sort_later() {
        let early = StaffId::birth(crate::At::from_seconds(1), [255; 16]);
        let late = StaffId::birth(crate::At::from_seconds(2), [0; 16]);
        assert!(early < late);
    }
}
