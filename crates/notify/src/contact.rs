//! Points at which somebody can be reached, in one normal form. Their `Debug` never prints
//! them and they do not serialise: whoever stores one wraps it in `kernel::Personal`. Never
//! here: whether it is safe to use one, which the rules ask.

use crate::limits;
use std::fmt;

/// Which numbers are taken for real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Production: numbers reserved for drama are refused.
    Real,
    /// Demonstration, rehearsal and tests: drama numbers too.
    AndDrama,
}

/// Why a number cannot be texted, in words for a handler with the caller on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMobile {
    /// Letters, too many or too few digits, misplaced signs.
    #[error("Enter a mobile number, like 07700 900123")]
    Malformed,
    /// A number of another country.
    #[error("Enter a UK mobile number: texts are sent within the UK only")]
    Foreign,
    /// A landline, a pager, a personal or a premium number.
    #[error("Enter a mobile number: this number cannot receive texts")]
    NotMobile,
    /// Reserved for drama by Ofcom.
    #[error("Enter a real mobile number: this one is reserved for drama")]
    Drama,
}

/// A UK mobile number (the Crown dependencies' too) in E.164: `+447` and nine digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads what a person typed: spaces, hyphens, dots, brackets and `(0)` are forgiven.
    pub fn parse(text: &str, numbers: Numbers) -> Result<Self, NotAMobile> {
        let national = national(text)?;
        if !is_mobile(&national) {
            return Err(NotAMobile::NotMobile);
        }
        let number = Self(format!("+44{national}"));
        match numbers {
            Numbers::Real if number.is_drama() => Err(NotAMobile::Drama),
            Numbers::Real | Numbers::AndDrama => Ok(number),
        }
    }

    /// The normal form, for the provider and for a blind index.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// The form a handler reads back: `07700 900123`.
    pub fn national(&self) -> String {
        format!("0{} {}", &self.0[3..7], &self.0[7..])
    }

    /// Whether Ofcom reserves it for drama.
    //= Ofcom, telephone numbers for use in TV and radio drama: 07700 900000 to 900999
    pub fn is_drama(&self) -> bool {
        self.0.starts_with("+447700900")
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(..)")
    }
}

/// The ten digits after `+44`, or why not.
fn national(text: &str) -> Result<String, NotAMobile> {
    if text.len() > limits::PHONE_CHARS_MAX {
        return Err(NotAMobile::Malformed);
    }
    let mut kept = String::with_capacity(text.len());
    for (place, c) in text.trim().chars().enumerate() {
        match c {
            '0'..='9' => kept.push(c),
            '+' if place == 0 => kept.push(c),
            ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{202a}' | '\u{202c}' => {}
            _ => return Err(NotAMobile::Malformed),
        }
    }
    let international = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00"));
    let national = match international {
        Some(rest) => match rest.strip_prefix("44") {
            Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
            None if (8..=15).contains(&rest.len()) => return Err(NotAMobile::Foreign),
            None => return Err(NotAMobile::Malformed),
        },
        None => match kept.strip_prefix('0') {
            Some(rest) => rest,
            None => kept
                .strip_prefix("44")
                .filter(|rest| rest.len() == 10)
                .ok_or(NotAMobile::Malformed)?,
        },
    };
    if national.len() == 10 { Ok(national.to_owned()) } else { Err(NotAMobile::Malformed) }
}

/// Whether ten national digits are a mobile's.
//= Ofcom, National Telephone Numbering Plan: 071 to 075 and 077 to 079 are mobile
//= Ofcom, National Telephone Numbering Plan: 070 is personal, 076 paging but for 07624 (Man)
fn is_mobile(national: &str) -> bool {
    matches!(
        national.as_bytes(),
        [b'7', b'1'..=b'5' | b'7'..=b'9', ..] | [b'7', b'6', b'2', b'4', ..]
    )
}

/// An e-mail address that a mail server can take.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

/// Not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Enter an email address, like name@example.org")]
pub struct NotAnEmail;

impl EmailAddress {
    /// Reads an address: one `@`, a domain with a dot, nothing that could end a header.
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim();
        let plain = text.len() <= limits::EMAIL_CHARS_MAX
            && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>(),;:\\[]".contains(&b));
        let (_, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let dotted = domain.contains('.') && !domain.contains("..");
        match text.parse::<lettre::Address>() {
            Ok(_) if plain && dotted => Ok(Self(text.to_owned())),
            Ok(_) | Err(_) => Err(NotAnEmail),
        }
    }

    /// The address, for the provider and for a blind index.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drama(text: &str) -> Result<PhoneNumber, NotAMobile> {
        PhoneNumber::parse(text, Numbers::AndDrama)
    }

    #[test]
    fn every_way_of_writing_a_number_is_one_number() {
        for text in [
            "07700900123",
            "07700 900 123",
            "07700-900-123",
            "(07700) 900123",
            "+447700900123",
            "+44 7700 900123",
            "+44 (0)7700 900123",
            "00447700900123",
            "447700900123",
            " 07700.900123 ",
        ] {
            let number = drama(text).unwrap();
            assert_eq!(number.e164(), "+447700900123", "{text}");
            assert_eq!(number.national(), "07700 900123");
        }
    }

    #[test]
    fn only_a_uk_mobile_can_be_texted() {
        for (text, why) in [
            ("", NotAMobile::Malformed),
            ("07700 90012", NotAMobile::Malformed),
            ("07700 9001234", NotAMobile::Malformed),
            ("07700 900l23", NotAMobile::Malformed),
            ("7700900123", NotAMobile::Malformed),
            ("07700+900123", NotAMobile::Malformed),
            ("+33 6 39 98 12 34", NotAMobile::Foreign),
            ("020 7946 0000", NotAMobile::NotMobile),
            (concat!("070", "00 123456"), NotAMobile::NotMobile),
            (concat!("076", "01 123456"), NotAMobile::NotMobile),
            ("0909 879 0000", NotAMobile::NotMobile),
        ] {
            assert_eq!(drama(text), Err(why), "{text}");
        }
        assert!(drama(concat!("076", "24 900123")).is_ok(), "the Isle of Man texts like the rest");
    }

    #[test]
    fn a_drama_number_is_refused_in_production() {
        assert_eq!(PhoneNumber::parse("07700 900999", Numbers::Real), Err(NotAMobile::Drama));
        assert!(drama("07700 900999").unwrap().is_drama());
    }

    #[test]
    fn an_address_that_could_end_a_header_is_refused() {
        assert_eq!(EmailAddress::parse(" a@example.org ").unwrap().text(), "a@example.org");
        for text in ["", "a", "a@", "@example.org", "a@b", "a@example..org", "a b@example.org"] {
            assert_eq!(EmailAddress::parse(text), Err(NotAnEmail), "{text}");
        }
        for text in ["a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org"] {
            assert_eq!(EmailAddress::parse(text), Err(NotAnEmail), "{text}");
        }
    }

    #[test]
    fn a_contact_point_is_never_printed() {
        let number = drama("07700 900123").unwrap();
        let email = EmailAddress::parse("a@example.org").unwrap();
        assert_eq!(format!("{number:?} {email:?}"), "PhoneNumber(..) EmailAddress(..)");
    }

    proptest! {
        #[test]
        fn no_text_at_all_makes_the_parsers_panic(text in ".*") {
            let _ = drama(&text);
            let _ = EmailAddress::parse(&text);
        }

        #[test]
        fn what_is_accepted_is_in_normal_form_and_reads_back(
            text in r"(\+44|0044|44|0)[ (]{0,2}(0\))?7[0-9 ]{9,12}"
        ) {
            if let Ok(number) = drama(&text) {
                prop_assert_eq!(number.e164().len(), 13);
                prop_assert!(number.e164().starts_with("+447"));
                prop_assert_eq!(drama(number.e164()), Ok(number.clone()));
                prop_assert_eq!(drama(&number.national()), Ok(number));
            }
        }
    }
}
