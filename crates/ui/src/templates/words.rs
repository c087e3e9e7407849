//! `t("message-id", name=value)`: words in the language of the page.

use crate::locale::{Argument, Locale, Words};
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, Value};
use std::sync::Arc;

/// The language of the page being rendered.
pub(crate) fn language(state: &State) -> Locale {
    let lang = state.lookup("lang");
    lang.as_ref().and_then(Value::as_str).and_then(Locale::from_tag).unwrap_or_default()
}

pub(crate) fn register(pages: &mut Environment<'static>, words: &Arc<Words>) {
    let words = Arc::clone(words);
    pages.add_function("t", move |state: &mut State, id: &str, args: Kwargs| {
        let mut filled = Vec::new();
        for name in args.args() {
            filled.push((name.to_owned(), argument(&args.peek::<Value>(name)?)));
        }
        args.assert_all_used().or_else(|_| Ok::<_, Error>(()))?;
        words.say(language(state), id, &filled).ok_or_else(|| {
            Error::new(ErrorKind::InvalidOperation, format!("no message {id} in locales/en"))
        })
    });
}

fn argument(value: &Value) -> Argument {
    match value.kind() {
        ValueKind::Number => Argument::Number(f64::try_from(value.clone()).unwrap_or_default()),
        _ => Argument::Text(value.to_string()),
    }
}
