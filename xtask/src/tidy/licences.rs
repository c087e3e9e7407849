//! Every package in the lock file comes under a licence that deny.toml allows, and deny.toml
//! allows no licence that no package needs and none of the packages it bans.

use super::{Check, Finding};
use crate::house::House;
use serde_json::Value;

const LIST: &str = "deny.toml";

pub(super) const CHECK: Check = Check {
    name: "licences",
    find: |house: &House| {
        let text = house.text(LIST).unwrap_or_default();
        let list: toml::Table = text.parse().expect("deny.toml is TOML");
        let allowed = strings(&list, "licenses", "allow");
        let banned = strings(&list, "bans", "deny");
        let packages = packages(house);
        let mut found = vec![];
        for (name, licence) in &packages {
            if !satisfied(licence, &allowed) {
                found.push(Finding::new(LIST, 0, format!("{name} is under `{licence}`")));
            }
        }
        for name in &house.built {
            if banned.contains(&name.as_str()) {
                found.push(Finding::new(LIST, 0, format!("{name} is banned and built")));
            }
        }
        for licence in &allowed {
            let fewer: Vec<&str> = allowed.iter().copied().filter(|l| l != licence).collect();
            let needs = |own: &str| satisfied(own, &allowed) != satisfied(own, &fewer);
            if !packages.iter().any(|(_, own)| needs(own)) {
                found.push(Finding::new(LIST, 0, format!("no package needs `{licence}`")));
            }
        }
        found
    },
};

fn strings<'a>(list: &'a toml::Table, table: &str, key: &str) -> Vec<&'a str> {
    let values = list.get(table).and_then(|t| t.get(key)).and_then(toml::Value::as_array);
    values.into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

/// Every package's name and licence, other people's and ours.
fn packages(house: &House) -> Vec<(&str, &str)> {
    list(&house.metadata["packages"])
        .map(|p| (p["name"].as_str().unwrap_or(""), p["license"].as_str().unwrap_or("none")))
        .collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether the licence expression can be met with what is allowed.
fn satisfied(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let answer = either(&words, &mut at, allowed);
    answer && at == words.len()
}

/// `A OR B`
fn either(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut answer = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        answer |= both(words, at, allowed);
    }
    answer
}

/// `A AND B`, which binds more tightly.
fn both(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut answer = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        answer &= one(words, at, allowed);
    }
    answer
}

/// `A`, `A WITH exception` or `(…)`.
fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let answer = either(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return answer && closed;
    }
    match (words.get(*at), words.get(*at + 1)) {
        (Some(&"WITH"), Some(exception)) => {
            *at += 2;
            allowed.contains(&format!("{word} WITH {exception}").as_str())
        }
        _ => allowed.contains(&word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_package_comes_under_a_licence_that_is_allowed() {
        super::super::keeps(&CHECK);
    }

    #[test]
    fn licence_expressions_are_read_as_spdx_means_them() {
        let yes =
            |expression: &str| assert!(satisfied(expression, &["MIT", "ISC"]), "{expression}");
        let no =
            |expression: &str| assert!(!satisfied(expression, &["MIT", "ISC"]), "{expression}");
        yes("MIT");
        yes("MIT/Apache-2.0");
        yes("Apache-2.0 OR MIT");
        yes("ISC AND (Apache-2.0 OR MIT)");
        yes("Apache-2.0 AND Zlib OR MIT");
        no("Apache-2.0");
        no("ISC AND Apache-2.0");
        no("MIT AND (Apache-2.0 OR Zlib)");
        no("MIT WITH LLVM-exception");
        no("");
        no("none");
        no("(MIT");
    }

    const SHORT: &str =
        "[licenses]\nallow = [\"MIT\", \"ISC\"]\n[bans]\ndeny = [\"openssl\", \"ring\"]\n";

    fn words(metadata: Value, built: &[&str]) -> Vec<String> {
        let mut house = House::of(&[(LIST, SHORT)], metadata);
        house.built = built.iter().map(|name| (*name).to_owned()).collect();
        (CHECK.find)(&house).into_iter().map(|finding| finding.words).collect()
    }

    #[test]
    fn a_foreign_licence_and_an_idle_one_are_found() {
        let packages = json!({ "packages": [
            { "name": "a", "license": "MIT" },
            { "name": "b", "license": "GPL-3.0-only" },
        ]});
        let found = words(packages, &["a", "b"]);
        assert_eq!(found, ["b is under `GPL-3.0-only`", "no package needs `ISC`"]);
    }

    #[test]
    fn a_banned_package_is_found_when_it_is_built() {
        let packages = json!({ "packages": [
            { "name": "a", "license": "ISC" },
            { "name": "openssl", "license": "MIT" },
            { "name": "ring", "license": "MIT" },
        ]});
        assert_eq!(words(packages, &["a", "openssl"]), ["openssl is banned and built"]);
    }
}
