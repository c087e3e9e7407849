//! The law is cited above the line that keeps it, always in one form:
//! `//= Document, section: in our own words`, going on after another `//=` when words are many.

use super::{Check, Finding, code};
use crate::house::House;

pub(super) const CHECK: Check = Check {
    name: "citations",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| code::is_code(file)) {
            let mut good_above = false;
            for (number, line) in code::lines(&file.text) {
                let cited = citation(line);
                let goes_on = |cited: &str| good_above && cited.starts_with(' ');
                let good = cited.is_none_or(|cited| well_formed(cited) || goes_on(cited));
                good_above = cited.is_some() && good;
                if !good {
                    let words = "a citation reads `//= Document, section: in our own words`";
                    found.push(Finding::new(&file.path, number, words));
                }
            }
        }
        found
    },
};

/// What follows the mark, when the line is a citation or means to be one.
fn citation(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["//=", "// =", "///=", "/// ="].iter().find_map(|mark| {
        let rest = line.strip_prefix(mark)?;
        // A rule drawn across the page is not a citation.
        (!rest.starts_with('=')).then_some(if *mark == "//=" { rest } else { "" })
    })
}

/// A name or a literal may stand in quotation marks; a sentence may not.
const QUOTED_WORDS: usize = 3;

/// The most words between two quotation marks.
fn quoted(words: &str) -> usize {
    let inside = words.split('"').skip(1).step_by(2);
    inside.map(|part| part.split_whitespace().count()).max().unwrap_or(0)
}

fn well_formed(cited: &str) -> bool {
    let Some((source, words)) = cited.split_once(": ") else {
        return false;
    };
    let Some((document, section)) = source.split_once(", ") else {
        return false;
    };
    let named = |text: &str| text.chars().any(char::is_alphanumeric);
    let one_space = document.starts_with(' ') && !document.starts_with("  ");
    let own_words = !words.contains(['\u{201c}', '\u{201d}']) && quoted(words) <= QUOTED_WORDS;
    one_space && own_words && named(document) && named(section) && named(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_citation_names_its_document_and_section_in_our_own_words() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn citations_out_of_form_are_found() {
        let text = [
            "//= Data Protection Act 2018, section 62: logging",
            "//= of every read",
            "// ====== and //= RFC 9649, 2.5: one \"VP8 \" chunk",
            "//= Data Protection Act 2018: logging",
            "//=Act, section 1: words",
            "// = Act, section 1: words",
            "//= Act, section 1: \"its very own words\"",
            "//= Act, section 1:",
        ]
        .join("\n");
        let found = super::super::found(&CHECK, &[("a.rs", &text)]);
        assert_eq!(found, ["a.rs:4", "a.rs:5", "a.rs:6", "a.rs:7", "a.rs:8"]);
    }
}
