// Her first screen: the link's secret goes, the questions come, nothing is kept behind.
// Stays tiny; the call itself is `victim-call.ts`, fetched while she reads and answers.
import { Button } from "govuk/button/button.mjs";
import { ErrorSummary } from "govuk/error-summary/error-summary.mjs";
import { Radios } from "govuk/radios/radios.mjs";
import * as leave from "./victim/leave";
import { visit } from "./victim/visit";

type Component = new (root: Element) => unknown;

function start(component: Component, name: string): void {
  for (const root of document.querySelectorAll(`[data-module="${name}"]`)) {
    try {
      new component(root);
    } catch {
      // The page works without: every part of it is a plain link or form underneath.
    }
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
leave.listen();
start(ErrorSummary, "govuk-error-summary");
start(Button, "govuk-button");
start(Radios, "govuk-radios");
if (document.querySelector("[data-words]")) void visit();
