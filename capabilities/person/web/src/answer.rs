//! How a command about one person is answered: on to her page, or the page again with what was
//! typed and what is wrong.

use crate::person;
use ::person::{Command, Person, PersonId, Policy, Refusal};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use ui::{App, FieldErrors, Staff, Typed, View};

/// Who asks, and about whom.
pub(crate) struct Desk<'a> {
    pub(crate) app: &'a App,
    pub(crate) view: &'a View,
    pub(crate) staff: &'a Staff,
    pub(crate) policy: Policy,
    pub(crate) id: PersonId,
}

impl Desk<'_> {
    /// Does it, on the record that stands for her.
    pub(crate) async fn execute(&self, command: Command) -> Result<(), Refused<Refusal>> {
        let (engine, caller) = (self.app.engine(), &self.staff.caller);
        engine.execute::<Person>(&self.id.stream(), command, caller, None).await?;
        Ok(())
    }

    /// Does it, and answers.
    pub(crate) async fn answer(&self, command: Command, field: &str, typed: &Typed) -> Response {
        match self.execute(command).await {
            Ok(()) => self.done(),
            Err(Refused::Refusal(refusal)) => {
                let field = match refusal {
                    Refusal::NoSuchDay => "born",
                    _ => field,
                };
                self.wrong(field, &refusal.to_string(), typed).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    /// On to her page as it stands now.
    pub(crate) fn done(&self) -> Response {
        Redirect::to(&format!("/people/{}", self.id)).into_response()
    }

    /// Her page again.
    pub(crate) async fn wrong(&self, field: &str, words: &str, typed: &Typed) -> Response {
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        match person::page(self).await {
            Ok(Some(page)) => self.view.again(person::PAGE, page, typed, &errors),
            Ok(None) => self.view.missing(),
            Err(fault) => self.fault(&fault),
        }
    }

    pub(crate) fn fault(&self, fault: &Fault) -> Response {
        self.view.fault(fault)
    }
}
