//! The front door of disclosure: the public page, the board, one application from the asking to
//! the decision, and beside it the telling, the neutral answer and the yearly figures.
//! Everything here goes through `seen`: whoever must not know finds nothing.

mod act;
mod api;
mod application;
mod ask;
mod bar;
mod board;
mod call;
mod clock;
mod closing;
mod connector;
mod dates;
mod decision;
mod emergency;
mod figures;
mod find;
mod history;
mod limits;
mod names;
mod new;
mod pace;
mod people;
mod row;
mod seen;
mod story;
mod telling;
mod telling_kept;
mod told;
mod typing;

#[cfg(test)]
mod tests;

pub use connector::{Answer, Connector, Manual};

use ::disclosure::{PERMITS, StageTable, permit};
use act::Deed;
use engine::{Parts, ReadModel};
use kernel::Purpose;
use std::fmt;
use std::sync::Arc;
use ui::kept::{Keeping, KeptFrom};
use ui::locale::Words;
use ui::{Access, Capability, Hushed, Locale, NavItem, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "disclosure": "application", "application-checks", "application-clock", "application-panel",
    "approval", "ask", "ask-form", "board", "board-now", "call", "closing", "decision", "figures",
    "find", "new", "taken", "telling", "words",
);

pub(crate) const APPLY: Access = Access::Staff(permit::APPLY, Purpose::Disclosure);
pub(crate) const READ: Access = Access::Staff(permit::READ, Purpose::Disclosure);
pub(crate) const WORK: Access = Access::Staff(permit::WORK, Purpose::Disclosure);
pub(crate) const APPROVE: Access = Access::Staff(permit::APPROVE, Purpose::Disclosure);
pub(crate) const TELL: Access = Access::Staff(permit::TELL, Purpose::Disclosure);
pub(crate) const CONFLICT: Access = Access::Staff(permit::CONFLICT, Purpose::Disclosure);

/// What the application hands in.
#[derive(Clone)]
pub struct Settings {
    /// The force's table of stages, pauses and checks.
    pub table: StageTable,
    /// By which an emergency is graded.
    pub grades: incident::GradeTable,
    /// Where checks are made.
    pub connector: Arc<dyn Connector>,
}

impl Settings {
    /// The scheme's own table, these grades, and every check made by hand.
    pub fn new(grades: incident::GradeTable) -> Self {
        Self { table: StageTable::default(), grades, connector: Arc::new(Manual) }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, grades, .. } = self;
        f.debug_struct("Settings").field("table", table).field("grades", grades).finish()
    }
}

/// What handlers of this capability share.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) settings: Settings,
    pub(crate) pace: Arc<pace::Pace>,
    words: Arc<Words>,
}

impl Means {
    /// A message, for what is said beside a field.
    pub(crate) fn say(&self, locale: Locale, id: &str) -> String {
        self.words.say(locale, id, &[]).unwrap_or_default()
    }
}

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let means =
        Means { settings: settings.clone(), pace: Arc::default(), words: Arc::new(Words::load()) };
    let mut routes = entries(&means);
    routes.extend(pages());
    routes.extend(deeds());
    routes.extend(telling::routes());
    routes.extend(call::routes());
    routes.extend(closing::routes());
    routes.extend(figures::routes());
    let mut reactions = emergency::reactions(settings.grades);
    reactions.extend(telling_kept::reactions());
    let mut document = api::document();
    document.merge(figures::document());
    Capability {
        name: "disclosure",
        routes,
        templates: Some(PAGES),
        permits: PERMITS,
        parts: Parts {
            models: models(),
            reactions,
            deadlines: vec![Arc::new(clock::Clock)],
            works: vec![Arc::new(connector::AskCheck(settings.connector))],
            ..Parts::default()
        },
        api: Some(document),
        matter_panels: vec![telling::PANEL],
        nav: nav(),
        hushed: ["disclosure.applied.v1", "disclosure.left_for_emergency.v1"]
            .map(|first| Hushed { first, action: permit::READ, purpose: Purpose::Disclosure })
            .into(),
        keeping: Keeping {
            kept_from: vec![KeptFrom { noun: "disclosure", whom: seen::kept_from }],
            ..Keeping::default()
        },
        ..Capability::default()
    }
}

fn nav() -> Vec<NavItem> {
    let item = |label, href, action, key, order| {
        let purpose = Purpose::Disclosure;
        NavItem { label, href, action, purpose, key, order }
    };
    vec![
        item("nav-disclosures", "/disclosures", permit::READ, "d", 40),
        item("nav-disclosure-new", "/disclosures/new", permit::APPLY, "l", 41),
    ]
}

fn models() -> Vec<Arc<dyn ReadModel>> {
    let mut models: Vec<Arc<dyn ReadModel>> = vec![
        Arc::new(board::Board),
        Arc::new(names::Colleagues),
        Arc::new(people::People),
        Arc::new(story::Story),
    ];
    models.extend(figures::models());
    models
}

/// The ways in: the public page, the telephone, the officer, another system.
fn entries(means: &Means) -> Vec<Route> {
    let (asked, sent) = (means.clone(), means.clone());
    let mut routes = vec![
        Route::get("/ask", Access::Public, ask::get),
        Route::post("/ask", Access::Public, move |app, view, form| {
            ask::post(asked.clone(), app, view, form)
        }),
        Route::get("/disclosures/taken", APPLY, new::taken),
        Route::post(
            "/api/v1/disclosures",
            Access::Client(permit::APPLY),
            move |app, client, headers, body| api::post(sent.clone(), app, client, headers, body),
        ),
    ];
    routes.extend(taken("/disclosures/new", APPLY, new::Taken::Telephone, means));
    routes.extend(taken("/disclosures/propose", WORK, new::Taken::Proposed, means));
    routes
}

fn taken(path: &'static str, access: Access, taken: new::Taken, means: &Means) -> [Route; 2] {
    let means = means.clone();
    [
        Route::get(path, access, move |app, view, staff| new::get(taken, app, view, staff)),
        Route::post(path, access, move |app, view, staff, form| {
            new::post(taken, means.clone(), app, view, staff, form)
        }),
    ]
}

fn pages() -> Vec<Route> {
    vec![
        Route::get("/disclosures", READ, board::get),
        Route::get("/disclosures/find", READ, find::get),
        Route::post("/disclosures/find", READ, find::post),
        Route::get("/disclosures/{disclosure}", READ, application::get),
        Route::get("/disclosures/{disclosure}/decision", WORK, decision::get),
        Route::post("/disclosures/{disclosure}/decision", WORK, decision::propose),
        Route::post("/disclosures/{disclosure}/decision/words", WORK, decision::words),
        Route::get("/disclosures/{disclosure}/approval", APPROVE, decision::approval),
        Route::post("/disclosures/{disclosure}/approval", APPROVE, decision::approve),
        Route::post("/disclosures/{disclosure}/send-back", APPROVE, decision::send_back),
    ]
}

fn deeds() -> Vec<Route> {
    vec![
        act::route("/disclosures/{disclosure}/contact", WORK, Deed::Contact),
        act::route("/disclosures/{disclosure}/checks/ask", WORK, Deed::Ask),
        act::route("/disclosures/{disclosure}/checks/answer", WORK, Deed::Answer),
        act::route("/disclosures/{disclosure}/checks/skip", WORK, Deed::Skip),
        act::route("/disclosures/{disclosure}/stage", WORK, Deed::Complete),
        act::route("/disclosures/{disclosure}/risk", WORK, Deed::Assess),
        act::route("/disclosures/{disclosure}/pause", WORK, Deed::Pause),
        act::route("/disclosures/{disclosure}/resume", WORK, Deed::Resume),
        act::route("/disclosures/{disclosure}/departures", WORK, Deed::Depart),
        act::route("/disclosures/{disclosure}/departures/agree", APPROVE, Deed::Agree),
        act::route("/disclosures/{disclosure}/departures/refuse", APPROVE, Deed::Disagree),
        act::route("/disclosures/{disclosure}/vote", WORK, Deed::Vote),
        act::route("/disclosures/{disclosure}/agency-vote", WORK, Deed::AgencyVote),
        act::route("/disclosures/{disclosure}/conflicts", CONFLICT, Deed::KeepOut),
        act::route("/disclosures/{disclosure}/conflicts/lift", CONFLICT, Deed::LetIn),
        act::route("/disclosures/{disclosure}/danger", WORK, Deed::Danger),
    ]
}
