//! What is wrong with a pack of questions: every fault at once, each with its place and the rule
//! it breaks, so that whoever writes a pack need not guess.

use crate::instrument::{Cluster, Instrument, Kind, Question, Words};
use crate::limits;
use std::fmt;

/// Which rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A name or id is small letters, digits and underscores.
    PlainId,
    /// An id stands once.
    DuplicateId,
    /// A version is at least 1.
    Version,
    /// A pack names its languages, each once.
    Languages,
    /// A text is there in every language.
    LanguageMissing,
    /// A text is in no other language than those named.
    LanguageUnknown,
    /// A scale has steps.
    EmptyScale,
    /// A scale of its kind has the steps of that kind.
    ScaleOfItsKind,
    /// A question's scale is there.
    ScaleMissing,
    /// A code is one of the question's scale.
    CodeUnknown,
    /// An answer that leads on or raises a flag can be given.
    NothingCounts,
    /// A section has questions.
    EmptySection,
    /// A skip rule names a question that is there.
    SkipMissing,
    /// A skip rule names an earlier question.
    SkipLater,
    /// Skip rules do not lead in a circle.
    SkipCircle,
    /// A flag looks at questions that are there.
    FlagQuestion,
    /// A flag can be raised.
    FlagNever,
    /// A cluster is one that is known.
    ClusterUnknown,
    /// A contradiction is between two questions that are there.
    ContradictionSides,
    /// A pack is no larger than an officer can ask.
    TooLarge,
}

impl Rule {
    /// Its name, as it is printed.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PlainId => "plain-id",
            Self::DuplicateId => "duplicate-id",
            Self::Version => "version",
            Self::Languages => "languages",
            Self::LanguageMissing => "language-missing",
            Self::LanguageUnknown => "language-unknown",
            Self::EmptyScale => "empty-scale",
            Self::ScaleOfItsKind => "scale-of-its-kind",
            Self::ScaleMissing => "scale-missing",
            Self::CodeUnknown => "code-unknown",
            Self::NothingCounts => "nothing-counts",
            Self::EmptySection => "empty-section",
            Self::SkipMissing => "skip-missing",
            Self::SkipLater => "skip-later",
            Self::SkipCircle => "skip-circle",
            Self::FlagQuestion => "flag-question",
            Self::FlagNever => "flag-never",
            Self::ClusterUnknown => "cluster-unknown",
            Self::ContradictionSides => "contradiction-sides",
            Self::TooLarge => "too-large",
        }
    }
}

/// Where in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At its head.
    Pack,
    /// A section, by its number from 1.
    Section(usize),
    /// What has an id: its kind in words, the id, and which of those with that id, from 0.
    Of(&'static str, String, usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack => write!(f, "the pack"),
            Self::Section(number) => write!(f, "section {number}"),
            Self::Of(kind, id, _) => write!(f, "{kind} {id}"),
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFault {
    /// Which rule.
    pub rule: Rule,
    /// Where.
    pub place: Place,
    /// In words.
    pub says: String,
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.place, self.says, self.rule.code())
    }
}

impl PackFault {
    /// The line of the pack's text where it is, from 1; nothing where that cannot be told.
    pub fn line(&self, text: &str) -> Option<usize> {
        let Place::Of(kind, id, nth) = &self.place else { return None };
        let id = close(id);
        let marks = [format!("id=\"{id}\""), format!("\"id\":\"{id}\"")];
        let mut under = None;
        let mut found = 0;
        for (number, line) in text.lines().enumerate() {
            let line = close(line);
            under = opens(&line).or(under);
            let named = line.starts_with(&marks[0])
                || line.contains(&format!("{{{}", marks[0]))
                || line.contains(&marks[1]);
            if named && under.is_none_or(|under| under == *kind) {
                if found == *nth {
                    return Some(number + 1);
                }
                found += 1;
            }
        }
        None
    }
}

/// A line without the spaces in it.
fn close(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the lines after this one hold, where it says so.
fn opens(line: &str) -> Option<&'static str> {
    let kinds = [
        ("[[scale]]", "\"scale\":[", "scale"),
        ("[[section", "\"section\":[", "question"),
        ("[[flag]]", "\"flag\":[", "flag"),
        ("[[contradiction]]", "\"contradiction\":[", "contradiction"),
    ];
    let starts =
        |(toml, json, _): &&(&str, &str, &str)| line.starts_with(*toml) || line.starts_with(*json);
    kinds.iter().find(starts).map(|(.., kind)| *kind)
}

impl Instrument {
    /// Everything that is wrong; empty when the pack can be used.
    pub fn faults(&self) -> Vec<PackFault> {
        let mut check = Check { pack: self, faults: vec![] };
        check.head();
        check.scales();
        check.sections();
        check.skips();
        check.flags();
        check.contradictions();
        check.faults
    }

    /// The clusters that no flag of the pack looks at: no fault, and worth a word.
    pub fn silent_clusters(&self) -> Vec<Cluster> {
        let has = |one: &Cluster| self.flag.iter().any(|flag| flag.cluster == one.code());
        Cluster::ALL.into_iter().filter(|one| !has(one)).collect()
    }
}

struct Check<'a> {
    pack: &'a Instrument,
    faults: Vec<PackFault>,
}

fn plain(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !id.is_empty() && id.len() <= limits::ID_CHARS_MAX && id.chars().all(fits)
}

/// What no answer of a scale may be called: these say that there is none.
const NO_ANSWERS: [&str; 3] = ["declined", "unable", "not_asked"];

impl Check<'_> {
    fn add(&mut self, rule: Rule, place: &Place, says: impl Into<String>) {
        self.faults.push(PackFault { rule, place: place.clone(), says: says.into() });
    }

    fn head(&mut self) {
        let (pack, place) = (self.pack, Place::Pack);
        if !plain(&pack.name) {
            self.add(Rule::PlainId, &place, "its name is small letters, digits and underscores");
        }
        if pack.version == 0 {
            self.add(Rule::Version, &place, "its version is at least 1");
        }
        let mut tags = pack.languages.clone();
        tags.sort_unstable();
        tags.dedup();
        if pack.languages.is_empty() || tags.len() < pack.languages.len() {
            self.add(Rule::Languages, &place, "it names its languages, each once");
        }
        if pack.questions().count() > limits::ANSWERS_MAX {
            let says = format!("it asks more than {} questions", limits::ANSWERS_MAX);
            self.add(Rule::TooLarge, &place, says);
        }
        self.words(&place, "title", &pack.title);
        self.words(&place, "about", &pack.about);
    }

    /// That a text is there in every language, and in no other.
    fn words(&mut self, place: &Place, field: &str, words: &Words) {
        let pack = self.pack;
        for tag in &pack.languages {
            if words.in_language(tag).trim().is_empty() {
                self.add(Rule::LanguageMissing, place, format!("{field} has no words in {tag}"));
            }
        }
        for tag in words.0.keys().filter(|tag| !pack.speaks(tag)) {
            let says = format!("{field} has words in {tag}, which the pack does not name");
            self.add(Rule::LanguageUnknown, place, says);
        }
    }

    /// The place of the `nth` thing with this id, with what is wrong with the id itself.
    fn id(&mut self, kind: &'static str, id: &str, before: &[&str]) -> Place {
        let nth = before.iter().filter(|one| **one == id).count();
        let place = Place::Of(kind, id.to_owned(), nth);
        if !plain(id) {
            self.add(Rule::PlainId, &place, "an id is small letters, digits and underscores");
        }
        if nth > 0 {
            self.add(Rule::DuplicateId, &place, "its id stands twice");
        }
        place
    }

    fn scales(&mut self) {
        let pack = self.pack;
        let ids: Vec<_> = pack.scale.iter().map(|one| one.id.as_str()).collect();
        for (number, scale) in pack.scale.iter().enumerate() {
            let place = self.id("scale", &scale.id, &ids[..number]);
            let codes: Vec<_> = scale.step.iter().map(|step| step.code.as_str()).collect();
            if codes.is_empty() {
                self.add(Rule::EmptyScale, &place, "it has no steps");
                continue;
            }
            let fits = match scale.kind {
                Kind::YesNo => codes.len() == 2 && codes.contains(&"yes") && codes.contains(&"no"),
                Kind::Frequency | Kind::Scale => codes.len() >= 2,
            };
            if !fits {
                let says = match scale.kind {
                    Kind::YesNo => "its steps are yes and no",
                    Kind::Frequency | Kind::Scale => "it has at least two steps",
                };
                self.add(Rule::ScaleOfItsKind, &place, says);
            }
            for (at, step) in scale.step.iter().enumerate() {
                if !plain(&step.code) || NO_ANSWERS.contains(&step.code.as_str()) {
                    let says = format!("\"{}\" cannot be the code of a step", step.code);
                    self.add(Rule::PlainId, &place, says);
                }
                if codes[..at].contains(&step.code.as_str()) {
                    let says = format!("its step {} stands twice", step.code);
                    self.add(Rule::DuplicateId, &place, says);
                }
                self.words(&place, &format!("step {}", step.code), &step.word);
            }
        }
    }

    fn sections(&mut self) {
        let pack = self.pack;
        if pack.section.is_empty() {
            self.add(Rule::EmptySection, &Place::Pack, "it has no questions");
        }
        let ids: Vec<_> = pack.questions().map(|one| one.id.as_str()).collect();
        let mut number = 0;
        for (at, section) in pack.section.iter().enumerate() {
            let place = Place::Section(at + 1);
            self.words(&place, "title", &section.title);
            if section.question.is_empty() {
                self.add(Rule::EmptySection, &place, "it has no questions");
            }
            for question in &section.question {
                let place = self.id("question", &question.id, &ids[..number]);
                number += 1;
                self.question(&place, question);
            }
        }
    }

    fn question(&mut self, place: &Place, question: &Question) {
        let pack = self.pack;
        self.words(place, "ask", &question.ask);
        if !question.hint.0.is_empty() {
            self.words(place, "hint", &question.hint);
        }
        if !pack.scale.iter().any(|scale| scale.id == question.scale) {
            let says = format!("its scale \"{}\" is not there", question.scale);
            self.add(Rule::ScaleMissing, place, says);
            return;
        }
        let steps = pack.steps(question);
        let known = |code: &String| steps.iter().any(|step| step.code == *code);
        for code in question.counts.iter().flatten().filter(|code| !known(code)) {
            let says = format!("counts names {code}, which is no step of its scale");
            self.add(Rule::CodeUnknown, place, says);
        }
        let leads = pack.questions().any(|one| one.after.as_ref() == Some(&question.id))
            || pack.flag.iter().any(|flag| flag.of.contains(&question.id));
        if leads && !steps.iter().any(|step| pack.counts(question, &step.code)) {
            let says = "something follows from it, and none of its answers counts";
            self.add(Rule::NothingCounts, place, says);
        }
    }

    fn skips(&mut self) {
        let pack = self.pack;
        let ids: Vec<_> = pack.questions().map(|one| one.id.as_str()).collect();
        for (number, question) in pack.questions().enumerate() {
            let Some(after) = question.after.as_deref() else { continue };
            let nth = ids[..number].iter().filter(|id| **id == question.id).count();
            let place = Place::Of("question", question.id.clone(), nth);
            match ids.iter().position(|id| *id == after) {
                None => {
                    let says = format!("its skip rule names {after}, which is not there");
                    self.add(Rule::SkipMissing, &place, says);
                }
                Some(found) if found >= number => {
                    let says = format!("its skip rule names {after}, which is not asked before it");
                    self.add(Rule::SkipLater, &place, says);
                }
                Some(_) => {}
            }
            if self.circles(question) {
                let says = "its skip rule leads back to itself, so that it is never asked";
                self.add(Rule::SkipCircle, &place, says);
            }
        }
    }

    /// Whether following the skip rules from here comes back here.
    fn circles(&self, from: &Question) -> bool {
        let mut next = from.after.as_deref();
        for _ in 0..self.pack.questions().count() {
            let Some(id) = next else { return false };
            if id == from.id {
                return true;
            }
            next = self.pack.question(id).and_then(|one| one.after.as_deref());
        }
        false
    }

    fn flags(&mut self) {
        let pack = self.pack;
        let ids: Vec<_> = pack.flag.iter().map(|one| one.id.as_str()).collect();
        for (number, flag) in pack.flag.iter().enumerate() {
            let place = self.id("flag", &flag.id, &ids[..number]);
            self.words(&place, "says", &flag.says);
            if Cluster::of(&flag.cluster).is_none() {
                let known = Cluster::ALL.map(Cluster::code).join(", ");
                let says = format!("its cluster \"{}\" is none of {known}", flag.cluster);
                self.add(Rule::ClusterUnknown, &place, says);
            }
            if flag.needs == 0 || flag.needs > flag.of.len() {
                let says = format!("it needs {} of {} answers", flag.needs, flag.of.len());
                self.add(Rule::FlagNever, &place, says);
            }
            for id in flag.of.iter().filter(|id| pack.question(id).is_none()) {
                let says = format!("it looks at {id}, which is not there");
                self.add(Rule::FlagQuestion, &place, says);
            }
        }
    }

    fn contradictions(&mut self) {
        let pack = self.pack;
        let ids: Vec<_> = pack.contradiction.iter().map(|one| one.id.as_str()).collect();
        for (number, one) in pack.contradiction.iter().enumerate() {
            let place = self.id("contradiction", &one.id, &ids[..number]);
            self.words(&place, "says", &one.says);
            let two = one.between.len() == 2 && one.between[0].question != one.between[1].question;
            if !two {
                self.add(Rule::ContradictionSides, &place, "it is between two questions");
            }
            for side in &one.between {
                let Some(question) = pack.question(&side.question) else {
                    let says = format!("it names {}, which is not there", side.question);
                    self.add(Rule::ContradictionSides, &place, says);
                    continue;
                };
                let steps = pack.steps(question);
                let known = |code: &String| steps.iter().any(|step| step.code == *code);
                if side.is.is_empty() || !side.is.iter().all(known) {
                    let says = format!("it names an answer that {} cannot have", side.question);
                    self.add(Rule::CodeUnknown, &place, says);
                }
            }
        }
    }
}
