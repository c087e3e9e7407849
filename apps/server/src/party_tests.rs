//! Across the whole house: an officer who is a party in an incident opens nothing of it. Every
//! route that names it, or a call, an arrest, an order, a referral, a review or a risk of it,
//! answers her as if there were none; and no board shows it to her.

use crate::house_tests::house;
use axum::http::Method;
use incident::{IncidentId, OfferId};
use investigation::{Investigation, InvestigationId, PersonSaid};
use kernel::Role;
use person::{Command, Person, PersonId};
use serde_json::json;
use std::collections::BTreeMap;
use testkit::{TestApp, staff_id};
use ui::Access;

/// Everybody on the staff whose work leads to an incident.
const WORKERS: [Role; 6] = [
    Role::CallHandler,
    Role::Responder,
    Role::Supervisor,
    Role::OffenderManager,
    Role::Specialist,
    Role::LocalOfficer,
];

/// One incident with something of everything on it.
struct World {
    app: TestApp,
    ids: BTreeMap<&'static str, String>,
    reference: String,
}

async fn world() -> World {
    let app = TestApp::with(house).await;
    let body = json!({
        "source": "999",
        "person": { "name": "Ana Example", "phone": "07700 900001" },
        "place": { "words": "1 Example Road" },
        "account": "He came back.",
        "contact": { "phone": "07700 900001", "safe_to_text": true, "safe_to_call": true },
        "suspect": { "name": "Ben Sample" },
        "relationship": "former_partner",
    });
    let answer = app.client().post_json("/api/v1/incidents", &body).await.expect(201);
    let incident: IncidentId = answer.json()["incident"].as_str().unwrap().parse().unwrap();
    let grade = json!({ "grade": "priority", "reason": "He may come back." });
    let path = format!("/api/v1/incidents/{incident}/grade");
    let _ = app.client().post_json(&path, &grade).await.expect(200);
    let mut world = World { app, ids: BTreeMap::new(), reference: incident.reference() };
    world.ids.insert("incident", incident.to_string());
    world.work(incident).await;
    world
}

impl World {
    /// What officers do with it.
    async fn work(&mut self, incident: IncidentId) {
        let officer = self.app.signed_in(Role::Responder);
        let at = |part: &str| format!("/incidents/{incident}/{part}");
        let near = [("earshot", "alone"), ("how", "in_person")];
        officer.post(&at("risk/earshot"), &near).await.redirect();
        officer.post(&at("risk"), &[("q_sleep_tonight", "yes")]).await.redirect();
        let grade = [("grade", "high"), ("grade_reason", "As I judge it.")];
        officer.post(&at("risk/grade"), &grade).await.redirect();
        let none = [("recorded", "non_crime"), ("offence", ""), ("crime_reason", "Words only.")];
        officer.post(&at("investigation/crime"), &none).await.redirect();
        let request = [
            ("suspect", "Ben Sample"),
            ("grounds", "What she said."),
            ("necessity", "protect"),
            ("necessity_words", "To keep her safe."),
            ("arrest_risks", "None known."),
            ("arrest_risk", "high"),
        ];
        officer.post(&at("arrest"), &request).await.redirect();
        let offer = OfferId(0x0192_aaaa_bbbb_cccc_dddd_eeee_ffff_0001);
        let open = call::Command::Open { incident, offer, language: call::Language::En };
        let call = call::CallId::from(offer);
        let caller = TestApp::caller(Role::CallHandler);
        self.app.engine.execute::<call::Call>(&call.stream(), open, &caller, None).await.unwrap();
        self.ids.insert("call", call.to_string());
        for noun in ["review", "risk"] {
            self.ids.insert(noun, incident.to_string());
        }
        let made =
            [("of", "notice"), ("starts_at", ""), ("ends_on", ""), ("suspect", "Ben Sample")];
        let order = self.app.signed_in(Role::LocalOfficer).post(&at("orders"), &made).await;
        if let Some(there) = order.location {
            let id = there.trim_start_matches("/orders/").to_owned();
            self.ids.insert("order", id);
        }
        let path = format!("/api/v1/incidents/{incident}/arrests");
        let known = self.app.client().get(&path).await.expect(200).json();
        let arrest = known["arrests"][0]["arrest"].as_str().unwrap().to_owned();
        self.ids.insert("arrest", arrest);
        self.app
            .eventually("it is up for review", async || {
                self.app.kinds().await.contains(&"review.opened.v1".to_owned())
            })
            .await;
    }

    /// Every worker becomes somebody in it.
    async fn mark(&self) {
        let incident: IncidentId = self.ids["incident"].parse().unwrap();
        let caller = TestApp::caller(Role::Supervisor);
        let stream = InvestigationId::from(incident).stream();
        for (number, role) in WORKERS.into_iter().enumerate() {
            let said = PersonSaid { name: format!("Party {number}"), ..PersonSaid::default() };
            let add =
                investigation::Command::AddPerson { role: investigation::Role::Witness, said };
            let engine = &self.app.engine;
            engine.execute::<Investigation>(&stream, add, &caller, None).await.unwrap();
            let key = format!("party-{}", number + 1);
            let mark = engine.blind("person/first", &format!("{incident} {key}"));
            let record = PersonId::first_seen(incident, mark);
            self.app
                .eventually("the party has a record", async || {
                    let state = engine.state::<Person>(&record.stream()).await.unwrap().0;
                    state.exists()
                })
                .await;
            let staff = staff_id(role);
            let mark = Command::MarkColleague { staff, reason: "Her card.".into() };
            engine.execute::<Person>(&record.stream(), mark, &caller, None).await.unwrap();
        }
        // Until the pages show it.
        let _ = self.app.kinds().await;
    }

    /// The address with the ids of this world; nothing when it names something else.
    fn filled(&self, path: &str) -> Option<String> {
        let mut filled = String::new();
        let mut named = false;
        for part in path.split('/').skip(1) {
            filled.push('/');
            let name = part.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            match name.map(|name| (name, self.ids.get(name))) {
                None => filled.push_str(part),
                Some((_, Some(id))) => {
                    named = true;
                    filled.push_str(id);
                }
                // Below what is named: an exhibit by number, a file.
                Some(_) if named => filled.push('1'),
                Some(_) => return None,
            }
        }
        named.then_some(filled)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_who_is_a_party_is_refused_by_every_route_of_it() {
    let world = world().await;
    let routes: Vec<(Method, String, &'static str, kernel::Purpose)> = world
        .app
        .guarded
        .iter()
        .filter_map(|(method, path, access)| match access {
            Access::Staff(action, purpose) => {
                Some((method.clone(), world.filled(path)?, *action, *purpose))
            }
            _ => None,
        })
        .collect();
    // Looked at by GET alone: a POST of nothing would change the world.
    let mut open = 0;
    for (_, path, _, _) in routes.iter().filter(|(method, ..)| *method == Method::GET) {
        for role in WORKERS {
            let answer = world.app.signed_in(role).get(path).await;
            open += usize::from(answer.status != 404);
        }
    }
    assert!(open > 60, "{open} pages of it are open to somebody before anybody is a party");
    world.mark().await;
    for (method, path, _, _) in &routes {
        for role in WORKERS {
            let body = Some(("application/x-www-form-urlencoded", String::new()));
            let body = body.filter(|_| *method == Method::POST);
            let answer = world.app.signed_in(role).send(method.clone(), path, body).await;
            assert_eq!(answer.status, 404, "{method} {path} as {role:?}");
        }
    }
    assert!(routes.len() > 120, "{} routes name it", routes.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_board_shows_an_incident_to_an_officer_who_is_a_party() {
    let world = world().await;
    let boards: Vec<&'static str> = world
        .app
        .guarded
        .iter()
        .filter(|(method, path, access)| {
            *method == Method::GET && !path.contains('{') && matches!(access, Access::Staff(..))
        })
        .map(|(_, path, _)| *path)
        .collect();
    let shows = async |role: Role, path: &str| {
        let answer = world.app.signed_in(role).get(path).await;
        answer.says(&world.reference) || answer.says(&world.ids["incident"])
    };
    let mut shown = 0;
    for path in &boards {
        for role in WORKERS {
            shown += usize::from(shows(role, path).await);
        }
    }
    assert!(shown >= 12, "{shown} boards show it before anybody is a party");
    world.mark().await;
    for path in boards {
        // The trail of what one did oneself stays one's own.
        for role in WORKERS.into_iter().filter(|_| !path.starts_with("/trail")) {
            assert!(!shows(role, path).await, "{path} as {role:?}");
        }
    }
}
