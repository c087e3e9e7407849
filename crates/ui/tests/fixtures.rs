//! Every official GOV.UK fixture through our renderer, compared by structure.
//! The known misses stand in `fixtures-missed.txt`; the list may only shrink.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use ui::Templates;

const COMPONENTS: &str = "../../web/node_modules/govuk-frontend/dist/govuk/components";

#[derive(Deserialize)]
struct Fixtures {
    component: String,
    fixtures: Vec<Fixture>,
}

#[derive(Deserialize)]
struct Fixture {
    name: String,
    options: serde_json::Value,
    #[serde(default)]
    #[serde(rename = "callBlocks")]
    call_blocks: Option<Vec<String>>,
    html: String,
}

fn every() -> Vec<Fixtures> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMPONENTS);
    let mut files: Vec<_> = std::fs::read_dir(&root)
        .expect("cargo xtask assets has run")
        .filter_map(|entry| Some(entry.ok()?.path().join("fixtures.json")))
        .filter(|path| path.exists())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| std::fs::read(path).expect("it was listed"))
        .map(|bytes| serde_json::from_slice(&bytes).expect("fixtures as we know them"))
        .collect()
}

#[test]
fn official_fixtures_render_to_the_same_structure() {
    let templates = Templates::new(vec![]);
    let mut missed = BTreeSet::new();
    let mut total = 0;
    let verbose = option_env!("FIXTURES_VERBOSE").is_some();
    for set in every() {
        for fixture in &set.fixtures {
            total += 1;
            let blocks = fixture.call_blocks.clone().unwrap_or_default();
            let options = Value::from(Serde(&fixture.options));
            let out = templates.component(&set.component, options, &blocks.concat());
            let same = out.as_ref().is_ok_and(|out| outline(out) == outline(&fixture.html));
            if same {
                continue;
            }
            missed.insert(format!("{}: {}", set.component, fixture.name));
            if verbose {
                println!("== {}: {}\n{}", set.component, fixture.name, fixture.options);
                match out {
                    Ok(out) => println!("{}", difference(&outline(&out), &outline(&fixture.html))),
                    Err(error) => println!("{error:#}"),
                }
            }
        }
    }
    let known: BTreeSet<_> =
        include_str!("fixtures-missed.txt").lines().map(str::to_owned).collect();
    println!("{} of {total} fixtures pass", total - missed.len());
    let new: Vec<_> = missed.difference(&known).collect();
    let fixed: Vec<_> = known.difference(&missed).collect();
    assert!(new.is_empty(), "these no longer pass: {new:#?}");
    assert!(fixed.is_empty(), "take these from tests/fixtures-missed.txt: {fixed:#?}");
}

fn difference(ours: &[String], theirs: &[String]) -> String {
    let first = ours.iter().zip(theirs).enumerate().find(|(_, (left, right))| left != right);
    match first {
        Some((at, (left, right))) => format!("  {at}: ours   {left}\n  {at}: theirs {right}"),
        None => format!("  ours has {} parts, theirs {}", ours.len(), theirs.len()),
    }
}

/// Tags with their attributes in order of name, and text with its space collapsed.
fn outline(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        match rest.find('<') {
            Some(0) => {
                let end = tag_end(rest);
                found.push(tag(&rest[..end]));
                rest = &rest[end..];
            }
            at => {
                let end = at.unwrap_or(rest.len());
                let text = plain(&rest[..end]);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    found.push(text);
                }
                rest = &rest[end..];
            }
        }
    }
    found
}

fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn tag(text: &str) -> String {
    let inner = text.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = BTreeSet::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().unwrap_or('"');
            let inner = &after[1..];
            let close = inner.find(quote).unwrap_or(inner.len());
            value = plain(&inner[..close]).split_whitespace().collect::<Vec<_>>().join(" ");
            rest = inner.get(close + 1..).unwrap_or("");
        }
        attributes.insert(format!("{key}={value:?}"));
    }
    format!("<{name} {}>", attributes.into_iter().collect::<Vec<_>>().join(" "))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&#96;", "`")
        .replace("&amp;", "&")
}
