//! What a force may set: its grade targets, and who is told what happened.

use incident::GradeTable;
use notify::webhook::Webhook;
use std::fmt;
use std::sync::Arc;

/// The table that stands until a force sets its own: `instruments/grades.toml`.
const DEFAULT_GRADES: &str = include_str!("../../../../instruments/grades.toml");

/// The settings of the control room.
#[derive(Clone)]
pub struct Settings {
    /// Target times by grade.
    pub grades: GradeTable,
    /// The force's own systems that hear what happened.
    pub webhooks: Vec<Arc<Webhook>>,
}

/// A grade table that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the grade table cannot be read: {0}")]
pub struct SettingsFault(String);

impl Settings {
    /// A force's own table, as TOML.
    pub fn read_grades(text: &str) -> Result<GradeTable, SettingsFault> {
        let table: GradeTable =
            toml::from_str(text).map_err(|fault| SettingsFault(fault.message().to_owned()))?;
        let minutes = [
            table.immediate_minutes,
            table.priority_minutes,
            table.scheduled_minutes,
            table.resolved_minutes,
        ];
        if table.version == 0 || minutes.contains(&0) {
            return Err(SettingsFault("every number is at least 1".into()));
        }
        Ok(table)
    }
}

impl Default for Settings {
    fn default() -> Self {
        let grades = Self::read_grades(DEFAULT_GRADES).expect("a test reads the default table");
        Self { grades, webhooks: vec![] }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("grades", &self.grades).finish_non_exhaustive()
    }
}
