// Forms that stay where they are: `data-within` posts without leaving the page, so that a call
// goes on, and puts the answer (or what was refused) back into the part around the form.
import { toast } from "./notice";
import { pick, put } from "./policy";

function around(form: HTMLFormElement): HTMLElement | null {
  const named = form.dataset.within;
  return named
    ? document.getElementById(named)
    : form.closest<HTMLElement>(".tab, [data-live], .panel__body");
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
  const headers = { "hx-request": "true" };
  const address = submitter?.getAttribute("formaction") ?? form.action;
  const answer = await fetch(address, { method: "POST", headers, body });
  const elsewhere = answer.headers.get("hx-redirect");
  if (elsewhere) return location.assign(new URL(elsewhere, location.origin));
  if (answer.status >= 500) throw new Error();
  const into = around(form);
  if (answer.status !== 204 && into) put(into, pick(await answer.text(), into.id));
  if (answer.ok) document.dispatchEvent(new CustomEvent("sightline:sent", { detail: address }));
  into?.querySelector<HTMLElement>(".govuk-error-summary, [aria-invalid]")?.focus();
}

/** Listens. */
export function within(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset.within === undefined || form.method !== "post") return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    send(form, event.submitter)
      .catch(() => toast(document.body.dataset.failed ?? "", "danger"))
      .finally(() => form.removeAttribute("aria-busy"));
  });
}
