// The officer in the hub, on the machine's other host name: shift, queue, call, outcome.

import { Staff } from "./staff.mjs";

export class Officer extends Staff {
  static async comeOn(server, browser, wishes, login = "officer") {
    const officer = await Officer.sitDown(server, browser, login, wishes);
    await officer.context.request.post(`${server.other}/hub/shift/start`, {
      headers: { origin: server.other },
    });
    await officer.page.goto(`${server.other}/queue`);
    return officer;
  }

  /** Picks up whoever waits longest, by key. */
  async pickUp() {
    const { page } = this;
    await page.locator('#queue [data-key="n"]').waitFor();
    await page.keyboard.press("n");
    await page.waitForURL(/\/calls\/[^/]+$/);
    this.call = new URL(page.url()).pathname.split("/")[2];
  }

  /** Waits for her picture. */
  async sees() {
    await this.page.locator("[data-remote] video").waitFor({ state: "visible" });
  }

  async write(text) {
    await this.page.fill("#say", text);
    await this.page.keyboard.press("Enter");
  }

  /** Waits for a line of the log beside the picture. */
  async logged(text) {
    await this.page.locator("#log .story__item", { hasText: text }).first().waitFor();
  }

  /** Opens a panel beside the picture by its key and waits until it is there. */
  async panel(noun, key) {
    await this.keys(key);
    const panel = this.page.locator(`#${noun}`);
    await panel.locator("form").first().waitFor();
    return panel;
  }

  /** Sends somebody who helps a link of their own. */
  async invite(guest, name, number) {
    await this.keys("i");
    const sheet = this.page.locator("#invite");
    await sheet.locator(`[name=guest][value=${guest}]`).check();
    await sheet.locator("[name=name]").fill(name);
    await sheet.locator("[name=contact]").fill(number);
    await sheet.getByRole("button", { name: "Send the link" }).click();
    await sheet.waitFor({ state: "hidden" });
  }

  /** Gives the call to a colleague. */
  async handOver(name) {
    await this.keys("h");
    const row = this.page.locator("#hand-over .sheet__row", { hasText: name });
    await row.getByRole("button", { name: "Hand over" }).click();
    await this.page.locator("#hand-over").waitFor({ state: "hidden" });
  }

  async heIsBack() {
    await this.keys("b");
    await this.page.locator("#returned").getByRole("button", { name: "He is back" }).click();
  }

  /** Finishes the call; says when the service had taken it, whatever the page takes after. */
  async finish(outcome = "completed") {
    await this.keys("x");
    await this.page.check(`#finish [name=outcome][value=${outcome}]`);
    const taken = this.page.waitForResponse((answer) => answer.url().endsWith("/finish"));
    await this.page.locator("#finish").getByRole("button", { name: "Finish" }).click();
    await taken;
    const at = Date.now();
    await this.page.getByText("Call finished").waitFor();
    return at;
  }
}
