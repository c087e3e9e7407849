//! `sightline demo`: the whole service with invented people, on this machine only.

use super::{Done, serve};
use crate::house::House;
use crate::settings::Settings;

pub(crate) async fn run(mut settings: Settings, arguments: serve::Arguments) -> Done {
    settings.production = false;
    settings.demo = true;
    settings.messages.texts = "screen".into();
    serve::listen_as_told(&mut settings, &arguments);
    serve::start_logging(&settings);
    let house = House::open(&settings).await?;
    crate::demo::seed(&house.store.engine).await?;
    println!("Play it yourself: open {}/demo", settings.origin);
    serve::serve(house).await
}
