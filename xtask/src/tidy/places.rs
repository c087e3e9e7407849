//! Nothing names the machine it was written on, nor the hosts that packages came from: the
//! house builds anywhere, through whatever registries its builder has set up.

use super::{Check, Finding, code};
use crate::house::House;

/// Written in two parts, so that this file does not find itself.
const PLACES: &[&str] = &[
    concat!("/work", "/main"),
    concat!("/work", "/shared"),
    concat!("/work", "/."),
    concat!("/ro", "ot/"),
    concat!("/tmp/bash", "_jobs"),
    concat!("registry.npm", "js.org"),
    concat!("static.crates", ".io"),
    concat!("index.crates", ".io"),
    concat!("proxy.go", "lang.org"),
    concat!("py", "pi.org"),
    concat!("pythonhost", "ed.org"),
    concat!("repo.maven", ".apache"),
    concat!("repo1.maven", ".org"),
    concat!("deb.debian", ".org"),
];

pub(super) const CHECK: Check = Check {
    name: "places",
    find: |house: &House| {
        let mut found = vec![];
        for file in &house.files {
            for (number, line) in code::lines(&file.text) {
                if let Some(place) = PLACES.iter().find(|place| line.contains(*place)) {
                    found.push(Finding::new(&file.path, number, format!("names `{place}`")));
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
    fn no_file_names_a_machine_or_a_registry() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn a_machine_or_a_registry_is_found() {
        let text = PLACES.join("\nfine\n");
        let found = super::super::found(&CHECK, &[("a.json", &text)]);
        assert_eq!(found.len(), PLACES.len());
    }
}
