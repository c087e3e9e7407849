//! What the vault promises, each on real files.

use super::*;
use kernel::Day;

fn epoch(day: i32) -> Epoch {
    Epoch { class: "casework".into(), expires_on: Day(day) }
}

fn open(dir: &Path) -> Vault {
    Vault::open(&dir.join("a"), &dir.join("b"), [1; 32]).unwrap()
}

#[test]
fn a_sealed_value_opens_after_a_restart_and_only_in_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let (key, wrapped) = open(dir.path()).data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let sealed = key.seal("call/1 1", b"words", [3; 16]);

    let vault = Vault::open(&dir.path().join("a"), &dir.path().join("b"), [9; 32]).unwrap();
    let key = vault.unwrap_key("call/1", &wrapped).unwrap();
    assert_eq!(key.open("call/1 1", &sealed).unwrap(), b"words");
    assert!(matches!(key.open("call/1 2", &sealed), Err(VaultFault::Altered)));
    assert!(matches!(vault.unwrap_key("call/2", &wrapped), Err(VaultFault::Altered)));
}

#[test]
fn a_destroyed_epoch_stays_destroyed_even_when_its_file_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let (_, wrapped) = vault.data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let file = epoch_file(&dir.path().join("a"), &epoch(5));
    let old = std::fs::read(&file).unwrap();
    vault.destroy(&epoch(5), At(1)).unwrap();
    assert!(matches!(vault.unwrap_key("call/1", &wrapped), Err(VaultFault::Destroyed)));
    assert!(matches!(vault.data_key("x", &epoch(5), [4; 96]), Err(VaultFault::Destroyed)));

    std::fs::write(&file, old).unwrap();
    let vault = open(dir.path());
    assert!(matches!(vault.unwrap_key("call/1", &wrapped), Err(VaultFault::Destroyed)));
    assert!(!file.exists());
}

#[test]
fn a_home_that_lost_a_file_is_healed_from_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let (_, wrapped) = open(dir.path()).data_key("call/1", &epoch(5), [2; 96]).unwrap();
    std::fs::remove_file(epoch_file(&dir.path().join("a"), &epoch(5))).unwrap();
    std::fs::remove_file(dir.path().join("b/root.key")).unwrap();
    let vault = open(dir.path());
    assert!(vault.unwrap_key("call/1", &wrapped).is_ok());
    assert!(dir.path().join("b/root.key").exists());
}

#[test]
fn no_key_stands_in_plain_in_an_epoch_file() {
    let dir = tempfile::tempdir().unwrap();
    let luck: [u8; 96] = std::array::from_fn(|i| i as u8);
    open(dir.path()).data_key("call/1", &epoch(5), luck).unwrap();
    let file = std::fs::read(epoch_file(&dir.path().join("a"), &epoch(5))).unwrap();
    assert!(!file.windows(8).any(|w| w == &luck[32..40]));
}

#[test]
fn a_blind_index_differs_by_domain_and_by_value() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    assert_eq!(vault.blind("phone", "1"), vault.blind("phone", "1"));
    assert_ne!(vault.blind("phone", "1"), vault.blind("phone", "2"));
    assert_ne!(vault.blind("phone", "1"), vault.blind("name", "1"));
}
