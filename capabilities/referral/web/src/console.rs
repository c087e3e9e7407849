//! `/partner`: what was referred to the agency of whoever is signed in, by the time that is left.
//! Nobody is named in the list, and nothing in it depends on any other agency's.

use crate::referral_list::{self, Line};
use crate::{agencies, kinds, showing};
use axum::extract::State;
use axum::response::Response;
use engine::Fault;
use minijinja::{Value, context};
use referral::AgencyId;
use ui::{App, Serde, Staff, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    let engine = app.engine();
    let found = match agencies::of_worker(engine, staff.who.id).await {
        Ok(Some(agency)) => page(&app, &staff, agency).await,
        Ok(None) => Ok(context! { agency => "", new => 0, waiting => 0, engaged => 0, ended => 0 }),
        Err(fault) => Err(fault),
    };
    match found {
        Ok(page) => view.page("referral/console.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, agency: AgencyId) -> Result<Value, Fault> {
    let engine = app.engine();
    let name = agencies::state(engine, agency).await?.profile.unwrap_or_default().name;
    let (mut open, mut ended) = (
        referral_list::open_of(engine, agency).await?,
        referral_list::ended_of(engine, agency).await?,
    );
    let veil = app.veil(&staff.caller.actor).await?;
    for lines in [&mut open, &mut ended] {
        veil.over(lines, |line| format!("incident/{}", line.incident));
    }
    let is = |steps: &'static [&'static str]| {
        open.iter().filter(|line| steps.contains(&line.step.as_str())).map(row).collect::<Vec<_>>()
    };
    Ok(context! {
        agency => name,
        new => is(&["sent", "seen"]),
        waiting => is(&["accepted"]),
        engaged => is(&["engaged"]),
        ended => ended.iter().map(row).collect::<Vec<_>>(),
    })
}

fn row(line: &Line) -> Value {
    context! {
        short => showing::short(&line.id),
        title => kinds::title(&line.kind),
        ..Value::from(Serde(line))
    }
}
