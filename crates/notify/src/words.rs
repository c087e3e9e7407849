//! What is said, in which language, with which values: the house's sheets of templates, a
//! force's own over them, and the values that may fill them. Values are of closed forms, so
//! that no name can ever travel in one. Never here: whether the words are neutral (`lint`).

use crate::channel::Reason;
use crate::{limits, lint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The names of the house's own templates. A force or a capability may add others.
pub const LINK: &str = "link";
/// A second link after the first was lost, spent or late.
pub const LINK_AGAIN: &str = "link-again";
/// Nobody was free, or she could not talk: a call back at a time.
pub const CALL_LATER: &str = "call-later";
/// It is over and the link is dead.
pub const FINISHED: &str = "finished";
/// To an agency's mailbox: something waits behind its sign-in.
pub const PARTNER_NOTICE: &str = "partner-notice";

/// A language that people are written to in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Welsh.
    //= Welsh Language (Wales) Measure 2011, standards: a person written to may choose Welsh
    Cy,
    /// Urdu.
    Ur,
    /// Polish.
    Pl,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::En, Self::Cy, Self::Ur, Self::Pl];

    /// The tag, as BCP 47 has it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Ur => "ur",
            Self::Pl => "pl",
        }
    }
}

/// What may stand in double brackets in a template. Nothing about a person is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Placeholder {
    /// The invitation's link, on the force's own host.
    Link,
    /// How many minutes it lives.
    Minutes,
    /// A time of day.
    Time,
}

impl Placeholder {
    /// Every placeholder.
    pub const ALL: [Self; 3] = [Self::Link, Self::Minutes, Self::Time];

    /// Its name between the brackets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Minutes => "minutes",
            Self::Time => "time",
        }
    }

    /// Reads a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What one message says. `Debug` shows the template, never a value: a link is a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// The template's name, e.g. `words::LINK`.
    pub template: String,
    /// In which language.
    pub language: Language,
    /// What fills it.
    pub values: BTreeMap<Placeholder, String>,
}

impl Words {
    /// A template without values.
    pub fn new(template: &str, language: Language) -> Self {
        Self { template: template.to_owned(), language, values: BTreeMap::new() }
    }

    /// The same with one value more.
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, value: impl Into<String>) -> Self {
        self.values.insert(placeholder, value.into());
        self
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words")
            .field("template", &self.template)
            .field("language", &self.language)
            .field("values", &self.values.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Where the force's own links begin: `https://host[:port]`, or `http` on loopback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    host: String,
}

/// Not an origin that a link may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the origin of links is https://host, or http on this machine only")]
pub struct NotAnOrigin;

impl Origin {
    /// Reads an origin: no path, no query, no user.
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let url = reqwest::Url::parse(text).map_err(|_| NotAnOrigin)?;
        let host = url.host_str().ok_or(NotAnOrigin)?.to_owned();
        let allowed = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&host));
        let origin = url.origin().ascii_serialization();
        if allowed && text.trim_end_matches('/') == origin {
            Ok(Self { text: origin, host })
        } else {
            Err(NotAnOrigin)
        }
    }

    /// The origin, without a slash at the end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether `link` is one of ours: on this origin, of a length the templates allow for, of
    /// characters that no phone breaks a link at.
    pub fn owns(&self, link: &str) -> bool {
        let Some(tail) = link.strip_prefix(&self.text) else {
            return false;
        };
        let safe = |b: u8| b.is_ascii_alphanumeric() || b"-_./#?=&~".contains(&b);
        tail.starts_with('/') && tail.len() <= limits::LINK_TAIL_CHARS_MAX && tail.bytes().all(safe)
    }

    /// A stand-in of the longest link, for measuring.
    pub(crate) fn longest_link(&self) -> String {
        format!("{}/{}", self.text, "a".repeat(limits::LINK_TAIL_CHARS_MAX - 1))
    }
}

/// `localhost` or a loopback literal, as the `url` crate writes hosts.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// One language's templates, as a file has them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Which language.
    pub language: Language,
    /// Whether somebody who speaks it has read it.
    #[serde(default)]
    pub reviewed: bool,
    /// The subject of every e-mail in it.
    pub subject: String,
    /// The templates by name.
    pub texts: BTreeMap<String, String>,
    /// The subjects of single templates, where theirs is another.
    #[serde(default)]
    pub subjects: BTreeMap<String, String>,
}

/// A sheet that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// Not TOML of this shape; says where, for the administrator whose file it is.
    #[error("the sheet of templates cannot be read: {0}")]
    Unreadable(String),
    /// Too many bytes or templates.
    #[error("the sheet of templates is too long")]
    TooLong,
}

impl Sheet {
    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, SheetFault> {
        if text.len() > limits::SHEET_BYTES_MAX {
            return Err(SheetFault::TooLong);
        }
        let sheet: Self = toml::from_str(text)
            .map_err(|fault| SheetFault::Unreadable(fault.message().to_owned()))?;
        let most = sheet.texts.len().max(sheet.subjects.len());
        if most > limits::SHEET_TEMPLATES_MAX {
            return Err(SheetFault::TooLong);
        }
        Ok(sheet)
    }

    /// The house's own sheets.
    pub fn house() -> [Self; 4] {
        [
            include_str!("../templates/en.toml"),
            include_str!("../templates/cy.toml"),
            include_str!("../templates/ur.toml"),
            include_str!("../templates/pl.toml"),
        ]
        .map(|text| Self::parse(text).expect("a test reads every sheet of ours"))
    }
}

/// A message as a person reads it. `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For e-mail.
    pub subject: String,
    /// For either.
    pub body: String,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendered(..)")
    }
}

/// Every sheet in use, and where links may lead.
#[derive(Clone, Debug)]
pub struct Catalogue {
    origin: Origin,
    sheets: BTreeMap<Language, Sheet>,
}

impl Catalogue {
    /// The house's sheets.
    pub fn house(origin: Origin) -> Self {
        let sheets = Sheet::house().map(|sheet| (sheet.language, sheet)).into();
        Self { origin, sheets }
    }

    /// Lays a force's sheet over ours: its templates replace those of the same name. Lint the
    /// whole with `findings` before using it.
    #[must_use]
    pub fn with(mut self, force: Sheet) -> Self {
        match self.sheets.get_mut(&force.language) {
            Some(sheet) => {
                sheet.reviewed = force.reviewed;
                sheet.subject = force.subject;
                sheet.texts.extend(force.texts);
                sheet.subjects.extend(force.subjects);
            }
            None => {
                self.sheets.insert(force.language, force);
            }
        }
        self
    }

    /// Where links may lead.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The sheets, by language.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.values()
    }

    /// Languages that nobody who speaks them has read yet, for `config check` to say.
    pub fn unreviewed(&self) -> Vec<Language> {
        self.sheets().filter(|sheet| !sheet.reviewed).map(|sheet| sheet.language).collect()
    }

    /// Everything the linter has against these sheets. `config check` and the start of the
    /// server call this, and a server with findings does not start.
    pub fn findings(&self, blocked: &[String]) -> Vec<lint::Finding> {
        let rules = lint::Rules::new(&self.origin, blocked);
        self.sheets().flat_map(|sheet| rules.sheet(sheet)).collect()
    }

    /// Whether these words may go: the template exists, every value it needs is there, none is
    /// there that it does not, and each is of its form.
    pub fn check(&self, words: &Words) -> Result<(), Reason> {
        let text = self.text(words)?;
        let wanted = lint::placeholders(text);
        let known: Vec<_> = wanted.iter().filter_map(|name| Placeholder::of_name(name)).collect();
        let all_there = wanted.len() == known.len()
            && known.iter().all(|one| words.values.contains_key(one))
            && words.values.keys().all(|one| known.contains(one));
        if !all_there {
            return Err(Reason::BadValue);
        }
        words.values.iter().try_for_each(|(one, value)| self.check_value(*one, value))
    }

    /// Fills the template.
    pub fn render(&self, words: &Words) -> Result<Rendered, Reason> {
        self.check(words)?;
        let sheet = self.sheets.get(&words.language).ok_or(Reason::UnknownTemplate)?;
        let fill = |body: String, (one, value): (&Placeholder, &String)| {
            body.replace(&format!("(({}))", one.name()), value)
        };
        let body = words.values.iter().fold(self.text(words)?.to_owned(), fill);
        let subject = sheet.subjects.get(&words.template).unwrap_or(&sheet.subject).clone();
        Ok(Rendered { subject, body })
    }

    fn text(&self, words: &Words) -> Result<&str, Reason> {
        let sheet = self.sheets.get(&words.language).ok_or(Reason::UnknownTemplate)?;
        sheet.texts.get(&words.template).map(String::as_str).ok_or(Reason::UnknownTemplate)
    }

    fn check_value(&self, placeholder: Placeholder, value: &str) -> Result<(), Reason> {
        let fits = match placeholder {
            Placeholder::Link if self.origin.owns(value) => true,
            Placeholder::Link => return Err(Reason::ForeignLink),
            Placeholder::Minutes => {
                (1..=limits::MINUTES_DIGITS_MAX).contains(&value.len())
                    && value.bytes().all(|b| b.is_ascii_digit())
            }
            Placeholder::Time => is_time(value),
        };
        if fits { Ok(()) } else { Err(Reason::BadValue) }
    }
}

/// `14:30`, `2:30`, `2:30pm`, `2:30 pm`.
fn is_time(value: &str) -> bool {
    let digits = value.trim_end_matches("am").trim_end_matches("pm").trim_end_matches(' ');
    let Some((hour, minute)) = digits.split_once(':') else {
        return false;
    };
    let number = |text: &str, most: u8| {
        text.bytes().all(|b| b.is_ascii_digit()) && text.parse().is_ok_and(|n: u8| n <= most)
    };
    value.len() <= limits::TIME_CHARS_MAX
        && (1..=2).contains(&hour.len())
        && minute.len() == 2
        && number(hour, 23)
        && number(minute, 59)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn house() -> Catalogue {
        Catalogue::house(Origin::parse("https://video.example.org").unwrap())
    }

    fn link(url: &str) -> Words {
        Words::new(LINK, Language::En).with(Placeholder::Link, url).with(Placeholder::Minutes, "15")
    }

    #[test]
    fn every_language_has_every_template_with_the_same_placeholders() {
        let [english, others @ ..] = Sheet::house();
        for sheet in others {
            let names = |sheet: &Sheet| sheet.texts.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&sheet), names(&english), "{:?}", sheet.language);
            for (name, text) in &english.texts {
                let (mut ours, mut theirs) =
                    (lint::placeholders(text), lint::placeholders(&sheet.texts[name]));
                ours.sort_unstable();
                theirs.sort_unstable();
                assert_eq!(ours, theirs, "{:?} {name}", sheet.language);
            }
        }
        for name in [LINK, LINK_AGAIN, CALL_LATER, FINISHED, PARTNER_NOTICE] {
            assert!(english.texts.contains_key(name));
        }
    }

    #[test]
    fn an_agency_is_told_that_something_waits_and_not_what() {
        let url = "https://video.example.org/partner";
        let words = Words::new(PARTNER_NOTICE, Language::En).with(Placeholder::Link, url);
        let rendered = house().render(&words).unwrap();
        assert_eq!(rendered.subject, "Something new for you to look at");
        assert!(rendered.body.contains(url));
    }

    #[test]
    fn a_message_is_the_template_with_its_values() {
        let rendered = house().render(&link("https://video.example.org/j#abc")).unwrap();
        assert_eq!(
            rendered.body,
            "The link you asked for: https://video.example.org/j#abc It lasts 15 minutes."
        );
        assert_eq!(format!("{rendered:?}"), "Rendered(..)");
    }

    #[test]
    fn a_link_anywhere_else_is_refused() {
        for url in [
            "https://video.example.org.evil.test/j#abc",
            "https://video.example.org@evil.test/j",
            "https://video.example.orgj",
            "https://video.example.org",
            "http://video.example.org/j#abc",
            "https://bit.ly/abc",
            "https://video.example.org/j #abc",
            "https://video.example.org/j\nsee https://evil.test",
        ] {
            assert_eq!(house().check(&link(url)), Err(Reason::ForeignLink), "{url}");
        }
        let long = format!("https://video.example.org/{}", "a".repeat(64));
        assert_eq!(house().check(&link(&long)), Err(Reason::ForeignLink));
    }

    #[test]
    fn a_value_missing_surplus_or_out_of_form_is_refused() {
        let bare = Words::new(LINK, Language::En);
        assert_eq!(house().check(&bare), Err(Reason::BadValue));
        let good = link("https://video.example.org/j#abc");
        assert_eq!(
            house().check(&good.clone().with(Placeholder::Time, "9:30")),
            Err(Reason::BadValue)
        );
        for minutes in ["", "1000", "-1", "Ann", "1 5"] {
            let words = good.clone().with(Placeholder::Minutes, minutes);
            assert_eq!(house().check(&words), Err(Reason::BadValue), "{minutes}");
        }
        for (time, fits) in [
            ("14:30", true),
            ("2:05 pm", true),
            ("2:05am", true),
            ("24:00", false),
            ("14:60", false),
            ("+4:30", false),
            ("Ann", false),
            ("14", false),
            ("", false),
        ] {
            let words = Words::new(CALL_LATER, Language::En).with(Placeholder::Time, time);
            assert_eq!(house().check(&words).is_ok(), fits, "{time}");
        }
        let unknown = Words::new("invoice", Language::En);
        assert_eq!(house().check(&unknown), Err(Reason::UnknownTemplate));
    }

    #[test]
    fn words_never_print_their_values() {
        let shown = format!("{:?}", link("https://video.example.org/j#secret"));
        assert!(shown.contains("link") && !shown.contains("secret"), "{shown}");
    }

    #[test]
    fn an_origin_is_https_or_on_this_machine() {
        for text in ["https://a.example", "https://a.example:8443/", "http://127.0.0.1:8080"] {
            assert!(Origin::parse(text).is_ok(), "{text}");
        }
        for text in ["http://a.example", "https://a.example/x", "https://u@a.example", "a", ""] {
            assert_eq!(Origin::parse(text), Err(NotAnOrigin), "{text}");
        }
    }

    #[test]
    fn a_forces_sheet_lies_over_ours() {
        let sheet = "language = 'en'\nsubject = 'About today'\n[texts]\nfinished = 'All done.'";
        let catalogue = house().with(Sheet::parse(sheet).unwrap());
        let said = catalogue.render(&Words::new(FINISHED, Language::En)).unwrap();
        assert_eq!((said.subject.as_str(), said.body.as_str()), ("About today", "All done."));
        assert!(catalogue.render(&link("https://video.example.org/j#abc")).is_ok());
        assert!(catalogue.unreviewed().contains(&Language::En));
        assert!(matches!(Sheet::parse("language = 'xx'"), Err(SheetFault::Unreadable(_))));
    }

    proptest! {
        #[test]
        fn no_text_at_all_makes_the_readers_panic(text in ".*") {
            let _ = Origin::parse(&text);
            let _ = Sheet::parse(&text);
            let _ = is_time(&text);
            let _ = house().check(&link(&text));
        }
    }
}
