//! What somebody does who owns the disk, and what verification says of it.

use super::{Rig, all, append, report};
use crate::chain::Flaw;
use crate::tree::{Head, Tree};
use crate::verify::{self, Wrong};
use crate::{Position, Recorded};

/// What is altered of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Moved to another place.
    Position,
    /// Given to another stream.
    Stream,
    /// Given another version.
    Version,
    /// Made another event.
    Kind,
    /// Made earlier.
    At,
    /// Said to be somebody else's.
    Actor,
    /// Said to have had another purpose.
    Purpose,
    /// Its clear part edited.
    Clear,
    /// Its ciphertext edited.
    Sealed,
    /// Its ciphertext and the hash of it edited together.
    SealedHash,
    /// Said never to have had sealed content.
    NeverSealed,
    /// Chained to something else.
    Prev,
    /// Its hash edited.
    Hash,
    /// Removed whole.
    Removed,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Position,
        Self::Stream,
        Self::Version,
        Self::Kind,
        Self::At,
        Self::Actor,
        Self::Purpose,
        Self::Clear,
        Self::Sealed,
        Self::SealedHash,
        Self::NeverSealed,
        Self::Prev,
        Self::Hash,
        Self::Removed,
    ];

    /// The alteration in SQL, for a store of tables; `blob` writes bytes in its dialect.
    pub fn sql(self, position: Position, blob: fn(&[u8]) -> String) -> String {
        let set = match self {
            Self::Position => "position = 1000000".into(),
            Self::Stream => "stream = 'else/1'".into(),
            Self::Version => "version = version + 1000".into(),
            Self::Kind => "kind = 'test.altered.v1'".into(),
            Self::At => "at = at - 1".into(),
            Self::Actor => "actor = 'staff/9'".into(),
            Self::Purpose => "purpose = ''".into(),
            Self::Clear => "clear = clear || ' '".into(),
            Self::Sealed => format!("sealed = {}", blob(&[0xee; 40])),
            Self::SealedHash => {
                let hash = blob(&crate::chain::digest(&[0xee; 40]));
                format!("sealed = {}, sealed_hash = {hash}", blob(&[0xee; 40]))
            }
            Self::NeverSealed => "sealed = NULL, sealed_hash = NULL".into(),
            Self::Prev => format!("prev = {}", blob(&[1; 32])),
            Self::Hash => format!("hash = {}", blob(&[1; 32])),
            Self::Removed => return format!("DELETE FROM events WHERE position = {position}"),
        };
        format!("UPDATE events SET {set} WHERE position = {position}")
    }

    /// The alteration of records in memory.
    pub fn alter(self, position: Position, records: &mut Vec<Recorded>) {
        let index = position.0 as usize - 1;
        let record = &mut records[index];
        match self {
            Self::Position => record.position = Position(1_000_000),
            Self::Stream => record.stream = "else/1".into(),
            Self::Version => record.version += 1000,
            Self::Kind => record.kind = "test.altered.v1".into(),
            Self::At => record.at.0 -= 1,
            Self::Actor => record.actor = "staff/9".into(),
            Self::Purpose => record.purpose = String::new(),
            Self::Clear => record.clear.push(' '),
            Self::Sealed => record.sealed = Some(vec![0xee; 40]),
            Self::SealedHash => {
                record.sealed = Some(vec![0xee; 40]);
                record.sealed_hash = Some(crate::chain::digest(&[0xee; 40]));
            }
            Self::NeverSealed => (record.sealed, record.sealed_hash) = (None, None),
            Self::Prev => record.prev = [1; 32],
            Self::Hash => record.hash = [1; 32],
            Self::Removed => drop(records.remove(index)),
        }
    }

    fn flaw(self) -> Flaw {
        match self {
            Self::Position | Self::Removed => Flaw::Order,
            Self::Prev => Flaw::Prev,
            Self::Sealed => Flaw::Sealed,
            _ => Flaw::Hash,
        }
    }
}

pub(super) async fn every_alteration_is_found_and_named<R: Rig>(fresh: &impl AsyncFn() -> R) {
    for field in Field::ALL {
        let rig = fresh().await;
        let journal = rig.open().await;
        for stream in ["a/1", "b/1", "a/1"] {
            journal.append(append(stream, 2)).await.expect("it is acknowledged");
        }
        assert!(report(&*journal).await.is_sound());
        rig.tamper(Position(4), field).await;
        let report = report(&*journal).await;
        let bad = report.bad.unwrap_or_else(|| panic!("{field:?} was not found"));
        assert_eq!(bad.wrong, Wrong::Chain(field.flaw()), "{field:?}");
        match field {
            // What is missing shows in the record after it, whichever comes next.
            Field::Removed => assert_eq!((bad.position, &*bad.stream), (Position(5), "a/1")),
            Field::Position => assert!([5, 1_000_000].contains(&bad.position.0), "{bad}"),
            Field::Stream => assert_eq!((bad.position, &*bad.stream), (Position(4), "else/1")),
            _ => assert_eq!((bad.position, &*bad.stream), (Position(4), "b/1"), "{field:?}"),
        }
        assert_eq!(report.records, 3, "the sound ones before it: {field:?}");
        drop(journal);
        rig.close().await;
    }
}

pub(super) async fn a_cut_end_is_found_by_a_checkpoint(rig: &impl Rig) {
    let journal = rig.open().await;
    journal.append(append("a/1", 5)).await.expect("it is acknowledged");
    let hashes: Vec<_> = all(&*journal).await.iter().map(|record| record.hash).collect();
    let signed = Head { size: 5, root: Tree::new(&hashes).root() };
    let verify = async || {
        let verified = verify::verify(&*journal, [signed], |_| None).await;
        verified.expect("the store answers")
    };
    let sound = verify().await;
    assert_eq!((sound.bad, sound.checkpoints, sound.root), (None, 1, signed.root));
    rig.tamper(Position(5), Field::Removed).await;
    assert!(report(&*journal).await.is_sound(), "the chain alone cannot tell");
    let bad = verify().await.bad.expect("the checkpoint tells");
    assert_eq!((bad.position, bad.wrong), (Position(5), Wrong::Short));
    rig.close().await;
}

pub(super) async fn deleted_sealed_bytes_leave_the_chain_whole(rig: &impl Rig) {
    let journal = rig.open().await;
    journal.append(append("a/1", 4)).await.expect("it is acknowledged");
    let before = report(&*journal).await;
    rig.delete_sealed(Position(2)).await;
    rig.delete_sealed(Position(3)).await;
    let gone = |record: &Recorded| (record.position.0 == 2).then(|| "casework".to_owned());
    let after = verify::verify(&*journal, [Head { size: 4, root: before.root }], gone).await;
    let after = after.expect("the store answers");
    assert!(after.is_sound(), "{after}");
    assert_eq!((before.sealed, after.sealed, after.deleted), (4, 2, 2));
    assert_eq!((after.erased.get("casework"), after.unexplained), (Some(&1), 1));
    assert_eq!(after.root, before.root);
    let done = journal.append(append("a/1", 1)).await.expect("the chain goes on");
    assert_eq!(done.version, 5);
    assert!(report(&*journal).await.is_sound());
    rig.close().await;
}

pub(super) async fn guards_refuse_every_edit(rig: &impl Rig) {
    let journal = rig.open().await;
    journal.append(append("a/1", 3)).await.expect("it is acknowledged");
    for field in Field::ALL {
        let through = rig.guards_let_through(Position(3), field).await;
        assert!(!through, "{field:?} was let through");
    }
    rig.delete_sealed(Position(3)).await;
    // What is gone does not come back, as itself or as something else.
    assert!(!rig.guards_let_through(Position(3), Field::Sealed).await);
    let report = report(&*journal).await;
    assert!(report.is_sound(), "{report}");
    rig.close().await;
}
