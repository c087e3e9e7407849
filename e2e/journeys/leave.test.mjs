// Leaving at once and leaving nothing behind; second devices, denied cameras, odd browsers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, picture } from "../house/browsers.mjs";
import { CALLER, Handler } from "../house/handler.mjs";
import { flows } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { Server } from "../house/server.mjs";
import { NOTHING, Victim } from "../house/victim.mjs";

const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/140.0.0.0 Mobile Safari/537.36";

let server;
let browser;
let handler;
let officer;
let link;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser);
  handler = await Handler.sitDown(server, browser);
  link = await handler.bring();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Her browser, with a page of her own before ours. */
async function victimWithAPast(wishes) {
  const victim = await Victim.with(browser, wishes);
  await victim.page.goto("about:blank");
  return victim;
}

/** Leaves by `how`; sees the cover at once, then another page, and nothing kept or shown again. */
async function leaves(victim, how) {
  const { page, context } = victim;
  const [session] = (await context.cookies()).filter((one) => one.name === "__Host-guest");
  const covers = [];
  await page.exposeFunction("covered", (cover) => covers.push(cover));
  await page.evaluate(() => {
    new MutationObserver(() => {
      const cover = document.querySelector(".govuk-exit-this-page-overlay");
      const hidden = !document.querySelector("main").checkVisibility({ visibilityProperty: true });
      if (cover) globalThis.covered({ hidden, title: document.title });
    }).observe(document.body, { childList: true });
  });
  await how();
  await page.waitForURL(server.elsewhere);
  assert.deepEqual(covers[0], { hidden: true, title: "" }, "covered at once");
  assert.deepEqual((await context.cookies(server.origin)).map((one) => one.name), []);

  await page.goBack();
  assert.doesNotMatch(page.url(), /\/j/, "the page before ours comes back, not ours");
  const seen = await fetch(`${server.origin}/j/state`, {
    headers: { cookie: `${session.name}=${session.value}` },
  });
  assert.deepEqual(await seen.json(), { state: "unknown" }, "the session is refused");

  await page.goto(`${server.origin}/j`);
  await victim.on("gone");
  assert.deepEqual(await victim.keeps(), NOTHING);
  await context.close();
}

test("Shift three times leaves at once and leaves nothing", async () => {
  const victim = await victimWithAPast();
  await victim.open(link);
  await victim.on("start");
  await victim.press("start");
  await victim.on("safe");
  await leaves(victim, async () => {
    for (let press = 0; press < 3; press += 1) await victim.page.keyboard.press("Shift");
  });
});

test("the hidden first link leaves at once and leaves nothing", async () => {
  link = await handler.sendAgain(CALLER.phone, link);
  const victim = await victimWithAPast();
  await victim.open(link);
  await victim.on("start");
  await leaves(victim, async () => {
    const first = victim.page.locator("a, button, input, [tabindex]").first();
    assert.match(await first.getAttribute("class"), /govuk-js-exit-this-page-skiplink/);
    const focused = () => first.evaluate((one) => one === document.activeElement);
    for (let stop = 0; stop < 12 && !(await focused()); stop += 1) {
      await victim.page.keyboard.press("Shift+Tab");
    }
    assert.ok(await focused(), "a keyboard reaches it");
    await victim.page.keyboard.press("Enter");
  });
});

test("a second device waits until it is let in", async () => {
  link = await handler.sendAgain(CALLER.phone, link);
  const first = await Victim.with(browser);
  await first.open(link);
  await first.on("start");
  const second = await Victim.with(browser);
  await second.open(link);
  await second.on("device");
  await picture(second.page, "leave-second-device");
  const code = await second.page.locator("[data-device-code]").innerText();
  assert.match(code, /^\d{4}$/);
  const told = handler.page.locator("#call-progress form", { hasText: code });
  await told.waitFor();
  await picture(handler.page, "leave-second-device-handler");
  await told.getByRole("button", { name: "Let this device in" }).click();
  await second.on("start");
  await first.on("gone");
  await first.context.close();
  await second.context.close();
});

test("the button leaves a running call, and the officer is told", async () => {
  link = await handler.sendAgain(CALLER.phone, link);
  const victim = await victimWithAPast();
  await victim.open(link);
  await victim.getReady();
  await officer.pickUp();
  await victim.on("call");
  await flows(officer.page, "the officer");
  await leaves(victim, () => victim.page.locator(".govuk-exit-this-page__button").click());
  await officer.logged("She left the page with Exit");
  const told = officer.page.locator("#now .banner", { hasText: "She left the page with Exit" });
  await told.waitFor();
  await told.getByText("safe to ring her back").waitFor();
  assert.equal(await told.getByText("Do not ring her back").isVisible(), false);
  assert.equal(await officer.page.getByText("comes back by herself").count(), 0);
  await handler.page.locator("#call-progress .banner", { hasText: "She left the page" }).waitFor();
  await officer.page.locator("[data-word]", { hasText: "She left the page with Exit" }).waitFor();
  await picture(officer.page, "leave-officer-told");
  await picture(handler.page, "leave-handler-told");
  await told.getByRole("button", { name: "Send her a new link" }).click();
  await officer.page.locator("#now .banner", { hasText: "She is not here yet" }).waitFor();
  await told.waitFor({ state: "detached" });
  await officer.finish("victim_left");
});

test("a denied camera shows the help that fits the phone", async () => {
  const shy = await browse({ asks: true });
  try {
    const victim = await Victim.with(shy, { permissions: [], userAgent: ANDROID });
    const another = await Handler.sitDown(server, browser);
    await victim.open(await another.bring({ caller: { ...CALLER, phone: "07700 900124" } }));
    await victim.on("start");
    for (const does of ["start", "safe", "alone", "both"]) await victim.press(does);
    await victim.on("blocked");
    await picture(victim.page, "leave-denied");
    assert.ok(await victim.page.locator('[data-help="android"]').isVisible());
    assert.equal(await victim.page.locator("[data-help]:visible").count(), 1);
    assert.ok(await victim.page.locator('a[href^="tel:"]').first().isVisible());
  } finally {
    await shy.close();
  }
});

test("a browser inside another app shows the way out and keeps the link in the address", async () => {
  const userAgent = `${ANDROID} [FBAN/FB4A;FBAV/450.0.0.0;]`;
  const victim = await Victim.with(browser, { userAgent });
  await victim.open(link);
  await victim.on("inapp");
  await picture(victim.page, "leave-inapp");
  assert.equal(victim.page.url(), link);
  assert.ok(await victim.page.locator('a[href^="tel:"]').first().isVisible());
  await victim.context.close();
});

test("without scripts there is a telephone number and a way out", async () => {
  const victim = await victimWithAPast({ javaScriptEnabled: false });
  await victim.open(link);
  await picture(victim.page, "leave-no-script");
  assert.ok(await victim.page.locator("noscript").isVisible());
  assert.ok(await victim.page.locator('a[href^="tel:"]').first().isVisible());
  await victim.page.locator(".govuk-exit-this-page__button").click();
  await victim.page.waitForURL(server.elsewhere);
  await victim.context.close();
});
