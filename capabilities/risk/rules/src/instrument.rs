//! A pack of questions, as data. It says what is asked and which answers together are worth a
//! second look; it never says how high a risk is.

use crate::event::Given;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its stored name.
    pub name: String,
    /// Goes up with every change of a word.
    pub version: u32,
    /// Its title on the page.
    pub title: String,
    /// What the officer should know of it.
    pub about: String,
    /// The words of the frequency scale, least first: `[code, word]`.
    pub frequency: Vec<[String; 2]>,
    /// From which place of the frequency scale an answer counts towards a flag.
    pub frequency_counts_from: usize,
    /// The questions, in order.
    pub section: Vec<Section>,
    /// What answers together are worth a second look.
    pub flag: Vec<Flag>,
}

/// Questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its questions.
    pub question: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stored name; never used again for another question.
    pub id: String,
    /// What is asked.
    pub ask: String,
    /// Help for the officer.
    #[serde(default)]
    pub hint: String,
    /// What can be answered.
    pub scale: Scale,
    /// The question that must have an answer that counts before this one is asked.
    #[serde(default)]
    pub after: Option<String>,
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// How often.
    Frequency,
    /// Yes or no.
    YesNo,
}

/// Answers that together are worth a second look, whatever the grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Its stored name.
    pub id: String,
    /// What is shown.
    pub says: String,
    /// The questions it looks at.
    pub of: Vec<String>,
    /// How many of them must have an answer that counts.
    pub needs: usize,
}

impl Instrument {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.section.iter().flat_map(|section| &section.question)
    }

    /// The codes that a question may be answered with.
    pub fn codes(&self, question: &Question) -> Vec<&str> {
        match question.scale {
            Scale::Frequency => self.frequency.iter().map(|step| step[0].as_str()).collect(),
            Scale::YesNo => vec!["yes", "no"],
        }
    }

    /// Whether this answer counts towards a flag.
    pub fn counts(&self, question: &Question, code: &str) -> bool {
        match question.scale {
            Scale::YesNo => code == "yes",
            Scale::Frequency => {
                let place = self.frequency.iter().position(|step| step[0] == code);
                place.is_some_and(|place| place >= self.frequency_counts_from)
            }
        }
    }

    /// Whether the question exists and may be answered so.
    pub fn accepts(&self, id: &str, given: &Given) -> bool {
        let question = self.questions().find(|question| question.id == id);
        question.is_some_and(|question| match given {
            Given::Value(code) => {
                code.known().is_some_and(|code| self.codes(question).contains(&code.as_str()))
            }
            Given::Declined {} | Given::Unable {} | Given::NotAsked {} => true,
        })
    }

    /// The flags that these answers (question to code) raise. They are shown whatever grade
    /// the officer gives, and they never change it.
    pub fn raised(&self, answers: &BTreeMap<&str, &str>) -> Vec<&Flag> {
        let counts = |id: &String| {
            let question = self.questions().find(|question| question.id == *id);
            let code = answers.get(id.as_str());
            matches!((question, code), (Some(q), Some(code)) if self.counts(q, code))
        };
        let raised = |flag: &&Flag| flag.of.iter().filter(|id| counts(id)).count() >= flag.needs;
        self.flag.iter().filter(raised).collect()
    }

    /// What is wrong with the pack itself; empty when it can be used.
    pub fn faults(&self) -> Vec<String> {
        let ids: Vec<_> = self.questions().map(|question| question.id.as_str()).collect();
        let mut faults = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            if ids[..place].contains(id) {
                faults.push(format!("the question {id} stands twice"));
            }
        }
        for question in self.questions() {
            if question.after.as_deref().is_some_and(|after| !ids.contains(&after)) {
                faults.push(format!("{} follows a question that is not there", question.id));
            }
        }
        for flag in &self.flag {
            if flag.needs == 0 || flag.needs > flag.of.len() {
                faults.push(format!("the flag {} can never be right", flag.id));
            }
            for id in flag.of.iter().filter(|id| !ids.contains(&id.as_str())) {
                faults.push(format!("the flag {} looks at {id}, which is not there", flag.id));
            }
        }
        if self.frequency_counts_from >= self.frequency.len() {
            faults.push("no step of the scale counts".into());
        }
        faults
    }
}
