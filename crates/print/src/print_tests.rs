//! Prints documents and reads them back with another library: the words, the structure, the
//! language, the fonts; and the same bytes for the same document.

use super::*;
use kernel::At;
use lopdf::{Document as Read, Object};
use proptest::prelude::*;

/// 1 March 2026, noon.
const CREATED: At = At::from_seconds(1_772_366_400);

fn whole() -> Document {
    Document::new("en-GB", "Certificate of erasure", CREATED)
        .subject("What was forgotten, and how that can be checked")
        .footer("force.example, certificate 1")
        .section("What went")
        .paragraph(
            "Llanfairpwll \u{175}\u{177} and Za\u{17c}\u{f3}\u{142}\u{107} \
             g\u{119}\u{15b}l\u{105} ja\u{17a}\u{144}.",
        )
        .facts([("Class", "disclosure-recording"), ("Kept for", "30 days")])
        .part("Streams")
        .table(Table {
            columns: vec![("Stream".into(), 3), ("Bytes".into(), 1)],
            rows: vec![vec!["recording/1".into(), "4096".into()], vec!["recording/2".into()]],
        })
        .list(["First point", "Second point"])
        .exact("line one\n\n  line two")
}

fn text(pdf: &[u8]) -> String {
    let read = Read::load_mem(pdf).unwrap();
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    let text = read.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of all structure elements, in no order.
fn roles(pdf: &[u8]) -> Vec<String> {
    let read = Read::load_mem(pdf).unwrap();
    let elements = read.objects.values().filter_map(|object| object.as_dict().ok());
    let elements = elements.filter(|dict| dict.has(b"S") && dict.has(b"P"));
    let name = |object: &Object| String::from_utf8_lossy(object.as_name().unwrap()).into_owned();
    elements.map(|dict| name(dict.get(b"S").unwrap())).collect()
}

#[test]
fn the_words_of_a_document_can_be_read_back() {
    let text = text(&render(&whole()).unwrap());
    for words in [
        "Certificate of erasure",
        "Llanfairpwll \u{175}\u{177} and Za\u{17c}\u{f3}\u{142}\u{107} g\u{119}\u{15b}l\u{105}",
        "disclosure-recording",
        "recording/2",
        "Second point",
        "line two",
        "force.example, certificate 1",
        "Page 1/1",
    ] {
        assert!(text.contains(words), "{words:?} in {text:?}");
    }
}

#[test]
fn a_document_is_tagged_and_says_its_language_and_title() {
    let pdf = render(&whole()).unwrap();
    let roles = roles(&pdf);
    for role in ["H1", "H2", "H3", "P", "Table", "THead", "TH", "TD", "L", "LI", "LBody", "Code"] {
        assert!(roles.iter().any(|r| r == role), "{role} in {roles:?}");
    }
    let read = Read::load_mem(&pdf).unwrap();
    let catalog = read.catalog().unwrap();
    assert!(catalog.has(b"StructTreeRoot"));
    assert!(catalog.has(b"MarkInfo"));
    assert!(catalog.has(b"Outlines"));
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    let bytes = String::from_utf8_lossy(&pdf);
    assert!(bytes.contains("pdfuaid:part"), "it says that it keeps PDF/UA");
    assert!(bytes.contains("2026-03-01"), "it bears the date that it was given");
}

#[test]
fn the_fonts_are_inside() {
    let pdf = render(&whole()).unwrap();
    let read = Read::load_mem(&pdf).unwrap();
    let dictionaries = || read.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts = dictionaries().filter(|dict| dict.has(b"FontName"));
    assert_eq!(fonts.clone().count(), 3);
    assert!(fonts.clone().all(|dict| dict.has(b"FontFile2") || dict.has(b"FontFile3")));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(render(&whole()).unwrap(), render(&whole()).unwrap());
    let later = Document { created: At(CREATED.0 + 1_000_000), ..whole() };
    assert_ne!(render(&later).unwrap(), render(&whole()).unwrap());
}

#[test]
fn long_documents_turn_their_pages_and_repeat_the_heads_of_tables() {
    let rows = (0..200).map(|n| vec![format!("row{n}"), "x ".repeat(60)]).collect();
    let columns = vec![("Name".into(), 1), ("Words".into(), 2)];
    let long = whole().table(Table { columns, rows }).paragraph(&"word ".repeat(4000));
    let pdf = render(&long).unwrap();
    let pages = Read::load_mem(&pdf).unwrap().get_pages().len();
    assert!(pages > 10, "{pages}");
    let text = text(&pdf);
    assert!(text.contains(&format!("Page {pages}/{pages}")));
    assert!(text.matches("Name Words").count() > 3);
    assert!((0..200).all(|n| text.contains(&format!("row{n} "))));
    // The head is read once: what is repeated is decoration.
    assert_eq!(roles(&pdf).iter().filter(|role| *role == "THead").count(), 2);
}

#[test]
fn what_cannot_be_printed_is_shown_as_unknown_and_never_left_out() {
    let hostile = "a\u{202E}b\u{0}c\u{4e2d}d\u{E000}e";
    let text = text(&render(&Document::new("en", hostile, CREATED).paragraph(hostile)).unwrap());
    assert!(text.contains("a\u{FFFD}b c\u{FFFD}d\u{FFFD}e"), "{text:?}");
}

#[test]
fn words_from_right_to_left_stand_in_their_order() {
    let faces = face::Faces::new();
    let runs = faces.runs(face::Style::Plain, "abc \u{5d0}\u{5d1} def");
    let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(texts, ["abc ", "\u{5d0}\u{5d1}", " def"]);
    assert_eq!(runs[1].glyphs[0].text_range, 2..4, "the last letter is drawn first");
}

#[test]
fn a_word_longer_than_the_page_is_broken_and_whole() {
    let word = "0123456789abcdef".repeat(40);
    let read = text(&render(&Document::new("en", "T", CREATED).exact(&word)).unwrap());
    assert!(read.replace(' ', "").contains(&word));
}

#[test]
fn what_is_over_a_limit_is_refused() {
    let table = |columns: usize, cells: usize| Table {
        columns: vec![("h".into(), 1); columns],
        rows: vec![vec!["c".into(); cells]],
    };
    let with = |table| render(&Document::new("en", "T", CREATED).table(table));
    assert!(with(table(8, 8)).is_ok());
    for (columns, cells) in [(9, 1), (0, 0), (2, 3)] {
        assert!(matches!(with(table(columns, cells)), Err(PrintFault::Table)));
    }
    let long = Document::new("en", "T", CREATED).paragraph(&"x".repeat(limits::TEXT_BYTES_MAX));
    assert!(matches!(render(&long), Err(PrintFault::TooLong(_))));
    let untitled = Document::new("en", " \n", CREATED).paragraph("words");
    assert!(matches!(render(&untitled), Err(PrintFault::Untitled)));
    let foot = Document::new("en", "T", CREATED).footer(&"foot ".repeat(200));
    assert!(matches!(render(&foot), Err(PrintFault::TooLong(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_text_is_printed(
        title in "\\PC{1,20}",
        body in any::<String>(),
        cell in any::<String>(),
    ) {
        let columns = vec![(cell.clone(), 1), (body.clone(), 2)];
        let document = Document::new("en", &format!("T{title}"), CREATED)
            .section(&body)
            .paragraph(&body)
            .facts([(cell.clone(), body.clone())])
            .table(Table { columns, rows: vec![vec![cell.clone(), body.clone()]] })
            .list([cell.clone()])
            .exact(&body);
        prop_assert!(render(&document).is_ok());
    }
}
