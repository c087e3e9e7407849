// Tabs beside the call. What was opened stays in the page, with what was typed in it.
import { fragment, put } from "./policy";

function select(tab: HTMLElement, focus: boolean): void {
  const group = tab.closest("[role=tablist]");
  if (!group) return;
  for (const other of group.querySelectorAll<HTMLElement>("[role=tab]")) {
    const on = other === tab;
    other.setAttribute("aria-selected", String(on));
    other.tabIndex = on ? 0 : -1;
    const content = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (!content) continue;
    content.hidden = !on;
    if (on) void load(content);
  }
  if (focus) tab.focus();
}

async function load(content: HTMLElement): Promise<void> {
  const address = content.dataset.load;
  if (!address) return;
  delete content.dataset.load;
  content.setAttribute("aria-busy", "true");
  const text = await fragment(address).catch(() => undefined);
  content.removeAttribute("aria-busy");
  if (text === undefined) content.dataset.load = address;
  else put(content, text);
}

function along(event: KeyboardEvent): void {
  const tab = (event.target as Element).closest?.<HTMLElement>("[role=tab]");
  const group = tab?.closest("[role=tablist]");
  if (!tab || !group) return;
  const all = [...group.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = all.indexOf(tab);
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = all.at(to % all.length);
  if (next) select(next, true);
}

/** Listens. */
export function tabs(): void {
  document.addEventListener("keydown", along);
  document.addEventListener("click", (event) => {
    const tab = (event.target as Element).closest?.<HTMLElement>("[role=tab]");
    if (tab) select(tab, false);
  });
}
