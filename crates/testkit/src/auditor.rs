//! What every page must hold to, checked on each answer that any test fetches. Nobody writes
//! these tests, and nobody can forget them.

use crate::Answer;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// Audits one answer; panics with the address and the rule that it breaks.
#[track_caller]
pub fn audit(answer: &Answer) {
    let header = |name: &str| {
        answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    let hold = |holds: bool, rule: &str| assert!(holds, "{}: {rule}", answer.path);
    if !answer.path.starts_with("/assets/") {
        hold(header("cache-control").contains("no-store"), "every answer says no-store");
    }
    hold(header("referrer-policy") == "no-referrer", "every answer says no-referrer");
    let policy = header("content-security-policy");
    hold(policy.contains("default-src 'none'"), "every answer has a content policy");
    hold(!policy.contains("unsafe"), "the content policy has no unsafe word");
    hold(!answer.path.contains("07700"), "no telephone number in an address");
    if let Some(location) = &answer.location {
        hold(!location.contains('@') && !location.contains("07700"), "nobody in a redirect");
    }
    if !header("content-type").starts_with("text/html") {
        return;
    }
    let whole = answer.body.trim_start().to_lowercase().starts_with("<!doctype html>");
    let html =
        if whole { Html::parse_document(&answer.body) } else { Html::parse_fragment(&answer.body) };
    if whole {
        page(answer, &html);
    }
    parts(answer, &html);
}

#[track_caller]
fn page(answer: &Answer, html: &Html) {
    let hold = |holds: bool, rule: &str| assert!(holds, "{}: {rule}", answer.path);
    hold(count(html, "html[lang]") == 1, "the page names its language");
    hold(count(html, "h1") == 1, "the page has exactly one h1");
    hold(count(html, "main") == 1, "the page has exactly one main");
    hold(count(html, "meta[name=viewport]") == 1, "the page fits a phone");
    let title = text(html, "title");
    hold(!title.is_empty(), "the page has a title");
    let summary = count(html, ".govuk-error-summary") > 0;
    // In the language of the page; the public pages speak two.
    let says = ["Error:", "Gwall:"].iter().any(|prefix| title.starts_with(prefix));
    hold(!summary || says, "an error summary puts Error: in the title");
    hold(count(html, "a[href=\"#main\"], a[href=\"#main-content\"]") > 0, "there is a skip link");
}

#[track_caller]
fn parts(answer: &Answer, html: &Html) {
    let hold = |holds: bool, rule: &str| assert!(holds, "{}: {rule}", answer.path);
    let mut seen = BTreeSet::new();
    for element in all(html, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        hold(seen.insert(id.to_owned()), &format!("the id {id} stands twice"));
    }
    for element in all(html, "*") {
        let inline = element.value().attrs().any(|(name, _)| name.starts_with("on"));
        hold(!inline, "no inline handler");
        hold(element.attr("style").is_none(), "no inline style");
    }
    for script in all(html, "script") {
        let data = script.attr("type").is_some_and(|kind| kind.contains("json"));
        hold(script.attr("nonce").is_some() || data, "every script carries the nonce");
    }
    for link in all(html, "a[href], form[action]") {
        let to = link.attr("href").or(link.attr("action")).unwrap_or_default();
        hold(!to.contains("07700") || to.starts_with("tel:"), "no person in an address");
    }
    for input in all(html, "input, select, textarea") {
        hold(labelled(html, &input), &format!("a field without a label: {}", input.html()));
    }
    for image in all(html, "img") {
        hold(image.attr("alt").is_some(), "every picture says what it is");
    }
    for form in all(html, "form") {
        let dialog = form.attr("method") == Some("dialog");
        hold(dialog || form.attr("action").is_some(), "every form says where it goes");
    }
    for button in all(html, "button") {
        let named = !button.text().collect::<String>().trim().is_empty()
            || button.attr("aria-label").is_some();
        hold(named, "every button has a name");
    }
}

fn labelled(html: &Html, input: &ElementRef<'_>) -> bool {
    let kind = input.attr("type").unwrap_or("text");
    if matches!(kind, "hidden" | "submit" | "button") {
        return true;
    }
    if input.attr("aria-label").is_some() || input.attr("aria-labelledby").is_some() {
        return true;
    }
    let wrapped =
        input.ancestors().filter_map(ElementRef::wrap).any(|e| e.value().name() == "label");
    let id = input.attr("id").unwrap_or_default();
    wrapped || all(html, "label[for]").iter().any(|label| label.attr("for") == Some(id))
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a CSS selector")).collect()
}

fn count(html: &Html, selector: &str) -> usize {
    all(html, selector).len()
}

fn text(html: &Html, selector: &str) -> String {
    all(html, selector)
        .first()
        .map(|e| e.text().collect::<String>().trim().to_owned())
        .unwrap_or_default()
}
