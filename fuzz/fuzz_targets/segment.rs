//! A segment read back from the store: any bytes are refused or read, never a panic.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let bytes = bytes::Bytes::copy_from_slice(data);
    if let Ok(segment) = media::Segment::parse(&bytes) {
        assert!(segment.encode().len() <= data.len() + 16, "what was read is what was written");
    }
});
