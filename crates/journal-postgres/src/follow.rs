//! Hears what the other processes wrote: a notification at once, and a look every second in case
//! one was lost. Both are hints; readers read the records themselves.

use crate::open::Place;
use crate::rows;
use journal::Position;
use journal::writer::Writer;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;

/// How long a lost notification is not missed.
const LOOK: Duration = Duration::from_secs(1);

pub(crate) async fn follow(place: Place, readers: PgPool, writer: Arc<Writer>) {
    let mut listener = None;
    let mut look = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            head = heard(&mut listener) => match head {
                Some(head) => writer.saw(head),
                None => listener = None,
            },
            _ = look.tick() => {
                if let Ok(head) = rows::head(&readers).await {
                    writer.saw(head);
                }
                if listener.is_none() {
                    listener = listen(&place, &readers).await;
                }
            }
        }
    }
}

async fn listen(place: &Place, readers: &PgPool) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(readers).await.ok()?;
    listener.listen(&place.channel()).await.ok()?;
    Some(listener)
}

/// The next position that somebody announced; `None` when the connection is gone.
async fn heard(listener: &mut Option<PgListener>) -> Option<Position> {
    let Some(listener) = listener else {
        return std::future::pending().await;
    };
    let told = listener.recv().await.ok()?;
    // What is not a number was not sent by a journal.
    Some(Position(told.payload().parse().unwrap_or(0)))
}
