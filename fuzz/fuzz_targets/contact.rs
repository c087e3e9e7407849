//! A telephone number or an address, as typed.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    if let Ok(number) = notify::PhoneNumber::parse(data, notify::Numbers::AndDrama) {
        let again = notify::PhoneNumber::parse(number.e164(), notify::Numbers::AndDrama);
        assert_eq!(again.as_ref().map(|n| n.e164()), Ok(number.e164()));
    }
    let _ = notify::EmailAddress::parse(data);
});
