//! No file is called what says nothing about what is in it.

use super::{Check, Finding, code};
use crate::house::House;

/// With and without their plural.
const BANNED: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service",
    "services", "types", "models",
];

pub(super) const CHECK: Check = Check {
    name: "names",
    find: |house: &House| {
        let mut found = vec![];
        for file in house.files.iter().filter(|file| code::is_code(file) || file.kind() == "html") {
            if file.name() == "mod.rs" {
                found.push(Finding::new(&file.path, 0, "name the file after its module"));
            }
            let stems = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
            if let Some(stem) = stems.map(|s| s.trim_start_matches('_')).find(|s| banned(s)) {
                let words = format!("`{stem}` says nothing about what is in it");
                found.push(Finding::new(&file.path, 0, words));
            }
        }
        found
    },
};

fn banned(stem: &str) -> bool {
    BANNED.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_has_a_name_that_says_nothing() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn banned_names_are_found_as_files_and_as_folders() {
        let files = [
            ("a/src/utils.rs", ""),
            ("a/src/common/b.rs", ""),
            ("web/styles/_helpers.scss", ""),
            ("a/src/b/mod.rs", ""),
            ("a/src/commonplace.rs", ""),
            ("a/types.json", ""),
        ];
        let found = super::super::found(&CHECK, &files);
        let bad = ["a/src/utils.rs", "a/src/common/b.rs", "web/styles/_helpers.scss"];
        let mut expected: Vec<_> = bad.iter().map(|path| format!("{path}:0")).collect();
        expected.push("a/src/b/mod.rs:0".to_owned());
        assert_eq!(found, expected);
    }
}
