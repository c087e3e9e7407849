//! The linter against our own templates, against every blocked word dressed up in every way we
//! could think of, and against texts a force might write.

use super::*;
use proptest::prelude::*;

fn origin() -> Origin {
    Origin::parse("https://video-call.example.org").unwrap()
}

fn faults(text: &str) -> Vec<Fault> {
    let origin = origin();
    let found = Rules::new(&origin, &["Ambridge".to_owned()]).text(Language::En, "t", text);
    found.into_iter().map(|finding| finding.fault).collect()
}

fn tells(text: &str) -> bool {
    faults(text).iter().any(|fault| matches!(fault, Fault::TellingWord(_)))
}

#[test]
fn every_template_of_ours_passes() {
    let origin = origin();
    let rules = Rules::new(&origin, &[]);
    let found: Vec<_> = Sheet::house().iter().flat_map(|sheet| rules.sheet(sheet)).collect();
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{shown:#?}");
}

#[test]
fn english_and_welsh_fit_one_text_on_a_host_of_28_characters() {
    let origin = Origin::parse("https://videocall.ourforce.police.uk").unwrap();
    let rules = Rules::new(&origin, &[]);
    for sheet in Sheet::house() {
        if let Language::En | Language::Cy = sheet.language {
            for (name, text) in &sheet.texts {
                assert_eq!(rules.text(Language::En, name, text), [], "{name}");
            }
        }
    }
    assert_eq!(rules.host_tells(), ["polic"], "advice, because a force may have no other");
}

#[test]
fn no_blocked_word_hides_in_any_template_however_it_is_dressed() {
    let origin = origin();
    let rules = Rules::new(&origin, &[]);
    let is_found = |mutated: &str| !rules.telling(&without_placeholders(mutated)).is_empty();
    let texts: Vec<_> = Sheet::house().into_iter().flat_map(|sheet| sheet.texts).collect();
    for (index, entry) in blocked::every().enumerate() {
        let word = entry.trim_start_matches('=');
        // Every way of dressing with one text or another; every place in it.
        for (way, dressed) in dress(word).iter().enumerate() {
            let (name, text) = &texts[(index + way) % texts.len()];
            for mutated in [format!("{dressed} {text}"), format!("{text} {dressed}")] {
                assert!(is_found(&mutated), "“{mutated}” got through in {name} with {entry}");
            }
        }
    }
    for (name, text) in &texts {
        for (place, _) in text.match_indices(' ') {
            let (head, tail) = text.split_at(place);
            let mutated = format!("{head} officer{tail}");
            assert!(is_found(&mutated), "“{mutated}” got through in {name}");
        }
    }
}

/// Ways of writing one word.
fn dress(word: &str) -> Vec<String> {
    let mut ways = vec![
        word.to_owned(),
        word.to_uppercase(),
        format!("({word})"),
        format!("“{word}”,"),
        format!("\u{200b}{word}"),
    ];
    if !word.contains(' ') {
        let middle = word.char_indices().nth(1).map_or(0, |(at, _)| at);
        let (head, tail) = word.split_at(middle);
        ways.extend(
            ["-", "\u{ad}", "\u{200d}", ".", "\u{301}"].map(|s| format!("{head}{s}{tail}")),
        );
    }
    ways
}

#[test]
fn telling_words_are_found_in_disguise() {
    for text in [
        "Kent Police",
        "P0L1CE",
        "p o l i c e",
        "рolice",
        "ｐｏｌｉｃｅ",
        "pólice",
        "Call 999",
        "call 101 now",
        "the control room",
        "Women's Aid",
        "your ex-husband",
        "yr heddlu",
        "gan y trais",
        "am drais",
        "Policja",
        "przemocy",
        "آپ محفوظ ہیں",
        "پوليس",
        "greetings from Ambridge",
    ] {
        assert!(tells(text), "{text}");
    }
    for text in ["at 10:19", "in 1015 days", "excellent", "Thank you", "a computer", "syllabus"] {
        assert!(!tells(text), "{text}: {:?}", faults(text));
    }
}

#[test]
fn only_our_own_placeholders_may_stand_in_a_text() {
    assert_eq!(faults("Hi ((first_name))"), [Fault::PersonalPlaceholder("first_name".into())]);
    assert_eq!(faults("Hi ((Enw))"), [Fault::PersonalPlaceholder("Enw".into())]);
    assert_eq!(faults("Hi ((colour))"), [Fault::UnknownPlaceholder("colour".into())]);
    assert_eq!(faults("Hi (( link ))"), [Fault::UnknownPlaceholder(" link ".into())]);
    assert_eq!(faults("Go ((link)) or ((link))").first(), Some(&Fault::SecondLink));
    for text in ["Hi ((link", "Hi link))", "Hi {link}", "Hi {{link}}"] {
        assert!(faults(text).contains(&Fault::LooseBracket), "{text}");
    }
    assert_eq!(faults("Here (as agreed): ((link))"), []);
}

#[test]
fn no_link_is_written_out_and_none_arises_by_accident() {
    for text in [
        "See https://bit.ly/abc",
        "See HTTP://x",
        "See www.example.org",
        "See bit.ly/abc",
        "See example.org.",
        "Done.Thanks",
        "write to a@example.org",
        "See example。org",
        "See https://video-call.example.org/j ((link))",
    ] {
        let found = faults(text);
        assert!(found.iter().any(|f| matches!(f, Fault::ForeignLink(_))), "{text}: {found:?}");
    }
    for text in ["Yes... then", "at 9.30", "e.g. now", "one. Two. Three."] {
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn a_text_in_english_is_one_text_of_the_networks_alphabet() {
    assert_eq!(faults(&"a ".repeat(80)), []);
    assert_eq!(faults(&"a ".repeat(81)), [Fault::TooLong { parts: 2, allowed: 1 }]);
    assert_eq!(faults("Thank you ✓"), [Fault::OutsideGsm('✓')]);
    assert_eq!(faults("  "), [Fault::Empty]);
    assert!(faults("a\u{202e}b").contains(&Fault::Unseen('\u{202e}')));
    let long = format!("{} ((link))", "a ".repeat(50));
    assert_eq!(faults(&long), [Fault::TooLong { parts: 2, allowed: 1 }], "with its link");
}

#[test]
fn a_subject_or_a_sender_is_one_neutral_line() {
    let origin = origin();
    let rules = Rules::new(&origin, &[]);
    assert_eq!(rules.line(Language::En, "sender", "Video call"), []);
    assert_eq!(rules.line(Language::En, "sender", "Kent Police").len(), 1);
    assert_eq!(rules.line(Language::En, "subject", "Your ((link))").len(), 1);
    assert_eq!(rules.line(Language::En, "subject", &"a ".repeat(40)).len(), 1);
    assert_eq!(rules.line(Language::En, "subject", "a\nBcc: b").len(), 1);
}

proptest! {
    #[test]
    fn no_text_at_all_makes_the_linter_panic(text in ".*", open in "[(){} a.]{0,20}") {
        let _ = faults(&text);
        let _ = faults(&format!("{open}{text}{open}"));
    }

    #[test]
    fn placeholders_are_found_wherever_they_stand(before in "[a-z ]*", after in "[a-z ]*") {
        let text = format!("{before}((link)){after}");
        prop_assert_eq!(placeholders(&text), ["link"]);
        prop_assert_eq!(without_placeholders(&text), format!("{before} {after}"));
    }
}
