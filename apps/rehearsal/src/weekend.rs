//! A weekend of the hub: many incidents go through the whole of the casework over the public ways
//! in, while the service's clock is let pass from Saturday night to Monday morning; and what the
//! board of promises says then. Read: weekend_case (one incident).

use crate::forgetting::Clock;
use crate::officer::Officer;
use crate::web::{Site, between};
use crate::weekend_case::{Case, Hands};
use crate::{Stumble, Watch, limits};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use tokio::task::JoinSet;

const HOUR: i64 = 3600;

/// What a weekend came to. Names and units stay as they are: others read this file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Weekend {
    /// How many incidents were reported.
    pub incidents: u32,
    /// How many went through everything that was owed for them.
    pub incidents_finished: u32,
    /// Promises whose time was over before they were kept, by the sheet of the handover; none
    /// where it could not be read.
    pub promises_missed: Option<u64>,
    /// How many referrals were made.
    pub referrals: u32,
    /// Hours of the service's clock from a referral to the first contact with her.
    pub referrals_within_hours_p95: Option<f64>,
    /// Arrests that were made.
    pub arrests: u32,
    /// Schools that heard before the bell.
    pub schools_told: u32,
    /// Incidents that were no crime, and were reviewed by somebody else.
    pub reviews: u32,
    /// Of these, how many became a crime.
    pub reclassed: u32,
    /// Victims who were told on Monday that the crime is recorded.
    #[serde(default)]
    pub told_of_recording: u32,
    /// People whom two victims or more named, by the list for proactive teams.
    #[serde(default)]
    pub serial_suspects: u32,
    /// Plans that were opened for them.
    #[serde(default)]
    pub plans: u32,
    /// What the chief is shown of it, as the service's API gives it.
    pub insight: Value,
    /// What went wrong, each once.
    pub weekend_problems: Vec<String>,
}

impl Weekend {
    /// Whether everything was done, and nothing that was promised was missed.
    pub fn passed(&self) -> bool {
        self.incidents > 0
            && self.incidents_finished == self.incidents
            && self.promises_missed == Some(0)
            && self.weekend_problems.is_empty()
    }

    fn count(&mut self, case: &Case) {
        let once = |yes: bool| u32::from(yes);
        self.incidents_finished += once(case.finished());
        self.referrals += once(case.referred_at.is_some());
        self.arrests += once(case.arrested);
        self.schools_told += once(case.school_told);
        self.reviews += once(case.reviewed);
        self.reclassed += once(case.reviewed && case.reclasses());
        self.told_of_recording += once(case.told_of_recording);
        self.plans += once(case.planned);
        let said = case.stumble.as_ref().filter(|said| !self.weekend_problems.contains(said));
        self.weekend_problems.extend(said.cloned());
    }
}

impl fmt::Display for Weekend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { incidents, incidents_finished: finished, referrals, arrests, .. } = self;
        writeln!(f, "weekend          {finished} of {incidents} incidents, everything done")?;
        match self.promises_missed {
            Some(missed) => writeln!(f, "promises         {missed} missed")?,
            None => writeln!(f, "promises         could not be counted")?,
        }
        let hours = self.referrals_within_hours_p95.unwrap_or_default();
        writeln!(f, "referrals        {referrals}, 95 % within {hours} hours of first contact")?;
        writeln!(f, "arrests          {arrests}")?;
        writeln!(f, "schools          {} told before the bell", self.schools_told)?;
        writeln!(f, "reviews          {}, {} became a crime", self.reviews, self.reclassed)?;
        writeln!(f, "told             {} that the crime is recorded", self.told_of_recording)?;
        let (serial, plans) = (self.serial_suspects, self.plans);
        writeln!(f, "perpetrators     {serial} with several victims, {plans} plans")?;
        self.weekend_problems.iter().try_for_each(|one| writeln!(f, "problem          {one}"))
    }
}

/// The phases of a weekend, and how long each lasts on the service's clock.
const PHASES: [(Phase, i64); 5] = [
    (Phase::Night, HOUR),
    (Phase::Answers, HOUR),
    (Phase::Contacts, 10 * HOUR),
    (Phase::Sunday, 22 * HOUR),
    (Phase::Monday, 0),
];

/// What is done in one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Reports, patrols, accounts, grades, referrals, arrest requests, children.
    Night,
    /// Agencies accept; the first attempts at arrests.
    Answers,
    /// Agencies speak with her; the second attempts, outcomes, and word to her.
    Contacts,
    /// Schools are told.
    Sunday,
    /// Reviews by somebody else.
    Monday,
}

/// Plays so many incidents.
pub(crate) async fn rehearse(
    (site, key): (&Site, &str),
    watch: &Arc<Watch>,
    wanted: u32,
) -> Result<Weekend, Stumble> {
    let clock = Clock::of(site);
    saturday(&clock).await?;
    let supervisor = Officer::sign_in(site, "supervisor").await?;
    // From here on the sheet of the handover counts.
    let note = [("note", "A rehearsal begins.")];
    supervisor.0.submit("signing the handover", "/promises/handover", &note).await?.good()?;
    let mut cases: Vec<Case> = (0..wanted).map(Case::new).collect();
    for (phase, lasts) in PHASES {
        // Whoever was signed in before time passed may not be any more.
        let hands = Arc::new(Hands::sit_down(site, key).await?);
        cases = play_all(hands, &clock, watch, phase, cases).await;
        settle(site).await?;
        if lasts > 0 {
            clock.pass_until(clock.now().await? + lasts).await?;
        }
    }
    let mut weekend = Weekend { incidents: wanted, ..Weekend::default() };
    cases.iter().for_each(|case| weekend.count(case));
    weekend.referrals_within_hours_p95 = percentile_95(&cases);
    let supervisor = Officer::sign_in(site, "supervisor").await?;
    weekend.promises_missed = missed(&supervisor).await?;
    weekend.serial_suspects = serial(site, key).await?;
    let step = "asking what the chief is shown";
    weekend.insight = site.system(key).get(step, "/api/v1/insight").await?.good()?.json()?;
    Ok(weekend)
}

/// How many people stand on the list for proactive teams because several victims named them.
async fn serial(site: &Site, key: &str) -> Result<u32, Stumble> {
    let step = "reading the list for proactive teams";
    let list = site.system(key).get(step, "/api/v1/perpetrators?show=serial").await?;
    let list = list.good()?.json()?;
    let people = list["people"].as_array().ok_or(Stumble::Missing(step, "people"))?;
    Ok(people.len() as u32)
}

/// Lets time pass until the next Saturday at nine in the evening.
async fn saturday(clock: &Clock) -> Result<(), Stumble> {
    let now = clock.now().await?;
    let day = now.div_euclid(crate::disclosure::DAY);
    // The first day of the epoch was a Thursday.
    let ahead = (2 - day).rem_euclid(7);
    let ahead = if ahead == 0 { 7 } else { ahead };
    clock.pass_until((day + ahead) * crate::disclosure::DAY + 21 * HOUR).await
}

async fn play_all(
    hands: Arc<Hands>,
    clock: &Clock,
    watch: &Arc<Watch>,
    phase: Phase,
    cases: Vec<Case>,
) -> Vec<Case> {
    let mut lanes: Vec<Vec<Case>> = (0..limits::WEEKEND_LANES).map(|_| vec![]).collect();
    for (at, case) in cases.into_iter().enumerate() {
        lanes[at % limits::WEEKEND_LANES].push(case);
    }
    let mut running = JoinSet::new();
    for mut lane in lanes {
        let (hands, clock, watch) = (hands.clone(), clock.clone(), watch.clone());
        running.spawn(async move {
            for case in &mut lane {
                case.play(&hands, &clock, phase).await;
                if phase == Phase::Monday {
                    watch.settled();
                }
            }
            lane
        });
    }
    running.join_all().await.into_iter().flatten().collect()
}

/// Waits until the board of promises has been still for a moment: what follows from what was done
/// by itself must not find that hours have passed meanwhile.
async fn settle(site: &Site) -> Result<(), Stumble> {
    let step = "waiting for the board to be still";
    let supervisor = Officer::sign_in(site, "supervisor").await?;
    let (mut before, mut still) = (String::new(), 0);
    for _ in 0..limits::SETTLED {
        let page = supervisor.0.get(step, "/promises").await?.good()?;
        let now = figures(&page.text()).ok_or(Stumble::Missing(step, "figures"))?;
        still = if now == before { still + 1 } else { 0 };
        if still >= limits::STILL {
            return Ok(());
        }
        before = now;
        tokio::time::sleep(limits::LOOK).await;
    }
    Err(Stumble::Late(step))
}

/// The numbers at the head of the board.
fn figures(page: &str) -> Option<String> {
    between(page, "<div class=\"figures\">", "</form>").map(str::to_owned)
}

/// What the sheet of the handover says was missed.
async fn missed(supervisor: &Officer) -> Result<Option<u64>, Stumble> {
    let step = "reading the handover";
    let page = supervisor.0.get(step, "/promises/handover").await?.good()?;
    let text = page.text();
    let before = text.split("</b><span>missed</span>").next().unwrap_or_default();
    let number = before.rsplit("<b>").next().unwrap_or_default();
    Ok(between(&format!("[{number}]"), "[", "]").and_then(|number| number.parse().ok()))
}

/// Hours to the first contact, which 95 % of the referrals did not exceed.
fn percentile_95(cases: &[Case]) -> Option<f64> {
    let mut hours: Vec<f64> = cases.iter().filter_map(Case::hours_to_contact).collect();
    hours.sort_by(f64::total_cmp);
    let place = (hours.len() * 95).div_ceil(100).checked_sub(1)?;
    hours.get(place).map(|hours| (hours * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekend_with_a_missed_promise_or_an_unfinished_incident_does_not_pass() {
        let good = Weekend {
            incidents: 2,
            incidents_finished: 2,
            promises_missed: Some(0),
            ..Weekend::default()
        };
        assert!(good.passed());
        assert!(!Weekend { promises_missed: Some(1), ..good.clone() }.passed());
        assert!(!Weekend { promises_missed: None, ..good.clone() }.passed());
        assert!(!Weekend { incidents_finished: 1, ..good.clone() }.passed());
        assert!(!Weekend { weekend_problems: vec!["x".into()], ..good }.passed());
        assert!(!Weekend::default().passed());
    }

    #[test]
    fn the_95th_of_a_hundred_is_the_percentile() {
        let case = |hours: i64| {
            let mut case = Case::new(0);
            (case.referred_at, case.contacted_at) = (Some(0), Some(hours * HOUR));
            case
        };
        let cases: Vec<Case> = (1..=100).rev().map(case).collect();
        assert_eq!(percentile_95(&cases), Some(95.0));
        assert_eq!(percentile_95(&[]), None);
    }
}
