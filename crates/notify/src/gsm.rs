//! How long a text is as the networks count it. Never here: what it says.
//= 3GPP TS 23.038, section 6.2.1: the default alphabet and its extension table

use crate::limits;

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
    ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Septets in the GSM alphabet; `None` when a character is outside it.
pub(crate) fn septets(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |sum, c| {
        if BASIC.contains(c) {
            Some(sum + 1)
        } else if EXTENSION.contains(c) {
            Some(sum + 2)
        } else {
            None
        }
    })
}

/// How many texts it is sent, and paid, as.
pub(crate) fn parts(text: &str) -> usize {
    let (length, single, part) = match septets(text) {
        Some(septets) => (septets, limits::GSM_SINGLE, limits::GSM_PART),
        None => (text.encode_utf16().count(), limits::UCS2_SINGLE, limits::UCS2_PART),
    };
    if length <= single { 1 } else { length.div_ceil(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_as_the_networks_count_it() {
        assert_eq!(septets(&"a".repeat(160)), Some(160));
        assert_eq!(septets("€"), Some(2));
        assert_eq!(septets("ŵ"), None);
        assert_eq!(parts(&"a".repeat(160)), 1);
        assert_eq!(parts(&"a".repeat(161)), 2);
        assert_eq!(parts(&"a".repeat(306)), 2);
        assert_eq!(parts(&"a".repeat(307)), 3);
        assert_eq!(parts(&"ŵ".repeat(70)), 1);
        assert_eq!(parts(&"ŵ".repeat(71)), 2);
    }
}
