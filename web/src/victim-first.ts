// The victim's first screen: leaving at once, fields that help, nothing kept behind.
// Stays tiny; the call itself is `victim-call.ts`, fetched while she reads and answers.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";

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
start(ExitThisPage, "govuk-exit-this-page");
start(ErrorSummary, "govuk-error-summary");
start(Button, "govuk-button");
start(Radios, "govuk-radios");

// Leaving replaces this page in the history instead of adding to it, and tells our own host
// to end the session even if the next page is slow. `/exit` also clears what it can.
const exit = document.querySelector<HTMLAnchorElement>(".govuk-exit-this-page__button");
if (exit) {
  addEventListener("pagehide", () => delete document.body.dataset.leaving);
  exit.addEventListener("click", () => leave(), true);
}

function leave(): void {
  if (document.body.dataset.leaving) return;
  document.body.dataset.leaving = "yes";
  document.title = "";
  navigator.sendBeacon?.("/exit");
}

export {};
