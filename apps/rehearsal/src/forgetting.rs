//! Many applications, a few desks at once; then time passes, their recordings are gone, and what
//! proves it is fetched. Somebody else must verify it: see `sightline rehearse`.

use crate::discloser::Desk;
use crate::disclosure::{self, DAY, Disclosed, is_told};
use crate::officer::Officer;
use crate::web::{Answer, Site, Visitor};
use crate::{Stage, Stumble, clock, limits, recording};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::JoinSet;

/// The retention class of these recordings.
const CLASS: &str = "disclosure-recording";

/// What became of the disclosures, and of their recordings.
#[derive(Clone, Debug, Default)]
pub struct Forgotten {
    /// Application by application.
    pub disclosed: Vec<Disclosed>,
    /// The certificate of every epoch that is gone.
    pub certificates: Vec<Certified>,
    /// What kept the recordings or the certificates from being looked at.
    pub stumble: Option<String>,
}

/// One certificate, as it was handed out.
#[derive(Clone, Debug, Default)]
pub struct Certified {
    /// Of which epoch.
    pub epoch: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether somebody else has verified it.
    pub verified: bool,
}

impl Certified {
    fn account(&self) -> Value {
        let read: Value = serde_json::from_slice(&self.bytes).unwrap_or_default();
        read["statement"]["account"].clone()
    }

    /// Pieces of residue that the service found when it had erased this.
    pub fn residue_found(&self) -> Option<u64> {
        self.account()["scan"]["found"].as_u64()
    }

    /// Whether it says that the recording of this call went.
    pub fn names(&self, call: &str) -> bool {
        let account = self.account();
        let mut names = account["names"].as_array().into_iter().flatten();
        names.any(|name| name.as_str().is_some_and(|name| name.contains(call)))
    }
}

/// How many must apply for so many to be told.
pub fn applications(disclosures: u32) -> u32 {
    let told = (0..).filter(|place| is_told(*place));
    told.take(disclosures as usize).last().map_or(0, |place| place + 1)
}

/// The demonstration's own clock.
#[derive(Clone)]
pub(crate) struct Clock(Visitor);

impl Clock {
    pub(crate) fn of(site: &Site) -> Self {
        Self(site.visitor())
    }

    /// What time the service has, in seconds.
    pub(crate) async fn now(&self) -> Result<i64, Stumble> {
        self.turn(0).await
    }

    async fn turn(&self, seconds: i64) -> Result<i64, Stumble> {
        let step = "asking the clock";
        let wanted = json!({ "advance_seconds": seconds });
        let answer = self.0.post(step, "/demo/clock", &wanted).await?.good()?;
        answer.json()?["now_seconds"].as_i64().ok_or(Stumble::Missing(step, "the time"))
    }

    /// Lets time pass until then.
    pub(crate) async fn pass_until(&self, then: i64) -> Result<(), Stumble> {
        let ahead = then - self.now().await?;
        if ahead > 0 {
            self.turn(ahead).await?;
        }
        Ok(())
    }
}

/// The accounts of the scheme in a rehearsal.
struct Accounts {
    officers: Vec<String>,
    second: String,
    data_protection: String,
}

impl Accounts {
    async fn of(site: &Site, count: u32) -> Result<Self, Stumble> {
        let step = "asking for desks of the scheme";
        let wanted = json!({ "count": 0, "disclosers": count });
        let answer = site.visitor().post(step, "/demo/rehearsal", &wanted).await?.good()?;
        let listed = answer.json()?["disclosers"].as_array().cloned().unwrap_or_default();
        let officers: Vec<_> =
            listed.iter().filter_map(|login| login.as_str().map(str::to_owned)).collect();
        if officers.is_empty() {
            return Err(Stumble::Missing(step, "officers"));
        }
        let (second, data_protection) =
            (answer.field("supervisor")?, answer.field("data_protection")?);
        Ok(Self { officers, second, data_protection })
    }
}

/// Plays so many disclosures and those who are told nothing; then lets their recordings be
/// forgotten. `first` is the first place whose telephone is free.
pub(crate) async fn rehearse(stage: &Stage, first: u32, wanted: u32) -> Result<Forgotten, Stumble> {
    let accounts = Accounts::of(&stage.site, wanted.min(limits::DISCLOSERS)).await?;
    let clock = Clock::of(&stage.site);
    let mut desks = vec![];
    for officer in &accounts.officers {
        desks.push(Desk::sit_down(&stage.site, officer, &accounts.second).await?);
    }
    let disclosed = play_all((stage, first), &clock, desks, applications(wanted)).await;
    let mut forgotten = Forgotten { disclosed, ..Forgotten::default() };
    if let Err(stumble) = forget(&stage.site, &clock, &accounts, &mut forgotten).await {
        forgotten.stumble = Some(format!("forgetting: {stumble}"));
    }
    Ok(forgotten)
}

async fn play_all(
    (stage, first): (&Stage, u32),
    clock: &Clock,
    desks: Vec<Desk>,
    count: u32,
) -> Vec<Disclosed> {
    // Her lobby and her faces are not those of the calls that are watched.
    let quiet = Stage { first, watch: Arc::default(), ..stage.clone() };
    let apart = desks.len();
    let mut running = JoinSet::new();
    for (begin, desk) in (0..count).zip(desks) {
        let (stage, clock, watch) = (quiet.clone(), clock.clone(), stage.watch.clone());
        running.spawn(async move {
            let mut all = vec![];
            for place in (begin..count).step_by(apart) {
                all.push(disclosure::play(&stage, &clock, &desk, place).await);
                watch.settled();
            }
            all
        });
    }
    running.join_all().await.into_iter().flatten().collect()
}

/// Lets time pass until the day of each recording has come, waits until it is gone, and fetches
/// what proves it.
async fn forget(
    site: &Site,
    clock: &Clock,
    accounts: &Accounts,
    forgotten: &mut Forgotten,
) -> Result<(), Stumble> {
    let day = |one: &Disclosed| one.made_at.map(|at| at.div_euclid(DAY));
    // One, unless midnight came in between. At the start of their thirtieth day they are due.
    let days: BTreeSet<i64> = forgotten.disclosed.iter().filter_map(day).collect();
    for today in &days {
        clock.pass_until((today + limits::RECORDING_DAYS) * DAY + 1).await?;
        // Whoever was signed in a month ago is not any more.
        let officer = accounts.officers.first().map(String::as_str).unwrap_or_default();
        let officer = Officer::sign_in(site, officer).await?;
        let gone = forgotten.disclosed.iter_mut().filter(|one| day(one) == Some(*today));
        for one in gone {
            let Some(call) = one.call.as_deref() else { continue };
            one.gone_at = wait_until_gone(&officer, clock, call).await?;
        }
    }
    let data_protection = Officer::sign_in(site, &accounts.data_protection).await?;
    let epochs = wait_for_epochs(&data_protection, days.len()).await?;
    for epoch in epochs {
        let path = format!("/retention/certificates/{epoch}.json");
        let file = data_protection.0.get("fetching a certificate", &path).await?.good()?;
        forgotten.certificates.push(Certified { epoch, bytes: file.body, verified: false });
    }
    Ok(())
}

/// Until the page and the file both say that it is gone.
async fn wait_until_gone(
    officer: &Officer,
    clock: &Clock,
    call: &str,
) -> Result<Option<i64>, Stumble> {
    let step = "looking whether a recording is gone";
    let base = disclosure::page(call);
    let (page, file) = (format!("{base}/recording"), recording::path(&base));
    clock::until(limits::FORGOTTEN, limits::LOOK * 5, || async {
        let shown = officer.0.get(step, &page).await?;
        let fetched = officer.0.get(step, &file).await?;
        match (shown.status, fetched.status) {
            (410, 410) => clock.now().await.map(Some),
            (200, _) | (410, 200..=299) => Ok(None),
            (status, _) => Err(Stumble::Answered(step, status, String::new())),
        }
    })
    .await
}

/// The epochs that are wholly gone, once those of the recordings are.
async fn wait_for_epochs(officer: &Officer, days: usize) -> Result<Vec<String>, Stumble> {
    let step = "looking what is gone";
    let found = clock::until(limits::FORGOTTEN, limits::LOOK * 5, || async {
        let epochs = gone(&officer.0.get(step, "/retention/now").await?.good()?);
        let ours = epochs.iter().filter(|epoch| epoch.starts_with(CLASS)).count();
        Ok((ours >= days).then_some(epochs))
    });
    found.await?.ok_or(Stumble::Late(step))
}

/// Those whose certificate the page of retention offers.
fn gone(page: &Answer) -> Vec<String> {
    let text = page.text();
    let offered = text.split("\"/retention/certificates/").skip(1);
    offered.filter_map(|rest| rest.split_once('"')).map(|(epoch, _)| epoch.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_four_who_apply_is_told_nothing_and_the_others_are_as_many_as_was_asked() {
        assert_eq!([0, 1, 2, 3, 4, 8].map(applications), [0, 1, 3, 4, 5, 11]);
        for wanted in 1..40 {
            let told = (0..applications(wanted)).filter(|place| is_told(*place)).count();
            assert_eq!(told, wanted as usize);
        }
    }

    #[test]
    fn a_certificate_says_what_went_and_what_was_found() {
        let account = json!({ "names": ["recording/00c1"], "scan": { "found": 0 } });
        let bytes = json!({ "statement": { "account": account } }).to_string().into_bytes();
        let one = Certified { bytes, ..Certified::default() };
        assert!(one.names("00c1") && !one.names("00c2"));
        assert_eq!(one.residue_found(), Some(0));
        assert_eq!(Certified::default().residue_found(), None, "what is not said is not nothing");
    }
}
