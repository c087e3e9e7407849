// Keys: `data-key="n"` presses or focuses its element; `g q` is one key after another.
// While something is typed, the same keys work with Alt held.
const PATIENCE_MS = 1200;
let before = "";
let timeout = 0;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.matches("input, textarea, select") &&
      !target.matches("[type=radio], [type=checkbox], [type=button], [type=submit]")));

const visible = (element: HTMLElement) => element.getClientRects().length > 0;

/** What a person pressed, whatever Alt made of it on this keyboard. */
function pressed(event: KeyboardEvent): string {
  if (event.altKey && /^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.altKey && /^Digit\d$/.test(event.code)) return event.code.slice(5);
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function find(combination: string): HTMLElement | undefined {
  const wanted = `[data-key="${CSS.escape(combination)}"]`;
  return [...document.querySelectorAll<HTMLElement>(wanted)].find(visible);
}

function act(element: HTMLElement): void {
  const dialog = element.dataset.opens && document.getElementById(element.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    list(dialog);
    dialog.showModal();
  } else if (element.matches("input:not([type=submit]), textarea, select")) {
    element.focus();
  } else {
    element.click();
  }
}

function list(dialog: HTMLDialogElement): void {
  const into = dialog.querySelector("[data-keys]");
  if (!into) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-key]")]
    .filter(visible)
    .map((element) => {
      const row = document.createElement("div");
      const what = document.createElement("dt");
      const how = document.createElement("dd");
      const key = document.createElement("kbd");
      what.textContent = element.dataset.keyLabel ?? element.textContent?.trim() ?? "";
      key.textContent = element.dataset.key ?? "";
      how.append(key);
      row.append(what, how);
      return row;
    });
  into.replaceChildren(...rows);
}

function down(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (typing(event.target) && !event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const key = pressed(event);
  if (key === "Shift" || key === "Alt") return;
  const element = find(before ? `${before} ${key}` : key) ?? find(key);
  clearTimeout(timeout);
  before = element ? "" : key;
  timeout = window.setTimeout(() => (before = ""), PATIENCE_MS);
  if (!element || (event.repeat && element)) return;
  event.preventDefault();
  act(element);
}

/** Listens. */
export function keys(): void {
  document.addEventListener("keydown", down);
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest?.<HTMLElement>("[data-opens]");
    if (opener && event.isTrusted) act(opener);
  });
}
