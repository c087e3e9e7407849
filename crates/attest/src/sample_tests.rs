//! A certificate and a package as they were first handed out still verify: whoever holds one
//! of this version can check it with every later program. `UPDATE=1 cargo test -p attest` makes
//! the samples anew, which only a new version of the format is a reason for.

use crate::certificate::Certificate;
use crate::fixture::{DEADLINE, House, erased, expired, records};
use crate::package::{self, CUSTODY, Case, EXTRACT, Opening, Seal, Sealed};
use crate::signed::Key;
use journal::checkpoint::Signer;
use std::path::PathBuf;

/// What opens the sample; it guards nothing.
const WORDS: &str = "an example passphrase";

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn make() {
    let house = House::new(3);
    let certificate = house.issue(vec![expired(), erased()]).unwrap();
    std::fs::write(sample("certificate.json"), certificate.file()).unwrap();
    std::fs::write(sample("key.txt"), format!("{}\n", house.signer.line())).unwrap();
    std::fs::write(sample("passphrase.txt"), format!("{WORDS}\n")).unwrap();
    let case = Case {
        id: "package-1",
        case: "incident/one",
        made_at: DEADLINE,
        made_by: "staff/example",
        purpose: "An example",
    };
    let seal = Seal::passphrase(WORDS).unwrap();
    let mut package = Sealed::begin(Vec::new(), &seal, case, &house.signer).unwrap();
    package.add("chat.json", "What was written in the call.", b"[]").unwrap();
    let extract = house.extract(&records(&[expired(), erased()]), &[1, 4]);
    let extract = serde_json::to_vec(&extract).unwrap();
    package.add(EXTRACT, "The journal's extract.", &extract).unwrap();
    package.add(CUSTODY, "Who had what when.", b"[]").unwrap();
    let (sealed, _) = package.finish(&house.signer, |text| house.sign(text)).unwrap();
    std::fs::write(sample("package.age"), sealed).unwrap();
}

#[test]
fn what_was_handed_out_still_verifies() {
    if std::env::var_os("UPDATE").is_some() {
        make();
    }
    let line = std::fs::read_to_string(sample("key.txt")).unwrap();
    let signer = Signer::parse(line.trim()).unwrap();
    let certificate = std::fs::read(sample("certificate.json")).unwrap();
    Certificate::check(&certificate, Key::Given(&signer)).unwrap();
    let sealed = std::fs::File::open(sample("package.age")).unwrap();
    let report = package::verify(sealed, &Opening::passphrase(WORDS), Key::Given(&signer)).unwrap();
    assert_eq!(report.manifest.members.len(), 3);
}

#[test]
fn the_sample_is_what_would_be_written_today() {
    let certificate = House::new(3).issue(vec![expired(), erased()]).unwrap();
    let written = std::fs::read_to_string(sample("certificate.json")).unwrap();
    assert_eq!(certificate.file(), written);
}
