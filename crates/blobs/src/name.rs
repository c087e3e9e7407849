//! An object's name: parts joined by slashes, made of ids only. Never a person's name, never
//! anything a browser sent.

use crate::BlobFault;
use crate::limits::{MAX_PART_BYTES, MAX_PARTS};

/// Accepts `a/b/c` of letters, digits, `-`, `_` and `.`; nothing hidden, nothing that climbs.
pub(crate) fn check(name: &str) -> Result<(), BlobFault> {
    let mut parts = 0;
    for part in name.split('/') {
        parts += 1;
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let sound = !part.is_empty()
            && part.len() <= MAX_PART_BYTES
            && !part.starts_with('.')
            && part.bytes().all(known);
        if !sound || parts > MAX_PARTS {
            return Err(BlobFault::Name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_never_climbs_hides_or_starts_at_the_root() {
        for bad in ["", "/", "a/", "/a", "a//b", "..", "a/../b", ".a", "a b", "a\\b", "a\0", "é"] {
            assert_eq!(check(bad), Err(BlobFault::Name), "{bad:?}");
        }
        assert_eq!(check("rec/room_1/TR_Ab-9.3.00000001"), Ok(()));
    }

    proptest! {
        #[test]
        fn what_is_accepted_stays_below_its_folder(name in "\\PC{0,40}") {
            if check(&name).is_ok() {
                let path = std::path::Path::new(&name);
                let plain = |part| matches!(part, std::path::Component::Normal(_));
                prop_assert!(path.components().all(plain));
            }
        }
    }
}
