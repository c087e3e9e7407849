//! What the disclosures of a rehearsal came to, and what was forgotten of them: their part of
//! the report.

use crate::disclosure::Disclosed;
use crate::forgetting::Forgotten;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The figures. Names stay as they are: others read this file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgot {
    /// How many applied.
    pub applications: u32,
    /// How many were told by video, to the end.
    pub disclosures: u32,
    /// How many were told nothing, with the neutral answer.
    pub without_disclosure: u32,
    /// How many were told within 28 days of applying.
    pub within_28_days: u32,
    /// How many recordings played, and were gone within 30 days of the disclosure: page and file
    /// say so, and a certificate names it.
    pub dropped_within_30_days: u32,
    /// Certificates of erasure that were handed out, one an epoch.
    pub certificates: u32,
    /// How many of them another process verified, with the key given another way.
    pub certificates_verified: u32,
    /// Pieces of residue that the certificates tell of; none while there is no certificate.
    pub residue_found: Option<u64>,
}

impl Forgot {
    /// What was seen.
    pub fn of(forgotten: &Forgotten) -> Self {
        let Forgotten { disclosed, certificates, .. } = forgotten;
        let count =
            |want: &dyn Fn(&&Disclosed) -> bool| number(disclosed.iter().filter(want).count());
        let certified = |one: &&Disclosed| {
            one.call.as_ref().is_some_and(|call| certificates.iter().any(|of| of.names(call)))
        };
        let found: Option<u64> = certificates.iter().map(|one| one.residue_found()).sum();
        Self {
            applications: number(disclosed.len()),
            disclosures: count(&|one| one.made_at.is_some()),
            without_disclosure: count(&|one| one.ended_without),
            within_28_days: count(&|one| one.within_scheme()),
            dropped_within_30_days: count(&|one| one.dropped_in_time() && certified(one)),
            certificates: number(certificates.len()),
            certificates_verified: number(certificates.iter().filter(|one| one.verified).count()),
            residue_found: found.filter(|_| !certificates.is_empty()),
        }
    }

    /// Whether everybody came to an end in time, and everything is gone, proved and without a
    /// trace.
    pub fn passed(&self) -> bool {
        let Self { disclosures, certificates, .. } = *self;
        disclosures > 0
            && disclosures + self.without_disclosure == self.applications
            && self.within_28_days == disclosures
            && self.dropped_within_30_days == disclosures
            && certificates > 0
            && self.certificates_verified == certificates
            && self.residue_found == Some(0)
    }
}

/// What went wrong, in words.
pub(crate) fn problems(forgotten: &Forgotten) -> impl Iterator<Item = String> {
    let of_one = |one: &Disclosed| {
        let recorded = one.recording.problem.clone();
        [one.stumble.clone(), recorded.map(|problem| format!("disclosure: {problem}"))]
    };
    let all = forgotten.disclosed.iter().flat_map(of_one).flatten();
    all.chain(forgotten.stumble.clone())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl fmt::Display for Forgot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { applications, disclosures, without_disclosure, within_28_days, .. } = self;
        let Self { dropped_within_30_days, certificates, certificates_verified, .. } = self;
        writeln!(
            f,
            "applications     {applications}: {disclosures} told by video, {within_28_days} of \
             them within 28 days; {without_disclosure} told nothing"
        )?;
        writeln!(
            f,
            "forgotten        {dropped_within_30_days} of {disclosures} recordings within 30 days"
        )?;
        write!(f, "certificates     {certificates_verified} of {certificates} verified, ")?;
        match self.residue_found {
            Some(found) => writeln!(f, "{found} pieces of residue found"),
            None => writeln!(f, "nothing known of residue"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Judged;
    use crate::forgetting::Certified;
    use serde_json::json;

    const DAY: i64 = 86_400;

    fn whole() -> Forgotten {
        let told = Disclosed {
            call: Some("00c1".into()),
            applied_at: Some(5),
            made_at: Some(9),
            recording: Judged { found: true, ..Judged::default() },
            gone_at: Some(30 * DAY),
            ..Disclosed::default()
        };
        let without = Disclosed { ended_without: true, ..Disclosed::default() };
        let account = json!({ "names": ["recording/00c1"], "scan": { "found": 0 } });
        let bytes = json!({ "statement": { "account": account } }).to_string().into_bytes();
        let certificate = Certified { epoch: "e".into(), bytes, verified: true };
        let disclosed = vec![told, without];
        Forgotten { disclosed, certificates: vec![certificate], stumble: None }
    }

    #[test]
    fn it_passes_only_when_all_were_told_all_is_gone_and_all_is_proved() {
        let forgot = Forgot::of(&whole());
        assert!(forgot.passed(), "{forgot:?}");
        assert_eq!((forgot.disclosures, forgot.applications), (1, 2));
        let spoilt: [fn(&mut Forgotten); 7] = [
            |all| all.certificates[0].verified = false,
            |all| all.certificates.clear(),
            |all| all.disclosed[0].gone_at = None,
            |all| all.disclosed[0].call = Some("00c2".into()),
            |all| all.disclosed[0].recording.found = false,
            |all| all.disclosed[0].applied_at = Some(-40 * DAY),
            |all| all.disclosed[1].ended_without = false,
        ];
        for (at, spoil) in spoilt.iter().enumerate() {
            let mut all = whole();
            spoil(&mut all);
            assert!(!Forgot::of(&all).passed(), "{at}");
        }
        assert!(!Forgot::default().passed());
    }

    #[test]
    fn residue_is_a_failure_and_silence_about_it_too() {
        let forgot = Forgot::of(&whole());
        assert!(!Forgot { residue_found: Some(1), ..forgot.clone() }.passed());
        assert!(!Forgot { residue_found: None, ..forgot }.passed());
    }
}
