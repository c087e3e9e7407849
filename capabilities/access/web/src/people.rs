//! The read model of accounts and live sessions, and the making of an account.

use access::{Command, Event, Refusal, Staff};
use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use engine::{Caller, Engine, Fault, Opened, ReadModel, Refused, Tx};
use kernel::{At, Role, id::StaffId};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// Accounts and sessions.
pub(crate) struct People;

/// What of an account is personal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Name {
    pub(crate) login: String,
    pub(crate) name: String,
}

/// One account, for a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) roles: Vec<&'static str>,
    pub(crate) enabled: bool,
    pub(crate) sessions: i64,
}

#[async_trait]
impl ReadModel for People {
    fn name(&self) -> &'static str {
        "access_people"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["access_accounts", "access_sessions"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE access_accounts (
                stream TEXT PRIMARY KEY, login_index TEXT NOT NULL UNIQUE, roles TEXT NOT NULL,
                enabled INTEGER NOT NULL, sealed BLOB) STRICT",
            "CREATE TABLE access_sessions (
                session TEXT PRIMARY KEY, stream TEXT NOT NULL, expires_at INTEGER NOT NULL)
                STRICT",
            "CREATE INDEX access_sessions_by_stream ON access_sessions (stream)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &[
            "DELETE FROM access_accounts WHERE stream = $1",
            "DELETE FROM access_sessions WHERE stream = $1",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("staff.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let stream = &event.stream;
        match event.decode::<Event>()? {
            Event::AccountCreated { login, login_index, name, roles } => {
                let name = Name {
                    login: login.into_known().unwrap_or_default(),
                    name: name.into_known().unwrap_or_default(),
                };
                let sealed = engine.seal_row(stream, &name).await?;
                sqlx::query("INSERT INTO access_accounts VALUES ($1, $2, $3, 1, $4)")
                    .bind(stream)
                    .bind(login_index)
                    .bind(json(&roles)?)
                    .bind(sealed)
                    .execute(tx)
                    .await?;
            }
            Event::RolesChanged { roles } => {
                sqlx::query("UPDATE access_accounts SET roles = $2 WHERE stream = $1")
                    .bind(stream)
                    .bind(json(&roles)?)
                    .execute(tx)
                    .await?;
            }
            Event::Disabled {} => set_enabled(stream, false, tx).await?,
            Event::Enabled {} => set_enabled(stream, true, tx).await?,
            Event::SessionStarted { session, expires_at, .. } => {
                sqlx::query("INSERT INTO access_sessions VALUES ($1, $2, $3)")
                    .bind(session)
                    .bind(stream)
                    .bind(expires_at.0)
                    .execute(tx)
                    .await?;
            }
            Event::SessionEnded { session, .. } => {
                sqlx::query("DELETE FROM access_sessions WHERE session = $1")
                    .bind(session)
                    .execute(tx)
                    .await?;
            }
            Event::PasswordSet { .. } | Event::CodeEnrolled { .. } | Event::SignInFailed {} => {}
        }
        Ok(())
    }
}

async fn set_enabled(stream: &str, enabled: bool, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE access_accounts SET enabled = $2 WHERE stream = $1")
        .bind(stream)
        .bind(enabled)
        .execute(tx)
        .await?;
    Ok(())
}

fn json(roles: &[Role]) -> Result<String, Fault> {
    serde_json::to_string(roles).map_err(Fault::Encode)
}

pub(crate) fn roles_of(json: &str) -> Vec<Role> {
    serde_json::from_str(json).unwrap_or_default()
}

/// The account with this login, if there is one.
pub async fn by_login(engine: &Engine, login: &str) -> Result<Option<StaffId>, Fault> {
    let row = sqlx::query("SELECT stream FROM access_accounts WHERE login_index = $1")
        .bind(login_index(engine, login))
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.and_then(|row| StaffId::of_stream(row.get(0))))
}

/// Every account, by stream; at most a thousand, which is more than a hub has.
pub(crate) async fn all(engine: &Engine, at: At) -> Result<Vec<Listed>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, roles, enabled, sealed,
            (SELECT count(*) FROM access_sessions s
             WHERE s.stream = a.stream AND s.expires_at > $1)
         FROM access_accounts a ORDER BY stream LIMIT 1000",
    )
    .bind(at.0)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let stream: String = row.get(0);
        let sealed: Option<Vec<u8>> = row.get(3);
        let name = engine.open_row::<Name>(&stream, sealed.as_deref()).await?;
        let name = name.into_known().unwrap_or_default();
        let roles: String = row.get(1);
        listed.push(Listed {
            id: stream.trim_start_matches("staff/").to_owned(),
            login: name.login,
            name: name.name,
            roles: roles_of(&roles).into_iter().map(Role::title).collect(),
            enabled: row.get(2),
            sessions: row.get(4),
        });
    }
    Ok(listed)
}

/// The blind index of a login; case and outer blanks do not count.
pub fn login_index(engine: &Engine, login: &str) -> String {
    BASE64.encode(engine.blind("login", &login.trim().to_lowercase()))
}

/// What a new account is made of.
pub struct NewAccount<'a> {
    /// What is typed at sign-in.
    pub login: &'a str,
    /// The name that colleagues and the person on the call see.
    pub name: &'a str,
    /// What it may.
    pub roles: Vec<Role>,
    /// The first password.
    pub password: &'a str,
    /// The code generator's secret, base 32.
    pub code_secret: &'a str,
}

/// Makes an account that can sign in at once. The login must not be taken.
pub async fn create(
    engine: &Engine,
    caller: &Caller,
    account: NewAccount<'_>,
) -> Result<StaffId, Refused<Refusal>> {
    if by_login(engine, account.login).await?.is_some() {
        return Err(Refused::Refusal(Refusal::Exists));
    }
    let id = StaffId::birth(engine.now(), engine.luck16());
    let (password, salt) = (account.password.to_owned(), engine.luck16());
    let hash = tokio::task::spawn_blocking(move || crate::password::hash(&password, salt));
    let hash = hash.await.expect("hashing does not panic");
    let commands = [
        Command::Create {
            login: account.login.trim().to_owned(),
            login_index: login_index(engine, account.login),
            name: account.name.trim().to_owned(),
            roles: account.roles,
        },
        Command::SetPassword { hash },
        Command::EnrolCode { secret: account.code_secret.to_owned() },
    ];
    for command in commands {
        engine.execute::<Staff>(&id.stream(), command, caller, None).await?;
    }
    Ok(id)
}
