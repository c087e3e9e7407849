//! A `Range` header and its condition, from any browser or player. The first eight bytes are the
//! length of the file.
#![no_main]
#[path = "../../capabilities/recording/web/src/range.rs"]
mod range;

use axum::body::Body;
use axum::http::header::{CONTENT_RANGE, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use range::{File, Wanted};

fuzz_target!(|data: &[u8]| {
    let Some((total, rest)) = data.split_first_chunk() else { return };
    let file = File { total: u64::from_be_bytes(*total), fingerprint: 7, media_type: "video/webm" };
    let mut headers = HeaderMap::new();
    for (name, text) in [RANGE, IF_RANGE].into_iter().zip(rest.splitn(2, |byte| *byte == b'\n')) {
        if let Ok(value) = HeaderValue::from_bytes(text) {
            headers.insert(name, value);
        }
    }
    let wanted = file.wanted(&headers);
    if let Wanted::Part(range) = &wanted {
        assert!(range.start < range.end && range.end <= file.total, "it lies within the file");
    }
    let answer = file.answer(wanted.clone(), |_| Body::empty());
    assert_eq!(answer.headers().contains_key(CONTENT_RANGE), wanted != Wanted::Whole);
});
