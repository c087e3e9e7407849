//! The RFC 6962 tree over the records' hashes. Two shapes of it: a frontier that follows the
//! journal in a few hundred bytes and says the root, and a whole tree that gives proofs. Anyone
//! with a root can check a proof without the journal.

use crate::chain;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use sha2::{Digest, Sha256};

/// A hash in the tree or of a record.
pub type Hash = [u8; 32];

/// The roots of the full subtrees, largest first: enough for the root of everything so far and
/// to go on from. Cheap to keep and to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// Adds the hash of the next record.
    pub fn push(&mut self, record: &Hash) {
        self.push_leaf(record);
    }

    fn push_leaf(&mut self, leaf: &[u8]) {
        //= RFC 6962, section 2.1: a leaf is hashed after 0x00, an inner node after 0x01
        let mut node: Hash = Sha256::new().chain_update([0]).chain_update(leaf).finalize().into();
        // As many full subtrees end here as the size has trailing ones.
        for _ in 0..self.size.trailing_ones() {
            let left = self.nodes.pop().expect("a full subtree stands for every one in the size");
            node = parent(&left, &node);
        }
        self.nodes.push(node);
        self.size += 1;
    }

    /// Records so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over the records so far.
    pub fn root(&self) -> Hash {
        let mut nodes = self.nodes.iter().rev();
        let Some(last) = nodes.next() else {
            return chain::digest(b"");
        };
        nodes.fold(*last, |right, left| parent(left, &right))
    }
}

fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The whole tree in memory, some 96 bytes a record: made when a proof is asked for.
#[derive(Default)]
pub struct Tree(MemoryBackedTree<Sha256, Vec<u8>>);

impl Tree {
    /// The tree over these records' hashes, in order.
    pub fn new<'a>(records: impl IntoIterator<Item = &'a Hash>) -> Self {
        let mut tree = Self::default();
        records.into_iter().for_each(|record| tree.push(record));
        tree
    }

    /// Adds the hash of the next record.
    pub fn push(&mut self, record: &Hash) {
        self.0.push(record.to_vec());
    }

    /// Records in it.
    pub fn size(&self) -> u64 {
        self.0.len()
    }

    /// Its root.
    pub fn root(&self) -> Hash {
        if self.0.is_empty() { chain::digest(b"") } else { (*self.0.root().as_bytes()).into() }
    }

    /// The proof that the record at `position` (from 1, as in the journal) is in this tree;
    /// `None` when it is not.
    pub fn prove_inclusion(&self, position: u64) -> Option<Vec<Hash>> {
        let index = position.checked_sub(1).filter(|index| *index < self.size())?;
        let index = usize::try_from(index).ok()?;
        Some(hashes(self.0.prove_inclusion(index).as_bytes()))
    }

    /// The proof that this tree goes on from the one of its first `size` records; `None` when it
    /// has fewer.
    pub fn prove_consistency(&self, size: u64) -> Option<Vec<Hash>> {
        let added = self.size().checked_sub(size)?;
        if size == 0 || added == 0 {
            return Some(Vec::new());
        }
        let proof = self.0.prove_consistency(usize::try_from(added).ok()?);
        Some(hashes(proof.as_bytes()))
    }
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.to_vec()
}

/// A tree's size and root, as a checkpoint says them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Records in the tree.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Head {
    /// Whether the record with this hash is at `position` (from 1) in the tree.
    pub fn includes(&self, record: &Hash, position: u64, proof: &[Hash]) -> bool {
        let Some(index) = position.checked_sub(1) else {
            return false;
        };
        if self.size > SIZE_MAX {
            return false;
        }
        let Ok(proof) = InclusionProof::try_from_bytes(proof.concat()) else {
            return false;
        };
        self.ct().verify_inclusion(record, index, &proof).is_ok()
    }

    /// Whether this tree goes on from the `older` one, nothing of it altered.
    pub fn continues(&self, older: &Self, proof: &[Hash]) -> bool {
        if older.size == 0 {
            return older.root == chain::digest(b"") && proof.is_empty();
        }
        if older.size == self.size {
            return older.root == self.root && proof.is_empty();
        }
        let Ok(proof) = ConsistencyProof::try_from_bytes(proof.concat()) else {
            return false;
        };
        self.ct().verify_consistency(&older.ct(), &proof).is_ok()
    }

    fn ct(&self) -> RootHash<Sha256> {
        RootHash::new(self.root.into(), self.size)
    }
}

/// Beyond this the library counts in more than 64 bits; no journal gets there.
const SIZE_MAX: u64 = u64::MAX / 2;

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
