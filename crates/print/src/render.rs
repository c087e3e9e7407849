//! Draws what was laid out and writes the PDF.

use crate::PrintFault;
use crate::document::Document;
use crate::face::Faces;
use crate::layout::{FOOT, Layout, MARGIN, Mark, PAGE, Placed, layout};
use crate::lines::flow;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::{Document as Pdf, SerializeSettings};

/// How thick a rule is.
const RULE: f32 = 0.5;
/// The foot's own words, beside the page's number.
const FOOT_WIDTH: f32 = PAGE.0 - 2.0 * MARGIN - 70.0;
/// As many lines as the foot has room for.
const FOOT_LINES: usize = 2;

/// The document as a PDF: tagged (PDF/UA-1), its fonts inside, the same bytes every time.
//= Public Sector Bodies Accessibility Regulations 2018, regulation 6: documents that are
//= published can be read by everybody, a screen reader included
pub fn render(document: &Document) -> Result<Vec<u8>, PrintFault> {
    let faces = Faces::new();
    let layout = layout(&faces, document)?;
    let mut pdf = Pdf::new_with(settings()?);
    let mut drawn = vec![None; layout.pieces];
    let pages = layout.pages.len();
    let word = faces.printable(FOOT.style, &document.page);
    let foot = flow(&faces, FOOT, &document.footer, FOOT_WIDTH);
    if foot.len() > FOOT_LINES {
        return Err(PrintFault::TooLong("more than two lines at the foot of the page"));
    }
    for (number, page) in (1..).zip(&layout.pages) {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).expect("A4 is a size");
        let mut sheet = pdf.start_page_with(size);
        let mut surface = sheet.surface();
        for rule in &page.rules {
            draw_rule(&mut surface, *rule);
        }
        for placed in &page.placed {
            draw(&mut surface, &faces, placed, &mut drawn);
        }
        draw_foot(&mut surface, &faces, &foot, &format!("{word} {number}/{pages}"));
        surface.finish();
        sheet.finish();
    }
    pdf.set_metadata(metadata(document));
    pdf.set_outline(outline(&layout));
    pdf.set_tag_tree(layout.structure.tree(&drawn).with_lang(Some(document.language.clone())));
    pdf.finish().map_err(|fault| PrintFault::Standard(fault.to_string()))
}

fn settings() -> Result<SerializeSettings, PrintFault> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|fault| PrintFault::Standard(format!("{fault:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn draw(
    surface: &mut Surface<'_>,
    faces: &Faces,
    placed: &Placed,
    drawn: &mut [Option<Identifier>],
) {
    let tag = match placed.piece {
        Some(_) => ContentTag::Span(SpanTag::empty()),
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
    };
    let identifier = surface.start_tagged(tag);
    draw_text(surface, faces, placed);
    surface.end_tagged();
    if let Some(slot) = placed.piece.and_then(|piece| drawn.get_mut(piece)) {
        *slot = Some(identifier);
    }
}

fn draw_text(surface: &mut Surface<'_>, faces: &Faces, placed: &Placed) {
    let font = &faces.face(placed.set.style).font;
    let mut x = placed.x;
    for run in faces.runs(placed.set.style, &placed.text) {
        let start = Point::from_xy(x, placed.y);
        let size = placed.set.size;
        surface.draw_glyphs(start, &run.glyphs, font.clone(), &run.text, size, false);
        x += run.width * size;
    }
}

fn draw_rule(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    let rect = Rect::from_xywh(MARGIN, y, PAGE.0 - 2.0 * MARGIN, RULE);
    path.push_rect(rect.expect("a rule has a size"));
    let Some(path) = path.finish() else {
        return;
    };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.draw_path(&path);
    surface.end_tagged();
}

fn draw_foot(surface: &mut Surface<'_>, faces: &Faces, foot: &[String], number: &str) {
    let right = PAGE.0 - MARGIN - faces.width(FOOT.style, number) * FOOT.size;
    let mut lines = vec![(right, PAGE.1 - MARGIN, number.to_owned())];
    for (line, text) in foot.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        lines.push((MARGIN, PAGE.1 - MARGIN + line as f32 * FOOT.leading(), text.clone()));
    }
    for (x, y, text) in lines {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        draw_text(surface, faces, &Placed { x, y, set: FOOT, text, piece: None });
        surface.end_tagged();
    }
}

fn metadata(document: &Document) -> Metadata {
    let metadata = Metadata::new()
        .title(document.title.clone())
        .description(document.subject.clone())
        .language(document.language.clone())
        .creator("Sightline".to_owned())
        .producer("Sightline".to_owned());
    match date(document.created.0) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

fn date(micros: i64) -> Option<DateTime> {
    let time = jiff::Timestamp::from_microsecond(micros).ok()?;
    let time = time.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).ok();
    let date = DateTime::new(u16::try_from(time.year()).ok()?)
        .month(part(time.month())?)
        .day(part(time.day())?)
        .hour(part(time.hour())?)
        .minute(part(time.minute())?)
        .second(part(time.second())?)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Some(date)
}

fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    let node = |mark: &Mark| {
        let point = Point::from_xy(MARGIN, mark.y);
        OutlineNode::new(mark.text.clone(), XyzDestination::new(mark.page, point))
    };
    let mut section: Option<OutlineNode> = None;
    for mark in &layout.marks {
        match (&mut section, mark.level) {
            (Some(section), 3) => section.push_child(node(mark)),
            (open, _) => {
                if let Some(done) = open.replace(node(mark)) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = section {
        outline.push_child(done);
    }
    outline
}
