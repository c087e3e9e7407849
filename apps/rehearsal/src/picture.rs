//! The figures as a picture: how soon people see each other, and what the journals carry.
//! Plain SVG that reads on a light page and on a dark one.

use crate::figures::{Appends, Figures};
use crate::limits::FACE_PROMISE_MS;
use std::fmt::Write;

const WIDTH: f64 = 920.0;
const HEIGHT: f64 = 380.0;
const TOP: f64 = 78.0;
const BOTTOM: f64 = 316.0;
const TEAL: &str = "#0f9f95";
const AMBER: &str = "#d98a1f";
const GREY: &str = "#808a94";

/// The picture of these figures.
pub fn draw(figures: &Figures) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"{GREY}\" role=\"img\" \
         aria-label=\"Time to face and appends a second\">\n"
    );
    faces(&mut svg, figures);
    appends(&mut svg, figures);
    let machine = &figures.machine;
    let under = format!(
        "{}, {} cores, {} MiB, {}; measured on {}",
        machine.cpu, machine.cores, machine.memory_mib, machine.kernel, figures.measured_on
    );
    text(&mut svg, (24.0, HEIGHT - 14.0), "start", "11", &under);
    svg.push_str("</svg>\n");
    svg
}

/// Writing into a `String` cannot fail.
macro_rules! put {
    ($svg:expr, $($arg:tt)+) => {{ let _ = writeln!($svg, $($arg)+); }};
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, size: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    put!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" \
         font-size=\"{size}\">{words}</text>"
    );
}

fn line(svg: &mut String, from: (f64, f64), to: (f64, f64), more: &str) {
    put!(
        svg,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{GREY}\" {more}/>",
        from.0,
        from.1,
        to.0,
        to.1
    );
}

fn legend(svg: &mut String, x: f64, words: &[(&str, &str)]) {
    for (place, (colour, word)) in (0_u8..).zip(words) {
        let at = x + 130.0 * f64::from(place);
        put!(svg, "<circle cx=\"{at}\" cy=\"52\" r=\"5\" fill=\"{colour}\"/>");
        text(svg, (at + 11.0, 56.5), "start", "12", word);
    }
}

/// Left: half and 95 % of the callers, by the number of calls at once.
fn faces(svg: &mut String, figures: &Figures) {
    let (left, right) = (64.0, 440.0);
    text(svg, (24.0, 28.0), "start", "16", "From the opened link to face to face, in ms");
    legend(svg, 30.0, &[(TEAL, "half of the calls"), (AMBER, "95 % of the calls")]);
    let measured: Vec<_> = figures
        .rehearsals
        .iter()
        .filter_map(|one| {
            let of = one.time_to_face_ms;
            Some((f64::from(one.calls), of.p50? as f64, of.p95? as f64))
        })
        .collect();
    let most = measured.iter().map(|one| one.0).fold(1.0, f64::max);
    let high = measured.iter().map(|one| one.2).fold(FACE_PROMISE_MS as f64, f64::max) * 1.1;
    let x = |calls: f64| left + (right - left) * calls / most;
    let y = |ms: f64| BOTTOM - (BOTTOM - TOP) * ms / high;
    let promise = FACE_PROMISE_MS as f64;
    line(svg, (left, BOTTOM), (right, BOTTOM), "");
    line(svg, (left, y(promise)), (right, y(promise)), "stroke-dasharray=\"5 5\"");
    text(svg, (left - 8.0, y(promise) + 4.0), "end", "12", "1000");
    text(svg, (left - 8.0, BOTTOM + 4.0), "end", "12", "0");
    text(svg, ((left + right) / 2.0, BOTTOM + 38.0), "middle", "12", "calls at once");
    for (colour, of) in [(TEAL, 0), (AMBER, 1)] {
        let mut points = String::new();
        for one in &measured {
            let at = (x(one.0), y(if of == 0 { one.1 } else { one.2 }));
            let _ = write!(points, "{:.1},{:.1} ", at.0, at.1);
            put!(svg, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/>", at.0, at.1);
        }
        put!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>",
            points.trim_end()
        );
    }
    let mut last = f64::MIN;
    for one in &measured {
        // Numbers that would touch are left out.
        if x(one.0) - last >= 22.0 {
            last = x(one.0);
            text(svg, (last, BOTTOM + 18.0), "middle", "12", &format!("{}", one.0));
        }
    }
}

/// Right: what each journal acknowledges a second, by the number of writers, on a log scale.
fn appends(svg: &mut String, figures: &Figures) {
    let (left, right) = (520.0, 896.0);
    text(svg, (490.0, 28.0), "start", "16", "Appends to the journal, a second, each on disk");
    legend(svg, 496.0, &[(TEAL, "SQLite"), (AMBER, "PostgreSQL")]);
    line(svg, (left, BOTTOM), (right, BOTTOM), "");
    let mut writers: Vec<usize> = figures.appends.iter().map(|one| one.writers).collect();
    writers.sort_unstable();
    writers.dedup();
    let most = figures.appends.iter().map(|one| one.per_second).fold(10.0, f64::max);
    let high = |rate: f64| (BOTTOM - TOP) * rate.max(1.0).log10() / (most * 1.6).log10();
    let step = (right - left) / writers.len().max(1) as f64;
    for (place, count) in writers.iter().enumerate() {
        let middle = left + step * (place as f64 + 0.5);
        let words = if *count == 1 { "1 writer".to_owned() } else { count.to_string() };
        text(svg, (middle, BOTTOM + 18.0), "middle", "12", &words);
        let of = |name: &str| {
            let found = |one: &&Appends| one.writers == *count && one.backend == name;
            figures.appends.iter().find(found)
        };
        for (name, colour, off) in [("sqlite", TEAL, -30.0), ("postgres", AMBER, 2.0)] {
            let Some(one) = of(name) else { continue };
            let (tall, at) = (high(one.per_second), middle + off);
            put!(
                svg,
                "<rect x=\"{at:.1}\" y=\"{:.1}\" width=\"28\" height=\"{tall:.1}\" rx=\"3\" \
                 fill=\"{colour}\"/>",
                BOTTOM - tall
            );
            let rate = format!("{:.0}", one.per_second);
            text(svg, (at + 14.0, BOTTOM - tall - 5.0), "middle", "11", &rate);
        }
    }
    text(svg, ((left + right) / 2.0, BOTTOM + 38.0), "middle", "12", "writers at once");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::statistics::Percentiles;

    #[test]
    fn the_picture_shows_every_figure_and_names_the_machine() {
        let mut figures = Figures { measured_on: "2026-11-23".into(), ..Figures::default() };
        figures.machine.cpu = "Chip <1>".into();
        for (calls, ms) in [(1, 300), (8, 420), (16, 1300)] {
            let time_to_face_ms = Percentiles::of(&[ms]);
            figures.take(Report { calls, time_to_face_ms, ..Report::default() });
        }
        for (backend, per_second) in [("sqlite", 110.0), ("postgres", 95.4)] {
            figures.appends.push(Appends { backend: backend.into(), writers: 8, per_second });
        }
        let svg = draw(&figures);
        assert!(svg.contains("Chip &lt;1>") && svg.contains(">95<") && svg.contains(">110<"));
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn nothing_measured_is_still_a_picture() {
        let svg = draw(&Figures::default());
        assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN") && !svg.contains("inf"));
    }
}
