// What goes wrong in a call: her network for five seconds, and the server in the middle of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, picture } from "../house/browsers.mjs";
import { Handler } from "../house/handler.mjs";
import { firstPicture, flows, probe } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { Server } from "../house/server.mjs";
import { Victim } from "../house/victim.mjs";

let server;
let browser;
let victim;
let officer;
let killed;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser);
  const handler = await Handler.sitDown(server, browser);
  const link = await handler.bring();
  victim = await Victim.with(browser);
  await victim.open(link);
  await victim.getReady();
  await officer.pickUp();
  await victim.on("call");
  await firstPicture(officer.page, "the officer");
  await flows(victim.page, "she");
  await flows(officer.page, "the officer");
  await officer.logged("Face to face");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** She is asked again and says yes; the officer is told both times. */
async function answersThatItIsSafe(name) {
  await victim.page.locator("[data-asked]").waitFor({ timeout: 30_000 });
  await officer.page.locator(".banner", { hasText: "Is it safe?" }).waitFor();
  await picture(victim.page, `drop-${name}-asked-her`);
  await picture(officer.page, `drop-${name}-asked-officer`);
  await victim.press("still-safe");
  await officer.page.locator(".banner", { hasText: "Is it safe?" }).waitFor({ state: "detached" });
  await victim.page.locator("[data-asked]").waitFor({ state: "hidden" });
}

test("her network goes for five seconds: the call comes back without a tap", async () => {
  await server.disturb(officer.call, "victim", 5);
  await victim.page.locator('[data-status][data-tone="lost"]').waitFor();
  await officer.page.locator(".banner", { hasText: "Her connection is gone" }).waitFor();
  await picture(victim.page, "drop-1-lost-her");
  await picture(officer.page, "drop-1-lost-officer");
  await answersThatItIsSafe("1");
  await flows(victim.page, "she", 30_000);
  await flows(officer.page, "the officer", 30_000);
  await victim.page.locator('[data-status][data-tone="connected"]').waitFor();
});

test("the server is killed in the middle: call and recording go on after its restart", async () => {
  killed = Date.now();
  await server.kill();
  await victim.page.locator('[data-status][data-tone="lost"]').waitFor();
  await picture(officer.page, "drop-2-killed-officer");
  await server.up();
  await answersThatItIsSafe("2");
  await flows(victim.page, "she", 40_000);
  await flows(officer.page, "the officer", 40_000);
  await officer.page.locator(".rec[data-rec=on]:visible").first().waitFor();
  await officer.finish();
  await victim.on("ended");
});

test("the recording plays to within a second of the kill and on after it; the gap is listed", async () => {
  const { page } = officer;
  await page.goto(`${server.other}/calls/${officer.call}/recording`);
  const origin = Number(await page.locator("[data-player]").getAttribute("data-origin")) / 1000;
  const cut = (killed - origin) / 1000;
  const people = await page.locator("[data-person]").all();
  assert.equal(people.length, 2);
  for (const person of people) {
    const spans = (await person.getAttribute("data-spans")).trim().split(/\s+/);
    const told = spans.map((span) => span.split("-").map(Number));
    const before = Math.max(...told.filter(([from]) => from < cut).map(([, until]) => until));
    assert.ok(before >= cut - 1, `played to ${before} s, killed at ${cut} s`);
    assert.ok(told.some(([from]) => from > cut), "and on after it");
  }
  await page.locator(".player__hole").first().waitFor({ state: "attached" });
  assert.ok((await page.locator(".story__item--danger").count()) > 0, "the gap is listed");
  await picture(page, "drop-3-player");

  const whole = `${server.other}/calls/${officer.call}/recording/whole.webm`;
  const bytes = await (await officer.context.request.get(whole)).body();
  const recording = await probe(server, "whole.webm", bytes);
  for (const stream of recording.streams) assert.ok(stream.until > cut, "plays on after the kill");
  assert.deepEqual([victim.faults, officer.faults], [[], []]);
});

test("the journal is sound", async () => {
  await server.down();
  const said = server.command("journal", "verify");
  assert.match(said, /sound/i);
  await server.up();
});
