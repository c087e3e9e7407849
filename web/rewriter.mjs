// Turns the official Nunjucks templates of GOV.UK and MoJ Frontend into minijinja templates.
// It knows the two template languages and nothing about any component; no words live here.
import { readdirSync, readFileSync, mkdirSync, writeFileSync, existsSync } from "node:fs";
import { join, dirname } from "node:path";

/** Splits a template into text, `{{ }}`, `{% %}` and `{# #}` parts. */
function parts(source) {
  return source.split(/(\{#[\s\S]*?#\}|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\})/);
}

/** Splits code into strings, words, numbers, operators and space. */
function tokens(code) {
  const lexeme =
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\d+(?:\.\d+)?|===|!==|==|!=|<=|>=|\s+|./g;
  return code.match(lexeme) ?? [];
}

const isWord = (token) => /^[A-Za-z_]/.test(token ?? "");
const isNumber = (token) => /^\d/.test(token ?? "");
const isSpace = (token) => /^\s/.test(token ?? "");

function neighbour(list, index, step) {
  let at = index + step;
  while (isSpace(list[at])) at += step;
  return list[at];
}

/** One expression or tag: JavaScript's spelling becomes Jinja's. */
function rewriteCode(code) {
  const list = tokens(code);
  return list
    .map((token, index) => {
      const before = neighbour(list, index, -1);
      const after = neighbour(list, index, 1);
      if (token === "===") return "==";
      if (token === "!==") return "!=";
      // JavaScript's plus joins text unless one side is a number written out.
      if (token === "+") return isNumber(before) || isNumber(after) ? "+" : "~";
      if (!isWord(token)) return token;
      if (after === ":" && (before === "{" || before === ",")) return `"${token}"`;
      if (token === "null") return "none";
      if (token === "elseif") return "elif";
      if (token === "length" && before === ".") return "length";
      return token;
    })
    .join("")
    .replace(/\.length\b/g, "|length")
    .replace(/\bfor(\s+\w+\s*,\s*\w+\s+in\s+)([\w.]+)/g, "for$1$2|pairs");
}

const SET = /^\{%-?\s*set\s+(\w+)\s*(=|-?%\}|$)/;

/** Which macro (its number, or 0) each part stands in, and the macro's own parameters. */
function scopes(list) {
  const found = [];
  const stack = [{ id: 0, own: new Set() }];
  let next = 1;
  for (const part of list) {
    const macro = /^\{%-?\s*macro\s+\w+\s*\(([^)]*)\)/.exec(part);
    if (macro) stack.push({ id: next++, own: new Set(macro[1].split(",").map((p) => p.trim())) });
    found.push(stack.at(-1));
    if (/^\{%-?\s*endmacro/.test(part)) stack.pop();
  }
  return found;
}

/**
 * Nunjucks lets a loop change a name of the template around it; Jinja needs a namespace.
 * Finds such names and returns the parts with `{% set name %}` and reads rewritten.
 */
function hoistLoopNames(list) {
  const inside = scopes(list);
  const first = new Map();
  const hoisted = new Set();
  let depth = 0;
  list.forEach((part, index) => {
    if (/^\{%-?\s*for\s/.test(part)) depth += 1;
    if (/^\{%-?\s*endfor/.test(part)) depth -= 1;
    const set = SET.exec(part);
    if (!set || set[2] !== "=") return;
    const key = `${inside[index].id}/${set[1]}`;
    if (depth === 0 && !first.has(key)) first.set(key, index);
    if (depth > 0 && first.has(key)) hoisted.add(key);
  });
  const hoistedHere = (scope, name) =>
    hoisted.has(`${scope.id}/${name}`) ||
    (!scope.own.has(name) && !first.has(`${scope.id}/${name}`) && hoisted.has(`0/${name}`));
  return list.map((part, index) => {
    if (!/^\{[{%]/.test(part) || hoisted.size === 0) return part;
    const set = SET.exec(part);
    const target = set && hoistedHere(inside[index], set[1]) ? set[1] : undefined;
    let targetSeen = false;
    const words = tokens(part);
    const rewritten = words
      .map((token, at) => {
        if (!isWord(token) || !hoistedHere(inside[index], token)) return token;
        if (neighbour(words, at, -1) === ".") return token;
        if (neighbour(words, at, 1) === ":") return token;
        if (token === target && !targetSeen) {
          targetSeen = true;
          return first.get(`${inside[index].id}/${token}`) === index ? token : `${token}_ns.v`;
        }
        return `${token}_ns.v`;
      })
      .join("");
    if (target && first.get(`${inside[index].id}/${target}`) === index) {
      return rewritten.replace(
        /^(\{%-?)(\s*set\s+)\w+\s*=\s*([\s\S]*?)\s*(-?%\})$/,
        `$1$2${target}_ns = namespace(v=$3) $4`,
      );
    }
    return rewritten;
  });
}

/** What is left of a comment or an import: nothing but the trimming of space it asked for. */
const silent = (part) =>
  `{#${/^\{.-/.test(part) ? "-" : ""} ${/-.\}$/.test(part) ? "-" : ""}#}`;

/** A whole template. Components are functions of the renderer, so imports go. */
export function rewrite(source) {
  const kept = parts(source).map((part) =>
    part.startsWith("{#") || /^\{%-?\s*from\s/.test(part) ? silent(part) : part,
  );
  return hoistLoopNames(kept)
    .map((part) => (/^\{[{%]/.test(part) ? rewriteCode(part) : part))
    .join("");
}

/** Writes the body of a macro that other components call as if it were a component. */
export function rewriteMacro(file, target) {
  const body = /\{%-?\s*macro\s+\w+\(params\)\s*-?%\}([\s\S]*)\{%-?\s*endmacro/;
  const [, inner] = body.exec(readFileSync(file, "utf8"));
  writeFileSync(target, rewrite(inner));
}

/** Writes every component of one package below `target`/`prefix`. */
export function rewritePackage(components, prefix, target) {
  const names = readdirSync(components, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(components, name, "template.njk")))
    .sort();
  for (const name of names) {
    const source = readFileSync(join(components, name, "template.njk"), "utf8");
    const file = join(target, prefix, `${name}.html`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, rewrite(source));
  }
  return names;
}
