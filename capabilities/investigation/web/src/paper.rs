//! `/incidents/{incident}/pack.pdf`: the case on paper, tagged so that a screen reader reads it in
//! order: account, statement with her word for it, decisions, enquiries, people, exhibits.

use crate::desk::{self, Desk};
use crate::exhibits;
use crate::investigation::text;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use incident::IncidentId;
use investigation::state::{Stands, State as Known, Version};
use investigation::{Classified, Investigation, InvestigationId, Tables, Way};
use kernel::At;
use kernel::id::StaffId;
use print::{Document, Table};
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::Locale;
use ui::locale::Words;

type Names = BTreeMap<StaffId, String>;

pub(crate) async fn get(tables: Arc<Tables>, desk: Desk) -> Response {
    if let Err(stop) = desk.consulted("pack").await {
        return stop;
    }
    match file(desk.app.engine(), &tables, desk.incident).await {
        Ok(Some(response)) => response,
        Ok(None) => desk.view.missing(),
        Err(fault) => desk.view.fault(&fault),
    }
}

/// The file; nothing when it cannot be printed, which is logged.
pub(crate) async fn file(
    engine: &Engine,
    tables: &Tables,
    incident: IncidentId,
) -> Result<Option<Response>, Fault> {
    let stream = InvestigationId::from(incident).stream();
    let (known, _) = engine.state::<Investigation>(&stream).await?;
    let owners = known.enquiries.values().filter_map(|one| one.owner);
    let staff = owners.chain(exhibits::hands(&known)).collect();
    let names = desk::names(engine, staff).await?;
    let document = document(&known, (tables, &names), incident, engine.now());
    Ok(match print::render(&document) {
        Ok(bytes) => {
            let kind = HeaderValue::from_static("application/pdf");
            let named = HeaderValue::from_static("attachment; filename=\"pack.pdf\"");
            let head = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)];
            Some((head, bytes).into_response())
        }
        Err(fault) => {
            tracing::error!(%fault, "a pack could not be printed");
            None
        }
    })
}

/// Words of this document, in the language of the force.
struct Say(Words);

impl Say {
    fn it(&self, id: &str) -> String {
        self.0.say(Locale::En, id, &[]).unwrap_or_default()
    }
}

fn document(
    known: &Known,
    (tables, names): (&Tables, &Names),
    incident: IncidentId,
    now: At,
) -> Document {
    let say = Say(Words::load());
    let record = known.hand_offs.iter().rev().find_map(|one| one.taken_in.as_ref());
    let record = record.map(|(.., reference)| text(reference)).unwrap_or_default();
    let mut document = Document::new("en-GB", &say.it("pack-title"), now)
        .subject(&say.it("pack-subject"))
        .footer(&say.it("pack-footer"))
        .facts([
            (say.it("pack-incident"), incident.reference()),
            (say.it("pack-record"), record),
            (say.it("pack-printed"), when(now)),
        ]);
    document = account(document, known, &say);
    document = statement(document, known, &say);
    document = decisions(document, known, tables, &say);
    document = enquiries(document, known, names, &say);
    document = people(document, known, &say);
    things(document, known, names, &say)
}

fn account(document: Document, known: &Known, say: &Say) -> Document {
    let document = document.section(&say.it("pack-account"));
    if known.paragraphs.is_empty() {
        return document.paragraph(&say.it("pack-none"));
    }
    let rows = known.paragraphs.iter().map(|one| vec![when(one.at), text(&one.text)]).collect();
    let columns = columns(say, &[("pack-when", 1), ("pack-words", 4)]);
    document.table(Table { columns, rows })
}

fn statement(document: Document, known: &Known, say: &Say) -> Document {
    let mut document = document.section(&say.it("pack-statement"));
    let statement = &known.statement;
    if statement.text().is_empty() {
        return document.paragraph(&say.it("pack-none"));
    }
    for (section, text) in &statement.sections {
        let Some(text) = text.known().filter(|text| !text.is_empty()) else { continue };
        document = document.part(&say.it(&format!("statement-section-{}", section.code())));
        for paragraph in text.split("\n\n") {
            document = document.paragraph(paragraph);
        }
    }
    document = document.part(&say.it("pack-word"));
    if statement.acknowledged().is_none() {
        document = document.paragraph(&say.it("pack-no-word"));
    }
    let rows: Vec<_> = statement.versions.iter().enumerate().map(|at| version(at, say)).collect();
    if rows.is_empty() {
        return document;
    }
    let heads = [("pack-version", 1), ("pack-how", 2), ("pack-when", 2), ("pack-digest", 5)];
    document.table(Table { columns: columns(say, &heads), rows })
}

fn version((place, one): (usize, &Version), say: &Say) -> Vec<String> {
    let (stands, at) = match &one.stands {
        Stands::Offered => ("offered", one.at),
        Stands::Acknowledged(at) => ("acknowledged", *at),
        Stands::Disputed(at, _) => ("disputed", *at),
        Stands::TakenBack => ("taken_back", one.at),
        Stands::Voided { said, .. } => ("voided", *said),
    };
    let way = match &one.way {
        Way::Screen { .. } => "statement-way-screen",
        Way::Aloud { .. } => "statement-way-aloud",
    };
    let how = format!("{}, {}", say.it(&format!("statement-stands-{stands}")), say.it(way));
    vec![(place + 1).to_string(), how, when(at), text(&one.digest)]
}

fn decisions(document: Document, known: &Known, tables: &Tables, say: &Say) -> Document {
    let mut document = document.section(&say.it("pack-decisions"));
    if known.decisions.is_empty() {
        return document.paragraph(&say.it("pack-undecided"));
    }
    for one in &known.decisions {
        let mut facts = vec![(say.it("pack-when"), when(one.at))];
        match &one.classified {
            Classified::Crime { offence, reason, code, since, until } => {
                facts.push((say.it("investigation-crime-yes"), text(offence)));
                if let Some(code) = code {
                    let class = code.class.as_ref().map(|class| format!(", {class}"));
                    let class = class.unwrap_or_default();
                    facts.push((say.it("pack-code"), format!("{}{class}", code.code)));
                }
                let times = since.iter().chain(until).map(|at| when(*at)).collect::<Vec<_>>();
                if !times.is_empty() {
                    facts.push((say.it("pack-happened"), times.join(" – ")));
                }
                facts.push((say.it("investigation-reason"), text(reason)));
            }
            Classified::NonCrime { reason } => {
                facts.push((say.it("investigation-crime-no"), text(reason)));
            }
        }
        for outcome in &one.outcomes {
            let title = tables.outcomes.title(&outcome.code);
            let words = format!("{} {title}. {}", when(outcome.at), text(&outcome.note));
            facts.push((say.it("investigation-outcome"), words));
        }
        document = document.facts(facts);
    }
    document
}

fn enquiries(document: Document, known: &Known, names: &Names, say: &Say) -> Document {
    let document = document.section(&say.it("enquiries-title"));
    if known.enquiries.is_empty() {
        return document.paragraph(&say.it("pack-none"));
    }
    let row = |(number, one): (&u32, &investigation::state::Enquiry)| {
        let ended = one.end.as_ref().map_or_else(
            || say.it("enquiries-open"),
            |end| {
                let how = if end.done { "enquiries-done" } else { "enquiries-dropped" };
                format!("{}: {}", say.it(how), text(&end.words))
            },
        );
        let owner = one.owner.and_then(|owner| names.get(&owner).cloned()).unwrap_or_default();
        vec![number.to_string(), text(&one.what), owner, when(one.due), ended]
    };
    let heads = [
        ("pack-number", 1),
        ("enquiries-what", 4),
        ("enquiries-owner", 2),
        ("enquiries-due", 2),
        ("pack-came-of-it", 4),
    ];
    let rows = known.enquiries.iter().map(row).collect();
    document.table(Table { columns: columns(say, &heads), rows })
}

fn people(document: Document, known: &Known, say: &Say) -> Document {
    let document = document.section(&say.it("parties-title"));
    let standing = known.people.values().filter(|one| one.removed.is_none());
    let rows: Vec<_> = standing
        .map(|one| {
            let said = one.said.known().cloned().unwrap_or_default();
            let role = say.it(&format!("parties-role-{}", one.role.code()));
            vec![role, said.name, said.description, said.account]
        })
        .collect();
    if rows.is_empty() {
        return document.paragraph(&say.it("pack-none"));
    }
    let heads =
        [("parties-role", 1), ("parties-name", 2), ("parties-looks", 3), ("parties-account", 4)];
    document.table(Table { columns: columns(say, &heads), rows })
}

fn things(document: Document, known: &Known, names: &Names, say: &Say) -> Document {
    let document = document.section(&say.it("exhibits-title"));
    if known.exhibits.is_empty() {
        return document.paragraph(&say.it("pack-none"));
    }
    let by = |by: Option<StaffId>| by.and_then(|by| names.get(&by).cloned()).unwrap_or_default();
    let row = |(number, one): (&u32, &investigation::state::Exhibit)| {
        let mut hands = vec![format!("{} {}", when(one.at), by(one.by))];
        hands.extend(one.moves.iter().map(|moved| {
            format!("{} {}: {}", when(moved.at), text(&moved.to), text(&moved.reason))
        }));
        let mut name = text(&one.name);
        if let Some(reason) = &one.withdrawn {
            name = format!("{name} ({}: {})", say.it("exhibits-withdrawn"), text(reason));
        }
        vec![number.to_string(), name, text(&one.found), hands.join("; "), text(&one.digest)]
    };
    let heads = [
        ("pack-number", 1),
        ("exhibits-name", 3),
        ("exhibits-found", 3),
        ("exhibits-hands", 4),
        ("pack-digest", 5),
    ];
    let rows = known.exhibits.iter().map(row).collect();
    document.table(Table { columns: columns(say, &heads), rows })
}

fn columns(say: &Say, heads: &[(&str, u16)]) -> Vec<(String, u16)> {
    heads.iter().map(|(id, width)| (say.it(id), *width)).collect()
}

fn when(at: At) -> String {
    let (hour, minute) = calendar::time_of_day(at);
    format!("{} {hour:02}:{minute:02}", calendar::civil_day(at))
}
