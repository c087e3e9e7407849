//! A certificate on paper: for people, with all that a machine needs to verify it left to the
//! file that it names by its hash.

use crate::certificate::Certificate;
use crate::extract::Hash;
use crate::words;
use print::{Document, PrintFault, Table};

/// Names of keys that are printed; all of them stand in the file.
const NAMES_MAX: usize = 200;

/// The printed form as a PDF.
pub fn pdf(certificate: &Certificate) -> Result<Vec<u8>, PrintFault> {
    print::render(&document(certificate))
}

/// The printed form.
pub fn document(certificate: &Certificate) -> Document {
    let statement = &certificate.statement;
    let account = &statement.account;
    let title = "Certificate of erasure";
    let foot = format!("{}, certificate {}", statement.origin, statement.id);
    let mut document = Document::new("en-GB", title, statement.issued_at)
        .subject("What was forgotten, on whose authority, and how that can be checked")
        .footer(&foot)
        .paragraph(
            "What is named below was recorded under keys that were destroyed on their day. \
             Nothing that was sealed under them can be read by anyone, in any copy.",
        )
        .facts([
            ("Certificate", statement.id.clone()),
            ("Service", statement.origin.clone()),
            ("Issued", words::time(statement.issued_at)),
            ("Class", account.class.clone()),
            ("Authority", statement.authority.clone()),
            ("Deadline", words::time(account.deadline)),
            ("Destroyed", words::time(account.erased_at)),
            ("Cleared away", words::time(account.cleared_at)),
        ])
        .section("What went")
        .facts([
            ("Keys", account.gone.keys.to_string()),
            ("Sealed records", account.gone.ciphertexts.to_string()),
            ("Objects", account.gone.objects.to_string()),
            ("Bytes of objects", account.gone.bytes.to_string()),
            ("Kept for a reason", account.kept.to_string()),
        ]);
    document = names(document, certificate);
    document = document
        .section("Clocks by which the time was up")
        .facts(statement.clocks.iter().map(|clock| (clock.name.clone(), words::time(clock.says))));
    let kinds: Vec<&str> = account.scan.kinds.iter().map(String::as_str).collect();
    document = document.section("Search for what might be left").facts([
        ("Searched", kinds.join(", ")),
        ("Files", account.scan.files.to_string()),
        ("Bytes", account.scan.bytes.to_string()),
        ("Pieces looked for", account.scan.needles.to_string()),
        ("Pieces found", account.scan.found.to_string()),
    ]);
    check(document, certificate)
}

fn names(document: Document, certificate: &Certificate) -> Document {
    let names = &certificate.statement.account.names;
    if names.is_empty() {
        return document;
    }
    let document = document.part("Keys, by what they sealed");
    let document = document.list(names.iter().take(NAMES_MAX).cloned());
    if names.len() <= NAMES_MAX {
        return document;
    }
    document.paragraph(&format!("And {} more, in the file.", names.len() - NAMES_MAX))
}

fn check(document: Document, certificate: &Certificate) -> Document {
    let statement = &certificate.statement;
    let rows = statement.journal.events.iter().map(|event| {
        vec![
            event.position.to_string(),
            event.kind.clone(),
            words::time(event.at),
            event.hash().to_string(),
        ]
    });
    let columns = [("Position", 3), ("Event", 5), ("When", 5), ("Hash of the record", 9)];
    document
        .section("How to check it")
        .paragraph(
            "This paper repeats a file. Whoever holds the file can check it without the service \
             and without a network: sightline retention verify FILE --key LINE. The line is the \
             one below, and should also have come another way.",
        )
        .exact(&statement.key)
        .facts([("SHA-256 of the file", Hash::of(certificate.file().as_bytes()).to_string())])
        .part("Events in the journal")
        .table(Table {
            columns: columns.map(|(head, part)| (head.to_owned(), part)).into(),
            rows: rows.collect(),
        })
        .part("The signed checkpoint that holds them")
        .exact(&statement.journal.checkpoint)
        .part("The signature of the file")
        .exact(&certificate.signature)
}
