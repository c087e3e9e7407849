//! Instruments as files: read once, refused whole when anything in them is wrong.

use risk::Instrument;

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadPack {
    /// Not TOML of the right shape.
    #[error("the instrument is not written as it should be")]
    Unreadable(#[source] Box<toml::de::Error>),
    /// Its parts do not fit each other.
    #[error("the instrument does not hold together: {}", .0.join("; "))]
    Faulty(Vec<String>),
}

/// Reads a pack.
pub fn read(text: &str) -> Result<Instrument, BadPack> {
    let pack: Instrument =
        toml::from_str(text).map_err(|fault| BadPack::Unreadable(Box::new(fault)))?;
    match pack.faults() {
        faults if faults.is_empty() => Ok(pack),
        faults => Err(BadPack::Faulty(faults)),
    }
}

/// The pack that comes with Sightline: for demonstration and rehearsal only.
pub fn demonstration() -> Instrument {
    read(include_str!("../../../../instruments/demonstration.toml"))
        .expect("a test reads the pack that is built in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_that_is_built_in_holds_together() {
        let pack = demonstration();
        assert_eq!(pack.name, "demonstration");
        assert!(pack.questions().count() >= 10 && pack.flag.len() >= 3);
    }

    #[test]
    fn a_pack_that_does_not_hold_together_is_refused_whole() {
        let text = include_str!("../../../../instruments/demonstration.toml");
        let broken = text.replace("after = \"hurt\"", "after = \"nothing\"");
        assert!(matches!(read(&broken), Err(BadPack::Faulty(_))));
        assert!(matches!(read("name = 1"), Err(BadPack::Unreadable(_))));
    }
}
