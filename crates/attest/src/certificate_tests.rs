//! A certificate verifies as it was issued, and in no other state: every byte, every field, every
//! event, every rule.

use super::*;
use crate::extract::Unproved;
use crate::fixture::{DAY, DEADLINE, House, erased, expired, records};
use crate::signed::{Trust, WrongKey};
use journal::Position;
use journal::checkpoint::NoteFault;
use proptest::prelude::*;
use serde_json::{Value, json};

fn issued() -> (House, Certificate) {
    let house = House::new(1);
    let certificate = house.issue(vec![expired(), erased()]).unwrap();
    (house, certificate)
}

/// Signs again what a forger with the key would have altered.
fn signed_again(house: &House, mut certificate: Certificate) -> Certificate {
    let bytes = certificate.statement.bytes();
    certificate.signature = signed::sign(FORMAT, &bytes, &house.signer, |text| house.sign(text));
    certificate
}

fn with(change: impl Fn(&mut Value)) -> Value {
    let mut event = expired();
    change(&mut event);
    event
}

#[test]
fn a_certificate_verifies_as_it_was_issued() {
    let (house, certificate) = issued();
    let file = certificate.file();
    let (read, verdict) = Certificate::check(file.as_bytes(), Key::Given(&house.signer)).unwrap();
    assert_eq!(read, certificate);
    assert_eq!(verdict.trust, Trust::Given);
    let words = verdict.to_string();
    for part in [
        "2 keys",
        "1 December 2026, 00:00:00 UTC",
        "3 seconds later",
        "14 sealed records",
        "90 objects",
        "nothing was found",
        "wall, steady",
        "read models: it was not searched",
        "of 1 key",
    ] {
        assert!(words.contains(part), "{part:?} in {words}");
    }
    assert!(!words.contains("--key"));
    let (_, verdict) = Certificate::check(file.as_bytes(), Key::Contained).unwrap();
    assert_eq!(verdict.trust, Trust::Contained);
    assert!(verdict.to_string().contains("--key"));
}

#[test]
fn the_account_is_what_the_journal_says() {
    let (_, certificate) = issued();
    let account = &certificate.statement.account;
    assert_eq!((account.class.as_str(), account.expires_on.0), ("disclosure-recording", DAY));
    assert_eq!((account.deadline, account.kept), (DEADLINE, 1));
    assert_eq!(account.names.iter().collect::<Vec<_>>(), ["recording/one", "recording/two"]);
    let gone = Gone { keys: 2, ciphertexts: 14, objects: 90, bytes: 4_096_000 };
    assert_eq!(account.gone, gone);
}

#[test]
fn no_byte_of_a_certificate_can_be_altered_unseen() {
    let (_, certificate) = issued();
    let file = certificate.file().into_bytes();
    for at in 0..file.len() {
        for flip in [1, 0x20] {
            let mut altered = file.clone();
            altered[at] ^= flip;
            let refused = Certificate::check(&altered, Key::Contained);
            assert!(refused.is_err(), "byte {at} ^ {flip}");
        }
    }
    for at in 0..file.len() {
        assert!(Certificate::check(&file[..at], Key::Contained).is_err(), "cut at {at}");
    }
    let longer = [file.as_slice(), b" "].concat();
    assert!(matches!(Certificate::check(&longer, Key::Contained), Err(Refused::Form(_))));
}

/// What a forger does to a part of a certificate.
type Change<'c, T> = &'c dyn Fn(&mut T);

/// Every place in a JSON value where something else could stand.
fn alterations(value: &Value) -> Vec<Value> {
    let mut all = match value {
        Value::Number(n) => vec![json!(n.as_i64().unwrap_or(0).wrapping_add(1))],
        Value::String(s) => vec![json!(format!("{s}x")), json!("")],
        Value::Null => vec![json!("00".repeat(32))],
        _ => vec![],
    };
    if let Value::Array(items) = value {
        for at in 0..items.len() {
            let mut fewer = items.clone();
            fewer.remove(at);
            all.push(Value::Array(fewer));
            for other in alterations(&items[at]) {
                let mut items = items.clone();
                items[at] = other;
                all.push(Value::Array(items));
            }
        }
        let twice = items.iter().chain(items.last()).cloned().collect();
        all.push(Value::Array(twice));
    }
    if let Value::Object(fields) = value {
        for (name, field) in fields {
            let mut fewer = fields.clone();
            fewer.remove(name);
            all.push(Value::Object(fewer));
            for other in alterations(field) {
                let mut fields = fields.clone();
                fields.insert(name.clone(), other);
                all.push(Value::Object(fields));
            }
        }
    }
    all
}

#[test]
fn no_field_of_a_certificate_can_be_altered_unseen_however_it_is_written() {
    let (house, certificate) = issued();
    let value = serde_json::to_value(&certificate).unwrap();
    let altered = alterations(&value);
    assert!(altered.len() > 120, "{}", altered.len());
    for value in altered.into_iter().filter(|other| *other != value) {
        let Ok(read) = serde_json::from_value::<Certificate>(value.clone()) else { continue };
        if read == certificate {
            continue;
        }
        let refused = read.verify(Key::Given(&house.signer));
        assert!(refused.is_err(), "{value}");
    }
}

#[test]
fn what_the_journal_says_outranks_whoever_holds_the_key() {
    let (house, certificate) = issued();
    let altered = |change: &dyn Fn(&mut Statement)| {
        let mut other = certificate.clone();
        change(&mut other.statement);
        signed_again(&house, other).verify(Key::Given(&house.signer))
    };
    assert!(altered(&|_| {}).is_ok());
    let account: [(Change<'_, Account>, &str); 9] = [
        (&|a| a.class.push('x'), "the class"),
        (&|a| a.expires_on.0 += 1, "the day"),
        (&|a| a.deadline.0 += 1, "the deadline"),
        (&|a| a.erased_at.0 += 1, "when the keys were destroyed"),
        (&|a| a.cleared_at.0 -= 1, "when all was cleared away"),
        (&|a| a.names.extend(["recording/three".into()]), "which keys went"),
        (&|a| a.gone.bytes += 1, "how much went"),
        (&|a| a.kept = 0, "how much is kept"),
        (&|a| a.scan.needles += 1, "what was searched"),
    ];
    for (change, what) in account {
        let refused = altered(&|statement| change(&mut statement.account));
        assert_eq!(refused, Err(Refused::Disagrees(what)));
    }
    let event = |change: &dyn Fn(&mut crate::Proved)| {
        altered(&|statement| change(&mut statement.journal.events[0]))
    };
    let record = Err(Refused::Journal(Unproved::Record(Position(2))));
    assert_eq!(event(&|e| e.at.0 -= 1), record);
    assert_eq!(event(&|e| e.clear = e.clear.replace("one", "eno")), record);
    assert_eq!(event(&|e| e.actor.push('x')), record);
    assert_eq!(event(&|e| e.sealed_hash = Some(e.prev)), record);
    assert_eq!(event(&|e| e.proof.truncate(1)), record);
    let order = altered(&|statement| statement.journal.events.reverse());
    assert_eq!(order, Err(Refused::Journal(Unproved::Order(Position(2)))));
}

#[test]
fn clocks_that_did_not_agree_and_other_forms_are_refused() {
    let (house, certificate) = issued();
    let altered = |change: &dyn Fn(&mut Statement)| {
        let mut other = certificate.clone();
        change(&mut other.statement);
        signed_again(&house, other).verify(Key::Given(&house.signer)).unwrap_err()
    };
    let early = altered(&|s| s.clocks[1].says = kernel::At(DEADLINE.0 - 1));
    assert_eq!(early, Refused::Clock("steady".into()));
    assert_eq!(altered(&|s| s.clocks.clear()), Refused::NoClock);
    assert!(matches!(altered(&|s| s.format.push('2')), Refused::Form(_)));
    assert!(matches!(altered(&|s| s.issued_at = DEADLINE), Refused::Form(_)));
    assert!(matches!(altered(&|s| s.authority.clear()), Refused::Form(_)));
    assert_eq!(altered(&|s| s.origin.push('x')), Refused::Origin);
    assert_eq!(altered(&|s| s.key.push('x')), Refused::Key(WrongKey::Unreadable));
}

#[test]
fn a_certificate_of_another_key_is_refused() {
    let (_, certificate) = issued();
    let other = House::new(2);
    let refused = certificate.verify(Key::Given(&other.signer));
    assert_eq!(refused, Err(Refused::Key(WrongKey::Other)));
    // The other house copies it and signs it: its checkpoint is still not theirs.
    let mut copied = certificate;
    copied.statement.key = other.signer.line();
    let refused = copied.verify(Key::Contained);
    assert_eq!(refused, Err(Refused::Signature(NoteFault::Unsigned)));
    let refused = signed_again(&other, copied).verify(Key::Contained);
    assert_eq!(refused, Err(Refused::Journal(Unproved::Checkpoint(NoteFault::Unsigned))));
}

#[test]
fn no_certificate_is_issued_that_would_not_verify() {
    let house = House::new(1);
    let issue = |events: Vec<Value>| house.issue(events).map(|_| ()).unwrap_err();
    assert_eq!(issue(vec![]), Refused::Absent(EXPIRED));
    assert_eq!(issue(vec![expired()]), Refused::Absent(ERASED));
    assert_eq!(issue(vec![erased(), expired()]), Refused::Absent(ERASED));
    let early = with(|e| e["at"] = json!(DEADLINE.0 - 1));
    assert!(matches!(issue(vec![early, erased()]), Refused::Early(_)));
    let part = with(|e| e["of"] = json!(2));
    assert_eq!(issue(vec![part, erased()]), Refused::Part);
    let other = with(|e| e["class"] = json!("evidence"));
    assert_eq!(issue(vec![expired(), other, erased()]), Refused::Other(Position(4)));
    let unread = with(|e| e["names"] = json!(3));
    assert_eq!(issue(vec![unread, erased()]), Refused::Body(Position(2)));
    let one = with(|e| e["names"] = json!(["recording/one"]));
    assert_eq!(issue(vec![one, erased()]), Refused::Disagrees("the number of keys"));
    let mut residue = erased();
    residue["scan"]["found"] = json!(2);
    assert_eq!(issue(vec![expired(), residue.clone()]), Refused::Residue(2));
    // What was once found is not forgotten by searching again.
    assert_eq!(issue(vec![expired(), residue, erased()]), Refused::Residue(2));
}

#[test]
fn an_end_in_parts_and_a_clearing_in_steps_are_added_up() {
    let house = House::new(1);
    let part = |n: u32, name: &str| {
        with(|e| {
            e["part"] = json!(n);
            e["of"] = json!(2);
            e["names"] = json!([name]);
        })
    };
    let parts = vec![part(1, "recording/one"), part(2, "recording/two"), erased(), erased()];
    let certificate = house.issue(parts).unwrap();
    let gone = Gone { keys: 2, ciphertexts: 28, objects: 180, bytes: 8_192_000 };
    assert_eq!(certificate.statement.account.gone, gone);
}

#[test]
fn a_search_for_nothing_is_said_to_prove_nothing() {
    let house = House::new(1);
    let mut blind = erased();
    blind["scan"]["needles"] = json!(0);
    let certificate = house.issue(vec![expired(), blind]).unwrap();
    let verdict = certificate.verify(Key::Given(&house.signer)).unwrap();
    assert!(verdict.not_proved[0].contains("nothing was searched for"));
}

#[test]
fn the_printed_form_is_a_pdf_and_always_the_same() {
    let (_, certificate) = issued();
    let printed = pdf(&certificate).unwrap();
    assert!(printed.starts_with(b"%PDF-"));
    assert_eq!(printed, pdf(&certificate).unwrap());
}

#[test]
fn a_record_beyond_the_checkpoint_has_no_proof() {
    let records = records(&[expired()]);
    let tree = journal::tree::Tree::new(records[..1].iter().map(|record| &record.hash));
    assert!(crate::Proved::new(&records[2], &tree).is_none());
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Certificate::check(&bytes, Key::Contained).is_err());
    }

    #[test]
    fn no_piece_put_for_another_makes_the_reader_panic(
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        piece in "[\\PC\n]{0,20}",
    ) {
        let (_, certificate) = issued();
        let file = certificate.file();
        let at = at.index(file.len());
        let end = (at + length).min(file.len());
        let (before, after) = (file.get(..at), file.get(end..));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let altered = format!("{before}{piece}{after}");
        if altered != file {
            prop_assert!(Certificate::check(altered.as_bytes(), Key::Contained).is_err());
        }
    }
}
