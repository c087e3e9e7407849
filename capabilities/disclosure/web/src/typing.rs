//! An application as it is typed: by somebody on the public page, by a call handler who
//! listens, by an officer who proposes. One form for all three, and one reading of it.

use crate::dates;
use disclosure::limits::{CHILDREN_MAX, NAME_CHARS_MAX, WORDS_CHARS_MAX};
use disclosure::{Applicant, AtRisk, Child, Form, Refusal, Route, SafeContact, Subject};
use kernel::id::StaffId;
use serde::Deserialize;
use ui::FieldErrors;

/// Every field, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typing {
    /// Which form of the public page was sent.
    pub(crate) step: String,
    /// The language that was chosen on the public page.
    pub(crate) lang: String,
    /// `yes` when a reference is wanted at the end of the public page.
    pub(crate) show_reference: String,
    /// Born with the form, so that one sent twice is one application.
    pub(crate) disclosure: String,
    /// `self` or `other`.
    pub(crate) asks: String,
    /// `officer` or `agency`.
    pub(crate) proposes: String,
    pub(crate) danger_now: String,
    pub(crate) where_now: String,
    pub(crate) name: String,
    pub(crate) date_of_birth: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) times: String,
    pub(crate) place: String,
    pub(crate) safe_words: String,
    pub(crate) relation: String,
    pub(crate) person_at_risk_name: String,
    pub(crate) person_at_risk_date_of_birth: String,
    pub(crate) person_at_risk_address: String,
    pub(crate) person_at_risk_phone: String,
    pub(crate) person_at_risk_times: String,
    pub(crate) subject_name: String,
    pub(crate) subject_date_of_birth: String,
    pub(crate) subject_address: String,
    pub(crate) subject_relationship: String,
    pub(crate) concern: String,
    pub(crate) children: String,
    pub(crate) proposer: String,
    pub(crate) language: String,
    pub(crate) conflicted: Vec<String>,
}

/// Says a message of the page's language.
pub(crate) type Say<'a> = &'a (dyn Fn(&str) -> String + Sync);

impl Typing {
    /// What was typed, as the rules take it; what is wrong goes to `errors`, all of it at once.
    pub(crate) fn read(&self, route: Route, errors: &mut FieldErrors, say: Say<'_>) -> Form {
        let mut reading = Reading { errors, say };
        let applicant = match route.is_ask() {
            true => self.applicant(&mut reading),
            false => Applicant::default(),
        };
        let at_risk = (route != Route::AskSelf).then(|| self.at_risk(&mut reading));
        let subject = Subject {
            name: reading.need("subject_name", &self.subject_name),
            date_of_birth: reading.day("subject_date_of_birth", &self.subject_date_of_birth),
            address: reading.line("subject_address", &self.subject_address),
            relationship: reading.need("subject_relationship", &self.subject_relationship),
        };
        let concern = self.concern.trim();
        if concern.is_empty() {
            reading.wrong("concern", "ask-need-concern");
        } else if concern.chars().count() > WORDS_CHARS_MAX {
            reading.wrong("concern", "ask-too-long");
        }
        let proposer = match route {
            Route::Know => reading.need("proposer", &self.proposer),
            _ => String::new(),
        };
        Form {
            danger_now: Some(false),
            where_now: String::new(),
            applicant,
            person_at_risk: at_risk,
            subject,
            concern: concern.to_owned(),
            children: self.children(&mut reading),
            proposer,
            language: self.language.clone(),
            conflicted: self.conflicted.iter().filter_map(|id| id.parse().ok()).collect(),
        }
    }

    /// Somebody is in danger: what was said so far, and nothing is asked for.
    pub(crate) fn emergency(&self) -> Form {
        let short = |text: &str| text.trim().chars().take(NAME_CHARS_MAX).collect::<String>();
        let contact = SafeContact { phone: short(&self.phone), ..SafeContact::default() };
        let at_risk = AtRisk {
            name: short(&self.person_at_risk_name),
            address: short(&self.person_at_risk_address),
            contact: SafeContact {
                phone: short(&self.person_at_risk_phone),
                ..SafeContact::default()
            },
            ..AtRisk::default()
        };
        Form {
            danger_now: Some(true),
            where_now: short(&self.where_now),
            applicant: Applicant { name: short(&self.name), contact, ..Applicant::default() },
            person_at_risk: Some(at_risk),
            subject: Subject { name: short(&self.subject_name), ..Subject::default() },
            concern: self.concern.trim().chars().take(WORDS_CHARS_MAX).collect(),
            language: self.language.clone(),
            ..Form::default()
        }
    }

    fn applicant(&self, reading: &mut Reading<'_>) -> Applicant {
        let name = reading.need("name", &self.name);
        let born = reading.day("date_of_birth", &self.date_of_birth);
        if self.date_of_birth.trim().is_empty() {
            reading.wrong("date_of_birth", "ask-need-date-of-birth");
        }
        let (phone, email) = (self.phone.trim(), self.email.trim());
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        if phone.is_empty() && email.is_empty() {
            reading.wrong("phone", "ask-need-contact");
        } else if !phone.is_empty() && digits < 7 {
            reading.wrong("phone", "ask-wrong-phone");
        }
        if !email.is_empty() && !email.contains('@') {
            reading.wrong("email", "ask-wrong-email");
        }
        let safe_words = self.safe_words.trim();
        if safe_words.chars().count() > WORDS_CHARS_MAX {
            reading.wrong("safe_words", "ask-too-long");
        }
        let contact = SafeContact {
            phone: reading.line("phone", phone),
            email: reading.line("email", email),
            times: reading.need("times", &self.times),
            place: reading.line("place", &self.place),
            words: safe_words.to_owned(),
        };
        let relation = reading.line("relation", &self.relation);
        Applicant { name, date_of_birth: born, contact, relation }
    }

    fn at_risk(&self, reading: &mut Reading<'_>) -> AtRisk {
        AtRisk {
            name: reading.need("person_at_risk_name", &self.person_at_risk_name),
            date_of_birth: reading
                .day("person_at_risk_date_of_birth", &self.person_at_risk_date_of_birth),
            address: reading.line("person_at_risk_address", &self.person_at_risk_address),
            contact: SafeContact {
                phone: reading.line("person_at_risk_phone", &self.person_at_risk_phone),
                times: reading.line("person_at_risk_times", &self.person_at_risk_times),
                ..SafeContact::default()
            },
        }
    }

    /// One child a line.
    fn children(&self, reading: &mut Reading<'_>) -> Vec<Child> {
        let lines = self.children.lines().map(str::trim).filter(|line| !line.is_empty());
        let children: Vec<Child> =
            lines.map(|line| Child { name: line.to_owned(), ..Child::default() }).collect();
        let long = children.iter().any(|child| child.name.chars().count() > NAME_CHARS_MAX);
        if children.len() > CHILDREN_MAX || long {
            reading.wrong("children", "ask-too-long");
        }
        children
    }
}

/// Reading goes on after a fault, so that all of them are said at once.
struct Reading<'a> {
    errors: &'a mut FieldErrors,
    say: Say<'a>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &str, message: &str) {
        self.errors.add(field, (self.say)(message));
    }

    fn line(&mut self, field: &str, text: &str) -> String {
        let text = text.trim();
        if text.chars().count() > NAME_CHARS_MAX {
            self.wrong(field, "ask-too-long");
        }
        text.to_owned()
    }

    fn need(&mut self, field: &str, text: &str) -> String {
        if text.trim().is_empty() {
            self.wrong(field, &format!("ask-need-{}", field.replace('_', "-")));
        }
        self.line(field, text)
    }

    fn day(&mut self, field: &str, text: &str) -> String {
        dates::read(text).unwrap_or_else(|()| {
            self.wrong(field, "ask-wrong-date");
            String::new()
        })
    }
}

/// The field that a refusal of the rules is about.
pub(crate) const fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Missing(field) | Refusal::TooLong(field) | Refusal::NotADate(field) => field,
        Refusal::NoSafeContact => "phone",
        Refusal::NobodyAtRisk => "person_at_risk_name",
        Refusal::NotForYourself => "conflicted",
        Refusal::EmergencyGateFirst => "danger_now",
        _ => "concern",
    }
}

/// An account by its id, wherever one is typed.
pub(crate) fn account(text: &str) -> Option<StaffId> {
    text.trim().parse().ok()
}
