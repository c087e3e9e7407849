//! Files and lines stay short, and every file says at its top what it is for.

use super::{Check, Finding, code};
use crate::house::{File, House};

const FILE_LINES: usize = 800;
const LINE_LENGTH: usize = 100;

pub(super) const FILES: Check = Check {
    name: "files",
    find: |house: &House| {
        let long = |file: &&File| code::is_code(file) && file.text.lines().count() > FILE_LINES;
        let words = |file: &File| format!("has {} lines", file.text.lines().count());
        let long = house.files.iter().filter(long);
        long.map(|file| Finding::new(&file.path, 0, words(file))).collect()
    },
};

pub(super) const LINES: Check = Check {
    name: "lines",
    find: |house: &House| {
        let rust = house.files.iter().filter(|file| file.kind() == "rs");
        rust.flat_map(long_lines).collect()
    },
};

/// Lines too long, but for addresses (which cannot be broken) and strings in tests (which are
/// somebody else's bytes).
fn long_lines(file: &File) -> Vec<Finding> {
    let tests = code::tests_from(file).unwrap_or(usize::MAX);
    let data = |number: usize, line: &str| number >= tests && line.contains('"');
    code::lines(&file.text)
        .filter(|(_, line)| line.chars().count() > LINE_LENGTH && !line.contains("://"))
        .filter(|(number, line)| !data(*number, line))
        .map(|(number, line)| {
            let words = format!("has {} characters", line.chars().count());
            Finding::new(&file.path, number, words)
        })
        .collect()
}

pub(super) const OPENINGS: Check = Check {
    name: "openings",
    find: |house: &House| {
        let silent = |file: &&File| code::is_code(file) && !opens_with_a_comment(file);
        let silent = house.files.iter().filter(silent);
        silent.map(|file| Finding::new(&file.path, 1, "does not say what it is for")).collect()
    },
};

fn opens_with_a_comment(file: &File) -> bool {
    let mut lines = file.text.lines().filter(|line| !line.starts_with("#!/"));
    let first = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    let (marks, words): (&[&str], _) = match file.kind() {
        "rs" => (&["//!"], first.trim_start_matches("//!")),
        _ => (&["//", "/*"], first.trim_start_matches(['/', '*'])),
    };
    marks.iter().any(|mark| first.starts_with(mark)) && !words.trim().is_empty()
        || first.trim_end() == "/**"
}

#[cfg(test)]
mod tests {
    use super::super::{found, keeps};
    use super::*;

    #[test]
    fn no_file_is_longer_than_eight_hundred_lines() {
        keeps(&FILES);
    }

    #[test]
    fn no_line_of_rust_is_longer_than_a_hundred_characters() {
        keeps(&LINES);
    }

    #[test]
    fn every_source_file_says_at_its_top_what_it_is_for() {
        keeps(&OPENINGS);
    }

    #[test]
    fn long_files_and_lines_are_found() {
        let many = "//! x\n".repeat(801);
        assert_eq!(found(&FILES, &[("a.rs", &many), ("a.json", &many)]), ["a.rs:0"]);
        let long = "x".repeat(101);
        let text = format!("{long}\n// https://{long}\n#[cfg(test)]\n\"{long}\"\n{long}\n");
        assert_eq!(found(&LINES, &[("a.rs", &text)]), ["a.rs:1", "a.rs:5"]);
        assert!(found(&LINES, &[("a.rs", &"é".repeat(100))]).is_empty());
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_for_is_found() {
        let files = [
            ("good.rs", "//! Purpose.\n"),
            ("good.mjs", "#!/usr/bin/env node\n// Purpose.\n"),
            ("good.scss", "/* Purpose. */\n"),
            ("bad.rs", "// Not a document comment.\n"),
            ("empty.rs", "//!\nfn x() {}\n"),
            ("bad.ts", "import x;\n// late\n"),
        ];
        assert_eq!(found(&OPENINGS, &files), ["bad.rs:1", "empty.rs:1", "bad.ts:1"]);
    }
}
