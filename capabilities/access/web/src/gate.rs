//! The gate: a cookie's value to a live session, an API key to a client. Only hashes are kept
//! of either.

use crate::people::{Name, roles_of};
use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use engine::{Engine, Fault};
use kernel::id::StaffId;
use sqlx::Row;
use subtle::ConstantTimeEq;
use ui::{Gate, SignedIn};

/// One of the force's systems.
#[derive(Clone)]
pub struct ApiClient {
    /// Its name, as the journal keeps it.
    pub name: String,
    /// SHA-256 of its key.
    pub key_sha256: [u8; 32],
}

impl ApiClient {
    /// The client with this very key, of which only the hash is kept.
    pub fn with_key(name: &str, key: &str) -> Self {
        let mut key_sha256 = [0; 32];
        key_sha256.copy_from_slice(digest(&SHA256, key.as_bytes()).as_ref());
        Self { name: name.to_owned(), key_sha256 }
    }
}

/// The gate over the accounts of this service.
pub struct StaffGate {
    clients: Vec<ApiClient>,
}

impl StaffGate {
    /// A gate that also knows these clients.
    pub const fn new(clients: Vec<ApiClient>) -> Self {
        Self { clients }
    }
}

#[async_trait]
impl Gate for StaffGate {
    async fn staff(&self, engine: &Engine, cookie: &str) -> Result<Option<SignedIn>, Fault> {
        let session = hash(cookie);
        let row = sqlx::query(
            "SELECT a.stream, a.roles, a.sealed FROM access_sessions s
             JOIN access_accounts a ON a.stream = s.stream
             WHERE s.session = $1 AND s.expires_at > $2 AND a.enabled = 1",
        )
        .bind(&session)
        .bind(engine.now().0)
        .fetch_optional(engine.reads().pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (stream, roles): (String, String) = (row.get(0), row.get(1));
        let sealed: Option<Vec<u8>> = row.get(2);
        let name = engine.open_row::<Name>(&stream, sealed.as_deref()).await?;
        Ok(StaffId::of_stream(&stream).map(|id| SignedIn {
            id,
            name: name.into_known().unwrap_or_default().name,
            roles: roles_of(&roles),
            session,
        }))
    }

    fn client(&self, key: &str) -> Option<String> {
        let hash = digest(&SHA256, key.as_bytes());
        let found = self.clients.iter().find(|c| bool::from(c.key_sha256.ct_eq(hash.as_ref())));
        found.map(|client| client.name.clone())
    }
}

/// What the journal keeps of a session: the hash of its cookie's value.
pub(crate) fn hash(cookie: &str) -> String {
    BASE64.encode(digest(&SHA256, cookie.as_bytes()))
}

/// A new session's secret: the cookie's value, and what the journal keeps of it.
pub(crate) fn new_session(engine: &Engine) -> (String, String) {
    let mut secret = engine.luck16().to_vec();
    secret.extend(engine.luck16());
    let value = BASE64.encode(secret);
    let session = hash(&value);
    (value, session)
}

/// The `Set-Cookie` line of a session.
pub fn session_cookie(value: &str) -> String {
    let life = access::limits::SESSION_LIFE.as_secs();
    let name = ui::guard::COOKIE_NAME;
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={life}")
}
