//! The pages as officers, agencies and their systems use them.

mod agencies;
mod conference;
mod hub;
mod panel;
mod partner;

use crate::{DEMONSTRATION, Settings, capability, demonstration_kinds, import};
use async_trait::async_trait;
use incident::report::{ContactFlags, Person, Relationship, Report, SafeContact, Source, Suspect};
use incident::{Incident, IncidentId};
use kernel::{At, Personal, Role};
use notify::{Accepted, Channel, Delivery, Message, Recipient, SendFault};
use referral::agency::{Agency, Command as AgencyCommand};
use referral::{AgencyId, Basis, Command, Referral, ReferralId, Request};
use std::sync::{Arc, Mutex};
use testkit::{START, TestApp, staff_id};

/// Keeps what would have been sent.
#[derive(Default)]
pub(crate) struct Kept(pub(crate) Mutex<Vec<Message>>);

#[async_trait]
impl Channel for Kept {
    async fn send(&self, _: At, message: Message) -> Result<Accepted, SendFault> {
        self.0.lock().unwrap().push(message);
        Ok(Accepted { provider_id: "1".into(), delivery: Delivery::Sent })
    }
}

/// The house with its directory, and what it sent.
pub(crate) struct House {
    pub(crate) app: TestApp,
    pub(crate) sent: Arc<Kept>,
}

pub(crate) const KEY: &str = "key-of-an-agency";

impl House {
    pub(crate) async fn new() -> Self {
        let sent = Arc::new(Kept::default());
        let settings = Settings {
            channel: sent.clone(),
            origin: "https://hub.example".into(),
            loopback: false,
            kinds: demonstration_kinds(),
        };
        let mut incidents = ui::Capability { name: "incident", ..Default::default() };
        incidents.permits = incident::permit::PERMITS;
        let app = TestApp::new(vec![capability(settings), incidents]).await;
        let caller = TestApp::caller(Role::Administrator);
        import(&app.engine, &caller, DEMONSTRATION).await.unwrap();
        Self { app, sent }
    }

    /// The only agency for a kind of help.
    pub(crate) async fn agency(&self, kind: &str) -> AgencyId {
        crate::agency_for(&self.app.engine, kind).await.unwrap().unwrap()
    }

    /// Lets the partner of these tests work there, and nowhere else.
    pub(crate) async fn works_for(&self, agency: AgencyId) {
        let (engine, staff) = (&self.app.engine, staff_id(Role::Partner));
        let caller = TestApp::caller(Role::Administrator);
        if let Some(before) = crate::agencies::of_worker(engine, staff).await.unwrap() {
            let remove = AgencyCommand::RemoveWorker { staff };
            engine.execute::<Agency>(&before.stream(), remove, &caller, None).await.unwrap();
        }
        crate::attach(engine, &caller, agency, staff).await.unwrap();
    }

    /// Gives an agency's system a key.
    pub(crate) async fn key(&self, agency: AgencyId) {
        let issue = AgencyCommand::IssueKey { sha256: crate::partner::hash(KEY) };
        let caller = TestApp::caller(Role::Administrator);
        self.app.engine.execute::<Agency>(&agency.stream(), issue, &caller, None).await.unwrap();
    }

    pub(crate) async fn incident(&self, number: u128, name: &str) -> IncidentId {
        let id = IncidentId(number);
        let report = Report {
            source: Source::Emergency,
            called_at: START,
            force_reference: Personal::default(),
            person: Personal::new(Person {
                name: name.into(),
                date_of_birth: Some("1990-02-03".into()),
                phone: "07700 900111".into(),
                ..Person::default()
            }),
            place: Personal::default(),
            account: Personal::new("He came back.".to_owned()),
            contact: Personal::new(SafeContact {
                phone: Some("07700 900222".into()),
                times: "After nine".into(),
                words: "Say you are the dentist".into(),
            }),
            contact_flags: ContactFlags { no_voicemail: true, ..ContactFlags::default() },
            thrive: Default::default(),
            suspect: Personal::new(Suspect { name: "Example Man".into(), ..Suspect::default() }),
            relationship: Relationship::FormerPartner,
            children: true,
        };
        let command = incident::Command::Report(Box::new(report));
        let caller = TestApp::caller(Role::CallHandler);
        let engine = &self.app.engine;
        engine.execute::<Incident>(&id.stream(), command, &caller, None).await.unwrap();
        id
    }

    /// Refers, and waits until it has gone out.
    pub(crate) async fn refer(&self, number: u128, incident: IncidentId, kind: &str) -> ReferralId {
        let id = ReferralId(number);
        let table = demonstration_kinds();
        let kind = table.get(kind).unwrap().clone();
        let criteria = kind.criteria.iter().take(1).map(|one| one.code.clone()).collect();
        let request = Request {
            incident,
            basis: Basis::Consent,
            override_reason: String::new(),
            ground: None,
            criteria,
            withheld: vec![],
            summary: format!("Afraid tonight, {number}."),
            due_in_hours: kind.due_hours,
            to: None,
            kind,
        };
        let command = Command::Request(Box::new(request));
        let caller = TestApp::caller(Role::Responder);
        let engine = &self.app.engine;
        engine.execute::<Referral>(&id.stream(), command, &caller, None).await.unwrap();
        self.app.eventually("it goes out", async || self.step(id).await == "sent").await;
        id
    }

    pub(crate) async fn step(&self, id: ReferralId) -> &'static str {
        let (state, _) = self.app.engine.state::<Referral>(&id.stream()).await.unwrap();
        state.0.map_or("none", |asked| asked.step.code())
    }

    /// To which mailboxes, in order.
    pub(crate) fn mailboxes(&self) -> Vec<String> {
        let sent = self.sent.0.lock().unwrap();
        sent.iter()
            .map(|message| match &message.to {
                Recipient::Email(email) => email.text().to_owned(),
                Recipient::Mobile(_) => "a telephone".to_owned(),
            })
            .collect()
    }
}
