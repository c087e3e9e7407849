//! The neutral answer: the same whatever the reason, word for word, and the reason never in it.

use crate::telling::tests::{House, form, to};
use ::disclosure::{Channel, ClosureReason, Command, DisclosureId, Outcome, notice};
use kernel::Role;
use testkit::Answer;

async fn page(house: &House, id: DisclosureId) -> Answer {
    house.officer().get(&to(id, "closing")).await.expect(200)
}

/// An application that can end for this reason.
async fn ripe(house: &House, reason: ClosureReason) -> DisclosureId {
    match reason {
        ClosureReason::Decided => house.decided(Outcome::NoDisclosure).await,
        ClosureReason::UndertakingRefused => {
            let id = house.decided(Outcome::Disclose).await;
            house.ready(id, Channel::InPerson).await;
            let said = ("undertaking_words", "I cannot promise that.");
            house.does(id, "undertaking", &[said, ("given", "no")]).await;
            house.does(id, "interrupted", &[("cause", "undertaking")]).await;
            let why = [("reconsider_reason", "Too great a risk."), ("tell", "no")];
            house.does(id, "reconsider", &why).await;
            let agree = Command::ApproveReconsideration { tell: false };
            house.give(id, Role::Supervisor, agree).await;
            id
        }
        _ => house.applied(form()).await,
    }
}

#[tokio::test]
async fn the_answer_is_identical_in_shape_for_every_reason() {
    let house = House::new().await;
    let mut shapes = vec![];
    for reason in ClosureReason::ALL {
        let id = ripe(&house, *reason).await;
        let before = page(&house, id).await;
        shapes.push((before.texts("[data-notice]"), before.texts("#closing-answer")));
        let close = [("closing_reason", reason.code()), ("closing_note", "As it came.")];
        let owed = house.officer().post(&to(id, "closing"), &close).await.expect(422);
        assert!(owed.says("has had no answer"), "{reason:?}: {}", owed.body);
        assert!(owed.says("As it came."), "what was typed is kept");
        let told = [("channel", "telephone"), ("language", "en")];
        house.officer().post(&to(id, "closing/notice"), &told).await.redirect();
        house.officer().post(&to(id, "closing"), &close).await.redirect();
        assert!(page(&house, id).await.says("This application has ended"));
    }
    assert!(shapes.windows(2).all(|two| two[0] == two[1]), "the answer shows the reason");
    let text = notice(Channel::Telephone, "en").unwrap();
    let shown = &shapes[0].0[0];
    for told in [text.answer, text.advice] {
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(&told), "not word for word: {shown}");
    }
    assert_eq!(house.count("disclosure.closed.v1").await, ClosureReason::ALL.len());
}

#[tokio::test]
async fn only_the_approved_text_is_told_and_only_when_nothing_else_was_decided() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let path = to(id, "closing/notice");
    let foreign = [("channel", "telephone"), ("language", "xx")];
    let no = house.officer().post(&path, &foreign).await.expect(422);
    assert!(no.says("Only the approved text"));
    let silent: &[(&str, &str)] = &[("language", "en")];
    let no = house.officer().post(&path, &silent).await.expect(422);
    assert!(no.says("Choose how it was told"));
    let told = house.decided(Outcome::Disclose).await;
    assert!(page(&house, told).await.says("It was decided to tell her"));
    let decided = [("closing_reason", "decided"), ("closing_note", "So it is.")];
    let no = house.officer().post(&to(told, "closing"), &decided).await.expect(422);
    assert!(no.says("needs a decision by two people"), "{}", no.body);
}

#[tokio::test]
async fn no_answer_at_all_needs_a_reason_and_then_it_may_end() {
    let house = House::new().await;
    let id = house.applied(form()).await;
    let path = to(id, "closing/withheld");
    let empty: &[(&str, &str)] = &[("withheld_reason", " ")];
    let no = house.officer().post(&path, &empty).await.expect(422);
    assert!(no.says("Fill this in: reason"));
    let why = [("withheld_reason", "He opens her post and answers her telephone.")];
    house.officer().post(&path, &why).await.redirect();
    let close = [("closing_reason", "unreachable"), ("closing_note", "Tried for two weeks.")];
    house.officer().post(&to(id, "closing"), &close).await.redirect();
    let over = page(&house, id).await;
    assert!(over.says("Nobody could be reached safely") && over.texts("main form").is_empty());
    let again = house.officer().post(&path, &why).await.expect(422);
    assert!(again.says("has ended"));
}
