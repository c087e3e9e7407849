//! Many calls at once, one officer each, on one service.

use crate::call::{self, Played};
use crate::officer::Officer;
use crate::process::Process;
use crate::tally::Tally;
use crate::web::Site;
use crate::{Judged, Stumble, Watch, forgetting, limits, recording, weekend};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// How much is rehearsed.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Calls at once.
    pub calls: u32,
    /// How long each lasts, face to face.
    pub seconds: u32,
    /// Disclosures by video, each of a few seconds, after the calls; and then time passes until
    /// their recordings are gone.
    pub disclosures: u32,
    /// Incidents of a weekend after the calls, through the whole of the casework.
    pub weekend: u32,
}

/// What the actors of one rehearsal share.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Where the service is.
    pub(crate) site: Site,
    /// The API key of the control room's own system.
    pub(crate) key: String,
    /// How long they see each other.
    pub(crate) length: Duration,
    /// How long somebody waits in the lobby.
    pub(crate) lobby: Duration,
    /// Whether people take their time, as on a board that somebody looks at.
    pub(crate) gentle: bool,
    /// The first telephone number of this rehearsal, after 07700 900200.
    pub(crate) first: u32,
    /// Who watches.
    pub(crate) watch: Arc<Watch>,
}

impl Stage {
    /// Takes the time that a person takes, if this is a gentle one.
    pub(crate) async fn pause(&self, seconds: u64) {
        if self.gentle {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
        }
    }

    /// The telephone at this place: 07700 900200 to 900999, which nobody will ever have.
    pub(crate) fn number(&self, place: u32) -> String {
        format!("07700 900{}", 200 + (self.first + place) % 800)
    }
}

/// The desks of a demonstration: an API key and officers who are on shift.
pub(crate) async fn desks(site: &Site, count: u32) -> Result<(String, Vec<Officer>), Stumble> {
    let step = "asking for desks";
    let visitor = site.visitor();
    let answer = visitor.post(step, "/demo/rehearsal", &json!({ "count": count })).await?.good()?;
    let logins = answer.json()?["officers"].as_array().cloned().unwrap_or_default();
    let mut officers = Vec::with_capacity(logins.len());
    for login in logins.iter().filter_map(serde_json::Value::as_str) {
        let officer = Officer::sign_in(site, login).await?;
        officer.come_on().await?;
        officers.push(officer);
    }
    if officers.len() < count as usize {
        return Err(Stumble::Missing(step, "enough officers"));
    }
    Ok((answer.field("api_key")?, officers))
}

/// How many events a running demonstration has, and whether its journal is sound.
pub async fn journal(site: &Site) -> Result<(u64, bool), Stumble> {
    let step = "verifying the journal";
    let answer = site.visitor().post(step, "/demo/rehearsal/journal", &json!({})).await?.good()?;
    let body = answer.json()?;
    let found = body["events"].as_u64().zip(body["verified"].as_bool());
    found.ok_or(Stumble::Missing(step, "a verdict"))
}

/// Plays them all, fetches every recording back, and says what was seen. `server` is measured
/// while the calls go on, when it is known.
pub async fn rehearse(
    site: &Site,
    plan: Plan,
    watch: Arc<Watch>,
    server: Option<Process>,
) -> Result<Tally, Stumble> {
    let (key, officers) = desks(site, plan.calls).await?;
    let stage = Stage {
        site: site.clone(),
        key,
        length: Duration::from_secs(plan.seconds.into()),
        lobby: limits::LOBBY,
        gentle: false,
        first: 0,
        watch,
    };
    let before = server.and_then(Process::cpu_seconds);
    let (enough, told) = oneshot::channel();
    let memory = tokio::spawn(most_memory(server, told));
    let played = play_all(&stage, &officers).await;
    let after = server.and_then(Process::cpu_seconds);
    let _ = enough.send(());
    let rss_mib = memory.await.ok().flatten();
    let recordings = judge_all(&stage, &played, &officers).await;
    let cpu_seconds = before.zip(after).map(|(before, after)| after - before);
    let forgotten = match plan.disclosures {
        0 => None,
        wanted => Some(forgetting::rehearse(&stage, plan.calls, wanted).await?),
    };
    let weekend = match plan.weekend {
        0 => None,
        wanted => Some(weekend::rehearse((site, &stage.key), &stage.watch, wanted).await?),
    };
    Ok(Tally { played, recordings, cpu_seconds, rss_mib, forgotten, weekend })
}

async fn play_all(stage: &Stage, officers: &[Officer]) -> Vec<Played> {
    let mut running = JoinSet::new();
    for (place, officer) in officers.iter().enumerate() {
        let (stage, officer) = (stage.clone(), officer.clone());
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        running.spawn(async move {
            tokio::time::sleep(limits::REPORTS_APART * place).await;
            (place, call::play(&stage, place, &officer).await)
        });
    }
    let mut played = vec![Played::default(); officers.len()];
    while let Some(ended) = running.join_next().await {
        if let Ok((place, one)) = ended
            && let Some(slot) = played.get_mut(place as usize)
        {
            *slot = one;
        }
    }
    played
}

async fn judge_all(stage: &Stage, played: &[Played], officers: &[Officer]) -> Vec<Judged> {
    let mut running = JoinSet::new();
    for (one, officer) in played.iter().zip(officers) {
        let Some(call) = one.call.clone() else { continue };
        let (lasted, officer, watch) = (one.lasted, officer.clone(), stage.watch.clone());
        running.spawn(async move {
            let judged = recording::judge(&officer, &format!("/calls/{call}"), lasted).await;
            watch.checked();
            judged
        });
    }
    running.join_all().await
}

/// Looks at the server's memory until told to stop.
async fn most_memory(server: Option<Process>, mut told: oneshot::Receiver<()>) -> Option<f64> {
    let mut most: Option<f64> = None;
    loop {
        if let Some(now) = server.and_then(Process::rss_mib) {
            most = Some(most.map_or(now, |most| most.max(now)));
        }
        tokio::select! {
            _ = &mut told => return most,
            () = tokio::time::sleep(limits::MEMORY) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telephone_of_a_rehearsal_is_one_that_nobody_has() {
        let site = Site::at("http://127.0.0.1:1").unwrap();
        let stage = Stage {
            site,
            key: String::new(),
            length: Duration::ZERO,
            lobby: Duration::ZERO,
            gentle: false,
            first: 790,
            watch: Arc::default(),
        };
        assert_eq!(stage.number(0), "07700 900990");
        assert_eq!(stage.number(10), "07700 900200");
    }
}
