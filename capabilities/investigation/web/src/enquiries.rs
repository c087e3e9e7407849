//! Lines of enquiry as tasks: what is to be found out, by whom, by when; done, or dropped with a
//! reason. Whoever takes one on the board of promises has it here too.

use crate::desk::{self, Desk, Page};
use crate::investigation::{NO_TIME, text};
use axum::response::Response;
use calendar::typing;
use engine::Fault;
use investigation::{Command, Refusal, Tables};
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
use ui::Form;

/// The page.
pub(crate) struct Enquiries(pub(crate) Arc<Tables>);

impl Page for Enquiries {
    const TEMPLATE: &'static str = "investigation/enquiries.html";
    const TITLE: &'static str = "enquiries-title";
    const STEM: &'static str = "enquiries";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let engine = desk.app.engine();
        let owners: Vec<_> = known.enquiries.values().filter_map(|one| one.owner).collect();
        let names = desk::names(engine, owners).await?;
        let me = desk.staff.who.id;
        let enquiries: Vec<Value> = known
            .enquiries
            .iter()
            .map(|(number, one)| {
                let ended = one.end.as_ref();
                context! {
                    number,
                    at => one.at.0,
                    what => text(&one.what),
                    owner => one.owner.and_then(|owner| names.get(&owner)),
                    mine => one.owner == Some(me),
                    due => one.due.0,
                    ended => ended.map(|end| end.at.0),
                    done => ended.is_some_and(|end| end.done),
                    words => ended.map(|end| text(&end.words)),
                }
            })
            .collect();
        let due = engine.now().plus(self.0.policy.enquiry());
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            enquiries,
            due => typing::field(due),
            writes => desk.writes(),
        })
    }

    fn field(refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::EnquiryEmpty | Refusal::TooMany => "what",
            Refusal::DueWrong => "due",
            _ => "enquiry",
        }
    }
}

pub(crate) async fn get(tables: Arc<Tables>, desk: Desk) -> Response {
    desk.show(&Enquiries(tables)).await
}

/// Every field of every form of the page; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    number: u32,
    what: String,
    owner: String,
    due: String,
    words: String,
}

pub(crate) async fn post(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Said>,
) -> Response {
    let page = Enquiries(tables);
    let Ok(due) = typing::maybe_instant(&value.due) else {
        return desk.wrong(&page, "due", NO_TIME, &typed).await;
    };
    let due = due.unwrap_or_else(|| desk.app.engine().now().plus(page.0.policy.enquiry()));
    let owner = Some(desk.staff.who.id).filter(|_| value.owner != "nobody");
    desk.act(&page, Command::OpenEnquiry { what: value.what, owner, due }, &typed).await
}

pub(crate) async fn taken(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Said>,
) -> Response {
    let owner = Some(desk.staff.who.id);
    let command = Command::MoveEnquiry { number: value.number, owner, due: None };
    desk.act(&Enquiries(tables), command, &typed).await
}

pub(crate) async fn finished(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Said>,
) -> Response {
    let command = Command::FinishEnquiry { number: value.number, found: value.words };
    desk.act(&Enquiries(tables), command, &typed).await
}

pub(crate) async fn dropped(
    tables: Arc<Tables>,
    desk: Desk,
    Form { value, typed }: Form<Said>,
) -> Response {
    let command = Command::DropEnquiry { number: value.number, reason: value.words };
    desk.act(&Enquiries(tables), command, &typed).await
}
