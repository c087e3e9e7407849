//! The decision: proposed by one on a page of its own, approved by another on another, which
//! shows the exact words. What was not shown is not approved: the form carries their version.

use crate::act::{Any, Said, give};
use crate::application::{around, renewed};
use crate::row::row;
use crate::seen::Seen;
use crate::story;
use crate::told::{self, Told};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use disclosure::limits::{TOLD_CHARS_MAX, WORDS_CHARS_MAX};
use disclosure::{Command, Outcome, Proposed, Recipient, Refusal};
use engine::{Fault, Refused};
use minijinja::{Value, context};
use ui::{App, FieldErrors, Form, Serde, Staff, Typed, View};

/// Where a decision is written.
const WRITE: &str = "disclosure/decision.html";
/// Where it is approved.
const APPROVE: &str = "disclosure/approval.html";

/// The page to write one.
pub(crate) async fn get(app: State<App>, view: View, staff: Staff, seen: Seen) -> Response {
    shown(&app, &view, &staff, &seen, WRITE).await
}

/// The page to approve one.
pub(crate) async fn approval(app: State<App>, view: View, staff: Staff, seen: Seen) -> Response {
    shown(&app, &view, &staff, &seen, APPROVE).await
}

async fn shown(
    app: &App,
    view: &View,
    staff: &Staff,
    seen: &Seen,
    template: &'static str,
) -> Response {
    if let Err(stop) = staff.consulted(view, &seen.stream(), "disclosure-decision").await {
        return stop;
    }
    match page(app, staff, seen).await {
        Ok(page) => view.page(template, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, seen: &Seen) -> Result<Value, Fault> {
    let engine = app.engine();
    let told = Told::of(engine, &story::of(engine, seen.id).await?).await?;
    let paper = match &seen.case.decision {
        Some(paper) => Some(told::paper(engine, paper).await?),
        None => None,
    };
    let recipients: Vec<_> = Recipient::ALL.iter().map(|one| one.code()).collect();
    let own = context! {
        told => Serde(&told),
        paper => Serde(&paper),
        recipients => recipients,
        words_max => WORDS_CHARS_MAX,
        told_max => TOLD_CHARS_MAX,
        row => Serde(row(seen, None, engine.now())),
    };
    Ok(context! { ..own, ..around(app, staff, seen).await? })
}

/// The page again, with what was typed, as the application stands by now.
async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    seen: &Seen,
    (template, typed, errors): (&'static str, &Typed, &FieldErrors),
) -> Response {
    if let Err(stop) = staff.consulted(view, &seen.stream(), "disclosure-decision").await {
        return stop;
    }
    let seen = match renewed(app.engine(), staff, seen).await {
        Ok(Some(seen)) => seen,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    match page(app, staff, &seen).await {
        Ok(page) => view.again(template, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}

/// What a command came to: the page of the application, or this page again.
async fn done(
    app: &App,
    view: &View,
    staff: &Staff,
    seen: &Seen,
    (command, template, typed): (Command, &'static str, &Typed),
    field: impl FnOnce(&Refusal) -> &'static str,
) -> Response {
    match give(app, staff, seen, command).await {
        Ok(()) => Redirect::to(&format!("{}#decision", seen.base())).into_response(),
        Err(Refused::Refusal(Refusal::NotFound)) => view.missing(),
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add(field(&refusal), refusal.to_string());
            again(app, view, staff, seen, (template, typed, &errors)).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// Proposes a decision.
pub(crate) async fn propose(
    State(app): State<App>,
    view: View,
    staff: Staff,
    seen: Seen,
    Form { typed, .. }: Form<Any>,
) -> Response {
    let said = Said(&typed);
    let mut errors = FieldErrors::new();
    let Some(proposed) = proposed(&said, &mut errors).filter(|_| !errors.any()) else {
        return again(&app, &view, &staff, &seen, (WRITE, &typed, &errors)).await;
    };
    let command = Command::ProposeDecision { proposed: Box::new(proposed) };
    let field = |refusal: &Refusal| match refusal {
        Refusal::Missing(field) | Refusal::TooLong(field) => field,
        _ => "outcome",
    };
    done(&app, &view, &staff, &seen, (command, WRITE, &typed), field).await
}

const GROUNDS: [&str; 6] = [
    "pressing_need",
    "necessity",
    "proportionality",
    "subject_rights",
    "tell_subject_why",
    "recipient_words",
];

fn proposed(said: &Said<'_>, errors: &mut FieldErrors) -> Option<Proposed> {
    let outcome = Outcome::of_code(&said.text("outcome"));
    if outcome.is_none() {
        errors.add("outcome", "Choose what you propose");
    }
    for ground in GROUNDS {
        if said.text(ground).is_empty() {
            errors.add(ground, "Write the reasons: nobody approves a ground that is empty");
        }
    }
    let tell_subject = said.yes("tell_subject", errors);
    let recipient = Recipient::of_code(&said.text("recipient"));
    if recipient.is_none() {
        errors.add("recipient", "Choose who is told");
    }
    if outcome == Some(Outcome::Disclose) && said.text("words").is_empty() {
        errors.add("words", "Write the exact words that are to be told");
    }
    Some(Proposed {
        outcome: outcome?,
        pressing_need: said.text("pressing_need"),
        necessity: said.text("necessity"),
        proportionality: said.text("proportionality"),
        subject_rights: said.text("subject_rights"),
        tell_subject: tell_subject?,
        tell_subject_why: said.text("tell_subject_why"),
        recipient: recipient?,
        recipient_words: said.text("recipient_words"),
        words: said.text("words"),
    })
}

/// Changes the words to be told.
pub(crate) async fn words(
    State(app): State<App>,
    view: View,
    staff: Staff,
    seen: Seen,
    Form { typed, .. }: Form<Any>,
) -> Response {
    let said = Said(&typed);
    let Some(number) = said.number("number") else { return view.missing() };
    let command = Command::ChangeWords { number, words: said.text("new_words") };
    done(&app, &view, &staff, &seen, (command, WRITE, &typed), |_| "new_words").await
}

/// Approves what somebody else wrote, in the version that stood on the page.
pub(crate) async fn approve(
    State(app): State<App>,
    view: View,
    staff: Staff,
    seen: Seen,
    Form { typed, .. }: Form<Any>,
) -> Response {
    let said = Said(&typed);
    let shown = said.number("number").zip(said.number("version"));
    let Some((number, version)) = shown else { return view.missing() };
    if said.text("read") != "yes" {
        let mut errors = FieldErrors::new();
        errors.add("read", "Read all of it first, then say that you have");
        return again(&app, &view, &staff, &seen, (APPROVE, &typed, &errors)).await;
    }
    let command = Command::ApproveDecision { number, version };
    done(&app, &view, &staff, &seen, (command, APPROVE, &typed), |_| "read").await
}

/// Sends it back to its author.
pub(crate) async fn send_back(
    State(app): State<App>,
    view: View,
    staff: Staff,
    seen: Seen,
    Form { typed, .. }: Form<Any>,
) -> Response {
    let said = Said(&typed);
    let Some(number) = said.number("number") else { return view.missing() };
    let command = Command::SendBackDecision { number, reason: said.text("back_reason") };
    done(&app, &view, &staff, &seen, (command, APPROVE, &typed), |_| "back_reason").await
}
