//! No address, credential or description in a log line, whatever the level.

use crate::network::World;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<String>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, _: &Field, value: &dyn std::fmt::Debug) {
        let _always = write!(self.0, " {value:?}");
    }
}

impl<S: tracing::Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        // What our server shows: everything of ours, and what others say from info up.
        let ours = event.metadata().target().starts_with("room");
        if !ours && *event.metadata().level() > tracing::Level::INFO {
            return;
        }
        let mut text = Text(event.metadata().target().to_owned());
        event.record(&mut text);
        self.0.lock().expect("nobody panics here").push(text.0);
    }
}

#[test]
fn nothing_that_leads_to_a_person_is_logged() {
    let ear = Ear::default();
    let subscriber = tracing_subscriber::registry().with(ear.clone());
    tracing::subscriber::with_default(subscriber, || {
        let mut world = World::new(31);
        let a = world.join("victim", 200_000);
        world.join("officer", 200_000);
        world.run(Duration::from_secs(3));
        world.callers[a].link.dark = true;
        world.lose_signalling(a);
        world.run(Duration::from_secs(8));
        world.callers[a].link.dark = false;
        world.resume(a);
        world.run(Duration::from_secs(3));
        world.rejoin(a);
        world.run(Duration::from_secs(3));
    });
    for line in ear.0.lock().unwrap().iter() {
        for secret in ["198.51.100", "203.0.113", "ufrag", "candidate:", "a=", "v=0", "victim"] {
            assert!(!line.contains(secret), "{secret} in: {line}");
        }
    }
}
