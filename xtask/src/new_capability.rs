//! Lays out a new capability as the others are laid out, and names it where it must be named.
//! What it writes compiles and passes its own tests; the words are for its author to find.

use crate::{Outcome, shell};
use std::path::Path;

/// Where each page of the scaffold goes, under capabilities/NAME/.
const PAGES: &[(&str, &str)] = &[
    ("README.md", include_str!("../scaffold/README.md.txt")),
    ("rules/Cargo.toml", include_str!("../scaffold/rules/Cargo.toml.txt")),
    ("rules/src/lib.rs", include_str!("../scaffold/rules/lib.rs.txt")),
    ("rules/src/event.rs", include_str!("../scaffold/rules/event.rs.txt")),
    ("rules/src/command.rs", include_str!("../scaffold/rules/command.rs.txt")),
    ("rules/src/state.rs", include_str!("../scaffold/rules/state.rs.txt")),
    ("rules/src/decide.rs", include_str!("../scaffold/rules/decide.rs.txt")),
    ("rules/src/permit.rs", include_str!("../scaffold/rules/permit.rs.txt")),
    ("rules/src/tests.rs", include_str!("../scaffold/rules/tests.rs.txt")),
    ("web/Cargo.toml", include_str!("../scaffold/web/Cargo.toml.txt")),
    ("web/src/lib.rs", include_str!("../scaffold/web/lib.rs.txt")),
];

const WORKSPACE: &str = "Cargo.toml";
const ROOF: &str = "apps/server/Cargo.toml";
const LIST: &str = "apps/server/src/capabilities.rs";

/// Lays out `name` in the repository at `root`.
pub(crate) fn run(root: &Path, name: &str) -> Outcome {
    check(name)?;
    let folder = root.join("capabilities").join(name);
    if folder.exists() {
        return Err(format!("capabilities/{name} exists already"));
    }
    // Every edit is made in memory first: either all of it is written, or nothing.
    let workspace = add(&shell::read(&root.join(WORKSPACE))?, &workspace_lines(name), is_member)
        .ok_or("Cargo.toml lists no capability to stand beside")?;
    let roof = shell::read(&root.join(ROOF))?;
    let roof = add(&roof, &[format!("{name}-web.workspace = true")], is_front_door)
        .or_else(|| after(&roof, "[dependencies]", &format!("{name}-web.workspace = true")))
        .ok_or("apps/server/Cargo.toml has no [dependencies]")?;
    let list = shell::read(&root.join(LIST))?;
    let list = add_to_list(&list, &name.replace('-', "_"))
        .ok_or("apps/server/src/capabilities.rs lists no `…_web::…` to stand beside")?;
    for (path, page) in PAGES {
        shell::write(&folder.join(path), &fill(page, name))?;
    }
    // How a line breaks depends on how long the name is.
    let sources = PAGES.iter().filter(|(path, _)| path.ends_with(".rs"));
    let sources = sources.map(|(path, _)| folder.join(path));
    let mut rustfmt = shell::command("rustfmt");
    shell::run(rustfmt.args(["--edition", "2024", "--config-path"]).arg(root).args(sources))?;
    shell::write(&root.join(WORKSPACE), &workspace)?;
    shell::write(&root.join(ROOF), &roof)?;
    shell::write(&root.join(LIST), &list)?;
    println!("capabilities/{name} is laid out and named in {WORKSPACE}, {ROOF} and {LIST}.");
    println!("Next: write its README.md, name it in ARCHITECTURE.md and docs/glossary.md,");
    println!("and run `UPDATE=1 cargo xtask tidy` for docs/generated/arrows.txt.");
    Ok(())
}

/// A noun of the police or the statute: lower case, words joined by hyphens.
fn check(name: &str) -> Outcome {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    if name.split('-').all(word) && !name.ends_with("-web") {
        Ok(())
    } else {
        Err(format!("`{name}` is no noun: lower-case letters, words joined by hyphens"))
    }
}

fn fill(page: &str, name: &str) -> String {
    let words = name.replace('-', " ");
    let upper = |word: &str| word[..1].to_uppercase() + &word[1..];
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    page.replace("{{name}}", name)
        .replace("{{ident}}", &name.replace('-', "_"))
        .replace("{{Type}}", &name.split('-').map(upper).collect::<String>())
        .replace("{{Title}}", &upper(&words))
        .replace("{{words}}", &words)
        .replace("{{article}}", if vowel { "an" } else { "a" })
}

fn workspace_lines(name: &str) -> Vec<String> {
    vec![
        format!("{name} = {{ path = \"capabilities/{name}/rules\" }}"),
        format!("{name}-web = {{ path = \"capabilities/{name}/web\" }}"),
    ]
}

fn is_member(line: &str) -> bool {
    line.contains("{ path = \"capabilities/")
}

fn is_front_door(line: &str) -> bool {
    line.ends_with("-web.workspace = true")
}

/// Puts `new` before the first line of its kind that sorts after it, else after the last;
/// nothing when there is no line of its kind.
fn add(text: &str, new: &[String], kind: fn(&str) -> bool) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines.iter().rposition(|line| kind(line))?;
    let later = lines.iter().position(|line| kind(line) && key(line) > key(&new[0]));
    let at = later.unwrap_or(last + 1);
    lines.splice(at..at, new.iter().cloned());
    Some(lines.join("\n") + "\n")
}

/// What a line is sorted by: the name that it starts with.
fn key(line: &str) -> &str {
    line.trim().split(['.', ' ', ':']).next().unwrap_or_default()
}

fn after(text: &str, mark: &str, new: &str) -> Option<String> {
    let at = text.find(mark)? + mark.len();
    Some(format!("{}\n{new}{}", &text[..at], &text[at..]))
}

/// Adds the front door to the one list, written as its neighbours are.
fn add_to_list(text: &str, ident: &str) -> Option<String> {
    // A field of a struct may name a type of such a crate: an entry calls its front door.
    let is_entry =
        |line: &str| line.trim_end().ends_with(',') && line.contains("_web::capability(");
    let model = text.lines().find(|line| is_entry(line))?;
    let indent = &model[..model.len() - model.trim_start().len()];
    let new = format!("{indent}{ident}_web::capability(),");
    add(text, &[new], is_entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cargo, house};
    use std::fs;

    /// A house small enough to build: the kernel, one capability's lines, the roof's list.
    fn small_house(to: house::Scratch) -> house::Scratch {
        let from = house::root();
        let manifest = fs::read_to_string(from.join(WORKSPACE)).unwrap();
        // Members that are not copied must not be asked for.
        let members = "members = [\"crates/*\", \"capabilities/*/*\"]";
        let manifest: Vec<_> = manifest
            .lines()
            .map(|line| if line.starts_with("members = ") { members } else { line })
            .collect();
        shell::write(&to.join(WORKSPACE), &manifest.join("\n")).unwrap();
        fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock")).unwrap();
        fs::copy(from.join("clippy.toml"), to.join("clippy.toml")).unwrap();
        fs::copy(from.join("rustfmt.toml"), to.join("rustfmt.toml")).unwrap();
        copy(&from.join("crates/kernel"), &to.join("crates/kernel"));
        stand_in_for_ui(&from, &to);
        let roof = "[dependencies]\ncall-web.workspace = true\nkernel.workspace = true\n";
        shell::write(&to.join(ROOF), roof).unwrap();
        let list = "//! The list.\npub fn all() -> Vec<C> {\n    vec![\n        \
            call_web::capability(),\n        zeal_web::capability(),\n    ]\n}\n";
        shell::write(&to.join(LIST), list).unwrap();
        to
    }

    /// The real one takes minutes to build; this has the fields that the scaffold fills in, once
    /// it is sure that the real one has them too.
    fn stand_in_for_ui(from: &Path, to: &Path) {
        let real = fs::read_to_string(from.join("crates/ui/src/app.rs")).unwrap();
        let fields = ["pub name: &'static str,", "pub permits: &'static [Permit],"];
        for field in fields {
            assert!(real.contains(field), "ui::Capability has no `{field}` any more");
        }
        let manifest = include_str!("../scaffold/web/Cargo.toml.txt");
        let manifest = manifest.replace("{{name}}-web", "ui").replace("{{name}}.w", "kernel.w");
        let manifest = manifest.replace("ui.workspace = true\n", "");
        shell::write(&to.join("crates/ui/Cargo.toml"), &manifest).unwrap();
        let fields = fields.join("\n");
        let text = format!(
            "//! A stand-in.\nuse kernel::Permit;\n/// What a capability brings.\n\
             #[derive(Default)]\npub struct Capability {{\n{fields}\npub others: (),\n}}\n"
        );
        shell::write(&to.join("crates/ui/src/lib.rs"), &text).unwrap();
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }

    #[test]
    fn a_new_capability_is_named_wherever_it_must_be() {
        let root = small_house(house::Scratch::new("named"));
        run(&root, "welfare-check").unwrap();
        let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        for (path, _) in PAGES {
            let page = read(&format!("capabilities/welfare-check/{path}"));
            assert!(!page.contains("{{"), "{path} has a blank left:\n{page}");
        }
        let manifest: toml::Table = read(WORKSPACE).parse().unwrap();
        let path = &manifest["workspace"]["dependencies"]["welfare-check-web"]["path"];
        assert_eq!(path.as_str(), Some("capabilities/welfare-check/web"));
        let text = read(WORKSPACE);
        let members: Vec<_> = text.lines().filter(|line| is_member(line)).map(key).collect();
        assert!(members.is_sorted(), "{members:?}");
        assert!(read(ROOF).contains("call-web.workspace = true\nwelfare-check-web.workspace"));
        let list = read(LIST);
        let entries: Vec<_> = list.lines().filter(|line| line.contains("_web::")).collect();
        let entry = |name: &str| format!("        {name}_web::capability(),");
        assert_eq!(entries, ["call", "welfare_check", "zeal"].map(entry));
    }

    #[test]
    fn what_is_laid_out_compiles_and_passes_its_own_tests_and_is_well_formed() {
        let target = cargo::target().unwrap();
        let root = small_house(house::Scratch::at(target.join("scaffold-house")));
        run(&root, "inquiry").unwrap();
        let build = target.join("scaffold");
        let cargo = |arguments: &[&str]| {
            let mut command = cargo::cargo(arguments);
            command.current_dir(&*root).env("CARGO_TARGET_DIR", &build);
            shell::capture(&mut command).unwrap()
        };
        let tested = cargo(&["test", "--offline", "-p", "inquiry", "-p", "inquiry-web"]);
        assert!(tested.contains("3 passed; 0 failed"), "{tested}");
        cargo(&["clippy", "--offline", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        cargo(&["fmt", "-p", "inquiry", "-p", "inquiry-web", "--", "--check"]);
    }

    #[test]
    fn nothing_is_written_for_a_bad_name_or_over_a_capability_that_exists() {
        let root = small_house(house::Scratch::new("refused"));
        for name in ["Call", "", "a--b", "../x", "call-web", "call_log"] {
            assert!(run(&root, name).is_err(), "{name}");
        }
        run(&root, "call").unwrap();
        assert!(run(&root, "call").unwrap_err().contains("exists already"));
    }
}
