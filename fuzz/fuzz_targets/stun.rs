//! A datagram that may be STUN, from anyone.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = room::stun::server_ufrag(data);
});
