//! Suspects and witnesses of the incident.

use crate::desk::{Desk, Page};
use axum::response::Response;
use engine::Fault;
use investigation::{Command, PersonSaid, Refusal, Role};
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{Form, Serde};

/// The page.
pub(crate) struct Parties;

impl Page for Parties {
    const TEMPLATE: &'static str = "investigation/parties.html";
    const TITLE: &'static str = "parties-title";
    const STEM: &'static str = "parties";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let people: Vec<Value> = known
            .people
            .iter()
            .map(|(number, one)| {
                context! {
                    number,
                    role => one.role.code(),
                    said => Serde(&one.said.known().cloned().unwrap_or_default()),
                    removed => one.removed.as_ref().map(crate::investigation::text),
                }
            })
            .collect();
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            people,
            writes => desk.writes(),
        })
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::PersonMissing | Refusal::TooMany => "name",
            Refusal::TooLong => "description",
            _ => "person",
        }
    }
}

pub(crate) async fn get(desk: Desk) -> Response {
    desk.show(&Parties).await
}

/// Every field of every form of the page; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    number: u32,
    role: String,
    name: String,
    description: String,
    reach: String,
    account: String,
    reason: String,
}

impl Said {
    fn person(self) -> PersonSaid {
        let Self { name, description, reach, account, .. } = self;
        PersonSaid { name, description, reach, account }
    }
}

pub(crate) async fn post(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let Some(role) = Role::of(&value.role) else {
        return desk.wrong(&Parties, "role", "Choose suspect or witness.", &typed).await;
    };
    desk.act(&Parties, Command::AddPerson { role, said: value.person() }, &typed).await
}

pub(crate) async fn changed(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let number = value.number;
    desk.act(&Parties, Command::ChangePerson { number, said: value.person() }, &typed).await
}

pub(crate) async fn removed(desk: Desk, Form { value, typed }: Form<Said>) -> Response {
    let (number, reason) = (value.number, value.reason);
    desk.act(&Parties, Command::RemovePerson { number, reason }, &typed).await
}
