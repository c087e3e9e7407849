//! Sealed segments seen as one file: who is in it, how it is laid out, and its bytes as they are
//! asked for. A segment that is missing or altered never plays: its place is filled.

use crate::keeper::Keeper;
use crate::plain;
use axum::body::Body;
use bytes::Bytes;
use call::{CallId, Participant};
use futures::StreamExt;
use kernel::At;
use media::webm::{Lane, LaneSegment, Layout, LayoutFault, Piece};
use recording::{Codec, Kind, RecordingId, Segment};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Why a segment cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Its object is not there.
    #[error("missing")]
    Missing,
    /// Its bytes are not those in the record.
    #[error("altered")]
    Altered,
    /// Its key is destroyed.
    #[error("gone")]
    Gone,
}

/// A recording, or one person's part of it, as a file.
pub(crate) struct Tape {
    pub(crate) layout: Layout,
    lanes: Vec<Vec<Segment>>,
    call: CallId,
    keeper: Arc<Keeper>,
}

impl Tape {
    /// Lays out `segments`, whose time begins at `origin`.
    pub(crate) fn of(
        keeper: Arc<Keeper>,
        call: CallId,
        segments: Vec<Segment>,
        origin: Option<At>,
    ) -> Result<Self, LayoutFault> {
        let mut lanes: BTreeMap<(Participant, Kind, Codec), Vec<Segment>> = BTreeMap::new();
        for segment in segments {
            let lane = (segment.participant, segment.codec.kind(), segment.codec);
            lanes.entry(lane).or_default().push(segment);
        }
        let drawn: Vec<Lane> = lanes.iter().map(|(lane, segments)| draw(lane, segments)).collect();
        let layout = Layout::new(&drawn, origin)?;
        Ok(Self { layout, lanes: lanes.into_values().collect(), call, keeper })
    }

    /// The bytes of a range, opened piece by piece as fast as they are taken.
    pub(crate) fn stream(self, range: Range<u64>) -> Body {
        let pieces = self.layout.pieces(range);
        let tape = Arc::new(self);
        let bytes = futures::stream::iter(pieces).then(move |piece| {
            let tape = tape.clone();
            async move { Ok::<_, std::convert::Infallible>(tape.piece(piece).await) }
        });
        Body::from_stream(bytes)
    }

    pub(crate) async fn piece(&self, piece: Piece) -> Bytes {
        match piece {
            Piece::Head(range) => Bytes::copy_from_slice(&self.layout.head()[range]),
            Piece::Cluster { cluster, within } => {
                let mut opened = Vec::new();
                for place in self.layout.segments(cluster) {
                    let segment = &self.lanes[place.lane][place.segment];
                    opened.push(open(&self.keeper, self.call, segment).await.ok());
                }
                Bytes::from(self.layout.write(cluster, &opened)).slice(within)
            }
        }
    }
}

fn draw((who, kind, _): &(Participant, Kind, Codec), segments: &[Segment]) -> Lane {
    let role = match who {
        Participant::Victim => "victim",
        Participant::Staff(_) => "staff",
        Participant::Guest(_) => "guest",
        Participant::Recorder => "recorder",
    };
    let what = match kind {
        Kind::Video => "picture",
        Kind::Audio => "sound",
    };
    let of = |segment: &Segment| LaneSegment {
        track: segment.track.clone(),
        meta: plain::meta(segment),
    };
    Lane { label: format!("{role} {what}"), segments: segments.iter().map(of).collect() }
}

/// Opens one segment and compares it with the record.
pub(crate) async fn open(
    keeper: &Keeper,
    call: CallId,
    segment: &Segment,
) -> Result<media::Segment, Damage> {
    let bytes = opened(keeper, call, &segment.object, &segment.sha256).await?;
    let parsed = media::Segment::parse(&bytes).map_err(|_| Damage::Altered)?;
    if parsed.meta().is_some_and(|meta| meta == plain::meta(segment)) {
        Ok(parsed)
    } else {
        Err(Damage::Altered)
    }
}

/// Opens an object whose sealed bytes have this hash.
pub(crate) async fn opened(
    keeper: &Keeper,
    call: CallId,
    object: &str,
    sha256: &str,
) -> Result<Bytes, Damage> {
    let sealed = sealed(keeper, object, sha256).await?;
    let stream = RecordingId::from(call).stream();
    let opened = keeper.engine().open_object(&stream, object, &sealed).await;
    let bytes = opened.map_err(|_| Damage::Altered)?.ok_or(Damage::Gone)?;
    Ok(bytes.into())
}

/// The sealed bytes of an object that have this hash.
pub(crate) async fn sealed(keeper: &Keeper, object: &str, sha256: &str) -> Result<Bytes, Damage> {
    let sealed = keeper.blobs().get(object).await.map_err(|_| Damage::Missing)?;
    if plain::hex(&Sha256::digest(&sealed)) == sha256 { Ok(sealed) } else { Err(Damage::Altered) }
}
