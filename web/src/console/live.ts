// Parts that follow what happens: `/live` says that something changed, never what; the part
// is then asked for again and passes the guard like any other request.
import { fragment, pick, put } from "./policy";

const AGAIN_MS = 2000;
// A browser opens few lines to one host, and a call needs one: all parts of a page share one.
let line: EventSource | undefined;
let asked = "";

const parts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-live]")];
const listed = (text = ""): string[] => text.split(",").filter(Boolean);

/** What all parts of the page together want to hear of; never less than before. */
function wanted(): string {
  const had = new URLSearchParams(asked);
  const of = new Set(listed(had.get("of") ?? ""));
  const stream = new Set(listed(had.get("stream") ?? ""));
  for (const part of parts()) {
    for (const noun of listed(part.dataset.of)) of.add(noun);
    for (const one of listed(part.dataset.stream)) stream.add(one);
  }
  const all = { of: [...of].sort().join(), stream: [...stream].sort().join() };
  return of.size || stream.size ? String(new URLSearchParams(all)) : "";
}

/** Whether what changed is among what a part wants to hear of. */
function concerns(part: HTMLElement, changed: string[]): boolean {
  const own = [...listed(part.dataset.of), ...listed(part.dataset.stream)];
  return changed.some((name) => {
    const noun = name.split("/")[0] ?? "";
    return name === "*" || own.includes(name) || own.includes(noun);
  });
}

const busy = (part: HTMLElement) =>
  part.contains(document.activeElement) &&
  document.activeElement?.matches("input, textarea, select") === true;

async function refresh(part: HTMLElement): Promise<void> {
  // What somebody types in is never replaced under her hands.
  if (!part.isConnected || busy(part) || !part.dataset.live) return;
  const text = await fragment(part.dataset.live).catch(() => undefined);
  if (text === undefined || busy(part)) return;
  const focused = part.contains(document.activeElement)
    ? document.activeElement?.getAttribute("href")
    : null;
  put(part, pick(text, part.id));
  if (focused) part.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
}

function follow(): void {
  const address = wanted();
  if (!address || (line && address === asked)) return;
  line?.close();
  asked = address;
  const source = new EventSource(`/live?${address}`);
  line = source;
  const all = () => parts().forEach((part) => void refresh(part));
  source.addEventListener("changed", (event) => {
    const changed = listed(String(event.data));
    for (const part of parts()) if (concerns(part, changed)) void refresh(part);
  });
  // What happened between the page and this line, or while the line was away, was said to nobody.
  source.addEventListener("open", all);
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED || line !== source) return;
    line = undefined;
    setTimeout(() => {
      follow();
      all();
    }, AGAIN_MS);
  });
}

/** Follows what the page shows. */
export function live(): void {
  const all = () => {
    follow();
    // A part of another capability: its first content is asked for as well.
    for (const part of document.querySelectorAll<HTMLElement>("[data-live][data-first]")) {
      part.removeAttribute("data-first");
      void refresh(part);
    }
  };
  all();
  document.addEventListener("sightline:put", all);
}
