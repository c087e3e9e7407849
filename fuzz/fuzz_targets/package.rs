//! What is inside the seal of a package of evidence, from anyone who can seal one.
#![no_main]
use attest::Key;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = attest::package::verify_unsealed(data, Key::Contained);
});
