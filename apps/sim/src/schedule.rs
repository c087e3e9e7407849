//! One schedule: drawn from its seed, played step by step, checked after each.

use crate::broken::{Broken, Rule};
use crate::dice::Dice;
use crate::faulty::How;
use crate::model::{Backup, Model};
use crate::trial::Keys;
use crate::world::{House, World};
use crate::{check, limits};
use engine::Fault;
use journal::Journal;

/// What one schedule did, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Steps played.
    pub steps: u64,
    /// Deaths of the process in the middle of a write.
    pub crashes: u64,
    /// Old journals put back, and old keys tried.
    pub restores: u64,
    /// Steps of the wall clock that no time had passed for.
    pub jumps: u64,
    /// Keys held or promoted.
    pub holds: u64,
    /// Keys that ended.
    pub ended: u64,
}

/// What came of one schedule.
#[derive(Clone, Debug)]
pub struct Played {
    /// From which it was drawn.
    pub seed: u64,
    /// What it did.
    pub tally: Tally,
    /// The hash of every step and of every record as it stands in the end: the same for the same
    /// seed.
    pub trace: [u8; 32],
    /// Step by step, in words.
    pub words: Vec<String>,
    /// The step and the rule that broke, if one did.
    pub broken: Option<(u64, Broken)>,
}

pub(crate) struct Schedule {
    pub(crate) dice: Dice,
    pub(crate) world: World,
    pub(crate) model: Model,
    house: Option<House>,
    pub(crate) journals: Vec<Backup>,
    pub(crate) keys: Vec<Keys>,
    /// How often the journal was put back.
    pub(crate) era: u64,
    pub(crate) tally: Tally,
    /// Names given so far.
    pub(crate) named: u64,
    words: Vec<String>,
}

/// Plays the schedule of a seed.
pub async fn play(seed: u64) -> Played {
    let dice = Dice::new(seed);
    let store_clock = dice.one_in(3);
    let failed = |broken| Played {
        seed,
        tally: Tally::default(),
        trace: [0; 32],
        words: vec![],
        broken: Some((0, broken)),
    };
    let world = match World::new(seed, store_clock) {
        Ok(world) => world,
        Err(broken) => return failed(broken),
    };
    let mut schedule = Schedule {
        dice,
        world,
        model: Model::default(),
        house: None,
        journals: vec![],
        keys: vec![],
        era: 0,
        tally: Tally::default(),
        named: 0,
        words: vec![],
    };
    let within = std::time::Duration::from_secs(limits::SECONDS_MAX);
    let played = tokio::time::timeout(within, schedule.play()).await;
    let played = played.unwrap_or_else(|_| Err(Broken::new(Rule::Fault, "it hangs")));
    let broken = played.err().map(|broken| (schedule.tally.steps, broken));
    schedule.tally.ended = schedule.model.expired.len() as u64;
    if let Some(house) = schedule.house.take() {
        house.end().await;
    }
    let mut all = schedule.words.join("\n").into_bytes();
    for record in &schedule.model.seen {
        // Not the ciphertext, nor how large the files were: read models draw luck, and write
        // their file, whenever they come to it.
        let sealed = record.sealed.is_some();
        let line = format!("{} {} {} {sealed}", record.stream, record.kind, record.at.0);
        all.extend(line.into_bytes());
    }
    let trace = journal::chain::digest(&all);
    Played { seed, tally: schedule.tally, trace, words: schedule.words, broken }
}

impl Schedule {
    pub(crate) fn house(&self) -> Result<&House, Broken> {
        self.house.as_ref().ok_or_else(|| Broken::new(Rule::Fault, "nothing runs"))
    }

    pub(crate) fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        let (now, wrong) = (self.world.now(), self.world.wrong_by());
        let minute = now.seconds().rem_euclid(86_400) / 60;
        let (day, hour, minute) = (now.day().0, minute / 60, minute % 60);
        let clock =
            if wrong == 0 { String::new() } else { format!(" (clock {:+} s)", wrong / 1_000_000) };
        let step = self.tally.steps;
        self.words.push(format!("{step:>3}  day {day} {hour:02}:{minute:02}{clock}  {words}"));
    }

    async fn play(&mut self) -> Result<(), Broken> {
        self.open(false).await?;
        let steps = limits::STEPS_MIN + self.dice.below(limits::STEPS_MAX - limits::STEPS_MIN + 1);
        for _ in 0..steps {
            self.tally.steps += 1;
            self.step().await?;
            self.check().await?;
        }
        self.finish().await
    }

    /// At the end clocks are right and trusted: all that is over goes, and nothing else.
    async fn finish(&mut self) -> Result<(), Broken> {
        self.tally.steps += 1;
        self.world.set_right();
        self.trust()?;
        self.say("the clock is put right and trusted, and two looks are taken");
        for _ in 0..2 {
            let looked = self.house()?.engine.forget_expired().await;
            looked.map_err(|fault| Broken::fault("a last look", &fault))?;
            self.sync().await?;
        }
        self.check().await?;
        check::on_time(&self.world, &self.model, self.house()?).await?;
        let again = self.house()?.engine.forget_expired().await;
        let again = again.map_err(|fault| Broken::fault("one look more", &fault))?;
        if let Some(epoch) = again.first() {
            return Err(Broken::new(Rule::Left, format!("{epoch} is erased again and again")));
        }
        check::raw(&self.world, &self.model)
    }

    pub(crate) async fn check(&mut self) -> Result<(), Broken> {
        self.sync().await?;
        let Some(house) = &self.house else { return Ok(()) };
        check::always(&self.world, &mut self.model, house).await
    }

    pub(crate) async fn sync(&mut self) -> Result<(), Broken> {
        let born = self.model.sync(&self.world.journal).await?;
        let Some(house) = &self.house else { return Ok(()) };
        for name in born {
            if let Some(broken) = check::born_for(&self.world, &self.model, house, &name) {
                return Err(broken);
            }
        }
        Ok(())
    }

    /// Ends the process, if it runs.
    pub(crate) async fn end(&mut self) {
        if let Some(house) = self.house.take() {
            house.end().await;
        }
    }

    /// Starts the process; it may die in what it does first, and is started again then.
    pub(crate) async fn open(&mut self, may_die: bool) -> Result<(), Broken> {
        let mut death = if may_die { self.death(3) } else { None };
        loop {
            match self.world.open(death).await {
                Ok(house) => {
                    self.house = Some(house);
                    break;
                }
                Err(fault) => {
                    let Some((write, how)) = death.take() else {
                        return Err(self.refused(&fault));
                    };
                    self.tally.crashes += 1;
                    self.say(format!("it dies while it starts, at write {write} ({how:?})"));
                }
            }
        }
        self.sync().await?;
        let house = self.house()?;
        if check::all_right(&self.world, house) && !self.model.misled {
            check::on_time(&self.world, &self.model, house).await?;
        }
        Ok(())
    }

    fn refused(&self, fault: &Fault) -> Broken {
        match fault {
            Fault::KeyStoreBehind => Broken::new(Rule::Keys, "the keys of today were refused"),
            fault => Broken::fault("the start", fault),
        }
    }

    /// At which write the process dies, once in `n`.
    pub(crate) fn death(&self, n: u64) -> Option<(u64, How)> {
        let how = [How::Before, How::Half, How::After];
        let (dies, write) = (self.dice.one_in(n), self.dice.below(limits::WRITES_MAX));
        let how = self.dice.pick(&how).copied();
        if dies { how.map(|how| (write, how)) } else { None }
    }

    /// Believes the clock as it is.
    pub(crate) fn trust(&mut self) -> Result<(), Broken> {
        let trusted = self.house()?.engine.trust_clock();
        trusted.map_err(|fault| Broken::fault("trusting the clock", &fault))?;
        let wrong = self.world.wrong_by().unsigned_abs();
        self.model.misled = wrong > self.model.slack.as_micros() as u64;
        self.model.was_misled |= self.model.misled;
        self.model.closed.clear();
        Ok(())
    }

    /// How long the journal is.
    pub(crate) async fn head(&self) -> Result<u64, Broken> {
        let head = self.world.journal.head().await;
        Ok(head.map_err(|fault| Broken::fault("the journal", &fault))?.0)
    }
}
