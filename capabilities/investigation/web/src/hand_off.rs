//! The hand-off to the force's records system: what stands in the way, when it was told, and
//! under which reference it has the case.

use crate::desk::{Desk, Page};
use crate::investigation::text;
use axum::response::Response;
use engine::Fault;
use investigation::{Command, Refusal, Tables};
use minijinja::{Value, context};
use std::sync::Arc;
use ui::Form;

/// The page.
pub(crate) struct HandOff;

impl Page for HandOff {
    const TEMPLATE: &'static str = "investigation/hand-off.html";
    const TITLE: &'static str = "hand-off-title";
    const STEM: &'static str = "hand-off";

    async fn fill(&self, desk: &Desk) -> Result<Value, Fault> {
        let known = desk.known().await?;
        let told: Vec<Value> = known
            .hand_offs
            .iter()
            .enumerate()
            .rev()
            .map(|(place, one)| {
                let taken = one.taken_in.as_ref();
                context! {
                    serial => place + 1,
                    at => one.at.0,
                    due => one.due.0,
                    taken_at => taken.map(|(at, ..)| at.0),
                    system => taken.map(|(_, system, _)| system.clone()),
                    record => taken.map(|(.., reference)| text(reference)),
                }
            })
            .collect();
        Ok(context! {
            incident => desk.incident.to_string(),
            reference => desk.incident.reference(),
            ready => known.classified.is_some(),
            changed => !known.hand_offs.is_empty() && known.changed,
            told,
            writes => desk.writes(),
        })
    }

    fn field(_: Refusal) -> &'static str {
        "hand_off"
    }
}

pub(crate) async fn get(desk: Desk) -> Response {
    desk.show(&HandOff).await
}

pub(crate) async fn post(
    tables: Arc<Tables>,
    desk: Desk,
    Form { typed, .. }: Form<crate::statement::Nothing>,
) -> Response {
    desk.act(&HandOff, Command::HandOff { tables }, &typed).await
}
