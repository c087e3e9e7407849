//! Puts the blocks on pages: where each piece of text and each rule stands, and what it is. It
//! draws nothing; `render` does.

use crate::document::{Block, Document, Level, Table};
use crate::face::{Faces, Style};
use crate::lines::{Type, exact, flow};
use crate::structure::{Kind, Node, Piece, ROOT, Structure};
use crate::{PrintFault, limits};

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
pub(crate) const MARGIN: f32 = 56.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Where text ends and the foot begins.
const FLOOR: f32 = PAGE.1 - MARGIN - 16.0;

const TITLE: Type = Type { style: Style::Bold, size: 19.0 };
const SECTION: Type = Type { style: Style::Bold, size: 13.0 };
const PART: Type = Type { style: Style::Bold, size: 10.5 };
const TEXT: Type = Type { style: Style::Plain, size: 9.5 };
const HEAD: Type = Type { style: Style::Bold, size: 9.5 };
const EXACT: Type = Type { style: Style::Mono, size: 8.0 };
pub(crate) const FOOT: Type = Type { style: Style::Plain, size: 8.0 };

/// Between blocks.
const GAP: f32 = 8.0;
/// Around the text of a table's cell.
const PAD: f32 = 3.0;
/// A list's points are set in.
const INDENT: f32 = 14.0;

/// A piece of text on a page.
pub(crate) struct Placed {
    pub(crate) x: f32,
    /// Of its base line.
    pub(crate) y: f32,
    pub(crate) set: Type,
    pub(crate) text: String,
    /// Its place in the structure; decoration has none.
    pub(crate) piece: Option<Piece>,
}

/// One page.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) placed: Vec<Placed>,
    /// Heights of rules across the page.
    pub(crate) rules: Vec<f32>,
}

/// A heading, for the outline.
pub(crate) struct Mark {
    pub(crate) level: u16,
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// Everything in its place.
pub(crate) struct Layout {
    pub(crate) pages: Vec<Page>,
    pub(crate) structure: Structure,
    pub(crate) pieces: usize,
    pub(crate) marks: Vec<Mark>,
}

/// A cell of a row about to be set.
struct Cell {
    x: f32,
    set: Type,
    lines: Vec<String>,
    node: Option<Node>,
}

struct Setter<'a> {
    faces: &'a Faces,
    layout: Layout,
    y: f32,
}

/// Sets the document.
pub(crate) fn layout(faces: &Faces, document: &Document) -> Result<Layout, PrintFault> {
    if document.bytes() > limits::TEXT_BYTES_MAX {
        return Err(PrintFault::TooLong("more text than a document holds"));
    }
    let empty = Layout {
        pages: vec![Page::default()],
        structure: Structure::new(),
        pieces: 0,
        marks: Vec::new(),
    };
    let mut setter = Setter { faces, layout: empty, y: MARGIN };
    setter.heading(1, TITLE, &document.title)?;
    for block in &document.blocks {
        setter.block(block)?;
        setter.y += GAP;
    }
    Ok(setter.layout)
}

impl Setter<'_> {
    fn block(&mut self, block: &Block) -> Result<(), PrintFault> {
        match block {
            Block::Heading(Level::Section, text) => self.heading(2, SECTION, text),
            Block::Heading(Level::Part, text) => self.heading(3, PART, text),
            Block::Paragraph(text) => {
                let node = self.layout.structure.add(ROOT, Kind::Paragraph);
                let lines = flow(self.faces, TEXT, text, WIDTH);
                self.lines(MARGIN, TEXT, lines, node)
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::List(points) => self.list(points),
            Block::Exact(text) => self.exact(text),
        }
    }

    fn heading(&mut self, level: u16, set: Type, text: &str) -> Result<(), PrintFault> {
        // A heading of nothing would be read out as one.
        if text.trim().is_empty() {
            return if level == 1 { Err(PrintFault::Untitled) } else { Ok(()) };
        }
        let lines = flow(self.faces, set, text, WIDTH);
        let above = if level == 1 { 0.0 } else { set.size * 0.6 };
        // A heading stands with two lines of what it opens.
        let height = above + lines.len() as f32 * set.leading() + 2.0 * TEXT.leading();
        self.keep(height)?;
        self.y += above;
        let text = lines.concat().trim_end().to_owned();
        let page = self.layout.pages.len() - 1;
        self.layout.marks.push(Mark { level, text: text.clone(), page, y: self.y });
        let node = self.layout.structure.add(ROOT, Kind::Heading(level, text));
        self.lines(MARGIN, set, lines, node)?;
        if level == 1 {
            self.y += GAP;
        }
        Ok(())
    }

    fn list(&mut self, points: &[String]) -> Result<(), PrintFault> {
        if points.is_empty() {
            return Ok(());
        }
        let list = self.layout.structure.add(ROOT, Kind::List);
        for point in points {
            self.keep(TEXT.leading())?;
            let item = self.layout.structure.add(list, Kind::Item);
            let label = self.layout.structure.add(item, Kind::Label);
            let top = self.y;
            self.place(MARGIN + 2.0, top, TEXT, "\u{2022} ".to_owned(), Some(label));
            let body = self.layout.structure.add(item, Kind::Body);
            let lines = flow(self.faces, TEXT, point, WIDTH - INDENT);
            self.lines(MARGIN + INDENT, TEXT, lines, body)?;
            self.y += 2.0;
        }
        Ok(())
    }

    fn exact(&mut self, text: &str) -> Result<(), PrintFault> {
        for line in text.lines() {
            let lines = exact(self.faces, EXACT, line, WIDTH);
            let paragraph = self.layout.structure.add(ROOT, Kind::Paragraph);
            let code = self.layout.structure.add(paragraph, Kind::Code);
            self.lines(MARGIN, EXACT, lines, code)?;
        }
        Ok(())
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), PrintFault> {
        if facts.is_empty() {
            return Ok(());
        }
        let table = self.layout.structure.add(ROOT, Kind::Table);
        let rows = self.layout.structure.add(table, Kind::Rows);
        let widths = [WIDTH * 0.3, WIDTH * 0.7];
        self.rule();
        for (name, value) in facts {
            let row = self.layout.structure.add(rows, Kind::Row);
            let texts = [(name, HEAD, Kind::RowHead), (value, TEXT, Kind::Cell)];
            let cells = self.cells(&widths, texts.into_iter(), Some(row));
            self.row(&cells, None)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), PrintFault> {
        let columns = table.columns.len();
        let fits = (1..=limits::COLUMNS_MAX).contains(&columns);
        if !fits || table.rows.iter().any(|row| row.len() > columns) {
            return Err(PrintFault::Table);
        }
        let parts: f32 = table.columns.iter().map(|(_, part)| f32::from((*part).max(1))).sum();
        let widths: Vec<f32> = table
            .columns
            .iter()
            .map(|(_, part)| WIDTH * f32::from((*part).max(1)) / parts)
            .collect();
        let node = self.layout.structure.add(ROOT, Kind::Table);
        let head = self.layout.structure.add(node, Kind::Head);
        let row = self.layout.structure.add(head, Kind::Row);
        let heads = || table.columns.iter().map(|(head, _)| (head, HEAD, Kind::ColumnHead));
        // The head that is repeated on the next page is decoration: it was read once.
        let again = self.cells(&widths, heads(), None);
        let cells = self.cells(&widths, heads(), Some(row));
        self.rule();
        self.row(&cells, None)?;
        if table.rows.is_empty() {
            return Ok(());
        }
        let rows = self.layout.structure.add(node, Kind::Rows);
        let nothing = String::new();
        for texts in &table.rows {
            let row = self.layout.structure.add(rows, Kind::Row);
            let texts = (0..columns).map(|at| texts.get(at).unwrap_or(&nothing));
            let texts = texts.map(|text| (text, TEXT, Kind::Cell));
            let cells = self.cells(&widths, texts, Some(row));
            self.row(&cells, Some(&again))?;
        }
        Ok(())
    }

    fn cells<'t>(
        &mut self,
        widths: &[f32],
        texts: impl Iterator<Item = (&'t String, Type, Kind)>,
        row: Option<Node>,
    ) -> Vec<Cell> {
        let mut x = MARGIN;
        let mut cells = Vec::new();
        for (width, (text, set, kind)) in widths.iter().zip(texts) {
            let lines = flow(self.faces, set, text, width - 2.0 * PAD);
            let node = row.map(|row| self.layout.structure.add(row, kind));
            cells.push(Cell { x: x + PAD, set, lines, node });
            x += width;
        }
        cells
    }

    /// Sets a row, line by line across its cells, and a rule under it.
    fn row(&mut self, cells: &[Cell], again: Option<&[Cell]>) -> Result<(), PrintFault> {
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        let step = cells.iter().map(|cell| cell.set.leading()).fold(0.0, f32::max);
        let height = lines as f32 * step + 2.0 * PAD;
        let page = FLOOR - MARGIN;
        if self.y + height.min(page) > FLOOR {
            self.turn(again)?;
        }
        self.y += PAD;
        for line in 0..lines {
            if self.y + step > FLOOR {
                self.turn(again)?;
            }
            for cell in cells {
                if let Some(text) = cell.lines.get(line) {
                    self.place(cell.x, self.y, cell.set, text.clone(), cell.node);
                }
            }
            self.y += step;
        }
        self.y += PAD;
        self.rule();
        Ok(())
    }

    fn lines(
        &mut self,
        x: f32,
        set: Type,
        lines: Vec<String>,
        node: Node,
    ) -> Result<(), PrintFault> {
        for line in lines {
            self.keep(set.leading())?;
            self.place(x, self.y, set, line, Some(node));
            self.y += set.leading();
        }
        Ok(())
    }

    fn place(&mut self, x: f32, top: f32, set: Type, text: String, node: Option<Node>) {
        if text.is_empty() {
            return;
        }
        let piece = node.map(|node| {
            let piece = self.layout.pieces;
            self.layout.pieces += 1;
            self.layout.structure.hang(node, piece);
            piece
        });
        let placed = Placed { x, y: top + set.size, set, text, piece };
        self.page().placed.push(placed);
    }

    fn rule(&mut self) {
        let y = self.y;
        self.page().rules.push(y);
    }

    fn page(&mut self) -> &mut Page {
        self.layout.pages.last_mut().expect("there is always a page")
    }

    /// Goes to the next page unless so much still fits on this one.
    fn keep(&mut self, height: f32) -> Result<(), PrintFault> {
        if self.y + height > FLOOR && self.y > MARGIN { self.turn(None) } else { Ok(()) }
    }

    fn turn(&mut self, again: Option<&[Cell]>) -> Result<(), PrintFault> {
        if self.layout.pages.len() >= limits::PAGES_MAX {
            return Err(PrintFault::TooLong("more pages than a document holds"));
        }
        self.layout.pages.push(Page::default());
        self.y = MARGIN;
        let Some(head) = again else {
            return Ok(());
        };
        let height: f32 = head.iter().map(|c| c.lines.len() as f32 * c.set.leading()).sum();
        if height > (FLOOR - MARGIN) / 4.0 {
            return Ok(());
        }
        self.rule();
        self.row(head, None)
    }
}
