//! Words for files, which have no template: English, as the staff's pages are.

use ::insight::Measure;
use std::sync::OnceLock;
use ui::Locale;
use ui::locale::Words;

/// The message, or its id where there is none.
pub(crate) fn say(id: &str) -> String {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::load).say(Locale::En, id, &[]).unwrap_or_else(|| id.to_owned())
}

/// What a measure is called.
pub(crate) fn measure(measure: Measure) -> String {
    say(&format!("insight-measure-{}", measure.code()))
}

/// What a kind of promise is called: its owner's words, else its name.
pub(crate) fn promise(owner: &str, name: &str) -> String {
    let id = format!("promise-{owner}-{name}");
    let said = say(&id);
    if said != id {
        return said;
    }
    let dashed = format!("promise-{owner}-{}", name.replace('_', "-"));
    let said = say(&dashed);
    if said == dashed { format!("{owner}: {}", name.replace('_', " ")) } else { said }
}
