// Forced colours and reduced motion: every main state stays readable, and nothing moves on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, narrow, person, PHONE, picture } from "../house/browsers.mjs";
import { Handler } from "../house/handler.mjs";
import { firstPicture } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { Server } from "../house/server.mjs";
import { Victim } from "../house/victim.mjs";

const FORCED = { forcedColors: "active", reducedMotion: "reduce" };

let server;
let browser;
let handler;
let officer;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser, FORCED);
  handler = await Handler.sitDown(server, browser, FORCED);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** No accessibility rule is broken, and nothing on the page moves without end. */
async function calm(page, what) {
  // The colours are then the reader's own, which axe does not see; it goes by ours.
  await accessible(page, `${what} in forced colours`, ["color-contrast"]);
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations === Infinity)
      .map((one) => `${one.animationName} on ${one.effect.target?.className}`),
  );
  assert.deepEqual(moving, [], `what moves in ${what}`);
}

for (const dark of [false, true]) {
  test(`her steps in forced colours ${dark ? "by night" : "by day"}`, async () => {
    const wishes = { ...FORCED, viewport: PHONE, phone: true, dark };
    const { context, page, faults } = await person(browser, wishes);
    await page.goto(`${server.origin}/j`);
    await page.locator('[data-step="gone"]').waitFor();
    const steps = await page.locator("[data-step]").evaluateAll((all) => all.map((one) => one.dataset.step));
    for (const step of steps) {
      await page.evaluate((name) => {
        for (const one of document.querySelectorAll("[data-step]")) one.hidden = one.dataset.step !== name;
        document.body.classList.toggle("on-stage", name === "call");
        for (const part of document.querySelectorAll("[data-help], [data-mirror], [data-rec]")) {
          part.hidden = false;
        }
      }, step);
      await calm(page, step);
      await narrow(page, step);
      if (["start", "waiting", "call"].includes(step)) {
        await picture(page, `forced-${step}${dark ? "-dark" : ""}`);
      }
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test("the call in forced colours: hers, the officer's and the handler's page", async () => {
  const link = await handler.bring();
  await calm(handler.page, "the handler's page");
  const victim = await Victim.with(browser, FORCED);
  await victim.open(link);
  await victim.getReady();
  await calm(officer.page, "the queue");
  await picture(officer.page, "forced-queue");
  await officer.pickUp();
  await victim.on("call");
  await firstPicture(officer.page, "the officer");
  await handler.page.getByText("you may clear the line").first().waitFor();
  await victim.press("chat");
  await calm(victim.page, "her call");
  await calm(officer.page, "the officer's call");
  await calm(handler.page, "the handler's page in a call");
  await picture(victim.page, "forced-her-call");
  await picture(officer.page, "forced-officer");
  await picture(handler.page, "forced-handler");
  await officer.finish();
  await victim.on("ended");
  await calm(officer.page, "the finished call");
  assert.deepEqual([victim.faults, officer.faults, handler.faults], [[], [], []]);
});

test("the supervisor's board in forced colours", async () => {
  const supervisor = await Officer.comeOn(server, browser, FORCED, "supervisor");
  for (const path of ["/board", "/hub"]) {
    await supervisor.page.goto(server.other + path);
    await calm(supervisor.page, path);
    await picture(supervisor.page, `forced${path.replaceAll("/", "-")}`);
  }
});
