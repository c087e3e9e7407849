// The whole job, played by three people in three windows: from the report to the recording.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, picture } from "../house/browsers.mjs";
import { CALLER, Handler } from "../house/handler.mjs";
import { decode, firstPicture, flows, peers, probe } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { eventually, Server } from "../house/server.mjs";
import { NOTHING, Victim } from "../house/victim.mjs";

let server;
let browser;
let handler;
let victim;
let officer;
let link;
let pickedUp;
let began;
let ended;

const SAID_BY_HER = "I am in the kitchen, canary QUINCETTE";
const SAID_TO_HER = "Thank you, canary MARZIPANE";
const ACCOUNT = "He took the blue keys, canary TAMARINDUS";

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
  pickedUp = Date.now();
  await officer.pickUp();
  assert.equal(officer.call, handler.call);
  await victim.on("call");
  await officer.sees();
  began = await firstPicture(officer.page, "the officer");
  await flows(victim.page, "she");
  await flows(officer.page, "the officer");
  await handler.page.getByText("you may clear the line").first().waitFor();
  await picture(handler.page, "call-10-clear");
  await picture(victim.page, "call-11-face");
  await picture(officer.page, "call-12-face");
});

test("they write to each other, and she shares where she is", async () => {
  await officer.write(SAID_TO_HER);
  await victim.reads(SAID_TO_HER);
  await victim.write(SAID_BY_HER);
  await officer.logged(SAID_BY_HER);
  await picture(victim.page, "call-13-chat");
  await victim.press("chat");
  await victim.sharePlace(52.1234, -1.5678);
  await officer.logged("She shared where she is");
  await officer.page.locator("[data-place]", { hasText: "52.1234" }).waitFor();
});

test("a marker and a still by key", async () => {
  await officer.keys("m", "i");
  await officer.logged("Injury");
  await officer.keys("s");
  await officer.logged("Still");
});

test("panels save as typed and the call goes on", async () => {
  const before = await peers(officer.page);
  const account = await officer.panel("investigation", "a");
  await account.locator("textarea").first().pressSequentially(ACCOUNT);
  await account.locator(".saved--done").waitFor();
  await picture(officer.page, "call-14-account");
  const risk = await officer.panel("risk", "r");
  await risk.locator(".scale label").first().click();
  await risk.locator(".saved--done").waitFor();
  await picture(officer.page, "call-15-risk");
  assert.equal(await peers(officer.page), before, "the same connection");
  await flows(officer.page, "the officer");

  const kept = await officer.context.newPage();
  await kept.goto(`${server.other}/incidents/${handler.incident}/investigation`);
  assert.match(await kept.locator("textarea").first().inputValue(), new RegExp(ACCOUNT));
  await kept.close();
});

test("her silent signal raises the officer's alarm and changes nothing on her screen", async () => {
  const before = await victim.look();
  await victim.watch();
  await victim.signal();
  await officer.page.locator(".banner--danger", { hasText: "Danger signal" }).waitFor();
  await flows(victim.page, "she");
  assert.deepEqual(await victim.changed(), []);
  assert.deepEqual(await victim.look(), before);
  await picture(officer.page, "call-16-danger");
});

test("he is back: Immediate, a patrol, and nothing on her screen", async () => {
  const before = await victim.look();
  await officer.heIsBack();
  await handler.page.locator(".strip--immediate").waitFor();
  await handler.page.locator(".strip", { hasText: "Patrol requested" }).waitFor();
  await officer.page.locator(".banner--danger", { hasText: "He is back" }).waitFor();
  await flows(victim.page, "she");
  assert.deepEqual(await victim.changed(), []);
  assert.deepEqual(await victim.look(), before);
  await picture(handler.page, "call-17-immediate");
  await picture(officer.page, "call-18-returned");
  await picture(victim.page, "call-19-unchanged");
});

test("the call ends with an outcome: a neutral end, a dead link, no cookie", async () => {
  const letGo = await victim.holdAnswer();
  ended = await officer.finish("transferred_in_person");
  await victim.on("ended");
  await letGo();
  assert.ok(await victim.page.locator('[data-step="ended"]').isVisible(), "the end stays");
  await picture(victim.page, "call-20-ended");
  await picture(officer.page, "call-21-finished");
  assert.deepEqual(await victim.keeps(), NOTHING);
  assert.deepEqual([victim.faults, officer.faults, handler.faults], [[], [], []]);

  const seen = [];
  for (const address of [link, `${server.origin}/j#${"A".repeat(22)}`]) {
    const late = await Victim.with(browser);
    await late.open(address);
    await late.on("gone");
    seen.push(await late.look());
    if (address === link) await picture(late.page, "call-22-late");
    await late.context.close();
  }
  assert.deepEqual(seen[0], seen[1], "a late link looks like any other dead one");
  await victim.context.close();
});

test("the recording holds both people's picture and sound for the right length", async () => {
  const whole = `${server.other}/calls/${officer.call}/recording/whole.webm`;
  const answer = await officer.context.request.get(whole);
  assert.equal(answer.status(), 200);
  const bytes = await answer.body();
  const recording = await probe(server, "whole.webm", bytes);
  assert.equal(recording.of("video").length, 2);
  assert.equal(recording.of("audio").length, 2);
  // It holds what both saw and heard of each other, and nothing of before they were together.
  const least = (ended - began) / 1000;
  const most = (ended - pickedUp) / 1000;
  for (const stream of recording.streams) {
    const what = `${stream.codec_type} ${stream.index}: ${stream.seconds} s of ${least} to ${most} s`;
    // The first key frame of a picture may come late on a machine that others work on too.
    const late = stream.codec_type === "video" ? 4 : 1.5;
    assert.ok(least - stream.seconds <= late && stream.seconds - most <= 1.5, what);
    const content = await decode(recording, stream);
    if (stream.codec_type === "audio") assert.ok(content > -60, `${what}, ${content} dB`);
    else assert.ok(content > stream.seconds * 5, `${what}, ${content} frames`);
  }

  const part = await officer.context.request.get(whole, { headers: { range: "bytes=1000-1999" } });
  assert.equal(part.status(), 206);
  assert.match(part.headers()["content-range"], new RegExp(`^bytes 1000-1999/${bytes.length}$`));
  assert.deepEqual(await part.body(), bytes.subarray(1000, 2000));
  const stranger = await fetch(whole, { redirect: "manual" });
  assert.notEqual(stranger.status, 200, "nobody else gets it");
});

test("the player plays both sides with markers and stills on one line", async () => {
  const { page } = officer;
  await page.goto(`${server.other}/calls/${officer.call}/recording`);
  await page.locator("[data-play]").click();
  const moved = () => {
    const all = [...document.querySelectorAll("[data-person] video")];
    return all.length === 2 && all.every((one) => one.currentTime > 1.5 && one.videoWidth > 0);
  };
  await page.waitForFunction(moved);
  assert.equal(await page.locator(".player__tick--marker").count(), 1);
  assert.equal(await page.locator(".player__tick--still").count(), 1);
  const still = page.locator(".player__stills img").first();
  await still.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".player__stills img").naturalWidth > 0);
  await page.locator("[data-player][data-checked=whole]").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "call-23-player");
  assert.deepEqual(officer.faults, []);
});

/** The first bytes of a VP8 key frame of each size that a sender may choose. */
const KEY_FRAMES = [[1280, 720], [960, 540], [640, 360], [640, 480], [480, 270], [320, 180]].map(
  ([width, height]) => Buffer.from([0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8]),
);

test("nothing of it stands in plain on the disk or in the log", async () => {
  const [, secret] = link.split("#");
  const words = [...Object.values(CALLER), SAID_BY_HER, SAID_TO_HER, ACCOUNT, secret];
  const canaries = words.flatMap((word) => [word, word.replaceAll(" ", "")]);
  canaries.push("7700900123", "ZEPHYRINE", "QUINCETTE", "MARZIPANE", "TAMARINDUS", "52.1234");
  const media = [...KEY_FRAMES, Buffer.from("OpusHead"), Buffer.from([0x1a, 0x45, 0xdf, 0xa3])];
  const wanted = [...canaries.map((word) => Buffer.from(word)), ...media];
  const files = server.files();
  assert.ok(files.some(({ name }) => name.includes("/recordings/")), "there are recordings");
  for (const { name, bytes } of files) {
    for (const canary of wanted) {
      assert.ok(!bytes.includes(canary), `${canary.toString("latin1")} stands in ${name}`);
    }
  }

  const said = server.said();
  for (const word of canaries) assert.ok(!said.includes(word), `${word} stands in the log`);
  assert.doesNotMatch(said, /ice-ufrag|ice-pwd|fingerprint|candidate:|a=rtpmap|m=audio|access_token/);
  const addresses = [...said.matchAll(/\d+\.\d+\.\d+\.\d+(:\d+)?/g)].map(([found]) => found);
  assert.deepEqual(addresses.filter((found) => found !== server.listen), []);
});
