// The desk of the disclosure scheme: an officer with the application's page, and the telling.

import { eventually } from "./server.mjs";
import { Staff } from "./staff.mjs";

/** The exact words of an invented decision; a canary. */
export const WORDS = "He was sentenced in 2019 for an invented assault, canary RHUBARBIA.";

/** An application on the telephone, as it is typed. */
export const ASKED = {
  danger_now: "no",
  asks: "self",
  name: "Ama Example",
  date_of_birth: "28 2 1990",
  phone: "07700 900458",
  times: "evenings",
  subject_name: "Some Placeholder",
  subject_relationship: "partner",
  concern: "He will not say where he was.",
  language: "en",
};

/** A proposal to tell somebody who did not ask. */
export const KNOW = {
  danger_now: "no",
  proposes: "officer",
  proposer: "Example Team",
  person_at_risk_name: "Bea Example",
  person_at_risk_phone: "07700 900457",
  subject_name: "Example Person",
  subject_relationship: "partner",
  concern: "She has met somebody whom we know.",
  language: "en",
};

/** A decision to tell, as it is typed. */
export const DECISION = {
  outcome: "disclose",
  pressing_need: "She lives near him, canary CLOUDBERRIA.",
  necessity: "Nothing else would warn her.",
  proportionality: "Only what bears on her safety.",
  subject_rights: "His private life weighs less.",
  tell_subject: "no",
  tell_subject_why: "It would put her at risk.",
  recipient: "person_at_risk",
  recipient_words: "She can act on it.",
  words: WORDS,
};

export class Desk extends Staff {
  /** Opens the newest application of the board. */
  async openNewest() {
    await this.open("/disclosures");
    const found = this.page.locator("a.row__title");
    await found.first().waitFor();
    const addresses = await found.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    this.application = addresses.at(-1);
    await this.open(this.application);
  }

  /** Asks every check that the stage waits for, and answers that nothing was found. */
  async checks() {
    for (;;) {
      const page = await (await this.get(this.application)).text();
      const open = [...page.matchAll(/id="check-([a-z_]+)"[\s\S]*?<\/article>/g)];
      const waits = open.find(([text]) => text.includes("The stage waits for it"));
      if (!waits) return;
      const [, code] = waits;
      await this.does(`${this.application}/checks/ask`, { code });
      const asked = await (await this.get(this.application)).text();
      const numbers = [...asked.matchAll(/name="check" value="(\d+)"/g)];
      const number = numbers.map((one) => one[1]).sort((a, b) => a - b).at(-1);
      await this.does(`${this.application}/checks/answer`, { check: number, [`found_${number}`]: "no" });
    }
  }

  /** From the first contact to where a decision is due, by the page's own forms. */
  async assess(stages) {
    await this.does(`${this.application}/contact`, {
      contact_channel: "telephone",
      contact_identity: "yes",
      contact_note: "Reached at ten, safe and alone.",
    });
    for (const stage of stages) {
      await this.checks();
      if (stage === "checks") {
        const risk = { risk_concern: "yes", risk_level: "high", risk_reason: "What was found." };
        await this.does(`${this.application}/risk`, risk);
      }
      await this.does(`${this.application}/stage`, { stage });
    }
  }

  /** Sends the link of the call by text; the link on the phone of the demonstration. */
  async sendLink(phone) {
    await this.open(`${this.application}/call`);
    await this.page.check('[name="link_by"][value="text"]');
    if (phone) await this.page.fill('[name="link_phone"]', phone);
    const number = await this.page.inputValue('[name="link_phone"]');
    await this.page.getByRole("button", { name: "Send the link" }).click();
    await this.page.getByRole("link", { name: "Open the call" }).waitFor();
    return eventually("the text message with the link", async () => {
      const [newest] = await this.server.messages(number);
      return newest?.link;
    });
  }

  /** Opens the call and answers it, by key; `this.call` is its id. */
  async openCall() {
    await this.keys("k");
    await this.page.waitForURL(/\/disclosures\/calls\/[^/]+$/);
    this.call = new URL(this.page.url()).pathname.split("/")[3];
    await this.page.getByRole("button", { name: "Pick up" }).waitFor();
    await this.keys("p");
    await this.page.locator('[data-mine="yes"]').waitFor();
  }

  /** Waits for a step of the telling. */
  async step(name) {
    await this.page.locator(`section[data-step="${name}"]`).waitFor();
  }

  /** Presses a button in the part of the telling. */
  async tell(name) {
    await this.page.locator("#telling-part").getByRole("button", { name }).first().click();
  }

  /** Reads out every line of a part, each by the same key; says which were read. */
  async readLines(step, then) {
    await this.step(step);
    const lines = this.page.locator(`section[data-step="${step}"] article`);
    const all = await lines.count();
    const texts = await lines.locator("p").allInnerTexts();
    for (let read = 1; read <= all; read += 1) {
      await this.keys("l");
      const done = `section[data-step="${step}"] article .badge--good`;
      if (read === all) await this.step(then);
      else await this.page.waitForFunction(([css, n]) => document.querySelectorAll(css).length === n, [done, read]);
    }
    return texts;
  }

  async finish(outcome = "completed") {
    await this.keys("x");
    await this.page.check(`#finish [name=outcome][value=${outcome}]`);
    await this.page.locator("#finish").getByRole("button", { name: "Finish" }).click();
    await this.page.getByText("Call finished").waitFor();
  }
}
