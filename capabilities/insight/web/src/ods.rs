//! A spreadsheet in the Open Document Format, version 1.3: a sheet a table, texts and numbers,
//! nothing else. The package is a ZIP whose parts are stored as they are; decision
//! 0012-a-spreadsheet-of-our-own says why no library writes it.
//! The first part is `mimetype`, stored, so that the kind of file can be told by its start.

use crate::table::{Shown, Table};
use std::fmt::Write as _;

/// What kind of file it is.
pub(crate) const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" "#,
    r#"manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:version="1.3" "#,
    r#"manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    "</manifest:manifest>",
);

const HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<office:document-content "#,
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">"#,
    "<office:body><office:spreadsheet>",
);

/// The tables as one file.
pub(crate) fn file(tables: &[Table]) -> Vec<u8> {
    let content = content(tables);
    zip(&[
        ("mimetype", KIND.as_bytes()),
        ("META-INF/manifest.xml", MANIFEST.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

fn content(tables: &[Table]) -> String {
    let mut xml = HEAD.to_owned();
    for table in tables {
        let width = table.head.len().max(1);
        // Writing to a text cannot fail.
        let name = escaped(&table.title);
        let _ = write!(xml, r#"<table:table table:name="{name}">"#);
        let _ = write!(xml, r#"<table:table-column table:number-columns-repeated="{width}"/>"#);
        let head = table.head.iter().map(|text| Shown { text: text.clone(), number: None });
        row(&mut xml, &head.collect::<Vec<_>>());
        for cells in &table.rows {
            row(&mut xml, cells);
        }
        xml.push_str("</table:table>");
    }
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    xml
}

fn row(xml: &mut String, cells: &[Shown]) {
    xml.push_str("<table:table-row>");
    for cell in cells {
        let text = escaped(&cell.text);
        let kind = match cell.number {
            Some(number) => format!(r#"office:value-type="float" office:value="{number}""#),
            None => r#"office:value-type="string""#.to_owned(),
        };
        let _ = write!(xml, "<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>");
    }
    xml.push_str("</table:table-row>");
}

/// A text as XML holds it; what no XML may hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter >= ' ' || matches!(letter, '\t' | '\n') => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Midnight of 1 January 1980, the first that a ZIP can say: the same tables give the same file.
const DATE: u16 = 0x21;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut list) = (vec![], vec![]);
    for (name, bytes) in parts {
        let place = file.len() as u32;
        let mut about = vec![];
        // Version 2.0, no flags, stored, time, date, checksum, size twice, length of the name.
        for field in [20_u16, 0, 0, 0, DATE] {
            about.extend(field.to_le_bytes());
        }
        for field in [checksum(bytes), bytes.len() as u32, bytes.len() as u32] {
            about.extend(field.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0_u16.to_le_bytes());

        file.extend(b"PK\x03\x04");
        file.extend(&about);
        file.extend(name.as_bytes());
        file.extend(*bytes);

        list.extend(b"PK\x01\x02");
        list.extend(20_u16.to_le_bytes());
        list.extend(&about);
        // No comment, first disk, no attributes inside or outside.
        list.extend([0; 10]);
        list.extend(place.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (place, length, count) = (file.len() as u32, list.len() as u32, parts.len() as u16);
    file.extend(list);
    file.extend(b"PK\x05\x06");
    file.extend([0; 4]);
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(place.to_le_bytes());
    file.extend([0; 2]);
    file
}

/// CRC-32 as ZIP has it, a bit at a time: the files are small.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_spreadsheet_begins_with_what_it_is() {
        let cell = |text: &str, number| Shown { text: text.into(), number };
        let table = Table {
            id: "t".into(),
            title: "A & B".into(),
            head: vec!["What".into()],
            rows: vec![vec![cell("<5", None)], vec![cell("12", Some(12.0))]],
        };
        let file = file(&[table]);
        assert_eq!(&file[..4], b"PK\x03\x04");
        assert_eq!(&file[30..38], b"mimetype");
        assert_eq!(&file[38..38 + KIND.len()], KIND.as_bytes());
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains(r#"table:name="A &amp; B""#));
        assert!(text.contains("<text:p>&lt;5</text:p>"));
        assert!(text.contains(r#"office:value="12""#));
        assert_eq!(&file[file.len() - 22..file.len() - 18], b"PK\x05\x06");
    }
}
