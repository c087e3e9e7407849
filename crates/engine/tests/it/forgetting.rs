//! Forgetting on its day, and what may outrank it: by a clock that is moved, jumps and is set
//! back.

use crate::toy::{self, Command, Light};
use crate::{House, eventually, hours, on, parts};
use engine::{Caller, Engine, Fault, Parts, Refused};
use journal::{Journal, Position};
use std::sync::Arc;
use vault::{Epoch, VaultFault};

const DAY: u64 = 24;

async fn kinds(house: &House) -> Vec<String> {
    let records = house.journal.read_from(Position(0), 1000).await.unwrap();
    records.into_iter().map(|record| record.kind).collect()
}

fn count(kinds: &[String], kind: &str) -> usize {
    kinds.iter().filter(|have| *have == kind).count()
}

async fn sound(house: &House) {
    let mut before = None;
    for record in house.journal.read_from(Position(0), 1000).await.unwrap() {
        assert_eq!(journal::chain::flaw(&record, before), None);
        before = Some((record.position, record.hash));
    }
}

async fn dust(engine: &Engine, found: Option<&str>) -> Result<(), Refused<toy::Refusal>> {
    let command = Command::Dust { found: found.map(str::to_owned) };
    engine.execute::<Light>("light/1", command, &Caller::system(), None).await.map(|_| ())
}

/// Turns a light on, and waits for the reaction that turns on another.
async fn both_on(engine: &Engine) {
    on(engine, "light/1").await.unwrap();
    let mirrored = async || toy::row(engine, "light/mirror").await.is_some();
    eventually("the mirror follows", mirrored).await;
}

fn with_search(house: &House, shelf: &toy::Shelf) -> Parts {
    Parts {
        objects: vec![Arc::new(shelf.clone())],
        residue: Some(Arc::new(toy::Search(house.dir.path().to_owned()))),
        ..parts(&toy::Sent::default())
    }
}

#[tokio::test]
async fn an_expired_epoch_is_forgotten_wholly_and_the_chain_still_holds() {
    let house = House::new();
    let engine = house.engine(1).await;
    let shelf = toy::Shelf::default();
    let running = engine.run(with_search(&house, &shelf), |_| {}).await.unwrap();
    both_on(&engine).await;
    shelf.0.lock().unwrap().push("light/1".into());
    house.clock.advance(hours(DAY * 29));
    assert!(engine.forget_expired().await.unwrap().is_empty(), "not a day early");
    house.clock.advance(hours(DAY * 2));
    let gone = async || count(&kinds(&house).await, "epoch.erased.v1") == 1;
    eventually("everything of it is gone", gone).await;
    assert!(engine.is_forgotten("light/1").await.unwrap());
    assert_eq!(toy::row(&engine, "light/1").await.unwrap().1, None);
    assert!(shelf.0.lock().unwrap().is_empty());
    assert!(dust(&engine, None).await.is_ok(), "what is not personal can still happen");
    let personal = on(&engine, "light/1").await;
    let refused = matches!(
        personal,
        Err(Refused::Fault(Fault::Key(_)) | Refused::Refusal(toy::Refusal::AlreadyOn))
    );
    assert!(refused, "{personal:?}");

    let records = house.journal.read_from(Position(0), 1000).await.unwrap();
    assert!(records.iter().all(|r| r.sealed.is_none()), "no ciphertext is left");
    let erased = records.iter().find(|r| r.kind == "epoch.erased.v1").unwrap();
    let body: serde_json::Value = serde_json::from_str(&erased.clear).unwrap();
    assert_eq!(body["keys"], 2, "the light, and its mirror");
    assert_eq!((&body["ciphertexts"], &body["objects"]), (&2.into(), &1.into()));
    assert_eq!(body["scan"]["found"], 0);
    // Two keys and the name that both sealed.
    assert_eq!(body["scan"]["needles"], 3, "{body}");
    sound(&house).await;
    running.stop().await;
}

#[tokio::test]
async fn what_is_kept_apart_goes_on_its_own_day() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    dust(&engine, Some("A ring, invented")).await.unwrap();
    dust(&engine, Some("A key, invented")).await.unwrap();
    let found = Some("A ring, invented".to_owned());
    assert_eq!(toy::finds(&engine).await, [found, Some("A key, invented".to_owned())]);
    assert_eq!(count(&kinds(&house).await, "key.wrapped.v1"), 3, "one key a day and class");
    house.clock.advance(hours(DAY * 11));
    eventually("it is gone", async || toy::finds(&engine).await.is_empty()).await;
    assert!(!engine.is_forgotten("light/1").await.unwrap(), "the rest is still there");
    sound(&house).await;
    running.stop().await;
}

#[tokio::test]
async fn a_hold_outranks_the_clock_and_its_end_puts_the_old_day_back() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    both_on(&engine).await;
    let hold = Epoch::hold(7);
    engine.keep("light/1", &hold).await.unwrap();
    house.clock.advance(hours(DAY * 31));
    let ended = async || count(&kinds(&house).await, "epoch.erased.v1") == 1;
    eventually("the others of that day are gone", ended).await;
    assert!(!engine.is_forgotten("light/1").await.unwrap());
    assert!(engine.is_forgotten("light/mirror").await.unwrap());
    let late = engine.keep("light/mirror", &hold).await;
    assert!(matches!(late, Err(Fault::Key(VaultFault::Destroyed))));

    engine.let_go("light/1", &hold).await.unwrap();
    assert!(engine.is_forgotten("light/1").await.unwrap());
    assert_eq!(toy::row(&engine, "light/1").await.unwrap().1, None);
    assert_eq!(count(&kinds(&house).await, "epoch.erased.v1"), 2);
    sound(&house).await;
    running.stop().await;
}

#[tokio::test]
async fn a_hold_that_ends_in_time_leaves_the_old_day() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    let hold = Epoch::hold(7);
    engine.keep("light/1", &hold).await.unwrap();
    engine.let_go("light/1", &hold).await.unwrap();
    assert!(!engine.is_forgotten("light/1").await.unwrap());
    house.clock.advance(hours(DAY * 31));
    let gone = async || engine.is_forgotten("light/1").await.unwrap();
    eventually("it goes on its day", gone).await;
    running.stop().await;
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_closes_and_destroys_nothing() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    house.clock.jump(hours(DAY * 31));
    assert!(engine.forget_expired().await.unwrap().is_empty());
    assert!(engine.is_forgotten("light/1").await.unwrap(), "closed at once");
    assert!(count(&kinds(&house).await, "epoch.sealed.v1") >= 1, "and alarmed");
    house.clock.rewind(hours(DAY * 31));
    assert!(!engine.is_forgotten("light/1").await.unwrap(), "open again, nothing lost");

    house.clock.jump(hours(DAY * 31));
    engine.trust_clock().unwrap();
    let gone = async || count(&kinds(&house).await, "epoch.erased.v1") >= 1;
    eventually("two people believed the clock", gone).await;
    running.stop().await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_opens_nothing_again() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    house.clock.advance(hours(DAY * 29));
    engine.forget_expired().await.unwrap();
    house.clock.advance(hours(DAY * 2));
    house.clock.rewind(hours(DAY * 20));
    assert!(engine.is_forgotten("light/1").await.unwrap(), "by the clock that nobody sets");
    running.stop().await;
}

#[tokio::test]
async fn what_fell_due_while_nothing_ran_is_gone_before_anything_is_served() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    house.clock.advance(hours(DAY * 27));
    engine.forget_expired().await.unwrap();
    running.stop().await;
    drop(engine);
    house.clock.reboot(true);
    house.clock.jump(hours(DAY * 4));
    let engine = house.engine(2).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    assert_eq!(count(&kinds(&house).await, "epoch.erased.v1"), 1);
    assert!(engine.is_forgotten("light/1").await.unwrap());
    running.stop().await;
}

#[tokio::test]
async fn after_a_start_of_the_machine_nothing_is_destroyed_by_an_unkept_clock_alone() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    running.stop().await;
    drop(engine);
    house.clock.reboot(false);
    house.clock.jump(hours(DAY * 31));
    let engine = house.engine(2).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    assert!(engine.is_forgotten("light/1").await.unwrap(), "closed");
    assert_eq!(count(&kinds(&house).await, "epoch.erased.v1"), 0, "and still there");
    running.stop().await;
}

#[tokio::test]
async fn what_was_opened_before_its_day_is_not_remembered_after_it() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run_idle(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    let known = |state: &toy::State| state.found().is_some();
    dust(&engine, Some("A ring, invented")).await.unwrap();
    assert!(known(&engine.state::<Light>("light/1").await.unwrap().0));
    house.clock.jump(hours(DAY * 11));
    assert!(!known(&engine.state::<Light>("light/1").await.unwrap().0));
    running.stop().await;
}

#[tokio::test]
async fn a_key_store_from_before_a_forgetting_is_refused() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    let copies = [house.dir.path().join("copy-a"), house.dir.path().join("copy-b")];
    for (home, copy) in ["a", "b"].iter().zip(&copies) {
        copy_tree(&house.dir.path().join(home), copy);
    }
    house.clock.advance(hours(DAY * 31));
    let gone = async || count(&kinds(&house).await, "epoch.erased.v1") == 1;
    eventually("it is gone", gone).await;
    running.stop().await;
    drop(engine);
    for (home, copy) in ["a", "b"].iter().zip(&copies) {
        let home = house.dir.path().join(home);
        std::fs::remove_dir_all(&home).unwrap();
        copy_tree(copy, &home);
    }
    let engine = house.engine(2).await;
    let refused = engine.run(parts(&toy::Sent::default()), |_| {}).await;
    assert!(matches!(refused.err(), Some(Fault::KeyStoreBehind)));
}

fn copy_tree(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let twin = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &twin);
        } else {
            std::fs::copy(&path, &twin).unwrap();
        }
    }
}
