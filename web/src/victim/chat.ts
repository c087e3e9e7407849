// What is written in the call. Lives on the page only; gone when the page is.
import { ask, type Done, type Text } from "./api";
import { one, word } from "./steps";

export class Chat {
  private readonly panel = one("[data-chat]");
  private readonly list = one("[data-texts]");
  private count = 0;
  private asking = false;

  constructor() {
    one<HTMLFormElement>("[data-write]").onsubmit = (event) => {
      event.preventDefault();
      void this.send();
    };
  }

  toggle(): void {
    this.panel.hidden = !this.panel.hidden;
    const button = one('.stagelet__controls [data-do="chat"]');
    button.setAttribute("aria-expanded", String(!this.panel.hidden));
    button.removeAttribute("data-news");
    if (this.panel.hidden) button.focus();
    else one<HTMLInputElement>("#text").focus();
  }

  /** Our host says how many messages there are. */
  async follow(count: number): Promise<void> {
    if (count === this.count || this.asking) return;
    this.asking = true;
    const answer = await ask<{ texts: Text[] }>("/j/chat");
    this.asking = false;
    if (!answer?.texts) return;
    this.count = Math.max(count, answer.texts.length);
    this.draw(answer.texts);
  }

  private draw(texts: Text[]): void {
    one("[data-none]").hidden = texts.length > 0;
    const news = texts.slice(this.list.children.length);
    for (const text of news) {
      const item = document.createElement("li");
      item.dataset.mine = String(text.mine);
      const body = document.createElement("p");
      body.dir = "auto";
      body.textContent = text.text;
      if (text.mine) {
        const who = document.createElement("span");
        who.className = "govuk-visually-hidden";
        who.textContent = word("you");
        item.append(who);
      }
      item.append(body);
      this.list.append(item);
    }
    this.list.scrollTop = this.list.scrollHeight;
    if (this.panel.hidden && news.some((text) => !text.mine)) {
      one('.stagelet__controls [data-do="chat"]').setAttribute("data-news", "");
    }
  }

  private async send(): Promise<void> {
    const field = one<HTMLInputElement>("#text");
    const failed = one("[data-chat-failed]");
    const text = field.value.trim();
    if (!text) return;
    const answer = await ask<Done>("/j/chat", { text });
    failed.hidden = Boolean(answer?.done);
    if (!answer?.done) return;
    field.value = "";
    await this.follow(this.count + 1);
  }

  clear(): void {
    this.list.replaceChildren();
    this.count = 0;
    this.panel.hidden = true;
  }
}
