//! What is done on the page of an application: each form is a deed, each deed a command. What
//! the rules refuse is shown again at its field, with all that was typed.

use crate::application;
use crate::seen::Seen;
use crate::typing::account;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use disclosure::{Channel, Command, Deviation, Disclosure, Emergency, Level, Refusal, Stage};
use engine::Refused;
use serde::Deserialize;
use ui::{Access, App, FieldErrors, Form, Route, Staff, Typed, View};

/// A form with whatever fields it has: they are read as they were typed.
#[derive(Deserialize)]
pub(crate) struct Any {}

/// What can be done here.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    Contact,
    Ask,
    Answer,
    Skip,
    Complete,
    Assess,
    Pause,
    Resume,
    Depart,
    Agree,
    Disagree,
    Vote,
    AgencyVote,
    KeepOut,
    LetIn,
    Danger,
}

/// The route of a deed, below the page of the application.
pub(crate) fn route(path: &'static str, access: Access, deed: Deed) -> Route {
    let handler = move |app: State<App>, view: View, staff: Staff, seen: Seen, form: Form<Any>| {
        post(deed, app, view, staff, seen, form)
    };
    Route::post(path, access, handler)
}

async fn post(
    deed: Deed,
    State(app): State<App>,
    view: View,
    staff: Staff,
    seen: Seen,
    Form { typed, .. }: Form<Any>,
) -> Response {
    let mut errors = FieldErrors::new();
    let asked = deed.read(&Said(&typed), &mut errors);
    let Some(Asked { command, field, part }) = asked.filter(|_| !errors.any()) else {
        return application::again(&app, &view, &staff, &seen, &typed, &errors).await;
    };
    match give(&app, &staff, &seen, command).await {
        Ok(()) => Redirect::to(&format!("{}#{part}", seen.base())).into_response(),
        Err(Refused::Refusal(Refusal::NotFound)) => view.missing(),
        Err(Refused::Refusal(refusal)) => {
            errors.add(&field, refusal.to_string());
            // Somebody else may have been faster: it is shown as it stands by now.
            match application::renewed(app.engine(), &staff, &seen).await {
                Ok(Some(seen)) => {
                    application::again(&app, &view, &staff, &seen, &typed, &errors).await
                }
                Ok(None) => view.missing(),
                Err(fault) => view.fault(&fault),
            }
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// Gives a command in the name of whoever asks.
pub(crate) async fn give(
    app: &App,
    staff: &Staff,
    seen: &Seen,
    command: Command,
) -> Result<(), Refused<Refusal>> {
    let (stream, caller) = (seen.stream(), &staff.caller);
    let done = app.engine().execute::<Disclosure>(&stream, command, caller, None).await;
    done.map(|_| ())
}

/// A command, the field that a refusal is said at, and the part of the page to return to.
struct Asked {
    command: Command,
    field: String,
    part: &'static str,
}

/// The fields of a form, trimmed.
pub(crate) struct Said<'a>(pub(crate) &'a Typed);

impl Said<'_> {
    pub(crate) fn text(&self, field: &str) -> String {
        self.0.get(field).unwrap_or_default().trim().to_owned()
    }

    pub(crate) fn number(&self, field: &str) -> Option<u32> {
        self.text(field).parse().ok()
    }

    /// Yes or no; a fault when it is neither.
    pub(crate) fn yes(&self, field: &str, errors: &mut FieldErrors) -> Option<bool> {
        match self.0.get(field) {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => {
                errors.add(field, "Choose one of the two");
                None
            }
        }
    }

    fn need(&self, field: &str, errors: &mut FieldErrors) -> String {
        let text = self.text(field);
        if text.is_empty() {
            errors.add(field, "Write a few words");
        }
        text
    }
}

fn asked(command: Command, field: impl Into<String>, part: &'static str) -> Option<Asked> {
    Some(Asked { command, field: field.into(), part })
}

impl Deed {
    fn read(self, said: &Said<'_>, errors: &mut FieldErrors) -> Option<Asked> {
        match self {
            Self::Contact | Self::Complete | Self::Assess | Self::Danger => {
                work(self, said, errors)
            }
            Self::Ask | Self::Answer | Self::Skip => check(self, said, errors),
            Self::Pause | Self::Resume | Self::Depart | Self::Agree | Self::Disagree => {
                clock(self, said, errors)
            }
            Self::Vote | Self::AgencyVote => vote(self, said, errors),
            Self::KeepOut => {
                let reason = said.need("conflict_reason", errors);
                let Some(staff) = account(&said.text("conflict_staff")) else {
                    errors.add("conflict_staff", "Choose a colleague");
                    return None;
                };
                asked(Command::DeclareConflict { staff, reason }, "conflict_staff", "conflicts")
            }
            Self::LetIn => {
                let id = said.text("staff");
                let field = format!("lift_{id}");
                let reason = said.need(&field, errors);
                let staff = account(&id)?;
                asked(Command::LiftConflict { staff, reason }, field, "conflicts")
            }
        }
    }
}

fn work(deed: Deed, said: &Said<'_>, errors: &mut FieldErrors) -> Option<Asked> {
    match deed {
        Deed::Contact => {
            let note = said.need("contact_note", errors);
            let identity_proved = said.text("contact_identity") == "yes";
            let Some(channel) = Channel::of_code(&said.text("contact_channel")) else {
                errors.add("contact_channel", "Choose how you talked");
                return None;
            };
            let command = Command::RecordContact { channel, identity_proved, note };
            asked(command, "contact_note", "contact")
        }
        Deed::Complete => {
            let stage = Stage::of_code(&said.text("stage"))?;
            asked(Command::CompleteStage { stage }, "stage_done", "stages")
        }
        Deed::Assess => {
            let reason = said.need("risk_reason", errors);
            let concern = said.yes("risk_concern", errors);
            let Some(level) = Level::of_code(&said.text("risk_level")) else {
                errors.add("risk_level", "Choose how great the risk is");
                return None;
            };
            let concern = concern?;
            asked(Command::AssessRisk { concern, level, reason }, "risk_reason", "risk")
        }
        _ => {
            let emergency = Emergency {
                name: said.text("danger_name"),
                phone: said.text("danger_phone"),
                place: said.text("danger_place"),
                words: said.need("danger_words", errors),
                subject_name: String::new(),
            };
            asked(Command::RaiseDanger { emergency }, "danger_words", "now")
        }
    }
}

fn check(deed: Deed, said: &Said<'_>, errors: &mut FieldErrors) -> Option<Asked> {
    let code = said.text("code");
    match deed {
        Deed::Ask => asked(Command::AskCheck { code }, "checks_ask", "checks"),
        Deed::Answer => {
            let check = said.number("check")?;
            let (found, result) = (format!("found_{check}"), format!("result_{check}"));
            let result = match said.yes(&found, errors)? {
                true => Some(said.need(&result, errors)),
                false => None,
            };
            asked(Command::AnswerCheck { check, result }, found, "checks")
        }
        _ => {
            let field = format!("skip_{code}");
            let reason = said.need(&field, errors);
            asked(Command::SkipCheck { code, reason }, field, "checks")
        }
    }
}

fn clock(deed: Deed, said: &Said<'_>, errors: &mut FieldErrors) -> Option<Asked> {
    match deed {
        Deed::Pause => {
            let note = said.need("pause_note", errors);
            let reason = said.text("pause_reason");
            if reason.is_empty() {
                errors.add("pause_reason", "Choose a reason");
                return None;
            }
            asked(Command::Pause { reason, note }, "pause_reason", "pause")
        }
        Deed::Resume => asked(Command::Resume, "pause_reason", "pause"),
        Deed::Depart => {
            let reason = said.need("depart_reason", errors);
            let stage = Stage::of_code(&said.text("stage"));
            let what = match (said.text("depart_what").as_str(), stage) {
                ("skip_stage", Some(stage)) => Deviation::SkipStage { stage },
                ("extend", _) => match said.number("depart_days") {
                    Some(days) => Deviation::Extend { days },
                    None => {
                        errors.add("depart_days", "Enter how many days");
                        return None;
                    }
                },
                _ => {
                    errors.add("depart_what", "Choose what departs from the table");
                    return None;
                }
            };
            asked(Command::RequestDeviation { what, reason }, "depart_what", "departures")
        }
        Deed::Agree => {
            let number = said.number("number")?;
            let field = format!("refuse_{number}");
            asked(Command::ApproveDeviation { number }, field, "departures")
        }
        _ => {
            let number = said.number("number")?;
            let field = format!("refuse_{number}");
            let reason = said.need(&field, errors);
            asked(Command::RefuseDeviation { number, reason }, field, "departures")
        }
    }
}

fn vote(deed: Deed, said: &Said<'_>, errors: &mut FieldErrors) -> Option<Asked> {
    let number = said.number("number")?;
    match deed {
        Deed::Vote => {
            let words = said.need("vote_words", errors);
            let agree = said.yes("vote_agree", errors)?;
            asked(Command::Vote { number, agree, words }, "vote_words", "decision")
        }
        _ => {
            let agency = said.need("agency", errors);
            let name = said.need("agency_name", errors);
            let words = said.need("agency_words", errors);
            let agree = said.yes("agency_agree", errors)?;
            let command = Command::RecordAgencyVote { number, agency, name, agree, words };
            asked(command, "agency_words", "decision")
        }
    }
}
