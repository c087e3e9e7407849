//! Faults at the edge: the chain is logged once, here, under a reference that the page shows.

use crate::view::View;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Refused;
use minijinja::context;
use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Logs a fault with its causes and returns the reference to show.
pub fn log(fault: &dyn Error) -> String {
    let reference = format!("F{:04}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut causes = Vec::new();
    let mut source = fault.source();
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    tracing::error!(reference, %fault, ?causes, "a request failed");
    reference
}

impl View {
    /// A fault: 500, with a reference to quote.
    pub fn fault(&self, fault: &dyn Error) -> Response {
        let page = context! {
            message => "problem-fault", status => 500, reference => log(fault),
        };
        self.answer(StatusCode::INTERNAL_SERVER_ERROR, "problem.html", page)
    }

    /// Not there, or not for you: the same page, so that neither says which.
    pub fn missing(&self) -> Response {
        self.problem(StatusCode::NOT_FOUND, "problem-not-found")
    }

    /// A command that was not done, where no form is there to show it again: the refusal's
    /// words on a page of their own (409), a fault as a fault.
    pub fn refused<R: Error + 'static>(&self, refused: &Refused<R>) -> Response {
        match refused {
            Refused::Refusal(refusal) => {
                let page = context! {
                    message => "problem-refused", status => 409, detail => refusal.to_string(),
                };
                self.answer(StatusCode::CONFLICT, "problem.html", page)
            }
            Refused::Fault(fault) => self.fault(fault),
        }
    }
}
