//! `GET /calls/{call}/recording-state`: whether this call is being recorded, by what the journal
//! says and not by hope. Shows no person.

use crate::limits::FIRST_BYTES;
use crate::of_call::OfCall;
use crate::recordings;
use axum::extract::State;
use axum::response::Response;
use call::{Call, CallId};
use engine::{Engine, Fault};
use recording::{Recording, RecordingId, State as Tapes};
use ui::{App, View, context};

/// What the sign says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// Nobody is in the room yet.
    Waiting,
    /// It is being recorded.
    On,
    /// Somebody is in the room and it is not, or not all of it.
    Off,
    /// The call is over and its recording whole.
    Over,
    /// Its time was up.
    Gone,
}

impl Sign {
    const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "wait",
            Self::On => "on",
            Self::Off => "off",
            Self::Over => "over",
            Self::Gone => "gone",
        }
    }
}

/// The fragment.
pub(crate) async fn get(State(app): State<App>, view: View, of: OfCall) -> Response {
    match sign(app.engine(), of.call).await {
        Ok(Some((sign, silent))) => {
            let page = context! { base => of.base(), sign => sign.code(), silent };
            view.page("recording/state.html", page)
        }
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

async fn sign(engine: &Engine, call: CallId) -> Result<Option<(Sign, i64)>, Fault> {
    let (known, version) = engine.state::<Call>(&call.stream()).await?;
    if version == 0 {
        return Ok(None);
    }
    let stream = RecordingId::from(call).stream();
    let (tapes, _) = engine.state::<Recording>(&stream).await?;
    let line = recordings::of_call(engine, call).await?;
    let silent = recordings::silent(engine, call).await?;
    let sign = match (&tapes, &known) {
        (Tapes::Dropped, _) => Sign::Gone,
        (Tapes::Ended(_), _) | (_, call::State::Finished(..)) => Sign::Over,
        (Tapes::Running(_), _) if silent > 0 => Sign::Off,
        (Tapes::Running(tape), _) => {
            let empty = line.is_none_or(|line| line.last_at.is_none());
            let late = engine.now().since(tape.since) > FIRST_BYTES;
            if empty && late { Sign::Off } else { Sign::On }
        }
        (Tapes::Unstarted, call::State::Open(open)) if open.face_to_face => Sign::Off,
        (Tapes::Unstarted, _) => Sign::Waiting,
    };
    Ok(Some((sign, silent)))
}
