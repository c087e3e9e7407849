//! A certificate of erasure, from anyone who hands one on.
#![no_main]
use attest::Key;
use attest::certificate::Certificate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = Certificate::check(data, Key::Contained);
    // Past the strict form, into the rules behind it.
    if let Ok(certificate) = serde_json::from_slice::<Certificate>(data) {
        let _ = certificate.verify(Key::Contained);
        let _ = attest::certificate::Account::of(&certificate.statement.journal);
    }
});
