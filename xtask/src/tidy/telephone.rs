//! Whatever looks like a mobile telephone number is one that Ofcom keeps for drama, so that no
//! example ever rings anybody: 07700 900000 to 07700 900999.

use super::{Check, Finding, code};
use crate::house::{File, House};

pub(super) const CHECK: Check = Check {
    name: "telephone",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| !is_lock(file)) {
            for (line, text) in code::lines(&file.text) {
                if numbers(text).iter().any(|number| !number.starts_with("7700900")) {
                    found.push(Finding::new(&file.path, line, "a number that may be somebody's"));
                }
            }
        }
        found
    },
};

/// Lock files are full of digits that nobody dials.
fn is_lock(file: &File) -> bool {
    ["Cargo.lock", "package-lock.json"].contains(&file.name())
}

/// The ten digits after 0 or +44 of everything that looks like a British mobile number.
fn numbers(line: &str) -> Vec<String> {
    let bytes = line.as_bytes();
    let mut found = vec![];
    let mut at = 0;
    while at < bytes.len() {
        let starts = at == 0 || !(code::is_word(bytes[at - 1]) || bytes[at - 1] == b'.');
        match number_at(&bytes[at..]).filter(|_| starts) {
            Some((digits, length)) => {
                found.push(digits);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// `07ddd dddddd`, `+447ddddddddd` and what lies between them, at the start of `bytes`.
fn number_at(bytes: &[u8]) -> Option<(String, usize)> {
    let prefix = ["+44 ", "+44", "0044", "44", "0"].iter().find(|prefix| {
        bytes.starts_with(prefix.as_bytes()) && bytes.get(prefix.len()) == Some(&b'7')
    })?;
    let mut digits = String::new();
    let mut at = prefix.len();
    while digits.len() < 10 {
        match bytes.get(at)? {
            digit @ b'0'..=b'9' => digits.push(char::from(*digit)),
            b' ' if [4, 7].contains(&digits.len()) => {}
            _ => return None,
        }
        at += 1;
    }
    let ends = bytes.get(at).is_none_or(|&next| !code::is_word(next));
    ends.then_some((digits, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telephone_number_is_one_kept_for_drama() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn numbers_are_read_in_every_form_people_write_them() {
        for form in ["07700 900123", "07700900123", "+447700900123", "+44 7700 900 123"] {
            assert_eq!(numbers(&format!("<{form}>")), ["7700900123"], "{form}");
        }
        for none in ["0.07700900123", "077009001234", "a07700900123", "07700 90012"] {
            assert!(numbers(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_number_that_may_be_somebodys_is_found() {
        let text = format!("tel 07700 900999\ntel {}\n", concat!("07911", " 123456"));
        assert_eq!(super::super::found(&CHECK, &[("a.json", &text)]), ["a.json:2"]);
    }
}
