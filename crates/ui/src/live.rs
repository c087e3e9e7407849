//! Live pages: what changed is said as it changes, by noun and stream, never with content; the
//! page then asks again for the part that shows it, and is guarded as for any other request.

use crate::app::{App, Hushed};
use crate::guard::Staff;
use crate::kept::{Keeping, Withheld};
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use futures::Stream;
use kernel::Role;
use kernel::id::StaffId;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

/// Changes kept for a slow reader; past that it is told that something changed.
const BACKLOG: usize = 1024;
/// A board is not redrawn more often than this: the eye does not follow, and a phone pays.
const PACE: Duration = Duration::from_millis(250);
/// How often the page of somebody outside asks again: an answer is owed in hours.
const OUTSIDE_PACE: Duration = Duration::from_secs(5);

/// Records in which the first event of a stream is found: its keys stand before it.
const FIRSTS: usize = 8;
/// Streams whose first event is remembered while their changes are told.
const REMEMBERED: usize = 4096;

/// One change: which stream, and what kind of event.
#[derive(Clone, Debug)]
pub struct Change {
    /// `noun/id`.
    pub stream: Arc<str>,
    /// Stored name of the event.
    pub kind: Arc<str>,
    /// Who alone may hear of it; everybody when nothing is said.
    pub hushed: Option<Hushed>,
    /// Who in particular must not hear of it, whatever else they may.
    pub withheld: Arc<Withheld>,
}

/// Says what changed, once the read models show it.
#[derive(Clone)]
pub struct Feed {
    changes: broadcast::Sender<Change>,
    hushed: Arc<[Hushed]>,
    keeping: Arc<Keeping>,
}

impl Default for Feed {
    fn default() -> Self {
        Self::new(vec![])
    }
}

impl Feed {
    /// A feed that tells of these streams only to whoever may know of them.
    pub fn new(hushed: Vec<Hushed>) -> Self {
        let changes = broadcast::channel(BACKLOG).0;
        Self { changes, hushed: hushed.into(), keeping: Arc::default() }
    }

    /// The same feed, that keeps streams from whom their capability says.
    #[must_use]
    pub fn with_keeping(mut self, keeping: Keeping) -> Self {
        self.keeping = keeping.into();
        self
    }

    /// What capabilities keep to themselves.
    pub(crate) fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// Follows the changes.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Reads the journal behind the read models and says what changed, until the engine ends.
    pub async fn follow(self, engine: Engine) {
        let mut shown = engine.reads().subscribe();
        let mut position = *shown.borrow_and_update();
        let mut firsts = BTreeMap::new();
        while shown.changed().await.is_ok() {
            let until = *shown.borrow_and_update();
            'told: while position < until {
                let Ok(records) = engine.journal().read_from(position, 256).await else { break };
                if records.is_empty() {
                    break;
                }
                for record in records {
                    // What cannot be read is told with the next change, and to nobody before.
                    let Ok(hushed) = self.hushed(&engine, &record.stream, &mut firsts).await else {
                        break 'told;
                    };
                    let Ok(withheld) = self.keeping.withheld(&engine, &record.stream).await else {
                        break 'told;
                    };
                    let withheld = withheld.into();
                    position = record.position;
                    let (stream, kind) = (record.stream.into(), record.kind.into());
                    // Nobody listening is fine.
                    let _ = self.changes.send(Change { stream, kind, hushed, withheld });
                }
            }
        }
    }
}

impl Feed {
    /// Whether this actor may know that a stream exists at all, as far as its capability keeps
    /// that to itself: by role, and from single colleagues.
    pub(crate) async fn may_know(
        &self,
        app: &App,
        actor: &kernel::Actor,
        stream: &str,
    ) -> Result<bool, Fault> {
        let hushed = self.hushed(app.engine(), stream, &mut BTreeMap::new()).await?;
        if hushed.is_some_and(|one| !app.may(actor, one.action, one.purpose)) {
            return Ok(false);
        }
        let Some(staff) = actor.staff() else { return Ok(true) };
        Ok(self.keeping.withheld(app.engine(), stream).await?.allows(staff))
    }

    /// Who alone may hear of this stream, by its first event that is no key.
    async fn hushed(
        &self,
        engine: &Engine,
        stream: &str,
        firsts: &mut BTreeMap<String, Option<Hushed>>,
    ) -> Result<Option<Hushed>, Fault> {
        let noun = |text: &str| text.split(['/', '.']).next().unwrap_or_default().to_owned();
        if !self.hushed.iter().any(|one| noun(one.first) == noun(stream)) {
            return Ok(None);
        }
        if let Some(known) = firsts.get(stream) {
            return Ok(*known);
        }
        let records = engine.journal().load(stream, 0, FIRSTS).await?;
        let first = records.into_iter().find(|record| !record.kind.starts_with("key."));
        let of = |kind: &str| self.hushed.iter().find(|one| one.first == kind).copied();
        let hushed = first.and_then(|record| of(&record.kind));
        if firsts.len() >= REMEMBERED {
            firsts.clear();
        }
        firsts.insert(stream.to_owned(), hushed);
        Ok(hushed)
    }
}

/// What a page wants to hear of.
#[derive(Default, serde::Deserialize)]
pub struct Wanted {
    /// Nouns, comma separated: `of=incident,call`.
    #[serde(default)]
    of: String,
    /// Streams, comma separated: `stream=call/0192…`.
    #[serde(default)]
    stream: String,
    /// Hushed streams of which whoever asks may know, by their first event.
    #[serde(skip)]
    may: Vec<&'static str>,
    /// Whoever asks.
    #[serde(skip)]
    me: Option<StaffId>,
}

impl Wanted {
    /// The noun or the stream by which a change was asked for.
    fn names<'a>(&'a self, change: &'a Change) -> Option<&'a str> {
        if change.hushed.is_some_and(|one| !self.may.contains(&one.first)) {
            return None;
        }
        if self.me.is_some_and(|me| !change.withheld.allows(me)) {
            return None;
        }
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
    staff: Staff,
    Query(mut wanted): Query<Wanted>,
) -> Response {
    if outside(&staff.who.roles) {
        return Sse::new(by_the_clock()).keep_alive(KeepAlive::default()).into_response();
    }
    let may = |one: &&Hushed| app.may(&staff.caller.actor, one.action, one.purpose);
    wanted.may = app.feed().hushed.iter().filter(may).map(|one| one.first).collect();
    wanted.me = Some(staff.who.id);
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
        Some((Ok::<_, Infallible>(event), (changes, wanted)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// Whether somebody works for an agency alone: when something changes here is none of its
/// business, not even that it does.
fn outside(roles: &[Role]) -> bool {
    !roles.is_empty() && roles.iter().all(|role| *role == Role::Partner)
}

/// Asks for everything again by the clock, whether anything changed or not.
fn by_the_clock() -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold((), |()| async {
        tokio::time::sleep(OUTSIDE_PACE).await;
        Some((Ok(Event::default().event("changed").data("*")), ()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(stream: &str, kind: &str) -> Change {
        Change { stream: stream.into(), kind: kind.into(), hushed: None, withheld: Arc::default() }
    }

    #[test]
    fn somebody_of_an_agency_hears_by_the_clock_and_not_of_what_changes() {
        assert!(outside(&[Role::Partner]));
        assert!(!outside(&[Role::Partner, Role::Responder]) && !outside(&[Role::Supervisor]));
        assert!(!outside(&[]));
    }

    #[test]
    fn one_line_says_which_of_what_was_asked_for_changed_and_nothing_else() {
        let wanted =
            Wanted { of: "hub,call".into(), stream: "incident/1".into(), ..Wanted::default() };
        let feed = Feed::default();
        let mut changes = feed.subscribe();
        for (stream, kind) in [
            ("hub/main", "hub.opened.v1"),
            ("incident/2", "incident.noted.v1"),
            ("call/7", "call.segment_sealed.v1"),
            ("incident/1", "incident.noted.v1"),
            ("hub/main", "hub.closed.v1"),
        ] {
            feed.changes.send(change(stream, kind)).expect("somebody listens");
        }
        let first = changes.try_recv().map_err(|_| broadcast::error::RecvError::Closed);
        let names = told(&wanted, &mut changes, first);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["hub", "incident/1"]);
    }

    #[test]
    fn whoever_missed_something_is_told_that_all_may_have_changed() {
        let wanted = Wanted { of: "hub".into(), ..Wanted::default() };
        let mut changes = Feed::default().subscribe();
        let names = told(&wanted, &mut changes, Err(broadcast::error::RecvError::Lagged(3)));
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["*"]);
    }

    #[test]
    fn a_hushed_stream_is_silent_but_for_whoever_may_know_of_it() {
        let purpose = kernel::Purpose::Disclosure;
        let hushed = Hushed { first: "call.opened_for_matter.v1", action: "a", purpose };
        let told = Change { hushed: Some(hushed), ..change("call/7", "call.picked_up.v1") };
        let wanted = |may| Wanted { of: "call".into(), stream: "call/7".into(), may, me: None };
        assert_eq!(wanted(vec![]).names(&told), None);
        assert_eq!(wanted(vec![hushed.first]).names(&told), Some("call/7"));
    }

    #[test]
    fn whoever_a_stream_is_kept_from_hears_nothing_of_it_whatever_they_may() {
        let withheld = Arc::new(Withheld::from([StaffId(7)]));
        let told = Change { withheld, ..change("call/7", "call.picked_up.v1") };
        let wanted = |me| Wanted { of: "call".into(), me: Some(me), ..Wanted::default() };
        assert_eq!(wanted(StaffId(7)).names(&told), None);
        assert_eq!(wanted(StaffId(8)).names(&told), Some("call"));
    }
}
