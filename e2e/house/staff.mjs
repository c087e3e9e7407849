// Somebody of the force or of an agency at a desk of their own: signs in, opens pages, presses
// what is on them. What a journey is not about is posted as the page's own forms would post it.

import assert from "node:assert/strict";
import { person } from "./browsers.mjs";

export class Staff {
  static async sitDown(server, browser, login, wishes) {
    const staff = Object.assign(new this(), await person(browser, wishes), { server, login });
    await staff.signIn();
    return staff;
  }

  /** Anew too, after time was moved. */
  async signIn() {
    await this.page.goto(`${this.server.other}/demo/as/${this.login}`);
  }

  /** Posts a form of a page; the answer, redirects not followed. */
  async send(path, form = {}) {
    return this.context.request.post(`${this.server.other}${path}`, {
      form,
      headers: { origin: this.server.other },
      maxRedirects: 0,
    });
  }

  /** Posts a form that is taken. */
  async does(path, form) {
    const answer = await this.send(path, form);
    const said = answer.status() === 303 ? "" : await answer.text();
    assert.equal(answer.status(), 303, `${path}: ${said.replace(/<[^>]*>/g, " ").slice(0, 2000)}`);
    return answer.headers().location;
  }

  async get(path) {
    return this.context.request.get(`${this.server.other}${path}`, { maxRedirects: 0 });
  }

  async open(path) {
    return this.page.goto(`${this.server.other}${path}`);
  }

  /** Presses a button of the page and waits for the page that comes. */
  async press(name, within = "main") {
    const loaded = this.page.waitForEvent("load");
    await this.page.locator(within).getByRole("button", { name }).first().click();
    await loaded;
  }

  /** Sends the form of the page that goes to an address with this end, and waits for the page. */
  async submit(end) {
    const loaded = this.page.waitForEvent("load");
    await this.page.locator(`form[action$="${end}"] button[type=submit]`).first().click();
    await loaded;
  }

  /** Presses keys one after the other, away from any field. */
  async keys(...all) {
    await this.page.evaluate(() => document.activeElement?.blur());
    for (const key of all) await this.page.keyboard.press(key);
  }
}
