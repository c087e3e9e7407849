//! What the API takes and gives.

use crate::{files, list};
use incident::IncidentId;
use investigation::state::{Enquiry, Exhibit, Stands, State as Known, Version};
use investigation::{Classified, Command, PersonSaid, Role, Section, Source};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The account, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountIn {
    pub(crate) text: String,
}

/// A crime.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CrimeIn {
    /// A code of the force's table, e.g. `assault_injury`.
    #[serde(default)]
    pub(crate) code: Option<String>,
    /// The offence in words, where nobody knows the code yet.
    #[serde(default)]
    pub(crate) offence: Option<String>,
    /// When it happened or began, RFC 3339; never in the future.
    #[serde(default)]
    pub(crate) from: Option<String>,
    /// When it ended, RFC 3339.
    #[serde(default)]
    pub(crate) until: Option<String>,
    pub(crate) reason: String,
}

/// No crime.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NonCrimeIn {
    pub(crate) reason: String,
}

/// What came of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeIn {
    /// A code of the force's table, e.g. `16`.
    pub(crate) code: String,
    pub(crate) note: String,
}

/// Sections of the statement by their codes: `background`, `events`, `words`, `harm`, `others`,
/// `before`, `wishes`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementIn {
    pub(crate) sections: BTreeMap<String, String>,
}

/// Her word after a reading aloud.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpokenIn {
    /// `statement.digest` of the case as it was read to her.
    pub(crate) digest: String,
    /// When she said so, RFC 3339; now, when nothing is said.
    #[serde(default)]
    pub(crate) spoken_at: Option<String>,
}

/// A line of enquiry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnquiryIn {
    pub(crate) what: String,
    /// RFC 3339, in the future.
    #[serde(default)]
    pub(crate) due: Option<String>,
}

/// What was found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FoundIn {
    pub(crate) found: String,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonIn {
    pub(crate) reason: String,
}

/// Somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonIn {
    /// `suspect` or `witness`.
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) reach: String,
    #[serde(default)]
    pub(crate) account: String,
}

impl PersonIn {
    pub(crate) fn command(self) -> Result<Command, String> {
        let role = Role::of(&self.role).ok_or("role is suspect or witness")?;
        let Self { name, description, reach, account, .. } = self;
        let said = PersonSaid { name, description, reach, account };
        Ok(Command::AddPerson { role, said })
    }
}

/// Nothing: `{}`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NothingIn {}

/// The records system's own reference.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakenIn {
    pub(crate) reference: String,
}

/// Where a case stands. Nobody is named.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingOut {
    incident: String,
    /// `crime`, `non_crime`, or nothing while nobody has decided.
    recorded: Option<&'static str>,
    /// The offence's code, where it has one.
    code: Option<String>,
    /// The outcome's code, where there is one.
    outcome: Option<String>,
    /// `none`, `draft`, `offered`, `disputed`, `acknowledged`, `voided`.
    statement: &'static str,
    /// Lines of enquiry that are open.
    open_enquiries: usize,
    /// How often the records system was told.
    handed_off: usize,
    /// Whether it has the case as it was told last.
    taken_in: bool,
    /// Whether anything changed since it was told.
    changed: bool,
}

/// A case. What was said is empty once it is erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseOut {
    #[serde(flatten)]
    pub(crate) standing: StandingOut,
    account: Vec<ParagraphOut>,
    /// Oldest first; the last one counts.
    decisions: Vec<DecisionOut>,
    statement_text: StatementOut,
    enquiries: Vec<EnquiryOut>,
    people: Vec<PersonOut>,
    exhibits: Vec<ExhibitOut>,
    /// The records system's own reference, once it gave one.
    record: Option<String>,
}

/// A paragraph of the account.
#[derive(Serialize, ToSchema)]
struct ParagraphOut {
    at: Option<String>,
    text: String,
}

/// A decision.
#[derive(Serialize, ToSchema)]
struct DecisionOut {
    at: Option<String>,
    recorded: &'static str,
    offence: Option<String>,
    code: Option<String>,
    class: Option<String>,
    from: Option<String>,
    until: Option<String>,
    reason: String,
}

/// The statement.
#[derive(Serialize, ToSchema)]
struct StatementOut {
    /// Sections in order, with their codes.
    sections: Vec<(&'static str, String)>,
    /// SHA-256 of the whole, in hex: what an acknowledgement names.
    digest: String,
    versions: Vec<VersionOut>,
}

/// What she was asked about.
#[derive(Serialize, ToSchema)]
struct VersionOut {
    version: usize,
    at: Option<String>,
    /// `offered`, `acknowledged`, `disputed`, `taken_back`, `voided`.
    stands: &'static str,
    answered_at: Option<String>,
    digest: String,
}

/// A line of enquiry.
#[derive(Serialize, ToSchema)]
struct EnquiryOut {
    number: u32,
    what: String,
    due: Option<String>,
    /// `open`, `done`, `dropped`.
    stands: &'static str,
    words: Option<String>,
}

/// Somebody.
#[derive(Serialize, ToSchema)]
struct PersonOut {
    number: u32,
    role: &'static str,
    name: String,
    description: String,
    reach: String,
    account: String,
}

/// An exhibit.
#[derive(Serialize, ToSchema)]
struct ExhibitOut {
    number: u32,
    /// `file`, `still`, `thing`.
    from: &'static str,
    at: Option<String>,
    name: String,
    found: String,
    digest: String,
    bytes: Option<u64>,
    withdrawn: bool,
}

fn iso(at: At) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0).ok().map(|at| at.to_string())
}

fn text(one: &Personal<String>) -> String {
    one.known().cloned().unwrap_or_default()
}

fn standing(incident: IncidentId, known: &Known) -> StandingOut {
    let (recorded, code) = match &known.classified {
        None => (None, None),
        Some(Classified::Crime { code, .. }) => {
            (Some("crime"), code.as_ref().map(|code| code.code.clone()))
        }
        Some(Classified::NonCrime { .. }) => (Some("non_crime"), None),
    };
    StandingOut {
        incident: incident.to_string(),
        recorded,
        code,
        outcome: known.outcome().map(|one| one.code.clone()),
        statement: list::statement(known),
        open_enquiries: known.enquiries.values().filter(|one| one.end.is_none()).count(),
        handed_off: known.hand_offs.len(),
        taken_in: known.hand_offs.last().is_some_and(|one| one.taken_in.is_some()),
        changed: known.changed,
    }
}

/// The whole of a case. Personal: note the consultation first.
pub(crate) fn case(incident: IncidentId, known: &Known) -> CaseOut {
    let taken = known.hand_offs.iter().rev().find_map(|one| one.taken_in.as_ref());
    let paragraph =
        |one: &investigation::Paragraph| ParagraphOut { at: iso(one.at), text: text(&one.text) };
    CaseOut {
        standing: standing(incident, known),
        account: known.paragraphs.iter().map(paragraph).collect(),
        decisions: known.decisions.iter().map(decision).collect(),
        statement_text: statement(known),
        enquiries: known.enquiries.iter().map(enquiry).collect(),
        people: people(known),
        exhibits: known.exhibits.iter().map(exhibit).collect(),
        record: taken.map(|(.., reference)| text(reference)),
    }
}

fn decision(one: &investigation::state::Decision) -> DecisionOut {
    let at = iso(one.at);
    match &one.classified {
        Classified::NonCrime { reason } => DecisionOut {
            at,
            recorded: "non_crime",
            offence: None,
            code: None,
            class: None,
            from: None,
            until: None,
            reason: text(reason),
        },
        Classified::Crime { offence, reason, code, since, until } => DecisionOut {
            at,
            recorded: "crime",
            offence: Some(text(offence)),
            code: code.as_ref().map(|code| code.code.clone()),
            class: code.as_ref().and_then(|code| code.class.clone()),
            from: since.and_then(iso),
            until: until.and_then(iso),
            reason: text(reason),
        },
    }
}

fn statement(known: &Known) -> StatementOut {
    let statement = &known.statement;
    let version = |(place, one): (usize, &Version)| {
        let (stands, answered_at) = match &one.stands {
            Stands::Offered => ("offered", None),
            Stands::Acknowledged(at) => ("acknowledged", iso(*at)),
            Stands::Disputed(at, _) => ("disputed", iso(*at)),
            Stands::TakenBack => ("taken_back", None),
            Stands::Voided { said, .. } => ("voided", iso(*said)),
        };
        let digest = text(&one.digest);
        VersionOut { version: place + 1, at: iso(one.at), stands, answered_at, digest }
    };
    let section = |one: Section| (one.code(), statement.section(one).to_owned());
    StatementOut {
        sections: Section::ALL.into_iter().map(section).collect(),
        digest: files::digest(statement.text()),
        versions: statement.versions.iter().enumerate().map(version).collect(),
    }
}

fn enquiry((number, one): (&u32, &Enquiry)) -> EnquiryOut {
    let stands = one.end.as_ref().map_or("open", |end| if end.done { "done" } else { "dropped" });
    EnquiryOut {
        number: *number,
        what: text(&one.what),
        due: iso(one.due),
        stands,
        words: one.end.as_ref().map(|end| text(&end.words)),
    }
}

fn people(known: &Known) -> Vec<PersonOut> {
    let standing = known.people.iter().filter(|(_, one)| one.removed.is_none());
    standing
        .map(|(number, one)| {
            let said = one.said.known().cloned().unwrap_or_default();
            let PersonSaid { name, description, reach, account } = said;
            let role = one.role.code();
            PersonOut { number: *number, role, name, description, reach, account }
        })
        .collect()
}

fn exhibit((number, one): (&u32, &Exhibit)) -> ExhibitOut {
    let (from, bytes) = match &one.source {
        Source::File { bytes, .. } => ("file", Some(*bytes)),
        Source::Still { .. } => ("still", None),
        Source::Thing {} => ("thing", None),
    };
    ExhibitOut {
        number: *number,
        from,
        at: iso(one.at),
        name: text(&one.name),
        found: text(&one.found),
        digest: text(&one.digest),
        bytes,
        withdrawn: one.withdrawn.is_some(),
    }
}
