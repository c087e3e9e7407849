//! The official GOV.UK and MoJ components as functions: `govukButton({"text": "Save"})`.
//! Their templates come from the assets step, are JavaScript at heart and so get an
//! environment of their own that forgives what ours does not. No mark-up lives here.

use crate::assets;
use minijinja::value::{Kwargs, Rest, ValueKind, from_args};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context,
    escape_formatter,
};
use std::fmt::Write as _;
use std::sync::Arc;

/// The environment the components are rendered in.
pub(crate) fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_auto_reload(false);
    env.set_formatter(formatter);
    env.set_unknown_method_callback(method);
    env.set_loader(|name| Ok(assets::text(&format!("templates/{name}"))));
    env.add_function("govukAttributes", attributes);
    env.add_function("govukI18nAttributes", translations);
    env.add_filter("pairs", pairs);
    env.add_filter("length", length);
    env.add_filter("string", |value: Value| spelled(&value));
    env.add_test("truthy", |value: &Value| value.is_true());
    env.add_filter("escape", |value: Value| match value.is_safe() {
        true => value,
        false => Value::from_safe_string(escaped(&value)),
    });
    for (function, template) in every() {
        env.add_function(function, move |state: &mut State, params: Value, rest: Kwargs| {
            let template = state.env().get_template(&template)?;
            let caller = caller(state, &rest)?;
            template.render(context! { params, caller }).map(Value::from_safe_string)
        });
    }
    env
}

/// The same components for the environment of our pages.
pub(crate) fn register(pages: &mut Environment<'static>, components: &Arc<Environment<'static>>) {
    for (function, template) in every() {
        let components = Arc::clone(components);
        pages.add_function(
            function,
            move |state: &mut State, params: Option<Value>, rest: Kwargs| {
                let caller = caller(state, &rest)?;
                render(&components, &template, params.unwrap_or_else(|| context! {}), caller)
            },
        );
    }
    pages.add_function("govukAttributes", attributes);
}

/// One component, as safe mark-up.
pub(crate) fn render(
    components: &Environment<'static>,
    template: &str,
    params: Value,
    caller: Value,
) -> Result<Value, Error> {
    let template = components.get_template(template)?;
    template.render(context! { params, caller }).map(Value::from_safe_string)
}

/// What stands between `{% call %}` and `{% endcall %}`, rendered where it was written.
fn caller(state: &mut State, rest: &Kwargs) -> Result<Value, Error> {
    let Some(caller) = rest.get::<Option<Value>>("caller")? else { return Ok(Value::UNDEFINED) };
    let inner = caller.call(state, &[])?;
    Ok(Value::from_function(move || inner.clone()))
}

/// Function and template of every component that the assets step wrote.
fn every() -> Vec<(String, String)> {
    let mut found: Vec<_> = assets::Dist::iter()
        .filter_map(|path| {
            let path = path.strip_prefix("templates/")?;
            let (prefix, stem) = path.strip_suffix(".html")?.split_once('/')?;
            Some((function_name(prefix, stem), path.to_owned()))
        })
        .collect();
    found.sort();
    found
}

fn function_name(prefix: &str, stem: &str) -> String {
    let mut name = prefix.to_owned();
    for word in stem.split('-') {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// Nothing prints as nothing, and truth as JavaScript spells it.
pub(crate) fn formatter(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Bool => Ok(out.write_str(if value.is_true() { "true" } else { "false" })?),
        _ => escape_formatter(out, state, value),
    }
}

/// A value as JavaScript spells it.
fn spelled(value: &Value) -> String {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => String::new(),
        ValueKind::Bool => value.is_true().to_string(),
        _ => value.to_string(),
    }
}

fn escaped(value: &Value) -> String {
    if value.is_safe() {
        return value.to_string();
    }
    spelled(value)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// `macros/attributes.njk`: a string as it is, or a map of name to value or to
/// `{value, optional}`.
fn attributes(given: Option<Value>) -> Result<Value, Error> {
    let given = given.unwrap_or_default();
    if let Some(text) = given.as_str() {
        return Ok(Value::from_safe_string(text.to_owned()));
    }
    let mut text = String::new();
    for (name, item) in entries(&given)? {
        let wrapped = item.kind() == ValueKind::Map;
        let value = if wrapped { item.get_attr("value")? } else { item.clone() };
        let optional = wrapped && item.get_attr("optional")?.is_true();
        let empty = value.is_undefined() || value.is_none();
        let truth = (value.kind() == ValueKind::Bool).then(|| value.is_true());
        match (optional, truth) {
            (true, Some(true)) => write!(text, " {}", escaped(&name)),
            (true, Some(false)) => Ok(()),
            (true, None) if empty => Ok(()),
            _ => write!(text, " {}=\"{}\"", escaped(&name), escaped(&value)),
        }
        .map_err(|_| Error::from(ErrorKind::WriteFailure))?;
    }
    Ok(Value::from_safe_string(text))
}

/// `macros/i18n.njk`: one message, or one for each plural.
fn translations(params: Value) -> Result<Value, Error> {
    let key = params.get_attr("key")?;
    let (many, one) = (params.get_attr("messages")?, params.get_attr("message")?);
    let mut text = String::new();
    if many.is_true() {
        for (rule, message) in entries(&many)? {
            let _ = write!(text, " data-i18n.{key}.{rule}=\"{}\"", escaped(&message));
        }
    } else if one.is_true() {
        let _ = write!(text, " data-i18n.{key}=\"{}\"", escaped(&one));
    }
    Ok(Value::from_safe_string(text))
}

fn entries(map: &Value) -> Result<Vec<(Value, Value)>, Error> {
    if map.kind() != ValueKind::Map {
        return Ok(Vec::new());
    }
    map.try_iter()?.map(|key| Ok((key.clone(), map.get_item(&key)?))).collect()
}

fn pairs(map: Value) -> Result<Vec<Vec<Value>>, Error> {
    Ok(entries(&map)?.into_iter().map(|(key, value)| vec![key, value]).collect())
}

fn length(value: Value) -> usize {
    value.len().unwrap_or(0)
}

/// The JavaScript methods the components use; the rest as Python has them.
fn method(state: &mut State, value: &Value, name: &str, args: &[Value]) -> Result<Value, Error> {
    match name {
        "concat" => {
            let (more,): (Rest<Value>,) = from_args(args)?;
            let mut all: Vec<Value> = value.try_iter()?.collect();
            for one in more.iter() {
                match one.kind() {
                    ValueKind::Seq => all.extend(one.try_iter()?),
                    _ => all.push(one.clone()),
                }
            }
            Ok(all.into())
        }
        "includes" => {
            let (wanted,): (Value,) = from_args(args)?;
            Ok(value.try_iter()?.any(|one| one == wanted && one.kind() == wanted.kind()).into())
        }
        "join" if value.kind() == ValueKind::Seq => {
            let mut all = vec![value.clone()];
            all.extend_from_slice(args);
            state.apply_filter("join", &all)
        }
        _ => minijinja_contrib::pycompat::unknown_method_callback(state, value, name, args),
    }
}
