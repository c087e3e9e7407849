//! `/perpetrators`: who did harm to several people, or much, and who has a plan. Counts, codes and
//! days; a name stands on a person's own page alone, which leaves a trace.

use crate::Settings;
use crate::limits::LISTED_MAX;
use crate::standing::{self, Filter, SHOWS};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::Fault;
use minijinja::{Value, context};
use std::collections::BTreeMap;
use ui::{App, Serde, Staff, View};

pub(crate) async fn get(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
) -> Response {
    match page(&app, &settings, &staff, &filter).await {
        Ok(page) => view.page("perpetrator/perpetrators.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(
    app: &App,
    settings: &Settings,
    staff: &Staff,
    filter: &Filter,
) -> Result<Value, Fault> {
    let rows = standing::list(app, settings, &staff.caller.actor).await?;
    let wanted = standing::wanted(&rows, filter);
    let mut names = BTreeMap::new();
    for row in wanted.iter().take(LISTED_MAX) {
        if let Some(owner) = row.plan.as_ref().and_then(|plan| plan.owner) {
            let (account, _) = app.engine().state::<access::Staff>(&owner.stream()).await?;
            names.insert(row.id.clone(), account.name.unwrap_or_default());
        }
    }
    let count = |is: fn(&standing::Row) -> bool| rows.iter().filter(|row| is(row)).count();
    Ok(context! {
        rows => Serde(&wanted.iter().take(LISTED_MAX).collect::<Vec<_>>()),
        cut => wanted.len() > LISTED_MAX,
        names => Serde(&names),
        all => rows.len(),
        serial => count(|row| row.serial),
        high => count(|row| row.high),
        unplanned => count(|row| row.plan.is_none()),
        late => count(|row| row.late),
        show => filter.show.as_str(), shows => SHOWS.to_vec(),
        victims => settings.policy.serial_victims,
        high_from => settings.harm.high_from,
        version => settings.harm.version,
        now => app.engine().now().0,
    })
}

/// The same as a file, for a team that works with a sheet.
pub(crate) async fn csv(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Query(filter): Query<Filter>,
) -> Response {
    let rows = match standing::list(&app, &settings, &staff.caller.actor).await {
        Ok(rows) => rows,
        Err(fault) => return view.fault(&fault),
    };
    let head = [
        "Record",
        "Incidents",
        "Victims",
        "Points (an order of a list, no finding)",
        "Not known",
        "Serial",
        "High",
        "Plan",
        "Next due",
    ];
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let day = |at: i64| calendar::civil_day(kernel::At(at)).to_string();
    let mut file = audit::csv::line(head);
    for row in standing::wanted(&rows, &filter) {
        let due = row.plan.as_ref().and_then(|plan| plan.next_due);
        file.push_str(&audit::csv::line([
            row.reference.clone(),
            row.incidents.to_string(),
            row.victims.to_string(),
            row.points.to_string(),
            row.unknown.to_string(),
            yes(row.serial),
            yes(row.high),
            yes(row.plan.is_some()),
            due.map(day).unwrap_or_default(),
        ]));
    }
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"perpetrators.csv\""),
    ];
    (head, file).into_response()
}
