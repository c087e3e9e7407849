// Saves as typed: a form with `data-autosave` is posted a moment after the last key, in order,
// again until it arrives; the officer always sees whether what she wrote is kept.
import { now } from "./clocks";

const MOMENT_MS = 800;
const AGAIN_MS = [1000, 2000, 5000, 10000];

class Saver {
  private timer = 0;
  private sending = false;
  private dirty = false;
  private failures = 0;

  constructor(private readonly form: HTMLFormElement) {}

  /** Something was typed. */
  touched(wait = MOMENT_MS): void {
    this.dirty = true;
    if (this.failures === 0) this.say("busy");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), wait);
  }

  get unsaved(): boolean {
    return this.dirty || this.sending;
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.dirty = false;
    this.sending = true;
    this.say("busy");
    const arrived = await this.post().catch(() => false);
    this.sending = false;
    this.failures = arrived ? 0 : this.failures + 1;
    if (!arrived) {
      this.say("failed");
      this.touched(AGAIN_MS[Math.min(this.failures, AGAIN_MS.length) - 1]);
    } else if (this.dirty) {
      this.touched();
    }
  }

  /** True when the server has answered for what was sent, be it with faults. */
  private async post(): Promise<boolean> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) body.append(name, String(value));
    const answer = await fetch(this.form.action, {
      method: "POST",
      headers: { "x-autosave": "1" },
      credentials: "same-origin",
      keepalive: body.toString().length < 60_000,
      body,
    });
    const refused = answer.status === 422;
    if (!answer.ok && !refused) return false;
    const faults = refused ? ((await answer.json()) as { errors: Faults }).errors : {};
    this.show(faults);
    this.say(Object.keys(faults).length ? "failed" : "done");
    if (answer.ok) this.form.dispatchEvent(new CustomEvent("sightline:saved", { bubbles: true }));
    return true;
  }

  private show(faults: Faults): void {
    this.form.querySelectorAll("[data-fault]").forEach((old) => old.remove());
    const wrong = this.form.querySelectorAll("[aria-invalid]");
    wrong.forEach((one) => one.removeAttribute("aria-invalid"));
    for (const [name, message] of Object.entries(faults)) {
      const field = this.form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
      const group = field?.closest(".govuk-form-group") ?? this.form;
      const words = document.createElement("p");
      words.className = "govuk-error-message";
      words.dataset.fault = "";
      words.textContent = message;
      field?.setAttribute("aria-invalid", "true");
      group.append(words);
    }
  }

  private say(state: "busy" | "done" | "failed"): void {
    const scope = this.form.closest(".panel, .tab") ?? this.form;
    const sign = scope.querySelector<HTMLElement>("[data-saved]");
    if (!sign) return;
    const clock = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/London",
    }).format(now());
    sign.className = `saved saved--${state}`;
    const { saving = "", done = "", failed = "" } = sign.dataset;
    sign.textContent = { busy: saving, done: `${done} ${clock}`, failed }[state];
  }
}

type Faults = Record<string, string>;
const savers = new Map<HTMLFormElement, Saver>();

function saver(event: Event): Saver | undefined {
  const form = (event.target as HTMLElement).closest?.<HTMLFormElement>("form[data-autosave]");
  if (!form) return undefined;
  const known = savers.get(form) ?? new Saver(form);
  savers.set(form, known);
  return known;
}

/** Listens. */
export function autosave(): void {
  document.addEventListener("input", (event) => saver(event)?.touched());
  document.addEventListener("change", (event) => saver(event)?.touched(0));
  addEventListener("beforeunload", (event) => {
    if ([...savers.values()].some((one) => one.unsaved)) event.preventDefault();
  });
}
