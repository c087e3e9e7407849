//! What a force may set: the schools that are told, and their authorities' terms.

use safeguarding::Schools;
use std::sync::Arc;

/// The list that stands until a force sets its own: `instruments/schools.toml`.
const DEFAULT_SCHOOLS: &str = include_str!("../../../../instruments/schools.toml");

/// The settings of safeguarding.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Schools and terms.
    pub schools: Arc<Schools>,
}

/// Data that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list of schools cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own list, as TOML, and the terms of its authorities.
    pub fn read(text: &str, terms: Vec<calendar::SchoolTerms>) -> Result<Self, SettingsFault> {
        let mut schools: Schools =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        schools.terms = terms;
        match schools.fault() {
            Some(fault) => Err(SettingsFault(fault.to_owned())),
            None => Ok(Self { schools: Arc::new(schools) }),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(DEFAULT_SCHOOLS, vec![calendar::example_terms()])
            .expect("a test reads the default list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_would_mislead_is_refused() {
        let default = Settings::default().schools;
        assert!(default.offered("meadow_primary").is_some());
        for (from, to) in [
            ("version = 1", "version = 0"),
            ("code = \"meadow_primary\"", "code = \"harbour_academy\""),
            ("code = \"meadow_primary\"", "code = \"Meadow Primary\""),
            ("title = \"Example Harbour Academy\"", "title = \" \""),
            ("version = 1", "version = 1\nunknown = 1"),
            ("jurisdiction = \"england_and_wales\"", "jurisdiction = \"atlantis\""),
        ] {
            let text = DEFAULT_SCHOOLS.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_SCHOOLS, "{from}");
            assert!(Settings::read(&text, vec![]).is_err(), "{to}");
        }
    }
}
