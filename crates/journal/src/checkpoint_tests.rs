//! Checkpoints against notes that others signed and published, and against every way to spoil
//! one. The keys are the published ones of those notes.

use super::*;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

/// Key and note of the Go project's checksum database, as published.
const GO_KEY: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
const GO_NOTE: &str = "go.sum database tree\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGz\
    Gku9nTo+zyWE+xeMcTOAYQ8=\n";
/// Key, seed, text and note of the example of the note format's first implementation.
const EXAMPLE_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const EXAMPLE_SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const EXAMPLE_TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const EXAMPLE_SIGNATURE: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZ\
    InNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn pair(seed: &[u8]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).unwrap()
}

fn signer(name: &str, pair: &Ed25519KeyPair) -> Signer {
    Signer::new(name, pair.public_key().as_ref().try_into().unwrap()).unwrap()
}

fn signing(pair: &Ed25519KeyPair) -> impl Fn(&[u8]) -> [u8; 64] {
    |text| pair.sign(text).as_ref().try_into().unwrap()
}

fn head() -> Head {
    Head { size: 17, root: [3; 32] }
}

#[test]
fn a_published_note_is_made_again_byte_for_byte() {
    let seed = BASE64.decode(EXAMPLE_SEED).unwrap();
    let pair = pair(&seed[1..]);
    let signer = signer("PeterNeumann", &pair);
    assert_eq!(signer.line(), EXAMPLE_KEY);
    assert_eq!(Signer::parse(EXAMPLE_KEY).as_ref(), Some(&signer));
    let note = signer.sign(EXAMPLE_TEXT, signing(&pair));
    assert_eq!(note, format!("{EXAMPLE_TEXT}\n{EXAMPLE_SIGNATURE}"));
    assert_eq!(signer.open(&note), Ok(EXAMPLE_TEXT));
}

#[test]
fn a_published_checkpoint_of_another_log_is_read_and_believed() {
    let signer = Signer::parse(GO_KEY).unwrap();
    let checkpoint = Checkpoint::parse(signer.open(GO_NOTE).unwrap()).unwrap();
    assert_eq!(checkpoint.origin, "go.sum database tree");
    assert_eq!(checkpoint.head.size, 20_852_163);
    assert!(GO_NOTE.starts_with(&checkpoint.text()));
    assert_eq!(Checkpoint::open(GO_NOTE, &signer), Err(NoteFault::Origin));
}

#[test]
fn a_signed_checkpoint_opens_with_its_key_only() {
    let (ours, theirs) = (pair(&[1; 32]), pair(&[2; 32]));
    let name = "force.example/rvr";
    let note = Checkpoint::sign(head(), &signer(name, &ours), signing(&ours));
    let opened = Checkpoint::open(&note, &signer(name, &ours)).unwrap();
    assert_eq!(opened, Checkpoint { origin: name.into(), head: head() });
    let other = Checkpoint::open(&note, &signer(name, &theirs));
    assert_eq!(other, Err(NoteFault::Unsigned));
    let renamed = Checkpoint::open(&note, &signer("other.example", &ours));
    assert_eq!(renamed, Err(NoteFault::Unsigned));
}

#[test]
fn a_witness_may_add_its_signature_and_a_false_one_in_our_name_spoils_the_note() {
    let (ours, witness) = (pair(&[1; 32]), pair(&[2; 32]));
    let us = signer("force.example/rvr", &ours);
    let text = Checkpoint { origin: us.name.clone(), head: head() }.text();
    let note = us.sign(&text, signing(&ours));
    let line = |note: &str| note.rsplit_once("\n\n").unwrap().1.to_owned();
    let theirs = signer("witness.example", &witness).sign(&text, signing(&witness));
    let both = format!("{note}{}", line(&theirs));
    assert!(Checkpoint::open(&both, &us).is_ok());
    let forged = us.sign(&text, signing(&witness));
    let spoiled = format!("{note}{}", line(&forged));
    assert_eq!(Checkpoint::open(&spoiled, &us), Err(NoteFault::False));
}

#[test]
fn no_byte_of_a_checkpoint_can_be_altered_unseen() {
    let pair = pair(&[1; 32]);
    let us = signer("force.example/rvr", &pair);
    let note = Checkpoint::sign(head(), &us, signing(&pair));
    for at in 0..note.len() {
        let mut bytes = note.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(text) = String::from_utf8(bytes) {
            assert!(Checkpoint::open(&text, &us).is_err(), "byte {at}");
        }
        // Cut anywhere, it is refused and never a panic.
        if note.is_char_boundary(at) {
            assert!(Checkpoint::open(&note[..at], &us).is_err(), "cut at {at}");
        }
    }
}

#[test]
fn a_text_that_is_not_a_checkpoint_is_refused() {
    let root = BASE64.encode([3; 32]);
    let good = format!("a.example\n0\n{root}\n");
    assert!(Checkpoint::parse(&good).is_some());
    assert!(Checkpoint::parse(&format!("{good}more\n")).is_some());
    let long = BASE64.encode([3; 33]);
    let bad = [
        String::new(),
        "\n".into(),
        format!("a.example\n0\n{root}"),
        format!("\n0\n{root}\n"),
        format!("a.example\n01\n{root}\n"),
        format!("a.example\n+1\n{root}\n"),
        format!("a.example\n-1\n{root}\n"),
        format!("a.example\n18446744073709551616\n{root}\n"),
        format!("a.example\n1\n{long}\n"),
        format!("a.example\n1\n{root}\n\nmore\n"),
    ];
    for text in bad {
        assert_eq!(Checkpoint::parse(&text), None, "{text:?}");
    }
    for name in ["", "a b", "a+b", "a\nb", "a\u{2003}b"] {
        assert_eq!(Signer::new(name, [0; 32]), None, "{name:?}");
    }
}
