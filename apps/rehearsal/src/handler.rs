//! The control room, as the force's own system plays it over the JSON API: a report, its grade,
//! the screening, the offer, and her yes.

use crate::Stumble;
use crate::web::{Site, Visitor};
use serde_json::{Value, json};

const RULES: [&str; 7] = [
    "offender_absent",
    "safe_place",
    "safe_to_talk",
    "safe_to_text",
    "able_to_communicate",
    "device",
    "adult",
];

/// Plainly invented people: first names and places that belong to nobody.
const NAMES: [&str; 8] = [
    "Alba Example",
    "Bryn Example",
    "Carys Example",
    "Dilys Example",
    "Efa Example",
    "Ffion Example",
    "Gwen Example",
    "Heulwen Example",
];

/// The force's own system.
pub(crate) struct Handler(Visitor);

/// One incident, on its way.
pub(crate) struct Incident(String);

impl Handler {
    pub(crate) fn with_key(site: &Site, key: &str) -> Self {
        Self(site.system(key))
    }

    /// Takes a report.
    pub(crate) async fn report(&self, number: &str, place: u32) -> Result<Incident, Stumble> {
        let name = NAMES[place as usize % NAMES.len()];
        let body = json!({
            "source": if place.is_multiple_of(2) { "999" } else { "101" },
            "person": { "name": name, "phone": number },
            "place": { "words": format!("{} Rehearsal Row, Exampleton", place + 1) },
            "account": "A rehearsal: somebody she lived with came to the door and has left.",
            "contact": { "phone": number, "safe_to_text": true, "safe_to_call": true },
            "suspect": { "name": "Nobody Example" },
            "relationship": "former_partner",
            "thrive": { "threat": { "level": "low", "note": "He has gone." } },
        });
        let answer = self.0.post("reporting", "/api/v1/incidents", &body).await?.good()?;
        Ok(Incident(answer.field("incident")?))
    }

    async fn step(
        &self,
        incident: &Incident,
        (name, path): (&'static str, &str),
        body: &Value,
    ) -> Result<Value, Stumble> {
        let path = format!("/api/v1/incidents/{}/{path}", incident.0);
        self.0.post(name, &path, body).await?.good()?.json()
    }

    /// From the report to her yes: what is answered is the call's id.
    pub(crate) async fn offer(&self, incident: &Incident, to: &str) -> Result<String, Stumble> {
        let grade = json!({ "grade": "priority", "reason": "A rehearsal." });
        self.step(incident, ("grading", "grade"), &grade).await?;
        let answers: Vec<_> =
            RULES.iter().map(|rule| json!({ "rule": rule, "answer": "yes" })).collect();
        let screened = json!({ "answers": answers });
        self.step(incident, ("screening", "screening"), &screened).await?;
        let stands = self.step(incident, ("offering", "offer"), &json!({})).await?;
        let offer = stands["offer"].as_str().ok_or(Stumble::Missing("offering", "an offer"))?;
        let accepted = json!({ "offer": offer, "channel": "text", "to": to, "language": "en" });
        let stands = self.step(incident, ("accepting", "offer/accept"), &accepted).await?;
        let call = stands["call"].as_str().ok_or(Stumble::Missing("accepting", "a call"))?;
        Ok(call.to_owned())
    }

    /// Closes what came to its end, once the incident knows that the call has.
    pub(crate) async fn close(&self, incident: &Incident) -> Result<(), Stumble> {
        let body = json!({ "outcome": "video_response", "note": "A rehearsal." });
        let closing = ("closing", "close");
        crate::clock::until(crate::limits::GOODBYE, crate::limits::LOOK, || async {
            match self.step(incident, closing, &body).await {
                Ok(_) => Ok(Some(())),
                // The call's end reaches the incident a moment later.
                Err(Stumble::Answered(_, 409, _)) => Ok(None),
                Err(stumble) => Err(stumble),
            }
        })
        .await?
        .ok_or(Stumble::Late("closing"))
    }
}
