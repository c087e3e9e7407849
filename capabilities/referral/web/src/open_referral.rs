//! Reads a directory in the form of Open Referral UK: organisations and their services, as JSON
//! or as two CSV tables. Pure: text in, agencies or faults out; a fault names line and field.
//!
//! Which of this force's kinds of help a service is stands in an attribute of the taxonomy
//! `sightline-kinds`, or in a column `kinds`; where nothing says, the agency's page does.

use crate::limits;
use kernel::Personal;
use notify::EmailAddress;
use referral::agency::{Profile, Service};
use referral::{AgencyId, KindCode};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use std::collections::BTreeMap;
use std::fmt;

/// One agency as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) id: AgencyId,
    pub(crate) profile: Profile,
    pub(crate) kinds: Vec<KindCode>,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Which table: `organizations`, `services`.
    pub(crate) table: &'static str,
    /// Which line, the first being 1.
    pub(crate) line: usize,
    /// Which field; empty when it is the line as a whole.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) wrong: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.table, self.line)?;
        if !self.field.is_empty() {
            write!(f, ", field {}", self.field)?;
        }
        write!(f, ": {}", self.wrong)
    }
}

/// The taxonomy whose terms are kinds of this force.
const TAXONOMY: &str = "sightline-kinds";

//= Open Referral UK, data standard 3: organization and service with their ids, which are UUIDs
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    organizations: Vec<Organization>,
    #[serde(default)]
    services: Vec<ServiceIn>,
    /// A page of the standard's API: services that hold their organisation.
    #[serde(default)]
    contents: Vec<ServiceIn>,
}

#[derive(Clone, Deserialize)]
struct Organization {
    #[serde(deserialize_with = "uuid")]
    id: AgencyId,
    #[serde(deserialize_with = "name")]
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default, deserialize_with = "email")]
    email: Option<String>,
}

#[derive(Deserialize)]
struct ServiceIn {
    id: String,
    #[serde(deserialize_with = "name")]
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default, deserialize_with = "maybe_uuid")]
    organization_id: Option<AgencyId>,
    #[serde(default)]
    organization: Option<Organization>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default, deserialize_with = "email")]
    email: Option<String>,
    #[serde(default)]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Attribute {
    #[serde(default)]
    taxonomy_term: Option<Term>,
}

#[derive(Deserialize)]
struct Term {
    #[serde(default)]
    code: String,
    #[serde(default)]
    taxonomy: String,
}

fn parse_uuid(text: &str) -> Result<AgencyId, &'static str> {
    let plain = text.len() == 36
        && text.bytes().enumerate().all(|(place, b)| match place {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    let hex = text.replace('-', "").to_lowercase();
    hex.parse().ok().filter(|_| plain).ok_or("is not a UUID")
}

fn check_name(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let long = text.chars().count() > referral::limits::LINE_CHARS_MAX;
    if text.is_empty() || long { Err("is 1 to 200 characters") } else { Ok(text.to_owned()) }
}

fn check_email(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let email = EmailAddress::parse(text).map_err(|_| "is not an email address")?;
    Ok(Some(email.text().to_owned()))
}

fn uuid<'de, D: Deserializer<'de>>(from: D) -> Result<AgencyId, D::Error> {
    let text = String::deserialize(from)?;
    parse_uuid(&text).map_err(|wrong| D::Error::custom(format!("`id` {wrong}")))
}

fn maybe_uuid<'de, D: Deserializer<'de>>(from: D) -> Result<Option<AgencyId>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
    let id = parse_uuid(&text);
    id.map(Some).map_err(|wrong| D::Error::custom(format!("`organization_id` {wrong}")))
}

fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    check_name(&text).map_err(|wrong| D::Error::custom(format!("`name` {wrong}")))
}

fn email<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
    check_email(&text).map_err(|wrong| D::Error::custom(format!("`email` {wrong}")))
}

/// Reads JSON.
pub(crate) fn json(text: &str) -> Result<Vec<Read>, Vec<Fault>> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        // serde_json says "… `field` … at line 3 column 9".
        let said = error.to_string();
        let field = said.split('`').nth(1).unwrap_or_default().to_owned();
        let wrong = said.split(" at line ").next().unwrap_or_default().to_owned();
        vec![Fault { table: "directory", line: error.line(), field, wrong }]
    })?;
    let nested = file.contents.iter().filter_map(|service| service.organization.clone());
    let organizations: Vec<_> = file.organizations.iter().cloned().chain(nested).collect();
    let mut found = BTreeMap::new();
    for organization in organizations {
        found.entry(organization.id).or_insert_with(|| agency(organization));
    }
    let mut faults = vec![];
    for service in file.services.into_iter().chain(file.contents) {
        let owner = service.organization_id.or(service.organization.as_ref().map(|one| one.id));
        match owner.and_then(|owner| found.get_mut(&owner)) {
            Some(read) => take(read, service),
            None => faults.push(Fault {
                table: "services",
                line: line_of(text, &service.id),
                field: "organization_id".to_owned(),
                wrong: "names no organisation of this file".to_owned(),
            }),
        }
    }
    done(found, faults)
}

/// Where a text first stands.
fn line_of(text: &str, needle: &str) -> usize {
    text.find(needle).map_or(1, |place| text[..place].matches('\n').count() + 1)
}

fn agency(organization: Organization) -> Read {
    let profile = Profile {
        name: organization.name,
        description: organization.description.unwrap_or_default(),
        email: Personal::new(organization.email.unwrap_or_default()),
        services: vec![],
    };
    Read { id: organization.id, profile, kinds: vec![] }
}

fn take(read: &mut Read, service: ServiceIn) {
    if service.status.as_deref().is_some_and(|status| status != "active") {
        return;
    }
    if read.profile.email.known().is_some_and(String::is_empty) {
        read.profile.email = Personal::new(service.email.unwrap_or_default());
    }
    for term in service.attributes.into_iter().filter_map(|one| one.taxonomy_term) {
        let kind = KindCode(term.code);
        if term.taxonomy == TAXONOMY && !read.kinds.contains(&kind) {
            read.kinds.push(kind);
        }
    }
    let description = service.description.unwrap_or_default();
    read.profile.services.push(Service { id: service.id, name: service.name, description });
}

/// Reads two tables: organisations, and services (which may be empty).
pub(crate) fn csv(organizations: &str, services: &str) -> Result<Vec<Read>, Vec<Fault>> {
    let (mut found, mut faults) = (BTreeMap::new(), vec![]);
    for row in table("organizations", organizations, &["id", "name"], &mut faults) {
        let fault = |field: &str, wrong: &str| row.fault("organizations", field, wrong);
        let id = parse_uuid(row.get("id")).map_err(|wrong| fault("id", wrong));
        let name = check_name(row.get("name")).map_err(|wrong| fault("name", wrong));
        let email = check_email(row.get("email")).map_err(|wrong| fault("email", wrong));
        match (id, name, email) {
            (Ok(id), Ok(name), Ok(email)) => {
                let description = Some(row.get("description").to_owned());
                let one = agency(Organization { id, name, description, email });
                if found.insert(id, one).is_some() {
                    faults.push(fault("id", "stands twice"));
                }
            }
            (id, name, email) => {
                faults.extend([id.err(), name.err(), email.err()].into_iter().flatten());
            }
        }
    }
    if !services.trim().is_empty() {
        let needed = ["id", "organization_id", "name"];
        for row in table("services", services, &needed, &mut faults) {
            if let Err(fault) = service(&row, &mut found) {
                faults.push(fault);
            }
        }
    }
    done(found, faults)
}

fn service(row: &Row, found: &mut BTreeMap<AgencyId, Read>) -> Result<(), Fault> {
    let fault = |field: &str, wrong: &str| row.fault("services", field, wrong);
    let owner = parse_uuid(row.get("organization_id"));
    let owner = owner.map_err(|wrong| fault("organization_id", wrong))?;
    let name = check_name(row.get("name")).map_err(|wrong| fault("name", wrong))?;
    let email = check_email(row.get("email")).map_err(|wrong| fault("email", wrong))?;
    let read = found
        .get_mut(&owner)
        .ok_or_else(|| fault("organization_id", "names no organisation of this file"))?;
    let kinds = row.get("kinds").split([';', ' ']).filter(|code| !code.is_empty());
    let term = |code: &str| Attribute {
        taxonomy_term: Some(Term { code: code.to_owned(), taxonomy: TAXONOMY.to_owned() }),
    };
    let status = Some(row.get("status")).filter(|status| !status.is_empty()).map(str::to_owned);
    let service = ServiceIn {
        id: row.get("id").to_owned(),
        name,
        description: Some(row.get("description").to_owned()),
        organization_id: Some(owner),
        organization: None,
        status,
        email,
        attributes: kinds.map(term).collect(),
    };
    take(read, service);
    Ok(())
}

fn done(found: BTreeMap<AgencyId, Read>, faults: Vec<Fault>) -> Result<Vec<Read>, Vec<Fault>> {
    let whole = |wrong: &str| Fault {
        table: "organizations",
        line: 1,
        field: String::new(),
        wrong: wrong.to_owned(),
    };
    if !faults.is_empty() {
        return Err(faults.into_iter().take(limits::FAULTS_MAX).collect());
    }
    if found.is_empty() {
        return Err(vec![whole("there is no organisation in it")]);
    }
    if found.len() > limits::AGENCIES_MAX as usize {
        return Err(vec![whole("there are more than 1000 organisations in it")]);
    }
    Ok(found.into_values().collect())
}

/// One row of a table, by the names of its columns.
struct Row {
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    fn fault(&self, table: &'static str, field: &str, wrong: &str) -> Fault {
        Fault { table, line: self.line, field: field.to_owned(), wrong: wrong.to_owned() }
    }
}

fn table(table: &'static str, text: &str, needed: &[&str], faults: &mut Vec<Fault>) -> Vec<Row> {
    let mut records = records(text).into_iter();
    let (_, head) = records.next().unwrap_or_default();
    let head: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    for column in needed.iter().filter(|column| !head.iter().any(|name| name == *column)) {
        let (field, wrong) = ((*column).to_owned(), "this column is missing".to_owned());
        faults.push(Fault { table, line: 1, field, wrong });
    }
    if !faults.is_empty() {
        return vec![];
    }
    let mut rows = vec![];
    for (line, cells) in records.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
        if cells.len() > head.len() {
            let wrong = format!("{} cells under {} columns", cells.len(), head.len());
            faults.push(Fault { table, line, field: String::new(), wrong });
        } else {
            rows.push(Row { line, cells: head.iter().cloned().zip(cells).collect() });
        }
    }
    rows
}

/// The records of a CSV text, each with the line on which it begins.
//= RFC 4180, section 2: quoted fields may hold commas, line breaks and doubled quotes
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut all = vec![];
    let (mut record, mut cell, mut quoted) = (vec![], String::new(), false);
    let (mut line, mut began) = (1, 1);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                all.push((began, std::mem::take(&mut record)));
                began = line + 1;
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
        if c == '\n' {
            line += 1;
        }
    }
    if !cell.is_empty() || !record.is_empty() {
        record.push(cell);
        all.push((began, record));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0d8c7e2a-3f41-4c11-9a55-0123456789ab";

    fn said(read: Result<Vec<Read>, Vec<Fault>>) -> String {
        read.unwrap_err().first().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn our_demonstration_directory_reads() {
        let read = json(crate::import::DEMONSTRATION).unwrap();
        assert!(read.len() >= 10 && read.iter().all(|one| !one.kinds.is_empty()));
        let table = crate::kinds::demonstration();
        let all = read.iter().flat_map(|one| &one.kinds);
        assert!(all.clone().all(|kind| table.get(kind.text()).is_some()));
    }

    #[test]
    fn a_bad_file_names_line_and_field() {
        let bad = "{\"organizations\": [\n {\"id\": \"7\",\n  \"name\": \"Example\"}]}";
        assert_eq!(said(json(bad)), "directory line 2, field id: `id` is not a UUID");
        let none = format!("{{\"organizations\": [\n{{\"id\": \"{ID}\"}}]}}");
        assert_eq!(said(json(&none)), "directory line 2, field name: missing field `name`");
        let lost = format!(
            "{{\"organizations\":[{{\"id\":\"{ID}\",\"name\":\"A\"}}],\n\"services\":[\n\
             {{\"id\":\"s1\",\"name\":\"B\"}}]}}"
        );
        assert!(said(json(&lost)).starts_with("services line 3, field organization_id"));
        assert!(said(json("{")).contains("line 1"));
        assert!(said(json("{}")).contains("no organisation"));
    }

    #[test]
    fn two_tables_read_like_the_file_and_name_line_and_field_too() {
        let organizations = format!(
            "id,name,email,description\n{ID},\"Example, Harbour\",a@harbour.example,\"Two\nlines\""
        );
        let services = format!("id,organization_id,name,kinds\ns1,{ID},Advice,adviser;support\n");
        let read = csv(&organizations, &services).unwrap();
        assert_eq!(read[0].profile.name, "Example, Harbour");
        assert_eq!(read[0].profile.description, "Two\nlines");
        assert_eq!(read[0].kinds, [KindCode::from("adviser"), KindCode::from("support")]);
        let bad = format!("{organizations}\n{ID},,nobody,x");
        let faults = csv(&bad, "").unwrap_err();
        let said: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said[0], "organizations line 4, field name: is 1 to 200 characters");
        assert_eq!(said[1], "organizations line 4, field email: is not an email address");
        let head = csv("id\n1", "").unwrap_err();
        assert_eq!(head[0].to_string(), "organizations line 1, field name: this column is missing");
    }
}
