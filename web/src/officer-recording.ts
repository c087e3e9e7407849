// Whether it is recorded, said by the server and not by hope: each `[data-recording]` asks its
// address now and every few seconds; a recorder that is not even in the room is an alarm too.
import { alarm } from "./console/notice";
import { fragment, put } from "./console/policy";

const AGAIN_MS = 2000;
const BOARD_MS = 5000;
const GRACE_MS = 4000;
const known = new Map<string, string>();
let timer = 0;
let missing = 0;

/** A part that was asked for again shows the last word until the next one comes. */
function again(event: Event): void {
  for (const place of (event.target as HTMLElement).querySelectorAll<HTMLElement>("[data-recording]")) {
    const text = known.get(place.dataset.recording ?? "");
    if (text) put(place, text);
  }
}

async function ask(): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>("[data-recording]")) {
    const address = place.dataset.recording ?? "";
    const text = await fragment(address).catch(() => undefined);
    if (text === undefined || !place.isConnected) continue;
    if (known.get(address) !== text || !place.childElementCount) put(place, text);
    known.set(address, text);
    const own = document.querySelector<HTMLElement>("[data-rec]");
    if (!own || !place.parentElement?.contains(own)) continue;
    // The server's word replaces our own sign.
    own.hidden = place.childElementCount > 0;
    if (own.hidden) raise(place.querySelector('[data-rec="off"]') !== null);
  }
}

/** Not recording is an alarm; recording again takes that alarm away, and no other. */
function raise(off: boolean): void {
  const words = document.querySelector<HTMLElement>("[data-call]")?.dataset.saysNotRecorded ?? "";
  const shown = document.getElementById("alarm")?.textContent ?? "";
  if (off && shown === "") alarm(words);
  if (!off && shown === words) alarm("");
}

/** `present` says whether the recorder is in the room; nothing says that nobody knows yet. */
export function recordings(present: boolean | undefined): void {
  if (!timer) {
    const call = document.querySelector("[data-call]") !== null;
    timer = window.setInterval(() => void ask(), call ? AGAIN_MS : BOARD_MS);
    document.addEventListener("sightline:put", again);
    void ask();
  }
  const sign = document.querySelector<HTMLElement>("[data-rec]");
  if (!sign || present === undefined) return;
  clearTimeout(missing);
  if (present) {
    sign.dataset.rec = "on";
    const word = sign.querySelector("[data-rec-word]");
    if (word) word.textContent = "REC";
    raise(false);
    return;
  }
  missing = window.setTimeout(() => {
    sign.dataset.rec = "off";
    const word = sign.querySelector("[data-rec-word]");
    if (word) word.textContent = "!";
    raise(true);
  }, GRACE_MS);
}
