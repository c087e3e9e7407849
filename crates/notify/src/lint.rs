//! Whether a text may be read by the wrong person: no telling word in any language, no link
//! but our own, no placeholder for a name, no more texts than needed. A test runs it over every
//! template of ours, the server over every template of a force. Never here: the words.

mod blocked;

use crate::words::{Language, Origin, Placeholder, Sheet};
use crate::{gsm, limits};
use std::fmt;

/// One thing wrong with one text, in words for the administrator whose file it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which sheet.
    pub language: Language,
    /// Which template, or `subject`, `sender`.
    pub template: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.language.tag(), self.template, self.fault)
    }
}

/// What can be wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It says who writes, or why.
    #[error("“{0}” tells a reader what this is about")]
    TellingWord(String),
    /// A placeholder that could hold something about a person.
    #[error("(({0})) could hold something about a person")]
    PersonalPlaceholder(String),
    /// A placeholder that nobody fills.
    #[error("(({0})) is not a placeholder")]
    UnknownPlaceholder(String),
    /// Brackets or braces that a person would see.
    #[error("brackets are left open, or braces are used for a placeholder")]
    LooseBracket,
    /// A link written out, or what a phone would turn into one.
    #[error("“{0}” is or becomes a link that is not ours")]
    ForeignLink(String),
    /// Two links.
    #[error("there is more than one link")]
    SecondLink,
    /// Longer than may be sent.
    #[error("it takes {parts} texts with the longest link; {allowed} allowed")]
    TooLong {
        /// How many it takes.
        parts: usize,
        /// How many it may.
        allowed: usize,
    },
    /// A subject or a sender's name longer than a line.
    #[error("it is longer than {} characters", limits::SUBJECT_CHARS_MAX)]
    LongLine,
    /// A character outside the networks' alphabet where one text must do.
    #[error("“{0}” is outside the GSM alphabet")]
    OutsideGsm(char),
    /// A character that cannot be seen, or that turns the text round.
    #[error("a character that cannot be seen (U+{:04X})", u32::from(*.0))]
    Unseen(char),
    /// Nothing at all.
    #[error("there is nothing in it")]
    Empty,
}

/// What to lint by.
pub struct Rules<'a> {
    origin: &'a Origin,
    stems: Vec<String>,
}

impl<'a> Rules<'a> {
    /// The block-lists and a force's own words: its name, its towns, its teams.
    pub fn new(origin: &'a Origin, blocked: &[String]) -> Self {
        let extra = blocked.iter().take(limits::BLOCKED_EXTRA_MAX).cloned();
        let stems = blocked::every().chain(extra).map(|entry| fold_entry(&entry)).collect();
        Self { origin, stems }
    }

    /// A whole sheet: its subject and each of its templates.
    pub fn sheet(&self, sheet: &Sheet) -> Vec<Finding> {
        let mut found = self.line(sheet.language, "subject", &sheet.subject);
        for (name, text) in &sheet.texts {
            found.extend(self.text(sheet.language, name, text));
        }
        for (name, text) in &sheet.subjects {
            found.extend(self.line(sheet.language, name, text));
        }
        found
    }

    /// One template.
    pub fn text(&self, language: Language, name: &str, text: &str) -> Vec<Finding> {
        let mut faults = self.plain(text);
        let names = placeholders(text);
        for name in &names {
            if Placeholder::of_name(name).is_none() {
                faults.push(match is_personal(name) {
                    true => Fault::PersonalPlaceholder(name.clone()),
                    false => Fault::UnknownPlaceholder(name.clone()),
                });
            }
        }
        if names.iter().filter(|name| *name == Placeholder::Link.name()).count() > 1 {
            faults.push(Fault::SecondLink);
        }
        faults.extend(self.length(language, text));
        named(language, name, faults)
    }

    /// One line without placeholders: a subject, a sender's name.
    pub fn line(&self, language: Language, name: &str, text: &str) -> Vec<Finding> {
        let mut faults = self.plain(text);
        for name in placeholders(text) {
            faults.push(Fault::UnknownPlaceholder(name));
        }
        if text.chars().count() > limits::SUBJECT_CHARS_MAX || text.contains('\n') {
            faults.push(Fault::LongLine);
        }
        named(language, name, faults)
    }

    /// Words in the force's own host that tell a reader what the link is about. A force may
    /// have no other host, so this is advice for `config check`, not a finding.
    pub fn host_tells(&self) -> Vec<String> {
        self.telling(&self.origin.host().replace('.', " "))
    }

    fn plain(&self, text: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if text.trim().is_empty() {
            faults.push(Fault::Empty);
        }
        if let Some(c) = text.chars().find(|c| is_unseen(*c)) {
            faults.push(Fault::Unseen(c));
        }
        let bare = without_placeholders(text);
        if bare.contains("((") || bare.contains("))") || bare.contains(['{', '}']) {
            faults.push(Fault::LooseBracket);
        }
        faults.extend(self.telling(&bare).into_iter().map(Fault::TellingWord));
        faults.extend(links(&bare).into_iter().map(Fault::ForeignLink));
        faults
    }

    /// The telling words in a text, however they are dressed up.
    fn telling(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let apart: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        let apart: Vec<&str> = apart.into_iter().filter(|word| !word.is_empty()).collect();
        let solid = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let joined: Vec<String> = folded.split_whitespace().map(solid).collect();
        let phrase = format!(" {} | {} ", apart.join(" "), joined.join(" "));
        let mut words: Vec<String> = apart.iter().map(|word| (*word).to_owned()).collect();
        words.extend(joined);
        words.extend(spelt_out(&apart));
        let undressed: Vec<String> = words.iter().filter_map(|word| undress(word)).collect();
        words.extend(undressed);
        let tells = |stem: &&String| {
            if stem.contains(' ') {
                phrase.contains(&format!(" {stem}"))
            } else if let Some(whole) = stem.strip_prefix('=') {
                words.iter().any(|word| word == whole)
            } else {
                words.iter().any(|word| word.starts_with(stem.as_str()))
            }
        };
        let mut found: Vec<String> = self.stems.iter().filter(tells).cloned().collect();
        found.dedup();
        found
    }

    /// One text in English; in others as many as their alphabet needs, up to the limit.
    fn length(&self, language: Language, text: &str) -> Option<Fault> {
        let longest = [
            (Placeholder::Link, self.origin.longest_link()),
            (Placeholder::Minutes, "9".repeat(limits::MINUTES_DIGITS_MAX)),
            (Placeholder::Time, "9".repeat(limits::TIME_CHARS_MAX)),
        ]
        .iter()
        .fold(text.to_owned(), |text, (one, value)| {
            text.replace(&format!("(({}))", one.name()), value)
        });
        let allowed = match language {
            Language::En => 1,
            Language::Cy | Language::Ur | Language::Pl => limits::SMS_PARTS_MAX,
        };
        let outside = longest.chars().find(|c| gsm::septets(c.encode_utf8(&mut [0; 4])).is_none());
        match (language, outside, gsm::parts(&longest)) {
            (Language::En, Some(c), _) => Some(Fault::OutsideGsm(c)),
            (_, _, parts) if parts > allowed => Some(Fault::TooLong { parts, allowed }),
            _ => None,
        }
    }
}

fn named(language: Language, template: &str, faults: Vec<Fault>) -> Vec<Finding> {
    let named = |fault| Finding { language, template: template.to_owned(), fault };
    faults.into_iter().map(named).collect()
}

/// The names between double brackets, in order, with repeats.
pub fn placeholders(text: &str) -> Vec<String> {
    pieces(text).filter_map(|(_, name)| name.map(str::to_owned)).collect()
}

fn without_placeholders(text: &str) -> String {
    pieces(text).map(|(before, _)| before).collect::<Vec<_>>().join(" ")
}

/// Splits a text at its placeholders: what stands before each, and its name.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest.take()?;
        let open = now.find("((").map(|open| now.split_at(open));
        let split = open.and_then(|(before, from)| {
            let (name, after) = from[2..].split_once("))")?;
            Some((before, name, after))
        });
        match split {
            Some((before, name, after)) => {
                rest = Some(after);
                Some((before, Some(name)))
            }
            None => Some((now, None)),
        }
    })
}

/// Placeholders whose very name says that a person would fill them.
fn is_personal(name: &str) -> bool {
    const SIGNS: &[&str] = &[
        "name", "enw", "imi", "nazw", "nam", "نام", "officer", "address", "postcode", "dob",
        "birth", "phone", "mobile", "email", "victim", "suspect", "partner", "child",
    ];
    let name = name.to_lowercase();
    SIGNS.iter().any(|sign| name.contains(sign))
}

/// What is, or what a phone would turn into, a link.
fn links(text: &str) -> Vec<String> {
    let dotted = text.replace(['。', '．', '｡', '․'], ".");
    let is_link = |word: &&str| {
        let lower = word.to_lowercase();
        if lower.contains("://") || lower.starts_with("www.") || lower.contains('@') {
            return true;
        }
        let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let labels: Vec<&str> = host.split('.').collect();
        let [.., before, last] = labels.as_slice() else {
            return false;
        };
        let is_label = |label: &str| label.chars().any(char::is_alphanumeric);
        is_label(before) && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic)
    };
    let edges = |c: char| !c.is_alphanumeric() && c != '/';
    let words = dotted.split_whitespace().map(|word| word.trim_matches(edges));
    words.filter(is_link).map(str::to_owned).collect()
}

/// Characters that hide a word or turn a line round. A new line may be seen.
fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\n') || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn fold_entry(entry: &str) -> String {
    match entry.strip_prefix('=') {
        Some(word) => format!("={}", fold(word).trim()),
        None => fold(entry).trim().to_owned(),
    }
}

/// Lower case without accents, marks, or letters that only look like ours.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .filter_map(plain)
        .collect()
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => return None,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'а' | 'α' => 'a',
        'ç' | 'ć' | 'с' | 'ϲ' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'е' | 'ё' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'і' | 'ı' | 'ι' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ś' | 'ѕ' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ŵ' => 'w',
        'х' => 'x',
        'ý' | 'ŷ' | 'у' => 'y',
        'ź' | 'ż' => 'z',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ه' | 'ة' => 'ہ',
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        _ => c,
    })
}

/// Runs of single letters put together: `p o l i c e`.
fn spelt_out(words: &[&str]) -> Vec<String> {
    words
        .split(|word| word.chars().count() != 1)
        .filter(|run| run.len() > 2)
        .flat_map(|run| (0..run.len()).map(|from| run[from..].concat()))
        .collect()
}

/// Digits and signs that stand for letters inside a word: `p0l1ce`.
fn undress(word: &str) -> Option<String> {
    if !word.chars().any(char::is_alphabetic) || !word.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        _ => c,
    };
    Some(word.chars().map(letter).collect())
}

#[cfg(test)]
mod tests;
