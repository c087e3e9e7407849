//! An agency of the directory.

use crate::agency::{Agency, Command, Event, Profile, Refusal};
use crate::{KindCode, limits};
use kernel::id::StaffId;
use kernel::spec::given;

fn profile(name: &str) -> Profile {
    Profile { name: name.into(), ..Profile::default() }
}

fn registered() -> Event {
    Event::Registered { profile: profile("Example Harbour") }
}

#[test]
fn an_agency_is_taken_in_once_and_then_described_anew() {
    let describe = |name| Command::Describe { profile: profile(name) };
    given::<Agency>([]).when(describe("Example Harbour")).then([registered()]);
    given::<Agency>([registered()]).when(describe("Example Harbour")).then([]);
    let changed = Event::Described { profile: profile("Example Haven") };
    given::<Agency>([registered()]).when(describe("Example Haven")).then([changed]);
    given::<Agency>([]).when(describe(" ")).then_refused(Refusal::NameWrong);
    given::<Agency>([]).when(Command::Close).then_refused(Refusal::Unknown);
}

#[test]
fn an_account_works_for_one_agency_and_is_a_partners() {
    let add =
        |is_partner, elsewhere| Command::AddWorker { staff: StaffId(9), is_partner, elsewhere };
    let added = Event::WorkerAdded { staff: StaffId(9) };
    given::<Agency>([registered()]).when(add(true, false)).then([added.clone()]);
    given::<Agency>([registered()]).when(add(false, false)).then_refused(Refusal::NotAPartner);
    given::<Agency>([registered()]).when(add(true, true)).then_refused(Refusal::WorksElsewhere);
    let both = [registered(), added];
    given::<Agency>(both.clone()).when(add(true, false)).then_refused(Refusal::WorksHere);
    let remove = |id| Command::RemoveWorker { staff: StaffId(id) };
    given::<Agency>(both.clone()).when(remove(8)).then_refused(Refusal::WorksNotHere);
    given::<Agency>(both).when(remove(9)).then([Event::WorkerRemoved { staff: StaffId(9) }]);
}

#[test]
fn it_gives_only_kinds_of_the_table() {
    let set = |code: &str| Command::SetKinds {
        kinds: vec![code.into()],
        known: vec![KindCode::from("adviser")],
    };
    given::<Agency>([registered()]).when(set("magic")).then_refused(Refusal::KindUnknown);
    let kinds = vec!["adviser".into()];
    given::<Agency>([registered()]).when(set("adviser")).then([Event::KindsSet { kinds }]);
}

#[test]
fn its_system_has_at_most_two_keys_and_an_address_over_tls() {
    let key = |letter: &str| Command::IssueKey { sha256: letter.repeat(64) };
    given::<Agency>([registered()]).when(key("x")).then_refused(Refusal::NotAHash);
    let issued = ["a", "b"].map(|letter| Event::KeyIssued { sha256: letter.repeat(64) });
    assert_eq!(issued.len(), limits::KEYS_MAX);
    let full = || given::<Agency>([registered()]).and(issued.clone());
    full().when(key("c")).then_refused(Refusal::TooMany);
    full().when(Command::RevokeKeys).then([Event::KeysRevoked {}]);
    for url in ["http://a.example/", "https://", "https://a.example/a b"] {
        let set = Command::SetWebhook { url: url.into() };
        given::<Agency>([registered()]).when(set).then_refused(Refusal::UrlWrong);
    }
}
