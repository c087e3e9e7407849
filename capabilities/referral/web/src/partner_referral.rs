//! `/partner/{referral}`: one referral, as the agency that has it works on it. Opening it says to
//! the hub that it was seen. For another agency's worker it does not exist.

use crate::{agencies, local, partner, showing};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use minijinja::context;
use referral::{AgencyId, Asked, Command, DeclineWhy, How, Outcome, Referral, ReferralId, Refusal};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "referral/partner.html";

/// One worker before one referral of her agency.
struct Desk<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    agency: AgencyId,
    id: ReferralId,
    asked: Box<Asked>,
}

/// The desk; what is not her agency's is missing, like what never was.
async fn desk<'a>(
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    id: ReferralId,
) -> Result<Desk<'a>, Response> {
    let engine = app.engine();
    let agency = agencies::of_worker(engine, staff.who.id).await.map_err(|f| view.fault(&f))?;
    let agency = agency.ok_or_else(|| view.missing())?;
    let own = partner::own(engine, agency, id).await.map_err(|fault| view.fault(&fault))?;
    let asked = own.ok_or_else(|| view.missing())?;
    Ok(Desk { app, view, staff, agency, id, asked })
}

impl Desk<'_> {
    fn page(&self) -> minijinja::Value {
        let codes = |all: Vec<&'static str>| all;
        context! {
            one => showing::referral(self.id, &self.asked),
            whys => codes(DeclineWhy::ALL.iter().map(|one| one.code()).collect()),
            hows => codes(How::ALL.iter().map(|one| one.code()).collect()),
            outcomes => codes(Outcome::ALL.iter().map(|one| one.code()).collect()),
        }
    }

    /// Does it, or shows the page again with what was typed and which field was wrong.
    async fn act(&self, command: Command, typed: &Typed, field: &str) -> Response {
        let (engine, stream) = (self.app.engine(), self.id.stream());
        match engine.execute::<Referral>(&stream, command, &self.staff.caller, None).await {
            Ok(_) => Redirect::to(&format!("/partner/{}", self.id)).into_response(),
            Err(Refused::Refusal(Refusal::NotYours)) => self.view.missing(),
            Err(Refused::Refusal(refusal)) => {
                let field = match refusal {
                    Refusal::ContactTimeWrong => "contacted_at",
                    _ => field,
                };
                let mut errors = FieldErrors::new();
                errors.add(field, refusal.to_string());
                self.again(typed, &errors).await
            }
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn again(&self, typed: &Typed, errors: &FieldErrors) -> Response {
        // The page says what it said before: that is a consultation too.
        match self.staff.consulted(self.view, &self.id.stream(), "partner").await {
            Ok(()) => self.view.again(PAGE, self.page(), typed, errors),
            Err(stop) => stop,
        }
    }
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
) -> Response {
    let mut desk = match desk(&app, &view, &staff, id).await {
        Ok(desk) => desk,
        Err(stop) => return stop,
    };
    if let Err(stop) = staff.consulted(&view, &id.stream(), "partner").await {
        return stop;
    }
    let see = Command::See { agency: desk.agency };
    let seen = app.engine().execute::<Referral>(&id.stream(), see, &staff.caller, None).await;
    match seen {
        Ok(done) if !done.events.is_empty() => desk.asked.step = referral::Step::Seen,
        Ok(_) | Err(Refused::Refusal(_)) => {}
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    }
    view.page(PAGE, desk.page())
}

/// Whatever a worker can send; every form fills its own part.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    why: String,
    #[serde(default)]
    decline_reason: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    attempt: String,
    #[serde(default)]
    how: String,
    #[serde(default)]
    contacted_at: String,
    #[serde(default)]
    contact_note: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    close_note: String,
}

macro_rules! step {
    (
        $(#[$doc:meta])* $name:ident,
        |$desk:ident, $value:ident, $errors:ident| $make:expr, $field:literal
    ) => {
        $(#[$doc])*
        pub(crate) async fn $name(
            State(app): State<App>,
            view: View,
            staff: Staff,
            Named(id): Named<ReferralId>,
            Form { value: $value, typed }: Form<Typing>,
        ) -> Response {
            let $desk = match desk(&app, &view, &staff, id).await {
                Ok(desk) => desk,
                Err(stop) => return stop,
            };
            let mut $errors = FieldErrors::new();
            let command: Option<Command> = $make;
            match command {
                Some(command) => $desk.act(command, &typed, $field).await,
                None => $desk.again(&typed, &$errors).await,
            }
        }
    };
}

step!(
    /// Yes.
    accept, |desk, _value, errors| {
        let _ = &mut errors;
        Some(Command::Accept { agency: desk.agency })
    }, "decline_reason"
);
step!(
    /// No, with a reason.
    decline, |desk, value, errors| {
        let why = DeclineWhy::of(&value.why);
        if why.is_none() {
            errors.add("why", "Choose why");
        }
        let (agency, reason) = (desk.agency, value.decline_reason);
        why.map(|why| Command::Decline { agency, why, reason })
    }, "decline_reason"
);
step!(
    /// A question to the hub.
    question, |desk, value, errors| {
        let _ = &mut errors;
        Some(Command::Ask { agency: desk.agency, question: value.question })
    }, "question"
);
step!(
    /// She was not reached.
    attempt, |desk, value, errors| {
        let _ = &mut errors;
        Some(Command::Try { agency: desk.agency, note: value.attempt })
    }, "attempt"
);
step!(
    /// She was spoken with.
    contact, |desk, value, errors| {
        let how = How::of(&value.how);
        if how.is_none() {
            errors.add("how", "Choose how you spoke with her");
        }
        let at = match value.contacted_at.trim() {
            "" => Some(desk.view.now()),
            text => local::read(text),
        };
        if at.is_none() {
            errors.add("contacted_at", "Enter a day and a time");
        }
        let (agency, note) = (desk.agency, value.contact_note);
        how.zip(at).map(|(how, contacted_at)| Command::Engage { agency, contacted_at, how, note })
    }, "contact_note"
);
step!(
    /// Done.
    close, |desk, value, errors| {
        let outcome = Outcome::of(&value.outcome);
        if outcome.is_none() {
            errors.add("outcome", "Choose how it ended");
        }
        let (agency, note) = (Some(desk.agency), value.close_note);
        outcome.map(|outcome| Command::Close { agency, outcome, note })
    }, "close_note"
);
