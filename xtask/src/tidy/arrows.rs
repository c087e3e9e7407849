//! The exact list of arrows between our own crates, committed, so that a new one is a line in
//! a review. `UPDATE=1 cargo xtask tidy` rewrites it.

use super::{Check, Finding, layers};
use crate::{house, house::House, shell};
use serde_json::Value;
use std::collections::BTreeSet;

const LIST: &str = "docs/generated/arrows.txt";
const HEAD: &str = "\
# Which of our crates depends on which, from `cargo metadata`.
# Rewritten by `UPDATE=1 cargo xtask tidy`; a new line needs an entry in docs/decisions/.

";

pub(super) const CHECK: Check = Check {
    name: "arrows",
    find: |house: &House| {
        let list = list(&house.metadata);
        if std::env::var("UPDATE").is_ok_and(|update| update == "1") {
            let written = shell::write(&house::root().join(LIST), &list);
            return written.err().map(|why| Finding::new(LIST, 0, why)).into_iter().collect();
        }
        compare(house.text(LIST).unwrap_or_default(), &list)
    },
};

fn list(metadata: &Value) -> String {
    let inside = layers::arrows(metadata).into_iter().filter(|arrow| arrow.to_floor.is_some());
    let lines: BTreeSet<String> = inside
        .map(|arrow| {
            let tests = if arrow.tests { " (tests)" } else { "" };
            format!("{} -> {}{tests}\n", arrow.from, arrow.to)
        })
        .collect();
    HEAD.chars().chain(lines.iter().flat_map(|line| line.chars())).collect()
}

fn compare(committed: &str, actual: &str) -> Vec<Finding> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (committed, actual) = (lines(committed), lines(actual));
    let new = actual.difference(&committed).map(|line| format!("lacks `{line}`"));
    let gone = committed.difference(&actual).map(|line| format!("still has `{line}`"));
    let how = |words| Finding::new(LIST, 0, format!("{words} (UPDATE=1 cargo xtask tidy)"));
    new.chain(gone).map(how).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_list_of_arrows_is_the_true_one() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn an_arrow_that_is_new_or_gone_is_found() {
        let found = compare("a -> b\na -> c\n", "a -> b\na -> d (tests)\n");
        let words: Vec<_> = found.iter().map(|f| f.words.split(" (UPDATE").next()).collect();
        assert_eq!(words, [Some("lacks `a -> d (tests)`"), Some("still has `a -> c`")]);
    }
}
