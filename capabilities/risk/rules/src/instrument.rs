//! A pack of questions, as data. It says what is asked and which answers together are worth a
//! second look; it never says how high a risk is. TOML and JSON have the same fields.

use crate::event::Given;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The same words in several languages, by language tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// In this language; empty where nobody wrote them.
    pub fn in_language(&self, tag: &str) -> &str {
        self.0.get(tag).map(String::as_str).unwrap_or_default()
    }
}

/// An instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its stored name.
    pub name: String,
    /// Goes up with every change of a word.
    pub version: u32,
    /// Tags of the languages that every text of it has, the force's own first.
    pub languages: Vec<String>,
    /// Its title on the page.
    #[serde(default)]
    pub title: Words,
    /// What the officer should know of it.
    #[serde(default)]
    pub about: Words,
    /// What can be answered, by name.
    #[serde(default)]
    pub scale: Vec<Scale>,
    /// The questions, in order.
    #[serde(default)]
    pub section: Vec<Section>,
    /// What answers together are worth a second look.
    #[serde(default)]
    pub flag: Vec<Flag>,
    /// Answers that cannot well be true together.
    #[serde(default)]
    pub contradiction: Vec<Contradiction>,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Its name in this pack.
    pub id: String,
    /// Of which kind.
    pub kind: Kind,
    /// Its steps, least first.
    #[serde(default)]
    pub step: Vec<Step>,
}

/// The kinds of scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two steps: `yes` and `no`.
    YesNo,
    /// How often.
    Frequency,
    /// Any other order of steps.
    Scale,
}

/// One step of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is stored.
    pub code: String,
    /// What is shown.
    #[serde(default)]
    pub word: Words,
    /// Whether it counts towards flags, and leads to the questions that follow.
    #[serde(default)]
    pub counts: bool,
}

/// Questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its title.
    #[serde(default)]
    pub title: Words,
    /// Its questions.
    #[serde(default)]
    pub question: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stored name; never used again for another question.
    pub id: String,
    /// What is asked.
    #[serde(default)]
    pub ask: Words,
    /// Help for the officer; may be left out.
    #[serde(default, skip_serializing_if = "no_words")]
    pub hint: Words,
    /// The scale on which it is answered.
    #[serde(default)]
    pub scale: String,
    /// The skip rule: it is asked only once this earlier question has an answer that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The codes that count here, where they are not those of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Vec<String>>,
}

fn no_words(words: &Words) -> bool {
    words.0.is_empty()
}

/// Answers that together are worth a second look, whatever the grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Its stored name.
    pub id: String,
    /// The code of its cluster, one of `Cluster`.
    #[serde(default)]
    pub cluster: String,
    /// What is shown.
    #[serde(default)]
    pub says: Words,
    /// The questions it looks at.
    #[serde(default)]
    pub of: Vec<String>,
    /// How many of them must have an answer that counts.
    #[serde(default)]
    pub needs: usize,
}

/// Two answers that cannot well be true together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// Its stored name.
    pub id: String,
    /// What is shown.
    #[serde(default)]
    pub says: Words,
    /// The two.
    #[serde(default)]
    pub between: Vec<Side>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Which question.
    pub question: String,
    /// Answered with any of these.
    pub is: Vec<String>,
}

/// What homicides were preceded by: a flag belongs to one of these.
//= SafeLives, Dash guidance and multi-agency practice on high-risk signs: these stand out
//= whatever a count comes to
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cluster {
    /// He has stopped her breath.
    Strangulation,
    /// She leaves, and he controls.
    SeparationWithControl,
    /// He has threatened to kill.
    ThreatsToKill,
    /// He follows and watches.
    Stalking,
    /// It gets worse.
    Escalation,
    /// It is done in the name of honour.
    Honour,
    /// She is afraid.
    Fear,
    /// Weapons.
    Weapons,
    /// Children.
    Children,
}

impl Cluster {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Strangulation,
        Self::SeparationWithControl,
        Self::ThreatsToKill,
        Self::Stalking,
        Self::Escalation,
        Self::Honour,
        Self::Fear,
        Self::Weapons,
        Self::Children,
    ];

    /// The code in a pack.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Strangulation => "strangulation",
            Self::SeparationWithControl => "separation_with_control",
            Self::ThreatsToKill => "threats_to_kill",
            Self::Stalking => "stalking",
            Self::Escalation => "escalation",
            Self::Honour => "honour",
            Self::Fear => "fear",
            Self::Weapons => "weapons",
            Self::Children => "children",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Question to code, as far as known.
pub type Values<'a> = BTreeMap<&'a str, &'a str>;

/// Two answers of hers that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrary<'a> {
    /// The rule that says so: the pack's own, or `follow-<question>` for a question that was
    /// answered though the one before it says that it is not asked.
    pub id: String,
    /// The two questions.
    pub questions: [&'a str; 2],
    /// In the pack's words, where it is the pack's rule.
    pub says: Option<&'a Words>,
}

impl Instrument {
    /// The force's own language, which every text has.
    pub fn language(&self) -> &str {
        self.languages.first().map(String::as_str).unwrap_or_default()
    }

    /// Whether it speaks this language.
    pub fn speaks(&self, tag: &str) -> bool {
        self.languages.iter().any(|one| one == tag)
    }

    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.section.iter().flat_map(|section| &section.question)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }

    /// The steps that a question may be answered with.
    pub fn steps(&self, question: &Question) -> &[Step] {
        let scale = self.scale.iter().find(|scale| scale.id == question.scale);
        scale.map(|scale| scale.step.as_slice()).unwrap_or_default()
    }

    /// Whether this answer counts towards a flag, and leads to what follows.
    pub fn counts(&self, question: &Question, code: &str) -> bool {
        match &question.counts {
            Some(codes) => codes.iter().any(|one| one == code),
            None => self.steps(question).iter().any(|step| step.code == code && step.counts),
        }
    }

    /// Whether the question exists and may be answered so.
    pub fn accepts(&self, id: &str, given: &Given) -> bool {
        self.question(id).is_some_and(|question| match given {
            Given::Value(code) => code
                .known()
                .is_some_and(|code| self.steps(question).iter().any(|step| step.code == *code)),
            Given::Declined {} | Given::Unable {} | Given::NotAsked {} => true,
        })
    }

    fn is_counted(&self, id: &str, answers: &Values<'_>) -> bool {
        let found = self.question(id).zip(answers.get(id));
        found.is_some_and(|(question, code)| self.counts(question, code))
    }

    /// Whether a question is to be asked, by the answers so far.
    pub fn is_asked(&self, question: &Question, answers: &Values<'_>) -> bool {
        question.after.as_deref().is_none_or(|after| self.is_counted(after, answers))
    }

    /// How many questions that are to be asked have no answer of hers.
    pub fn unanswered(&self, answers: &Values<'_>) -> u32 {
        let open = |question: &&Question| {
            self.is_asked(question, answers) && !answers.contains_key(question.id.as_str())
        };
        self.questions().filter(open).count() as u32
    }

    /// The flags that these answers raise. They are shown whatever grade the officer gives, and
    /// they never change it.
    pub fn raised(&self, answers: &Values<'_>) -> Vec<&Flag> {
        let raised = |flag: &&Flag| {
            flag.of.iter().filter(|id| self.is_counted(id, answers)).count() >= flag.needs
        };
        self.flag.iter().filter(raised).collect()
    }

    /// What contradicts in these answers.
    pub fn contrary(&self, answers: &Values<'_>) -> Vec<Contrary<'_>> {
        let holds = |side: &Side| {
            answers
                .get(side.question.as_str())
                .is_some_and(|code| side.is.iter().any(|c| c == code))
        };
        let told = self.contradiction.iter().filter_map(|one| match one.between.as_slice() {
            [first, second] if holds(first) && holds(second) => Some(Contrary {
                id: one.id.clone(),
                questions: [&first.question, &second.question],
                says: Some(&one.says),
            }),
            _ => None,
        });
        let followed = self.questions().filter_map(|question| {
            let after = question.after.as_deref()?;
            let answered = answers.contains_key(question.id.as_str());
            let stands = answered && answers.contains_key(after);
            (stands && !self.is_counted(after, answers)).then(|| Contrary {
                id: format!("follow-{}", question.id),
                questions: [after, &question.id],
                says: None,
            })
        });
        told.chain(followed).collect()
    }
}
