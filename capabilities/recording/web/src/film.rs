//! A recording as a film for somebody outside: the whole of it or one person's part, as a standard
//! file whose bytes come piece by piece. Used by whoever packs evidence; nothing is served here.

use crate::keeper::Keeper;
use crate::tape::{self, Tape};
use bytes::Bytes;
use call::{CallId, Participant};
use media::webm::Piece;
use recording::Segment;
use std::sync::Arc;

pub use crate::tape::Damage;

/// A film of a call.
pub struct Film(Tape);

impl Film {
    /// Lays out these segments of a call: everybody's, or one person's alone. All films of a call
    /// begin at the same instant. Nothing when there is nothing to show.
    pub fn of(
        keeper: &Arc<Keeper>,
        call: CallId,
        segments: &[Segment],
        who: Option<Participant>,
    ) -> Option<Self> {
        let origin = segments.iter().map(|segment| segment.started_at).min();
        let of = |segment: &&Segment| who.is_none_or(|who| segment.participant == who);
        let some: Vec<Segment> = segments.iter().filter(of).cloned().collect();
        Tape::of(keeper.clone(), call, some, origin).ok().map(Self)
    }

    /// Its bytes.
    pub fn total(&self) -> u64 {
        self.0.layout.total()
    }

    /// How its name ends: WebM where it can be, Matroska where a camera sent H.264.
    pub fn ending(&self) -> &'static str {
        if self.0.layout.media_type() == "video/x-matroska" { "mkv" } else { "webm" }
    }

    /// The pieces to ask for, one after the other: each is about a second.
    pub fn pieces(&self) -> Vec<Piece> {
        self.0.layout.pieces(0..self.total())
    }

    /// The bytes of one piece. A segment that is missing or altered is left out of it.
    pub async fn piece(&self, piece: Piece) -> Bytes {
        self.0.piece(piece).await
    }
}

impl Keeper {
    /// The sealed bytes of an object as they lie in the store, if they are those in the record.
    pub async fn sealed(&self, object: &str, sha256: &str) -> Result<Bytes, Damage> {
        tape::sealed(self, object, sha256).await
    }

    /// A still, opened, if it is the one in the record.
    pub async fn still(&self, call: CallId, still: &recording::Still) -> Result<Bytes, Damage> {
        tape::opened(self, call, &still.object, &still.sha256).await
    }
}
