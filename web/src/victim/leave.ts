// Leaving at once: cover, end the session through our own host, leave no page behind.
import { ExitThisPage } from "govuk/exit-this-page/exit-this-page.mjs";

/** The official way out, with our own last step. */
class Leave extends ExitThisPage {
  override exitPage(): void {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    document.title = "";
    const cover = document.createElement("div");
    cover.className = "govuk-exit-this-page-overlay";
    cover.setAttribute("role", "alert");
    document.body.append(cover);
    cover.textContent = this.i18n.t("activated");
    dispatchEvent(new Event("sightline:leave"));
    // A slow or dead host must not hold her here: then straight to the other page.
    const away = document.querySelector<HTMLElement>("[data-words]")?.dataset.away;
    const giveUp = () => {
      navigator.sendBeacon?.("/exit");
      location.replace(away ?? "about:blank");
    };
    setTimeout(giveUp, 2500);
    location.replace(this.$button.href);
  }
}

export function listen(): void {
  for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) {
    try {
      new Leave(root);
    } catch {
      // Underneath it is a plain link to the same place.
    }
  }
  const first = document.querySelector<HTMLAnchorElement>(".govuk-js-exit-this-page-skiplink");
  first?.addEventListener("click", () => dispatchEvent(new Event("sightline:leave")));
  // Back from elsewhere must never show what was here.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
