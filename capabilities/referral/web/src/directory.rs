//! `/agencies`: the directory, by name, and which kinds of help nobody gives.

use crate::{agencies, kinds};
use axum::extract::State;
use axum::response::Response;
use kernel::Purpose;
use minijinja::{Value, context};
use referral::permit;
use ui::{App, Serde, Staff, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    let all = match agencies::all(app.engine()).await {
        Ok(all) => all,
        Err(fault) => return view.fault(&fault),
    };
    let manages = app.may(&staff.caller.actor, permit::AGENCY_MANAGE, Purpose::Administration);
    let given =
        |code: &str| all.iter().any(|one| !one.closed && one.kinds.iter().any(|kind| kind == code));
    let kinds = kinds::table().kinds.iter();
    let nobody: Vec<_> =
        kinds.filter(|kind| !given(kind.code.text())).map(|kind| kind.title.clone()).collect();
    let rows: Vec<_> = all
        .iter()
        .map(|one| {
            let titles: Vec<_> = one.kinds.iter().map(|code| kinds::title(code)).collect();
            context! { titles, ..Value::from(Serde(one)) }
        })
        .collect();
    view.page("referral/agencies.html", context! { rows, nobody, manages })
}
