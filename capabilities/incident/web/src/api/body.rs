//! What the force's own systems send. Unknown fields are refused by name, so that a typing
//! error in an integration is seen on its first day.

use incident::report::{
    ContactFlags, Level, Part, Person, Place, Relationship, Report, SafeContact, Source, Suspect,
    Thrive,
};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A report.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReportIn {
    /// `999`, `101`, `online`, `ani` (asked for ANI) or `system`.
    #[schema(example = "999")]
    pub(crate) source: Option<String>,
    /// When the call was taken, RFC 3339; now when left out.
    pub(crate) called_at: Option<String>,
    /// The reference of the sending system.
    pub(crate) force_reference: String,
    /// Who reports.
    pub(crate) person: PersonIn,
    /// Where it is happening.
    pub(crate) place: PlaceIn,
    /// What is happening.
    #[schema(example = "Her former partner came to the door and has left.")]
    pub(crate) account: String,
    /// How to reach her safely.
    pub(crate) contact: ContactIn,
    /// Who she says did it.
    pub(crate) suspect: SuspectIn,
    /// `spouse`, `partner`, `former_partner`, `co_parent`, `relative`, `not_connected`,
    /// `unknown`.
    pub(crate) relationship: Option<String>,
    /// Whether children are there, or live there.
    pub(crate) children: bool,
    /// What the grade rests on.
    pub(crate) thrive: ThriveIn,
}

/// Who reports.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PersonIn {
    name: String,
    /// `YYYY-MM-DD`.
    date_of_birth: Option<String>,
    #[schema(example = "07700 900001")]
    phone: String,
    email: Option<String>,
    address: Option<String>,
}

/// Where.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PlaceIn {
    words: String,
    postcode: Option<String>,
}

/// How to reach her safely.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ContactIn {
    phone: Option<String>,
    times: String,
    words: String,
    safe_to_text: bool,
    safe_to_call: bool,
    no_voicemail: bool,
}

/// Who she says did it.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SuspectIn {
    name: String,
    /// `YYYY-MM-DD`.
    date_of_birth: Option<String>,
    description: String,
    whereabouts: String,
}

/// One part of THRIVE.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PartIn {
    /// `unknown`, `low`, `medium` or `high`.
    level: Option<String>,
    note: String,
}

/// What the grade rests on.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ThriveIn {
    threat: PartIn,
    harm: PartIn,
    risk: PartIn,
    investigation: PartIn,
    vulnerability: PartIn,
    engagement: PartIn,
}

/// A code that is none of ours, by its field.
pub(crate) type Wrong = (&'static str, &'static str);

fn date(field: &'static str, text: Option<&str>) -> Result<Option<String>, Wrong> {
    crate::new::date(text.unwrap_or_default()).map_err(|words| (field, words))
}

impl PartIn {
    fn read(self) -> Result<Part, Wrong> {
        let level = match self.level.as_deref() {
            None => Level::Unknown,
            Some(code) => Level::ALL
                .into_iter()
                .find(|level| level.code() == code)
                .ok_or(("thrive", "a level is unknown, low, medium or high"))?,
        };
        Ok(Part { level, note: Personal::new(self.note) })
    }
}

impl ReportIn {
    /// The report, or which field is wrong.
    pub(crate) fn read(self, now: At) -> Result<Report, Wrong> {
        let source = match self.source.as_deref() {
            None => Source::System,
            Some(code) => Source::ALL
                .into_iter()
                .find(|source| source.code() == code)
                .ok_or(("source", "is 999, 101, online, ani or system"))?,
        };
        let relationship = match self.relationship.as_deref() {
            None => Relationship::Unknown,
            Some(code) => Relationship::ALL
                .into_iter()
                .find(|one| one.code() == code)
                .ok_or(("relationship", "is not one of the codes in the document"))?,
        };
        let called_at = called_at(self.called_at.as_deref(), now)?;
        let person = Person {
            name: self.person.name,
            date_of_birth: date("person.date_of_birth", self.person.date_of_birth.as_deref())?,
            phone: self.person.phone,
            email: self.person.email,
            address: self.person.address,
        };
        let contact = SafeContact {
            phone: self.contact.phone,
            times: self.contact.times,
            words: self.contact.words,
        };
        let born = self.suspect.date_of_birth.as_deref();
        let suspect = Suspect {
            name: self.suspect.name,
            date_of_birth: date("suspect.date_of_birth", born)?,
            description: self.suspect.description,
            whereabouts: self.suspect.whereabouts,
        };
        let place = Place { words: self.place.words, postcode: self.place.postcode };
        Ok(Report {
            source,
            called_at,
            force_reference: Personal::new(self.force_reference),
            person: Personal::new(person),
            place: Personal::new(place),
            account: Personal::new(self.account),
            contact: Personal::new(contact),
            contact_flags: ContactFlags {
                safe_to_text: self.contact.safe_to_text,
                safe_to_call: self.contact.safe_to_call,
                no_voicemail: self.contact.no_voicemail,
            },
            thrive: Thrive {
                threat: self.thrive.threat.read()?,
                harm: self.thrive.harm.read()?,
                risk: self.thrive.risk.read()?,
                investigation: self.thrive.investigation.read()?,
                vulnerability: self.thrive.vulnerability.read()?,
                engagement: self.thrive.engagement.read()?,
            },
            suspect: Personal::new(suspect),
            relationship,
            children: self.children,
        })
    }
}

fn called_at(text: Option<&str>, now: At) -> Result<At, Wrong> {
    let Some(text) = text else { return Ok(now) };
    let read: jiff::Timestamp =
        text.parse().map_err(|_| ("called_at", "is a time as in RFC 3339"))?;
    let at = At(read.as_microsecond());
    if at > now { Err(("called_at", "is in the future")) } else { Ok(at) }
}

/// A grade and its reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GradeIn {
    /// `immediate`, `priority`, `scheduled` or `resolved_without_deployment`.
    #[schema(value_type = String, example = "priority")]
    pub(crate) grade: incident::Grade,
    /// Why.
    pub(crate) reason: String,
}

/// One answer of the screening.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerIn {
    /// `offender_absent`, `safe_place`, `safe_to_talk`, `safe_to_text`, `able_to_communicate`,
    /// `device` or `adult`.
    #[schema(value_type = String, example = "offender_absent")]
    pub(crate) rule: incident::screening::Rule,
    /// `yes` speaks for a video response; `no` and `unknown` against it.
    #[schema(value_type = String, example = "yes")]
    pub(crate) answer: incident::screening::Answer,
    /// What she said.
    #[serde(default)]
    pub(crate) note: String,
}

/// The whole screening. After the first answer that excludes, no more is needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScreeningIn {
    /// One for each rule.
    #[schema(max_items = 7)]
    pub(crate) answers: Vec<AnswerIn>,
}

/// She says yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptIn {
    /// Which offer.
    pub(crate) offer: String,
    /// `text`, `email` or `read_out`.
    #[schema(value_type = String, example = "text")]
    pub(crate) channel: incident::route::Channel,
    /// The number or the address; left out for a link that is read out.
    #[serde(default)]
    #[schema(example = "07700 900001")]
    pub(crate) to: String,
    /// The language of her page: `en`, `cy`, `ur` or `pl`.
    #[serde(default = "english")]
    pub(crate) language: String,
}

fn english() -> String {
    "en".to_owned()
}

/// She says no.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclineIn {
    /// Which offer.
    pub(crate) offer: String,
    /// `prefers_in_person`, `not_on_video`, `no_privacy`, `technical`, `no_response_wanted` or
    /// `other`.
    #[schema(value_type = String, example = "prefers_in_person")]
    pub(crate) reason: incident::route::Decline,
    /// In her words.
    #[serde(default)]
    pub(crate) note: String,
}

/// A patrol.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatrolIn {
    /// Why.
    pub(crate) reason: String,
    /// Where, when the report does not say it well enough.
    #[serde(default)]
    pub(crate) place: Option<String>,
}

/// The close.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseIn {
    /// `video_response`, `in_person`, `resolved`, `not_reached`, `duplicate` or `error`.
    #[schema(value_type = String, example = "video_response")]
    pub(crate) outcome: incident::route::Closure,
    /// In words.
    #[serde(default)]
    pub(crate) note: String,
}

/// Where an incident stands. Nothing of a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandingOut {
    /// 32 hexadecimal digits.
    pub(crate) incident: String,
    /// The short reference.
    #[schema(example = "SL-4QX7RD")]
    pub(crate) reference: String,
    /// The grade, if there is one.
    pub(crate) grade: Option<&'static str>,
    /// When its target is up, RFC 3339.
    pub(crate) target_at: Option<String>,
    /// What the control room owes next: `grade`, `patrol`, `ask`, `conclude`, `offer`, `answer`,
    /// `call`, `send`, `finish` or `closed`.
    pub(crate) step: &'static str,
    /// `eligible`, `ineligible`, or nothing yet.
    pub(crate) screening: Option<&'static str>,
    /// The rule that excludes, if one does.
    pub(crate) excluded_by: Option<&'static str>,
    /// The offer that is open.
    pub(crate) offer: Option<String>,
    /// The call, once the offer was accepted.
    pub(crate) call: Option<String>,
    /// `none`, `requested` or `attended`.
    pub(crate) patrol: &'static str,
    /// Whether somebody comes in person.
    pub(crate) in_person: bool,
    /// What it came to, once closed.
    pub(crate) closed: Option<&'static str>,
}

/// An incident with what was said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentOut {
    /// Where it stands.
    #[serde(flatten)]
    pub(crate) standing: StandingOut,
    /// What was said; nothing once it is erased.
    #[schema(value_type = Option<Object>)]
    pub(crate) report: Option<serde_json::Value>,
}
