//! What the vault promises, each on real files.

use super::*;
use crate::Steady;
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
    let key = vault.unwrap_key("call/1", &wrapped, At(0)).unwrap();
    assert_eq!(key.open("call/1 1", &sealed).unwrap(), b"words");
    assert!(matches!(key.open("call/1 2", &sealed), Err(VaultFault::Altered)));
    assert!(matches!(vault.unwrap_key("call/2", &wrapped, At(0)), Err(VaultFault::Altered)));
}

#[test]
fn a_destroyed_epoch_stays_destroyed_even_when_its_file_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let (_, wrapped) = vault.data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let file = epoch_file(&dir.path().join("a"), &epoch(5));
    let old = std::fs::read(&file).unwrap();
    vault.destroy(&epoch(5), At(1)).unwrap();
    assert!(matches!(vault.unwrap_key("call/1", &wrapped, At(0)), Err(VaultFault::Destroyed)));
    assert!(matches!(vault.data_key("x", &epoch(5), [4; 96]), Err(VaultFault::Destroyed)));

    std::fs::write(&file, old).unwrap();
    let vault = open(dir.path());
    assert!(matches!(vault.unwrap_key("call/1", &wrapped, At(0)), Err(VaultFault::Destroyed)));
    assert!(!file.exists());
}

#[test]
fn a_home_that_lost_a_file_is_healed_from_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let (_, wrapped) = open(dir.path()).data_key("call/1", &epoch(5), [2; 96]).unwrap();
    std::fs::remove_file(epoch_file(&dir.path().join("a"), &epoch(5))).unwrap();
    std::fs::remove_file(dir.path().join("b/root.key")).unwrap();
    let vault = open(dir.path());
    assert!(vault.unwrap_key("call/1", &wrapped, At(0)).is_ok());
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

#[test]
fn a_kept_key_opens_after_its_own_epoch_is_gone_and_only_until_it_is_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let (key, wrapped) = vault.data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let sealed = key.seal("call/1 1", b"words", [3; 16]);
    let hold = Epoch::hold(7);
    vault.keep("call/1", &wrapped, &hold, At(0), [4; 64]).unwrap();
    vault.destroy(&epoch(5), At(1)).unwrap();
    drop(vault);

    let vault = open(dir.path());
    assert!(vault.is_kept("call/1", Day(6).start()));
    let key = vault.unwrap_key("call/1", &wrapped, Day(6).start()).unwrap();
    assert_eq!(key.open("call/1 1", &sealed).unwrap(), b"words");
    vault.let_go("call/1", &hold, At(2)).unwrap();
    let gone = vault.unwrap_key("call/1", &wrapped, At(0));
    assert!(matches!(gone, Err(VaultFault::Destroyed)));
    assert!(vault.is_destroyed(&hold) && !vault.is_kept("call/1", At(0)));
    drop(vault);
    assert_eq!(open(dir.path()).ratchet().count, 2);
}

#[test]
fn a_key_whose_day_has_come_is_neither_opened_nor_kept() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let (_, wrapped) = vault.data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let late = Day(5).start();
    assert!(vault.unwrap_key("call/1", &wrapped, At(late.0 - 1)).is_ok());
    assert!(matches!(vault.unwrap_key("call/1", &wrapped, late), Err(VaultFault::Over)));
    let kept = vault.keep("call/1", &wrapped, &Epoch::hold(7), late, [4; 64]);
    assert!(matches!(kept, Err(VaultFault::Over)));
}

#[test]
fn a_hold_over_two_things_ends_with_the_last_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let hold = Epoch::hold(7);
    for name in ["call/1", "recording/1"] {
        let (_, wrapped) = vault.data_key(name, &epoch(5), [2; 96]).unwrap();
        vault.keep(name, &wrapped, &hold, At(0), [4; 64]).unwrap();
    }
    assert_eq!(vault.kept_under(&hold), ["call/1", "recording/1"]);
    vault.let_go("call/1", &hold, At(1)).unwrap();
    assert!(!vault.is_destroyed(&hold) && vault.is_kept("recording/1", At(1)));
    vault.let_go("recording/1", &hold, At(1)).unwrap();
    assert!(vault.is_destroyed(&hold));
}

#[test]
fn the_list_of_what_was_destroyed_can_neither_be_altered_nor_shortened_unseen() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    for day in [5, 6] {
        vault.data_key("call/1", &epoch(day), [2; 96]).unwrap();
        vault.destroy(&epoch(day), At(1)).unwrap();
    }
    let ratchet = vault.ratchet();
    drop(vault);
    let list = dir.path().join("a/destroyed");
    let text = std::fs::read_to_string(&list).unwrap();

    // One home behind the other is brought up; a cut last line is dropped first.
    std::fs::write(&list, &text[..text.len() - 9]).unwrap();
    assert_eq!(open(dir.path()).ratchet(), ratchet);
    assert_eq!(std::fs::read_to_string(&list).unwrap(), text);

    std::fs::write(&list, text.replace("casework.6", "casework.7")).unwrap();
    let opened = Vault::open(&dir.path().join("a"), &dir.path().join("b"), [1; 32]);
    assert!(matches!(opened, Err(VaultFault::Damaged(_))));
}

#[test]
fn a_mark_and_a_backup_are_what_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let (_, wrapped) = vault.data_key("call/1", &epoch(5), [2; 96]).unwrap();
    let steady = Steady { boot: 3, since: std::time::Duration::from_secs(9) };
    let mark = Mark { wall: At(12), steady, high: At(12) };
    vault.set_mark(mark).unwrap();
    vault.backup(&dir.path().join("copy")).unwrap();
    assert!(matches!(vault.backup(&dir.path().join("copy")), Err(VaultFault::NotEmpty)));
    drop(vault);
    let copy = dir.path().join("copy");
    let vault = Vault::open(&copy, &dir.path().join("c"), [9; 32]).unwrap();
    assert_eq!(vault.mark(), Some(mark));
    assert!(vault.unwrap_key("call/1", &wrapped, At(0)).is_ok());
}

#[test]
fn two_that_note_the_time_at_once_both_succeed() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(dir.path());
    let steady = Steady { boot: 3, since: std::time::Duration::from_secs(9) };
    let note = || {
        for second in 0..50 {
            let wall = kernel::At::from_seconds(second);
            vault.set_mark(Mark { wall, steady, high: wall }).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(note);
        scope.spawn(note);
    });
    assert!(vault.mark().is_some());
}

#[test]
fn a_needle_is_found_wherever_it_stands_and_is_never_short() {
    use crate::{Finder, Needle};
    assert!(Needle::new(b"too short").is_none());
    let needle = Needle::new(b"these very words").unwrap();
    let other = Needle::new(&[7; 200]).unwrap();
    let finder = Finder::new(&[needle.clone(), other, needle]);
    assert_eq!(finder.needles(), 2);
    assert_eq!(finder.count_in(b"..these very words..these very words"), 2);
    assert_eq!(finder.count_in(b"these very word"), 0);
    assert_eq!(finder.count_in(&[7; 64]), 1);
    assert_eq!(Finder::new(&[]).count_in(b"these very words"), 0);
}

#[test]
fn a_key_that_another_process_made_beside_this_one_is_found_and_never_made_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (service, command) = (open(dir.path()), open(dir.path()));
    let (key, wrapped) = command.data_key("staff/1", &epoch(5), [2; 96]).unwrap();
    let sealed = key.seal("staff/1 1", b"words", [3; 16]);
    let (_, theirs) = service.data_key("staff/2", &epoch(5), [4; 96]).unwrap();
    let key = service.unwrap_key("staff/1", &wrapped, At(0)).unwrap();
    assert_eq!(key.open("staff/1 1", &sealed).unwrap(), b"words");
    assert!(command.unwrap_key("staff/2", &theirs, At(0)).is_ok());
}
