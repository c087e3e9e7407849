//! The tree against the published reference tree of Certificate Transparency, and its two shapes
//! against each other.

use super::*;

/// Leaves of the reference tree.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
/// Its published roots, by size from 0.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn records(count: u64) -> Vec<Hash> {
    (0..count).map(|n| chain::digest(&n.to_be_bytes())).collect()
}

#[test]
fn the_roots_are_those_of_the_published_reference_tree() {
    let mut frontier = Frontier::default();
    let mut tree = Tree::default();
    assert_eq!(hex(&frontier.root()), ROOTS[0]);
    assert_eq!(hex(&tree.root()), ROOTS[0]);
    for (leaf, root) in LEAVES.iter().zip(&ROOTS[1..]) {
        frontier.push_leaf(leaf);
        tree.0.push(leaf.to_vec());
        assert_eq!(hex(&frontier.root()), *root);
        assert_eq!(hex(&tree.root()), *root);
    }
}

#[test]
fn the_proofs_are_those_of_the_published_reference_tree() {
    let mut tree = Tree::default();
    LEAVES.iter().for_each(|leaf| tree.0.push(leaf.to_vec()));
    let inclusion: Vec<_> = tree.prove_inclusion(6).unwrap().iter().map(|h| hex(h)).collect();
    assert_eq!(
        inclusion,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
    let consistency: Vec<_> = tree.prove_consistency(3).unwrap().iter().map(|h| hex(h)).collect();
    assert_eq!(
        consistency,
        [
            "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
            "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
    );
}

#[test]
fn the_frontier_says_the_root_of_the_tree_at_every_size() {
    let (mut frontier, mut tree) = (Frontier::default(), Tree::default());
    for record in records(200) {
        frontier.push(&record);
        tree.push(&record);
        assert_eq!((frontier.size(), frontier.root()), (tree.size(), tree.root()));
    }
}

#[test]
fn every_record_is_proved_in_its_place_and_no_other() {
    for size in [1, 2, 3, 7, 8, 33] {
        let records = records(size);
        let tree = Tree::new(&records);
        let head = Head { size, root: tree.root() };
        for (position, record) in (1..).zip(&records) {
            let proof = tree.prove_inclusion(position).unwrap();
            assert!(head.includes(record, position, &proof));
            assert!(!head.includes(&[9; 32], position, &proof));
            assert!(!head.includes(record, position + 1, &proof));
            assert!(!head.includes(record, 0, &proof));
            assert!(!Head { root: [0; 32], ..head }.includes(record, position, &proof));
        }
        assert_eq!(tree.prove_inclusion(0), None);
        assert_eq!(tree.prove_inclusion(size + 1), None);
    }
}

#[test]
fn a_tree_goes_on_from_each_of_its_beginnings_and_from_no_other() {
    let all = records(40);
    let tree = Tree::new(&all);
    let head = Head { size: 40, root: tree.root() };
    for size in 0..=40 {
        let older = Head { size, root: Tree::new(&all[..size as usize]).root() };
        let proof = tree.prove_consistency(size).unwrap();
        assert!(head.continues(&older, &proof), "from {size}");
        assert!(!head.continues(&Head { root: [1; 32], ..older }, &proof), "from {size}");
        let longer: Vec<Hash> = proof.iter().copied().chain([[2; 32]]).collect();
        assert!(!head.continues(&older, &longer), "from {size}");
    }
    assert_eq!(tree.prove_consistency(41), None);
    assert!(!head.continues(&Head { size: 41, root: [0; 32] }, &[]));
    assert!(!Head { size: u64::MAX, root: [0; 32] }.includes(&[0; 32], 1, &[]));
    assert!(!Head { size: u64::MAX, root: [0; 32] }.continues(&head, &[]));
}
