//! Which way the arrows may point. The drawing is in ARCHITECTURE.md; this is the drawing as a
//! table. `tidy/arrows.rs` keeps the list of those there are.

use super::{Check, Finding};
use crate::house::House;
use serde_json::Value;

/// Where in the house a crate stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Floor {
    /// `crates/`
    Machinery,
    /// `capabilities/*/rules`
    Rules,
    /// `capabilities/*/web`
    Web,
    /// `apps/`
    App,
    /// `xtask/`
    Tool,
}

/// One crate depends on another of ours, or on a library.
pub(super) struct Arrow {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) floor: Floor,
    /// Where the other end stands; nothing when it is a library.
    pub(super) to_floor: Option<Floor>,
    /// Only its tests do.
    pub(super) tests: bool,
}

/// What each crate of the machinery may stand on. Whoever is not named may stand on nothing.
const MACHINERY: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    // Days as people count them: pure, so that rules may count them too.
    ("calendar", &["kernel"]),
    // Names and numbers in one form: pure, so that rules may compare them.
    ("names", &[]),
    ("vault", &["kernel"]),
    ("journal", &["kernel", "vault"]),
    ("journal-sqlite", &["kernel", "vault", "journal"]),
    ("journal-postgres", &["kernel", "vault", "journal"]),
    ("engine", &["kernel", "vault", "journal"]),
    ("ui", &["kernel", "vault", "journal", "engine"]),
    // For the names of codecs and tracks, so that room and recording say the same.
    ("room", &["kernel", "media"]),
    ("media", &["kernel"]),
    ("stats", &["kernel"]),
    ("blobs", &["kernel"]),
    ("notify", &["kernel"]),
    // The one way by which the force's own systems hear of events.
    ("tell", &["engine", "notify"]),
    ("print", &["kernel"]),
    // What somebody else can check offline, and its printed form.
    ("attest", &["kernel", "journal", "print"]),
    ("room-host", &["kernel", "room", "media", "blobs"]),
    ("room-peer", &["kernel", "room", "media", "blobs"]),
];
/// Machinery that is for tests, and may stand on any other.
const FOR_TESTS: &str = "testkit";
/// Only the roof knows which journal is used, and only it plays the other end of a call.
const FOR_THE_ROOF: &[&str] = &["journal-sqlite", "journal-postgres", "room-peer"];
/// The machinery that rules may stand on: pure, and it decides nothing.
const FOR_RULES: &[&str] = &["kernel", "calendar", "names", "stats"];
/// All the libraries that rules know.
const RULES_LIBRARIES: &[&str] = &["serde", "thiserror"];
/// The pure machinery never meets the runtime.
const PURE: &[&str] = &["kernel", "calendar", "names", "room", "media", "stats"];
const RUNTIMES: &[&str] = &["tokio", "axum", "sqlx", "reqwest"];

pub(super) const CHECK: Check = Check {
    name: "layers",
    find: |house: &House| {
        let mut found: Vec<Finding> =
            misnamed(&house.metadata).into_iter().map(|name| wrong(&name)).collect();
        for arrow in arrows(&house.metadata) {
            if let Some(why) = refused(&arrow) {
                let words = format!("{} must not depend on {}: {why}", arrow.from, arrow.to);
                found.push(Finding::new("Cargo.toml", 0, words));
            }
        }
        found
    },
};

fn wrong(name: &str) -> Finding {
    Finding::new("Cargo.toml", 0, format!("{name} is not called after its folder"))
}

/// Why this arrow may not be.
fn refused(arrow: &Arrow) -> Option<&'static str> {
    let to = arrow.to.as_str();
    let Some(to_floor) = arrow.to_floor else {
        return refused_library(arrow);
    };
    match (arrow.floor, to_floor) {
        (Floor::Tool, _) | (_, Floor::Tool) => Some("xtask stands outside the house"),
        (Floor::App, _) => None,
        (_, Floor::App) => Some("nothing but an app stands on an app"),
        (Floor::Machinery, Floor::Rules | Floor::Web) => Some("machinery knows no capability"),
        (Floor::Rules, Floor::Rules) => None,
        (Floor::Rules, _) if FOR_RULES.contains(&to) => None,
        (Floor::Rules, _) => {
            Some("rules stand on kernel, calendar, names, stats and other rules alone")
        }
        (Floor::Web, Floor::Web) => Some("capabilities never meet through pages"),
        (Floor::Web, Floor::Rules) => None,
        (_, Floor::Machinery) if arrow.tests => None,
        (_, Floor::Machinery) if to == FOR_TESTS => Some("it is for tests"),
        (Floor::Web, Floor::Machinery) if FOR_THE_ROOF.contains(&to) => {
            Some("only the roof knows it")
        }
        (Floor::Web, Floor::Machinery) => None,
        (Floor::Machinery, Floor::Machinery) => {
            let drawn = arrow.from == FOR_TESTS
                || MACHINERY.iter().any(|(name, on)| *name == arrow.from && on.contains(&to));
            (!drawn).then_some("the drawing has no such arrow")
        }
    }
}

fn refused_library(arrow: &Arrow) -> Option<&'static str> {
    let to = arrow.to.as_str();
    if arrow.tests {
        return None;
    }
    if arrow.floor == Floor::Rules && !RULES_LIBRARIES.contains(&to) {
        return Some("rules know no library but serde and thiserror");
    }
    let impure = PURE.contains(&arrow.from.as_str()) && RUNTIMES.contains(&to);
    impure.then_some("it is pure")
}

/// Every arrow that starts at one of our crates.
pub(super) fn arrows(metadata: &Value) -> Vec<Arrow> {
    let own = own(metadata);
    let mut arrows = vec![];
    for (package, floor) in &own {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let inside = dependency["path"].is_string();
            let other = own.iter().find(|(package, _)| inside && package["name"] == to);
            arrows.push(Arrow {
                from: package["name"].as_str().unwrap_or_default().to_owned(),
                to: to.to_owned(),
                floor: *floor,
                to_floor: other.map(|(_, floor)| *floor),
                tests: dependency["kind"] == "dev",
            });
        }
    }
    arrows
}

/// Our own packages and where each stands.
fn own(metadata: &Value) -> Vec<(&Value, Floor)> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let own = packages.filter(|package| package["source"].is_null());
    own.filter_map(|package| Some((package, floor(&folder(package))?))).collect()
}

/// The last three folders above the manifest.
fn folder(package: &Value) -> Vec<&str> {
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let parts: Vec<&str> = manifest.split('/').collect();
    let end = parts.len().saturating_sub(1);
    parts[end.saturating_sub(3)..end].to_vec()
}

fn floor(folder: &[&str]) -> Option<Floor> {
    match folder {
        ["capabilities", _, "rules"] => Some(Floor::Rules),
        ["capabilities", _, "web"] => Some(Floor::Web),
        [.., "crates", _] => Some(Floor::Machinery),
        [.., "apps", _] => Some(Floor::App),
        [.., "xtask"] => Some(Floor::Tool),
        _ => None,
    }
}

/// Crates whose name is not that of their folder.
fn misnamed(metadata: &Value) -> Vec<String> {
    let mut wrong = vec![];
    for (package, _) in own(metadata) {
        let name = package["name"].as_str().unwrap_or_default();
        let expected = match folder(package).as_slice() {
            ["capabilities", noun, "web"] => format!("{noun}-web"),
            ["capabilities", noun, _] => (*noun).to_owned(),
            [.., last] => (*last).to_owned(),
            [] => continue,
        };
        if name != expected {
            wrong.push(name.to_owned());
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_arrow_points_the_way_it_is_drawn() {
        super::super::keeps(&CHECK);
    }

    /// One arrow between `from` and `to` (folders), as metadata.
    fn house(from: &str, to: &str, kind: Option<&str>) -> House {
        let name = |folder: &str| match folder.split('/').collect::<Vec<_>>().as_slice() {
            ["capabilities", noun, "web"] => format!("{noun}-web"),
            ["capabilities", noun, _] => (*noun).to_owned(),
            parts => parts[parts.len() - 1].to_owned(),
        };
        let manifest = |folder: &str| format!("/x/{folder}/Cargo.toml");
        let inside = to.contains('/') || to == "xtask";
        let path = inside.then(|| format!("/x/{to}"));
        let mut packages = vec![json!({
            "name": name(from), "source": null, "manifest_path": manifest(from),
            "dependencies": [{ "name": name(to), "path": path, "kind": kind }],
        })];
        if inside {
            packages.push(json!({
                "name": name(to), "source": null, "manifest_path": manifest(to),
                "dependencies": [],
            }));
        }
        House::of(&[], json!({ "packages": packages }))
    }

    #[test]
    fn arrows_that_are_drawn_are_allowed() {
        for (from, to) in [
            ("crates/vault", "crates/kernel"),
            ("crates/ui", "crates/engine"),
            ("crates/room-host", "crates/blobs"),
            ("crates/room", "str0m"),
            ("capabilities/call/rules", "crates/kernel"),
            ("crates/calendar", "crates/kernel"),
            ("capabilities/call/rules", "crates/calendar"),
            ("capabilities/call/rules", "crates/stats"),
            ("capabilities/call/rules", "capabilities/incident/rules"),
            ("capabilities/call/rules", "serde"),
            ("capabilities/call/web", "capabilities/incident/rules"),
            ("capabilities/call/web", "crates/room-host"),
            ("apps/server", "capabilities/call/web"),
            ("apps/sim", "apps/rehearsal"),
        ] {
            assert_eq!((CHECK.find)(&house(from, to, None)), [], "{from} -> {to}");
        }
        let tests = house("capabilities/call/web", "crates/testkit", Some("dev"));
        assert_eq!((CHECK.find)(&tests), []);
    }

    #[test]
    fn arrows_that_are_not_drawn_are_found() {
        for (from, to) in [
            ("capabilities/call/web", "capabilities/incident/web"),
            ("capabilities/call/web", "crates/journal-sqlite"),
            ("capabilities/call/web", "crates/testkit"),
            ("capabilities/call/web", "apps/server"),
            ("capabilities/call/rules", "capabilities/call/web"),
            ("capabilities/call/rules", "crates/engine"),
            ("capabilities/call/rules", "tokio"),
            ("crates/engine", "capabilities/call/rules"),
            ("crates/kernel", "crates/vault"),
            ("crates/room", "tokio"),
            ("crates/testkit", "apps/server"),
            ("xtask", "crates/kernel"),
        ] {
            assert_eq!((CHECK.find)(&house(from, to, None)).len(), 1, "{from} -> {to}");
        }
        let pages = house("capabilities/call/web", "capabilities/incident/web", Some("dev"));
        assert_eq!((CHECK.find)(&pages).len(), 1);
    }
}
