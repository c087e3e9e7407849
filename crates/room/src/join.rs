//! The join request as it stands in the URL: base64 of protobuf of (perhaps gzip of) protobuf.
//! Bounded before and after inflating. Nothing here decides who may join.

use crate::limits::{JOIN_BYTES, SIGNAL_BYTES};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use livekit_protocol as lk;
use lk::wrapped_join_request::Compression as Packing;
use prost::Message as _;
use std::io::{Read as _, Write as _};

const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a join request could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Longer than a room takes.
    #[error("the join request is too long")]
    TooLong,
    /// Not base64, protobuf or gzip.
    #[error("the join request cannot be read")]
    Garbled,
}

/// Reads the `join_request` parameter.
pub fn decode(parameter: &str) -> Result<lk::JoinRequest, Unreadable> {
    if parameter.len() > SIGNAL_BYTES {
        return Err(Unreadable::TooLong);
    }
    let bytes = FORGIVING.decode(parameter).map_err(|_| Unreadable::Garbled)?;
    let wrapped =
        lk::WrappedJoinRequest::decode(bytes.as_slice()).map_err(|_| Unreadable::Garbled)?;
    let plain = match Packing::try_from(wrapped.compression) {
        Ok(Packing::None) => wrapped.join_request,
        Ok(Packing::Gzip) => inflate(&wrapped.join_request)?,
        Err(_) => return Err(Unreadable::Garbled),
    };
    lk::JoinRequest::decode(plain.as_slice()).map_err(|_| Unreadable::Garbled)
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut plain = Vec::new();
    GzDecoder::new(packed)
        .take(JOIN_BYTES as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| Unreadable::Garbled)?;
    if plain.len() > JOIN_BYTES { Err(Unreadable::TooLong) } else { Ok(plain) }
}

/// Writes the `join_request` parameter: what a client does.
pub fn encode(request: &lk::JoinRequest) -> String {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packer.write_all(&request.encode_to_vec()).and_then(|()| packer.finish());
    let wrapped = match packed {
        Ok(join_request) => {
            lk::WrappedJoinRequest { compression: Packing::Gzip.into(), join_request }
        }
        Err(_) => lk::WrappedJoinRequest {
            compression: Packing::None.into(),
            join_request: request.encode_to_vec(),
        },
    };
    FORGIVING.encode(wrapped.encode_to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_join_request_survives_the_way_there_padded_or_not() {
        let request = lk::JoinRequest { participant_sid: "PA_1".into(), ..Default::default() };
        let text = encode(&request);
        assert_eq!(decode(&text), Ok(request.clone()));
        assert_eq!(decode(text.trim_end_matches('=')), Ok(request));
    }

    #[test]
    fn a_join_request_that_inflates_without_end_is_refused() {
        let request =
            lk::JoinRequest { metadata: "0".repeat(JOIN_BYTES + 1), ..Default::default() };
        assert_eq!(decode(&encode(&request)), Err(Unreadable::TooLong));
    }

    proptest! {
        #[test]
        fn no_parameter_whatever_breaks_the_reader(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let wrapped = lk::WrappedJoinRequest {
                compression: i32::from(bytes.first().copied().unwrap_or_default() % 3),
                join_request: bytes.clone(),
            };
            let _ = decode(&FORGIVING.encode(wrapped.encode_to_vec()));
            let _ = decode(&FORGIVING.encode(&bytes));
            let _ = decode(&String::from_utf8_lossy(&bytes));
        }
    }
}
