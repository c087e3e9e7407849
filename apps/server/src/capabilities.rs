//! The one list of capabilities, one line each, in the order of the journey.

use crate::messages::Messages;
use crate::policies::Policies;
use crate::settings::Settings;
use blobs::Blobs;
use evidence_web::Packages;
use recording_web::{Keeper, Stills};
use retention_web::Certificates;
use std::error::Error;
use std::sync::Arc;
use ui::Capability;

/// What the capabilities are handed.
pub(crate) struct Means {
    pub(crate) settings: Settings,
    pub(crate) messages: Messages,
    pub(crate) rooms: Arc<dyn call_web::Rooms>,
    pub(crate) keeper: Arc<Keeper>,
    pub(crate) blobs: Arc<Blobs>,
    pub(crate) stills: Arc<dyn Stills>,
    pub(crate) certificates: Arc<dyn Certificates>,
    pub(crate) packages: Arc<dyn Packages>,
}

/// Every capability of the service.
pub(crate) fn all(means: &Means) -> Result<Vec<Capability>, Fault> {
    Ok(vec![
        access_web::capability(),
        incident_web::capability(incident(means)?),
        perpetrator_web::capability(perpetrator(means)?),
        person_web::capability(own(means, "person.toml", person_web::Settings::read)?),
        hub_web::capability(),
        call_web::capability(call(means)?),
        recording_web::capability(means.keeper.clone(), means.stills.clone()),
        investigation_web::capability(investigation(means)?),
        risk_web::capability(risk(means)?),
        safeguarding_web::capability(safeguarding(means)?),
        referral_web::capability(referral(means)),
        arrest_web::capability(arrest(means)?),
        review_web::capability(own(means, "review.toml", review_web::Settings::read)?),
        promise_web::capability(own(means, "teams.toml", promise_web::Settings::read)?),
        insight_web::capability(),
        audit_web::capability(),
        retention_web::capability(means.certificates.clone()),
        evidence_web::capability(means.packages.clone()),
        disclosure_web::capability(disclosure(means)?),
    ])
}

type Fault = Box<dyn Error + Send + Sync>;

/// The force's own data of this file, else those that come with the service.
fn own<T: Default, E: std::fmt::Display>(
    means: &Means,
    name: &str,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, Fault> {
    Ok(Policies::open(&means.settings)?.own(name, read)?.unwrap_or_default())
}

fn risk(means: &Means) -> Result<risk_web::Settings, Fault> {
    let mut settings = risk_web::Settings::new(crate::instruments::load(&means.settings)?);
    let policies = Policies::open(&means.settings)?;
    if let Some(policy) = policies.own("risk.toml", risk_web::Settings::read_policy)? {
        settings.policy = policy;
    }
    Ok(settings)
}

fn safeguarding(means: &Means) -> Result<safeguarding_web::Settings, Fault> {
    let mut settings = safeguarding_web::Settings::default();
    let terms = settings.schools.terms.clone();
    let read = |text: &str| safeguarding_web::Settings::read(text, terms);
    if let Some(own) = Policies::open(&means.settings)?.own("schools.toml", read)? {
        settings = own;
    }
    Ok(settings)
}

fn perpetrator(means: &Means) -> Result<perpetrator_web::Settings, Fault> {
    let policies = Policies::open(&means.settings)?;
    let mut settings = perpetrator_web::Settings::default();
    let policy = policies.own("perpetrator.toml", perpetrator_web::Settings::read_policy)?;
    let harm = policies.own("harm.toml", perpetrator_web::Settings::read_harm)?;
    settings.policy = policy.unwrap_or(settings.policy);
    settings.harm = harm.unwrap_or(settings.harm);
    Ok(settings)
}

fn grades(means: &Means) -> Result<incident::GradeTable, Fault> {
    let own =
        Policies::open(&means.settings)?.own("grades.toml", incident_web::Settings::read_grades)?;
    Ok(own.unwrap_or(incident_web::Settings::default().grades))
}

/// The scheme's own table; every check is made by hand.
fn disclosure(means: &Means) -> Result<disclosure_web::Settings, Fault> {
    let mut settings = disclosure_web::Settings::new(grades(means)?);
    settings.table = means.settings.stages()?;
    Ok(settings)
}

fn incident(means: &Means) -> Result<incident_web::Settings, Fault> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    Ok(incident_web::Settings {
        webhooks: webhooks.collect::<Result<_, _>>()?,
        grades: grades(means)?,
    })
}

fn referral(means: &Means) -> referral_web::Settings {
    referral_web::Settings {
        channel: means.messages.channel.clone(),
        origin: means.settings.origin.clone(),
        loopback: !means.settings.production,
        kinds: referral_web::demonstration_kinds(),
    }
}

fn arrest(means: &Means) -> Result<arrest_web::Settings, Fault> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    let own =
        Policies::open(&means.settings)?.own("arrest.toml", arrest_web::Settings::read_policy)?;
    Ok(arrest_web::Settings {
        webhooks: webhooks.collect::<Result<_, _>>()?,
        policy: own.unwrap_or(arrest_web::Settings::default().policy),
    })
}

fn investigation(means: &Means) -> Result<investigation_web::Settings, Fault> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    Ok(investigation_web::Settings {
        tables: means.settings.tables()?,
        webhooks: webhooks.collect::<Result<_, _>>()?,
        blobs: means.blobs.clone(),
    })
}

fn call(means: &Means) -> Result<call_web::Settings, Fault> {
    let token = &means.settings.messages.receipts_token;
    let receipts = match token.is_empty() {
        true => None,
        false => Some(notify::govuk::Bearer::new(notify::Secret::new(token.clone()))?),
    };
    Ok(call_web::Settings {
        origin: means.settings.origin.clone(),
        channel: means.messages.channel.clone(),
        numbers: means.messages.numbers,
        receipts,
        rooms: means.rooms.clone(),
    })
}
