//! Form fields that remember: `field("postcode", label="Postcode")` shows what was typed and
//! what was wrong with it, from `typed` and `errors` of the page. Mark-up is the components'.

use super::components;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, State, Value, context};
use std::collections::BTreeMap;
use std::sync::Arc;

type Params = BTreeMap<String, Value>;

/// A field function of templates, the component behind it, and whether it has a legend.
const KINDS: [(&str, &str, bool); 6] = [
    ("field", "govuk/input.html", false),
    ("textarea", "govuk/textarea.html", false),
    ("select", "govuk/select.html", false),
    ("radios", "govuk/radios.html", true),
    ("checkboxes", "govuk/checkboxes.html", true),
    ("counted", "govuk/character-count.html", false),
];

pub(crate) fn register(pages: &mut Environment<'static>, components: &Arc<Environment<'static>>) {
    for (function, template, legend) in KINDS {
        let components = Arc::clone(components);
        pages.add_function(function, move |state: &mut State, name: &str, given: Kwargs| {
            let params = params(state, name, &given, legend)?;
            components::render(&components, template, params.into(), Value::UNDEFINED)
        });
    }
    let summary = Arc::clone(components);
    pages.add_function("error_summary", move |state: &mut State| error_summary(state, &summary));
}

/// One summary at the top of the page, each line a link to its field; nothing without errors.
fn error_summary(state: &mut State, components: &Environment<'static>) -> Result<Value, Error> {
    let errors = state.lookup("errors").unwrap_or_default();
    let mut lines = Vec::new();
    if errors.kind() == ValueKind::Map {
        for name in errors.try_iter()? {
            lines.push(context! { text => errors.get_item(&name)?, href => format!("#{name}") });
        }
    }
    if lines.is_empty() {
        return Ok(Value::from_safe_string(String::new()));
    }
    let title = said(state, "error-summary-title")?;
    let params = context! { titleText => title, errorList => lines };
    components::render(components, "govuk/error-summary.html", params, Value::UNDEFINED)
}

/// `t(id)`, as the template would say it.
fn said(state: &mut State, id: &str) -> Result<Value, Error> {
    let say = state.lookup("t").unwrap_or_default();
    say.call(state, &[id.into()])
}

fn looked_up(state: &State, map: &str, name: &str) -> Result<Value, Error> {
    match state.lookup(map) {
        Some(found) if found.kind() == ValueKind::Map => found.get_item(&name.into()),
        _ => Ok(Value::UNDEFINED),
    }
}

fn params(state: &mut State, name: &str, given: &Kwargs, legend: bool) -> Result<Params, Error> {
    let mut params = Params::new();
    for key in given.args() {
        params.insert(key.to_owned(), given.get::<Value>(key)?);
    }
    params.insert("name".into(), name.into());
    params.entry("id".into()).or_insert_with(|| name.into());
    params.insert("idPrefix".into(), name.into());
    name_it(&mut params, legend);
    if let Some(hint) = params.get("hint").and_then(|hint| hint.as_str().map(str::to_owned)) {
        params.insert("hint".into(), context! { text => hint });
    }
    let wrong = looked_up(state, "errors", name)?;
    if wrong.is_true() {
        let prefix = said(state, "error-prefix")?;
        let message = context! { text => wrong, visuallyHiddenText => prefix };
        params.insert("errorMessage".into(), message);
    }
    let typed = looked_up(state, "typed", name)?;
    let shown = if typed.is_undefined() { params.remove("value") } else { Some(typed) };
    if let Some(shown) = shown.filter(|shown| !shown.is_undefined()) {
        let key = if shown.kind() == ValueKind::Seq { "values" } else { "value" };
        params.insert(key.into(), shown.clone());
        if key == "value" {
            params.insert("values".into(), vec![shown].into());
        }
    }
    itemise(&mut params)?;
    Ok(params)
}

/// The label or legend, from `label="…"` and `size="s|m|l|xl"`.
fn name_it(params: &mut Params, legend: bool) {
    let Some(text) = params.remove("label") else { return };
    let size = params.remove("size").and_then(|size| size.as_str().map(str::to_owned));
    let heading = params.remove("heading").is_some_and(|heading| heading.is_true());
    let kind = if legend { "fieldset__legend" } else { "label" };
    let classes = size.map(|size| format!("govuk-{kind}--{size}"));
    let label = context! { text, classes, isPageHeading => heading };
    if legend {
        params.insert("fieldset".into(), context! { legend => label });
    } else {
        params.insert("label".into(), label);
    }
}

/// `items=[["yes", "Yes"], ["no", "No", "A hint"]]` or maps, as the components want them.
fn itemise(params: &mut Params) -> Result<(), Error> {
    let Some(items) = params.get("items").cloned() else { return Ok(()) };
    let mut out = Vec::new();
    for item in items.try_iter()? {
        if item.kind() != ValueKind::Seq {
            out.push(item);
            continue;
        }
        let at = |index: usize| item.get_item(&index.into());
        let hint = at(2).ok().filter(|hint| hint.is_true());
        out.push(context! {
            value => at(0)?,
            text => at(1)?,
            hint => hint.map(|text| context! { text }),
        });
    }
    params.insert("items".into(), out.into());
    Ok(())
}
