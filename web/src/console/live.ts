// Parts that follow what happens: `/live` says that something changed, never what; the part
// is then asked for again and passes the guard like any other request.
import { fragment, pick, put } from "./policy";

const AGAIN_MS = 2000;
const open = new Map<string, EventSource>();

function wanted(part: HTMLElement): string {
  const query = new URLSearchParams();
  if (part.dataset.of) query.set("of", part.dataset.of);
  if (part.dataset.stream) query.set("stream", part.dataset.stream);
  return `/live?${query}`;
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

function follow(address: string): void {
  if (open.has(address)) return;
  const source = new EventSource(address);
  const parts = () =>
    [...document.querySelectorAll<HTMLElement>("[data-live]")].filter((p) => wanted(p) === address);
  const all = () => parts().forEach((part) => void refresh(part));
  source.addEventListener("changed", all);
  // What happened between the page and this line, or while the line was away, was said to nobody.
  source.addEventListener("open", all);
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    open.delete(address);
    setTimeout(() => {
      follow(address);
      all();
    }, AGAIN_MS);
  });
  open.set(address, source);
}

/** Follows what the page shows. */
export function live(): void {
  const all = () => {
    document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => follow(wanted(part)));
    // A part of another capability: its first content is asked for as well.
    for (const part of document.querySelectorAll<HTMLElement>("[data-live][data-first]")) {
      part.removeAttribute("data-first");
      void refresh(part);
    }
  };
  all();
  document.addEventListener("sightline:put", all);
}
