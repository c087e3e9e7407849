// Everybody can use it: axe on every state, 320 px, by night, in four languages, by keyboard;
// and small enough for a bad line, measured from what really comes over it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, DESK, narrow, OLD_PHONE, person, picture } from "../house/browsers.mjs";
import { ASKED, Desk } from "../house/desk.mjs";
import { byKeyboard } from "../house/focus.mjs";
import { Handler } from "../house/handler.mjs";
import { Officer } from "../house/officer.mjs";
import { Server } from "../house/server.mjs";
import { Victim } from "../house/victim.mjs";

const FIRST_SCREEN_MAX = 30 * 1024;
const EVERYTHING_MAX = 220 * 1024;

let server;
let browser;
let handler;
let officer;
let application;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser);
  handler = await Handler.sitDown(server, browser);
  const desk = await Desk.sitDown(server, browser, "disclosure");
  application = await desk.does("/disclosures/new", ASKED);
  await desk.context.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Shows one step of her page as the script would, with all that may open in it. */
function showStep(name) {
  for (const step of document.querySelectorAll("[data-step]")) step.hidden = step.dataset.step !== name;
  document.body.classList.toggle("on-stage", name === "call");
  for (const part of document.querySelectorAll("[data-help], [data-mirror], [data-media-asking]")) {
    part.hidden = false;
  }
}

for (const [language, dark] of [["en", false], ["en", true], ["cy", false], ["ur", true], ["pl", false]]) {
  test(`every state of her page in ${language} at 320 px${dark ? " by night" : ""}`, async () => {
    const victim = await Victim.with(browser, { viewport: OLD_PHONE, dark });
    await victim.context.addCookies([{ name: "lang", value: language, url: server.origin }]);
    await victim.open(`${server.origin}/j`);
    await victim.on("gone");
    assert.equal(await victim.page.locator("html").getAttribute("lang"), language);
    const steps = await victim.page.locator("[data-step]").evaluateAll((all) => all.map((one) => one.dataset.step));
    for (const step of steps) {
      await victim.page.evaluate(showStep, step);
      await accessible(victim.page, `${step} in ${language}`);
      await narrow(victim.page, `${step} in ${language}`);
    }
    for (const part of ["[data-chat]", "[data-more]", "[data-asked]"]) {
      await victim.page.evaluate((selector) => {
        document.querySelector('[data-step="ended"]').hidden = true;
        document.querySelector('[data-step="call"]').hidden = false;
        document.body.classList.add("on-stage");
        document.querySelector(selector).hidden = false;
      }, part);
      await accessible(victim.page, `the call with ${part} in ${language}`);
      await narrow(victim.page, `the call with ${part} in ${language}`);
      await picture(victim.page, `accessible-call-${part.slice(6, -1)}-${language}${dark ? "-dark" : ""}`);
    }
    await victim.page.goto(`${server.origin}/j/safety`);
    await accessible(victim.page, `how to leave in ${language}`);
    await narrow(victim.page, `how to leave in ${language}`);
    await victim.page.goto(`${server.origin}/ask`);
    await accessible(victim.page, `asking in ${language}`);
    await narrow(victim.page, `asking in ${language}`);
    assert.deepEqual(victim.faults, []);
    await victim.context.close();
  });
}

test("her questions by keyboard alone, and small enough for a bad line", async () => {
  const link = await handler.bring();
  const victim = await Victim.with(browser);
  const { page } = victim;
  const sizes = new Map();
  const measured = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "eventsource") return;
    measured.push(
      request.sizes().then(({ responseBodySize }) => {
        const kind = request.url().includes("/assets/") ? "asset" : request.resourceType();
        sizes.set(request.url(), { kind, bytes: responseBodySize });
      }),
    );
  });
  // The call's own part is held back: what came until then is the first screen.
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(/page-call-/, async (route) => {
    await held;
    await route.continue();
  });
  await victim.open(link);
  await victim.on("start");
  const total = async () => {
    await Promise.all(measured);
    return [...sizes.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const first = await total();
  assert.ok(first > 5000 && first < FIRST_SCREEN_MAX, `the first screen is ${first} bytes`);
  letGo();

  for (const [step, does] of [["start", "start"], ["safe", "safe"], ["alone", "alone"], ["media", "both"]]) {
    await victim.on(step);
    const heading = await page.evaluate(() => document.activeElement?.id ?? "");
    if (step !== "start") assert.equal(heading, `step-${step}`, "the reader is led to the question");
    await byKeyboard(page, does);
  }
  await victim.on("waiting");
  await officer.pickUp();
  await victim.on("call");
  await page.waitForFunction(() => document.querySelector("[data-officer]").videoWidth > 0);
  const all = await total();
  const assets = [...sizes.values()].filter(({ kind }) => kind === "asset");
  const loaded = assets.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(loaded > 50_000, `the media client came over the line: ${loaded} bytes`);
  assert.ok(all < EVERYTHING_MAX, `everything is ${all} bytes`);
  assert.ok([...sizes.keys()].every((url) => url.startsWith(server.origin)), "no third party");
  await accessible(page, "her call");
  await accessible(officer.page, "the officer's call");
  await officer.finish();
  await victim.on("ended");
  await victim.context.close();
});

const STAFF = [
  ["handler", ["/incidents", "/incidents/new", () => `/incidents/${handler.incident}`]],
  ["officer", ["/queue", () => `/calls/${officer.call}`]],
  ["supervisor", ["/board", "/hub", "/hub/hours", () => `/calls/${officer.call}/recording`]],
  ["disclosure", ["/disclosures", "/disclosures/new", "/disclosures/propose", "/disclosures/find"]],
  ["disclosure", ["/disclosures/figures", () => application, () => `${application}/closing`]],
  ["data-protection", ["/retention", "/retention/schedule", "/retention/clock"]],
  ["administrator", ["/accounts"]],
  ["auditor", ["/trail"]],
];

for (const [viewport, dark] of [[OLD_PHONE, false], [OLD_PHONE, true], [DESK, false], [DESK, true]]) {
  test(`staff pages at ${viewport.width} px ${dark ? "by night" : "by day"}`, async () => {
    const wrong = [];
    for (const [who, pages] of STAFF) {
      const { context, page, faults } = await person(browser, { viewport, dark });
      await page.goto(`${server.origin}/demo/as/${who}`);
      for (const path of pages) {
        const where = path instanceof Function ? path() : path;
        const answer = await page.goto(server.origin + where);
        assert.equal(answer.status(), 200, where);
        const name = where.replace(/[0-9a-f]{32}/, "one").replaceAll("/", "-");
        await picture(page, `staff${name}-${viewport.width}${dark ? "-dark" : ""}`);
        // All that is wrong at once, not the first thing alone.
        await accessible(page, where).catch((fault) => wrong.push(fault.message));
        await narrow(page, where).catch((fault) => wrong.push(fault.message));
      }
      assert.deepEqual(faults, []);
      await context.close();
    }
    assert.deepEqual(wrong, []);
  });
}
