//! Enquiries, people, the hand-off and the page over all cases.

use super::House;
use investigation::InvestigationId;
use kernel::Role;
use kernel::time::hours;
use notify::Secret;
use notify::webhook::reach::Reach;
use notify::webhook::{self, Webhook};
use promise::{About, Promise, PromiseId};
use std::sync::Arc;
use testkit::{START, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn a_line_of_enquiry_is_a_promise_until_it_is_done_or_dropped() {
    let house = House::new().await;
    house.refused("enquiries", &[("what", " ")], "Say what is to be found out").await;
    let past = [("what", "Ask."), ("due", "2025-11-03T08:00")];
    house.refused("enquiries", &past, "Choose a time in the future").await;
    let wrong = [("what", "Ask the neighbour."), ("due", "x")];
    house.refused("enquiries", &wrong, "e.g. 3 November 2025").await;
    let due = [("what", "Ask the neighbour."), ("due", "2025-11-04T09:00")];
    house.done("enquiries", &due).await;
    house.done("enquiries", &[("what", "Ask for the film."), ("owner", "nobody")]).await;
    let day = START.plus(hours(24)).0;
    let owed = house.promises().await;
    let names: Vec<_> = owed.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    let week = START.plus(hours(7 * 24)).0;
    assert_eq!(names, [("crime_recording", day), ("enquiry:1", day), ("enquiry:2", week)]);
    house.refused("enquiries/finished", &[("number", "1")], "Give the reason").await;
    house.done("enquiries/finished", &[("number", "1"), ("words", "She heard him.")]).await;
    house.done("enquiries/dropped", &[("number", "2"), ("words", "There is no film.")]).await;
    let again = [("number", "2"), ("words", "x")];
    house.refused("enquiries/finished", &again, "is over").await;
    assert_eq!(house.promises().await.len(), 1, "the decision alone is owed");
    let page = house.app.signed_in(Role::Responder).get(&house.at("enquiries")).await;
    assert!(page.says("She heard him.") && page.says("There is no film."));
}

#[tokio::test]
async fn whoever_takes_the_promise_of_an_enquiry_has_the_enquiry() {
    let house = House::new().await;
    house.done("enquiries", &[("what", "Ask."), ("owner", "nobody")]).await;
    let stream = InvestigationId::from(house.incident).stream();
    let about = About { owner: "investigation".into(), stream, name: "enquiry:1".into() };
    let id = PromiseId(3);
    let take = promise::Command::Take { about, owed: true };
    let caller = TestApp::caller(Role::LocalOfficer);
    let engine = &house.app.engine;
    engine.execute::<Promise>(&id.stream(), take, &caller, None).await.unwrap();
    let moved = async || house.happened("investigation.enquiry_moved.v1").await == 1;
    house.app.eventually("the enquiry has an owner", moved).await;
}

#[tokio::test]
async fn a_suspect_and_a_witness_are_added_changed_and_taken_out() {
    let house = House::new().await;
    house.refused("parties", &[("name", "Nobody Example")], "Choose suspect or witness").await;
    house.refused("parties", &[("role", "suspect")], "Enter a name or a description").await;
    house.done("parties", &[("role", "suspect"), ("description", "A man in red.")]).await;
    house.done("parties", &[("role", "witness"), ("name", "Nobody Example")]).await;
    house.done("parties/changed", &[("number", "1"), ("name", "Noone Example")]).await;
    house.refused("parties/removed", &[("number", "2")], "Give the reason").await;
    house.done("parties/removed", &[("number", "2"), ("reason", "Another street.")]).await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("parties")).await.expect(200);
    assert!(page.says("Noone Example") && page.says("Another street."));
    let gone = [("number", "2"), ("name", "x")];
    house.refused("parties/changed", &gone, "no such person").await;
}

/// The headers and the body of the next webhook, answered with 200.
async fn received(listener: &tokio::net::TcpListener) -> String {
    let (mut socket, _) = listener.accept().await.unwrap();
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let read = socket.read(&mut buffer).await.unwrap();
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head.lines().find_map(|line| {
                line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            length.is_some_and(|length| body.len() >= length)
        });
        if whole || read == 0 {
            break;
        }
    }
    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    text
}

#[tokio::test]
async fn the_records_system_is_told_signed_that_a_case_is_ready_and_nothing_of_it() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let url = format!("http://{host}/told");
    let reach = Reach { hosts: vec![host], networks: vec![], loopback: true };
    let secrets = vec![Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned())];
    let told = Webhook::new(webhook::Settings { url, secrets, reach }).unwrap();
    let house =
        House::told(|settings| crate::Settings { webhooks: vec![Arc::new(told)], ..settings })
            .await;
    house.refused("hand-off", &[], "Record crime or no crime first").await;
    let words = [("recorded", "crime"), ("offence", "Shouting"), ("crime_reason", "Secret words")];
    house.done("investigation/crime", &words).await;
    house.refused("hand-off", &[], "Choose the offence from the force").await;
    let coded =
        [("recorded", "crime"), ("offence_code", "stalking"), ("crime_reason", "Secret words")];
    house.done("investigation/crime", &coded).await;
    house.done("hand-off", &[]).await;
    let text = received(&listener).await;
    assert!(text.contains("investigation.handed_off"), "{text}");
    assert!(text.contains(&house.incident.to_string()));
    assert!(text.to_lowercase().contains("webhook-signature: v1,"));
    for said in ["Secret", "stalking", "crime"] {
        assert!(!text.contains(said), "{said}");
    }
    house.refused("hand-off", &[], "nothing has changed since").await;
    let owed = house.promises().await;
    assert_eq!(owed, [("records".to_owned(), START.plus(hours(24)).0)]);
}

#[tokio::test]
async fn the_page_over_all_cases_shows_what_waits_by_the_time_that_is_left() {
    let house = House::new().await;
    let supervisor = house.app.signed_in(Role::Supervisor);
    let later = incident::IncidentId(9);
    house.report(later, START.minus(hours(2))).await;
    house.done("statement", &[("section_events", "He came.")]).await;
    house.done("enquiries", &[("what", "Ask the neighbour.")]).await;
    let page = supervisor.get("/investigations").await.expect(200);
    let cards = page.texts(".lane:first-child .card__title");
    assert_eq!(cards, [later.reference(), house.incident.reference()], "the first due is first");
    assert!(page.says("not read to her yet") && page.says("No. 1"));
    assert!(!page.says("Ask the neighbour.") && !page.says("He came."), "nobody stands here");
    let words = [("recorded", "crime"), ("offence", "Shouting"), ("crime_reason", "x")];
    house.done("investigation/crime", &words).await;
    let page = supervisor.get("/investigations").await.expect(200);
    assert!(page.says("in words alone"));
    let _ = house.app.signed_in(Role::CallHandler).get("/investigations").await.expect(404);
}

#[tokio::test]
async fn the_pack_is_a_tagged_document_and_its_printing_leaves_a_trace() {
    let house = House::new().await;
    house.done("investigation", &[("account", "He came at one.")]).await;
    house.done("statement", &[("section_events", "He came at one.")]).await;
    house.done("enquiries", &[("what", "Ask.")]).await;
    house.done("parties", &[("role", "witness"), ("name", "Nobody Example")]).await;
    house.done("exhibits/thing", &[("name", "A knife")]).await;
    let before = house.app.consultations().await;
    let pack = house.app.signed_in(Role::CallHandler).get(&house.at("pack.pdf")).await.expect(200);
    assert!(pack.bytes.starts_with(b"%PDF-") && pack.says("StructTreeRoot"));
    assert_eq!(house.app.consultations().await, before + 1);
}
