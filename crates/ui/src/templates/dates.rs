//! Instants as people read them: London time, the page's language. Filters over `kernel::At`.

use super::words::language;
use crate::locale::{Argument, Words};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use minijinja::{Environment, Error, ErrorKind, State, Value};
use std::sync::Arc;

/// Where the hub's clocks hang.
const ZONE: &str = "Europe/London";

pub(crate) fn register(pages: &mut Environment<'static>, words: &Arc<Words>) {
    pages.add_filter("clock", |at: Value| {
        Ok::<_, Error>(london(&at)?.strftime("%H:%M").to_string())
    });
    pages.add_filter("iso", |at: Value| Ok::<_, Error>(instant(&at)?.to_string()));
    let day_words = Arc::clone(words);
    pages.add_filter("day", move |state: &mut State, at: Value| day(state, &day_words, &at));
    let both = Arc::clone(words);
    pages.add_filter("day_and_clock", move |state: &mut State, at: Value| {
        let clock = london(&at)?.strftime("%H:%M").to_string();
        Ok::<_, Error>(format!("{}, {clock}", day(state, &both, &at)?))
    });
    let span_words = Arc::clone(words);
    pages.add_filter("span", move |state: &mut State, seconds: i64| {
        let (id, count) = match seconds.max(0) {
            few if few < 60 => ("seconds", few),
            some if some < 7_200 => ("minutes", some / 60),
            many if many < 172_800 => ("hours", many / 3_600),
            days => ("days", days / 86_400),
        };
        let count = [("count".to_owned(), Argument::Number(count as f64))];
        span_words.say(language(state), id, &count)
    });
    pages.add_filter("mmss", |seconds: i64| {
        let whole = seconds.max(0);
        match whole / 3_600 {
            0 => format!("{}:{:02}", whole / 60, whole % 60),
            hours => format!("{hours}:{:02}:{:02}", whole / 60 % 60, whole % 60),
        }
    });
}

fn instant(at: &Value) -> Result<Timestamp, Error> {
    let micros = i64::try_from(at.clone())?;
    Timestamp::from_microsecond(micros)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, "not an instant in microseconds"))
}

fn london(at: &Value) -> Result<ZonedDateTime, Error> {
    let zone = TimeZone::get(ZONE)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, "the time zones are not built in"))?;
    Ok(instant(at)?.to_zoned_datetime(zone))
}

fn day(state: &State, words: &Words, at: &Value) -> Result<String, Error> {
    let when = london(at)?;
    let language = language(state);
    let weekday =
        words.say(language, &format!("weekday-{}", when.weekday().to_monday_one_offset()), &[]);
    let month = words.say(language, &format!("month-{}", when.month()), &[]);
    let said = |word: Option<String>| word.unwrap_or_default();
    Ok(format!("{} {} {} {}", said(weekday), when.day(), said(month), when.year()))
}
