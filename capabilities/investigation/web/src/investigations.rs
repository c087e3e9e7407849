//! `/investigations`: what nobody has decided, by the time that is left; enquiries by when they
//! are due; statements that her word does not cover; what the records system has not taken in.

use crate::desk;
use crate::list::{self, Lane};
use axum::extract::State;
use axum::response::Response;
use engine::Fault;
use kernel::id::StaffId;
use minijinja::{Value, context};
use ui::{App, Asked, Serde, Staff, View};

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
) -> Response {
    match page(&app, &staff).await {
        Ok(page) => {
            let part = asked == Asked::Part;
            let name = if part { "waiting" } else { "investigations" };
            view.page(&format!("investigation/{name}.html"), page)
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let engine = app.engine();
    let veil = app.veil(&staff.caller.actor).await?;
    let mut lanes = vec![];
    let (mut waits, mut missed) = (0, 0);
    for lane in Lane::ALL {
        let (mut rows, all) = list::lane(engine, lane).await?;
        veil.over(&mut rows, |row| format!("incident/{}", row.incident));
        let owners = rows.iter().filter_map(|row| StaffId::of_stream(row.owner.as_deref()?));
        let names = desk::names(engine, owners.collect()).await?;
        let names: std::collections::BTreeMap<_, _> =
            names.into_iter().map(|(id, name)| (id.stream(), name)).collect();
        waits += all;
        if lane == Lane::Undecided {
            missed = rows.iter().filter(|row| row.missed).count();
        }
        lanes.push(context! { name => lane.code(), rows => Serde(&rows), all, names });
    }
    Ok(context! { lanes, waits, missed })
}
