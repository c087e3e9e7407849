// The officer's call page: the pictures, the alarms, the keys. Panels beside it save by
// themselves; what must survive everything is the call, so it comes back without a tap.
import { now } from "./console/clocks";
import { alarm, toast } from "./console/notice";
import { fragment, pick, put } from "./console/policy";
import { deed, inPlace, post } from "./officer-forms";
import { recordings } from "./officer-recording";
import { Media } from "./officer-room";

const HEARTBEAT_MS = 4000;
const RECORDER = "recorder";

interface State {
  finished: boolean;
  officer: string | null;
  safety: string;
  danger_at: number | null;
  returned: boolean;
  here: string;
  log: number;
}

const stage = document.querySelector<HTMLElement>("[data-call]");
const says = (name: string): string =>
  stage?.dataset[`says${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? "";
const part = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);

class Page {
  private readonly base: string;
  private readonly media: Media;
  private asked = 0;
  private danger = "";
  private shown = false;

  constructor(private readonly stage: HTMLElement) {
    this.base = stage.dataset.base ?? "";
    const places = {
      remote: part("[data-remote]") ?? stage,
      self: part("[data-self]") ?? stage,
      others: part("[data-others]") ?? stage,
    };
    this.media = new Media(this.base, places, {
      standing: (standing) => this.standing(standing),
      people: (all) => this.people(all),
      picture: (shown) => {
        this.shown = shown;
        this.word(shown ? "" : this.absence());
      },
      firstFrame: () => void this.firstFrame(),
      quality: (quality) => this.quality(quality),
      denied: () => toast(says("noCamera"), "danger"),
    });
  }

  start(): void {
    this.listen();
    this.read();
    if (this.stage.dataset.mine === "yes") void this.media.stay();
    setInterval(() => void this.beat(), HEARTBEAT_MS);
    addEventListener("online", () => void this.beat());
  }

  private listen(): void {
    document.addEventListener("sightline:put", (event) => {
      if ((event.target as HTMLElement).id !== "now") return;
      this.read();
      void this.beat();
    });
    document.addEventListener("officer:done", () => void this.beat());
    part("[data-join]")?.addEventListener("click", () => {
      part("[data-join-part]")?.remove();
      const word = part("[data-word]");
      if (word) word.hidden = false;
      void this.media.stay();
    });
    part("[data-still]")?.addEventListener("click", () => void this.still());
    for (const button of document.querySelectorAll<HTMLElement>("[data-marker]")) {
      button.addEventListener("click", () => void this.mark(button.dataset.marker ?? "other"));
    }
    for (const button of document.querySelectorAll<HTMLElement>("[data-toggle]")) {
      button.addEventListener("click", () => void this.toggle(button));
    }
    part("#tab-talk")?.addEventListener("click", () => {
      const dot = part("[data-unread]");
      if (dot) dot.hidden = true;
    });
  }

  /** What the last part from the server says: alarms are raised from it, once each. */
  private read(): void {
    const said = part("[data-alarms]")?.dataset;
    if (!said) return;
    const danger = said.returned === "yes" ? "returned" : (said.danger ?? "");
    if (danger && danger !== this.danger) {
      alarm(danger === "returned" ? says("returned") : says("danger"));
    }
    this.danger = danger;
    this.stage.classList.toggle("stage--danger", danger !== "");
    this.absent();
    if (said.finished === "yes" && this.stage.dataset.finished === "no") this.ended();
  }

  private ended(): void {
    this.media.leave();
    location.reload();
  }

  /** Asks in codes where the call stands, and asks for the parts that are out of date. */
  private async beat(): Promise<void> {
    const turn = ++this.asked;
    const answer = await fetch(`${this.base}/state`).catch(() => undefined);
    if (!answer?.ok || turn !== this.asked) return;
    const state = (await answer.json()) as State;
    if (state.finished && this.stage.dataset.finished === "no") return this.ended();
    const said = part("[data-alarms]")?.dataset;
    const same =
      said?.safety === state.safety &&
      said.here === state.here &&
      said.danger === String(state.danger_at ?? "") &&
      (said.returned === "yes") === state.returned;
    if (!same) await this.refresh("now", `${this.base}/now`);
    await this.log(state.log);
  }

  private async refresh(id: string, address: string): Promise<void> {
    const into = document.getElementById(id);
    const text = await fragment(address).catch(() => undefined);
    if (!into || text === undefined) return;
    put(into, pick(text, id));
    if (id === "now") this.read();
  }

  private async log(count: number): Promise<void> {
    const shown = Number(part("#log")?.dataset.count ?? 0);
    if (shown === count) return;
    const log = part("#log");
    const text = await fragment(`${this.base}/log`).catch(() => undefined);
    if (!log || text === undefined) return;
    const before = log.querySelectorAll(".story__item--good").length;
    put(log, pick(text, "log"));
    log.dataset.count = String(count);
    const written = log.querySelectorAll(".story__item--good").length > before;
    log.querySelector(".story__item:last-child")?.scrollIntoView({ block: "nearest" });
    this.plate();
    if (!written || part("#tab-talk")?.getAttribute("aria-selected") === "true") return;
    const dot = part("[data-unread]");
    if (dot) dot.hidden = false;
    toast(says("text"), "info");
  }

  private plate(): void {
    const place = part("[data-place]")?.dataset.place;
    const line = part("[data-plate-line]");
    if (place && line) line.textContent = place;
  }

  private standing(standing: "connecting" | "here" | "lost" | "finished" | "elsewhere"): void {
    this.stage.dataset.standing = standing;
    if (standing === "finished") return this.ended();
    // Coming back by itself would push the other window out, and that one this, without end.
    if (standing === "elsewhere") return this.word(says("elsewhere"));
    const remote = part("[data-remote]");
    const picture = remote !== null && remote.childElementCount > 0;
    if (standing === "here") {
      if (this.stage.dataset.lost) toast(says("back"), "good");
      delete this.stage.dataset.lost;
      this.word(picture ? "" : this.absence());
      void this.refresh("now", `${this.base}/now`);
    } else if (standing === "lost") {
      this.stage.dataset.lost = "yes";
      this.quality("lost");
      this.word(says("lost"));
    } else {
      this.word(says("connecting"));
    }
  }

  /** Why there is no picture of her. */
  private absence(): string {
    const here = part("[data-alarms]")?.dataset.here;
    return here === "left" ? says("left") : here === "lost" ? says("herLost") : says("waiting");
  }

  /** She went or is coming while the officer is in: the empty stage says which. */
  private absent(): void {
    if (this.stage.dataset.standing === "here" && !this.shown) this.word(this.absence());
  }

  private word(text: string): void {
    const word = part("[data-word]");
    if (!word) return;
    word.hidden = text === "";
    const line = word.querySelector("p");
    if (line && text) line.textContent = text;
  }

  private people(all: { identity: string; name: string }[]): void {
    const { me, her } = this.stage.dataset;
    const rank = ({ identity }: { identity: string }) =>
      ({ victim: 0, [me ?? ""]: 1, [RECORDER]: 9 })[identity] ?? 5;
    const name = (one: { identity: string; name: string }) =>
      ({ victim: her, [me ?? ""]: says("you"), [RECORDER]: says("recorder") })[one.identity] ?? one.name;
    const pill = part("[data-people]");
    const sorted = [...all].sort((one, other) => rank(one) - rank(other));
    if (pill) pill.textContent = sorted.map(name).join(" · ");
    recordings(all.some((one) => one.identity === RECORDER));
  }

  private quality(quality: "good" | "fair" | "poor" | "lost" | ""): void {
    const sign = part("[data-quality]");
    const words = says("quality").split("|");
    const at = ["good", "fair", "poor", "lost"].indexOf(quality);
    if (sign) sign.className = `quality quality--${quality}`;
    const word = part("[data-quality-word]");
    if (word) word.textContent = words[at] ?? "–";
  }

  /** Told until it is taken: the room may say a moment later that we are in it. */
  private async firstFrame(): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const answer = await post(`${this.base}/first-frame`);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 250 * (1 + tries)));
    }
  }

  private async still(): Promise<void> {
    part("[data-remote]")?.classList.add("stage__video--flash");
    setTimeout(() => part("[data-remote]")?.classList.remove("stage__video--flash"), 250);
    if (await deed(`${this.base}/still`, {}, says("failed"))) toast(says("still"), "good");
  }

  private async mark(marker: string): Promise<void> {
    const at = String(Math.round(now() * 1000));
    const done = await deed(`${this.base}/marker`, { marker, at }, says("failed"));
    if (done) toast(says("marker"), "good");
  }

  private async toggle(button: HTMLElement): Promise<void> {
    const what = button.dataset.toggle === "camera" ? "camera" : "microphone";
    const on = await this.media.toggle(what);
    button.setAttribute("aria-pressed", String(!on));
    if (what !== "camera") return;
    await deed(`${this.base}/audio-only`, { on: on ? "no" : "yes" }, says("failed"));
  }
}

inPlace(says("failed") || "That did not reach the server. Try again.");
recordings(undefined);
// A call that is over has no media to enter; its panels go on.
if (stage?.dataset.finished === "no") new Page(stage).start();
// Some calls are led by a panel: it is open from the start.
document.getElementById(stage?.dataset.firstTab ?? "")?.click();
