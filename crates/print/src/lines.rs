//! Breaks text into lines that fit a width. A word that is wider than the line is broken where
//! it must be; nothing is hyphenated and nothing is cut off.

use crate::face::{Faces, Style};

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Type {
    pub(crate) style: Style,
    pub(crate) size: f32,
}

impl Type {
    /// From one line to the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.4
    }
}

/// Running text in lines. A line that goes on keeps the space at its end, so that a reader
/// does not join the words.
pub(crate) fn flow(faces: &Faces, set: Type, text: &str, width: f32) -> Vec<String> {
    let room = width / set.size;
    let space = faces.width(set.style, " ");
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for word in text.split_whitespace() {
        let word = faces.printable(set.style, word);
        let wide = faces.width(set.style, &word);
        let gap = if line.is_empty() { 0.0 } else { space };
        if used + gap + wide <= room {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
            used += gap + wide;
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
            lines.push(std::mem::take(&mut line));
        }
        let mut parts = broken(faces, set.style, &word, room);
        line = parts.pop().unwrap_or_default();
        used = faces.width(set.style, &line);
        lines.append(&mut parts);
    }
    lines.push(line);
    lines
}

/// One line of exact text, in as many as it needs; an empty one is one empty line.
pub(crate) fn exact(faces: &Faces, set: Type, line: &str, width: f32) -> Vec<String> {
    let line = faces.printable(set.style, &line.replace('\t', "    "));
    broken(faces, set.style, &line, width / set.size)
}

/// Breaks between any two characters, except before a mark that sits on the one before it.
fn broken(faces: &Faces, style: Style, text: &str, room: f32) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0.0;
    for c in text.chars() {
        let wide = faces.width(style, c.encode_utf8(&mut [0; 4]));
        let part = parts.last_mut().expect("there is always one");
        if used + wide > room && !part.is_empty() && wide > 0.0 {
            parts.push(c.to_string());
            used = wide;
        } else {
            part.push(c);
            used += wide;
        }
    }
    parts
}
