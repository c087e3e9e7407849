//! What a promise is called: the words of the capability that owes it, else its name.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};
use ui::Locale;
use ui::locale::Words;

/// The words for `name` of `owner`, e.g. `promise-incident-target`.
pub(crate) fn title(locale: Locale, owner: &str, name: &str) -> String {
    static WORDS: OnceLock<Words> = OnceLock::new();
    static KNOWN: Mutex<BTreeMap<(&'static str, String), String>> = Mutex::new(BTreeMap::new());
    // A name may say which of several it is: `action:0193…` goes by the words of `action`.
    let stem = name.split([':', '/', '#']).next().unwrap_or(name);
    let id = format!("promise-{owner}-{}", stem.replace('_', "-"));
    let mut known = KNOWN.lock().expect("no holder of this lock panics");
    let words = known.entry((locale.tag(), id)).or_insert_with_key(|(_, id)| {
        let said = WORDS.get_or_init(Words::load);
        let exact = format!("promise-{owner}-{stem}");
        let found = said.say(locale, id, &[]).or_else(|| said.say(locale, &exact, &[]));
        found.unwrap_or_else(|| plain(stem))
    });
    words.clone()
}

/// `first_contact` as `First contact`.
fn plain(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_without_words_goes_by_its_name() {
        assert_eq!(title(Locale::En, "nobody", "first_contact"), "First contact");
        assert_eq!(title(Locale::En, "incident", "target"), "Somebody responds");
        assert_eq!(title(Locale::En, "incident", "target:7"), "Somebody responds");
    }
}
