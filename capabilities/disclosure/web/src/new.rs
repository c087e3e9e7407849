//! `/disclosures/new`: a call handler or an officer writes down what somebody asks on the
//! telephone. `/disclosures/propose`: an officer proposes that somebody is told. The gate is
//! first on both: danger now leaves the scheme, and nothing else need be filled in.

use crate::Means;
use crate::names;
use crate::seen::Admitted;
use crate::typing::{self, Typing};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use disclosure::{Command, Disclosure, DisclosureId, Entry, Refusal, Route, permit};
use engine::{Fault, Refused};
use kernel::Purpose;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Locale, Serde, Staff, Typed, View};

const PAGE: &str = "disclosure/new.html";

/// How it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Somebody asks, on the telephone.
    Telephone,
    /// An officer or an agency proposes.
    Proposed,
}

impl Taken {
    const fn address(self) -> &'static str {
        match self {
            Self::Telephone => "/disclosures/new",
            Self::Proposed => "/disclosures/propose",
        }
    }
}

/// The empty form.
pub(crate) async fn get(
    taken: Taken,
    State(app): State<App>,
    view: View,
    Admitted(staff): Admitted,
) -> Response {
    let id = DisclosureId::birth(app.engine().now(), app.engine().luck16());
    match page(taken, &app, &staff, id).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(taken: Taken, app: &App, staff: &Staff, id: DisclosureId) -> Result<Value, Fault> {
    let locales = [Locale::En, Locale::Cy];
    let languages: Vec<_> = locales.map(|one| vec![one.tag(), one.own_name()]).to_vec();
    let reads = app.may(&staff.caller.actor, permit::READ, Purpose::Disclosure);
    // Whoever may not read applications is not asked who must not know of one.
    let colleagues = match reads {
        true => names::colleagues(app.engine(), staff.who.id).await?,
        false => vec![],
    };
    Ok(context! {
        address => taken.address(),
        telephone => taken == Taken::Telephone,
        disclosure => id.to_string(),
        languages => languages,
        colleagues => Serde(colleagues),
    })
}

/// Takes it.
pub(crate) async fn post(
    taken: Taken,
    means: Means,
    State(app): State<App>,
    view: View,
    Admitted(staff): Admitted,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let engine = app.engine();
    let id = value.disclosure.parse();
    let id = id.unwrap_or_else(|_| DisclosureId::birth(engine.now(), engine.luck16()));
    let mut errors = FieldErrors::new();
    let (route, entry) = way(taken, &value, &mut errors);
    let danger = value.danger_now == "yes";
    let form = match value.danger_now.as_str() {
        "yes" => value.emergency(),
        "no" => {
            let say = |id: &str| means.say(Locale::En, id);
            value.read(route, &mut errors, &say)
        }
        _ => {
            errors.add("danger_now", Refusal::EmergencyGateFirst.to_string());
            return again(taken, &app, &view, &staff, id, (&typed, &errors)).await;
        }
    };
    if errors.any() && !danger {
        return again(taken, &app, &view, &staff, id, (&typed, &errors)).await;
    }
    let table = Box::new(means.settings.table.clone());
    let command = Command::Apply { route, entry, form: Box::new(form), table };
    match engine.execute::<Disclosure>(&id.stream(), command, &staff.caller, None).await {
        // Sent twice: it was taken, and that is what is to be seen.
        Ok(_) | Err(Refused::Refusal(Refusal::AlreadyApplied | Refusal::LeftTheScheme)) => {
            let what = if danger { "danger" } else { "application" };
            Redirect::to(&onward(&app, &staff, id, what)).into_response()
        }
        Err(Refused::Refusal(Refusal::NotFound)) => view.missing(),
        Err(Refused::Refusal(refusal)) => {
            errors.add(typing::field(&refusal), refusal.to_string());
            again(taken, &app, &view, &staff, id, (&typed, &errors)).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// By which right it comes, and how.
fn way(taken: Taken, value: &Typing, errors: &mut FieldErrors) -> (Route, Entry) {
    match (taken, value.asks.as_str(), value.proposes.as_str()) {
        (Taken::Telephone, "self", _) => (Route::AskSelf, Entry::Telephone),
        (Taken::Telephone, "other", _) => (Route::AskThirdParty, Entry::Telephone),
        (Taken::Telephone, ..) => {
            errors.add("asks", "Choose for whom it is asked");
            (Route::AskSelf, Entry::Telephone)
        }
        (Taken::Proposed, _, "officer") => (Route::Know, Entry::Officer),
        (Taken::Proposed, _, "agency") => (Route::Know, Entry::Agency),
        (Taken::Proposed, ..) => {
            errors.add("proposes", "Choose who proposes it");
            (Route::Know, Entry::Officer)
        }
    }
}

/// Where whoever took it goes on: to the application, if it may be read.
fn onward(app: &App, staff: &Staff, id: DisclosureId, what: &str) -> String {
    let reads = app.may(&staff.caller.actor, permit::READ, Purpose::Disclosure);
    match (what, reads) {
        ("application", true) => format!("/disclosures/{id}"),
        _ => format!("/disclosures/taken?what={what}"),
    }
}

async fn again(
    taken: Taken,
    app: &App,
    view: &View,
    staff: &Staff,
    id: DisclosureId,
    (typed, errors): (&Typed, &FieldErrors),
) -> Response {
    match page(taken, app, staff, id).await {
        Ok(page) => view.again(PAGE, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}

/// What was taken.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct What {
    what: String,
}

/// It is in: the same page for everybody, with nothing of the application on it.
pub(crate) async fn taken(
    State(app): State<App>,
    view: View,
    Admitted(staff): Admitted,
    Query(what): Query<What>,
) -> Response {
    let reads = app.may(&staff.caller.actor, permit::READ, Purpose::Disclosure);
    let page = context! { danger => what.what == "danger", reads => reads };
    view.page("disclosure/taken.html", page)
}
