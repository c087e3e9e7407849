//! Asks Cargo to embed again when the assets step has run. It must never run npm itself.

fn main() {
    for watched in ["../../web/dist/manifest.json", "../../locales", "templates"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let released = std::env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    if released && !std::path::Path::new("../../web/dist/manifest.json").exists() {
        println!("cargo::warning=web/dist is missing: run `cargo xtask assets` first");
    }
}
