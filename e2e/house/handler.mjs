// The call handler at a desk: a report, its grade, the screening, the offer, and the link's way.

import { person } from "./browsers.mjs";
import { eventually } from "./server.mjs";

/** An invented caller; the words are canaries that must never stand on the disk. */
export const CALLER = {
  account: "Shouted through the letterbox, canary ZEPHYRINE, left towards the canal",
  name: "Wilhelmina Fixture",
  phone: "07700 900123",
  place: "14 Imaginary Terrace",
  postcode: "ZZ1 1ZZ",
  safe_words: "Say it is the library",
  suspect_name: "Bartholomew Placeholder",
  suspect_whereabouts: "left on foot",
};

export class Handler {
  static async sitDown(server, browser, wishes) {
    const handler = Object.assign(new Handler(), await person(browser, wishes), { server });
    await handler.page.goto(`${server.origin}/demo/as/handler`);
    return handler;
  }

  /** Logs a report; `this.incident` is its id. */
  async log(caller = CALLER, { text = true } = {}) {
    const { page, server } = this;
    await page.goto(`${server.origin}/incidents/new`);
    for (const [name, value] of Object.entries(caller)) await page.fill(`[name="${name}"]`, value);
    await page.check('[name="flags"][value="safe_to_call"]');
    if (text) await page.check('[name="flags"][value="safe_to_text"]');
    await page.getByRole("button", { name: "Log report" }).click();
    await page.waitForURL(/\/incidents\/[^/]{10,}$/);
    this.incident = new URL(page.url()).pathname.split("/").pop();
  }

  async grade(grade, reason) {
    await this.page.check(`[name="grade"][value="${grade}"]`);
    await this.page.fill('[name="grade_reason"]', reason);
    await this.page.getByRole("button", { name: "Grade", exact: false }).first().click();
  }

  /** Asks every question in turn by its key; says which were asked. */
  async screen() {
    const { page } = this;
    const asked = [];
    const rule = page.locator("form.answer [name=rule]");
    while ((await rule.count()) > 0) {
      const now = await rule.inputValue();
      asked.push(now);
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("y")]);
      const next = (await rule.count()) > 0 && (await rule.inputValue());
      if (next === now) throw new Error(`the answer to ${now} was not kept`);
    }
    await page.getByRole("button", { name: "Conclude: eligible" }).click();
    return asked;
  }

  async offer() {
    await this.page.getByRole("button", { name: "I have offered it" }).click();
  }

  /** She says yes: the link goes to the number in her hand. */
  async send(number, language = "en") {
    const { page } = this;
    await page.check('[name="channel"][value="text"]');
    await page.fill('[name="number"]', number);
    await page.selectOption('[name="language"]', language);
    await page.getByRole("button", { name: "She accepts" }).click();
    await page.waitForSelector("#call-progress .story__item");
    const again = await page.locator('#call-progress form[action$="/invitations"]');
    this.call = (await again.getAttribute("action")).split("/")[2];
  }

  /** The link on the phone of the demonstration. */
  link(number) {
    return eventually("the text message with the link", async () => {
      const [newest] = await this.server.messages(number);
      return newest?.link;
    });
  }

  /** Waits until a step of the link's way is done. */
  async follows(step) {
    const done = this.page.locator("#call-progress .story__item--good b", { hasText: step });
    await done.waitFor({ timeout: 20_000 });
  }

  /** Sends another link, which kills the one before. */
  async sendAgain(number, before) {
    await this.page.getByRole("button", { name: "Send a new link" }).click();
    return eventually("another text message", async () => {
      const [newest] = await this.server.messages(number);
      return newest?.link !== before && newest?.link;
    });
  }

  /** From the telephone to the text message in one go, for journeys about something else. */
  async bring({ caller = CALLER, language = "en" } = {}) {
    await this.log(caller);
    await this.grade("priority", "Distressed, he has left");
    await this.screen();
    await this.offer();
    await this.send(caller.phone, language);
    return this.link(caller.phone);
  }
}
