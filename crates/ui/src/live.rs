//! Live pages: what changed is said as it changes, by noun and stream, never with content; the
//! page then asks again for the part that shows it, and is guarded as for any other request.

use crate::app::App;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use engine::Engine;
use futures::Stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

/// Changes kept for a slow reader; past that it is told that something changed.
const BACKLOG: usize = 1024;
/// A board is not redrawn more often than this: the eye does not follow, and a phone pays.
const PACE: Duration = Duration::from_millis(250);

/// One change: which stream, and what kind of event.
#[derive(Clone, Debug)]
pub struct Change {
    /// `noun/id`.
    pub stream: Arc<str>,
    /// Stored name of the event.
    pub kind: Arc<str>,
}

/// Says what changed, once the read models show it.
#[derive(Clone)]
pub struct Feed(broadcast::Sender<Change>);

impl Default for Feed {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Feed {
    /// Follows the changes.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }

    /// Reads the journal behind the read models and says what changed, until the engine ends.
    pub async fn follow(self, engine: Engine) {
        let mut shown = engine.reads().subscribe();
        let mut position = *shown.borrow_and_update();
        while shown.changed().await.is_ok() {
            let until = *shown.borrow_and_update();
            while position < until {
                let Ok(records) = engine.journal().read_from(position, 256).await else { break };
                if records.is_empty() {
                    break;
                }
                for record in records {
                    position = record.position;
                    let change = Change { stream: record.stream.into(), kind: record.kind.into() };
                    // Nobody listening is fine.
                    let _ = self.0.send(change);
                }
            }
        }
    }
}

/// What a page wants to hear of.
#[derive(serde::Deserialize)]
pub struct Wanted {
    /// Nouns, comma separated: `of=incident,call`.
    #[serde(default)]
    of: String,
    /// Streams, comma separated: `stream=call/0192…`.
    #[serde(default)]
    stream: String,
}

impl Wanted {
    fn wants(&self, change: &Change) -> bool {
        let noun = change.stream.split('/').next().unwrap_or_default();
        // Segments come every second and change no board.
        let quiet = change.kind.contains("segment");
        let named = self.stream.split(',').any(|stream| *stream == *change.stream);
        named || (!quiet && self.of.split(',').any(|wanted| wanted == noun))
    }
}

/// `GET /live?of=incident,call`: an event `changed` whenever one of them did.
pub async fn get(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = app.feed().subscribe();
    let stream = futures::stream::unfold((changes, wanted), |(mut changes, wanted)| async move {
        loop {
            match changes.recv().await {
                Ok(change) if !wanted.wants(&change) => {}
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => break,
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
        tokio::time::sleep(PACE).await;
        changes = changes.resubscribe();
        Some((Ok(Event::default().event("changed").data("1")), (changes, wanted)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
