//! A picture's first bytes, from a browser.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = (media::vp8::is_sound(data), media::vp8::key_size(data), media::vp8::still(data));
});
