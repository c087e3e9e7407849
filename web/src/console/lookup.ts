// Looks something up while a form is being filled in: a panel with `data-lookup` (where) and
// `data-fields` (which) asks whenever one of those fields was changed, and only then, because
// every question leaves a trace.
import { fragment, put } from "./policy";

const MOMENT_MS = 500;

function asked(panel: HTMLElement, form: HTMLFormElement): URLSearchParams {
  const typed = new FormData(form);
  const body = new URLSearchParams();
  for (const name of (panel.dataset.fields ?? "").split(",")) {
    body.append(name, String(typed.get(name) ?? "").trim());
  }
  return body;
}

function follow(panel: HTMLElement, form: HTMLFormElement): void {
  const where = panel.dataset.lookup ?? "";
  let last = asked(panel, form).toString();
  let timer = 0;
  const ask = async (): Promise<void> => {
    const body = asked(panel, form);
    const question = body.toString();
    if (question === last) return;
    last = question;
    panel.setAttribute("aria-busy", "true");
    const text = await fragment(where, body).catch(() => undefined);
    // An answer to an older question is not shown.
    if (question !== last) return;
    panel.removeAttribute("aria-busy");
    if (text !== undefined) put(panel, text);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), MOMENT_MS);
  });
  // A form that came back refused is filled in already.
  if ([...asked(panel, form).values()].some((value) => value)) {
    last = "";
    void ask();
  }
}

/** Looks up. */
export function lookup(): void {
  for (const panel of document.querySelectorAll<HTMLElement>("[data-lookup]")) {
    const form = panel.closest("form");
    if (form) follow(panel, form);
  }
}
