//! A package verifies as it was made, and in no other state; what is refused never reaches a
//! disk.

use super::*;
use crate::extract::Extract;
use crate::fixture::{DEADLINE, House, erased, expired, records};
use crate::limits;
use crate::signed::{Key, Trust, WrongKey};
use age::secrecy::ExposeSecret;
use journal::checkpoint::NoteFault;
use proptest::prelude::*;
use std::io::Read;

const FILM: &[u8] = &[0xF1; 70_000];

struct Made {
    house: House,
    opening: Opening,
    sealed: Vec<u8>,
}

fn case() -> Case<'static> {
    Case {
        id: "package-1",
        case: "incident/one",
        made_at: DEADLINE,
        made_by: "staff/example",
        purpose: "Handed to the prosecutor",
    }
}

fn extract(house: &House) -> Extract {
    house.extract(&records(&[expired(), erased()]), &[1, 4])
}

fn key() -> (Seal, Opening) {
    let identity = age::x25519::Identity::generate();
    let seal = Seal::recipients([identity.to_public().to_string().as_str()]).unwrap();
    let opening = Opening::identity(identity.to_string().expose_secret()).unwrap();
    (seal, opening)
}

fn made_of(members: &[(&str, &[u8])]) -> Made {
    let house = House::new(1);
    let (seal, opening) = key();
    let mut package = Sealed::begin(Vec::new(), &seal, case(), &house.signer).unwrap();
    for (name, bytes) in members {
        package.add(name, "What it is.", bytes).unwrap();
    }
    let json = serde_json::to_vec(&extract(&house)).unwrap();
    package.add(EXTRACT, "The journal's extract.", &json).unwrap();
    package.add(CUSTODY, "Who had what when.", b"[]").unwrap();
    let (sealed, _) = package.finish(&house.signer, |text| house.sign(text)).unwrap();
    Made { house, opening, sealed }
}

fn made() -> Made {
    made_of(&[("media/call.webm", FILM), ("stills/1.jpg", b"still"), ("chat.json", b"[]")])
}

impl Made {
    fn verify(&self, sealed: &[u8]) -> Result<Report, Refused> {
        verify(sealed, &self.opening, Key::Given(&self.house.signer))
    }

    /// The archive inside the seal.
    fn inside(&self) -> Vec<u8> {
        let mut inside = Vec::new();
        self.opening.of(self.sealed.as_slice()).unwrap().read_to_end(&mut inside).unwrap();
        inside
    }

    fn unsealed(&self, inside: &[u8]) -> Result<Report, Refused> {
        verify_unsealed(inside, Key::Given(&self.house.signer))
    }
}

/// Names and bytes, in order.
type Members = Vec<(String, Vec<u8>)>;

/// The members of an archive, each with its header and padding, without the end.
fn members(inside: &[u8]) -> Members {
    let mut source = inside;
    let mut all = Vec::new();
    while let archive::Next::Member(name, length) = archive::next(&mut source).ok().unwrap() {
        let mut bytes = Vec::new();
        archive::member(&mut source, length, |more| bytes.extend_from_slice(more)).unwrap();
        all.push((name, bytes));
    }
    all
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in members {
        archive::begin(&mut out, name, bytes.len() as u64).unwrap();
        out.extend_from_slice(bytes);
        archive::end(&mut out, bytes.len() as u64).unwrap();
    }
    archive::finish(&mut out).unwrap();
    out
}

#[test]
fn a_package_verifies_as_it_was_made() {
    let made = made();
    let report = made.verify(&made.sealed).unwrap();
    assert_eq!((report.trust, report.events), (Trust::Given, 2));
    assert_eq!(report.manifest.members.len(), 5);
    let words = report.to_string();
    assert!(words.contains("All 5 members are there"), "{words}");
    assert!(!words.contains("--key"));
    let report = verify(made.sealed.as_slice(), &made.opening, Key::Contained).unwrap();
    assert!(report.to_string().contains("--key"));
}

#[test]
fn any_tool_for_such_archives_reads_the_inside() {
    let inside = made().inside();
    let mut archive = tar::Archive::new(inside.as_slice());
    let names: Vec<String> = archive
        .entries()
        .unwrap()
        .map(|entry| entry.unwrap().path().unwrap().display().to_string())
        .collect();
    assert_eq!(names[0], "media/call.webm");
    assert_eq!(names.last().unwrap(), NOTE);
}

#[test]
fn a_passphrase_opens_what_it_sealed_and_nothing_else_does() {
    let house = House::new(1);
    let words = "correct horse battery";
    let Seal::Passphrase(secret, _) = Seal::passphrase(words).unwrap() else { panic!() };
    let seal = Seal::Passphrase(secret, 4);
    let mut package = Sealed::begin(Vec::new(), &seal, case(), &house.signer).unwrap();
    let json = serde_json::to_vec(&extract(&house)).unwrap();
    package.add(EXTRACT, "x", &json).unwrap();
    package.add(CUSTODY, "x", b"[]").unwrap();
    let (sealed, _) = package.finish(&house.signer, |text| house.sign(text)).unwrap();
    let by = |opening: &Opening| verify(sealed.as_slice(), opening, Key::Given(&house.signer));
    assert!(by(&Opening::passphrase(words)).is_ok());
    assert_eq!(by(&Opening::passphrase("another horse")), Err(Refused::Seal));
    assert_eq!(by(&key().1), Err(Refused::Seal));
    assert_eq!(Seal::passphrase("short").err(), Some(SealFault::Short));
    assert_eq!(Seal::recipients([]).err(), Some(SealFault::Nobody));
    assert_eq!(Seal::recipients(["age1nonsense"]).err(), Some(SealFault::Key));
    assert_eq!(Opening::identity("no key").err(), Some(SealFault::Key));
}

#[test]
fn no_byte_of_a_sealed_package_can_be_altered_unseen() {
    let made = made_of(&[("a", b"abc")]);
    let length = made.sealed.len();
    for at in (0..length).step_by(7).chain(0..200).chain(length - 40..length) {
        let mut altered = made.sealed.clone();
        altered[at] ^= 1;
        assert!(made.verify(&altered).is_err(), "byte {at}");
        assert!(made.verify(&made.sealed[..at]).is_err(), "cut at {at}");
    }
    let longer = [made.sealed.as_slice(), b"x"].concat();
    assert!(made.verify(&longer).is_err());
}

#[test]
fn no_byte_of_the_archive_inside_can_be_altered_unseen() {
    let made = made_of(&[("a", b"abc")]);
    let inside = made.inside();
    assert!(made.unsealed(&inside).is_ok());
    for at in 0..inside.len() {
        let mut altered = inside.clone();
        altered[at] ^= 1;
        assert!(made.unsealed(&altered).is_err(), "byte {at}");
        if at % 16 == 0 {
            assert!(made.unsealed(&inside[..at]).is_err(), "cut at {at}");
        }
    }
    let longer = [inside.as_slice(), &[0; 512]].concat();
    assert!(matches!(made.unsealed(&longer), Err(Refused::Form(_))));
}

#[test]
fn the_first_member_that_is_wrong_is_named() {
    let made = made();
    let whole = members(&made.inside());
    assert_eq!(packed(&whole), made.inside());
    let altered = |change: &dyn Fn(&mut Members)| {
        let mut members = whole.clone();
        change(&mut members);
        made.unsealed(&packed(&members)).unwrap_err()
    };
    let still = || "stills/1.jpg".to_owned();
    assert_eq!(altered(&|m| drop(m.remove(1))), Refused::Missing(still()));
    assert_eq!(altered(&|m| m[1].1[0] ^= 1), Refused::Altered(still()));
    assert_eq!(altered(&|m| m[1].1.truncate(1)), Refused::Length(still()));
    let more = altered(&|m| m.insert(1, ("stills/2.jpg".into(), vec![1])));
    assert_eq!(more, Refused::Unlisted("stills/2.jpg".into()));
    assert_eq!(altered(&|m| m.insert(1, m[1].clone())), Refused::Twice(still()));
    assert_eq!(altered(&|m| m.swap(0, 1)), Refused::Order(still()));
    assert_eq!(altered(&|m| drop(m.pop())), Refused::Missing(NOTE.into()));
    assert_eq!(altered(&|m| drop(m.remove(5))), Refused::Missing(MANIFEST.into()));
    assert_eq!(altered(&|m| m[5].1.push(b' ')), Refused::Manifest);
    assert!(matches!(altered(&|m| m[6].1[0] ^= 1), Refused::Signature(_)));
    let cut = &made.inside()[..40_000];
    assert_eq!(made.unsealed(cut), Err(Refused::Cut("media/call.webm".into())));
    assert_eq!(made.unsealed(b""), Err(Refused::CutAfter(String::new())));
}

#[test]
fn a_package_of_another_key_is_refused() {
    let (made, other) = (made(), House::new(2));
    let refused = verify(made.sealed.as_slice(), &made.opening, Key::Given(&other.signer));
    assert_eq!(refused, Err(Refused::Key(WrongKey::Other)));
    // The manifest made out to the other key: its signature is missing.
    let mut members = members(&made.inside());
    let mut manifest = Manifest::read(&members[5].1).unwrap();
    manifest.key = other.signer.line();
    members[5].1 = manifest.file();
    let refused = verify_unsealed(packed(&members).as_slice(), Key::Contained);
    assert_eq!(refused, Err(Refused::Signature(NoteFault::Unsigned)));
}

#[test]
fn an_extract_that_the_journal_does_not_bear_out_is_refused() {
    let house = House::new(1);
    let (seal, opening) = key();
    let mut extract = extract(&house);
    extract.events[0].at.0 += 1;
    let mut package = Sealed::begin(Vec::new(), &seal, case(), &house.signer).unwrap();
    package.add(EXTRACT, "x", &serde_json::to_vec(&extract).unwrap()).unwrap();
    package.add(CUSTODY, "x", b"[]").unwrap();
    let (sealed, _) = package.finish(&house.signer, |text| house.sign(text)).unwrap();
    let refused = verify(sealed.as_slice(), &opening, Key::Contained).unwrap_err();
    assert!(matches!(refused, Refused::Journal(_)));
}

#[test]
fn what_cannot_be_verified_is_not_written() {
    let house = House::new(1);
    let (seal, _) = key();
    let begin = || Sealed::begin(Vec::new(), &seal, case(), &house.signer).unwrap();
    let mut package = begin();
    let names = [
        "",
        "/etc/passwd",
        "../up",
        "a/../b",
        ".hidden",
        "a//b",
        "A",
        "a b",
        "manifest.json",
        "manifest.note",
        "a\\b",
        &"x".repeat(100),
    ];
    for name in names {
        let refused = package.add(name, "x", b"x");
        assert!(matches!(refused, Err(WriteFault::Name(_))), "{name:?}");
    }
    package.add("a", "x", b"x").unwrap();
    assert!(matches!(package.add("a", "x", b"x"), Err(WriteFault::Name(_))));
    let mut short = package.member("short", "x", 3).unwrap();
    short.write(b"ab").unwrap();
    assert!(matches!(short.end(), Err(WriteFault::Length(_))));
    let mut package = begin();
    let mut long = package.member("long", "x", 3).unwrap();
    assert!(matches!(long.write(b"abcd"), Err(WriteFault::Length(_))));
    let far = limits::MEMBER_BYTES_MAX + 1;
    assert!(matches!(begin().member("far", "x", far), Err(WriteFault::TooLarge(_))));
    let unfinished = begin().finish(&house.signer, |text| house.sign(text));
    assert!(matches!(unfinished, Err(WriteFault::Missing(EXTRACT))));
    let mut package = begin();
    package.add_from("film", "x", FILM.len() as u64, &mut &FILM[..]).unwrap();
    assert!(matches!(package.add_from("f", "x", 2, &mut &b"abc"[..]), Err(WriteFault::Length(_))));
}

#[test]
fn a_package_is_opened_into_a_new_folder_and_never_over_another() {
    let made = made();
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("case");
    let key = Key::Given(&made.house.signer);
    open(|| Ok(made.sealed.as_slice()), &made.opening, key, &folder).unwrap();
    assert_eq!(std::fs::read(folder.join("media/call.webm")).unwrap(), FILM);
    assert_eq!(std::fs::read(folder.join("stills/1.jpg")).unwrap(), b"still");
    assert!(folder.join(MANIFEST).exists());
    let again = open(|| Ok(made.sealed.as_slice()), &made.opening, key, &folder);
    assert!(matches!(again, Err(Refused::Out(_))));
}

#[test]
fn nothing_of_a_package_that_is_refused_is_written() {
    let made = made();
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("case");
    let cut = &made.sealed[..made.sealed.len() - 1];
    assert!(open(|| Ok(cut), &made.opening, Key::Contained, &folder).is_err());
    assert!(!folder.exists());
}

#[test]
fn a_package_that_is_changed_between_looking_and_opening_is_refused() {
    let (made, other) = (made(), made_of(&[("media/call.webm", b"another")]));
    let mut times = 0;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("case");
    // The second is not even sealed to the same key.
    let source = || {
        times += 1;
        Ok(if times == 1 { made.sealed.as_slice() } else { other.sealed.as_slice() })
    };
    let refused = open(source, &made.opening, Key::Contained, &folder);
    assert_eq!(refused, Err(Refused::Seal));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(verify_unsealed(bytes.as_slice(), Key::Contained).is_err());
        prop_assert!(verify(bytes.as_slice(), &key().1, Key::Contained).is_err());
    }

    #[test]
    fn only_names_that_stay_inside_their_folder_are_names(name in "[a-z./_\\\\-]{0,12}") {
        let inside = std::path::Path::new(&name)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        prop_assert!(!is_name(&name) || (inside && !name.is_empty()));
    }
}
