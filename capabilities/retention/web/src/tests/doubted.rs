//! A clock that is not believed, and the two people who look at it.

use super::house;
use kernel::{Role, time::hours};

#[tokio::test]
async fn a_doubted_clock_is_shown_and_two_people_together_believe_it() {
    let app = house().await;
    app.engine.forget_expired().await.unwrap();
    let supervisor = app.signed_in(Role::Supervisor);
    let officer = app.signed_in(Role::DataProtection);
    assert!(officer.get("/retention/clock").await.expect(200).says("The clocks agree"));

    app.clock.jump(hours(48));
    let page = officer.get("/retention/clock").await.expect(200);
    assert!(page.says("The clock is not believed") && page.says("ahead of the time"));
    let _ = officer.post("/retention/clock", &[("", "")]).await.redirect();
    let again = officer.post("/retention/clock", &[("", "")]).await.expect(422);
    assert!(again.says("Another person must look at the clock too"));
    assert!(app.engine.readings().doubt().is_some());

    let page = supervisor.get("/retention/clock").await.expect(200);
    assert!(page.says("A second person is needed"));
    let _ = supervisor.post("/retention/clock", &[("", "")]).await.redirect();
    let believed = async || app.engine.readings().doubt().is_none();
    app.eventually("the engine believes it", believed).await;
    app.stop().await;
}
