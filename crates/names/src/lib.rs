//! Names, numbers, days of birth and places in one form each, so that the same person is found
//! again however she is written down. Pure; what comes out is only ever kept as a blind index.

use rphonetic::{DoubleMetaphone, Encoder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Digits that are enough to go by.
const NUMBER_DIGITS_MIN: usize = 7;
/// A sound is compared by so many letters of its code: enough to tell names apart, few enough
/// that endings may differ.
const SOUND_LETTERS: usize = 6;
/// Words of a name that count: the rest of a longer one finds nobody else.
const WORDS_MAX: usize = 6;
/// Characters of a postcode without blanks.
const POSTCODE_CHARS: std::ops::RangeInclusive<usize> = 5..=7;

/// A name in its normal form: no accents, small letters, single blanks.
pub fn name(text: &str) -> String {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let lower = plain.to_lowercase().replace(['\'', '’'], "");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS_MAX).collect::<Vec<_>>().join(" ")
}

/// The digits of a telephone number, the country's own way, however few they are.
pub fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let home = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    match home {
        Some(rest) if digits.len() > 10 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// A number that somebody can be found by; nothing for one that is half typed.
pub fn number(text: &str) -> Option<String> {
    Some(phone(text)).filter(|number| number.len() >= NUMBER_DIGITS_MIN)
}

/// A person by name and date of birth. A common name alone would find strangers.
pub fn person(who: &str, born: &str) -> Option<String> {
    let (who, born) = (name(who), name(born));
    (who.contains(' ') && !born.is_empty()).then(|| format!("{who}|{born}"))
}

/// An e-mail address in its normal form.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.')).then_some(text)
}

/// A postcode in its normal form; the last one of an address.
pub fn place(text: &str) -> Option<String> {
    let kept =
        |word: &str| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let words: Vec<String> = text.split([' ', ',', '\n']).map(kept).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
    let whole = words.last().filter(|word| shaped(word)).map(|word| (*word).to_owned());
    let halves = words.windows(2).next_back().map(|pair| pair.concat()).filter(|both| shaped(both));
    whole.or(halves).map(|code| code.to_ascii_uppercase())
}

/// Letters, then digits, then a digit and two letters: how every postcode is built.
fn shaped(text: &str) -> bool {
    let inward = text.len().checked_sub(3).and_then(|at| text.get(at..));
    let inward = inward.is_some_and(|end| {
        let bytes = end.as_bytes();
        bytes[0].is_ascii_digit() && bytes[1..].iter().all(u8::is_ascii_alphabetic)
    });
    POSTCODE_CHARS.contains(&text.len()) && inward && text.as_bytes()[0].is_ascii_alphabetic()
}

/// A whole day of birth, `YYYY-MM-DD`; nothing for a year alone or a day that never was.
pub fn born(text: &str) -> Option<String> {
    let text = text.trim();
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |text: &str, digits: usize| {
        let whole = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| whole)
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let there = parts.next().is_none() && (1..=days).contains(&day) && year > 1800;
    there.then(|| text.to_owned())
}

/// How one word sounds; a word that the code has no letters for stands for itself.
pub fn sound(word: &str) -> String {
    let code = DoubleMetaphone::new(Some(SOUND_LETTERS)).encode(word);
    if code.is_empty() { word.to_owned() } else { code }
}

/// Every two words of a name as they sound, whichever comes first; a single word is found by its
/// day of birth alone.
pub fn sounds(name: &str) -> Vec<String> {
    let words: Vec<String> = name.split(' ').filter(|word| !word.is_empty()).map(sound).collect();
    let mut pairs = Vec::new();
    for (at, one) in words.iter().enumerate() {
        for other in &words[at + 1..] {
            let (first, second) = if one <= other { (one, other) } else { (other, one) };
            pairs.push(format!("{first}|{second}"));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether two normal names sound alike in two words.
pub fn sound_alike(a: &str, b: &str) -> bool {
    let theirs = sounds(b);
    sounds(a).iter().any(|pair| theirs.contains(pair))
}

/// Whether two whole days could be one, mistyped: day and month changed over, or one digit.
pub fn nearly_one_day(a: &str, b: &str) -> bool {
    if a == b || a.len() != 10 || b.len() != 10 {
        return false;
    }
    let over = |text: &str| format!("{}-{}-{}", &text[..4], &text[8..], &text[5..7]);
    over(a) == b || a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_accents_hyphens_and_blanks() {
        for text in ["Zoë  O’Example", "zoe o'example", " ZOË OExample "] {
            assert_eq!(name(text), "zoe oexample", "{text}");
        }
        assert_eq!(name("Anne-Marie Example"), "anne marie example");
    }

    #[test]
    fn names_that_sound_alike_meet_and_others_do_not() {
        for (a, b) in [
            ("catherine smyth", "kathryn smith"),
            ("smith catherine", "catherine jane smith"),
            ("stephen philips", "steven phillips"),
        ] {
            assert!(sound_alike(a, b), "{a} / {b}");
        }
        assert!(!sound_alike("catherine smith", "margaret jones"));
        assert!(!sound_alike("catherine smith", "catherine jones"));
        assert!(!sound_alike("catherine", "catherine"));
    }

    #[test]
    fn a_name_of_another_script_is_found_as_it_is_written() {
        assert!(sound_alike("тестова особа", "особа тестова"));
    }

    #[test]
    fn a_day_of_birth_counts_only_whole_and_only_if_it_was() {
        assert_eq!(born(" 2000-02-29 ").as_deref(), Some("2000-02-29"));
        for text in ["1900-02-29", "2001-13-01", "2001-00-01", "2001-04-31", "2001", "1-1-2001"] {
            assert_eq!(born(text), None, "{text}");
        }
    }

    #[test]
    fn two_days_are_nearly_one_when_a_digit_or_the_order_is_wrong() {
        assert!(nearly_one_day("1990-02-01", "1990-01-02"));
        assert!(nearly_one_day("1990-02-01", "1991-02-01"));
        assert!(!nearly_one_day("1990-02-01", "1990-02-01"));
        assert!(!nearly_one_day("1990-02-01", "1985-06-11"));
    }

    #[test]
    fn a_postcode_is_the_end_of_an_address() {
        for text in ["1 Example Road, ZZ1 1ZZ", "zz11zz", "Example\nZZ1 1zz"] {
            assert_eq!(place(text).as_deref(), Some("ZZ11ZZ"), "{text}");
        }
        assert_eq!(place("1 Example Road"), None);
        assert_eq!(place("ZZ1"), None);
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for text in ["07700 900001", "+44 7700 900001", "0044 (0)7700-900001", "447700900001"] {
            assert_eq!(number(text).as_deref(), Some("07700900001"), "{text}");
        }
        assert_eq!(number("07700"), None);
    }

    #[test]
    fn a_person_is_found_by_name_and_date_of_birth_together() {
        let born = "1990-01-02";
        assert_eq!(person("Example  PERSON", born).as_deref(), Some("example person|1990 01 02"));
        assert_eq!((person("Example", born), person("Example Person", "")), (None, None));
    }
}
