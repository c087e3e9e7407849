//! Tests run, always, and wait for a state rather than for a time. Only a function called
//! `eventually…`, which asks for a state again and again, may sleep between two questions.

use super::{Check, Finding, code, functions};
use crate::house::{File, House};
use std::collections::BTreeSet;

pub(super) const CHECK: Check = Check {
    name: "tests",
    find: |house: &House| {
        let mut found = vec![];
        for file in &house.files {
            match file.kind() {
                "rs" => found.extend(in_rust(file)),
                "ts" | "mjs" if file.path.starts_with("e2e/") => found.extend(in_journey(file)),
                _ => {}
            }
        }
        found
    },
};

fn in_rust(file: &File) -> Vec<Finding> {
    let tests = code::tests_from(file).unwrap_or(usize::MAX);
    let functions = functions::functions(&file.text).into_iter();
    let patient = functions.filter(|function| function.name.starts_with("eventually"));
    let patient: BTreeSet<usize> = patient.flat_map(|f| f.line..f.line + f.length).collect();
    let mut found = vec![];
    for (number, line) in code::lines(&code::mask(&file.text)) {
        let mut find = |words: &str| found.push(Finding::new(&file.path, number, words));
        if line.contains("#[ignore") {
            find("a test that does not run proves nothing");
        }
        if line.contains("should_panic") {
            find("assert on the panic's own words, or refuse instead");
        }
        if number >= tests && line.contains("sleep(") && !patient.contains(&number) {
            find("wait for a state, not for a time");
        }
    }
    found
}

fn in_journey(file: &File) -> Vec<Finding> {
    let mut found = vec![];
    for (number, line) in code::lines(&file.text) {
        let mut find = |words: &str| found.push(Finding::new(&file.path, number, words));
        if line.contains("waitForTimeout(") || line.contains("sleep(") {
            find("wait for a state, not for a time");
        }
        if [".only(", ".skip(", ".fixme("].iter().any(|call| line.contains(call)) {
            find("every journey is played");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_runs_and_none_sleeps() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn tests_that_do_not_run_or_sleep_are_found() {
        let rust = "fn f() { sleep(1) }\n#[cfg(test)]\nmod t {\n#[ignore]\n#[should_panic]\n\
            async fn eventually() {\nsleep(1)\n}\n// sleep(1)\nsleep(1)\n\"#[ignore]\"\n}\n";
        let files = [("a/src/b.rs", rust), ("e2e/a.mjs", "x.skip(1)\nwaitForTimeout(5)\n")];
        let found = super::super::found(&CHECK, &files);
        let rust = ["a/src/b.rs:4", "a/src/b.rs:5", "a/src/b.rs:10"];
        assert_eq!(found, [&rust[..], &["e2e/a.mjs:1", "e2e/a.mjs:2"]].concat());
    }
}
