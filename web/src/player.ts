// The player of a recording: one line of time of our own, and every picture kept in step with it.
// A picture that is not there yet, or not recorded, waits; the line waits for one that loads.
import { fragment, put } from "./console/policy";

const root = document.querySelector<HTMLElement>("[data-player]");
const SPEEDS = [1, 1.5, 2, 0.5];
/** Further apart than this a picture jumps; below, it hurries or lingers a little. */
const JUMP = 0.35;
const NEAR = 0.04;

type Person = {
  box: HTMLElement;
  video: HTMLVideoElement;
  from: number;
  until: number;
  spans: [number, number][];
};

function mmss(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function start(root: HTMLElement): void {
  const one = <T extends HTMLElement>(name: string) => root.querySelector<T>(`[data-${name}]`);
  const length = Number(root.dataset.seconds);
  const origin = Number(root.dataset.origin) / 1000;
  const line = one<HTMLInputElement>("line");
  const head = one("head");
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Europe/London" });
  let at = 0;
  let playing = false;
  let speed = 0;
  let last = 0;
  let shownSecond = -1;

  const people: Person[] = [...root.querySelectorAll<HTMLElement>("[data-person]")].flatMap((box) => {
    const video = box.querySelector("video");
    if (!video) return [];
    const spans = (box.dataset.spans ?? "").trim().split(/\s+/).map((span): [number, number] => {
      const [from, to] = span.split("-").map(Number);
      return [from ?? 0, to ?? 0];
    });
    return [{ box, video, from: Number(box.dataset.from), until: Number(box.dataset.until), spans }];
  });

  const there = (person: Person) => at >= person.from && at <= person.until && !person.video.error;
  const recorded = (person: Person) => person.spans.some(([from, to]) => at >= from - 0.1 && at <= to + 0.5);

  function step(person: Person): void {
    const { video } = person;
    const none = person.box.querySelector<HTMLElement>("[data-none]");
    if (none) none.hidden = recorded(person);
    person.box.classList.toggle("player__one--none", !recorded(person));
    if (!there(person)) {
      if (!video.paused) video.pause();
      return;
    }
    const off = video.currentTime - at;
    if (!video.seeking && (Math.abs(off) > JUMP || (!playing && Math.abs(off) > NEAR))) {
      video.currentTime = at;
    }
    const base = SPEEDS[speed] ?? 1;
    const rate = Math.abs(off) > NEAR ? base * (off > 0 ? 0.95 : 1.05) : base;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (playing && video.paused) void video.play().catch(() => undefined);
    if (!playing && !video.paused) video.pause();
  }

  function show(): void {
    if (line && document.activeElement !== line) line.value = String(at);
    if (head) head.style.left = `${(100 * at) / length}%`;
    if (Math.floor(at) === shownSecond) return;
    shownSecond = Math.floor(at);
    const time = one("time");
    if (time) time.textContent = mmss(at);
    const day = one("clock");
    if (day) day.textContent = clock.format(origin + at * 1000);
    line?.setAttribute("aria-valuetext", mmss(at));
    if (line) line.value = String(at);
  }

  function tick(now: number): void {
    const waits = people.some((p) => there(p) && recorded(p) && (p.video.seeking || p.video.readyState < 3));
    if (playing && !waits && last) at = Math.min(length, at + ((now - last) / 1000) * (SPEEDS[speed] ?? 1));
    last = now;
    if (at >= length) pause();
    people.forEach(step);
    show();
    requestAnimationFrame(tick);
  }

  function word(): void {
    const says = one("play-word");
    if (says) says.textContent = (playing ? root.dataset.saysPause : root.dataset.saysPlay) ?? "";
    root.dataset.playing = playing ? "yes" : "no";
  }
  function play(): void {
    if (at >= length) at = 0;
    playing = true;
    word();
  }
  function pause(): void {
    if (!playing) return;
    playing = false;
    word();
  }
  function seek(to: number): void {
    at = Math.min(length, Math.max(0, to));
    shownSecond = -1;
    people.forEach(step);
    show();
  }
  function next(): void {
    const marks = [...document.querySelectorAll<HTMLElement>("[data-mark]")];
    const ahead = marks.map((mark) => Number(mark.dataset.seek)).filter((mark) => mark > at + 0.5);
    const first = marks.map((mark) => Number(mark.dataset.seek))[0];
    if (ahead.length) seek(Math.min(...ahead));
    else if (first !== undefined) seek(first);
  }
  function faster(by: number): void {
    speed = (speed + by + SPEEDS.length) % SPEEDS.length;
    const says = one("speed-word");
    if (says) says.textContent = `${SPEEDS[speed]}×`;
  }

  root.addEventListener("click", (event) => {
    const on = (event.target as HTMLElement).closest<HTMLElement>("button");
    if (!on) return;
    if (on.dataset.play !== undefined) playing ? pause() : play();
    if (on.dataset.jump) seek(at + Number(on.dataset.jump));
    if (on.dataset.next !== undefined) next();
    if (on.dataset.speed !== undefined) faster(1);
    if (on.dataset.seek !== undefined) seek(Number(on.dataset.seek));
    if (on.dataset.mute !== undefined) {
      const video = on.closest("[data-person]")?.querySelector("video");
      if (!video) return;
      video.muted = !video.muted;
      on.setAttribute("aria-pressed", String(video.muted));
    }
  });
  line?.addEventListener("input", () => seek(Number(line.value)));

  document.addEventListener("keydown", (event) => {
    const field = (event.target as HTMLElement).closest("textarea, select, input:not([type=range])");
    if (field || event.ctrlKey || event.metaKey || event.altKey) return;
    const button = (event.target as HTMLElement).closest("button, a");
    const keys: Record<string, () => void> = {
      " ": () => (playing ? pause() : play()),
      k: () => (playing ? pause() : play()),
      j: () => seek(at - 10),
      l: () => seek(at + 10),
      m: next,
      ">": () => faster(1),
      "<": () => faster(-1),
      ArrowLeft: () => seek(at - (event.shiftKey ? 1 : 5)),
      ArrowRight: () => seek(at + (event.shiftKey ? 1 : 5)),
      ",": () => seek(at - 1 / 15),
      ".": () => seek(at + 1 / 15),
      Home: () => seek(0),
      End: () => seek(length),
    };
    const does = keys[event.key];
    if (!does || (event.key === " " && button)) return;
    event.preventDefault();
    does();
  });

  async function check(): Promise<void> {
    const place = one("check");
    const text = await fragment(place?.dataset.check ?? "").catch(() => undefined);
    if (!place || text === undefined) return;
    put(place, text);
    root.dataset.checked = place.querySelector("[data-damage]") ? "damaged" : "whole";
    // What is damaged shows as not there, on the picture and on the line.
    for (const item of place.querySelectorAll<HTMLElement>("[data-damage]")) {
      const from = Number((item.dataset.damage ?? "0-0").split("-")[0]);
      const tick = document.createElement("span");
      tick.className = "player__broken";
      tick.style.left = `${(100 * from) / length}%`;
      root.querySelector(".player__over")?.prepend(tick);
    }
  }

  // An instant that another page names, in microseconds, as the journal has it.
  const named = /^#at=(\d{1,17})$/.exec(location.hash)?.[1];
  seek(named ? (Number(named) - Number(root.dataset.origin)) / 1e6 : 0);
  void check();
  requestAnimationFrame(tick);
}

if (root) start(root);
