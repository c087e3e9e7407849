//! Reading source code just well enough: blanking out comments and strings, and telling test
//! code from the rest. Also the check that nothing is left unfinished.

use super::{Check, Finding};
use crate::house::File;

/// Kinds of files that people write code in.
pub(super) const CODE: &[&str] = &["rs", "ts", "mjs", "scss"];

/// Whether somebody wrote code in it.
pub(super) fn is_code(file: &File) -> bool {
    CODE.contains(&file.kind())
}

/// Lines with their numbers, from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// Rust with every comment and the inside of every string and character blanked out, so that
/// what is left is code; lines stay where they were.
pub(super) fn mask(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut masked = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'\'' => character_end(bytes, at),
            b'r' if !follows_word(bytes, at) => raw_end(bytes, at),
            _ => at,
        };
        if end == at {
            masked.push(bytes[at]);
            at += 1;
        } else {
            masked.extend(bytes[at..end].iter().map(|&b| if b == b'\n' { b } else { b' ' }));
            at = end;
        }
    }
    String::from_utf8_lossy(&masked).into_owned()
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |length| at + length)
}

/// Comments nest.
fn comment_end(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut here = at;
    while here < bytes.len() {
        match bytes.get(here..here + 2) {
            Some(b"/*") => (depth, here) = (depth + 1, here + 2),
            Some(b"*/") => (depth, here) = (depth - 1, here + 2),
            Some(_) | None => here += 1,
        }
        if depth == 0 {
            return here;
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 2,
            b'"' => return here + 1,
            _ => here += 1,
        }
    }
    bytes.len()
}

/// `'x'` and `'\n'` are characters; `'a` is a lifetime, and code.
fn character_end(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at + 1) == Some(&b'\\') {
        let rest = bytes.get(at + 3..).unwrap_or_default();
        return rest.iter().position(|&b| b == b'\'').map_or(bytes.len(), |length| at + length + 4);
    }
    // One character is one to four bytes.
    let close = (2..=5).find(|length| bytes.get(at + length) == Some(&b'\''));
    match close {
        Some(length) if one_character(&bytes[at + 1..at + length]) => at + length + 1,
        Some(_) | None => at,
    }
}

fn one_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().count() == 1)
}

/// `r"…"` and `r#"…"#`; `r#name` is a word.
fn raw_end(bytes: &[u8], at: usize) -> usize {
    let hashes = bytes[at + 1..].iter().take_while(|&&b| b == b'#').count();
    let open = at + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return at;
    }
    let close = [&b"\""[..], &b"#".repeat(hashes)].concat();
    let inside = &bytes[open + 1..];
    let length = inside.windows(close.len()).position(|window| window == close);
    length.map_or(bytes.len(), |length| open + 1 + length + close.len())
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    // The b of a byte string may stand before its r.
    at > 0 && is_word(bytes[at - 1]) && bytes[at - 1] != b'b'
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether `word` stands in `line` as a word of its own.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].bytes().next_back();
        let after = line[at + word.len()..].bytes().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// From which line on a file of Rust is test code: everything in files of tests, what follows
/// `#[cfg(test)]` elsewhere, nothing when there is none.
pub(super) fn tests_from(file: &File) -> Option<usize> {
    let of_tests = file.name() == "tests.rs" || file.path.split('/').any(|part| part == "tests");
    if of_tests {
        return Some(1);
    }
    let mut marks = lines(&file.text).filter(|(_, line)| line.trim() == "#[cfg(test)]");
    marks.next().map(|(number, _)| number)
}

/// Work that is left over has an issue, or is not left over.
pub(super) const UNFINISHED: Check = Check {
    name: "unfinished",
    find: |house| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| is_code(file) || file.kind() == "html") {
            found.extend(unfinished(file));
        }
        found
    },
};

/// Written in two parts, so that this file does not find itself.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

fn unfinished(file: &File) -> Vec<Finding> {
    let bare = |line: &str| {
        MARKS.iter().any(|mark| has_word(line, mark) && !line.contains(&format!("{mark}(#")))
    };
    let mut found: Vec<Finding> = lines(&file.text)
        .filter(|(_, line)| bare(line))
        .map(|(number, _)| Finding::new(&file.path, number, "unfinished, and no issue is named"))
        .collect();
    if file.text.starts_with("//! (to be written)") {
        found.push(Finding::new(&file.path, 1, "the file is an empty place"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_unfinished_without_an_issue() {
        super::super::keeps(&UNFINISHED);
    }

    #[test]
    fn comments_strings_and_characters_are_blanked_and_lifetimes_are_not() {
        let source = "a /* { /* { */ } */ b // {\n\"{\\\"{\" c r#\"{\"# '{' '\\'' 'é' &'a d r#in";
        let masked = mask(source);
        let words: Vec<_> = masked.split_whitespace().collect();
        assert_eq!(words, ["a", "b", "c", "&'a", "d", "r#in"]);
        assert_eq!(masked.lines().count(), source.lines().count());
    }

    #[test]
    fn leftovers_are_found_unless_an_issue_is_named() {
        let mark = MARKS[0];
        let text = format!("// {mark}: later\n// {mark}(#7): later\nlet {mark}S = 1;\n");
        assert_eq!(super::super::found(&UNFINISHED, &[("a.rs", &text)]), ["a.rs:1"]);
        let empty = [("b.rs", "//! (to be written)\n")];
        assert_eq!(super::super::found(&UNFINISHED, &empty), ["b.rs:1"]);
    }

    #[test]
    fn test_code_is_told_from_the_rest() {
        assert_eq!(tests_from(&File::new("a/src/tests.rs", "")), Some(1));
        assert_eq!(tests_from(&File::new("a/tests/it/main.rs", "")), Some(1));
        assert_eq!(tests_from(&File::new("a/src/b.rs", "x\n#[cfg(test)]\nmod t {}")), Some(2));
        assert_eq!(tests_from(&File::new("a/src/b.rs", "x")), None);
    }
}
