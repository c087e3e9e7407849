//! What a step can be: something said, time, a clock that jumps, a death, a hold, a backup.

use crate::broken::{Broken, Rule};
use crate::model::end;
use crate::schedule::Schedule;
use crate::thing::{Command, DAYS, Thing};
use crate::trial::Keys;
use crate::{check, limits};
use engine::{Caller, Fault, Refused};
use kernel::At;
use std::time::Duration;
use vault::{Epoch, VaultFault};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Steps of the clock, in both directions. The small ones nobody can tell from a clock that is
/// put right; no sum of the others comes near to one.
const JUMPS: [i64; 7] = [MINUTE, 4 * MINUTE, HOUR, 7 * HOUR, DAY, 31 * DAY, 365 * DAY];
const SMALL: i64 = 5 * MINUTE;
const SPANS: [i64; 8] = [MINUTE, 20 * MINUTE, HOUR, 9 * HOUR, DAY, 2 * DAY, 8 * DAY, 31 * DAY];

/// What the service is asked to do.
#[derive(Clone, Debug)]
enum Act {
    Bear { stream: String, days: u32, secret: String },
    Say { stream: String, secret: String, aside: bool },
    Look,
    Keep { name: String, under: Epoch },
    LetGo { name: String, under: Epoch },
}

impl Schedule {
    pub(crate) async fn step(&mut self) -> Result<(), Broken> {
        match self.dice.below(100) {
            0..14 => self.bear().await,
            14..24 => self.add().await,
            24..40 => self.time().await,
            40..46 => self.act(Act::Look, 3).await,
            46..58 => self.race().await,
            58..64 => self.jump(),
            64..68 => self.put_right(),
            68..72 => self.restart(None).await,
            72..77 => self.machine().await,
            77..83 => self.hold().await,
            83..88 => self.let_go().await,
            88..93 => self.back_up().await,
            93..96 => self.restore().await,
            96..98 => self.old_keys().await,
            _ => self.trust_or_not(),
        }
    }

    async fn bear(&mut self) -> Result<(), Broken> {
        if self.model.keys.len() >= 2 * limits::STREAMS_MAX {
            return self.act(Act::Look, 2).await;
        }
        self.named += 1;
        let stream = format!("thing/{}", self.named);
        let days = self.dice.pick(&DAYS).copied().unwrap_or(1);
        let secret = self.dice.secret();
        self.act(Act::Bear { stream, days, secret }, 6).await
    }

    async fn add(&mut self) -> Result<(), Broken> {
        let streams: Vec<String> = self.model.keys.values().map(|key| key.stream.clone()).collect();
        let Some(stream) = self.dice.pick(&streams).cloned() else { return self.bear().await };
        let (secret, aside) = (self.dice.secret(), self.dice.one_in(2));
        self.act(Act::Say { stream, secret, aside }, 6).await
    }

    async fn time(&mut self) -> Result<(), Broken> {
        let span = self.dice.pick(&SPANS).copied().unwrap_or(HOUR);
        let span = self.dice.below(span as u64 * 2);
        self.world.pass(Duration::from_micros(span));
        self.say(format!("{} minutes pass", span as i64 / MINUTE));
        if self.dice.one_in(2) { self.act(Act::Look, 4).await } else { Ok(()) }
    }

    /// Something at the very moment when a day comes.
    async fn race(&mut self) -> Result<(), Broken> {
        let Some((name, epoch)) = self.some_day() else { return self.bear().await };
        let offset = [-SECOND, -1, 0, 1, SECOND][self.dice.below(5) as usize];
        let until = At(end(&epoch).0 + offset).since(self.world.now());
        self.world.pass(until);
        self.say(format!("it is {offset} µs from the day of {epoch}"));
        self.check().await?;
        if self.dice.one_in(2) {
            self.act(Act::Look, 4).await?;
        }
        match self.dice.below(4) {
            0 => self.keep(name).await?,
            1 => self.let_go().await?,
            2 => self.add().await?,
            _ => {}
        }
        self.act(Act::Look, 4).await
    }

    /// A day that is still to come, and a key that ends with it.
    fn some_day(&self) -> Option<(String, Epoch)> {
        let now = self.world.now();
        let days: Vec<(String, Epoch)> = self
            .model
            .keys
            .iter()
            .flat_map(|(name, key)| key.epochs().map(|epoch| (name.clone(), epoch.clone())))
            .filter(|(_, epoch)| !epoch.is_hold() && end(epoch) > now)
            .collect();
        self.dice.pick(&days).cloned()
    }

    fn jump(&mut self) -> Result<(), Broken> {
        let size = self.dice.pick(&JUMPS).copied().unwrap_or(MINUTE);
        let by = if self.dice.one_in(2) { size } else { -size };
        self.world.jump(by);
        self.tally.jumps += 1;
        if size < SMALL {
            self.model.slack += Duration::from_micros(size as u64);
        }
        self.say(format!("the clock jumps by {} minutes", by / MINUTE));
        Ok(())
    }

    fn put_right(&mut self) -> Result<(), Broken> {
        self.world.set_right();
        self.say("the clock is put right");
        Ok(())
    }

    /// The process ends, orderly, and starts again; the machine too, when it was off for a while.
    async fn restart(&mut self, off: Option<(Duration, bool)>) -> Result<(), Broken> {
        self.end().await;
        match off {
            None => self.say("the service is started anew"),
            Some((span, kept_right)) => {
                self.world.reboot(span, kept_right);
                let minutes = span.as_micros() as i64 / MINUTE;
                self.say(format!("the machine was off for {minutes} minutes ({kept_right})"));
            }
        }
        self.open(true).await
    }

    async fn machine(&mut self) -> Result<(), Broken> {
        let span = self.dice.pick(&SPANS).copied().unwrap_or(HOUR);
        let off = Duration::from_micros(self.dice.below(span as u64));
        let kept_right = self.dice.one_in(2);
        self.restart(Some((off, kept_right))).await
    }

    async fn hold(&mut self) -> Result<(), Broken> {
        let names: Vec<String> = self.model.keys.keys().cloned().collect();
        let Some(name) = self.dice.pick(&names).cloned() else { return self.bear().await };
        self.keep(name).await
    }

    async fn keep(&mut self, name: String) -> Result<(), Broken> {
        let now = self.world.now();
        let all = self.model.keys.values().flat_map(|key| key.keepers.iter().cloned());
        let keepers: Vec<Epoch> = all.filter(|epoch| end(epoch) > now).collect();
        let in_use = self.dice.pick(&keepers).cloned().filter(|_| self.dice.one_in(3));
        let under = match (in_use, self.dice.one_in(3)) {
            (Some(epoch), _) => epoch,
            (None, true) => {
                let days = 5 + self.dice.below(60) as u32;
                Epoch::of("evidence", self.world.now().day().plus(days))
            }
            (None, false) => {
                self.named += 1;
                Epoch::hold(u128::from(self.named))
            }
        };
        self.tally.holds += 1;
        self.act(Act::Keep { name, under }, 4).await
    }

    async fn let_go(&mut self) -> Result<(), Broken> {
        let held: Vec<(String, Epoch)> = self
            .model
            .keys
            .iter()
            .flat_map(|(name, key)| key.keepers.iter().map(|by| (name.clone(), by.clone())))
            .collect();
        let Some((name, under)) = self.dice.pick(&held).cloned() else {
            return self.hold().await;
        };
        self.act(Act::LetGo { name, under }, 3).await
    }

    async fn back_up(&mut self) -> Result<(), Broken> {
        if self.dice.one_in(2) {
            self.journals.push(self.model.back_up(&self.world.journal));
            if self.journals.len() > limits::BACKUPS_MAX {
                self.journals.remove(0);
            }
            self.say("the journal is copied");
            return Ok(());
        }
        self.named += 1;
        let house = self.house()?;
        let copy = Keys::copy(&self.world, &self.model, house, self.named, self.era)?;
        self.keys.push(copy);
        if self.keys.len() > limits::BACKUPS_MAX {
            self.keys.remove(0).forget()?;
        }
        self.say("the keys are copied");
        Ok(())
    }

    /// An old journal under the keys of today.
    async fn restore(&mut self) -> Result<(), Broken> {
        if self.journals.is_empty() {
            return self.back_up().await;
        }
        let of = self.dice.below(self.journals.len() as u64) as usize;
        self.end().await;
        self.world.restore(&self.journals[of].journal)?;
        self.model.restored(&self.journals[of]).await?;
        self.era += 1;
        self.tally.restores += 1;
        let head = self.head().await?;
        self.say(format!("the journal is put back to position {head}"));
        self.open(true).await
    }

    /// Old keys beside the journal of today.
    async fn old_keys(&mut self) -> Result<(), Broken> {
        let Some(copy) = self.dice.pick(&self.keys) else { return self.back_up().await };
        let house = self.house()?;
        let came = copy.try_out(&self.world, &self.model, house, self.era).await?;
        self.tally.restores += 1;
        self.say(format!("old keys are tried, and {came}"));
        Ok(())
    }

    fn trust_or_not(&mut self) -> Result<(), Broken> {
        let wrong = self.world.wrong_by().unsigned_abs();
        if wrong > self.model.slack.as_micros() as u64 && !self.dice.one_in(6) {
            self.world.set_right();
        }
        self.trust()?;
        let misled = if self.model.misled { ", wrongly" } else { "" };
        self.say(format!("two people trust the clock{misled}"));
        Ok(())
    }
}

impl Schedule {
    /// Asks the service for something; it may die over it, once in `n`.
    async fn act(&mut self, act: Act, n: u64) -> Result<(), Broken> {
        let death = self.death(n);
        self.house()?.faulty.arm(death);
        let was_open = self.is_open(&act)?;
        let done = self.perform(&act).await;
        self.house()?.faulty.arm(None);
        let dead = self.house()?.faulty.is_dead();
        self.model.pending = match &act {
            Act::Bear { secret, .. } | Act::Say { secret, .. } => Some(secret.clone()),
            _ => None,
        };
        self.sync().await?;
        let came = match &done {
            Ok(()) => "done".to_owned(),
            Err(fault) => format!("{fault}"),
        };
        self.say(format!("{} -> {came}", words(&act)));
        self.judge(&act, done, was_open, dead)?;
        if dead {
            self.tally.crashes += 1;
            self.say(format!("the service dies over it, {death:?}, and is started anew"));
            self.end().await;
            return self.open(true).await;
        }
        let house = self.house()?;
        if matches!(act, Act::Look | Act::LetGo { .. })
            && !self.model.misled
            && check::all_right(&self.world, house)
        {
            check::on_time(&self.world, &self.model, house).await?;
        }
        Ok(())
    }

    /// Whether the key that is asked for is open now, by every clock.
    fn is_open(&self, act: &Act) -> Result<bool, Broken> {
        let latest = check::latest(&self.world, self.house()?);
        let name = match act {
            Act::Keep { name, .. } => name,
            Act::Say { stream, aside: false, .. } => stream,
            _ => return Ok(true),
        };
        let key = self.model.keys.get(name);
        Ok(key.is_some_and(|key| self.model.lives_at(key, latest)))
    }

    async fn perform(&self, act: &Act) -> Result<(), Fault> {
        let Ok(house) = self.house() else { return Ok(()) };
        let engine = &house.engine;
        let (stream, command) = match act {
            Act::Look => return engine.forget_expired().await.map(|_| ()),
            Act::Keep { name, under } => return engine.keep(name, under).await,
            Act::LetGo { name, under } => return engine.let_go(name, under).await,
            Act::Bear { stream, days, secret } => {
                (stream, Command::Bear { days: *days, secret: secret.clone() })
            }
            Act::Say { stream, secret, aside: true } => {
                (stream, Command::SayAside { secret: secret.clone() })
            }
            Act::Say { stream, secret, aside: false } => {
                (stream, Command::Say { secret: secret.clone() })
            }
        };
        match engine.execute::<Thing>(stream, command, &Caller::system(), None).await {
            Ok(_) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
            Err(Refused::Refusal(_)) => Err(Fault::Outside("the rules of a thing")),
        }
    }

    /// Whether what came of it is what had to come, and what it means for who keeps what.
    fn judge(
        &mut self,
        act: &Act,
        done: Result<(), Fault>,
        was_open: bool,
        dead: bool,
    ) -> Result<(), Broken> {
        let fault = done.as_ref().err();
        let no_key = matches!(fault, Some(Fault::Key(VaultFault::Destroyed | VaultFault::Over)));
        let soon = self.world.now().plus(self.model.slack);
        match act {
            Act::Keep { name, under } => {
                self.model.moves += 1;
                let has = self.house()?.vault.kept_under(under).contains(name);
                let Some(key) = self.model.keys.get(name) else { return Ok(()) };
                if has && !key.keepers.contains(under) && !was_open {
                    let words = format!("{name} is held after its day");
                    return Err(Broken::new(Rule::Late, words));
                }
                let in_time = was_open && self.model.lives_at(key, soon);
                let misled = self.model.was_misled && no_key;
                if has && let Some(key) = self.model.keys.get_mut(name) {
                    key.keepers.insert(under.clone());
                }
                match fault {
                    Some(fault) if !dead && !misled && (in_time || !no_key) => {
                        Err(Broken::new(Rule::Kept, format!("{name} could not be held: {fault}")))
                    }
                    _ => Ok(()),
                }
            }
            Act::LetGo { name, under } => {
                self.model.moves += 1;
                let has = self.house()?.vault.kept_under(under).contains(name);
                if !has && let Some(key) = self.model.keys.get_mut(name) {
                    key.keepers.remove(under);
                }
                self.only_deaths(fault.filter(|_| !dead), act)
            }
            // What is closed takes nothing in, and what is over may be destroyed.
            Act::Say { stream, .. } if no_key => {
                let key = self.model.keys.get(stream);
                let in_time = was_open && key.is_some_and(|key| self.model.lives_at(key, soon));
                let excused = !in_time || self.model.was_misled;
                self.only_deaths(fault.filter(|_| !dead && !excused), act)
            }
            Act::Bear { .. } if no_key && self.model.was_misled => Ok(()),
            Act::Bear { .. } | Act::Say { .. } | Act::Look => {
                self.only_deaths(fault.filter(|_| !dead), act)
            }
        }
    }

    fn only_deaths(&self, fault: Option<&Fault>, act: &Act) -> Result<(), Broken> {
        fault.map_or(Ok(()), |fault| Err(Broken::fault(&words(act), fault)))
    }
}

fn words(act: &Act) -> String {
    match act {
        Act::Bear { stream, days, .. } => format!("{stream} is born for {days} days"),
        Act::Say { stream, aside: false, .. } => format!("more is said of {stream}"),
        Act::Say { stream, aside: true, .. } => format!("something is said aside of {stream}"),
        Act::Look => "a look for what is over".to_owned(),
        Act::Keep { name, under } => format!("{name} is kept under {under}"),
        Act::LetGo { name, under } => format!("{name} is let go by {under}"),
    }
}
