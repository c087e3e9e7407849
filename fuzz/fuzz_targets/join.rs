//! A join request as it stands in a URL, from anyone: base64 of protobuf of gzip of protobuf.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    if let Ok(request) = room::join::decode(data) {
        assert_eq!(room::join::decode(&room::join::encode(&request)), Ok(request));
    }
});
