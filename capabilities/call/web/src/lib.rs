//! The front door of call: her page and its small JSON, the links and their messages, and the
//! handler's view of how far it has come. The officer's page stands in `officer*.rs`.

mod board;
mod guest;
mod guest_act;
mod guest_chat;
mod guest_claim;
mod guest_pace;
mod guest_page;
mod guest_reading;
mod guest_room;
mod guest_state;
mod invitation_expires;
mod invitation_list;
mod invitation_progress;
mod invitation_react;
mod invitation_receipt;
mod invitation_secret;
mod invitation_send;
mod officer;
mod officer_act;
mod officer_calls;
mod officer_door;
mod officer_log;
mod officer_matters;
mod officer_named;
mod queue;
mod rooms;

#[cfg(test)]
mod disclosure_tests;
#[cfg(test)]
mod officer_tests;
#[cfg(test)]
mod tests;

pub use guest::COOKIE_NAME;
pub use guest_chat::{Text, texts};
pub use invitation_list::{Addressee, Found, addressee, by_id};
pub use rooms::{Rooms, note_entering, note_joined, note_lost};

use call::InvitationId;
use engine::Parts;
use guest_pace::Pace;
use kernel::Purpose;
use std::sync::Arc;
use ui::kept::{Belongs, Keeping, To};
use ui::{Access, Capability, Hushed, Route};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "call": "guest", "guest-safety", "invitation-progress", "officer", "officer-now", "officer-grade",
    "officer-log", "officer-lines", "queue", "board",
);

const READ: Access = Access::Staff("call.read", Purpose::Response);
const INVITE: Access = Access::Staff("call.invite", Purpose::Response);
/// Everything in a call that a disclosure is made in; see `officer_named` for who finds which.
pub(crate) const DISCLOSE: Access = Access::Staff(call::permit::DISCLOSE, Purpose::Disclosure);

/// What the application hands in.
#[derive(Clone)]
pub struct Settings {
    /// The force's own host, without a path: where every link leads.
    pub origin: String,
    /// How messages leave.
    pub channel: Arc<dyn notify::Channel>,
    /// Which telephone numbers are real.
    pub numbers: notify::contact::Numbers,
    /// The token that the provider shows with its receipts; none when it sends none.
    pub receipts: Option<notify::govuk::Bearer>,
    /// The media.
    pub rooms: Arc<dyn Rooms>,
}

/// What handlers of this capability share.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) settings: Settings,
    pub(crate) pace: Arc<Pace>,
    pub(crate) claims: Arc<Claims>,
}

/// One claim of a link at a time.
pub(crate) struct Claims([tokio::sync::Mutex<()>; 64]);

impl Claims {
    /// The lock of a link; others may share it.
    pub(crate) fn of(&self, invitation: InvitationId) -> &tokio::sync::Mutex<()> {
        &self.0[(invitation.0 % 64) as usize]
    }
}

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let claims = Claims(std::array::from_fn(|_| tokio::sync::Mutex::default()));
    let means =
        Means { settings: settings.clone(), pace: Arc::default(), claims: Arc::new(claims) };
    let mut routes = guest_routes(&means);
    routes.extend(invitation_routes(&means));
    routes.extend(officer_door::routes(&means));
    let mut models = officer_door::models();
    models.extend(link_models());
    Capability {
        name: "call",
        routes,
        templates: Some(PAGES),
        permits: call::PERMITS,
        parts: Parts {
            models,
            reactions: vec![
                Arc::new(invitation_react::WhenOfferAccepted),
                Arc::new(invitation_react::WhenOpenedForMatter),
                Arc::new(invitation_react::WhenTakenBack),
                Arc::new(invitation_react::WhenOut(settings.rooms.clone())),
            ],
            deadlines: vec![Arc::new(invitation_expires::InvitationExpires)],
            works: vec![Arc::new(invitation_send::SendInvitation(settings))],
            ..Parts::default()
        },
        nav: officer_door::nav(),
        hushed: vec![Hushed {
            first: "call.opened_for_matter.v1",
            action: call::permit::DISCLOSE,
            purpose: Purpose::Disclosure,
        }],
        keeping: Keeping {
            belongs: vec![Belongs { noun: "call", to: To::Asked(about) }],
            ..Keeping::default()
        },
        ..Default::default()
    }
}

/// A call is part of what it is about.
fn about(engine: engine::Engine, stream: String) -> ui::kept::Owner {
    Box::pin(async move {
        let (state, _) = engine.state::<call::Call>(&stream).await?;
        Ok(state.call().map(|call| call.about.stream()))
    })
}

fn link_models() -> Vec<Arc<dyn engine::ReadModel>> {
    vec![
        Arc::new(invitation_list::InvitationList),
        Arc::new(guest_chat::Texts),
        Arc::new(guest_reading::Readings),
    ]
}

/// A handler with the means it needs.
macro_rules! with {
    ($means:expr, $handler:path, $($arg:ident),+) => {{
        let means: Means = $means.clone();
        move |$($arg),+| $handler(means.clone(), $($arg),+)
    }};
}

fn guest_routes(means: &Means) -> Vec<Route> {
    let guest = Access::Guest;
    vec![
        Route::get("/j", Access::Public, guest_page::get),
        Route::get("/j/safety", Access::Public, guest_page::safety),
        Route::get("/j/exit", guest, guest_page::exit),
        Route::post("/j/exit", guest, guest_page::exit_silently),
        Route::get("/exit", guest, guest_page::exit),
        Route::post("/exit", guest, guest_page::exit_silently),
        Route::post("/j/claim", guest, with!(means, guest_claim::post, app, headers, claim)),
        Route::post("/j/language", guest, guest_claim::language),
        Route::get("/j/state", guest, with!(means, guest_state::get, app, headers)),
        Route::get("/j/events", guest, guest_state::events),
        Route::post("/j/safety", guest, with!(means, guest_act::safety, app, who, body)),
        Route::post("/j/later", guest, with!(means, guest_act::later, app, who)),
        Route::post("/j/ready", guest, with!(means, guest_act::ready, app, who, body)),
        Route::post("/j/room", guest, with!(means, guest_room::post, app, who)),
        Route::post("/j/seen", guest, with!(means, guest_act::seen, app, who)),
        Route::post("/j/audio", guest, with!(means, guest_act::audio, app, who, body)),
        Route::post("/j/location", guest, with!(means, guest_act::location, app, who, body)),
        Route::post("/j/danger", guest, guest_act::danger),
        Route::get("/j/chat", guest, with!(means, guest_chat::get, app, who)),
        Route::post("/j/chat", guest, with!(means, guest_chat::post, app, who, body)),
        Route::get("/j/reading", guest, with!(means, guest_reading::get, app, who)),
        Route::post("/j/reading", guest, with!(means, guest_reading::post, app, who, body)),
    ]
}

fn invitation_routes(means: &Means) -> Vec<Route> {
    vec![
        Route::post(
            "/receipts/notify",
            Access::Public,
            with!(means, invitation_receipt::post, app, request),
        ),
        Route::get(
            "/calls/{call}/progress",
            READ,
            with!(means, invitation_progress::get, app, view, call),
        ),
        Route::post("/calls/{call}/invitations", INVITE, invitation_progress::invite),
        Route::post("/calls/{call}/device", INVITE, invitation_progress::device),
        Route::get(
            "/disclosures/calls/{call}/progress",
            DISCLOSE,
            with!(means, invitation_progress::get, app, view, call),
        ),
        Route::post("/disclosures/calls/{call}/invitations", DISCLOSE, invitation_progress::invite),
        Route::post("/disclosures/calls/{call}/device", DISCLOSE, invitation_progress::device),
    ]
}
