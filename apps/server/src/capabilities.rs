//! The one list of capabilities, one line each, in the order of the journey.

use crate::messages::Messages;
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
pub(crate) fn all(means: &Means) -> Result<Vec<Capability>, Box<dyn Error + Send + Sync>> {
    Ok(vec![
        access_web::capability(),
        incident_web::capability(incident(means)?),
        perpetrator_web::capability(perpetrator_web::Settings::default()),
        person_web::capability(person_web::Settings::default()),
        hub_web::capability(),
        call_web::capability(call(means)?),
        recording_web::capability(means.keeper.clone(), means.stills.clone()),
        investigation_web::capability(investigation(means)?),
        risk_web::capability(risk_web::Settings::new(crate::instruments::load(&means.settings)?)),
        safeguarding_web::capability(safeguarding_web::Settings::default()),
        referral_web::capability(referral(means)),
        arrest_web::capability(arrest(means)?),
        review_web::capability(review_web::Settings::default()),
        promise_web::capability(promise_web::Settings::default()),
        insight_web::capability(),
        audit_web::capability(),
        retention_web::capability(means.certificates.clone()),
        evidence_web::capability(means.packages.clone()),
        disclosure_web::capability(disclosure(means)?),
    ])
}

/// The scheme's own table; every check is made by hand.
fn disclosure(means: &Means) -> Result<disclosure_web::Settings, Box<dyn Error + Send + Sync>> {
    let mut settings = disclosure_web::Settings::new(incident_web::Settings::default().grades);
    settings.table = means.settings.stages()?;
    Ok(settings)
}

fn incident(means: &Means) -> Result<incident_web::Settings, Box<dyn Error + Send + Sync>> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    Ok(incident_web::Settings {
        webhooks: webhooks.collect::<Result<_, _>>()?,
        ..incident_web::Settings::default()
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

fn arrest(means: &Means) -> Result<arrest_web::Settings, Box<dyn Error + Send + Sync>> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    Ok(arrest_web::Settings {
        webhooks: webhooks.collect::<Result<_, _>>()?,
        ..arrest_web::Settings::default()
    })
}

fn investigation(
    means: &Means,
) -> Result<investigation_web::Settings, Box<dyn Error + Send + Sync>> {
    let webhooks = means.settings.webhooks.iter().map(crate::messages::webhook);
    Ok(investigation_web::Settings {
        tables: means.settings.tables()?,
        webhooks: webhooks.collect::<Result<_, _>>()?,
        blobs: means.blobs.clone(),
    })
}

fn call(means: &Means) -> Result<call_web::Settings, Box<dyn Error + Send + Sync>> {
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
