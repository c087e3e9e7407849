// The whole job, played by three people in three windows: from the report to the recording.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, picture } from "../house/browsers.mjs";
import { CALLER, Handler } from "../house/handler.mjs";
import { flows, peers } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { eventually, Server } from "../house/server.mjs";
import { Victim } from "../house/victim.mjs";

let server;
let browser;
let handler;
let victim;
let officer;
let link;

before(async () => {
  server = await Server.start();
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the handler logs a report, grades it, screens it and sends the link", async () => {
  officer = await Officer.comeOn(server, browser);
  handler = await Handler.sitDown(server, browser);
  await handler.log();
  await picture(handler.page, "call-01-logged");
  await handler.grade("priority", "Distressed, he has left");
  await picture(handler.page, "call-02-screening");
  const asked = await handler.screen();
  assert.deepEqual(asked, [
    "offender_absent",
    "safe_place",
    "safe_to_talk",
    "safe_to_text",
    "able_to_communicate",
    "device",
    "adult",
  ]);
  await picture(handler.page, "call-03-offer");
  await handler.offer();
  await handler.send(CALLER.phone);
  link = await handler.link(CALLER.phone);
  await handler.follows("Delivered");
  await picture(handler.page, "call-04-sent");
});

test("opening the link has no effect; claiming it takes the secret out of the address", async () => {
  const [address, secret] = link.split("#");
  assert.ok(secret.length >= 22, "at least 128 bits");
  for (const method of ["GET", "GET", "HEAD"]) {
    const answer = await fetch(address, { method });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("set-cookie"), null);
  }
  const opened = handler.page.locator("#call-progress .story__item--good b", { hasText: "Opened" });
  assert.equal(await opened.count(), 0, "nothing was opened by looking");

  victim = await Victim.with(browser);
  await victim.open(link);
  await victim.on("start");
  assert.equal(victim.page.url(), address, "no secret stays in the address");
  assert.doesNotMatch(await victim.page.content(), new RegExp(secret));
  await handler.follows("Opened");
  await picture(victim.page, "call-05-start");
});

test("she answers, waits, and the handler's page follows", async () => {
  await victim.press("start");
  await victim.on("safe");
  await picture(victim.page, "call-06-safe");
  assert.doesNotMatch(await victim.page.innerText("body"), /abuse|violence|police/i);
  await victim.press("safe");
  await victim.press("alone");
  await victim.on("media");
  await picture(victim.page, "call-07-media");
  await victim.press("both");
  await victim.on("waiting");
  assert.equal(await victim.page.locator("[data-self]").isVisible(), false, "her picture is off");
  await victim.press("mirror");
  await victim.page.waitForFunction(() => document.querySelector("[data-self]").videoWidth > 0);
  await picture(victim.page, "call-08-waiting");
  await handler.follows("Safe to talk");
  await handler.follows("Waiting for an officer");
});

test("the officer picks up; both see and hear each other; the line may be cleared", async () => {
  await officer.page.locator('#queue [data-key="n"]').waitFor();
  await picture(officer.page, "call-09-queue");
  await officer.pickUp();
  assert.equal(officer.call, handler.call);
  await victim.on("call");
  await officer.sees();
  await flows(victim.page, "she");
  await flows(officer.page, "the officer");
  await handler.page.getByText("you may clear the line").first().waitFor();
  await picture(handler.page, "call-10-clear");
  await picture(victim.page, "call-11-face");
  await picture(officer.page, "call-12-face");
});
