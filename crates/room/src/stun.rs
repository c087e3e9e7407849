//! Whose datagram is this? The one attribute of a STUN request that says so.
//! Integrity is checked by `str0m`; nothing here trusts what it reads.

const COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const USERNAME: u16 = 0x0006;

/// The server's half of the user name in a STUN binding request, if `datagram` is one.
pub fn server_ufrag(datagram: &[u8]) -> Option<&str> {
    let header = datagram.get(..20)?;
    if header[..2] != [0, 1] || header[4..8] != COOKIE {
        return None;
    }
    let mut rest = datagram.get(20..)?;
    loop {
        let kind = u16::from_be_bytes([*rest.first()?, *rest.get(1)?]);
        let size = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
        let value = rest.get(4..4 + size)?;
        if kind == USERNAME {
            return std::str::from_utf8(value).ok()?.split(':').next();
        }
        rest = rest.get(4 + size.next_multiple_of(4)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_binding_request_names_the_server_first() {
        let mut datagram = vec![0, 1, 0, 12];
        datagram.extend(COOKIE);
        datagram.extend([7; 12]);
        datagram.extend([0, 6, 0, 7]);
        datagram.extend(b"abc:def\0");
        assert_eq!(server_ufrag(&datagram), Some("abc"));
        datagram[1] = 0;
        assert_eq!(server_ufrag(&datagram), None);
    }

    proptest! {
        #[test]
        fn no_datagram_whatever_breaks_the_reader(
            tail in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let mut datagram = vec![0, 1, 0, 0];
            datagram.extend(COOKIE);
            datagram.extend(&tail);
            let _ = server_ufrag(&datagram);
            let _ = server_ufrag(&tail);
        }
    }
}
