//! The whole house: store, capabilities and pages put together, served, and shut in order.

use crate::capabilities;
use crate::certificates::Proofs;
use crate::checkpoints::Checkpoints;
use crate::demo::{DemoClock, rehearsal};
use crate::media;
use crate::packages::Packer;
use crate::recorder::{self, StillTaker};
use crate::settings::Settings;
use crate::store::Store;
use access_web::{ApiClient, StaffGate};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use blobs::Blobs;
use engine::{Engine, Progress, Running};
use journal::Journal;
use recording_web::Keeper;
use room_host::RoomHost;
use room_host::recorder::Recorder;
use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use ui::{Assembled, Capability, Place};

/// How long the recorder may take, once the media has ended, to seal the segments that are open
/// and to hand them to the store. It takes a few milliseconds; a disk that hangs must not keep
/// the process from ending, and what was not written is found as a gap by the next run.
const RECORDER_ENDS_WITHIN: Duration = Duration::from_secs(5);

/// Frames that may wait for the recorder: two seconds of forty calls.
const TAP_DEPTH: usize = 16_384;

type Fault = Box<dyn Error + Send + Sync>;

/// The running house, before it listens.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) listener: TcpListener,
    router: Router,
    running: Running,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    host: Arc<RoomHost>,
    recorder: Arc<Recorder>,
    keeper: Arc<Keeper>,
}

impl House {
    /// Opens the store, brings the read models up to date and binds the port.
    pub(crate) async fn open(settings: &Settings) -> Result<Self, Fault> {
        let store = Store::open(settings).await?;
        Self::over(settings, store, None).await
    }

    /// The same for a demonstration, whose clock can be moved.
    pub(crate) async fn for_demo(settings: &Settings) -> Result<Self, Fault> {
        crate::store::make_private(&settings.data)?;
        let clock = DemoClock::of(&settings.data);
        let store = Store::with_clock(settings, clock.clock()).await?;
        Self::over(settings, store, Some(clock)).await
    }

    async fn over(
        settings: &Settings,
        store: Store,
        clock: Option<DemoClock>,
    ) -> Result<Self, Fault> {
        let listener = TcpListener::bind(settings.listen).await?;
        let engine = store.engine.clone();
        let messages = crate::messages::build(settings)?;
        let (tap, tapped) = room_host::tap::tap(TAP_DEPTH);
        let host = media::start(settings, &engine, tap)?;
        let blobs = Arc::new(Blobs::open(&settings.data.join("recordings"))?);
        let keeper = Keeper::new(engine.clone(), blobs.clone());
        let recorder = recorder::start(&engine, blobs.clone(), &keeper, &host, tapped)?;
        let gate = Arc::new(StaffGate::new(clients(settings, &engine)?));
        let screen = messages.screen.clone().filter(|_| settings.demo);
        let signer = crate::checkpoints::signer(settings, &store.vault)?;
        let vault = store.vault.clone();
        let proofs = Arc::new(Proofs::of(&settings.data, &engine, signer, vault));
        let (signer, vault) = (crate::checkpoints::signer(settings, &store.vault)?, &store.vault);
        let packer = Packer::new(&engine, keeper.clone(), signer, vault.clone());
        let mut capabilities = capabilities::all(&capabilities::Means {
            settings: settings.clone(),
            messages,
            rooms: Arc::new(media::HostedRooms(host.clone())),
            keeper: keeper.clone(),
            blobs,
            stills: Arc::new(StillTaker { engine: engine.clone(), recorder: recorder.clone() }),
            certificates: proofs.clone(),
            packages: Arc::new(packer),
        })?;
        if screen.is_some() {
            let templates = Some(crate::demo::PAGES);
            capabilities.push(Capability { name: "demo", templates, ..Default::default() });
        }
        let for_demo = host.clone();
        let extra = |_: &ui::App| {
            screen.map(|screen| crate::demo::routes(screen, for_demo, clock)).unwrap_or_default()
        };
        let Assembled { app, router, mut parts, api, .. } =
            ui::assemble(engine.clone(), gate, capabilities, place(settings), extra);
        parts.works.push(proofs);
        parts.residue = Some(Arc::new(crate::residue::Files::of(settings)));
        retention_web::apply_schedule(&engine).await?;
        let running = engine.run(parts, show_progress).await?;
        take_up(&keeper).await?;
        let checkpoints = Checkpoints::of(settings, &store)?;
        let every = Duration::from_secs(u64::from(settings.journal.checkpoint_minutes) * 60);
        let tasks = vec![
            tokio::spawn(app.feed().clone().follow(engine.clone())),
            tokio::spawn(media::report(engine, host.clone(), keeper.clone())),
            tokio::spawn(checkpoints.keep_signing(store.journal.clone(), every)),
        ];
        let document = serde_json::to_value(&api)?;
        let router = router.merge(host.router()).merge(health(store.journal.clone(), document));
        Ok(Self { store, listener, router, running, tasks, host, recorder, keeper })
    }

    /// Serves until `told` or until the journal stops. Returns whether the journal stopped.
    pub(crate) async fn serve(self, told: impl Future<Output = ()>) -> Result<bool, Fault> {
        let mut stopped = self.store.journal.stopped();
        let (close, closing) = tokio::sync::oneshot::channel::<()>();
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(self.listener, service).with_graceful_shutdown(async {
            let _ = closing.await;
        });
        let server = tokio::spawn(async move { server.await });
        let journal_stopped = tokio::select! {
            () = told => false,
            _ = stopped.wait_for(|stopped| *stopped) => true,
        };
        if journal_stopped {
            tracing::error!("the journal cannot say whether its last write holds; ending");
            return Ok(true);
        }
        let _ = close.send(());
        // Open event streams never end by themselves.
        let _ = tokio::time::timeout(Duration::from_secs(2), server).await;
        // No room is finished: callers come back to the next run. What was recorded is noted.
        self.host.stop();
        if tokio::time::timeout(RECORDER_ENDS_WITHIN, self.recorder.ended()).await.is_err() {
            tracing::error!("the recorder did not end in time; its last second may be a gap");
        }
        self.keeper.settled().await;
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
        self.running.stop().await;
        Ok(false)
    }
}

/// What a kill left half noted is noted.
async fn take_up(keeper: &Keeper) -> Result<(), Fault> {
    let recovered = keeper.recover().await?;
    if recovered.segments > 0 || recovered.strangers > 0 {
        let (segments, strangers) = (recovered.segments, recovered.strangers);
        tracing::info!(segments, strangers, "recordings were taken up again");
    }
    Ok(())
}

/// How it is, for whoever watches, and what the API is.
fn health(journal: Arc<dyn Journal>, document: serde_json::Value) -> Router {
    let ready = move || {
        let stopped = *journal.stopped().borrow();
        async move { if stopped { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK } }
    };
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/api/openapi.json", get(|| async { axum::Json(document) }))
}

fn place(settings: &Settings) -> Place {
    Place {
        origin: settings.origin.clone(),
        telephone: settings.telephone.clone(),
        force: settings.force.clone(),
        exit_to: settings.exit_to.clone(),
        demo: settings.demo,
    }
}

/// The force's own systems, and in a demonstration the rehearsal's.
fn clients(settings: &Settings, engine: &Engine) -> Result<Vec<ApiClient>, Fault> {
    let read = |client: &crate::settings::Client| {
        let mut key_sha256 = [0; 32];
        for (byte, pair) in key_sha256.iter_mut().zip(client.key_sha256.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair)?, 16)?;
        }
        Ok(ApiClient { name: client.name.clone(), key_sha256 })
    };
    let mut clients: Vec<_> = settings.clients.iter().map(read).collect::<Result<_, Fault>>()?;
    if settings.demo {
        let key = rehearsal::key(engine);
        clients.push(ApiClient::with_key(rehearsal::CLIENT, &key));
    }
    Ok(clients)
}

/// Says how far a rebuild is, every ten thousand records.
fn show_progress(progress: Progress) {
    if progress.at == progress.of || progress.at.0.is_multiple_of(10_240) {
        let (at, of) = (progress.at.0, progress.of.0);
        tracing::info!(model = progress.model, at, of, "a read model is being rebuilt");
    }
}
