//! A row of a file for a spreadsheet. A cell never becomes a formula there, whatever it holds.

/// One line: cells quoted, formulas disarmed, ended as RFC 4180 says.
pub fn line<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(cell.as_ref())).collect();
    cells.join(",") + "\r\n"
}

/// A cell that begins like a formula gets an apostrophe in front, as spreadsheets understand it.
fn quoted(cell: &str) -> String {
    let guard = match cell.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '|' | '%') => "'",
        _ if cell.starts_with(['\t', '\r', '\n']) => "'",
        _ => "",
    };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        for wicked in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "|cmd", "%a", "\r=1"] {
            assert!(line([wicked]).starts_with("\"'"), "{wicked:?}");
        }
        assert_eq!(line(["plain", "incident/00"]), "\"plain\",\"incident/00\"\r\n");
    }

    #[test]
    fn quotes_and_commas_stay_in_their_cell() {
        assert_eq!(line(["a \"b\", c", ""]), "\"a \"\"b\"\", c\",\"\"\r\n");
    }
}
