//! The three faces that are printed with, how wide their letters run, and what is done with a
//! character that they do not have: it is shown as the sign for an unknown one, never left out.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face as Shaper, UnicodeBuffer};
use unicode_bidi::BidiInfo;

/// Shown in place of what cannot be printed.
const UNKNOWN: char = '\u{FFFD}';

/// Which of the faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Running text.
    Plain,
    /// Headings and the heads of tables.
    Bold,
    /// Letters of one width.
    Mono,
}

/// One face, ready to be measured and drawn.
pub(crate) struct Face {
    pub(crate) font: Font,
    shaper: Shaper<'static>,
    em: f32,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Self {
        let font = Font::new(bytes.into(), 0).expect("the font is part of the program");
        let shaper = Shaper::from_slice(bytes, 0).expect("the font is part of the program");
        let em = font.units_per_em();
        Self { font, shaper, em }
    }

    fn has(&self, c: char) -> bool {
        self.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
    }

    /// Shapes a stretch that runs one way.
    fn run(&self, text: &str, rtl: bool) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        // A glyph stands for the text from its cluster to the next larger one.
        let mut starts: Vec<usize> =
            shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.push(text.len());
        starts.sort_unstable();
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let glyphs: Vec<KrillaGlyph> = glyphs
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let next = starts.partition_point(|other| *other <= start);
                let end = starts.get(next).copied().unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    position.x_advance as f32 / self.em,
                    position.x_offset as f32 / self.em,
                    position.y_offset as f32 / self.em,
                    position.y_advance as f32 / self.em,
                    start..end,
                    None,
                )
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Run { text: text.to_owned(), glyphs, width }
    }
}

/// A stretch of text that runs one way. Widths are in parts of the size.
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

/// All faces.
pub(crate) struct Faces {
    plain: Face,
    bold: Face,
    mono: Face,
}

impl Faces {
    pub(crate) fn new() -> Self {
        Self {
            plain: Face::new(dejavu::sans::regular()),
            bold: Face::new(dejavu::sans::bold()),
            mono: Face::new(dejavu::sans_mono::regular()),
        }
    }

    pub(crate) fn face(&self, style: Style) -> &Face {
        match style {
            Style::Plain => &self.plain,
            Style::Bold => &self.bold,
            Style::Mono => &self.mono,
        }
    }

    /// The text as this face can print it. Marks that would only turn the reading order are
    /// shown, so that a name cannot be made to read as another.
    pub(crate) fn printable(&self, style: Style, text: &str) -> String {
        let face = self.face(style);
        let printable = |c: char| match c {
            _ if c.is_whitespace() || c.is_control() => ' ',
            // Marks of reading order, joiners, private signs: invisible, or of no known shape.
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => UNKNOWN,
            '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => UNKNOWN,
            '\u{00AD}' => '-',
            _ if face.has(c) => c,
            _ => UNKNOWN,
        };
        text.chars().map(printable).collect()
    }

    /// The runs of one line, in the order in which they stand on the paper.
    pub(crate) fn runs(&self, style: Style, line: &str) -> Vec<Run> {
        let face = self.face(style);
        if line.is_ascii() {
            return vec![face.run(line, false)];
        }
        let info = BidiInfo::new(line, None);
        let mut runs = Vec::new();
        for paragraph in &info.paragraphs {
            let (levels, order) = info.visual_runs(paragraph, paragraph.range.clone());
            for range in order {
                runs.push(face.run(&line[range.clone()], levels[range.start].is_rtl()));
            }
        }
        runs
    }

    /// How wide a text runs, in parts of the size.
    pub(crate) fn width(&self, style: Style, text: &str) -> f32 {
        self.runs(style, text).iter().map(|run| run.width).sum()
    }
}
