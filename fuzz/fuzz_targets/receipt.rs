//! A delivery receipt, from whoever knows the address.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = notify::govuk::Receipt::parse(data);
});
