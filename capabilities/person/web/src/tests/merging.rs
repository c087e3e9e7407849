//! Two records of one person, and one record of two.

use super::*;
use std::time::Duration;

const ANA: Named = Named {
    name: "Ana Example",
    born: "",
    phone: "07700 900001",
    suspect: "Ben Sample",
    suspect_born: "",
};

/// Two reports of the same number under two spellings.
async fn two(app: &TestApp, second: Named) -> (PersonId, PersonId) {
    let first = report(app, 1, START, ANA).await;
    let later = START.plus(Duration::from_secs(3_600));
    let second = report(app, 2, later, second).await;
    let of = async |id| record(app, id, Part::Reporter).await;
    (of(first).await, of(second).await)
}

fn merge(elder: PersonId, younger: PersonId) -> String {
    format!("/people/{elder}/merge/{younger}")
}

#[tokio::test]
async fn two_records_are_proposed_compared_merged_and_taken_apart() {
    let app = house().await;
    let (elder, younger) = two(&app, Named { name: "Anna Exampel", ..ANA }).await;
    assert_ne!(elder, younger);
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&format!("/people/{elder}")).await.expect(200);
    assert_eq!(page.texts("#alike .row__title"), [younger.reference()]);
    // From whichever side: the elder stands.
    let page = officer.get(&merge(younger, elder)).await.expect(200);
    assert!(page.says("Names that sound alike") && page.says("Telephone number"));
    let none = officer.post(&merge(younger, elder), &[("merge_reason", " ")]).await.expect(422);
    assert!(none.says("Say why"));
    let why = [("merge_reason", "The same voice.")];
    let to = officer.post(&merge(younger, elder), &why).await.redirect();
    assert_eq!(to, format!("/people/{elder}"));
    app.eventually("the younger one follows", async || {
        crate::index::root(&app.engine, younger).await.unwrap() == elder
    })
    .await;
    let page = officer.get(&format!("/people/{elder}")).await.expect(200);
    assert_eq!(page.texts("#appears .list__item header b").len(), 2);
    assert_eq!(page.texts("#records .list__item header b"), [younger.reference()]);
    assert_eq!(officer.get(&format!("/people/{younger}")).await.redirect(), to);

    let form = [("other", younger.to_string()), ("released_reason", "Her sister.".into())];
    officer.post(&format!("/people/{elder}/released"), &form).await.redirect();
    app.eventually("both stand alone", async || {
        crate::index::root(&app.engine, younger).await.unwrap() == younger
    })
    .await;
    let page = officer.get(&format!("/people/{younger}")).await.expect(200);
    assert!(page.says("Anna Exampel") && !page.says("May be the same person\u{a0}"));
    assert_eq!(page.texts("#alike .row__title"), Vec::<String>::new());
}

#[tokio::test]
async fn a_merge_of_two_different_people_is_refused_and_names_the_rule() {
    let app = house().await;
    let named = |born| Named { born, ..ANA };
    let first = report(&app, 1, START, named("1990-02-03")).await;
    let second = report(&app, 2, START, named("1969-02-03")).await;
    let elder = record(&app, first, Part::Reporter).await;
    let younger = record(&app, second, Part::Reporter).await;
    let boss = app.signed_in(Role::Supervisor);
    let page = boss.get(&merge(elder, younger)).await.expect(200);
    assert!(page.says("These are two people"));
    let why = [("merge_reason", "They look alike.")];
    let page = boss.post(&merge(elder, younger), &why).await.expect(422);
    assert!(page.says("their dates of birth differ") && page.says("They look alike."));
    // The victim and the suspect of one incident.
    let suspect = record(&app, first, Part::Named).await;
    let page = boss.post(&merge(elder, suspect), &why).await.expect(422);
    assert!(page.says("one of them is the suspect"));
}

#[tokio::test]
async fn one_thing_in_common_waits_for_a_supervisor() {
    let app = house().await;
    let (elder, younger) = two(&app, Named { name: "Dana Other", ..ANA }).await;
    let why = [("merge_reason", "She said so.")];
    let page = app.signed_in(Role::Responder).post(&merge(elder, younger), &why).await.expect(422);
    assert!(page.says("A supervisor or a specialist can merge them"));
    app.signed_in(Role::Supervisor).post(&merge(elder, younger), &why).await.redirect();
}

#[tokio::test]
async fn who_were_told_apart_are_not_proposed_again() {
    let app = house().await;
    let (elder, younger) = two(&app, Named { name: "Anna Exampel", ..ANA }).await;
    let officer = app.signed_in(Role::Responder);
    let apart = format!("/people/{elder}/apart/{younger}");
    officer.post(&apart, &[("apart_reason", "Both came in.")]).await.redirect();
    let page = officer.get(&format!("/people/{elder}")).await.expect(200);
    assert_eq!(page.texts("#alike .row__title"), Vec::<String>::new());
    let why = [("merge_reason", "One voice.")];
    let page = officer.post(&merge(elder, younger), &why).await.expect(422);
    assert!(page.says("two people"));
}

#[tokio::test]
async fn somebody_taken_for_another_goes_to_a_record_of_her_own_and_a_role_is_put_right() {
    let app = house().await;
    let named = Named { born: "1990-02-03", ..ANA };
    let first = report(&app, 1, START, named).await;
    let second = report(&app, 2, START, named).await;
    let person = record(&app, first, Part::Reporter).await;
    assert_eq!(record(&app, second, Part::Reporter).await, person);
    let officer = app.signed_in(Role::Responder);
    let there = [("incident", second.to_string()), ("part", "reporter".into())];
    let mut form = there.to_vec();
    form.push(("parted_reason", "A twin.".into()));
    officer.post(&format!("/people/{person}/parted"), &form).await.redirect();
    app.eventually("she has her own record", async || {
        let people = crate::index::of_incident(&app.engine, second).await.unwrap();
        people.iter().any(|one| one.part == Part::Reporter && one.person != person)
    })
    .await;
    let own = record(&app, second, Part::Reporter).await;
    let mut form = there.to_vec();
    form.extend([("role", "third_party".into()), ("role_reason", "A neighbour.".into())]);
    officer.post(&format!("/people/{own}/role"), &form).await.redirect();
    let page = officer.get(&format!("/incidents/{second}/people")).await.expect(200);
    assert!(page.says("Third party"));
}
