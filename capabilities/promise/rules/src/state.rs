//! Who holds it now.

use crate::event::Event;
use crate::holder::Holder;

/// One promise. Once somebody holds it, somebody always does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Who; nobody before anybody took it.
    pub holder: Option<Holder>,
}

impl State {
    pub(crate) fn after(self, event: &Event) -> Self {
        let holder = match event {
            Event::Taken { by, .. } => Some(Holder::Person { staff: *by }),
            Event::Given { to, .. } | Event::HandedOver { to, .. } => Some(to.clone()),
            Event::Noted { .. } => self.holder,
        };
        Self { holder }
    }
}
