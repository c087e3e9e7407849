//! SQL is written, not put together: a statement that the database library cannot take as a
//! constant is a place where somebody's words could become a statement. Tests may: they
//! tamper, and nobody's words reach them.

use super::{Check, Finding, code};
use crate::house::House;

pub(super) const CHECK: Check = Check {
    name: "sql",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| file.kind() == "rs") {
            let tests = code::tests_from(file).unwrap_or(usize::MAX);
            for (number, line) in code::lines(&code::mask(&file.text)) {
                if number < tests && code::has_word(line, "AssertSqlSafe") {
                    found.push(Finding::new(&file.path, number, "a statement is put together"));
                }
            }
        }
        found
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_statement_is_put_together_outside_the_places_that_say_why() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn a_statement_that_is_put_together_is_found() {
        let text = "// AssertSqlSafe\nquery(AssertSqlSafe(x))\n#[cfg(test)]\nAssertSqlSafe\n";
        assert_eq!(super::super::found(&CHECK, &[("a.rs", text)]), ["a.rs:2"]);
    }
}
