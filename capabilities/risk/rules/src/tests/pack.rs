//! Packs of questions: what they point at, and what is wrong with a broken one.

use super::*;
use crate::{Cluster, Rule};

const TEXT: &str = include_str!("../../../../../instruments/demonstration.toml");

fn faults_of(text: &str) -> Vec<(Rule, Option<usize>)> {
    let pack: Instrument = toml::from_str(text).unwrap();
    pack.faults().iter().map(|fault| (fault.rule, fault.line(text))).collect()
}

/// The demonstration with one thing changed, and the line of the first change.
fn broken(from: &str, to: &str) -> (String, usize) {
    let text = TEXT.replacen(from, to, 1);
    assert_ne!(text, TEXT, "{from}");
    let same = TEXT.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
    (text, same + 1)
}

#[test]
fn the_demonstration_holds_together_and_looks_at_every_cluster() {
    let pack = demonstration();
    assert_eq!(pack.faults(), []);
    assert_eq!(pack.silent_clusters(), []);
    assert_eq!(pack.languages, ["en", "cy"]);
}

#[test]
fn each_rule_that_a_pack_breaks_is_named_with_its_place() {
    let table = [
        ("id = \"hurt_worse\"", "id = \"hurt\"", Rule::DuplicateId, true),
        ("id = \"hurt_worse\"", "id = \"Hurt Worse\"", Rule::PlainId, true),
        ("after = \"hurt\"", "after = \"nothing\"", Rule::SkipMissing, false),
        ("after = \"hurt\"", "after = \"breath\"", Rule::SkipLater, false),
        ("after = \"hurt\"", "after = \"hurt_worse\"", Rule::SkipCircle, false),
        ("scale = \"how_afraid\"", "scale = \"gone\"", Rule::ScaleMissing, false),
        ("counts = [\"no\"]", "counts = [\"often\"]", Rule::CodeUnknown, false),
        ("cluster = \"fear\"", "cluster = \"worry\"", Rule::ClusterUnknown, false),
        ("of = [\"breath\"]", "of = [\"gone\"]", Rule::FlagQuestion, false),
        ("id = \"worse\"", "id = \"breath\"", Rule::DuplicateId, true),
        ("of = [\"breath\"]", "of = []", Rule::FlagNever, false),
        ("version = 2", "version = 0", Rule::Version, false),
        ("name = \"demonstration\"", "name = \"Our Pack\"", Rule::PlainId, false),
        ("languages = [\"en\", \"cy\"]", "languages = []", Rule::Languages, false),
        ("languages = [\"en\", \"cy\"]", "languages = [\"en\"]", Rule::LanguageUnknown, false),
        (
            "languages = [\"en\", \"cy\"]",
            "languages = [\"en\", \"cy\", \"pl\"]",
            Rule::LanguageMissing,
            false,
        ),
        ("is = [\"not\"]", "is = [\"often\"]", Rule::CodeUnknown, false),
        ("question = \"hurt\", is", "question = \"gone\", is", Rule::ContradictionSides, false),
        ("code = \"no\"", "code = \"declined\"", Rule::PlainId, false),
        ("code = \"no\"", "code = \"maybe\"", Rule::ScaleOfItsKind, false),
    ];
    for (from, to, rule, on_the_line) in table {
        let (text, line) = broken(from, to);
        let found = faults_of(&text);
        let one = found.iter().find(|(found, _)| *found == rule);
        let (_, at) = one.unwrap_or_else(|| panic!("{to}: {found:?}"));
        if on_the_line {
            assert_eq!(*at, Some(line), "{to}");
        }
    }
}

#[test]
fn a_fault_says_the_line_of_its_question_in_toml_and_in_json() {
    let (text, _) = broken("after = \"hurt\"", "after = \"nothing\"");
    let line = text.lines().position(|line| line == "id = \"hurt_worse\"").unwrap() + 1;
    let pack: Instrument = toml::from_str(&text).unwrap();
    let fault = &pack.faults()[0];
    assert_eq!(fault.line(&text), Some(line));
    assert_eq!(
        fault.to_string(),
        "question hurt_worse: its skip rule names nothing, which is not there (skip-missing)"
    );
    let json = serde_json::to_string_pretty(&pack).unwrap();
    let same: Instrument = serde_json::from_str(&json).unwrap();
    assert_eq!(same, pack, "TOML and JSON have the same fields");
    let line = json.lines().position(|line| line.contains("\"id\": \"hurt_worse\"")).unwrap() + 1;
    assert_eq!(fault.line(&json), Some(line));
}

#[test]
fn every_fault_of_a_pack_is_found_at_once() {
    let text = TEXT
        .replacen("after = \"hurt\"", "after = \"nothing\"", 1)
        .replacen("cluster = \"fear\"", "cluster = \"worry\"", 1)
        .replacen(", cy = \"Heno\"", "", 1);
    let rules: BTreeSet<_> = faults_of(&text).into_iter().map(|(rule, _)| rule).collect();
    let all = [Rule::LanguageMissing, Rule::SkipMissing, Rule::ClusterUnknown];
    assert_eq!(rules, BTreeSet::from(all));
}

#[test]
fn an_empty_scale_and_an_empty_section_are_faults() {
    let mut pack = demonstration();
    pack.scale[1].step.clear();
    pack.section[0].question.clear();
    let rules: BTreeSet<_> = pack.faults().iter().map(|fault| fault.rule).collect();
    assert!(rules.contains(&Rule::EmptyScale) && rules.contains(&Rule::EmptySection));
    pack.section.clear();
    assert!(pack.faults().iter().any(|fault| fault.rule == Rule::EmptySection));
}

#[test]
fn answers_that_belong_together_raise_a_flag_and_nothing_else() {
    let pack = demonstration();
    let raised = |answers: &[(&'static str, &'static str)]| {
        let values = answers.iter().copied().collect();
        pack.raised(&values).iter().filter_map(|f| Cluster::of(&f.cluster)).collect::<Vec<_>>()
    };
    assert_eq!(raised(&[]), []);
    assert_eq!(raised(&[("apart", "yes"), ("decides_for_you", "once")]), []);
    let control = [("apart", "yes"), ("decides_for_you", "often")];
    assert_eq!(raised(&control), [Cluster::SeparationWithControl]);
    assert_eq!(raised(&[("what_you_fear", "for_life")]), [Cluster::Fear]);
    assert_eq!(raised(&[("children_home", "yes"), ("child_says", "daily")]), [Cluster::Children]);
    assert_eq!(raised(&[("somebody_near", "no")]), [], "it counts, and no flag looks at it");
}

#[test]
fn a_question_is_asked_once_the_one_before_it_has_an_answer_that_counts() {
    let pack = demonstration();
    let later = pack.question("others_for_him").unwrap();
    let asked = |code| pack.is_asked(later, &[("turns_up", code)].into_iter().collect());
    assert_eq!([asked("never"), asked("once"), asked("sometimes")], [false, false, true]);
    assert!(!pack.is_asked(later, &BTreeMap::new()));
    let open = pack.unanswered(&BTreeMap::new());
    let more = pack.unanswered(&[("turns_up", "often")].into_iter().collect());
    assert_eq!(more, open - 1 + 3, "three follow");
}

#[test]
fn an_answer_that_its_skip_rule_excludes_contradicts() {
    let pack = demonstration();
    let values = [("turns_up", "never"), ("after_no", "yes")].into_iter().collect();
    let found = pack.contrary(&values);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].id.as_str(), found[0].questions),
        ("follow-after_no", ["turns_up", "after_no"])
    );
}
