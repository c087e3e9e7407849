// Her way through the page: claim, questions, devices, lobby, call, end. The state is our host's;
// this only shows the step that fits it. The secret lives in this function and nowhere else.
import { ask, pause, state as fetchState, type State } from "./api";
import { allowed, insideAnotherApp, open, trouble, type Media } from "./devices";
import * as signal from "./signal";
import { current, one, onPress, show, word } from "./steps";
import type { Stage } from "../victim-call";

const LONG_WAIT_SECONDS = 120;
const POLL_MS = 4000;

let known: State = { state: "unknown" };
let started = false;
let safeNow = false;
let acceptedCompany = false;
let later = false;
// She said "no more": nothing the server says until it knows brings the call back.
let stopped = false;
let talkAgain = false;
let media: Media | undefined;
let opening = false;
let hints: EventSource | undefined;
let stage: Stage | undefined;
let waitingSince: number | undefined;
let library: Promise<typeof import("../victim-call")> | undefined;

const load = () => (library ??= import("../victim-call"));

/** The step that fits what is known. */
function next(): string {
  if (known.state === "unknown") return "gone";
  if (known.state === "finished") return "ended";
  if (known.state === "other_device") return "device";
  if (later) return "later";
  if (stopped) return "not-now";
  if (known.safety === "not_safe" && !talkAgain) return "not-now";
  if (!started && !known.ready) return "start";
  const asked = known.safety === "asked_again" && !known.ready;
  if (known.safety === "unasked" || asked || talkAgain) return safeNow ? "alone" : "safe";
  if (known.safety === "not_alone" && !acceptedCompany && !known.ready) return "not-alone";
  if (!media) return current() === "blocked" ? "blocked" : "media";
  return known.admitted ? "call" : "waiting";
}

function go(): void {
  const step = next();
  if (step !== "call" && stage) {
    stage.end();
    stage = undefined;
  }
  if (step === "ended" || step === "not-now" || step === "later") release();
  show(step);
  if (step !== "call") one("[data-rec]").hidden = true;
  if (step === "device") one("[data-device-code]").textContent = known.code ?? "";
  if (step === "waiting") drawWaiting();
  if (step === "media" && known.ready && !opening) void resume();
  if (step === "call") void enter();
  stage?.heard(known);
}

function release(): void {
  media?.mic?.stop();
  media?.camera?.stop();
  media = undefined;
  mirror(false);
}

const over = () => known.state === "finished";
let turns = 0;
let heard = 0;

async function refresh(): Promise<void> {
  if (over()) return;
  const turn = ++turns;
  const fresh = await fetchState();
  // Answers overtake each other, and the end takes the cookie away: whoever asks in that moment
  // is nobody. So an older answer never undoes a newer one, and nothing undoes the end.
  if (!fresh || over() || (turn < heard && fresh.state !== "finished")) return;
  heard = turn;
  known = fresh;
  if (over()) hints?.close();
  go();
}

function follow(): void {
  if (hints || known.state === "finished" || known.state === "unknown") return;
  hints = new EventSource("/j/events");
  hints.addEventListener("changed", () => void refresh());
  setInterval(() => document.visibilityState === "visible" && void refresh(), POLL_MS);
  document.addEventListener("visibilitychange", () => void refresh());
  addEventListener("online", () => void refresh());
}

/** A press that tells our host something, and shows what follows from it. */
async function tell(path: string, body: unknown): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    if (await ask(path, body)) break;
    await pause(400 * 2 ** tries);
  }
  await refresh();
}

async function useDevices(withCamera: boolean): Promise<void> {
  if (opening) return;
  opening = true;
  const asking = one("[data-media-asking]");
  asking.hidden = false;
  try {
    media = await open(withCamera);
    const camera = Boolean(media.camera);
    if (!known.ready) await ask("/j/ready", { camera, microphone: Boolean(media.mic) });
    waitingSince ??= performance.now();
  } catch (error) {
    const fits = trouble(error);
    for (const help of document.querySelectorAll<HTMLElement>("[data-help]")) {
      help.hidden = help.dataset.help !== fits;
    }
    show("blocked");
  }
  asking.hidden = true;
  opening = false;
  await refresh();
}

/** After a reload: without a tap, when the browser was told before that it may. */
async function resume(): Promise<void> {
  if (await allowed()) await useDevices(true);
}

function drawWaiting(): void {
  const before = known.before_you ?? 0;
  const hers = known.you === "victim";
  const text = !hers ? word("lobby") : known.answered ? word("answered") : word("waiting");
  const status = one("[data-waiting]");
  if (status.textContent !== text) status.textContent = text;
  const many = word("beforeMany").replace("99", String(before));
  const place = before === 0 ? word("next") : before === 1 ? word("beforeOne") : many;
  const line = one("[data-line]");
  line.textContent = hers && !known.answered ? place : "";
  if (typeof known.waiting_seconds === "number") {
    waitingSince = performance.now() - known.waiting_seconds * 1000;
  }
}

function tick(): void {
  const clock = one("[data-clock]");
  const parts = { hour: "2-digit", minute: "2-digit" } as const;
  clock.textContent = new Date().toLocaleTimeString("en-GB", parts);
  if (current() !== "waiting" || waitingSince === undefined) return;
  const seconds = Math.max(0, Math.round((performance.now() - waitingSince) / 1000));
  const rest = String(seconds % 60).padStart(2, "0");
  one("[data-since]").textContent = `${Math.floor(seconds / 60)}:${rest}`;
  const long = one("[data-long]");
  if (long.hidden && seconds > LONG_WAIT_SECONDS) long.hidden = false;
}

function mirror(on: boolean): void {
  const video = one<HTMLVideoElement>("[data-self]");
  video.srcObject = on && media?.camera ? new MediaStream([media.camera]) : null;
  if (on) void video.play().catch(() => undefined);
  one("[data-mirror]").hidden = !on;
  const button = one('[data-do="mirror"]');
  button.setAttribute("aria-expanded", String(on));
  button.textContent = word(on ? "selfHide" : "selfShow");
  button.hidden = !media?.camera && !on;
}

let entering = false;
async function enter(): Promise<void> {
  if (stage || entering || !media) return;
  entering = true;
  mirror(false);
  try {
    const { join } = await load();
    if (media && known.admitted) stage = join(media, known);
    stage?.heard(known);
  } catch {
    // The part did not load: the next hint or poll tries again.
    library = undefined;
  }
  entering = false;
}

async function claim(body: Record<string, string>): Promise<boolean> {
  const device = crypto.getRandomValues(new Uint8Array(18));
  const own = btoa(String.fromCharCode(...device)).replaceAll("+", "-").replaceAll("/", "_");
  for (let tries = 0; ; tries++) {
    const fresh = await ask<State>("/j/claim", { ...body, device: own });
    if (fresh) {
      known = fresh;
      return fresh.state !== "unknown";
    }
    await pause(Math.min(8000, 500 * 2 ** tries));
  }
}

function listen(): void {
  onPress({
    start: () => {
      started = true;
      go();
    },
    safe: () => {
      safeNow = true;
      go();
    },
    unsafe: () => {
      talkAgain = false;
      void tell("/j/safety", { safe: false, alone: false });
    },
    alone: () => {
      talkAgain = false;
      void tell("/j/safety", { safe: true, alone: true });
    },
    "not-alone": () => {
      talkAgain = false;
      void tell("/j/safety", { safe: true, alone: false });
    },
    "go-on": () => {
      acceptedCompany = true;
      go();
    },
    later: () => {
      later = true;
      void tell("/j/later", {});
    },
    "talk-now": () => {
      later = false;
      stopped = false;
      talkAgain = true;
      safeNow = false;
      started = true;
      go();
    },
    both: () => void useDevices(true),
    sound: () => void useDevices(false),
    mirror: () => mirror(Boolean(one("[data-mirror]").hidden)),
    "still-safe": () => void tell("/j/safety", { safe: true, alone: true }),
    "no-more": () => {
      // Blank first, tell afterwards.
      known = { ...known, safety: "not_safe" };
      stopped = true;
      go();
      void tell("/j/safety", { safe: false, alone: false });
    },
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
    button.addEventListener("click", () => void speak(button.dataset.language ?? "en"));
  }
  one<HTMLFormElement>("[data-code]").addEventListener("submit", (event) => {
    event.preventDefault();
    void spokenCode();
  });
  addEventListener("sightline:leave", () => {
    stage?.end();
    release();
    hints?.close();
  });
}

async function speak(language: string): Promise<void> {
  if (language === document.documentElement.lang) return;
  if (await ask("/j/language", { language })) location.reload();
}

async function spokenCode(): Promise<void> {
  const field = one<HTMLInputElement>("#code");
  const wrong = one("[data-code-wrong]");
  wrong.hidden = true;
  if (field.value.trim() && (await claim({ code: field.value.trim() }))) {
    field.value = "";
    follow();
    go();
    return;
  }
  wrong.hidden = false;
  field.focus();
}

/** Inside another app: the link stays in the address, so that "open in browser" carries it. */
function elsewhere(): boolean {
  if (!insideAnotherApp()) return false;
  show("inapp");
  onPress({
    copy: (button) => {
      const done = () => (button.textContent = word("copied"));
      void navigator.clipboard?.writeText(location.href).then(done, () => undefined);
    },
  });
  return true;
}

/** Starts. The secret leaves the address before anything else happens. */
export async function visit(): Promise<void> {
  setInterval(tick, 1000);
  tick();
  const secret = location.hash.slice(1);
  if (secret && elsewhere()) return;
  if (secret) history.replaceState(null, "", location.pathname);
  listen();
  signal.listen();
  if (secret) {
    await claim({ secret });
  } else {
    while (true) {
      const fresh = await fetchState();
      if (fresh) {
        known = fresh;
        break;
      }
      await pause(2000);
    }
  }
  // Our host has just set the language that the message was written in: the page follows it.
  const wanted = known.language;
  const told = Boolean(wanted) && document.cookie.includes(`lang=${wanted}`);
  if (secret && told && wanted !== document.documentElement.lang) return location.reload();
  follow();
  go();
  setTimeout(() => void load().catch(() => (library = undefined)), 300);
}
