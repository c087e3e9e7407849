//! The recording of a call in which a disclosure was made: who finds it, who does not, and when
//! it is gone.

use crate::tests::House;
use call::{Call, CallId, Channel, Command, Language, MatterKind};
use engine::Caller;
use incident::IncidentId;
use kernel::{Actor, Purpose, Role};
use recording::{Recording, RecordingId};
use std::time::Duration;
use testkit::{Browser, staff_id};

const DISCLOSURE: CallId = CallId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_0002);
const NOBODYS: CallId = CallId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_0003);
const MATTER: &str = "disclosure/000000000000000000000000000000d1";

async fn disclosure(house: &House) {
    let role = Role::DisclosureOfficer;
    let actor = Actor::Staff { id: staff_id(role), roles: vec![role] };
    let caller = Caller { actor, purpose: Purpose::Disclosure };
    let open = Command::OpenForMatter {
        matter: MATTER.into(),
        matter_kind: MatterKind::Disclosure,
        language: Language::En,
        channel: Channel::ReadOut,
        contact: None,
        name: None,
    };
    let stream = DISCLOSURE.stream();
    house.app.engine.execute::<Call>(&stream, open, &caller, None).await.unwrap();
}

fn officer(house: &House) -> Browser<'_> {
    house.app.signed_in(Role::DisclosureOfficer)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_disclose_plays_it_and_nobody_else_finds_it() {
    let house = House::new().await;
    disclosure(&house).await;
    house.record_of(DISCLOSURE, 1, |room| room.both(0, 2)).await;
    let base = format!("/disclosures/calls/{DISCLOSURE}");
    let before = house.app.consultations().await;
    let mut player = officer(&house).get(&format!("{base}/recording")).await.expect(200);
    player.body = player.body.replace("&#x2f;", "/");
    assert_eq!(house.app.consultations().await, before + 1);
    assert!(player.says(&format!("{base}/recording/victim.webm")) && !player.says("\"/calls/"));
    let home = format!("href=\"/disclosures/{}\"", &MATTER["disclosure/".len()..]);
    assert!(player.says(&home) && player.says("30 days"), "{}", player.body);
    let own = officer(&house).get(&format!("{base}/recording/victim.webm")).await.expect(200);
    assert_eq!(own.headers["content-type"], "video/webm");
    let _ = officer(&house).get(&format!("{base}/recording/check")).await.expect(200);
    assert!(officer(&house).get(&format!("{base}/recording-state")).await.says("data-rec"));
    let files = ["recording", "recording-state", "recording/check", "recording/whole.webm"];
    for role in Role::ALL {
        let browser = house.app.signed_in(role);
        for (stem, may) in [
            ("/calls", false),
            ("/disclosures/calls", matches!(role, Role::DisclosureOfficer | Role::Supervisor)),
        ] {
            for file in files.iter().filter(|_| !may) {
                let at = |call: CallId| format!("{stem}/{call}/{file}");
                let hidden = browser.get(&at(DISCLOSURE)).await.expect(404);
                let none = browser.get(&at(NOBODYS)).await.expect(404);
                assert_eq!(hidden.texts("main"), none.texts("main"), "{stem} {file} {role:?}");
            }
        }
        let list = browser.get(&format!("/incidents/{}/recordings", IncidentId(9))).await;
        assert!(!list.says(&DISCLOSURE.to_string()));
    }
    let _ =
        officer(&house).get(&format!("/calls/{}/recording", crate::tests::CALL)).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_a_day_before_a_responses_and_no_still_was_ever_of_it() {
    let house = House::new().await;
    disclosure(&house).await;
    house.record_of(DISCLOSURE, 1, |room| room.both(0, 1)).await;
    house.record(2, |room| room.both(0, 1)).await;
    for call in [DISCLOSURE, crate::tests::CALL] {
        let stream = RecordingId::from(call).stream();
        let (state, _) = house.app.engine.state::<Recording>(&stream).await.unwrap();
        let tape = state.tape().unwrap();
        assert_eq!(tape.matter.is_some(), call == DISCLOSURE);
        assert_eq!(tape.incident.is_none(), call == DISCLOSURE);
    }
    let player = |call: &str| format!("{call}/recording");
    house.app.clock.advance(Duration::from_secs(30 * 86_400));
    house.app.engine.forget_expired().await.unwrap();
    let dropped = async || house.app.kinds().await.contains(&"recording.dropped.v1".to_owned());
    house.app.eventually("the disclosure's recording is dropped", dropped).await;
    let gone = player(&format!("/disclosures/calls/{DISCLOSURE}"));
    let gone = officer(&house).get(&gone).await.expect(410);
    assert!(gone.says("30 days"), "{}", gone.body);
    let kept = player(&format!("/calls/{}", crate::tests::CALL));
    let _ = house.app.signed_in(Role::Responder).get(&kept).await.expect(200);
}
