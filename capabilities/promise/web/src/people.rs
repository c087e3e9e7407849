//! Who may hold a promise, and what people and teams are called.

use crate::Settings;
use crate::limits::PEOPLE_MAX;
use access::{Event, Staff as Account};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::Role;
use kernel::id::StaffId;
use promise::Holder;
use sqlx::Row as _;
use std::collections::BTreeMap;

/// Read model: accounts that may hold a promise. Ids alone; names stay where they are.
pub(crate) struct People;

#[async_trait]
impl ReadModel for People {
    fn name(&self) -> &'static str {
        "promise_people"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["promise_people"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE promise_people (
            staff TEXT PRIMARY KEY, may INTEGER NOT NULL, disabled INTEGER NOT NULL) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "staff.account_created.v1"
                | "staff.roles_changed.v1"
                | "staff.disabled.v1"
                | "staff.enabled.v1"
        )
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (statement, value) = match event.decode::<Event>()? {
            Event::AccountCreated { roles, .. } => {
                ("INSERT OR REPLACE INTO promise_people VALUES ($1, $2, 0)", may_hold(&roles))
            }
            Event::RolesChanged { roles } => {
                ("UPDATE promise_people SET may = $2 WHERE staff = $1", may_hold(&roles))
            }
            Event::Disabled {} => {
                ("UPDATE promise_people SET disabled = $2 WHERE staff = $1", true)
            }
            Event::Enabled {} => {
                ("UPDATE promise_people SET disabled = $2 WHERE staff = $1", false)
            }
            _ => return Ok(()),
        };
        sqlx::query(statement).bind(&event.stream).bind(value).execute(tx).await?;
        Ok(())
    }
}

fn may_hold(roles: &[Role]) -> bool {
    let row = promise::PERMITS.iter().find(|row| row.action == promise::permit::HOLD);
    row.is_some_and(|row| roles.iter().any(|role| row.roles.contains(role)))
}

/// Everybody who may be given a promise.
pub(crate) async fn all(engine: &Engine) -> Result<Vec<StaffId>, Fault> {
    let rows = sqlx::query("SELECT staff FROM promise_people WHERE may AND NOT disabled LIMIT $1")
        .bind(PEOPLE_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().filter_map(|row| StaffId::of_stream(row.get(0))).collect())
}

/// Names, each looked up once a page.
pub(crate) struct Names<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) settings: &'a Settings,
    known: BTreeMap<String, String>,
}

impl<'a> Names<'a> {
    pub(crate) const fn new(engine: &'a Engine, settings: &'a Settings) -> Self {
        Self { engine, settings, known: BTreeMap::new() }
    }

    /// The name of a member of staff, by `staff/<id>`; the end of the number when it is gone.
    pub(crate) async fn of_staff(&mut self, stream: &str) -> Result<String, Fault> {
        if let Some(name) = self.known.get(stream) {
            return Ok(name.clone());
        }
        let name = match stream.starts_with("staff/") {
            true => self.engine.state::<Account>(stream).await?.0.name,
            false => None,
        };
        let name = name.unwrap_or_else(|| short(stream));
        self.known.insert(stream.to_owned(), name.clone());
        Ok(name)
    }

    /// The name of whoever holds a promise.
    pub(crate) async fn of(&mut self, holder: &Holder) -> Result<String, Fault> {
        match holder {
            Holder::Person { staff } => self.of_staff(&staff.stream()).await,
            Holder::Team { team } => {
                let known = self.settings.of_code(team);
                Ok(known.map_or_else(|| team.clone(), |team| team.name.clone()))
            }
        }
    }
}

/// The end of a number: enough to tell two apart.
pub(crate) fn short(stream: &str) -> String {
    let number = stream.rsplit('/').next().unwrap_or_default();
    let from = number.len().saturating_sub(8);
    number.get(from..).unwrap_or(number).to_owned()
}
