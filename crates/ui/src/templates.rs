//! Pages from templates: one environment for our pages, one for the official components.
//! Names a template may use are registered here; what they say lives in `templates/`.

mod components;
mod dates;
mod fields;
mod parts;
mod words;

use crate::assets;
use crate::locale::Words;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, State, TemplateSource, UndefinedBehavior, Value,
};
use rust_embed::RustEmbed;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

pub(crate) use components::environment as component_environment;

/// Templates that belong to no capability: layouts, parts, error pages.
#[derive(RustEmbed)]
#[folder = "templates"]
struct Own;

/// The templates of one capability, made by [`page_templates!`](crate::page_templates).
#[derive(Clone, Copy, Debug)]
pub struct PageTemplates {
    /// The first part of each name: the capability's noun.
    pub folder: &'static str,
    /// Where they lie on the machine that built them; read live in debug builds.
    pub directory: &'static str,
    /// File name and text.
    pub files: &'static [(&'static str, &'static str)],
}

/// Names a capability's templates: `ui::page_templates!("incident": "report", "screen")` takes
/// `templates/report.html` and `templates/screen.html` of the calling crate.
#[macro_export]
macro_rules! page_templates {
    ($folder:literal : $($stem:literal),+ $(,)?) => {
        $crate::PageTemplates {
            folder: $folder,
            directory: concat!(env!("CARGO_MANIFEST_DIR"), "/templates"),
            files: &[$((
                concat!($stem, ".html"),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $stem, ".html")),
            )),+],
        }
    };
}

/// Renders pages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Templates {
    pages: Arc<Environment<'static>>,
    components: Arc<Environment<'static>>,
    words: Arc<Words>,
}

impl Templates {
    /// An environment with the templates of these capabilities.
    pub fn new(capabilities: Vec<PageTemplates>) -> Self {
        let words = Arc::new(Words::load());
        let components = Arc::new(component_environment());
        let mut pages = Environment::new();
        pages.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        pages.set_auto_escape_callback(|_| AutoEscape::Html);
        pages.set_auto_reload(cfg!(debug_assertions));
        pages.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        pages.set_formatter(components::formatter);
        pages.set_loader(move |name| Ok(load(name, &capabilities)));
        pages.add_function("asset", asset);
        pages.add_function("script", script);
        components::register(&mut pages, &components);
        fields::register(&mut pages, &components);
        words::register(&mut pages, &words);
        dates::register(&mut pages, &words);
        parts::register(&mut pages);
        Self { pages: Arc::new(pages), components, words }
    }

    /// The template `name` with `context`, which must hold `lang` (`View` sees to it).
    pub fn render(&self, name: &str, context: Value) -> Result<String, Error> {
        self.pages.get_template(name)?.render(context)
    }

    /// One official component alone, with what a `{% call %}` would hold: for the fixtures.
    pub fn component(&self, name: &str, params: Value, inner: &str) -> Result<String, Error> {
        let inner = Value::from_safe_string(inner.to_owned());
        let caller = match inner.is_true() {
            true => Value::from_function(move || inner.clone()),
            false => Value::UNDEFINED,
        };
        let out =
            components::render(&self.components, &format!("govuk/{name}.html"), params, caller)?;
        Ok(out.to_string())
    }

    /// The messages, for words that leave by another way than a page.
    pub fn words(&self) -> &Words {
        &self.words
    }
}

fn load(name: &str, capabilities: &[PageTemplates]) -> Option<TemplateSource> {
    if let Some((folder, file)) = name.split_once('/')
        && let Some(found) = capabilities.iter().find(|one| one.folder == folder)
    {
        let (_, text) = found.files.iter().find(|(have, _)| *have == file)?;
        return Some(live(Path::new(found.directory), file, text));
    }
    let text = String::from_utf8(Own::get(name)?.data.into_owned()).ok()?;
    Some(live(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")), name, &text))
}

/// In a debug build the file on disk outranks the one built in, and is watched.
fn live(directory: &Path, file: &str, built_in: &str) -> TemplateSource {
    let path = directory.join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) if cfg!(debug_assertions) => {
            let read = changed(&path);
            TemplateSource::new(text).with_uptodate_check(move || changed(&path) == read)
        }
        _ => TemplateSource::new(built_in),
    }
}

fn changed(path: &PathBuf) -> Option<SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}

/// `{{ script("officer-call.js") }}`: a module that this response's policy lets run.
fn script(state: &mut State, name: &str) -> Result<Value, Error> {
    let (address, nonce) = (asset(name)?, state.lookup("nonce").unwrap_or_default());
    let tag = format!("<script type=\"module\" nonce=\"{nonce}\" src=\"{address}\"></script>");
    Ok(Value::from_safe_string(tag))
}

fn asset(name: &str) -> Result<String, Error> {
    assets::address(name).ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("no asset {name}: run `cargo xtask assets`"),
        )
    })
}
