//! The secret of a link and the codes that people say aloud. Derived again whenever needed, so
//! nothing but a hash is stored. Never logged, never in an event, never in an address we serve.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use call::InvitationId;
use engine::Engine;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The letters of a spoken code: none that sounds or looks like another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 128 bits as 22 letters, digits, hyphens and underscores.
pub(crate) fn secret(engine: &Engine, invitation: InvitationId) -> String {
    let derived = engine.derive("invitation secret", &invitation.0.to_be_bytes());
    URL_SAFE_NO_PAD.encode(&derived[..16])
}

/// The link with its secret behind `#`, which no browser sends to any server.
pub(crate) fn link(engine: &Engine, origin: &str, invitation: InvitationId) -> String {
    format!("{origin}/j#{}", secret(engine, invitation))
}

/// The code that a handler reads out: 40 bits, safe only because tries are few and life short.
pub(crate) fn spoken(engine: &Engine, invitation: InvitationId) -> String {
    let derived = engine.derive("invitation code", &invitation.0.to_be_bytes());
    let bits = derived[..5].iter().fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    let letter = |place: u32| char::from(ALPHABET[(bits >> (5 * place)) as usize & 31]);
    let letters: String = (0..8).rev().map(letter).collect();
    format!("{} {}", &letters[..4], &letters[4..])
}

/// A code as typed: capitals, no spaces, the letters people confuse put right.
pub(crate) fn heard(typed: &str) -> String {
    let one = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    typed.chars().filter(char::is_ascii_alphanumeric).map(one).collect()
}

/// SHA-256 in hex.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Four digits that stand on a waiting device and on the officer's page alike.
pub(crate) fn device_code(device: &str) -> String {
    let digest = Sha256::digest(format!("code of {device}").as_bytes());
    let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 10_000;
    format!("{number:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_heard_however_it_is_typed() {
        assert_eq!(heard(" 0a1b-c2d3"), "0A1BC2D3");
        assert_eq!(heard("oAlB CuD3"), "0A1BCVD3");
        assert_eq!(device_code("ab").len(), 4);
    }
}
