//! The gate in tests: the cookie names the role, and one API key is known.

use async_trait::async_trait;
use engine::{Engine, Fault};
use kernel::Role;
use ui::{Gate, SignedIn};

/// The API key that the test gate knows.
pub const API_KEY: &str = "key-of-the-test-client";

pub(crate) struct OpenGate;

pub(crate) fn cookie(role: Role) -> String {
    format!("as {}", role.title()).replace(' ', "-")
}

#[async_trait]
impl Gate for OpenGate {
    async fn staff(&self, _: &Engine, value: &str) -> Result<Option<SignedIn>, Fault> {
        let role = Role::ALL.into_iter().find(|role| cookie(*role) == value);
        Ok(role.map(|role| SignedIn {
            id: crate::staff_id(role),
            name: format!("Test {}", role.title()),
            roles: vec![role],
            session: "session-1".into(),
        }))
    }

    fn client(&self, key: &str) -> Option<String> {
        (key == API_KEY).then(|| "test".to_owned())
    }
}
