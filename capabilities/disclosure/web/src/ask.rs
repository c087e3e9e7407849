//! `/ask`: the public page. One address and one page in the history, whatever is done there:
//! each step is the answer to a form, and the form carries what was chosen before. It works
//! without scripts, sets no cookie, and its title says nothing.

use crate::pace::What;
use crate::typing::{self, Typing};
use crate::{Means, names};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::Response;
use disclosure::{Command, Disclosure, DisclosureId, Entry, Refusal, Route};
use engine::{Caller, Engine, Refused};
use kernel::{Actor, Purpose};
use minijinja::{Value, context};
use ui::{App, FieldErrors, Form, Locale, Typed, View};

const PAGE: &str = "disclosure/ask.html";
/// Nothing is left in the device's own store either, should anything ever get there.
const CLEARED: HeaderValue = HeaderValue::from_static("\"storage\"");

/// The page in the language that was chosen on it.
fn spoken(value: &Typing, view: View) -> View {
    match Locale::from_tag(&value.lang) {
        Some(locale) if !value.lang.is_empty() => view.in_language(locale),
        _ => view,
    }
}

fn route(value: &Typing) -> Option<Route> {
    match value.asks.as_str() {
        "self" => Some(Route::AskSelf),
        "other" => Some(Route::AskThirdParty),
        _ => None,
    }
}

/// First, what stays behind and how to leave.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    view.page(PAGE, page(&app, &view, "before", None))
}

fn page(app: &App, view: &View, step: &str, id: Option<DisclosureId>) -> Value {
    let languages = [Locale::En, Locale::Cy];
    let languages: Vec<_> = languages
        .into_iter()
        .map(|one| context! { tag => one.tag(), name => one.own_name() })
        .collect();
    context! {
        place => ui::furniture::place(app),
        step => step,
        languages => languages,
        chosen => view.locale().tag(),
        disclosure => id.map(|id| id.to_string()),
    }
}

/// Every further step.
pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    view: View,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let view = spoken(&value, view);
    let engine = app.engine();
    if !means.pace.allows(engine.now(), What::Step) {
        return busy(&app, &view, &value, &typed);
    }
    let id = value.disclosure.parse();
    let id = id.unwrap_or_else(|_| DisclosureId::birth(engine.now(), engine.luck16()));
    match value.step.as_str() {
        "language" => view.page(PAGE, page(&app, &view, "before", None)),
        "before" => view.page(PAGE, page(&app, &view, "danger", None)),
        "danger" => danger(&means, &app, &view, &value, &typed, id),
        "now" => emergency(&means, &app, &view, &value, &typed, id).await,
        "who" => who(&means, &app, &view, &value, &typed, id),
        "form" => form(&means, &app, &view, &value, &typed, id).await,
        _ => view.page(PAGE, page(&app, &view, "before", None)),
    }
}

/// Is anybody in danger now?
fn danger(
    means: &Means,
    app: &App,
    view: &View,
    value: &Typing,
    typed: &Typed,
    id: DisclosureId,
) -> Response {
    match value.danger_now.as_str() {
        "yes" => view.page(PAGE, page(app, view, "now", Some(id))),
        "no" => view.page(PAGE, page(app, view, "who", None)),
        _ => {
            let words = means.say(view.locale(), "ask-need-danger");
            wrong(view, page(app, view, "danger", None), typed, "danger_now", words)
        }
    }
}

/// Who asks?
fn who(
    means: &Means,
    app: &App,
    view: &View,
    value: &Typing,
    typed: &Typed,
    id: DisclosureId,
) -> Response {
    match route(value) {
        Some(_) => {
            let asks = context! { asks => value.asks.clone() };
            view.page(PAGE, context! { ..asks, ..page(app, view, "form", Some(id)) })
        }
        None => {
            let words = means.say(view.locale(), "ask-need-who");
            wrong(view, page(app, view, "who", None), typed, "asks", words)
        }
    }
}

fn wrong(view: &View, page: Value, typed: &Typed, field: &str, words: String) -> Response {
    let mut errors = FieldErrors::new();
    errors.add(field, words);
    view.again(PAGE, page, typed, &errors)
}

/// Whoever came through no link and is signed in to nothing.
fn caller() -> Caller {
    Caller { actor: Actor::Guest { invitation: "public".into() }, purpose: Purpose::Disclosure }
}

async fn apply(
    engine: &Engine,
    id: DisclosureId,
    command: Command,
) -> Result<(), Refused<Refusal>> {
    match engine.execute::<Disclosure>(&id.stream(), command, &caller(), None).await {
        // Sent twice is sent once. Whether an id was known before is told to nobody.
        Ok(_) | Err(Refused::Refusal(Refusal::AlreadyApplied | Refusal::LeftTheScheme)) => Ok(()),
        Err(refused) => Err(refused),
    }
}

//= Disclosure scheme guidance (DA Act 2021 s.77), first contact: danger now is met at once
//= and outside the scheme
async fn emergency(
    means: &Means,
    app: &App,
    view: &View,
    value: &Typing,
    typed: &Typed,
    id: DisclosureId,
) -> Response {
    let engine = app.engine();
    let nowhere = value.phone.trim().is_empty() && value.where_now.trim().is_empty();
    if nowhere {
        let words = means.say(view.locale(), "ask-need-where");
        return wrong(view, page(app, view, "now", Some(id)), typed, "phone", words);
    }
    if !means.pace.allows(engine.now(), What::Emergency) {
        return busy(app, view, value, typed);
    }
    let form = Box::new(value.emergency());
    let (route, entry) = (route(value).unwrap_or(Route::AskSelf), Entry::Public);
    let table = Box::new(means.settings.table.clone());
    match apply(engine, id, Command::Apply { route, entry, form, table }).await {
        Ok(()) => left(view.page(PAGE, page(app, view, "called", None))),
        Err(Refused::Refusal(refusal)) => {
            let at = page(app, view, "now", Some(id));
            wrong(view, at, typed, typing::field(&refusal), refusal.to_string())
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

async fn form(
    means: &Means,
    app: &App,
    view: &View,
    value: &Typing,
    typed: &Typed,
    id: DisclosureId,
) -> Response {
    let engine = app.engine();
    let Some(route) = route(value) else {
        return who(means, app, view, value, typed, id);
    };
    let asks = context! { asks => value.asks.clone() };
    let again = || context! { ..asks.clone(), ..page(app, view, "form", Some(id)) };
    let mut errors = FieldErrors::new();
    let locale = view.locale();
    let say = |id: &str| means.say(locale, id);
    let mut form = value.read(route, &mut errors, &say);
    form.language = locale.tag().to_owned();
    // Nobody outside says which colleagues must not know.
    form.conflicted = vec![];
    if errors.any() {
        return view.again(PAGE, again(), typed, &errors);
    }
    if !means.pace.allows(engine.now(), What::Ask) {
        return busy(app, view, value, typed);
    }
    let table = Box::new(means.settings.table.clone());
    let command = Command::Apply { route, entry: Entry::Public, form: Box::new(form), table };
    match apply(engine, id, command).await {
        Ok(()) => {
            let wanted = value.show_reference == "yes";
            let reference = wanted.then(|| names::reference(id));
            let done = context! { reference => reference };
            left(view.page(PAGE, context! { ..done, ..page(app, view, "done", None) }))
        }
        Err(Refused::Refusal(refusal)) => {
            errors.add(typing::field(&refusal), means.say(locale, "ask-refused"));
            view.again(PAGE, again(), typed, &errors)
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// Too many came at once: what was typed is kept, and the telephone is there.
fn busy(app: &App, view: &View, value: &Typing, typed: &Typed) -> Response {
    let step = match value.step.as_str() {
        step @ ("danger" | "now" | "who" | "form") => step,
        _ => "before",
    };
    let id = value.disclosure.parse().ok();
    let kept = context! {
        typed => typed.to_value(), errors => FieldErrors::new().to_value(), busy => true,
        asks => value.asks.clone(),
    };
    let page = context! { ..kept, ..page(app, view, step, id) };
    let mut answer = view.answer(StatusCode::TOO_MANY_REQUESTS, PAGE, page);
    answer
        .headers_mut()
        .insert(HeaderName::from_static("retry-after"), HeaderValue::from_static("30"));
    answer
}

fn left(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), CLEARED);
    response
}
