//! Copies of the keys, and the trial of an old one beside the journal of today: in files of its
//! own, so that whatever comes of it, the schedule goes on with the keys of today.

use crate::broken::{Broken, Rule};
use crate::model::Model;
use crate::thing::Thing;
use crate::world::{House, World, copy_tree};
use engine::Fault;
use std::collections::BTreeSet;
use std::path::PathBuf;
use vault::Epoch;

/// One copy of both homes, and what was true of it.
pub(crate) struct Keys {
    dir: PathBuf,
    destructions: u64,
    epochs: BTreeSet<Epoch>,
    moves: u64,
    /// How long the journal was.
    head: u64,
    /// How often the journal had been put back.
    era: u64,
}

/// What the service must do with an old copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Must {
    Refuse,
    Accept,
    Either,
}

impl Keys {
    pub(crate) fn copy(
        world: &World,
        model: &Model,
        house: &House,
        number: u64,
        era: u64,
    ) -> Result<Self, Broken> {
        let dir = world.path().join(format!("keys-{number}"));
        for (home, name) in world.homes().iter().zip(["a", "b"]) {
            let copied = copy_tree(home, &dir.join(name));
            copied.map_err(|fault| Broken::fault("a copy of the keys", &fault))?;
        }
        Ok(Self {
            dir,
            destructions: house.vault.ratchet().count,
            epochs: house.vault.epochs().into_iter().collect(),
            moves: model.moves,
            head: model.seen.len() as u64,
            era,
        })
    }

    pub(crate) fn forget(self) -> Result<(), Broken> {
        let removed = std::fs::remove_dir_all(&self.dir);
        removed.map_err(|fault| Broken::fault("an old copy of the keys", &fault))
    }

    /// What the journal of today says of it.
    fn must(&self, model: &Model, house: &House, era: u64) -> Must {
        let epochs: BTreeSet<Epoch> = house.vault.epochs().into_iter().collect();
        let same = self.destructions == house.vault.ratchet().count
            && self.moves == model.moves
            && self.epochs == epochs;
        if same {
            return Must::Accept;
        }
        if era != self.era {
            return Must::Either;
        }
        let moved = model.seen[self.head as usize..]
            .iter()
            .any(|record| ["key.kept.v1", "key.let_go.v1"].contains(&record.kind.as_str()));
        let destroyed = model.erased.iter().any(|(_, body)| {
            body.ratchet.count > self.destructions && self.epochs.contains(&body.epoch)
        });
        // One that was destroyed before the copy is known to it, though a hold still keeps a key.
        let born = model.keys.iter().any(|(name, key)| {
            let since = key.secrets.keys().next().is_some_and(|at| *at > self.head);
            since && !self.epochs.contains(&key.own) && !model.expired.contains_key(name)
        });
        if moved || destroyed || born { Must::Refuse } else { Must::Either }
    }

    /// Opens it beside a copy of the journal.
    pub(crate) async fn try_out(
        &self,
        world: &World,
        model: &Model,
        house: &House,
        era: u64,
    ) -> Result<&'static str, Broken> {
        let must = self.must(model, house, era);
        let odd = |fault| Broken::fault("a trial of old keys", &fault);
        let scratch = tempfile::tempdir_in(world.path()).map_err(odd)?;
        let homes = ["a", "b"].map(|name| scratch.path().join(name));
        for (home, name) in homes.iter().zip(["a", "b"]) {
            copy_tree(&self.dir.join(name), home).map_err(odd)?;
        }
        let journal = std::sync::Arc::new(world.journal.copy());
        let reads = scratch.path().join("read.db");
        let opened = world.open_at(journal, [&homes[0], &homes[1]], &reads, None).await;
        let accepted = match opened {
            Ok(old) => {
                let shown = forgotten_shown(model, house, &old).await;
                old.end().await;
                shown?;
                true
            }
            Err(Fault::KeyStoreBehind) => false,
            Err(fault) => return Err(Broken::fault("a trial of old keys", &fault)),
        };
        match (must, accepted) {
            (Must::Refuse, true) => Err(Broken::new(Rule::Keys, "an old key store was believed")),
            (Must::Accept, false) => Err(Broken::new(Rule::Keys, "the same keys were refused")),
            (_, true) => Ok("believed"),
            (_, false) => Ok("refused"),
        }
    }
}

/// What the journal says is erased must not come back with old keys.
async fn forgotten_shown(model: &Model, house: &House, old: &House) -> Result<(), Broken> {
    for (name, key) in model.keys.iter().filter(|(name, _)| model.expired.contains_key(*name)) {
        if key.epochs().any(|epoch| !house.vault.is_destroyed(epoch)) {
            continue;
        }
        let state = old.engine.state::<Thing>(&key.stream).await;
        let state = state.map_err(|fault| Broken::fault(name, &fault))?.0;
        if key.secrets.values().any(|secret| state.known.contains(secret)) {
            return Err(Broken::new(Rule::Late, format!("{name} came back with old keys")));
        }
    }
    Ok(())
}
