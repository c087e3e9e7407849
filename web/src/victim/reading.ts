// A text that she is asked to read, and her answer. It stands on the page only while our host
// says so, and nowhere else; gone when she leaves, is asked again, or the page is.
import { ask, type Done } from "./api";
import { one } from "./steps";

interface Given {
  reading?: string;
  text?: string;
}

export class Reading {
  private readonly panel = one("[data-reading]");
  private readonly text = one("[data-reading-text]");
  private readonly more = one<HTMLFormElement>("[data-reading-more]");
  private shown = "";
  private wanted = "";

  constructor() {
    this.more.onsubmit = (event) => {
      event.preventDefault();
      void this.answer(false);
    };
  }

  /** Our host says which text is before her, if one is. */
  async follow(reading: string): Promise<void> {
    if (reading === this.wanted) return;
    this.wanted = reading;
    if (!reading) return this.clear();
    const given = await ask<Given>("/j/reading");
    if (this.wanted !== reading) return;
    if (given?.reading !== reading || !given.text) {
      // The next hint or poll asks again.
      this.wanted = this.shown;
      return;
    }
    this.shown = reading;
    this.text.textContent = given.text;
    this.text.scrollTop = 0;
    one("[data-chat]").hidden = true;
    one('.stagelet__controls [data-do="chat"]').setAttribute("aria-expanded", "false");
    this.panel.hidden = false;
    document.getElementById("reading-title")?.focus({ preventScroll: true });
  }

  /** She wants to say what is wrong. */
  open(button: HTMLButtonElement): void {
    this.more.hidden = false;
    button.setAttribute("aria-expanded", "true");
    one<HTMLTextAreaElement>("#reading-words").focus();
  }

  async answer(right: boolean): Promise<void> {
    const failed = one("[data-reading-failed]");
    const words = right ? "" : one<HTMLTextAreaElement>("#reading-words").value.trim();
    const answer = await ask<Done>("/j/reading", { reading: this.shown, right, words });
    failed.hidden = Boolean(answer);
    // A no of our host means that the text is not before her any more.
    if (answer) this.clear();
  }

  clear(): void {
    this.shown = "";
    this.panel.hidden = true;
    this.text.textContent = "";
    this.more.reset();
    this.more.hidden = true;
    one("[data-reading-failed]").hidden = true;
    one('[data-do="reading-wrong"]').setAttribute("aria-expanded", "false");
  }
}
