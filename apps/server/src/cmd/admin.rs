//! `sightline admin create`: the first account, before anybody can sign in to make one.

use super::Done;
use crate::settings::Settings;
use crate::store::Store;
use engine::Caller;
use kernel::{Actor, Purpose, Role};
use std::process::ExitCode;

/// Makes the first administrator.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Makes an administrator; prints the password and the authenticator secret once.
    Create {
        /// What is typed at sign-in.
        login: String,
        /// The name that colleagues see.
        #[arg(long)]
        name: String,
    },
}

pub(crate) async fn run(settings: Settings, command: Command) -> Done {
    let Command::Create { login, name } = command;
    let store = Store::open(&settings).await?;
    let capability = access_web::capability();
    // The read model says whether the login is taken.
    let running = store.engine.run(capability.parts, |_| {}).await?;
    let secrets = access_web::Secrets::draw(&store.engine, login.trim());
    let account = access_web::NewAccount {
        login: &login,
        name: &name,
        roles: vec![Role::Administrator],
        password: &secrets.password,
        code_secret: &secrets.code_secret,
    };
    let caller = Caller { actor: Actor::System, purpose: Purpose::Administration };
    let made = access_web::create(&store.engine, &caller, account).await;
    running.stop().await;
    made?;
    println!("login         {login}");
    println!("password      {}", secrets.password);
    println!("authenticator {}", secrets.address);
    println!("They are shown once. Sign in, and make the other accounts on the accounts page.");
    Ok(ExitCode::SUCCESS)
}
