//! The statement page, twice: as a page that any browser shows without us, and as a tagged PDF.

use evidence_web::{Part, Statement};
use kernel::At;
use print::{Document, PrintFault, Table};
use std::fmt::Write;

/// How wide each column of a table is beside the others.
const WIDTH: u16 = 1;

/// On paper.
pub(super) fn pdf(statement: &Statement, at: At) -> Result<Vec<u8>, PrintFault> {
    let mut document = Document::new("en-GB", &statement.title, at)
        .subject("What was said, recorded and decided, with the package that it lies in")
        .footer(&statement.title);
    for part in &statement.parts {
        document = match part {
            Part::Heading(words) => document.section(words),
            Part::Text(words) => document.paragraph(words),
            Part::Facts(facts) => document.facts(facts.clone()),
            Part::Table(head, rows) => {
                let columns = head.iter().map(|cell| (cell.clone(), WIDTH)).collect();
                document.table(Table { columns, rows: rows.clone() })
            }
        };
    }
    print::render(&document)
}

/// On a screen: one file, no script, nothing from elsewhere.
pub(super) fn html(statement: &Statement) -> String {
    let title = escaped(&statement.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n"
    );
    for part in &statement.parts {
        // Writing to a string cannot fail.
        let _ = match part {
            Part::Heading(words) => writeln!(page, "<h2>{}</h2>", escaped(words)),
            Part::Text(words) => writeln!(page, "<p>{}</p>", escaped(words)),
            Part::Facts(facts) => writeln!(page, "<dl>{}</dl>", pairs(facts)),
            Part::Table(head, rows) => writeln!(page, "{}", table(head, rows)),
        };
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn pairs(facts: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| {
        format!("<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value))
    };
    facts.iter().map(pair).collect()
}

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let head: String =
        head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escaped(cell))).collect();
    let row = |row: &Vec<String>| {
        let cells: String = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
}

/// Text as text, whatever somebody typed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{html, pdf};
    use evidence_web::{Part, Statement};
    use kernel::At;

    #[test]
    fn what_somebody_typed_is_text_on_the_page_and_prints() {
        let statement = Statement {
            title: "Statement".into(),
            parts: vec![
                Part::Heading("First account".into()),
                Part::Text("<script>alert('x')</script> & more".into()),
                Part::Facts(vec![("Person".into(), "\"Ama\" Example".into())]),
                Part::Table(vec!["A".into(), "B".into()], vec![vec!["<b>".into(), "2".into()]]),
            ],
        };
        let page = html(&statement);
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
        assert!(page.contains("&quot;Ama&quot;") && page.contains("<td>&lt;b&gt;</td>"));
        assert!(pdf(&statement, At(0)).unwrap().starts_with(b"%PDF-"));
    }
}
