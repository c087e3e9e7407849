//! Somebody who asks under the disclosure scheme: the public page step by step, as a browser
//! without scripts plays it, until it says that the application is there.

use crate::web::{Site, Visitor};
use crate::{Stumble, clock, limits};

/// Applies. The answer is the id that the form carried: how a rehearsal, which names nobody,
/// tells its applications apart.
pub(crate) async fn apply(site: &Site, number: &str) -> Result<String, Stumble> {
    let web = site.visitor();
    web.get("opening the public page", "/ask").await?.good()?;
    send(&web, "reading what stays behind", &[("step", "before")]).await?;
    let nobody = [("step", "danger"), ("danger_now", "no")];
    send(&web, "saying that nobody is in danger", &nobody).await?;
    let myself = [("step", "who"), ("asks", "self")];
    let page = send(&web, "saying who asks", &myself).await?;
    let id = page.hidden("disclosure")?;
    let form = [
        ("step", "form"),
        ("asks", "self"),
        ("lang", "en"),
        ("disclosure", id.as_str()),
        ("name", "Alba Example"),
        ("date_of_birth", "28 2 1990"),
        ("phone", number),
        ("times", "A rehearsal: at any time."),
        ("subject_name", "Nobody Example"),
        ("subject_relationship", "former partner"),
        ("concern", "A rehearsal: he has begun to wait outside."),
        ("show_reference", "no"),
    ];
    send(&web, "applying", &form).await?;
    Ok(id)
}

/// Sends a step; waits while the page says that too many came at once.
async fn send(
    web: &Visitor,
    step: &'static str,
    form: &[(&str, &str)],
) -> Result<crate::web::Answer, Stumble> {
    let taken = clock::until(limits::ASK_BUSY, limits::LOOK * 5, || async {
        let answer = web.submit(step, "/ask", form).await?;
        if answer.status == 429 { Ok(None) } else { answer.good().map(Some) }
    });
    taken.await?.ok_or(Stumble::Late(step))
}
