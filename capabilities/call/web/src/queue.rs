//! `GET /queue`: who waits, longest first, and what the control room knows of her without
//! saying who she is. `POST` is the call's own `pick-up`.

use crate::officer_calls::{self, Line, Standing};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use hub::Hub;
use minijinja::{Value, context};
use ui::{App, Serde, Staff, View};

/// A wait longer than this turns the clock red: the service's promise is a minute.
pub(crate) const WAIT_TARGET_SECONDS: u32 = 60;

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(&app, &staff).await {
        Ok(page) => view.page("call/queue.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let (engine, me) = (app.engine(), staff.who.id.to_string());
    let lines = live(app, staff).await?;
    let yours = |line: &&Line| line.officer.as_deref() == Some(me.as_str());
    let of = |standing: Standing| {
        move |line: &&Line| line.standing == standing && line.officer.is_none()
    };
    let pick =
        |want: &dyn Fn(&&Line) -> bool| -> Vec<&Line> { lines.iter().filter(want).collect() };
    let coming: Vec<&Line> =
        pick(&|line| of(Standing::Arriving)(line) || of(Standing::Invited)(line));
    let with_others: Vec<&Line> = pick(&|line| line.officer.is_some() && !yours(line));
    let waiting = pick(&|line| of(Standing::Ready)(line));
    let hub = hub(engine, waiting.len()).await?;
    Ok(context! {
        hub => hub,
        target => WAIT_TARGET_SECONDS,
        yours => Serde(&pick(&yours)),
        waiting => Serde(&waiting),
        coming => Serde(&coming),
        others => Serde(&with_others),
    })
}

/// Every call that goes on, but for what is hidden from whoever looks.
pub(crate) async fn live(app: &App, staff: &Staff) -> Result<Vec<Line>, Fault> {
    let mut lines = officer_calls::live(app.engine()).await?;
    let veil = app.veil(&staff.caller.actor).await?;
    veil.over(&mut lines, |line| format!("incident/{}", line.incident));
    Ok(lines)
}

/// What the bar above the page says of the hub.
pub(crate) async fn hub(engine: &Engine, waiting: usize) -> Result<Value, Fault> {
    let (state, _) = engine.state::<Hub>(hub::STREAM).await?;
    let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
    let can = state.availability(engine.now(), waiting);
    Ok(context! {
        open => can.open, waiting => can.waiting, free => can.free, busy => can.busy,
        on_break => can.on_break,
    })
}
