//! What a force sets for plans: how often they are reviewed, how fast a breach is decided, and who
//! provides what. Data with a version.

use calendar::Jurisdiction;
use serde::Deserialize;

/// One versioned set of numbers and codes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version this is.
    pub version: u32,
    /// Whose bank holidays count.
    pub jurisdiction: Jurisdiction,
    /// After how many days a plan is looked at whole.
    pub review_days: u32,
    /// Within how many working days a breach is decided.
    pub breach_working_days: u32,
    /// From how many victims on he stands on the list.
    pub serial_victims: u32,
    /// Who provides what.
    pub providers: Vec<Provider>,
}

/// Somebody who works with him: a programme, a treatment service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// Whether it holds sessions that he attends.
    #[serde(default)]
    pub programme: bool,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

impl Policy {
    /// The provider with this code.
    pub fn provider(&self, code: &str) -> Option<&Provider> {
        self.providers.iter().find(|one| one.code == code)
    }

    /// What is wrong with these data, if anything is.
    pub fn fault(&self) -> Option<&'static str> {
        let mut codes: Vec<_> = self.providers.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let plain = |code: &&str| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if self.review_days == 0 || self.breach_working_days == 0 {
            return Some("a clock of no time at all cannot be kept");
        }
        if self.serial_victims < 2 {
            return Some("serial is two victims at least");
        }
        if codes.len() != self.providers.len() || !codes.iter().all(plain) {
            return Some("every code stands once, in small letters and underscores");
        }
        None
    }
}
