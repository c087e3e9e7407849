//! The one list of capabilities, one line each, in the order of the journey.

use crate::messages::Messages;
use crate::settings::Settings;
use std::sync::Arc;
use ui::Capability;

/// What the capabilities are handed.
pub(crate) struct Means {
    pub(crate) settings: Settings,
    pub(crate) messages: Messages,
    pub(crate) rooms: Arc<dyn call_web::Rooms>,
}

/// Every capability of the service.
pub(crate) fn all(means: &Means) -> Vec<Capability> {
    vec![
        access_web::capability(),
        incident_web::capability(incident_web::Settings::default()),
        call_web::capability(call(means)),
    ]
}

fn call(means: &Means) -> call_web::Settings {
    call_web::Settings {
        origin: means.settings.origin.clone(),
        channel: means.messages.channel.clone(),
        numbers: means.messages.numbers,
        receipts: None,
        rooms: means.rooms.clone(),
    }
}
