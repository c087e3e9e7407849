//! Builds web/dist/: templates, styles and scripts for the browser. Does nothing when nothing
//! that goes in has changed.

use crate::{Outcome, house, node, shell};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Where what goes in is looked for.
const INPUTS: &[&str] = &["web", "locales"];
/// What is made, never read.
const MADE: &[&str] = &["node_modules", "dist", "dist.new", "dist.old"];

/// Builds what has to be built.
pub(crate) fn run() -> Outcome {
    let root = house::root();
    if !root.join("web/build.mjs").exists() {
        println!("web/build.mjs is not there yet: no assets to build.");
        return Ok(());
    }
    node::install("web")?;
    let inputs = fingerprint(&root, INPUTS)?;
    let stamp = root.join("web/node_modules/.sightline-inputs");
    let same = std::fs::read_to_string(&stamp).is_ok_and(|had| had == inputs);
    if same && root.join("web/dist/manifest.json").exists() {
        println!("The assets are up to date.");
        return Ok(());
    }
    shell::run(shell::command("node").arg("build.mjs").current_dir(root.join("web")))?;
    shell::write(&stamp, &inputs)
}

/// One number for the names and bytes of every file under `folders`.
fn fingerprint(root: &Path, folders: &[&str]) -> Outcome<String> {
    let mut files = BTreeMap::new();
    for folder in folders {
        collect(&root.join(folder), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    let cannot = |e: std::io::Error| format!("{} cannot be read: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if MADE.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            let bytes = std::fs::read(&path).map_err(cannot)?;
            files.insert(path.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_names_and_bytes_but_not_what_is_made() {
        let folder = crate::house::Scratch::new("fingerprint");
        let print = || fingerprint(&folder, &["web"]).unwrap();
        shell::write(&folder.join("web/src/a.ts"), "1").unwrap();
        let first = print();
        shell::write(&folder.join("web/node_modules/b.js"), "2").unwrap();
        shell::write(&folder.join("web/dist/c.js"), "3").unwrap();
        assert_eq!(print(), first);
        shell::write(&folder.join("web/src/a.ts"), "4").unwrap();
        let second = print();
        assert_ne!(second, first);
        std::fs::rename(folder.join("web/src/a.ts"), folder.join("web/src/b.ts")).unwrap();
        assert_ne!(print(), second);
    }
}
