//! Small functions the parts of the console need and Jinja lacks.

use minijinja::{Environment, Error, Value};

pub(crate) fn register(pages: &mut Environment<'static>) {
    // Seconds from one instant to another, never below zero.
    pages.add_function("seconds_between", |from: i64, to: i64| (to - from).max(0) / 1_000_000);
    // "calm", "due" or "late": how a wait stands against its target.
    pages.add_function("standing", |seconds: i64, target: Option<i64>| match target {
        Some(target) if seconds >= target => "late",
        Some(target) if seconds * 4 >= target * 3 => "due",
        _ => "calm",
    });
    // "Sam Okafor" is "SO".
    pages.add_filter("initials", |name: Value| {
        let name = name.to_string();
        let first = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string());
        Ok::<_, Error>(name.split_whitespace().filter_map(first).take(2).collect::<String>())
    });
}
