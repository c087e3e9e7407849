//! One incident of a weekend, phase by phase: what the control room's system, the officer, the
//! agency, the local team and the reviewer do for it, each with an account of their own.

use crate::forgetting::Clock;
use crate::officer::Officer;
use crate::web::{Site, Visitor, between};
use crate::weekend::Phase;
use crate::{Stumble, limits};
use serde_json::json;

/// Everybody who has a hand in it.
pub(crate) struct Hands {
    system: Visitor,
    handler: Officer,
    officer: Officer,
    local: Officer,
    partner: Officer,
    /// Grades a second time; whoever did may not review the same incident.
    supervisor: Officer,
    reviewer: Officer,
    manager: Officer,
}

impl Hands {
    pub(crate) async fn sit_down(site: &Site, key: &str) -> Result<Self, Stumble> {
        Ok(Self {
            system: site.system(key),
            handler: Officer::sign_in(site, "handler").await?,
            officer: Officer::sign_in(site, "officer").await?,
            local: Officer::sign_in(site, "local-officer").await?,
            partner: Officer::sign_in(site, "partner").await?,
            supervisor: Officer::sign_in(site, "supervisor").await?,
            reviewer: Officer::sign_in(site, "specialist").await?,
            manager: Officer::sign_in(site, "offender-manager").await?,
        })
    }
}

/// One incident, and how far it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    place: u32,
    incident: String,
    referral: String,
    arrest: String,
    reported: bool,
    pub(crate) referred_at: Option<i64>,
    pub(crate) contacted_at: Option<i64>,
    pub(crate) arrested: bool,
    pub(crate) school_told: bool,
    pub(crate) reviewed: bool,
    pub(crate) told_of_recording: bool,
    pub(crate) planned: bool,
    pub(crate) stumble: Option<String>,
}

type Form<'f> = &'f [(&'f str, &'f str)];

impl Case {
    pub(crate) fn new(place: u32) -> Self {
        Self { place, ..Self::default() }
    }

    // One in five is graded high, two medium, two standard.
    fn risk(&self) -> &'static str {
        ["high", "medium", "medium", "standard", "standard"][self.place as usize % 5]
    }

    fn refers(&self) -> bool {
        self.risk() != "standard"
    }

    // Two of three are recorded as a crime.
    fn crime(&self) -> bool {
        self.place % 3 != 2
    }

    fn arrests(&self) -> bool {
        self.crime() && self.place.is_multiple_of(2)
    }

    fn child(&self) -> bool {
        self.place.is_multiple_of(6)
    }

    // One in ten names somebody whom another victim of the weekend names too.
    fn serial(&self) -> bool {
        self.place.is_multiple_of(10)
    }

    // The first of the two is the one by which he gets his plan.
    fn plans(&self) -> bool {
        self.place.is_multiple_of(20)
    }

    /// Who did it: a name of its own, or one with a day of birth that two incidents share.
    fn suspect(&self) -> serde_json::Value {
        match self.serial() {
            true => {
                let pair = self.place / 20;
                json!({ "name": format!("Serial Nobody {pair}"), "date_of_birth": "1980-01-02" })
            }
            false => json!({ "name": format!("Nobody {}", self.place) }),
        }
    }

    /// Whether its reviewer finds a crime in it.
    pub(crate) fn reclasses(&self) -> bool {
        !self.crime() && self.place % 9 == 2
    }

    /// Whether everything that was owed for it was done.
    pub(crate) fn finished(&self) -> bool {
        self.stumble.is_none()
            && self.reported
            && (!self.refers() || self.contacted_at.is_some())
            && (!self.arrests() || self.arrested)
            && (!self.child() || self.school_told)
            && (self.crime() || self.reviewed)
            && (!self.crime() || self.told_of_recording)
            && (!self.plans() || self.planned)
    }

    /// Hours of the service's clock from the referral to the first contact with her.
    pub(crate) fn hours_to_contact(&self) -> Option<f64> {
        let (from, to) = self.referred_at.zip(self.contacted_at)?;
        Some((to - from) as f64 / 3600.0)
    }

    /// Does what belongs to this phase; what went wrong first is kept, and nothing follows it.
    pub(crate) async fn play(&mut self, hands: &Hands, clock: &Clock, phase: Phase) {
        if self.stumble.is_some() {
            return;
        }
        let played = match phase {
            Phase::Night => self.night(hands, clock).await,
            Phase::Answers => self.answers(hands).await,
            Phase::Contacts => self.contacts(hands, clock).await,
            Phase::Sunday => self.sunday(hands).await,
            Phase::Monday => self.monday(hands).await,
        };
        self.stumble = played.err().map(|stumble| format!("weekend: {stumble}"));
    }

    async fn night(&mut self, hands: &Hands, clock: &Clock) -> Result<(), Stumble> {
        self.report(hands).await?;
        self.investigate(hands).await?;
        if self.refers() {
            self.refer(hands, clock).await?;
        }
        if self.arrests() {
            self.request_arrest(hands).await?;
        }
        if self.child() {
            let child = json!({ "name": "Jude Example", "school": "meadow_primary" });
            let path = format!("/api/v1/incidents/{}/children", self.incident);
            hands.system.post("recording a child", &path, &child).await?.good()?;
        }
        self.reported = true;
        Ok(())
    }

    /// From the report to a patrol that is there.
    async fn report(&mut self, hands: &Hands) -> Result<(), Stumble> {
        let phone = format!("07700 900{}", 200 + self.place % 800);
        let body = json!({
            "source": "999",
            "person": { "name": format!("Example {}", self.place), "phone": phone },
            "place": { "words": format!("{} Weekend Row, Exampleton", self.place + 1) },
            "account": "A rehearsal: an invented account of a weekend.",
            "contact": { "phone": phone, "safe_to_text": true, "safe_to_call": true },
            "suspect": self.suspect(),
            "relationship": "former_partner",
        });
        let answer = hands.system.post("reporting", "/api/v1/incidents", &body).await?.good()?;
        self.incident = answer.field("incident")?;
        let graded = json!({ "grade": "priority", "reason": "A rehearsal." });
        let path = format!("/api/v1/incidents/{}", self.incident);
        hands.system.post("grading", &format!("{path}/grade"), &graded).await?.good()?;
        let patrol = json!({ "reason": "A rehearsal: she wants somebody to come." });
        hands
            .system
            .post("asking for a patrol", &format!("{path}/patrol"), &patrol)
            .await?
            .good()?;
        let there = format!("/incidents/{}/patrol/attended", self.incident);
        submit(&hands.handler, "noting the patrol", &there, &[]).await
    }

    async fn investigate(&self, hands: &Hands) -> Result<(), Stumble> {
        let at = |panel: &str| format!("/incidents/{}/{panel}", self.incident);
        let account = [("account", "A rehearsal: what she said, in her words.")];
        submit(&hands.officer, "keeping the account", &at("investigation"), &account).await?;
        let (recorded, offence) = match self.crime() {
            true => ("crime", "Assault"),
            false => ("non_crime", ""),
        };
        let crime = [
            ("recorded", recorded),
            ("offence", offence),
            ("crime_reason", "A rehearsal: what she said."),
        ];
        submit(&hands.officer, "recording", &at("investigation/crime"), &crime).await?;
        self.assess(hands).await
    }

    /// From who can hear her to the officer's grade.
    async fn assess(&self, hands: &Hands) -> Result<(), Stumble> {
        let at = |part: &str| format!("/incidents/{}/risk{part}", self.incident);
        let near = [("earshot", "alone"), ("how", "in_person")];
        submit(&hands.officer, "noting who can hear her", &at("/earshot"), &near).await?;
        let answers = [("q_sleep_tonight", if self.risk() == "high" { "yes" } else { "no" })];
        submit(&hands.officer, "asking about the risk", &at(""), &answers).await?;
        let grade = [("grade", self.risk()), ("grade_reason", "A rehearsal: as I judge it.")];
        submit(&hands.officer, "grading the risk", &at("/grade"), &grade).await
    }

    /// A high grade is looked at by somebody else.
    async fn grade_again(&self, hands: &Hands) -> Result<(), Stumble> {
        if self.risk() != "high" {
            return Ok(());
        }
        let path = format!("/risk/{}/second-grade", self.incident);
        let form = [("second_grade", "high"), ("second_reason", "A rehearsal: I agree.")];
        submit(&hands.supervisor, "grading a second time", &path, &form).await
    }

    async fn refer(&mut self, hands: &Hands, clock: &Clock) -> Result<(), Stumble> {
        let path = format!("/incidents/{}/referral", self.incident);
        let form = [
            ("agency", "adviser"),
            ("consent", "consent"),
            ("referral_summary", "A rehearsal: she asks for an adviser."),
        ];
        submit(&hands.officer, "referring", &path, &form).await?;
        let step = "looking for the referral";
        let found = crate::clock::until(limits::MESSAGE, limits::LOOK, || async {
            let page = hands.officer.0.get(step, &path).await?.good()?;
            Ok(between(&page.text(), "name=\"referral\" value=\"", "\"").map(str::to_owned))
        });
        self.referral = found.await?.ok_or(Stumble::Late(step))?;
        self.referred_at = Some(clock.now().await?);
        Ok(())
    }

    async fn request_arrest(&mut self, hands: &Hands) -> Result<(), Stumble> {
        let path = format!("/incidents/{}/arrest", self.incident);
        let suspect = format!("Nobody {}", self.place);
        let form = [
            ("suspect", suspect.as_str()),
            ("grounds", "A rehearsal: what she said."),
            ("necessity", "protect"),
            ("necessity_words", "A rehearsal: to keep her safe."),
            ("arrest_risks", "A rehearsal: none known."),
            ("arrest_risk", self.risk()),
        ];
        submit(&hands.officer, "asking for an arrest", &path, &form).await?;
        let step = "looking for the arrest request";
        let path = format!("/api/v1/incidents/{}/arrests", self.incident);
        let found = crate::clock::until(limits::MESSAGE, limits::LOOK, || async {
            let known = hands.system.get(step, &path).await?.good()?.json()?;
            Ok(known["arrests"][0]["arrest"].as_str().map(str::to_owned))
        });
        self.arrest = found.await?.ok_or(Stumble::Late(step))?;
        Ok(())
    }

    async fn answers(&self, hands: &Hands) -> Result<(), Stumble> {
        if self.refers() {
            let path = format!("/partner/{}/accept", self.referral);
            submit(&hands.partner, "accepting the referral", &path, &[]).await?;
        }
        if self.arrests() {
            let team = [("team", "north"), ("assign_note", "")];
            self.arresting(hands, "assigning the arrest", "assign", &team).await?;
            self.arresting(hands, "taking the arrest", "take", &[]).await?;
            let tried = [
                ("place", "Exampleton"),
                ("tried_what", "A rehearsal: nobody opened."),
                ("result", "nobody_in"),
            ];
            self.arresting(hands, "trying to arrest", "attempts", &tried).await?;
        }
        Ok(())
    }

    async fn arresting(
        &self,
        hands: &Hands,
        step: &'static str,
        deed: &str,
        form: Form<'_>,
    ) -> Result<(), Stumble> {
        submit(&hands.local, step, &format!("/arrests/{}/{deed}", self.arrest), form).await
    }

    async fn contacts(&mut self, hands: &Hands, clock: &Clock) -> Result<(), Stumble> {
        if self.refers() {
            let path = format!("/partner/{}/contact", self.referral);
            let form = [("how", "telephone"), ("contact_note", "A rehearsal: she is glad.")];
            submit(&hands.partner, "recording the first contact", &path, &form).await?;
            self.contacted_at = Some(clock.now().await?);
        }
        if self.arrests() {
            let made = [("made_place", "Exampleton"), ("custody", "EX/1")];
            self.arresting(hands, "arresting him", "arrested", &made).await?;
            let outcome = [("outcome", "no_further_action"), ("outcome_note", "A rehearsal.")];
            self.arresting(hands, "recording what came of it", "outcome", &outcome).await?;
            let told = [("told_how", "telephone"), ("told_note", "A rehearsal: told at once.")];
            self.arresting(hands, "telling her", "told", &told).await?;
            self.arrested = true;
        }
        Ok(())
    }

    async fn sunday(&mut self, hands: &Hands) -> Result<(), Stumble> {
        self.grade_again(hands).await?;
        if self.arrests() {
            // He is free again: what she answered last night may not hold.
            let begin = format!("/incidents/{}/risk/begin", self.incident);
            submit(&hands.officer, "beginning to assess again", &begin, &[]).await?;
            self.assess(hands).await?;
        }
        if !self.child() {
            return Ok(());
        }
        let path = format!("/api/v1/incidents/{}/children/1/told", self.incident);
        let told = json!({ "how": "telephone", "spoke_with": "The key adult" });
        let plan = hands.system.post("telling the school", &path, &told).await?.good()?.json()?;
        self.school_told = plan["children"][0]["missed"] == json!(false);
        Ok(())
    }

    async fn monday(&mut self, hands: &Hands) -> Result<(), Stumble> {
        if self.arrests() {
            self.grade_again(hands).await?;
        }
        if !self.crime() {
            let at = |deed: &str| format!("/reviews/{}/{deed}", self.incident);
            submit(&hands.reviewer, "taking the review", &at("take"), &[]).await?;
            let found = match self.reclasses() {
                true => [("outcomes", "reclass"), ("offence", "Coercive behaviour")],
                false => [("outcomes", "confirm"), ("offence", "")],
            };
            let form = [found[0], found[1], ("finding", "A rehearsal: read whole.")];
            submit(&hands.reviewer, "reviewing", &at("decide"), &form).await?;
            self.reviewed = true;
        }
        if self.crime() {
            let path = format!("/incidents/{}/safeguarding/heard", self.incident);
            let form = [("update", "1"), ("heard", "telephone"), ("update_note", "A rehearsal.")];
            submit(&hands.officer, "confirming her report", &path, &form).await?;
            self.told_of_recording = true;
        }
        if self.plans() {
            self.plan(hands).await?;
        }
        let closed = json!({ "outcome": "in_person", "note": "A rehearsal." });
        let path = format!("/api/v1/incidents/{}/close", self.incident);
        hands.system.post("closing", &path, &closed).await?.good().map(|_| ())
    }
}

impl Case {
    /// The plan for whom two victims named.
    async fn plan(&mut self, hands: &Hands) -> Result<(), Stumble> {
        let step = "looking for the suspect's record";
        let path = format!("/api/v1/incidents/{}/people", self.incident);
        let people = hands.system.get(step, &path).await?.good()?.json()?;
        let mut people = people.as_array().into_iter().flatten();
        let him = people.find(|one| one["role"] == "suspect");
        let him =
            him.and_then(|one| one["person"].as_str()).ok_or(Stumble::Missing(step, "person"))?;
        let his = format!("/perpetrators/{him}");
        let open = [("why", "serial"), ("open_reason", "A rehearsal: two victims.")];
        submit(&hands.manager, "opening a plan", &his, &open).await?;
        let aim = [("strategy", "prevention"), ("aim", "A rehearsal: that he cannot.")];
        submit(&hands.manager, "setting a strategy", &format!("{his}/strategies"), &aim).await?;
        let asked = [
            ("words", "A rehearsal: he was told."),
            ("safe", "yes"),
            ("safety", "A rehearsal: both were asked."),
        ];
        submit(&hands.manager, "speaking with him", &format!("{his}/contacts"), &asked).await?;
        self.planned = true;
        Ok(())
    }
}

async fn submit(
    who: &Officer,
    step: &'static str,
    path: &str,
    form: Form<'_>,
) -> Result<(), Stumble> {
    who.0.submit(step, path, form).await?.good().map(|_| ())
}
