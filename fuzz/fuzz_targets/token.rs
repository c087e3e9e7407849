//! A room token, from anyone.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let signer = room_host::token::Signer::new(&[7; 32]).expect("32 bytes are enough");
    assert!(signer.verify(data, kernel::At(0)).is_err(), "nobody forges a token");
});
