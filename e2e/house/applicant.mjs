// Whoever asks under the disclosure scheme, on the public page: one address, one step at a time.

import { PHONE, person } from "./browsers.mjs";

/** An invented applicant; the words are canaries that must never stand on the disk. */
export const APPLICANT = {
  name: "Wendeline Exampleton",
  date_of_birth: "28 2 1990",
  phone: "07700 900456",
  times: "Weekdays before noon, canary PARSNIPPA",
  safe_words: "Say it is the dentist",
  subject_name: "Barnabus Placeholder",
  subject_date_of_birth: "1/1/1980",
  subject_relationship: "former partner",
  concern: "He has begun to follow her home, canary GOOSEBERRIA",
};

export class Applicant {
  static async with(browser, wishes = {}) {
    const phone = { viewport: PHONE, phone: true, ...wishes };
    return Object.assign(new Applicant(), await person(browser, phone));
  }

  async open(server) {
    await this.page.goto(`${server.origin}/ask`);
  }

  /** The step's own button. */
  async goOn(text = "Continue") {
    const sent = this.page.waitForEvent("load");
    await this.page.getByRole("button", { name: text, exact: true }).click();
    await sent;
  }

  async choose(name, value) {
    await this.page.check(`[name="${name}"][value="${value}"]`);
  }

  /** Fills in what is given of the form. */
  async type(words) {
    for (const [name, value] of Object.entries(words)) await this.page.fill(`[name="${name}"]`, value);
  }

  /** What stands in the fields that are named. */
  async typed(names) {
    const all = names.map(async (name) => [name, await this.page.inputValue(`[name="${name}"]`)]);
    return Object.fromEntries(await Promise.all(all));
  }

  /** What the page says. */
  says() {
    return this.page.innerText("main");
  }
}
