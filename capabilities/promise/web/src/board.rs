//! The board: everything that is owed, by the time that is left. What is late comes first.

use crate::owed::{self, Owed};
use crate::people::Names;
use crate::rows::{Eye, Row, safe};
use crate::{Settings, limits, titles};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use minijinja::Value;
use promise::{About, Command, Holder, Promise, Standing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::{App, Form, Serde, Staff, View, context};

/// Which of them are asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// `owner.name`.
    kind: String,
    /// A team's code.
    team: String,
    /// `me`, `nobody`, or a colleague's number.
    who: String,
    /// `1`: only what is late.
    late: String,
}

impl Filter {
    /// The same as the end of an address; also what a form of the board sends back with it.
    fn query(&self) -> String {
        let all =
            [("kind", &self.kind), ("team", &self.team), ("who", &self.who), ("late", &self.late)];
        let set = all.iter().map(|(name, value)| (name, safe(value)));
        let set = set.filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    fn wants(&self, owed: &Owed, team: &str, standing: Standing, me: &Holder) -> bool {
        let kind = || format!("{}.{}", owed.about.owner, stem(&owed.about.name));
        let who = match self.who.as_str() {
            "" => true,
            "me" => owed.holder.as_ref() == Some(me),
            "nobody" => !matches!(owed.holder, Some(Holder::Person { .. })),
            id => matches!(&owed.holder, Some(Holder::Person { staff }) if staff.to_string() == id),
        };
        who && (self.kind.is_empty() || self.kind == kind())
            && (self.team.is_empty() || self.team == team)
            && (self.late != "1" || standing == Standing::Late)
    }
}

/// The kind of a promise of which a stream has several: `action:7` is an `action`.
fn stem(name: &str) -> &str {
    name.split([':', '/', '#']).next().unwrap_or(name)
}

/// A choice of the filter, with how many there are.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    code: String,
    title: String,
    count: usize,
    late: usize,
}

/// Everything that the board says.
#[derive(Default)]
struct Counted {
    all: usize,
    late: usize,
    soon: usize,
    mine: usize,
    nobody: usize,
    kinds: BTreeMap<(String, String), (usize, usize)>,
    teams: BTreeMap<String, (usize, usize)>,
    people: BTreeMap<String, (usize, usize)>,
}

impl Counted {
    fn count(&mut self, owed: &Owed, team: &str, standing: Standing, me: &Holder) {
        let late = usize::from(standing == Standing::Late);
        let add = |pair: &mut (usize, usize)| {
            pair.0 += 1;
            pair.1 += late;
        };
        self.all += 1;
        self.late += late;
        self.soon += usize::from(standing == Standing::Soon);
        self.mine += usize::from(owed.holder.as_ref() == Some(me));
        let kind = (owed.about.owner.clone(), stem(&owed.about.name).to_owned());
        add(self.kinds.entry(kind).or_default());
        add(self.teams.entry(team.to_owned()).or_default());
        match &owed.holder {
            Some(Holder::Person { staff }) => {
                add(self.people.entry(staff.to_string()).or_default())
            }
            Some(Holder::Team { .. }) | None => self.nobody += 1,
        }
    }
}

pub(crate) async fn get(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
) -> Response {
    show(&settings, &app, &view, &staff, &filter, None).await
}

async fn show(
    settings: &Settings,
    app: &App,
    view: &View,
    staff: &Staff,
    filter: &Filter,
    refused: Option<String>,
) -> Response {
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    match page(settings, app, view, staff, filter).await {
        Ok(page) => view.answer(status, "promise/board.html", context! { refused, ..page }),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(
    settings: &Settings,
    app: &App,
    view: &View,
    staff: &Staff,
    filter: &Filter,
) -> Result<Value, Fault> {
    let engine = app.engine();
    let actor = &staff.caller.actor;
    let (now, me) = (engine.now(), Holder::Person { staff: staff.who.id });
    let eye = Eye { app, actor, me: staff.who.id, locale: view.locale(), now };
    let mut names = Names::new(engine, settings);
    let (mut counted, mut wanted) = (Counted::default(), vec![]);
    let mut all = owed::open(engine).await?;
    let cut = all.len() as i64 == limits::OPEN_MAX;
    app.veil(actor).await?.over(&mut all, Owed::matter);
    for owed in all {
        if !owed::sees(app, settings, actor, &owed.about.owner) {
            continue;
        }
        let team = team_of(settings, &owed);
        let standing = Standing::at(now, owed.made_at, owed.due_at);
        counted.count(&owed, &team, standing, &me);
        if filter.wants(&owed, &team, standing, &me) {
            wanted.push(owed);
        }
    }
    let mut rows: Vec<Row> = vec![];
    for owed in wanted.iter().take(limits::ROWS_MAX) {
        rows.push(eye.row(owed, &mut names).await?);
    }
    let mut people = vec![];
    for (code, (count, late)) in &counted.people {
        let title = names.of_staff(&format!("staff/{code}")).await?;
        people.push(Choice { code: code.clone(), title, count: *count, late: *late });
    }
    let kinds = counted.kinds.iter().map(|((owner, name), (count, late))| Choice {
        code: format!("{owner}.{name}"),
        title: titles::title(view.locale(), owner, name),
        count: *count,
        late: *late,
    });
    let teams = counted.teams.iter().map(|(code, (count, late))| Choice {
        title: settings.of_code(code).map_or_else(|| code.clone(), |team| team.name.clone()),
        code: code.clone(),
        count: *count,
        late: *late,
    });
    let query = filter.query();
    Ok(context! {
        rows => Serde(&rows),
        shown => wanted.len(),
        all => counted.all, late => counted.late, soon => counted.soon,
        mine => counted.mine, nobody => counted.nobody,
        kinds => Serde(&kinds.collect::<Vec<_>>()),
        teams => Serde(&teams.collect::<Vec<_>>()),
        people => Serde(&people),
        filter => Serde(filter),
        address => if query.is_empty() { "/promises".into() } else { format!("/promises?{query}") },
        query => query,
        of => settings.nouns(),
        cut => cut,
        holds => app.may(actor, promise::permit::HOLD, staff.caller.purpose),
        leads => app.may(actor, promise::permit::HANDOVER, kernel::Purpose::Supervision),
    })
}

/// The team of a promise: the one that holds it, else the one with which its kind begins.
fn team_of(settings: &Settings, owed: &Owed) -> String {
    match &owed.holder {
        Some(Holder::Team { team }) => team.clone(),
        Some(Holder::Person { .. }) | None => settings.of_owner(&owed.about.owner).code.clone(),
    }
}

/// Which promise is taken, and what the board showed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Taking {
    owner: String,
    stream: String,
    name: String,
    kind: String,
    team: String,
    who: String,
    late: String,
}

pub(crate) async fn take(
    settings: Arc<Settings>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, .. }: Form<Taking>,
) -> Response {
    let Taking { owner, stream, name, kind, team, who, late } = value;
    let (about, filter) = (About { owner, stream, name }, Filter { kind, team, who, late });
    let engine = app.engine();
    let owed = match owed::one(engine, &about).await {
        Ok(Some(owed)) => owed,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    let actor = &staff.caller.actor;
    match app.may_know(actor, &owed.matter()).await {
        Ok(true) if owed::sees(&app, &settings, actor, &about.owner) => {}
        Ok(_) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    }
    let id = owed::stream(engine, &about).stream();
    let command = Command::Take { about, owed: owed.is_open() };
    match engine.execute::<Promise>(&id, command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&address(&filter)).into_response(),
        Err(Refused::Refusal(refusal)) => {
            show(&settings, &app, &view, &staff, &filter, Some(refusal.to_string())).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

fn address(filter: &Filter) -> String {
    let query = filter.query();
    if query.is_empty() { "/promises".to_owned() } else { format!("/promises?{query}") }
}
