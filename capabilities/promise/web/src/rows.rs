//! A promise as a page shows it: what, for which incident, by when, whose. No person stands here.

use crate::owed::{self, Owed};
use crate::people::Names;
use crate::titles;
use engine::Fault;
use kernel::id::StaffId;
use kernel::{Actor, At};
use promise::handover::Entry;
use promise::{Holder, Standing};
use serde::Serialize;
use ui::{App, Locale};

/// One row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) owner: String,
    pub(crate) stream: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) reference: String,
    pub(crate) href: Option<String>,
    /// Where this promise has a page of its own, as the end of its address.
    pub(crate) query: String,
    pub(crate) made_at: i64,
    pub(crate) due_at: i64,
    pub(crate) standing: Standing,
    pub(crate) team: String,
    pub(crate) team_name: String,
    /// Who holds it; nothing while nobody does.
    pub(crate) holder: Option<String>,
    /// Whether a person does.
    pub(crate) by_person: bool,
    pub(crate) mine: bool,
}

/// For whom rows are made.
pub(crate) struct Eye<'a> {
    pub(crate) app: &'a App,
    pub(crate) actor: &'a Actor,
    pub(crate) me: StaffId,
    pub(crate) locale: Locale,
    pub(crate) now: At,
}

impl Eye<'_> {
    /// The row of one promise.
    pub(crate) async fn row(&self, owed: &Owed, names: &mut Names<'_>) -> Result<Row, Fault> {
        let about = &owed.about;
        let (team, team_name) = match &owed.holder {
            Some(holder @ Holder::Team { team }) => (team.clone(), names.of(holder).await?),
            Some(Holder::Person { .. }) | None => {
                let team = names.settings.of_owner(&about.owner);
                (team.code.clone(), team.name.clone())
            }
        };
        let holder = match &owed.holder {
            Some(holder) => Some(names.of(holder).await?),
            None => None,
        };
        Ok(Row {
            title: titles::title(self.locale, &about.owner, &about.name),
            reference: owed::reference(owed.incident.as_deref(), &about.stream),
            href: owed::href(self.app, self.actor, owed),
            query: format!(
                "owner={}&stream={}&name={}",
                safe(&about.owner),
                safe(&about.stream),
                safe(&about.name)
            ),
            owner: about.owner.clone(),
            stream: about.stream.clone(),
            name: about.name.clone(),
            made_at: owed.made_at.0,
            due_at: owed.due_at.0,
            standing: Standing::at(self.now, owed.made_at, owed.due_at),
            team,
            team_name,
            holder,
            by_person: matches!(owed.holder, Some(Holder::Person { .. })),
            mine: owed.holder == Some(Holder::Person { staff: self.me }),
        })
    }

    /// The row of one entry of a handover's record.
    pub(crate) async fn entry(&self, entry: &Entry, names: &mut Names<'_>) -> Result<Row, Fault> {
        let owed = Owed {
            about: entry.about.clone(),
            incident: entry.incident.clone(),
            made_at: entry.due_at,
            due_at: entry.due_at,
            kept_at: None,
            ended_at: None,
            holder: entry.holder.clone(),
        };
        self.row(&owed, names).await
    }
}

/// What of a text may stand in an address: codes, ids and times of ours are all of that kind.
pub(crate) fn safe(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "/_-.:".contains(*c)).collect()
}
