//! Live pages: what changed is said as it changes, by noun and stream, never with content; the
//! page then asks again for the part that shows it, and is guarded as for any other request.

use crate::app::App;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use engine::Engine;
use futures::Stream;
use std::collections::BTreeSet;
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
    /// The noun or the stream by which a change was asked for.
    fn names<'a>(&'a self, change: &'a Change) -> Option<&'a str> {
        let noun = change.stream.split('/').next().unwrap_or_default();
        // Segments come every second and change no board.
        let quiet = change.kind.contains("segment");
        let stream = self.stream.split(',').find(|stream| **stream == *change.stream);
        stream.or_else(|| self.of.split(',').find(|wanted| !quiet && *wanted == noun))
    }
}

/// What one line was told since it was last written to; `*` when some of it was missed.
fn told(
    wanted: &Wanted,
    changes: &mut broadcast::Receiver<Change>,
    first: Result<Change, broadcast::error::RecvError>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut note = |change: &Change| names.extend(wanted.names(change).map(str::to_owned));
    let missed = match first {
        Ok(change) => {
            note(&change);
            loop {
                match changes.try_recv() {
                    Ok(change) => note(&change),
                    Err(broadcast::error::TryRecvError::Lagged(_)) => break true,
                    Err(_) => break false,
                }
            }
        }
        Err(_) => true,
    };
    if missed {
        names.insert("*".to_owned());
    }
    names
}

/// `GET /live?of=incident,call`: an event `changed` whenever one of them did, with the nouns and
/// streams that were asked for and changed, so that one line serves a whole page.
pub async fn get(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = app.feed().subscribe();
    let stream = futures::stream::unfold((changes, wanted), |(mut changes, wanted)| async move {
        let first = loop {
            match changes.recv().await {
                Ok(change) if wanted.names(&change).is_none() => {}
                Err(broadcast::error::RecvError::Closed) => return None,
                first => break first,
            }
        };
        tokio::time::sleep(PACE).await;
        let names: Vec<String> = told(&wanted, &mut changes, first).into_iter().collect();
        let event = Event::default().event("changed").data(names.join(","));
        Some((Ok(event), (changes, wanted)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(stream: &str, kind: &str) -> Change {
        Change { stream: stream.into(), kind: kind.into() }
    }

    #[test]
    fn one_line_says_which_of_what_was_asked_for_changed_and_nothing_else() {
        let wanted = Wanted { of: "hub,call".into(), stream: "incident/1".into() };
        let feed = Feed::default();
        let mut changes = feed.subscribe();
        for (stream, kind) in [
            ("hub/main", "hub.opened.v1"),
            ("incident/2", "incident.noted.v1"),
            ("call/7", "call.segment_sealed.v1"),
            ("incident/1", "incident.noted.v1"),
            ("hub/main", "hub.closed.v1"),
        ] {
            feed.0.send(change(stream, kind)).expect("somebody listens");
        }
        let first = changes.try_recv().map_err(|_| broadcast::error::RecvError::Closed);
        let names = told(&wanted, &mut changes, first);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["hub", "incident/1"]);
    }

    #[test]
    fn whoever_missed_something_is_told_that_all_may_have_changed() {
        let wanted = Wanted { of: "hub".into(), stream: String::new() };
        let mut changes = Feed::default().subscribe();
        let names = told(&wanted, &mut changes, Err(broadcast::error::RecvError::Lagged(3)));
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["*"]);
    }
}
