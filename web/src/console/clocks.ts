// Clocks and timers by the server's time: a workstation's own clock is not trusted.
// A timer says its state in a word as well as in a colour.
const started = performance.now();
const server = Number(document.documentElement.dataset.now) / 1000 || Date.now();
const SOON_S = 300;

/** Milliseconds since 1970 by the server's clock. */
export const now = (): number => server + (performance.now() - started);

/** 3:05, or 1:03:05. */
export function spell(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

type Standing = "calm" | "due" | "late";

function state(timer: HTMLElement, seconds: number): Standing {
  if (timer.dataset.timer === "down") {
    return seconds <= 0 ? "late" : seconds < SOON_S ? "due" : "calm";
  }
  const target = Number(timer.dataset.target);
  if (!target) return "calm";
  return seconds >= target ? "late" : seconds * 4 >= target * 3 ? "due" : "calm";
}

function tick(): void {
  const at = now();
  for (const timer of document.querySelectorAll<HTMLElement>("[data-timer]")) {
    const since = (at - Number(timer.dataset.at) / 1000) / 1000;
    const seconds = timer.dataset.timer === "down" ? -since : since;
    const number = timer.querySelector("b");
    const word = timer.querySelector("em");
    if (number) number.textContent = spell(seconds);
    const standing = state(timer, seconds);
    if (timer.classList.contains(`timer--${standing}`) || !word) continue;
    timer.classList.remove("timer--calm", "timer--due", "timer--late");
    timer.classList.add(`timer--${standing}`);
    const { due = "", late = "" } = timer.dataset;
    word.textContent = { calm: "", due, late }[standing];
  }
  const clock = document.querySelector("[data-clock]");
  const form = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" } as const;
  if (clock) clock.textContent = new Intl.DateTimeFormat("en-GB", form).format(at);
}

/** Ticks, once a second. */
export function clocks(): void {
  tick();
  setInterval(tick, 1000);
}
