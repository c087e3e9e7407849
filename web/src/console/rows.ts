// A list that is worked with the keyboard: `data-rows` around, `data-row` on each. j and k go
// down and up; a key named by `data-row-key` is pressed in the row where one is, else the first.

const rows = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")].filter(
    (row) => row.getClientRects().length > 0,
  );

const here = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
}

function step(by: 1 | -1): boolean {
  const all = rows();
  const now = here();
  const at = now ? all.indexOf(now) + by : by > 0 ? 0 : all.length - 1;
  const next = all[Math.min(Math.max(at, 0), all.length - 1)];
  const opens = next?.querySelector<HTMLElement>("[data-row-open]");
  opens?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return opens !== undefined && opens !== null;
}

function down(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  let done = false;
  if (key === "j" || key === "k") {
    done = step(key === "j" ? 1 : -1);
  } else if (!event.repeat && /^[a-z]$/.test(key)) {
    const row = here() ?? rows()[0];
    const pressed = row?.querySelector<HTMLElement>(`[data-row-key="${key}"]`);
    pressed?.click();
    done = Boolean(pressed);
  }
  if (done) event.preventDefault();
}

/** Listens; after the keys of the page, which come first. */
export function rowKeys(): void {
  document.addEventListener("keydown", down);
}
