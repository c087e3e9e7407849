//! The rules, held against what the service shows after every step.

use crate::broken::{Broken, Rule};
use crate::model::{Model, end};
use crate::thing::{self, Thing};
use crate::world::{House, World, files};
use engine::Clock;
use kernel::At;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use vault::{Finder, Mark, Needle};

/// A mark that is off by more than this is not taken for right.
const RIGHT_WITHIN: i64 = 4 * 60 * 1_000_000;

/// The latest that any clock says, by what is true of each.
pub(crate) fn latest(world: &World, house: &House) -> At {
    let mut latest = world.clock.now();
    if let Some(mark) = house.vault.mark() {
        let steady = world.clock.steady();
        let runs_for = match mark.steady.boot == steady.boot {
            true => steady.since.saturating_sub(mark.steady.since),
            // Off for a while as well, nobody knows how long.
            false => steady.since,
        };
        latest = latest.max(mark.wall.plus(runs_for)).max(mark.high);
    }
    if world.store_clock { latest.max(world.now()) } else { latest }
}

/// How far a mark is ahead of the truth.
fn off_by(world: &World, mark: &Mark) -> i64 {
    mark.wall.0 - world.truth_of(mark.steady).0
}

/// Whether every clock is right, and the service has no reason to doubt any.
pub(crate) fn all_right(world: &World, house: &House) -> bool {
    let Some(mark) = house.vault.mark() else { return false };
    let same_boot = mark.steady.boot == world.clock.steady().boot;
    world.wrong_by() == 0
        && off_by(world, &mark).abs() <= RIGHT_WITHIN
        && (same_boot || world.clock.is_kept_right())
}

/// Everything that must hold at any time.
pub(crate) async fn always(world: &World, model: &mut Model, house: &House) -> Result<(), Broken> {
    trusted(world, model, house)?;
    destroyed(world, model, house)?;
    ciphertext(world, model)?;
    let shown = rows(house).await?;
    let latest = latest(world, house);
    let mut states: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut seen = Vec::new();
    for (name, key) in &model.keys {
        if !states.contains_key(key.stream.as_str()) {
            let state = house.engine.state::<Thing>(&key.stream).await;
            let state = state.map_err(|fault| Broken::fault(&key.stream, &fault))?.0;
            states.insert(&key.stream, state.known);
        }
        let known = &states[key.stream.as_str()];
        let has_key = house.engine.stream_key(name).await;
        let has_key = has_key.map_err(|fault| Broken::fault(name, &fault))?.is_some();
        let said = key.secrets.values().filter(|secret| known.contains(*secret)).count();
        let in_rows = shown.get(name).copied().unwrap_or_default();
        if !model.lives_at(key, latest) && (has_key || said > 0 || in_rows > 0) {
            let words = format!("{name}: key {has_key}, said {said}, in rows {in_rows}");
            return Err(Broken::new(Rule::Late, words));
        }
        let stays = model.lives_at(key, world.now().plus(model.slack));
        let all = key.secrets.len();
        if stays && model.lives_at(key, latest) && (!has_key || said.min(in_rows) < all) {
            let rule = if key.keepers.is_empty() { Rule::Early } else { Rule::Kept };
            let words = format!("{name}: key {has_key}, said {said}, in rows {in_rows} of {all}");
            return Err(Broken::new(rule, words));
        }
        seen.push((name.clone(), has_key, model.lives_at(key, world.now())));
    }
    once_closed(world, model, house, seen)
}

/// What was closed after its day is not opened again by a clock that is put back, while there is
/// another to hold it against.
fn once_closed(
    world: &World,
    model: &mut Model,
    house: &House,
    seen: Vec<(String, bool, bool)>,
) -> Result<(), Broken> {
    let boot = world.clock.steady().boot;
    let right = |mark: Mark| mark.steady.boot == boot && off_by(world, &mark) >= 0;
    let knows = house.vault.mark().is_some_and(right);
    for (name, open, lives) in seen {
        if open && !lives && model.closed.get(&name) == Some(&boot) {
            let words = format!("{name} was closed after its day, and is open again");
            return Err(Broken::new(Rule::Late, words));
        }
        if open || lives || !(knows || world.store_clock) {
            model.closed.remove(&name);
        } else {
            model.closed.insert(name, boot);
        }
    }
    Ok(())
}

/// The trusted time is not ahead of the truth, unless somebody said that it is right.
fn trusted(world: &World, model: &Model, house: &House) -> Result<(), Broken> {
    let Some(mark) = house.vault.mark() else { return Ok(()) };
    let high = mark.high.0 - world.truth_of(mark.steady).0;
    let ahead = off_by(world, &mark).max(high);
    if model.misled || ahead <= model.slack.as_micros() as i64 {
        return Ok(());
    }
    Err(Broken::new(Rule::Clock, format!("{} s ahead", ahead / 1_000_000)))
}

/// No epoch's key goes before its day, and none that a hold has.
fn destroyed(world: &World, model: &mut Model, house: &House) -> Result<(), Broken> {
    let soon = world.now().plus(model.slack);
    for epoch in model.epochs() {
        let gone = house.vault.is_destroyed(&epoch) || !house.vault.epochs().contains(&epoch);
        if !gone || end(&epoch) <= soon || model.lost.contains(&epoch) {
            continue;
        }
        if !model.misled || epoch.is_hold() {
            let rule = if epoch.is_hold() { Rule::Kept } else { Rule::Early };
            return Err(Broken::new(rule, format!("the key of {epoch} is destroyed")));
        }
        model.lost.insert(epoch);
    }
    Ok(())
}

/// No ciphertext goes before its key's day, and no key is said to be gone that is not.
fn ciphertext(world: &World, model: &Model) -> Result<(), Broken> {
    let soon = world.now().plus(model.slack);
    for (name, key) in model.keys.iter().filter(|(_, key)| model.lives_at(key, soon)) {
        let erased = |position: &&u64| model.seen[**position as usize - 1].sealed.is_none();
        if let Some(position) = key.secrets.keys().find(erased) {
            return Err(Broken::new(Rule::Early, format!("{name}: nothing is left at {position}")));
        }
        if model.expired.contains_key(name) {
            return Err(Broken::new(Rule::Early, format!("{name} is said to be gone")));
        }
    }
    Ok(())
}

/// How many rows of each key can be read.
async fn rows(house: &House) -> Result<BTreeMap<String, usize>, Broken> {
    let rows = thing::rows(&house.engine).await;
    let rows = rows.map_err(|fault| Broken::fault("the rows", &fault))?;
    let mut readable = BTreeMap::new();
    for (key, secret) in rows {
        *readable.entry(key).or_default() += usize::from(secret.is_some());
    }
    Ok(readable)
}

/// What must hold after the service has looked for what is over, while its clocks are right.
pub(crate) async fn on_time(world: &World, model: &Model, house: &House) -> Result<(), Broken> {
    let by = world.now().minus(model.slack);
    let rows = thing::rows(&house.engine).await;
    let rows = rows.map_err(|fault| Broken::fault("the rows", &fault))?;
    for (name, key) in &model.keys {
        if model.lives_at(key, by) {
            continue;
        }
        let left = |words: &str| Err(Broken::new(Rule::Left, format!("{name}: {words}")));
        if let Some(epoch) = key.epochs().find(|epoch| !house.vault.is_destroyed(epoch)) {
            return left(&format!("the key of {epoch} is still there"));
        }
        if key.secrets.keys().any(|at| model.seen[*at as usize - 1].sealed.is_some()) {
            return left("its ciphertext is still there");
        }
        if rows.iter().any(|(of, _)| of == name) {
            return left("its rows are still there");
        }
        said(model, name)?;
    }
    Ok(())
}

fn said(model: &Model, name: &str) -> Result<(), Broken> {
    let ends = model.expired.get(name).map(Vec::as_slice).unwrap_or_default();
    let erased = ends.iter().any(|(expired, epoch)| {
        model.erased.iter().any(|(at, body)| at > expired && body.epoch == *epoch)
    });
    if erased {
        return Ok(());
    }
    let words = format!("{name}: the journal says it ended {} times and never erased", ends.len());
    Err(Broken::new(Rule::Left, words))
}

/// No secret stands in any file, whatever its day: all are sealed.
pub(crate) fn raw(world: &World, model: &Model) -> Result<(), Broken> {
    let secrets = model.keys.values().flat_map(|key| key.secrets.values());
    let needles: Vec<Needle> = secrets.filter_map(|text| Needle::new(text.as_bytes())).collect();
    let finder = Finder::new(&needles);
    let odd = |fault| Broken::fault("the disk", &fault);
    for path in files(world.path()).map_err(odd)? {
        if finder.count_in(&std::fs::read(&path).map_err(odd)?) > 0 {
            return Err(Broken::new(Rule::Late, "a secret stands in a file as it is"));
        }
    }
    Ok(())
}

/// Whether a key must have been born for its class's days from today: any clock is right that
/// the service had reason to believe.
pub(crate) fn born_for(world: &World, model: &Model, house: &House, name: &str) -> Option<Broken> {
    let key = model.keys.get(name)?;
    let days = thing::keep_days(&key.own.class)?;
    let mark = house.vault.mark()?;
    let wrong = world.wrong_by();
    let right_wall = wrong == 0;
    let right_steady =
        wrong.abs() > 3 * RIGHT_WITHIN && mark.steady.boot == world.clock.steady().boot;
    let steady = off_by(world, &mark).abs() <= RIGHT_WITHIN;
    let near = Duration::from_micros(2 * RIGHT_WITHIN as u64);
    let midnight = world.now().minus(near).day() != world.now().plus(near).day();
    if model.misled || !steady || midnight || !(right_wall || right_steady) {
        return None;
    }
    let day = world.now().day().plus(days);
    (key.own.expires_on != day).then(|| {
        let words = format!("{name} is born for day {}, not {}", key.own.expires_on.0, day.0);
        Broken::new(Rule::Clock, words)
    })
}
