//! Who rings, and from where, as far as earlier plans know: a codeword agreed with her, and markers
//! on her address. Found by blind index while the report is typed; neither a name nor a number
//! stands here, and the marks go with the incident's key.

use crate::limits;
use async_trait::async_trait;
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Event, Incident, IncidentId};
use minijinja::{Value, context};
use safeguarding::{Safeguarding, SafeguardingId};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use ui::{App, Form, Staff, View};

/// The read model.
pub(crate) struct Known;

/// What somebody is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Person,
    Place,
}

/// What is typed so far.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typing {
    phone: String,
    name: String,
    date_of_birth: String,
    postcode: String,
    place: String,
    address: String,
}

impl Typing {
    fn marks(&self) -> Vec<(By, String)> {
        let number = names::number(&self.phone).map(|number| format!("number {number}"));
        let person = names::person(&self.name, &self.date_of_birth);
        let person = person.map(|person| format!("person {person}"));
        let place = names::place(&self.postcode).map(|place| (By::Place, place));
        number.into_iter().chain(person).map(|mark| (By::Person, mark)).chain(place).collect()
    }

    /// The houses that are said.
    fn houses(&self) -> BTreeSet<String> {
        [&self.place, &self.address].into_iter().filter_map(|said| house(said)).collect()
    }
}

/// The number of the house, where one is said: the first word of an address that begins with a
/// digit. Two houses of one postcode are two addresses.
fn house(address: &str) -> Option<String> {
    let words = address.split(|c: char| !c.is_alphanumeric());
    let number = words.into_iter().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    // A postcode ends in such a word: what follows the road is not the house.
    let road = address.find(|c: char| c.is_alphabetic())?;
    let at = address.find(number?)?;
    (at < road).then(|| number.unwrap_or_default().to_lowercase())
}

fn blind(engine: &Engine, by: By, value: &str) -> Vec<u8> {
    let domain = match by {
        By::Person => "safeguarding/person",
        By::Place => "safeguarding/place",
    };
    engine.blind(domain, value).to_vec()
}

#[async_trait]
impl ReadModel for Known {
    fn name(&self) -> &'static str {
        "safeguarding_known"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["safeguarding_known"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE safeguarding_known (
            mark BLOB NOT NULL, stream TEXT NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (mark, stream, key)) STRICT, WITHOUT ROWID"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM safeguarding_known WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "incident.reported.v1" | "safeguarding.contact_ruled.v1")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (stream, marks) = match SafeguardingId::of_stream(&event.stream) {
            Some(plan) => (IncidentId(plan.0).stream(), ruled(event)?),
            None => (event.stream.clone(), reported(event)?),
        };
        for (by, value) in marks {
            sqlx::query("INSERT OR IGNORE INTO safeguarding_known VALUES ($1, $2, $3)")
                .bind(blind(engine, by, &value))
                .bind(&stream)
                .bind(&event.key)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

/// By what whoever reported is found again, at home and where it happened.
fn reported(event: &Opened) -> Result<Vec<(By, String)>, Fault> {
    let Event::Reported { report } = event.decode()? else { return Ok(vec![]) };
    let person = report.person.into_known().unwrap_or_default();
    let place = report.place.into_known().unwrap_or_default();
    let safe = report.contact.into_known().and_then(|contact| contact.phone).unwrap_or_default();
    let here = Typing {
        phone: person.phone,
        name: person.name,
        date_of_birth: person.date_of_birth.unwrap_or_default(),
        postcode: place.postcode.filter(|code| !code.is_empty()).unwrap_or(place.words),
        ..Typing::default()
    };
    let postcode = person.address.unwrap_or_default();
    let there = Typing { phone: safe, postcode, ..Typing::default() };
    Ok(here.marks().into_iter().chain(there.marks()).collect())
}

/// The one number that is safe is hers too.
fn ruled(event: &Opened) -> Result<Vec<(By, String)>, Fault> {
    let safeguarding::Event::ContactRuled { words, .. } = event.decode()? else {
        return Ok(vec![]);
    };
    let phone = words.into_known().map(|words| words.number).unwrap_or_default();
    Ok(Typing { phone, ..Typing::default() }.marks())
}

/// Whether the address that is typed may be the one of this incident: not where both say which
/// house it is, and it is another.
async fn one_house(engine: &Engine, id: IncidentId, typing: &Typing) -> Result<bool, Fault> {
    let (state, _) = engine.state::<Incident>(&id.stream()).await?;
    let report = state.report.as_deref();
    let place = report.and_then(|report| report.place.known()).map(|place| place.words.clone());
    let address = report.and_then(|report| report.person.known()?.address.clone());
    let there = Typing {
        place: place.unwrap_or_default(),
        address: address.unwrap_or_default(),
        ..Typing::default()
    };
    let (ours, theirs) = (typing.houses(), there.houses());
    Ok(ours.is_empty() || theirs.is_empty() || !ours.is_disjoint(&theirs))
}

/// Earlier incidents, the newest first, by what each was found.
async fn found(
    engine: &Engine,
    typing: &Typing,
) -> Result<BTreeMap<IncidentId, BTreeSet<By>>, Fault> {
    let mut all = BTreeMap::<IncidentId, BTreeSet<By>>::new();
    for (by, value) in typing.marks() {
        let streams: Vec<String> = sqlx::query_scalar(
            "SELECT stream FROM safeguarding_known WHERE mark = $1 ORDER BY stream DESC LIMIT $2",
        )
        .bind(blind(engine, by, &value))
        .bind(limits::KNOWN_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        for id in streams.iter().filter_map(|stream| IncidentId::of_stream(stream)) {
            all.entry(id).or_default().insert(by);
        }
    }
    Ok(all)
}

/// What whoever takes the call must know before anybody is sent.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, .. }: Form<Typing>,
) -> Response {
    match shown(&app, &view, &staff, &value).await {
        Ok(page) => view.page("safeguarding/known.html", page),
        Err(stop) => stop,
    }
}

async fn shown(app: &App, view: &View, staff: &Staff, typing: &Typing) -> Result<Value, Response> {
    let failed = |fault: Fault| view.fault(&fault);
    let engine = app.engine();
    let veil = app.veil(&staff.caller.actor).await.map_err(failed)?;
    let (mut words, mut markers) = (vec![], vec![]);
    for (id, by) in found(engine, typing).await.map_err(failed)?.into_iter().rev() {
        if veil.hides(&id.stream()) {
            continue;
        }
        let stream = SafeguardingId::from(id).stream();
        let (plan, _) = engine.state::<Safeguarding>(&stream).await.map_err(failed)?;
        let rule = plan.contact.as_ref().map(safeguarding::contact::Rule::shown);
        let rule = rule.filter(|rule| by.contains(&By::Person) && !rule.codeword.is_empty());
        let here =
            by.contains(&By::Place) && one_house(engine, id, typing).await.map_err(failed)?;
        let standing: Vec<_> = match here {
            true => plan.standing_markers().collect(),
            false => vec![],
        };
        if rule.is_none() && standing.is_empty() {
            continue;
        }
        staff.consulted(view, &id.stream(), "safeguarding-known").await?;
        let reference = id.reference();
        words.extend(rule.map(|rule| {
            context! {
                word => rule.codeword, means => rule.codeword_means,
                reference => reference.as_str(),
            }
        }));
        markers.extend(standing.into_iter().map(|(_, one)| {
            context! {
                of => one.of.code(), words => one.words.known(),
                reference => reference.as_str(),
            }
        }));
    }
    Ok(context! { words, markers, asked => !typing.marks().is_empty() })
}

#[cfg(test)]
mod tests {
    use super::house;

    #[test]
    fn a_house_is_the_number_before_the_road_and_no_postcode() {
        let of = |text: &str| house(text);
        assert_eq!(of("12a Example Road, ZZ1 1ZZ").as_deref(), Some("12a"));
        assert_eq!(of(" 7, Example Road").as_deref(), Some("7"));
        for text in ["Example Road, ZZ1 1ZZ", "The pharmacy", "", "99"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
