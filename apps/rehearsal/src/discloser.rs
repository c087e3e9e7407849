//! A desk of the disclosure scheme: an officer who works an application to its decision, a
//! second person who approves it, and the disclosure over a call of its own kind, line by line
//! as the page of the telling asks for it; or the neutral answer.

use crate::officer::Officer;
use crate::web::{Answer, Site, between};
use crate::{Stage, Stumble, clock, limits, room};
use room_peer::Peer;
use std::time::Instant;

/// The exact words of a case that never was.
const WORDS: &str = "A rehearsal: the approved words of an invented case.";

/// The stages before the decision, and what each waits for.
const STAGES: [(&str, &[&str]); 3] = [
    ("initial", &["national_computer", "local_records"]),
    ("conversation", &[]),
    (
        "checks",
        &[
            "national_database",
            "offender_register",
            "local_intelligence",
            "probation",
            "children_services",
            "specialist_service",
        ],
    ),
];

/// Two people of the scheme.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) officer: Officer,
    pub(crate) second: Officer,
}

/// What the officer's side of a disclosure came to.
pub(crate) struct Told {
    /// When the officer saw her.
    pub(crate) face: Instant,
    /// When the call was finished.
    pub(crate) finished: Instant,
}

impl Desk {
    pub(crate) async fn sit_down(
        site: &Site,
        officer: &str,
        second: &str,
    ) -> Result<Self, Stumble> {
        let officer = Officer::sign_in(site, officer).await?;
        Ok(Self { officer, second: Officer::sign_in(site, second).await? })
    }

    async fn give(
        &self,
        (step, id, deed): (&'static str, &str, &str),
        form: &[(&str, &str)],
    ) -> Result<(), Stumble> {
        submit(&self.officer, (step, id, deed), form).await
    }

    async fn page(&self, step: &'static str, id: &str, part: &str) -> Result<Answer, Stumble> {
        self.officer.0.get(step, &format!("/disclosures/{id}{part}")).await?.good()
    }

    /// From the application to a decision of two people.
    pub(crate) async fn decide(&self, id: &str, tells: bool) -> Result<(), Stumble> {
        self.page("opening the application", id, "").await?;
        let contact = [
            ("contact_channel", "telephone"),
            ("contact_identity", "yes"),
            ("contact_note", "A rehearsal: reached, safe and alone."),
        ];
        self.give(("noting the contact", id, "contact"), &contact).await?;
        let mut number = 0;
        for (stage, codes) in STAGES {
            for code in codes {
                self.check(id, code, number).await?;
                number += 1;
            }
            self.end_stage(id, stage).await?;
        }
        self.propose(id, tells).await?;
        self.approve(id).await
    }

    async fn check(&self, id: &str, code: &str, number: u32) -> Result<(), Stumble> {
        self.give(("asking for a check", id, "checks/ask"), &[("code", code)]).await?;
        let (number, found) = (number.to_string(), format!("found_{number}"));
        let nothing = [("check", number.as_str()), (found.as_str(), "no")];
        self.give(("answering a check", id, "checks/answer"), &nothing).await
    }

    async fn end_stage(&self, id: &str, stage: &str) -> Result<(), Stumble> {
        if stage == "checks" {
            let risk = [
                ("risk_concern", "yes"),
                ("risk_level", "medium"),
                ("risk_reason", "A rehearsal."),
            ];
            self.give(("assessing the risk", id, "risk"), &risk).await?;
        }
        self.give(("ending a stage", id, "stage"), &[("stage", stage)]).await
    }

    async fn propose(&self, id: &str, tells: bool) -> Result<(), Stumble> {
        let decision = [
            ("outcome", if tells { "disclose" } else { "no_disclosure" }),
            ("pressing_need", "A rehearsal: there is one."),
            ("necessity", "A rehearsal: nothing less would do."),
            ("proportionality", "A rehearsal: no more than is needed."),
            ("subject_rights", "A rehearsal: they weigh less."),
            ("tell_subject", "no"),
            ("tell_subject_why", "A rehearsal: it would put her at risk."),
            ("recipient", "person_at_risk"),
            ("recipient_words", "A rehearsal: she asked."),
            ("words", if tells { WORDS } else { "" }),
        ];
        self.give(("writing the decision", id, "decision"), &decision).await
    }

    /// The second person votes, reads, and approves the words that stood on the page.
    async fn approve(&self, id: &str) -> Result<(), Stumble> {
        let vote = [("number", "0"), ("vote_agree", "yes"), ("vote_words", "A rehearsal: agreed.")];
        submit(&self.second, ("voting", id, "vote"), &vote).await?;
        let path = format!("/disclosures/{id}/approval");
        let page = self.second.0.get("reading the decision", &path).await?.good()?;
        let (number, version) = (page.hidden("number")?, page.hidden("version")?);
        let read = [("number", number.as_str()), ("version", version.as_str()), ("read", "yes")];
        submit(&self.second, ("approving the decision", id, "approval"), &read).await
    }

    /// The neutral answer and the end.
    pub(crate) async fn close(&self, id: &str) -> Result<(), Stumble> {
        let answer = [("channel", "telephone"), ("language", "en")];
        self.give(("giving the neutral answer", id, "closing/notice"), &answer).await?;
        let reason = [("closing_reason", "decided"), ("closing_note", "A rehearsal.")];
        self.give(("closing the application", id, "closing"), &reason).await
    }

    /// Sends her the link of a call of the disclosure's own; the answer is its id.
    pub(crate) async fn offer(&self, id: &str, number: &str) -> Result<String, Stumble> {
        let link = [("link_by", "text"), ("link_phone", number)];
        self.give(("offering the call", id, "call"), &link).await?;
        let step = "looking for the call";
        let found = clock::until(limits::MESSAGE, limits::LOOK, || async {
            let text = self.page(step, id, "/call").await?.text().replace("&#x2f;", "/");
            Ok(between(&text, "\"/disclosures/calls/", "\"").map(str::to_owned))
        });
        let call = found.await?.ok_or(Stumble::Late(step))?;
        Ok(call.split('/').next().unwrap_or_default().to_owned())
    }

    /// The call, with the telling in it. Once it is picked up it is finished, whatever happens.
    pub(crate) async fn disclose(
        &self,
        (id, call): (&str, &str),
        stage: &Stage,
    ) -> Result<Told, Stumble> {
        let base = format!("/disclosures/calls/{call}");
        self.wait_for(&base, stage).await?;
        let (web, to) = (&self.officer.0, |deed: &str| format!("{base}/{deed}"));
        web.press("picking up", &to("pick-up"), &[]).await?.good()?;
        let worked = self.work(id, &base, stage).await;
        let outcome = if worked.is_ok() { "completed" } else { "technical_failure" };
        let finished = web.press("finishing", &to("finish"), &[("outcome", outcome)]).await;
        let (face, peer) = worked?;
        finished?.good()?;
        let finished = clock::now();
        let left = peer.wait(limits::GOODBYE, |stats| stats.left).await;
        peer.leave().await;
        if left { Ok(Told { face, finished }) } else { Err(Stumble::Late("finishing")) }
    }

    async fn wait_for(&self, base: &str, stage: &Stage) -> Result<(), Stumble> {
        let step = "looking whether she waits";
        let waits = clock::until(stage.lobby, limits::LOOK, || async {
            let state = self.officer.0.get(step, &format!("{base}/state")).await?;
            let here = state.good()?.field("here")?;
            Ok((here == "coming").then_some(()))
        });
        waits.await?.ok_or(Stumble::Late("waiting for her"))
    }

    async fn work(&self, id: &str, base: &str, stage: &Stage) -> Result<(Instant, Peer), Stumble> {
        let web = &self.officer.0;
        web.get("opening the call", base).await?.good()?;
        let peer = room::enter(web, "entering the room", &format!("{base}/room")).await?;
        let face = room::see(&peer, web, "seeing her", &format!("{base}/first-frame")).await?;
        self.tell(id).await?;
        tokio::time::sleep(
            stage.length.saturating_sub(clock::now().saturating_duration_since(face)),
        )
        .await;
        if !peer.stats().connected {
            return Err(Stumble::Missing("staying in the call", "media"));
        }
        Ok((face, peer))
    }

    /// One thing at a time, each that the page asks for, until she has been told.
    async fn tell(&self, id: &str) -> Result<(), Stumble> {
        let begin = [("channel", "video")];
        self.give(("beginning to tell", id, "telling/begin"), &begin).await?;
        for _ in 0..limits::TELLING_STEPS {
            let page = self.page("reading the script", id, "/telling").await?;
            let text = page.text();
            let asked = between(&text, "data-step=\"", "\"").unwrap_or_default();
            let (step, deed, form) = answer(asked, &page)?;
            let form: Vec<_> = form.iter().map(|(name, said)| (*name, said.as_str())).collect();
            self.give((step, id, &format!("telling/{deed}")), &form).await?;
            if deed == "finished" {
                return Ok(());
            }
        }
        Err(Stumble::Late("telling"))
    }
}

async fn submit(
    who: &Officer,
    (step, id, deed): (&'static str, &str, &str),
    form: &[(&str, &str)],
) -> Result<(), Stumble> {
    let path = format!("/disclosures/{id}/{deed}");
    who.0.submit(step, &path, form).await?.good().map(|_| ())
}

type Step = (&'static str, &'static str, Vec<(&'static str, String)>);

/// What is posted at this step of the telling.
fn answer(asked: &str, page: &Answer) -> Result<Step, Stumble> {
    let said = |name: &'static str, text: &str| (name, text.to_owned());
    Ok(match asked {
        "identity" => {
            ("confirming that it is she", "identity", vec![said("how", "A rehearsal: shown.")])
        }
        "safety" => {
            let safe = said("answer", "safe_and_alone");
            ("asking whether she is safe and alone", "safety", vec![safe])
        }
        "before" | "after" => {
            let line = ["script", "line"].map(|name| page.hidden(name).map(|found| (name, found)));
            ("reading a line", "line", line.into_iter().collect::<Result<_, _>>()?)
        }
        "undertaking" => {
            let words = said("undertaking_words", "A rehearsal: I will.");
            ("taking her undertaking", "undertaking", vec![words, said("given", "yes")])
        }
        "words" => {
            if !page.text().contains(WORDS) {
                return Err(Stumble::Missing("telling the words", "the approved words"));
            }
            ("telling the words", "told", vec![("version", page.hidden("version")?)])
        }
        "acknowledge" => {
            let words = said("acknowledged_words", "A rehearsal: understood.");
            ("asking whether she understood", "acknowledged", vec![words])
        }
        "plan" => {
            let plan = said("plan", "A rehearsal: she stays with family.");
            ("making a safety plan", "plan", vec![plan])
        }
        "specialist" => {
            let words = said("specialist_words", "A rehearsal: gladly.");
            ("offering a specialist", "specialist", vec![words, said("accepted", "yes")])
        }
        "end" => ("ending the telling", "finished", vec![]),
        _ => return Err(Stumble::Missing("reading the script", "a step that is known")),
    })
}
