//! Earlier reports of the same people and place, found by blind index: neither a name nor a
//! number stands in a table. What is found is shown by date, grade and marker, and the search
//! leaves its trace like any other read.

use crate::board::{self, Row};
use crate::limits;
use async_trait::async_trait;
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Event, IncidentId, Report};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use std::collections::BTreeMap;
use ui::kept::Veil;
use ui::{App, Form, Serde, Staff, View, context};

/// The read model.
pub(crate) struct History;

/// What a report can be found by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Probe {
    pub(crate) phone: String,
    pub(crate) name: String,
    pub(crate) date_of_birth: String,
    pub(crate) postcode: String,
    pub(crate) suspect_name: String,
    pub(crate) suspect_date_of_birth: String,
}

/// The normalised form of a postcode.
fn postcode(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

impl Probe {
    pub(crate) fn of(report: &Report) -> Self {
        let person = report.person.known().cloned().unwrap_or_default();
        let place = report.place.known().cloned().unwrap_or_default();
        let suspect = report.suspect.known().cloned().unwrap_or_default();
        Self {
            phone: person.phone,
            name: person.name,
            date_of_birth: person.date_of_birth.unwrap_or_default(),
            postcode: place.postcode.unwrap_or_default(),
            suspect_name: suspect.name,
            suspect_date_of_birth: suspect.date_of_birth.unwrap_or_default(),
        }
    }

    /// Domain and normalised value of everything that is enough to go by.
    fn marks(&self) -> Vec<(&'static str, String)> {
        let mut marks = Vec::new();
        marks.extend(names::number(&self.phone).map(|number| ("phone", number)));
        let postcode = postcode(&self.postcode);
        if postcode.len() >= 5 {
            marks.push(("place", postcode));
        }
        for (domain, who, born) in [
            ("person", &self.name, &self.date_of_birth),
            ("suspect", &self.suspect_name, &self.suspect_date_of_birth),
        ] {
            marks.extend(names::person(who, born).map(|person| (domain, person)));
        }
        marks
    }
}

#[async_trait]
impl ReadModel for History {
    fn name(&self) -> &'static str {
        "incident_history"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["incident_history"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE incident_history (
            domain TEXT NOT NULL, mark BLOB NOT NULL, stream TEXT NOT NULL,
            PRIMARY KEY (domain, mark, stream)) STRICT, WITHOUT ROWID"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM incident_history WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.reported.v1"
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Event::Reported { report } = event.decode()? else { return Ok(()) };
        for (domain, value) in Probe::of(&report).marks() {
            sqlx::query("INSERT OR IGNORE INTO incident_history VALUES ($1, $2, $3)")
                .bind(domain)
                .bind(blind(engine, domain, &value))
                .bind(&event.stream)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

/// A person who is the suspect of one report may be the caller of another: one domain of people.
fn blind(engine: &Engine, domain: &str, value: &str) -> Vec<u8> {
    let shared = if domain == "suspect" { "person" } else { domain };
    engine.blind(&format!("incident/{shared}"), value).to_vec()
}

/// An earlier report, and what it has in common.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Found {
    #[serde(flatten)]
    pub(crate) row: Row,
    /// `phone`, `person`, `suspect`, `place`.
    pub(crate) why: Vec<&'static str>,
}

/// Earlier reports, newest first, and how many there are in all. Those whose key is gone are
/// not found: nobody may know of them; nor those that are hidden from whoever looks.
pub(crate) async fn find(
    engine: &Engine,
    veil: &Veil,
    probe: &Probe,
    but: Option<IncidentId>,
) -> Result<(Vec<Found>, usize), Fault> {
    let mut why = BTreeMap::<String, Vec<&'static str>>::new();
    for (domain, value) in probe.marks() {
        let rows = sqlx::query(
            "SELECT DISTINCT stream FROM incident_history
             WHERE mark = $1 ORDER BY stream DESC LIMIT 200",
        )
        .bind(blind(engine, domain, &value))
        .fetch_all(engine.reads().pool())
        .await?;
        for row in rows {
            why.entry(row.get(0)).or_default().push(domain);
        }
    }
    if let Some(but) = but {
        why.remove(&but.stream());
    }
    let mut found = Vec::new();
    // Ids sort by birth.
    for (stream, why) in why.into_iter().rev() {
        if veil.hides(&stream) || engine.is_forgotten(&stream).await? {
            continue;
        }
        if let Some(row) = board::one(engine, &stream).await? {
            found.push(Found { row, why });
        }
    }
    let all = found.len();
    found.truncate(limits::HISTORY_MAX as usize);
    Ok((found, all))
}

/// What is shown beside a report while it is typed.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, .. }: Form<Probe>,
) -> Response {
    if value.marks().is_empty() {
        let page = context! { searched => false, all => 0 };
        return view.page("incident/history.html", page);
    }
    let found = async {
        let veil = app.veil(&staff.caller.actor).await?;
        find(app.engine(), &veil, &value, None).await
    };
    let (found, all) = match found.await {
        Ok(found) => found,
        Err(fault) => return view.fault(&fault),
    };
    for one in &found {
        let stream = format!("incident/{}", one.row.incident);
        if let Err(refused) = staff.consulted(&view, &stream, "incident-history").await {
            return refused;
        }
    }
    let page = context! { searched => true, found => Serde(&found), all => all };
    view.page("incident/history.html", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_only_with_a_date_of_birth_and_a_half_typed_number_not_at_all() {
        let probe = Probe { name: "Example  Person".into(), ..Probe::default() };
        assert!(probe.marks().is_empty());
        let born = Probe { date_of_birth: "1990-01-02".into(), ..probe };
        assert_eq!(born.marks(), [("person", "example person|1990 01 02".to_owned())]);
        let typing = Probe { phone: "07700".into(), ..Probe::default() };
        assert!(typing.marks().is_empty());
        let place = Probe { postcode: "zz1 1zz".into(), ..Probe::default() };
        assert_eq!(place.marks(), [("place", "ZZ11ZZ".to_owned())]);
    }
}
