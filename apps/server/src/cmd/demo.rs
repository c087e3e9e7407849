//! `sightline demo`: the whole service with invented people, on this machine only.

use super::{Done, serve};
use crate::house::House;
use crate::settings::Settings;

/// Runs the demonstration.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    serve: serve::Arguments,
    /// Lets synthetic people make one or two calls at a time, so that the boards are alive.
    #[arg(long)]
    alive: bool,
}

pub(crate) async fn run(mut settings: Settings, arguments: Arguments) -> Done {
    settings.production = false;
    settings.demo = true;
    settings.messages.texts = "screen".into();
    serve::listen_as_told(&mut settings, &arguments.serve);
    serve::start_logging(&settings);
    let house = House::for_demo(&settings).await?;
    crate::demo::seed(&house.store.engine).await?;
    println!("Play it yourself: open {}/demo", settings.origin);
    if arguments.alive {
        let origin = settings.origin.clone();
        tokio::spawn(async move {
            rehearsal::keep_alive(&origin, |stumble| {
                tracing::warn!(%stumble, "the background rehearsal begins again");
            })
            .await;
        });
    }
    serve::serve(house, &arguments.serve).await
}
