//! A function fits on one screen.

use super::{Check, Finding, code};
use crate::house::House;

/// What a person sees without scrolling.
const LINES: usize = 70;

pub(super) const CHECK: Check = Check {
    name: "functions",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| file.kind() == "rs") {
            for function in functions(&file.text).into_iter().filter(|f| f.length > LINES) {
                let words = format!("`{}` has {} lines", function.name, function.length);
                found.push(Finding::new(&file.path, function.line, words));
            }
        }
        found
    },
};

pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    /// From the line of `fn` to the line of the closing brace, both counted.
    pub(super) length: usize,
}

/// Every function that has a body.
pub(super) fn functions(source: &str) -> Vec<Function> {
    let masked = code::mask(source);
    let mut found = vec![];
    let mut from = 0;
    while let Some(at) = masked[from..].find("fn ").map(|at| from + at) {
        from = at + 3;
        let after_word = masked[..at].bytes().next_back().is_some_and(code::is_word);
        let rest = masked[from..].trim_start();
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if after_word || name.is_empty() {
            continue;
        }
        let Some((open, close)) = body(masked.as_bytes(), from) else {
            continue;
        };
        let line = 1 + count_lines(&masked[..at]);
        let length = 1 + count_lines(&masked[at..close]);
        debug_assert!(open < close, "a body opens before it closes");
        found.push(Function { name, line, length });
    }
    found
}

/// Where the body of the function whose name follows `from` opens and closes; `None` when it
/// is only declared.
fn body(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut brackets = 0_i32;
    let mut open = from;
    loop {
        match bytes.get(open)? {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets -= 1,
            b';' if brackets == 0 => return None,
            b'{' if brackets == 0 => break,
            _ => {}
        }
        open += 1;
    }
    let mut depth = 0_i32;
    for (offset, byte) in bytes[open..].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((open, open + offset));
        }
    }
    None
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_function_is_longer_than_seventy_lines() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn functions_are_measured_past_strings_comments_and_nested_braces() {
        let source = "trait T {\n    fn declared(&self) -> [u8; 4];\n}\n\
            pub const fn one<const N: usize>(x: [u8; { 1 }]) -> u8 {\n    let s = \"}\"; // }\n\
            \x20   if true { '}' }\n}\n\
            fn two() where fn(): Copy {}\n";
        let found = functions(source);
        let seen: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.line, f.length)).collect();
        assert_eq!(seen, [("one", 4, 4), ("two", 8, 1)]);
    }

    #[test]
    fn a_function_of_seventy_one_lines_is_found_and_one_of_seventy_is_not() {
        let of = |lines: usize| format!("fn long() {{\n{}}}\n", "x;\n".repeat(lines - 2));
        let found = |text: &str| super::super::found(&CHECK, &[("a.rs", text)]);
        assert_eq!(found(&of(71)), ["a.rs:1"]);
        assert!(found(&of(70)).is_empty());
    }
}
