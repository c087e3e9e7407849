// More than two in the room: an interpreter by a link of her own, and another officer who takes
// over while the call goes on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, narrow, picture } from "../house/browsers.mjs";
import { Handler } from "../house/handler.mjs";
import { firstPicture, flows, meets, moves, peers } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { eventually, Server } from "../house/server.mjs";
import { NOTHING, Victim } from "../house/victim.mjs";

const INTERPRETER = "Ines Example";
const HER_NUMBER = "07700 900456";

let server;
let browser;
let victim;
let officer;
let interpreter;

before(async () => {
  server = await Server.start();
  browser = await browse();
  officer = await Officer.comeOn(server, browser);
  const handler = await Handler.sitDown(server, browser);
  const link = await handler.bring();
  await handler.context.close();
  victim = await Victim.with(browser);
  await victim.open(link);
  await victim.getReady();
  await officer.pickUp();
  await victim.on("call");
  await firstPicture(officer.page, "the officer");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("an interpreter is invited, and waits unseen and unheard until she is admitted", async () => {
  await officer.invite("interpreter", INTERPRETER, HER_NUMBER);
  const invited = officer.page.locator("#now .lobby", { hasText: "Interpreter" });
  await invited.waitFor();
  const link = await eventually("the interpreter's link", async () => {
    const [newest] = await server.messages(HER_NUMBER);
    return newest?.link;
  });
  interpreter = await Victim.with(browser);
  await interpreter.open(link);
  await interpreter.getReadyToHelp();
  await interpreter.page.getByText("You cannot be seen or heard yet").waitFor();
  await invited.getByText("waits in the lobby").waitFor();
  await picture(interpreter.page, "room-1-lobby");
  await picture(officer.page, "room-1-lobby-officer");
  assert.equal(await peers(interpreter.page), 0, "no media before she is let in");
  assert.equal(await victim.page.getByText(INTERPRETER).count(), 0);
});

test("admitted, all three see and hear one another, and each is named", async () => {
  await officer.keys("d");
  await interpreter.on("call");
  await meets(victim.page, "she", 2);
  await meets(officer.page, "the officer", 2);
  await meets(interpreter.page, "the interpreter", 2);
  const tile = victim.page.locator("[data-others] figure", { hasText: INTERPRETER });
  await tile.locator("video").waitFor();
  await moves(victim.page, "[data-officer]");
  await moves(victim.page, "[data-others] video");
  await officer.page.locator("[data-others]", { hasText: INTERPRETER }).waitFor();
  await officer.page.locator("[data-people]", { hasText: INTERPRETER }).waitFor();
  assert.equal(await victim.page.locator("[data-name]").innerText(), "Oscar Example");
  for (const [page, what] of [[victim.page, "her call"], [interpreter.page, "the interpreter's call"]]) {
    await accessible(page, `${what} of three`);
    await narrow(page, `${what} of three`);
  }
  await picture(victim.page, "room-2-three-her");
  await picture(officer.page, "room-2-three-officer");
  await picture(interpreter.page, "room-2-three-interpreter");
});

test("the interpreter leaves by Exit: the call goes on, and nobody thinks that she left", async () => {
  await interpreter.page.locator(".govuk-exit-this-page__button").click();
  await interpreter.page.waitForURL(server.elsewhere);
  await victim.page.locator("[data-others] figure").waitFor({ state: "detached" });
  await flows(victim.page, "she");
  await flows(officer.page, "the officer");
  const left = officer.page.locator("#now .banner", { hasText: "She left the page with Exit" });
  assert.equal(await left.count(), 0);
  await interpreter.context.close();
});

test("another officer takes over: the call goes on, and she is seen and heard by both", async () => {
  const before = await peers(victim.page);
  const second = await Officer.comeOn(server, browser, {}, await server.colleague());
  // The sheet lists who is on shift when the page was opened.
  await officer.page.reload();
  await officer.sees();
  await officer.handOver("Rehearsal 01");
  await officer.logged("Handed over");
  await second.page.locator('#queue [data-key="y"]').first().waitFor();
  await second.page.keyboard.press("y");
  await second.page.waitForURL(/\/calls\/[^/]+$/);
  await second.sees();
  await meets(second.page, "the second officer", 2);
  await meets(victim.page, "she", 2);
  await victim.page.locator("[data-others] figure", { hasText: "Rehearsal 01" }).waitFor();
  await moves(victim.page, "[data-officer]");
  await moves(victim.page, "[data-others] video");
  await picture(victim.page, "room-3-both-her");
  await picture(second.page, "room-3-second");

  await officer.context.close();
  const name = victim.page.locator("[data-name]", { hasText: "Rehearsal 01" });
  await name.waitFor();
  await victim.page.locator("[data-others] figure").waitFor({ state: "detached" });
  await flows(victim.page, "she");
  await flows(second.page, "the second officer");
  await moves(victim.page, "[data-officer]");
  assert.equal(await peers(victim.page), before, "the same connection all along");
  await picture(victim.page, "room-4-handed-her");
  await second.finish();
  await victim.on("ended");
  assert.deepEqual(await victim.keeps(), NOTHING);
  assert.deepEqual([victim.faults, second.faults], [[], []]);
});
