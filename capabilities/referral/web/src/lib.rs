//! The front door of referral: the panel beside the call, the hub's list, the agencies and their
//! own small console and API, and the meeting of agencies.

mod accounts;
mod agencies;
mod agency;
mod case;
mod clock;
mod conference;
mod conference_list;
mod conferences;
mod console;
mod directory;
mod email;
mod figures;
mod import;
mod kinds;
mod limits;
mod local;
mod open_referral;
mod paper;
mod partner;
mod partner_api;
mod partner_referral;
mod promises;
mod reaction;
mod referral;
mod referral_list;
mod referrals;
mod sharing;
mod showing;
mod webhook;

#[cfg(test)]
mod tests;

pub use import::{DEMONSTRATION, Imported, NotImported, agency_for, attach, import};
pub use kinds::{KindsFault, demonstration as demonstration_kinds, read as read_kinds};

use ::referral::permit;
use engine::Parts;
use kernel::Purpose::{Administration, Response, Safeguarding};
use notify::Channel;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, Hushed, NavItem, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "referral": "referral", "referrals", "now", "case", "figures", "console", "partner",
    "agencies", "agency", "key", "import", "conferences", "conference", "pack", "story"
);

const READ: Access = Access::Staff(permit::READ, Response);
const WRITE: Access = Access::Staff(permit::WRITE, Response);
const HUB_READ: Access = Access::Staff(permit::READ, Safeguarding);
const HUB_WRITE: Access = Access::Staff(permit::WRITE, Safeguarding);
const FIGURES: Access = Access::Staff(permit::FIGURES, Safeguarding);
const AGENCY_READ: Access = Access::Staff(permit::AGENCY_READ, Administration);
const AGENCY: Access = Access::Staff(permit::AGENCY_MANAGE, Administration);
const IMPORT: Access = Access::Staff(permit::AGENCY_IMPORT, Administration);
const PARTNER_READ: Access = Access::Staff(permit::PARTNER_READ, Safeguarding);
const PARTNER: Access = Access::Staff(permit::PARTNER_WORK, Safeguarding);
const MEETING_READ: Access = Access::Staff(permit::CONFERENCE_READ, Safeguarding);
const MEETING: Access = Access::Staff(permit::CONFERENCE_WRITE, Safeguarding);

/// What this capability is handed.
#[derive(Clone)]
pub struct Settings {
    /// By what an agency's mailbox is written to.
    pub channel: Arc<dyn Channel>,
    /// `https://host` without a path, where agencies sign in.
    pub origin: String,
    /// Whether an agency's system on this machine may be told: in demonstrations and tests.
    pub loopback: bool,
    /// The force's table of kinds.
    pub kinds: ::referral::Kinds,
}

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    kinds::set(settings.kinds);
    let mut routes = pages();
    routes.extend(partner_pages());
    routes.extend(agency_pages());
    routes.extend(meeting_pages());
    routes.extend(partner_api::routes());
    let (channel, origin) = (settings.channel, settings.origin);
    // That something changed in a referral is already something that a partner may not know.
    let hushed = |first, action, purpose| Hushed { first, action, purpose };
    Capability {
        name: "referral",
        routes,
        api: Some(partner_api::document()),
        templates: Some(PAGES),
        permits: ::referral::PERMITS,
        parts: Parts {
            models: vec![
                Arc::new(referral_list::List),
                Arc::new(agencies::Directory),
                Arc::new(accounts::Accounts),
                Arc::new(conference_list::Meetings),
            ],
            reactions: vec![Arc::new(reaction::WhenRequested)],
            deadlines: vec![Arc::new(clock::Clock)],
            works: vec![
                Arc::new(email::Email { channel, origin }),
                Arc::new(webhook::Tell { loopback: settings.loopback }),
            ],
            promises: vec![Arc::new(promises::OfReferrals), Arc::new(promises::OfMeetings)],
            ..Default::default()
        },
        panels: vec![Panel { noun: "referral", title: "referral-title", key: "e", order: 40 }],
        nav: nav(),
        hushed: vec![
            hushed("referral.requested.v1", permit::READ, Safeguarding),
            hushed("agency.registered.v1", permit::AGENCY_READ, Administration),
            hushed("conference.planned.v1", permit::CONFERENCE_READ, Safeguarding),
        ],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "referral", to: To::Asked(incident_of) }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

/// A referral is part of its incident.
fn incident_of(engine: engine::Engine, stream: String) -> ui::kept::Owner {
    Box::pin(async move {
        let (state, _) = engine.state::<::referral::Referral>(&stream).await?;
        Ok(state.0.map(|asked| asked.incident.stream()))
    })
}

fn nav() -> Vec<NavItem> {
    let item = |label, href, action, purpose, key, order| NavItem {
        label,
        href,
        action,
        purpose,
        key,
        order,
    };
    vec![
        item("nav-referrals", "/referrals", permit::WRITE, Safeguarding, "f", 40),
        item("nav-conferences", "/conferences", permit::CONFERENCE_READ, Safeguarding, "c", 41),
        item("nav-agencies", "/agencies", permit::AGENCY_READ, Administration, "y", 82),
        item("nav-partner", "/partner", permit::PARTNER_READ, Safeguarding, "n", 5),
    ]
}

fn pages() -> Vec<Route> {
    vec![
        Route::get("/incidents/{incident}/referral", READ, referral::get),
        Route::post("/incidents/{incident}/referral", WRITE, referral::post),
        Route::post("/incidents/{incident}/referral/withdrawn", WRITE, referral::withdrawn),
        Route::get("/referrals", HUB_READ, referrals::get),
        Route::get("/referrals/now", HUB_READ, referrals::now),
        Route::get("/referrals/figures", FIGURES, figures::get),
        Route::get("/referrals/{referral}", HUB_READ, case::get),
        Route::post("/referrals/{referral}/send", HUB_WRITE, case::send),
        Route::post("/referrals/{referral}/answer", HUB_WRITE, case::answer),
        Route::post("/referrals/{referral}/withdraw", HUB_WRITE, case::withdraw),
        Route::post("/referrals/{referral}/close", HUB_WRITE, case::close),
    ]
}

fn partner_pages() -> Vec<Route> {
    vec![
        Route::get("/partner", PARTNER_READ, console::get),
        Route::get("/partner/{referral}", PARTNER_READ, partner_referral::get),
        Route::post("/partner/{referral}/accept", PARTNER, partner_referral::accept),
        Route::post("/partner/{referral}/decline", PARTNER, partner_referral::decline),
        Route::post("/partner/{referral}/question", PARTNER, partner_referral::question),
        Route::post("/partner/{referral}/attempt", PARTNER, partner_referral::attempt),
        Route::post("/partner/{referral}/contact", PARTNER, partner_referral::contact),
        Route::post("/partner/{referral}/close", PARTNER, partner_referral::close),
    ]
}

fn agency_pages() -> Vec<Route> {
    vec![
        Route::get("/agencies", AGENCY_READ, directory::get),
        Route::post("/agencies", AGENCY, agency::new),
        Route::get("/agencies/import", IMPORT, import::get),
        Route::post("/agencies/import", IMPORT, import::post),
        Route::get("/agencies/{agency}", AGENCY_READ, agency::get),
        Route::post("/agencies/{agency}/kinds", AGENCY, agency::kinds_set),
        Route::post("/agencies/{agency}/workers", AGENCY, agency::worker),
        Route::post("/agencies/{agency}/workers/removed", AGENCY, agency::worker_removed),
        Route::post("/agencies/{agency}/key", AGENCY, agency::key),
        Route::post("/agencies/{agency}/keys/revoked", AGENCY, agency::keys_revoked),
        Route::post("/agencies/{agency}/webhook", AGENCY, agency::webhook_set),
        Route::post("/agencies/{agency}/standing", AGENCY, agency::standing),
        Route::post(
            "/api/v1/agencies/import",
            Access::Client(permit::AGENCY_IMPORT),
            import::api_post,
        ),
    ]
}

fn meeting_pages() -> Vec<Route> {
    vec![
        Route::get("/conferences", MEETING_READ, conferences::get),
        Route::post("/conferences", MEETING, conferences::post),
        Route::get("/conferences/{conference}", MEETING_READ, conference::get),
        Route::get("/conferences/{conference}/pack", MEETING_READ, conference::pack),
        Route::get("/conferences/{conference}/pack.pdf", MEETING_READ, paper::get),
        Route::post("/conferences/{conference}/cases", MEETING, conference::list),
        Route::post("/conferences/{conference}/cases/off", MEETING, conference::take_off),
        Route::post("/conferences/{conference}/minutes", MEETING, conference::minute),
        Route::post("/conferences/{conference}/actions", MEETING, conference::action),
        Route::post("/conferences/{conference}/actions/done", MEETING, conference::done),
        Route::post("/conferences/{conference}/held", MEETING, conference::held),
    ]
}
