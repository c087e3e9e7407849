// The person who asked for help, on a phone: the link, two questions, the lobby, the call.

import { PHONE, person } from "./browsers.mjs";

export class Victim {
  static async with(browser, wishes = {}) {
    const phone = { viewport: PHONE, phone: true, ...wishes };
    return Object.assign(new Victim(), await person(browser, phone));
  }

  async open(link) {
    await this.page.goto(link);
  }

  /** Waits for a step of her page. */
  async on(step, timeout = 20_000) {
    const shown = this.page.locator(`[data-step="${step}"]`);
    await shown.waitFor({ state: "visible", timeout });
  }

  /** Presses a control by what it does. */
  async press(does) {
    await this.page.locator(`[data-do="${does}"]:visible`).last().click();
  }

  /** Safe, alone, camera and microphone. */
  async getReady(devices = "both") {
    await this.on("start");
    await this.press("start");
    await this.on("safe");
    await this.press("safe");
    await this.on("alone");
    await this.press("alone");
    await this.on("media");
    await this.press(devices);
    await this.on("waiting");
  }

  /** The same for somebody who helps: nobody asks whether they are safe. */
  async getReadyToHelp() {
    await this.on("start");
    await this.press("start");
    await this.on("media");
    await this.press("both");
    await this.on("waiting");
  }

  /** Writes into the call's chat. */
  async write(text) {
    const { page } = this;
    if (await page.locator("[data-chat]").isHidden()) await this.press("chat");
    await page.fill("#text", text);
    await page.keyboard.press("Enter");
    await page.locator("[data-texts] li[data-mine=true]", { hasText: text }).waitFor();
  }

  /** Waits for what somebody wrote to her. */
  async reads(text) {
    const { page } = this;
    if (await page.locator("[data-chat]").isHidden()) await this.press("chat");
    await page.locator("[data-texts] li[data-mine=false]", { hasText: text }).waitFor();
  }

  /** Holds the next answer about where she stands back, as a poor network may, until let go. */
  async holdAnswer() {
    let letGo;
    let held;
    const free = new Promise((go) => (letGo = go));
    const holding = new Promise((go) => (held = go));
    const hold = async (route) => {
      const response = await route.fetch();
      held();
      await free;
      await route.fulfill({ response });
    };
    await this.page.route("**/j/state", hold, { times: 1 });
    await holding;
    return async () => {
      const arrived = this.page.waitForResponse("**/j/state");
      letGo();
      await (await arrived).finished();
      const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await this.page.evaluate(drawn);
    };
  }

  /** The silent signal: the name of the page three times. */
  async signal() {
    for (let tap = 0; tap < 3; tap += 1) await this.page.locator(".visit-name__clock").click();
  }

  /** What an onlooker could see of the page, but for its clock. */
  look() {
    return this.page.evaluate(() => {
      const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
      const clock = (one) => one.hasAttribute("data-clock") || one.hasAttribute("data-since");
      return shown.map((one) => {
        const own = [...one.childNodes].filter((node) => node.nodeType === 3);
        const text = clock(one) ? "" : own.map((node) => node.data.trim()).join(" ");
        const { x, y, width, height } = one.getBoundingClientRect();
        return `${one.localName}.${one.className} ${x},${y} ${width}x${height} ${text}`;
      });
    });
  }

  /** Starts to note whatever changes on her page, but for its clock. */
  async watch() {
    await this.page.evaluate(() => {
      globalThis.changed = [];
      const clock = "[data-clock], [data-since]";
      new MutationObserver((all) => {
        for (const { target, type, attributeName, oldValue } of all) {
          // Set again to what it was: nothing changed.
          if (attributeName && target.getAttribute(attributeName) === oldValue) continue;
          const element = target instanceof Element ? target : target.parentElement;
          if (element?.closest(clock)) continue;
          globalThis.changed.push(`${type} ${attributeName ?? ""} ${element?.outerHTML}`);
        }
      }).observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeOldValue: true,
        characterData: true,
      });
    });
  }

  /** What changed since. */
  changed() {
    return this.page.evaluate(() => globalThis.changed);
  }

  /** Shares where she is. */
  async sharePlace(latitude, longitude) {
    await this.context.grantPermissions(["camera", "microphone", "geolocation"]);
    await this.context.setGeolocation({ latitude, longitude, accuracy: 12 });
    await this.press("more");
    await this.press("place");
    await this.page.locator('[data-do="place"]', { hasText: "Shared" }).waitFor();
    await this.press("more");
  }

  /** What the browser keeps of the page. */
  async keeps() {
    const held = await this.page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: (await indexedDB.databases()).map((one) => one.name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    return { ...held, cookies: (await this.context.cookies()).map((one) => one.name) };
  }
}

/** Nothing at all. */
export const NOTHING = {
  local: {},
  session: {},
  databases: [],
  caches: [],
  workers: 0,
  cookies: [],
};
