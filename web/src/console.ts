// Every staff page: keys, clocks, live parts, tabs, autosave, and htmx under our policy.
// No capability is known here; a page says what it wants in data attributes.
import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-csp.js";
import { CharacterCount } from "govuk/character-count/character-count.mjs";
import { Checkboxes } from "govuk/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk/error-summary/error-summary.mjs";
import { PasswordInput } from "govuk/password-input/password-input.mjs";
import { Radios } from "govuk/radios/radios.mjs";
import { autosave } from "./console/autosave";
import { clocks } from "./console/clocks";
import { keys } from "./console/keys";
import { live } from "./console/live";
import { lookup } from "./console/lookup";
import { rowKeys } from "./console/rows";
import { tabs } from "./console/tabs";
import { within } from "./console/within";

const components: [string, new (root: Element) => unknown][] = [
  ["govuk-character-count", CharacterCount],
  ["govuk-checkboxes", Checkboxes],
  ["govuk-error-summary", ErrorSummary],
  ["govuk-password-input", PasswordInput],
  ["govuk-radios", Radios],
];

/** Brings to life what was just put on the page, or the whole page. */
function wake(root: ParentNode): void {
  for (const [name, component] of components) {
    for (const element of root.querySelectorAll(`[data-module="${name}"]:not([data-awake])`)) {
      element.setAttribute("data-awake", "");
      try {
        new component(element);
      } catch {
        // Works without.
      }
    }
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
wake(document);
document.addEventListener("sightline:put", (event) => wake(event.target as HTMLElement));
document.addEventListener("htmx:after:swap", () => wake(document));
keys();
rowKeys();
clocks();
tabs();
live();
lookup();
autosave();
within();
