//! HTTP ranges of a file that is made as it is asked for (RFC 9110, section 14).

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::ops::Range;

/// What of the file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it.
    Whole,
    /// This part.
    Part(Range<u64>),
    /// A part that it does not have.
    Nothing,
}

/// A file as far as its answer's head goes.
pub(crate) struct File {
    pub(crate) total: u64,
    pub(crate) fingerprint: u64,
    pub(crate) media_type: &'static str,
}

impl File {
    fn etag(&self) -> String {
        format!("\"{:016x}\"", self.fingerprint)
    }

    /// What these headers ask for. A condition that does not hold, several ranges at once and
    /// what is not understood all mean the whole file.
    pub(crate) fn wanted(&self, headers: &HeaderMap) -> Wanted {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if text(IF_RANGE).is_some_and(|condition| condition != self.etag()) {
            return Wanted::Whole;
        }
        text(RANGE).map_or(Wanted::Whole, |range| parse(range, self.total))
    }

    /// The answer, whose body `bytes` makes.
    pub(crate) fn answer(
        &self,
        wanted: Wanted,
        bytes: impl FnOnce(Range<u64>) -> Body,
    ) -> Response {
        let (status, range) = match wanted {
            Wanted::Whole => (StatusCode::OK, 0..self.total),
            Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
            Wanted::Nothing => {
                let none = format!("bytes */{}", self.total);
                return (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, none)])
                    .into_response();
            }
        };
        let head = [
            (ACCEPT_RANGES, "bytes".to_owned()),
            (ETAG, self.etag()),
            (CONTENT_TYPE, self.media_type.to_owned()),
            (CONTENT_LENGTH, (range.end - range.start).to_string()),
        ];
        let part = match status {
            // A part is never empty, a whole file may be.
            StatusCode::PARTIAL_CONTENT => {
                Some(format!("bytes {}-{}/{}", range.start, range.end - 1, self.total))
            }
            _ => None,
        };
        let mut response = (status, head, bytes(range)).into_response();
        if let Some(part) = part.and_then(|part| part.parse().ok()) {
            response.headers_mut().insert(CONTENT_RANGE, part);
        }
        response
    }
}

fn parse(header: &str, total: u64) -> Wanted {
    let Some(spec) = header.trim().strip_prefix("bytes=") else { return Wanted::Whole };
    let Some((from, to)) = spec.split_once('-').filter(|_| !spec.contains(',')) else {
        return Wanted::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (from.trim(), to.trim()) {
        ("", last) => number(last).map(|last| total.saturating_sub(last)..total),
        (from, "") => number(from).map(|from| from..total),
        (from, to) => match (number(from), number(to)) {
            (Some(from), Some(to)) if to >= from => Some(from..to.saturating_add(1).min(total)),
            _ => None,
        },
    };
    match range {
        None => Wanted::Whole,
        Some(range) if range.start >= range.end => Wanted::Nothing,
        Some(range) => Wanted::Part(range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    #[test]
    fn a_range_is_cut_to_the_file_and_nonsense_means_the_whole() {
        assert_eq!(parse("bytes=0-", 10), Wanted::Part(0..10));
        assert_eq!(parse("bytes=2-4", 10), Wanted::Part(2..5));
        assert_eq!(parse("bytes=8-99", 10), Wanted::Part(8..10));
        assert_eq!(parse("bytes=-3", 10), Wanted::Part(7..10));
        assert_eq!(parse("bytes=-30", 10), Wanted::Part(0..10));
        for nothing in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(parse(nothing, 10), Wanted::Nothing, "{nothing}");
        }
        for whole in ["", "bytes", "bytes=", "bytes=4-2", "bytes=1-2,4-5", "rows=1-2", "bytes=a-b"]
        {
            assert_eq!(parse(whole, 10), Wanted::Whole, "{whole}");
        }
    }

    #[test]
    fn an_empty_file_has_no_part() {
        assert_eq!(parse("bytes=0-", 0), Wanted::Nothing);
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_a_part_lies_within_the_file(
            header in "(bytes)?=?[-,0-9 a-zé]{0,60}",
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
            condition in ".{0,30}",
            total in prop_oneof![Just(0), Just(1), 0..200_u64, Just(u64::MAX)],
        ) {
            let file = File { total, fingerprint: 7, media_type: "video/webm" };
            let etag = file.etag();
            let raw = HeaderValue::from_bytes(&bytes).ok();
            for range in HeaderValue::from_str(&header).into_iter().chain(raw) {
                for condition in HeaderValue::from_str(&condition).into_iter().chain(etag.parse()) {
                    let asked = [(RANGE, range.clone()), (IF_RANGE, condition)];
                    check(&file, &asked.into_iter().collect())?;
                }
                check(&file, &[(RANGE, range)].into_iter().collect())?;
            }
        }

        #[test]
        fn any_two_numbers_are_cut_to_the_file(from: u64, to: u64, total: u64) {
            for header in [format!("bytes={from}-{to}"), format!("bytes=-{to}")] {
                if let Wanted::Part(range) = parse(&header, total) {
                    prop_assert!(range.start < range.end && range.end <= total);
                }
            }
        }
    }

    /// What is wanted is in the file, and the head of the answer says so.
    fn check(file: &File, headers: &HeaderMap) -> Result<(), TestCaseError> {
        let wanted = file.wanted(headers);
        if let Wanted::Part(range) = &wanted {
            prop_assert!(range.start < range.end && range.end <= file.total);
        }
        let answer = file.answer(wanted.clone(), |_| Body::empty());
        let said = answer.headers().contains_key(CONTENT_RANGE);
        prop_assert_eq!(said, wanted != Wanted::Whole);
        Ok(())
    }
}
