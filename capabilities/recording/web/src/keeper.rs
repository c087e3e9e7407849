//! The write side: what the recorder says becomes commands, in order, about one a second for each
//! call; its segments are sealed under the key of their recording. `apps/server` owns the recorder
//! and calls this. Never here: plain media on a disk, or a key.

use crate::limits::{GATHER, NOTE_TRIES, RECOVER_MAX};
use crate::{plain, recordings, segments};
use blobs::Blobs;
use bytes::Bytes;
use call::{About, Call, CallId, Participant};
use engine::{Caller, Engine, Fault, Refused};
use kernel::id::StaffId;
use recording::limits::MAX_NOTED;
use recording::{Command, Recording, RecordingId, Refusal, Still, StillCause, StillId};
use room_host::recorder::{RecorderAlarm, Report, SealFault, Sealer, Written};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// What is told of one room, in order.
enum Told {
    /// A segment is durable; gathered with others.
    Written(Box<Written>),
    /// Anything else, as it is.
    Command(Command),
}

/// Who carries out what is told of a room, and the way to tell it.
type Teller = (UnboundedSender<Told>, JoinHandle<()>);

/// Keeps recordings. One for the process.
pub struct Keeper {
    engine: Engine,
    blobs: Arc<Blobs>,
    runtime: Handle,
    started: Mutex<BTreeSet<CallId>>,
    rooms: Mutex<BTreeMap<CallId, Teller>>,
    /// Rooms that finished and whose last words are being carried out.
    leaving: Mutex<Vec<JoinHandle<()>>>,
}

/// What a restart found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Segments that were durable and not in the journal.
    pub segments: usize,
    /// Objects that are no segment of their recording.
    pub strangers: usize,
    /// Recordings of calls that had finished in the meantime.
    pub ended: usize,
}

impl Keeper {
    /// A keeper; call it on the runtime that carries out its work.
    pub fn new(engine: Engine, blobs: Arc<Blobs>) -> Arc<Self> {
        Arc::new(Self {
            engine,
            blobs,
            runtime: Handle::current(),
            started: Mutex::default(),
            rooms: Mutex::default(),
            leaving: Mutex::default(),
        })
    }

    /// The recorder enters the room of this call: from now on there is a key to seal with. Asked
    /// again it does nothing. The first segment of a room asks too.
    pub async fn start(&self, call: CallId) -> Result<(), Fault> {
        if self.lock(&self.started).contains(&call) {
            return Ok(());
        }
        let (state, _) = self.engine.state::<Call>(&call.stream()).await?;
        let Some(known) = state.call() else { return Ok(()) };
        let start = match &known.about {
            About::Response { incident, .. } => Command::Start { call, incident: *incident },
            About::Matter { kind, matter } => {
                Command::StartForMatter { call, matter: matter.clone(), matter_kind: *kind }
            }
        };
        note(&self.engine, call, start).await?;
        self.lock(&self.started).insert(call);
        Ok(())
    }

    /// What the recorder says: hand it in from any thread; it is carried out in order, each
    /// room by itself.
    pub fn note(&self, report: Report) {
        let last = matches!(report, Report::Finished { .. });
        let (room, told) = match report {
            Report::Written(written) => (written.room.clone(), Told::Written(Box::new(written))),
            Report::Finished { room, .. } => (room, Told::Command(Command::End)),
            Report::Alarm(RecorderAlarm::NoBytes { room, track }) => {
                (room, Told::Command(Command::NoteSilent { track }))
            }
            Report::Alarm(RecorderAlarm::Gap { room, track, from, to, cause }) => {
                let cause = plain::cause(cause);
                (room, Told::Command(Command::NoteGap { track, from, to, cause }))
            }
            // The room's host asks the camera; nothing is missing yet.
            Report::Alarm(RecorderAlarm::KeyFrameWanted { .. }) => return,
        };
        match room.parse() {
            Ok(call) => self.tell(call, told, last),
            Err(_) => tracing::error!("the recorder told of a room that is no call"),
        }
    }

    /// A track is over: if nothing ever came of it, nobody waits any longer.
    pub fn track_over(&self, call: CallId, track: &str) {
        let track = track.to_owned();
        self.tell(call, Told::Command(Command::NoteTrackOver { track }), false);
    }

    /// Waits until everything that the recorder handed to the store is durable, told and carried
    /// out; what is told later begins anew. Call it when the recorder has ended.
    pub async fn settled(&self) {
        let (told, durable) = tokio::sync::oneshot::channel();
        // Nobody waits any more when the store is too busy to say.
        let asked = self.blobs.after(move || told.send(()).unwrap_or(()));
        if asked.is_ok() && durable.await.is_err() {
            tracing::error!("the store of recordings ended early");
        }
        let rooms = std::mem::take(&mut *self.lock(&self.rooms));
        let mut tasks = std::mem::take(&mut *self.lock(&self.leaving));
        tasks.extend(rooms.into_values().map(|(_, task)| task));
        for task in tasks {
            if task.await.is_err() {
                tracing::error!("a task of the keeper ended early");
            }
        }
    }

    fn tell(&self, call: CallId, told: Told, last: bool) {
        let mut rooms = self.lock(&self.rooms);
        let (sender, _) = rooms.entry(call).or_insert_with(|| {
            let (sender, receiver) = unbounded_channel();
            let task = self.runtime.spawn(keep(self.engine.clone(), call, receiver));
            (sender, task)
        });
        if sender.send(told).is_err() {
            tracing::error!(%call, "the keeper of a recording is gone");
        }
        // The task carries out what it was told and ends: its sender is dropped here.
        if last && let Some((_, task)) = rooms.remove(&call) {
            let mut leaving = self.lock(&self.leaving);
            leaving.retain(|task| !task.is_finished());
            leaving.push(task);
            self.lock(&self.started).remove(&call);
        }
    }

    /// After a restart, before any call goes on: segments that were durable and not yet in the
    /// journal are put into it, and recordings of calls that finished meanwhile are ended.
    pub async fn recover(&self) -> Result<Recovered, Fault> {
        let mut found = Recovered::default();
        for call in recordings::running(&self.engine, RECOVER_MAX).await? {
            let known = segments::objects(&self.engine, call).await?;
            let (adopted, strangers) = self.orphans(call, &known).await?;
            found.segments += adopted.len();
            found.strangers += strangers;
            for some in adopted.chunks(MAX_NOTED) {
                let segments = some.to_vec();
                note(&self.engine, call, Command::NoteSegments { segments }).await?;
            }
            let (state, _) = self.engine.state::<Call>(&call.stream()).await?;
            if matches!(state, call::State::Finished(..)) {
                note(&self.engine, call, Command::End).await?;
                found.ended += 1;
            }
        }
        Ok(found)
    }

    async fn orphans(
        &self,
        call: CallId,
        known: &BTreeSet<String>,
    ) -> Result<(Vec<recording::Segment>, usize), Fault> {
        let (mut adopted, mut strangers) = (Vec::new(), 0);
        let folder = format!("rec/{call}");
        let names = self.blobs.list(&folder).await.map_err(|_| OUTSIDE)?;
        for object in names {
            if known.contains(&object) || object.contains("/still-") {
                continue;
            }
            // One bad sector must not keep the service from starting.
            let Ok(sealed) = self.blobs.get(&object).await else {
                tracing::error!(%call, "an object of a recording cannot be read");
                strangers += 1;
                continue;
            };
            match self.read(call, &object, &sealed).await {
                Some(segment) => adopted.push(segment),
                None => strangers += 1,
            }
        }
        Ok((adopted, strangers))
    }

    async fn read(&self, call: CallId, object: &str, sealed: &[u8]) -> Option<recording::Segment> {
        let stream = RecordingId::from(call).stream();
        let bytes = self.engine.open_object(&stream, object, sealed).await.ok()??;
        let segment = media::Segment::parse(&Bytes::from(bytes)).ok()?;
        let written = Written::of(&call.to_string(), object, sealed, &segment)?;
        plain::segment(&written)
    }

    /// Seals a still, writes it and notes it. Asked again with the same name it replaces what a
    /// crash had left half done.
    pub async fn keep_still(
        &self,
        still: StillId,
        taken: room_host::recorder::Still,
        by: StaffId,
    ) -> Result<(), Refused<Refusal>> {
        let call: CallId = taken.room.parse().map_err(|_| OUTSIDE)?;
        let participant: Participant = taken.participant.parse().map_err(|_| OUTSIDE)?;
        let stream = RecordingId::from(call).stream();
        let object = format!("rec/{call}/still-{still}");
        let sealed = self.engine.seal_object(&stream, &object, &taken.webp).await?;
        let sealed = sealed.ok_or(Refused::Refusal(Refusal::NotStarted))?;
        let kept = Still {
            still,
            participant,
            track: taken.track,
            at: taken.at,
            object: object.clone(),
            bytes: sealed.len() as u64,
            sha256: plain::hex(&Sha256::digest(&sealed)),
            width: taken.size.width,
            height: taken.size.height,
            by,
        };
        let (state, _) = self.engine.state::<Recording>(&stream).await?;
        if state.tape().is_some_and(|tape| tape.stills.contains(&still)) {
            return Err(Refused::Refusal(Refusal::StillAlreadyKept));
        }
        self.blobs.delete(&object).await.map_err(|_| OUTSIDE)?;
        self.blobs.put(&object, sealed.into()).await.map_err(|_| OUTSIDE)?;
        let command = Command::KeepStill { still: kept };
        let caller = Caller::system();
        self.engine.execute::<Recording>(&stream, command, &caller, None).await.map(|_| ())
    }

    /// Notes that no still could be taken.
    pub async fn still_failed(
        &self,
        call: CallId,
        participant: Participant,
        by: StaffId,
        cause: StillCause,
    ) -> Result<(), Fault> {
        note(&self.engine, call, Command::NoteStillFailed { participant, by, cause }).await
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    fn lock<'a, T>(&self, what: &'a Mutex<T>) -> std::sync::MutexGuard<'a, T> {
        what.lock().expect("no holder of this lock panics")
    }
}

/// What the store of objects is called in a fault.
pub(crate) const OUTSIDE: Fault = Fault::Outside("the store of recordings");

impl Sealer for Keeper {
    fn seal(&self, room: &str, object: &str, plain: &[u8]) -> Result<Vec<u8>, SealFault> {
        let call: CallId = room.parse().map_err(|_| SealFault)?;
        let stream = RecordingId::from(call).stream();
        // The recorder's thread is none of the runtime's.
        let sealed = self.runtime.block_on(async {
            self.start(call).await?;
            self.engine.seal_object(&stream, object, plain).await
        });
        match sealed {
            Ok(Some(sealed)) => Ok(sealed),
            Ok(None) => Err(SealFault),
            Err(fault) => {
                tracing::error!(%fault, %call, "a segment could not be sealed");
                Err(SealFault)
            }
        }
    }
}

/// Carries out what is told of one room, until nobody can tell any more.
async fn keep(engine: Engine, call: CallId, mut told: UnboundedReceiver<Told>) {
    while let Some(first) = told.recv().await {
        let (written, other) = match first {
            Told::Written(written) => gather(*written, &mut told).await,
            Told::Command(command) => (vec![], Some(command)),
        };
        let noted: Vec<_> = written.iter().filter_map(plain::segment).collect();
        if noted.len() < written.len() {
            tracing::error!(%call, "segments of somebody who is no participant");
        }
        for some in noted.chunks(MAX_NOTED) {
            persist(&engine, call, Command::NoteSegments { segments: some.to_vec() }).await;
        }
        if let Some(command) = other {
            persist(&engine, call, command).await;
        }
    }
}

/// The segments that come within a moment of the first, and what ended the moment early.
async fn gather(
    first: Written,
    told: &mut UnboundedReceiver<Told>,
) -> (Vec<Written>, Option<Command>) {
    let mut written = vec![first];
    let moment = tokio::time::sleep(GATHER);
    tokio::pin!(moment);
    loop {
        tokio::select! {
            next = told.recv() => match next {
                Some(Told::Written(one)) => written.push(*one),
                Some(Told::Command(command)) => return (written, Some(command)),
                None => return (written, None),
            },
            () = &mut moment => return (written, None),
        }
    }
}

/// Notes it, trying again while the journal does not answer.
async fn persist(engine: &Engine, call: CallId, command: Command) {
    for tries in 0..NOTE_TRIES {
        match note(engine, call, command.clone()).await {
            Ok(()) => return,
            Err(fault) => tracing::error!(%fault, %call, tries, "a recording could not be noted"),
        }
        tokio::time::sleep(Duration::from_millis(100 << tries)).await;
    }
}

/// A refusal is an answer: what was to be noted is known, or the recording is over.
async fn note(engine: &Engine, call: CallId, command: Command) -> Result<(), Fault> {
    let stream = RecordingId::from(call).stream();
    let caller = Caller::system();
    match engine.execute::<Recording>(&stream, command, &caller, None).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
