//! What holds for the whole house: its routes, its permissions and its API are printed and
//! compared, and every route refuses whoever may not. `UPDATE=1 cargo test -p server` prints
//! them anew; the difference is then reviewed like code.

use crate::capabilities::{self, Means};
use crate::messages;
use crate::settings::Settings;
use async_trait::async_trait;
use call::{CallId, Participant};
use evidence_web::{Checked, Made, Order, Packages, Tape};
use kernel::{At, Role};
use room_host::recorder::{Still, StillFault};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use testkit::TestApp;
use ui::{Access, App, Capability};

/// No media is carried in these tests, so no room is asked for.
struct NoRooms;

impl call_web::Rooms for NoRooms {
    fn token(&self, _: CallId, _: &str, _: &str, _: At) -> String {
        String::new()
    }
    fn finish(&self, _: CallId) {}
    fn remove(&self, _: CallId, _: &str) {}
}

struct NoStills;

#[async_trait]
impl recording_web::Stills for NoStills {
    async fn take(&self, _: CallId, _: Participant) -> Result<Still, StillFault> {
        Err(StillFault::NoPicture)
    }
}

struct NoPackages;

#[async_trait]
impl Packages for NoPackages {
    async fn check(&self, _: &Tape) -> Result<Checked, engine::Fault> {
        Ok(Checked::default())
    }
    fn is_key(&self, _: &str) -> bool {
        false
    }
    fn make(
        &self,
        _: &Order,
        _: &mut dyn std::io::Write,
        _: &dyn Fn(u64, u64),
    ) -> Result<Made, evidence::Why> {
        Err(evidence::Why::Fault)
    }
}

/// Every capability over the engine of a test, with a folder for recordings that goes with it.
pub(crate) fn house(engine: &engine::Engine) -> Vec<Capability> {
    let settings = Settings::load(None).unwrap();
    built(engine.clone(), settings).unwrap()
}

/// Whether these settings make a house.
pub(crate) fn capabilities_with(settings: &Settings) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let app = TestApp::new(vec![]).await;
        built(app.engine.clone(), settings.clone()).map(|_| ()).map_err(|fault| fault.to_string())
    })
}

fn built(
    engine: engine::Engine,
    settings: Settings,
) -> Result<Vec<Capability>, Box<dyn std::error::Error + Send + Sync>> {
    let messages = messages::build(&settings).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let blobs = Arc::new(blobs::Blobs::open(folder.path()).unwrap());
    let keeper = recording_web::Keeper::new(engine, blobs.clone());
    let (rooms, stills) = (Arc::new(NoRooms), Arc::new(NoStills));
    let certificates = Arc::new(retention_web::NoCertificates);
    let packages = Arc::new(NoPackages);
    let means = Means { settings, messages, rooms, keeper, blobs, stills, certificates, packages };
    capabilities::all(&means)
}

fn printed(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let new: Vec<_> = found.lines().filter(|line| !known.lines().any(|l| l == *line)).collect();
    let gone: Vec<_> = known.lines().filter(|line| !found.lines().any(|l| l == *line)).collect();
    assert!(known == found, "{name} has changed; new: {new:#?} gone: {gone:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_one_that_was_reviewed() {
    let app = TestApp::with(house).await;
    printed("routes.txt", &(app.lines.join("\n") + "\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_permission_is_one_that_was_reviewed() {
    let mut permits = Vec::new();
    let _app = TestApp::with(|engine| {
        let all = house(engine);
        permits.extend(all.iter().flat_map(|c| c.permits).copied());
        all
    })
    .await;
    printed("permissions.txt", &App::permission_table(&permits));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_is_openapi_3_1_and_the_one_that_was_reviewed() {
    let mut document = None;
    let _app = TestApp::with(|engine| {
        let mut all = house(engine);
        let mut whole = utoipa::openapi::OpenApiBuilder::new().build();
        for part in all.iter_mut().filter_map(|c| c.api.clone()) {
            whole.merge(part);
        }
        document = Some(serde_json::to_value(&whole).unwrap());
        all
    })
    .await;
    let document = document.unwrap();
    assert!(document["openapi"].as_str().is_some_and(|v| v.starts_with("3.1")));
    printed("openapi.json", &(serde_json::to_string_pretty(&document).unwrap() + "\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_a_stranger() {
    TestApp::with(house).await.refuses_strangers().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_staff_route_refuses_every_role_that_the_table_does_not_name() {
    let mut permits = Vec::new();
    let app = TestApp::with(|engine| {
        let all = house(engine);
        permits.extend(all.iter().flat_map(|c| c.permits).copied());
        all
    })
    .await;
    for (method, path, access) in &app.guarded {
        let Access::Staff(action, purpose) = access else { continue };
        assert!(permits.iter().any(|p| p.action == *action), "{action} stands in no table");
        for role in Role::ALL {
            let caller = TestApp::caller(role);
            if kernel::permit::may(&permits, &caller.actor, action, *purpose) {
                continue;
            }
            let path = path.replace(['{', '}'], "0");
            let answer = app.signed_in(role).send(method.clone(), &path, None).await;
            assert_eq!(answer.status, 404, "{method} {path} let {} in", role.title());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_capability_folder_is_in_the_list_and_every_name_is_used_once() {
    let mut names = Vec::new();
    let _app = TestApp::with(|engine| {
        let all = house(engine);
        names.extend(all.iter().map(|c| c.name.to_owned()));
        all
    })
    .await;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../capabilities");
    let folders: BTreeSet<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.iter().cloned().collect::<BTreeSet<_>>(), folders);
    assert_eq!(names.len(), folders.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_with_sealed_or_blind_columns_says_how_a_key_is_taken_out_of_it() {
    let mut silent = Vec::new();
    let _app = TestApp::with(|engine| {
        let all = house(engine);
        for model in all.iter().flat_map(|capability| &capability.parts.models) {
            for schema in model.schema().iter().filter(|schema| schema.contains(" BLOB")) {
                let table = schema.split_whitespace().nth(2).unwrap_or_default().to_owned();
                if !model.erases().iter().any(|statement| statement.contains(&table)) {
                    silent.push(table);
                }
            }
        }
        all
    })
    .await;
    assert!(silent.is_empty(), "these tables keep what was forgotten: {silent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_entries_of_one_persons_rail_have_the_same_key() {
    let mut permits = Vec::new();
    let mut entries = Vec::new();
    let _app = TestApp::with(|engine| {
        let all = house(engine);
        permits.extend(all.iter().flat_map(|c| c.permits).copied());
        entries.extend(all.iter().flat_map(|c| c.nav.iter().copied()));
        all
    })
    .await;
    for role in Role::ALL {
        let actor = TestApp::caller(role).actor;
        let may =
            |item: &&ui::NavItem| kernel::permit::may(&permits, &actor, item.action, item.purpose);
        let mut keys = BTreeSet::new();
        for item in entries.iter().filter(may) {
            assert!(keys.insert(item.key), "{} has g {} twice", role.title(), item.key);
        }
    }
}
