// The victim's first screen: leaving at once, fields that help, nothing kept behind.
// Stays tiny; the call itself is `victim-call.ts`, fetched while she reads and answers.
import { Button } from "govuk/button/button.mjs";
import { ErrorSummary } from "govuk/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk/exit-this-page/exit-this-page.mjs";
import { Radios } from "govuk/radios/radios.mjs";

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

/** The official way out, with our own last step: the session ends, the history keeps no page. */
class Leave extends ExitThisPage {
  override exitPage(): void {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    document.title = "";
    const cover = document.createElement("div");
    cover.className = "govuk-exit-this-page-overlay";
    cover.setAttribute("role", "alert");
    document.body.append(cover);
    cover.textContent = this.i18n.t("activated");
    // Ends the session even if the next page is slow; `/exit` then leads away from our host.
    navigator.sendBeacon?.("/exit");
    location.replace(this.$button.href);
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(Leave, "govuk-exit-this-page");
start(ErrorSummary, "govuk-error-summary");
start(Button, "govuk-button");
start(Radios, "govuk-radios");
