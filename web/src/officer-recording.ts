// Whether it is recorded, said by the server and not by hope: each `[data-recording]` asks its
// address now and every few seconds; a recorder that is not even in the room is an alarm too.
import { alarm } from "./console/notice";
import { fragment, put } from "./console/policy";

const AGAIN_MS = 2000;
const GRACE_MS = 4000;
let timer = 0;
let missing = 0;

async function ask(): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>("[data-recording]")) {
    const text = await fragment(place.dataset.recording ?? "").catch(() => undefined);
    if (text === undefined || !place.isConnected) continue;
    put(place, text);
    const own = document.querySelector<HTMLElement>("[data-rec]");
    // The server's word replaces our own sign.
    if (own && place.parentElement?.contains(own)) own.hidden = place.childElementCount > 0;
  }
}

/** `present` says whether the recorder is in the room; nothing says that nobody knows yet. */
export function recordings(present: boolean | undefined): void {
  if (!timer) {
    timer = window.setInterval(() => void ask(), AGAIN_MS);
    void ask();
  }
  const sign = document.querySelector<HTMLElement>("[data-rec]");
  const stage = document.querySelector<HTMLElement>("[data-call]");
  if (!sign || present === undefined) return;
  clearTimeout(missing);
  if (present) {
    sign.dataset.rec = "on";
    const word = sign.querySelector("[data-rec-word]");
    if (word) word.textContent = "REC";
    if (document.getElementById("alarm")?.textContent === stage?.dataset.saysNotRecorded) alarm("");
    return;
  }
  missing = window.setTimeout(() => {
    sign.dataset.rec = "off";
    const words = stage?.dataset.saysNotRecorded ?? "";
    const word = sign.querySelector("[data-rec-word]");
    if (word) word.textContent = "!";
    alarm(words);
  }, GRACE_MS);
}
