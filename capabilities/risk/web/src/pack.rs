//! Instruments as files: TOML or JSON with the same fields, read once, refused whole when
//! anything in them is wrong. Whose they are is asked by whoever opens the file.

use risk::limits::PACK_BYTES_MAX;
use risk::{Cluster, Instrument};

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadPack {
    /// Larger than any pack.
    #[error("the instrument is larger than {PACK_BYTES_MAX} bytes")]
    TooLarge,
    /// Not TOML or JSON of the right shape: the line, where it is known, and why.
    #[error("{0}")]
    Unreadable(String),
    /// Its parts do not fit each other.
    #[error("the instrument does not hold together: {}", .0.join("; "))]
    Faulty(Vec<String>),
}

/// What there is to say of a pack that can be used.
#[derive(Debug)]
pub struct Told {
    /// The pack.
    pub pack: Instrument,
    /// Clusters that it says nothing about.
    pub silent: Vec<&'static str>,
}

/// Reads a pack.
pub fn read(text: &str) -> Result<Instrument, BadPack> {
    check(text).map(|told| told.pack)
}

/// Reads a pack and says everything that is wrong with it, each with its line.
pub fn check(text: &str) -> Result<Told, BadPack> {
    if text.len() > PACK_BYTES_MAX {
        return Err(BadPack::TooLarge);
    }
    let pack = parse(text).map_err(BadPack::Unreadable)?;
    let faults: Vec<String> = pack
        .faults()
        .iter()
        .map(|fault| match fault.line(text) {
            Some(line) => format!("line {line}: {fault}"),
            None => fault.to_string(),
        })
        .collect();
    match faults.is_empty() {
        true => {
            let silent = pack.silent_clusters().into_iter().map(Cluster::code).collect();
            Ok(Told { pack, silent })
        }
        false => Err(BadPack::Faulty(faults)),
    }
}

/// Where JSON could begin is no TOML.
fn parse(text: &str) -> Result<Instrument, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text)
            .map_err(|fault| format!("line {}: not as a pack is written: {fault}", fault.line()));
    }
    toml::from_str(text).map_err(|fault: toml::de::Error| {
        let message = fault.message();
        match fault.span() {
            Some(span) => {
                let line = text[..span.start.min(text.len())].matches('\n').count() + 1;
                format!("line {line}: not as a pack is written: {message}")
            }
            None => format!("not as a pack is written: {message}"),
        }
    })
}

/// The pack that comes with Sightline: for demonstration and rehearsal only.
pub fn demonstration() -> Instrument {
    read(include_str!("../../../../instruments/demonstration.toml"))
        .expect("a test reads the pack that is built in")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../../instruments/demonstration.toml");

    #[test]
    fn the_pack_that_is_built_in_holds_together() {
        assert_eq!(demonstration().name, "demonstration");
        assert!(check(TEXT).unwrap().silent.is_empty());
    }

    #[test]
    fn a_pack_that_does_not_hold_together_is_refused_whole_with_every_line() {
        let broken = TEXT
            .replace("after = \"hurt\"", "after = \"nothing\"")
            .replace("cluster = \"fear\"", "cluster = \"worry\"");
        let Err(BadPack::Faulty(faults)) = check(&broken) else { panic!() };
        assert_eq!(faults.len(), 2);
        assert!(faults.iter().all(|fault| fault.starts_with("line ")), "{faults:?}");
    }

    #[test]
    fn what_is_no_pack_says_the_line_in_either_form() {
        let at = |text: &str| match check(text) {
            Err(BadPack::Unreadable(says)) => says,
            other => panic!("{other:?}"),
        };
        assert!(at(&TEXT.replacen("version = 2", "version = \"two\"", 1)).starts_with("line 5: "));
        assert!(at("{\n  \"name\": 1\n}").starts_with("line 2: "));
        assert!(matches!(check(&" ".repeat(PACK_BYTES_MAX + 1)), Err(BadPack::TooLarge)));
    }

    #[test]
    fn the_same_pack_reads_from_json() {
        let json = serde_json::to_string(&demonstration()).unwrap();
        assert_eq!(read(&json).unwrap(), demonstration());
    }
}
