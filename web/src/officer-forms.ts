// Forms that stay where they are: nothing an officer presses may reload the page of a call.
// A deed is a small POST with a small answer; panels use `data-within` and autosave instead.
import { fragment, pick, put } from "./console/policy";
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

/** After a saving, the part of the panel that depends on it is asked for again. */
async function refreshed(form: HTMLFormElement): Promise<void> {
  const { refreshes, refreshFrom } = form.dataset;
  const into = refreshes ? document.getElementById(refreshes) : null;
  if (!into || !refreshFrom) return;
  const text = await fragment(refreshFrom).catch(() => undefined);
  if (text !== undefined) put(into, pick(text, into.id));
}

/** A question that follows from another is shown once that one's answer calls for it. */
function follow(root: ParentNode): void {
  for (const later of root.querySelectorAll<HTMLElement>("[data-after]")) {
    const form = later.closest("form");
    const first = form?.querySelector(`[data-asked="${CSS.escape(later.dataset.after ?? "")}"]`);
    const called = first?.querySelector("[data-counts]:checked");
    const given = later.querySelector<HTMLInputElement>("input[type=radio]:checked");
    later.hidden = !called && (!given || given.value === "not_asked");
  }
  for (const asked of root.querySelectorAll<HTMLElement>("[data-asked]")) {
    const given = asked.querySelector<HTMLInputElement>("input[type=radio]:checked");
    asked.classList.toggle("query--done", given !== null && given.value !== "not_asked");
  }
}

/** Listens. `failed` is what is said when the server cannot be reached. */
export function inPlace(failed: string): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-inplace]")) return;
    event.preventDefault();
    void submit(form, (event as SubmitEvent).submitter, failed);
  });
  document.addEventListener("sightline:saved", (event) => {
    void refreshed(event.target as HTMLFormElement);
  });
  document.addEventListener("sightline:put", (event) => follow(event.target as HTMLElement));
  document.addEventListener("change", (event) => {
    const panel = (event.target as Element).closest("[data-panel]");
    if (panel) follow(panel);
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
