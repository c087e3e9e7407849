//! What a call is about: the response to an incident, or a matter of another capability, which
//! this one knows by its stream's name alone.

use incident::{IncidentId, OfferId};
use kernel::{Class, Purpose, retention};
use serde::{Deserialize, Serialize};

/// Characters of a matter's name: a noun, a stroke and 32 digits, with room to spare.
const MATTER_CHARS_MAX: usize = 80;

/// What kind of matter a call that is no response is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Somebody at risk is told what she needs to know to be safe.
    Disclosure,
}

impl MatterKind {
    /// The stored name, which also names its panels.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Disclosure => "disclosure",
        }
    }

    /// Where the matter's own pages stand; its id follows.
    pub const fn pages(self) -> &'static str {
        match self {
            Self::Disclosure => "/disclosures",
        }
    }

    /// How long the recording of such a call is kept.
    pub const fn recording_class(self) -> Class {
        match self {
            Self::Disclosure => retention::DISCLOSURE_RECORDING,
        }
    }
}

/// What a call is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The video response that was offered for an incident.
    Response { incident: IncidentId, offer: OfferId },
    /// A matter, by the name of its stream.
    Matter { kind: MatterKind, matter: String },
}

impl About {
    /// What for it is seen and answered. Whoever may not act for this purpose sees nothing of it.
    pub const fn purpose(&self) -> Purpose {
        match self {
            Self::Response { .. } => Purpose::Response,
            Self::Matter { kind: MatterKind::Disclosure, .. } => Purpose::Disclosure,
        }
    }

    /// The incident, where it is about one.
    pub const fn incident(&self) -> Option<IncidentId> {
        match self {
            Self::Response { incident, .. } => Some(*incident),
            Self::Matter { .. } => None,
        }
    }

    /// The kind of matter, where it is about one.
    pub const fn matter(&self) -> Option<MatterKind> {
        match self {
            Self::Response { .. } => None,
            Self::Matter { kind, .. } => Some(*kind),
        }
    }

    /// The stream of what it is about.
    pub fn stream(&self) -> String {
        match self {
            Self::Response { incident, .. } => incident.stream(),
            Self::Matter { matter, .. } => matter.clone(),
        }
    }

    /// Whether anything may be written in it, its place shared, a still taken: what is told in
    /// confidence leaves nothing on her device and no picture with us.
    pub const fn leaves_traces(&self) -> bool {
        matches!(self, Self::Response { .. })
    }

    /// Where the pages of such a call stand; the call's id follows.
    pub const fn pages(&self) -> &'static str {
        match self {
            Self::Response { .. } => "/calls",
            Self::Matter { kind: MatterKind::Disclosure, .. } => "/disclosures/calls",
        }
    }
}

/// Whether this can be the name of a matter's stream.
pub(crate) fn names_a_matter(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let parts = text.split_once('/');
    text.len() <= MATTER_CHARS_MAX
        && parts.is_some_and(|(noun, id)| plain(noun) && plain(id) && noun != "call")
}
