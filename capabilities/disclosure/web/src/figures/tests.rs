//! The figures as a page, a file and through the API: what may be shown, and nothing else.

use crate::telling::tests::{House, form};
use ::disclosure::{Channel, Outcome};
use kernel::Role;

#[tokio::test]
async fn without_applications_the_page_says_so_and_the_file_has_its_head() {
    let house = House::new().await;
    let page = house.officer().get("/disclosures/figures").await.expect(200);
    assert!(page.says("No applications yet") && page.texts("table").is_empty());
    let file = house.officer().get("/disclosures/figures.csv").await.expect(200);
    assert_eq!(file.body.lines().count(), 1);
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("disclosures-calendar"));
    let api = house.app.client().get("/api/v1/disclosures/figures").await.expect(200).json();
    assert_eq!(api, serde_json::json!({ "basis": "calendar", "years": [] }));
    let _ = house.app.stranger().get("/api/v1/disclosures/figures").await.expect(401);
    let _ = house.app.signed_in(Role::Responder).get("/disclosures/figures").await.expect(404);
}

#[tokio::test]
async fn a_few_are_shown_as_fewer_than_five_and_nothing_gives_them_away() {
    let house = House::new().await;
    let id = house.decided(Outcome::Disclose).await;
    house.ready(id, Channel::InPerson).await;
    house.ends(id, Channel::InPerson).await;
    for path in ["/disclosures/figures", "/disclosures/figures?basis=financial"] {
        let page = house.officer().get(path).await.expect(200);
        let own = page.texts("tbody tr:first-child td");
        assert_eq!(own[0], "<5", "{own:?}");
        assert!(
            !own.contains(&"1".to_owned()) && page.texts("main figure svg").is_empty(),
            "{own:?}"
        );
        assert!(own.contains(&"–".to_owned()), "the longest would be her own");
    }
}

#[tokio::test]
async fn five_are_counted_by_route_year_and_end_in_all_three_forms() {
    let house = House::new().await;
    for _ in 0..6 {
        house.applied(form()).await;
    }
    let page = house.officer().get("/disclosures/figures").await.expect(200);
    assert_eq!(page.texts("main h2"), ["2025"]);
    assert_eq!(page.texts("tbody tr:last-child td")[0], "6");
    assert!(page.texts("main figure svg").join(" ").contains('6'));
    let april = house.officer().get("/disclosures/figures?basis=financial").await.expect(200);
    assert_eq!(april.texts("main h2"), ["2025/26"]);
    let file = house.officer().get("/disclosures/figures.csv").await.expect(200);
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 5, "a head, three routes, all of them");
    let columns = lines[0].split(',').count();
    assert!(lines.iter().all(|line| line.split(',').count() == columns));
    assert!(lines[1].starts_with("2025,ask_self,6,6,0,0,0,0,0,"), "{}", lines[1]);
    let api = house.app.client().get("/api/v1/disclosures/figures").await.expect(200).json();
    let all = &api["years"][0]["lines"][3];
    assert_eq!((&all["route"], &all["applications"]), (&"all".into(), &"6".into()));
    assert_eq!(all["endings"]["open"], "6");
    let document = super::document();
    assert!(document.paths.paths.contains_key("/api/v1/disclosures/figures"));
}
