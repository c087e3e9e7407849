// Forms that stay where they are: nothing an officer presses may reload the page of a call.
// A deed is a small POST; a panel's form gets its panel back, with what was typed if refused.
import { put } from "./console/policy";
import { toast } from "./console/notice";

/** Posts a form's fields. Never throws: no answer is `undefined`. */
export async function post(
  address: string,
  fields: Record<string, string> | FormData = {},
): Promise<Response | undefined> {
  const body = new URLSearchParams();
  const pairs = fields instanceof FormData ? [...fields.entries()] : Object.entries(fields);
  for (const [name, value] of pairs) if (typeof value === "string") body.append(name, value);
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return undefined;
  const headers = { "hx-request": "true" };
  return fetch(url, { method: "POST", body, headers, credentials: "same-origin" }).catch(
    () => undefined,
  );
}

/** Why something was refused, in the server's words. */
export async function refusal(answer: Response): Promise<string | undefined> {
  if (!answer.headers.get("content-type")?.includes("json")) return undefined;
  const said = (await answer.json().catch(() => ({}))) as { refused?: string };
  return said.refused;
}

/** Does a deed and says when it was not done. */
export async function deed(
  address: string,
  fields: Record<string, string>,
  failed: string,
): Promise<boolean> {
  const answer = await post(address, fields);
  if (answer?.ok) return true;
  toast((answer && (await refusal(answer))) || failed, "danger");
  return false;
}

async function submit(form: HTMLFormElement, by: HTMLElement | null, failed: string): Promise<void> {
  if (form.dataset.busy !== undefined) return;
  form.dataset.busy = "";
  const answer = await post(form.action, new FormData(form, by));
  delete form.dataset.busy;
  const panel = form.closest<HTMLElement>("[data-panel]");
  const kind = answer?.headers.get("content-type") ?? "";
  if (panel && answer && kind.includes("html") && (answer.ok || answer.status === 422)) {
    return showPanel(panel, await answer.text());
  }
  const place = form.querySelector("[data-refused]");
  if (!answer?.ok) {
    const words = (answer && (await refusal(answer))) || failed;
    if (place) place.textContent = words;
    else toast(words, "danger");
    return;
  }
  if (place) place.textContent = "";
  if ("clears" in form.dataset) form.reset();
  if ("closes" in form.dataset) form.closest("dialog")?.close();
  if ("reloads" in form.dataset) location.reload();
  form.dispatchEvent(new CustomEvent("officer:done", { bubbles: true }));
}

function showPanel(panel: HTMLElement, text: string): void {
  put(panel, text);
  const wrong = panel.querySelector<HTMLElement>(".govuk-error-message");
  const group = wrong?.closest(".govuk-form-group");
  group?.querySelector<HTMLElement>("input, textarea, select")?.focus();
}

/** Listens. `failed` is what is said when the server cannot be reached. */
export function inPlace(failed: string): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-inplace]")) return;
    event.preventDefault();
    void submit(form, (event as SubmitEvent).submitter, failed);
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    target.closest("[data-close]")?.closest("dialog")?.close();
    const button = target.closest<HTMLElement>("[data-post]");
    if (button?.dataset.post) void deed(button.dataset.post, {}, failed);
  });
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const waiting = input.form?.querySelector<HTMLButtonElement>(`[data-needs="${CSS.escape(input.name)}"]`);
    if (waiting) waiting.disabled = false;
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!field.matches?.("textarea[data-enter]")) return;
    event.preventDefault();
    (field as HTMLTextAreaElement).form?.requestSubmit();
  });
}
