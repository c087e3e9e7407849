// At 400 %, by keyboard alone: her whole way, and the handler's and the officer's pages. Nothing
// scrolls sideways, nothing is lost, and the focus is always seen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, DESK, MAGNIFIED, narrow, picture, TABLET } from "../house/browsers.mjs";
import { byKeyboard, reachable, tabThrough } from "../house/focus.mjs";
import { Handler } from "../house/handler.mjs";
import { flows } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { Server } from "../house/server.mjs";
import { NOTHING, Victim } from "../house/victim.mjs";

let server;
let browser;
let handler;
let officer;
let victim;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser);
  handler = await Handler.sitDown(server, browser);
  victim = await Victim.with(browser, { viewport: MAGNIFIED, phone: false });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A state of her page as a keyboard finds it. */
async function sound(what) {
  await narrow(victim.page, what);
  await tabThrough(victim.page, what);
  await picture(victim.page, `magnified-${what.replaceAll(" ", "-")}`);
}

test("her way to the lobby by keyboard alone at 400 %", async () => {
  await victim.open(await handler.bring());
  for (const [step, does] of [["start", "start"], ["safe", "safe"], ["alone", "alone"], ["media", "both"]]) {
    await victim.on(step);
    await sound(step);
    await byKeyboard(victim.page, does);
  }
  await victim.on("waiting");
  await byKeyboard(victim.page, "mirror");
  await sound("waiting");
});

test("her call by keyboard alone at 400 %", async () => {
  const { page } = victim;
  await officer.pickUp();
  await victim.on("call");
  await flows(page, "she");
  await sound("call");
  await byKeyboard(page, "more");
  await sound("call with more");
  await byKeyboard(page, "more");
  await byKeyboard(page, "chat");
  await sound("call with chat");
  await page.locator("#text").focus();
  await page.keyboard.type("Written by keyboard");
  await page.keyboard.press("Enter");
  await officer.logged("Written by keyboard");
  await byKeyboard(page, "chat");
  await page.locator("[data-chat]").waitFor({ state: "hidden" });
  await byKeyboard(page, "mic");
  await page.locator('[data-do="mic"][aria-pressed="true"]').waitFor();
  await page.keyboard.press("Enter");
  await page.locator('[data-do="mic"][aria-pressed="false"]').waitFor();
});

test("asked again whether it is safe, she answers by keyboard", async () => {
  const { page } = victim;
  await officer.keys("w");
  await page.locator("[data-asked]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "asked");
  await narrow(page, "the question");
  await picture(page, "magnified-asked");
  await byKeyboard(page, "still-safe");
  await page.locator("[data-asked]").waitFor({ state: "hidden" });
});

test("the officer's call at 400 % loses nothing", async () => {
  const { page } = officer;
  await page.setViewportSize(MAGNIFIED);
  await narrow(page, "the officer's call");
  await reachable(page, "the officer's call");
  await picture(page, "magnified-officer");
  for (const [noun, key] of [["investigation", "a"], ["risk", "r"]]) {
    await officer.panel(noun, key);
    await narrow(page, `the officer's ${noun}`);
    await reachable(page, `the officer's ${noun}`);
    await picture(page, `magnified-officer-${noun}`);
  }
  await page.setViewportSize(TABLET);
  await narrow(page, "the officer's call on a tablet");
  await reachable(page, "the officer's call on a tablet");
  await picture(page, "tablet-officer");
});

test("the handler's pages at 400 % lose nothing", async () => {
  const { page } = handler;
  await page.setViewportSize(MAGNIFIED);
  for (const path of [`/incidents/${handler.incident}`, "/incidents/new", "/incidents"]) {
    await page.goto(server.origin + path);
    await narrow(page, path);
    await reachable(page, path);
    await picture(page, `magnified-handler${path.replace(/[0-9a-f]{32}/, "one").replaceAll("/", "-")}`);
  }
});

test("a board on a tablet shows every lane without scrolling sideways", async () => {
  const supervisor = await Officer.comeOn(server, browser, { viewport: TABLET }, "supervisor");
  for (const path of ["/board", "/hub", "/queue"]) {
    await supervisor.page.goto(server.other + path);
    await narrow(supervisor.page, path);
    const boards = await supervisor.page.locator(".board").evaluateAll((all) =>
      all.map((one) => one.scrollWidth - one.clientWidth),
    );
    assert.ok(boards.every((beyond) => beyond <= 0), `${path}: ${boards}`);
    await picture(supervisor.page, `tablet${path.replaceAll("/", "-")}`);
  }
  await supervisor.context.close();
});

test("a note never lies on the field that is typed in, on a desk or a tablet", async () => {
  const { page } = officer;
  for (const size of [DESK, TABLET]) {
    await page.setViewportSize(size);
    const account = await officer.panel("investigation", "a");
    const why = account.locator('[name="crime_reason"]');
    await why.scrollIntoViewIfNeeded();
    await officer.keys("s");
    await why.focus();
    await page.locator(".toast").first().waitFor();
    const [note, field] = [await page.locator("#toasts").boundingBox(), await why.boundingBox()];
    const apart =
      note.x >= field.x + field.width ||
      field.x >= note.x + note.width ||
      note.y >= field.y + field.height ||
      field.y >= note.y + note.height;
    await picture(page, `note-${size.width}`);
    assert.ok(apart, `the note is clear of the field at ${size.width} px`);
  }
});

test("the end, by keyboard at 400 %", async () => {
  await officer.page.setViewportSize(DESK);
  await officer.finish();
  await victim.on("ended");
  await sound("ended");
  assert.deepEqual(await victim.keeps(), NOTHING);
  assert.deepEqual([victim.faults, officer.faults, handler.faults], [[], [], []]);
});
