//! The words that open a copy: drawn for one page, shown on it, and kept nowhere. The page's form
//! carries a number that nobody but this service makes the words of again, and the service keeps
//! neither.

use engine::Engine;
use evidence::ExportId;
use kernel::id::StaffId;

/// Letters and digits that neither sound nor look alike; thirty-two, so that each is five bits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Six groups of four: 120 bits, which nobody tries out.
const LETTERS: usize = 24;

/// A new number.
pub(crate) fn draw(engine: &Engine) -> String {
    format!("{:032x}", u128::from_be_bytes(engine.luck16()))
}

/// The words of a number, for this person and export alone; nothing when it is no number.
pub(crate) fn words(
    engine: &Engine,
    export: ExportId,
    who: StaffId,
    number: &str,
) -> Option<String> {
    kernel::id::parse(number).ok()?;
    let name = format!("{export} {who} {}", number.to_ascii_lowercase());
    let secret = engine.derive("passphrase of a package of evidence", name.as_bytes());
    let letter = |place: usize| char::from(ALPHABET[usize::from(secret[place] & 31)]);
    let mut words = String::with_capacity(LETTERS + LETTERS / 4);
    for place in 0..LETTERS {
        if place > 0 && place % 4 == 0 {
            words.push('-');
        }
        words.push(letter(place));
    }
    Some(words)
}
