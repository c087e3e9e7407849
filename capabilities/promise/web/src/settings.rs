//! A force's table of teams: `instruments/teams.toml`, unless the force has its own.

use serde::{Deserialize, Serialize};

const DEFAULT_TEAMS: &str = include_str!("../../../../instruments/teams.toml");

/// One team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Stored code.
    pub code: String,
    /// As it is shown.
    pub name: String,
    /// Capabilities whose promises begin with this team.
    pub owners: Vec<String>,
}

/// The teams, and what is not shown among the promises of all.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Goes up by one with every change.
    pub version: u32,
    /// Capabilities with a board of their own.
    pub apart: Vec<String>,
    /// The teams, in the order in which they are shown.
    #[serde(rename = "team")]
    pub teams: Vec<Team>,
}

/// A table of teams that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the table of teams cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own table, as TOML.
    pub fn read(text: &str) -> Result<Self, SettingsFault> {
        let read: Self =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        let mut codes: Vec<&str> = read.teams.iter().map(|team| team.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        if read.teams.is_empty() || codes.len() != read.teams.len() {
            return Err(SettingsFault("every team has a code of its own".into()));
        }
        let owners: Vec<&String> = read.teams.iter().flat_map(|team| &team.owners).collect();
        match owners.iter().find(|one| owners.iter().filter(|other| other == one).count() > 1) {
            Some(twice) => Err(SettingsFault(format!("`{twice}` begins with two teams"))),
            None => Ok(read),
        }
    }

    /// The team with which the promises of a capability begin.
    pub(crate) fn of_owner(&self, owner: &str) -> &Team {
        let named = |team: &&Team| team.owners.iter().any(|one| one == owner);
        self.teams.iter().find(named).unwrap_or(&self.teams[0])
    }

    /// The team with this code.
    pub(crate) fn of_code(&self, code: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.code == code)
    }

    /// Nouns whose changes may change the board.
    pub(crate) fn nouns(&self) -> String {
        let owners = self.teams.iter().flat_map(|team| team.owners.iter().map(String::as_str));
        owners.chain(["promise", "handover"]).collect::<Vec<_>>().join(",")
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::read(DEFAULT_TEAMS).expect("a test reads the default table")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_is_shipped_can_be_used() {
        let table = Settings::default();
        assert_eq!(table.of_owner("arrest").code, "local");
        assert_eq!(table.of_owner("unheard_of").code, table.teams[0].code);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let team = "[[team]]\ncode = \"a\"\nname = \"A\"\nowners = [\"x\"]\n";
        let head = "version = 1\napart = []\n";
        assert!(Settings::read(&format!("{head}{team}")).is_ok());
        assert!(Settings::read(head).is_err());
        assert!(Settings::read(&format!("{head}{team}{team}")).is_err());
        let other = team.replace("\"a\"", "\"b\"");
        assert!(Settings::read(&format!("{head}{team}{other}")).is_err());
    }
}
