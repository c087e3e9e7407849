//! `sightline journal verify | checkpoint | key`.

use super::Done;
use crate::checkpoints::Checkpoints;
use crate::settings::Settings;
use crate::store::Store;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Looks at the journal.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Reads all of it against every signed checkpoint; names the first bad event, and says
    /// what is erased.
    Verify,
    /// Signs a checkpoint now and prints it.
    Checkpoint,
    /// Prints the public key that checks the checkpoints.
    Key,
}

pub(crate) async fn run(settings: Settings, command: Command) -> Done {
    let store = Store::open(&settings).await?;
    let checkpoints = Checkpoints::of(&settings, &store)?;
    match command {
        Command::Verify => {
            let report = verify(&store, &checkpoints).await?;
            println!("{report}");
            if !report.is_sound() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Checkpoint => print!("{}", checkpoints.sign_now(&*store.journal).await?),
        Command::Key => println!("{}", checkpoints.signer().line()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Verifies the journal against the checkpoints signed so far.
pub(crate) async fn verify(
    store: &Store,
    checkpoints: &Checkpoints,
) -> Result<journal::verify::Report, Box<dyn std::error::Error + Send + Sync>> {
    let now = store.engine.now();
    let classes = RefCell::new(BTreeMap::<String, Option<String>>::new());
    let erased = |record: &journal::Recorded| {
        if let Some((name, epoch)) = engine::wrapped_epoch(record) {
            let gone = store.vault.is_destroyed(&epoch) && !store.vault.is_kept(&name, now);
            classes.borrow_mut().insert(name, gone.then_some(epoch.class));
        }
        classes.borrow().get(&engine::key_of(record)).cloned().flatten()
    };
    let heads = checkpoints.heads()?;
    Ok(journal::verify::verify(&*store.journal, heads, erased).await?)
}
