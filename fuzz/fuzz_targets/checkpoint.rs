//! A signed note, from anyone who kept one.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let _ = journal::checkpoint::Checkpoint::parse(data);
    let _ = journal::checkpoint::Signer::parse(data);
});
