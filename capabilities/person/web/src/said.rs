//! What an incident says of somebody in it: opened where it stands, never copied. Once the
//! incident's key is gone, it says nothing any more.

use engine::{Engine, Fault};
use incident::{Incident, IncidentId};
use investigation::{Investigation, InvestigationId};
use person::{Facts, Known, Part};
use safeguarding::{Safeguarding, SafeguardingId};
use serde::Serialize;

/// What is said of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Said {
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) phones: Vec<String>,
    pub(crate) email: String,
    pub(crate) place: String,
    pub(crate) looks: String,
}

impl Said {
    /// Whether it is enough to keep a record by: a name or a number.
    pub(crate) fn is_somebody(&self) -> bool {
        let facts = self.facts();
        !facts.names.is_empty() || !facts.phones.is_empty()
    }

    /// In normal forms.
    pub(crate) fn facts(&self) -> Facts {
        let name = names::name(&self.name);
        Facts {
            names: Some(name).filter(|name| !name.is_empty()).into_iter().collect(),
            born: names::born(&self.born).into_iter().collect(),
            phones: self.phones.iter().filter_map(|text| names::number(text)).collect(),
            emails: names::email(&self.email).into_iter().collect(),
            places: names::place(&self.place).into_iter().collect(),
        }
    }
}

/// What somebody added to a record, in normal forms. A day of birth that stands there outranks
/// what the incidents say.
pub(crate) fn of_known(known: &Known) -> Facts {
    let names = std::iter::once(known.name.as_str()).chain(known.also.lines()).map(names::name);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    Facts {
        names: names.filter(|name| !name.is_empty()).collect(),
        born: names::born(&known.born).into_iter().collect(),
        phones: lines(&known.phones).iter().filter_map(|text| names::number(text)).collect(),
        emails: Default::default(),
        places: lines(&known.places).iter().filter_map(|text| names::place(text)).collect(),
    }
}

/// What `incident` says of `part`; nothing once it is gone, or was taken out.
pub(crate) async fn of(
    engine: &Engine,
    incident: IncidentId,
    part: Part,
) -> Result<Option<Said>, Fault> {
    match part {
        Part::Reporter | Part::Named => of_report(engine, incident, part).await,
        Part::Party { number } => {
            let stream = InvestigationId::from(incident).stream();
            let (state, _) = engine.state::<Investigation>(&stream).await?;
            let one = state.people.get(&number).filter(|one| one.removed.is_none());
            let said = one.and_then(|one| one.said.known());
            Ok(said.map(|said| Said {
                name: said.name.clone(),
                looks: said.description.clone(),
                ..Said::default()
            }))
        }
        Part::Child { number } => {
            let stream = SafeguardingId::from(incident).stream();
            let (state, _) = engine.state::<Safeguarding>(&stream).await?;
            let said = state.children.get(&number).and_then(|one| one.details.known());
            Ok(said.map(|said| Said {
                name: said.name.clone(),
                born: said.born.clone(),
                ..Said::default()
            }))
        }
    }
}

async fn of_report(
    engine: &Engine,
    incident: IncidentId,
    part: Part,
) -> Result<Option<Said>, Fault> {
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    let Some(report) = state.report else { return Ok(None) };
    if part == Part::Named {
        return Ok(report.suspect.into_known().map(|one| Said {
            name: one.name,
            born: one.date_of_birth.unwrap_or_default(),
            looks: one.description,
            ..Said::default()
        }));
    }
    let safe = report.contact.into_known().and_then(|contact| contact.phone);
    Ok(report.person.into_known().map(|one| Said {
        name: one.name,
        born: one.date_of_birth.unwrap_or_default(),
        phones: once(std::iter::once(one.phone).chain(safe)),
        email: one.email.unwrap_or_default(),
        place: one.address.unwrap_or_default(),
        looks: String::new(),
    }))
}

/// Each number once, however it is written.
fn once(numbers: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for number in numbers.filter(|number| !number.trim().is_empty()) {
        if all.iter().all(|have| names::phone(have) != names::phone(&number)) {
            all.push(number);
        }
    }
    all
}
