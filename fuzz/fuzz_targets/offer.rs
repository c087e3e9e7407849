//! A session description, from a browser.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let _ = room::sdp::sections(data);
    let _ = room::sdp::plain_offer(data);
});
