//! Languages: which there are, which one a person gets, and the words in it.
//! The words themselves live in `locales/<language>/*.ftl`; none belong here.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, COOKIE};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The cookie a page may set to remember a choice; it names a language and nothing else.
pub const COOKIE_NAME: &str = "lang";

#[derive(RustEmbed)]
#[folder = "../../locales"]
#[allow_missing = true]
struct Files;

/// A language the service can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English: the reference; every message exists in it.
    #[default]
    En,
    /// Welsh: complete.
    Cy,
    /// Urdu: right to left; shows the way.
    Ur,
    /// Polish: shows the way.
    Pl,
}

impl Locale {
    /// Every language, the reference first.
    pub const ALL: [Self; 4] = [Self::En, Self::Cy, Self::Ur, Self::Pl];

    /// The tag for `lang="…"`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Ur => "ur",
            Self::Pl => "pl",
        }
    }

    /// The direction for `dir="…"`.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Ur => "rtl",
            Self::En | Self::Cy | Self::Pl => "ltr",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cy => "Cymraeg",
            Self::Ur => "اردو",
            Self::Pl => "Polski",
        }
    }

    /// The language with this tag; a region after it is ignored.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// The remembered choice, or the first language the browser asks for that we speak.
    pub fn negotiate(headers: &HeaderMap) -> Self {
        let chosen = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE_NAME)
            .and_then(|(_, tag)| Self::from_tag(tag));
        chosen.or_else(|| Self::accepted(headers)).unwrap_or_default()
    }

    fn accepted(headers: &HeaderMap) -> Option<Self> {
        let line = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        let mut asked: Vec<(f32, Self)> = line
            .split(',')
            .filter_map(|range| {
                let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
                Some((weight.trim().parse().ok()?, Self::from_tag(tag.trim())?))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        asked.sort_by(|left, right| right.0.total_cmp(&left.0));
        asked.first().map(|(_, locale)| *locale)
    }
}

/// All messages in all languages; English stands in for what a language lacks.
pub struct Words {
    bundles: Vec<(Locale, FluentBundle<FluentResource>)>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

impl Words {
    /// Reads every locale file. A file that does not parse is a bug and named in the panic.
    pub fn load() -> Self {
        Self { bundles: Locale::ALL.map(|locale| (locale, bundle(locale))).into() }
    }

    fn bundle(&self, locale: Locale) -> &FluentBundle<FluentResource> {
        let found = self.bundles.iter().find(|(have, _)| *have == locale);
        &found.expect("every locale has a bundle").1
    }

    /// Whether this language itself has the message.
    pub fn has(&self, locale: Locale, id: &str) -> bool {
        self.bundle(locale).has_message(id)
    }

    /// The message in this language, else in English, else nothing.
    pub fn say(&self, locale: Locale, id: &str, args: &[(String, Argument)]) -> Option<String> {
        let spoken = [locale, Locale::En].into_iter().find(|one| self.has(*one, id))?;
        let bundle = self.bundle(spoken);
        let pattern = bundle.get_message(id)?.value()?;
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(name.as_str(), value.to_fluent());
        }
        let mut faults = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&filled), &mut faults).into_owned())
    }
}

/// What fills a placeable.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Words.
    Text(String),
    /// A count: chooses the plural.
    Number(f64),
}

impl Argument {
    fn to_fluent(&self) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::from(text.clone()),
            Self::Number(number) => FluentValue::from(*number),
        }
    }
}

fn sources(locale: Locale) -> Vec<(String, String)> {
    let prefix = format!("{}/", locale.tag());
    let mut names: Vec<_> = Files::iter()
        .filter(|name| name.starts_with(&prefix) && name.ends_with(".ftl"))
        .map(|name| name.to_string())
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let text = String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?;
            Some((name, text))
        })
        .collect()
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let tag = locale.tag().parse().expect("our own tags are well formed");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around names are needed where the direction changes, and noise elsewhere.
    bundle.set_use_isolating(locale.direction() == "rtl");
    for (name, text) in sources(locale) {
        let resource = FluentResource::try_new(text)
            .unwrap_or_else(|(_, faults)| panic!("{name} does not parse: {faults:?}"));
        if let Err(faults) = bundle.add_resource(resource) {
            panic!("{name} repeats a message: {faults:?}");
        }
    }
    bundle
}

/// The ids of all messages of a language: for tests and `xtask`.
pub fn message_ids(locale: Locale) -> BTreeSet<String> {
    ids_in(locale, |_| true)
}

/// The ids in the files that `wanted` names, e.g. `en/public.ftl`.
fn ids_in(locale: Locale, wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    sources(locale)
        .iter()
        .filter(|(name, _)| wanted(name))
        .flat_map(|(_, text)| text.lines())
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().expect("a header value"))])
    }

    #[test]
    fn the_browsers_wish_is_heard_by_weight() {
        let headers = asked(ACCEPT_LANGUAGE, "fr, en;q=0.5, cy-GB;q=0.8");
        assert_eq!(Locale::negotiate(&headers), Locale::Cy);
        assert_eq!(Locale::negotiate(&HeaderMap::new()), Locale::En);
    }

    #[test]
    fn a_choice_outranks_the_browser() {
        let mut headers = asked(ACCEPT_LANGUAGE, "cy");
        headers.insert(COOKIE, "a=b; lang=ur".parse().expect("a header value"));
        assert_eq!(Locale::negotiate(&headers), Locale::Ur);
    }

    #[test]
    fn welsh_is_complete_and_the_others_say_what_is_missing() {
        // What a member of the public reads; staff pages are in English.
        let public = |name: &str| name.ends_with("/public.ftl") || name.ends_with("/common.ftl");
        let english = ids_in(Locale::En, public);
        assert!(!english.is_empty());
        for locale in [Locale::Cy, Locale::Ur, Locale::Pl] {
            let own = ids_in(locale, public);
            let missing: Vec<_> = english.difference(&own).collect();
            let unknown: Vec<_> = own.difference(&english).collect();
            println!(
                "{}: {} of {} missing: {missing:?}",
                locale.tag(),
                missing.len(),
                english.len()
            );
            assert!(unknown.is_empty(), "{} has words English lacks: {unknown:?}", locale.tag());
            assert!(locale != Locale::Cy || missing.is_empty(), "Welsh lacks {missing:?}");
        }
    }

    #[test]
    fn a_missing_message_falls_back_to_english_and_plurals_follow_the_language() {
        let words = Words::load();
        let two = [("count".to_owned(), Argument::Number(2.0))];
        assert_eq!(words.say(Locale::En, "minutes", &two).as_deref(), Some("2 minutes"));
        assert_eq!(words.say(Locale::Cy, "minutes", &two).as_deref(), Some("2 funud"));
        assert_eq!(words.say(Locale::En, "no-such-message", &[]), None);
    }
}
