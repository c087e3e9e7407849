//! By what the same person is found again: numbers and names in one form each, which are only
//! ever kept as blind indexes.

/// Digits that are enough to go by.
const NUMBER_DIGITS_MIN: usize = 7;

/// The normalised form of a telephone number: digits, the country's own way.
pub fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let home = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    match home {
        Some(rest) if digits.len() > 10 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// The normalised form of a name: lower case, letters only, single spaces.
fn name(text: &str) -> String {
    let kept = text.to_lowercase();
    let words = kept.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
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

#[cfg(test)]
mod tests {
    use super::*;

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
