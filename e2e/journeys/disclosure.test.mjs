// Clare's Law by video, from the public page to what is forgotten: told, recorded, and thirty
// days later gone everywhere, which a separate process proves with nothing but the certificate.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test as one } from "node:test";
import { APPLICANT, Applicant } from "../house/applicant.mjs";
import { browse, DESK, picture, PHONE } from "../house/browsers.mjs";
import { ASKED, DECISION, Desk, KNOW, WORDS } from "../house/desk.mjs";
import { Handler } from "../house/handler.mjs";
import { decode, flows, probe } from "../house/media.mjs";
import { Officer } from "../house/officer.mjs";
import { BINARY, eventually, Server } from "../house/server.mjs";
import { NOTHING, Victim } from "../house/victim.mjs";

const ACCEPTS = "She keeps it to herself, canary BILBERRIANO";
const PLAN = "She goes to her aunt, canary MULBERRINGTON";
const UNDERSTOOD = "She repeats it calmly, canary LOGANBERRIA";
const SERVICE = "The adviser rings on Monday, canary DAMSONETTE";
const PASSPORT = "Passport on camera, canary ELDERFLOWERA";
const DAY = 86_400;

let server;
let browser;
let desk;
let supervisor;
let applicant;
let victim;
let link;
/** Objects of the response call, then those of the disclosure. */
let responded;
let objects;
let response;
let backups;
let epoch;

before(async () => {
  server = await Server.start();
  browser = await browse();
});

after(async () => {
  if (process.env.SAID && server) writeFileSync(process.env.SAID, server.said());
  await browser?.close();
  await server?.stop();
});

/** Each part goes on from the one before: after one that failed, the others say nothing new. */
let failed;
function test(name, play) {
  one(name, async () => {
    if (failed) throw new Error(`not played, after: ${failed}`);
    failed = name;
    await play();
    failed = undefined;
  });
}

/** The encrypted objects on the disk now. */
const recorded = () =>
  server.files().map(({ name }) => name).filter((name) => name.includes("/recordings/"));

/** Both ways of looking: a desk and a phone, by day and by night. */
async function seen(who, path, name) {
  if (path) await who.open(path);
  for (const [viewport, size] of [[DESK, "desk"], [PHONE, "phone"]]) {
    await who.page.setViewportSize(viewport);
    for (const scheme of ["light", "dark"]) {
      await who.page.emulateMedia({ colorScheme: scheme });
      await picture(who.page, `disclosure-${name}-${size}-${scheme}`);
    }
  }
  await who.page.setViewportSize(DESK);
  await who.page.emulateMedia({ colorScheme: "light" });
}

test("a response call of the same day is recorded too", async () => {
  const officer = await Officer.comeOn(server, browser);
  const handler = await Handler.sitDown(server, browser);
  const caller = await Victim.with(browser);
  await caller.open(await handler.bring());
  await caller.getReady();
  await officer.pickUp();
  await caller.on("call");
  await officer.sees();
  await flows(officer.page, "the officer");
  await officer.finish();
  await caller.on("ended");
  response = officer.call;
  responded = recorded();
  assert.ok(responded.length > 0, "there are objects");
  for (const one of [officer, handler, caller]) await one.context.close();
});

test("she asks on the public page, which keeps what she typed and says nothing", async () => {
  applicant = await Applicant.with(browser);
  const { page } = applicant;
  await applicant.open(server);
  await seen(applicant, undefined, "ask-1-before");
  const exit = page.locator("[data-exit], .govuk-exit-this-page a, a.exit").first();
  await exit.waitFor();
  await applicant.goOn();
  await applicant.goOn();
  assert.match(await applicant.says(), /Choose yes or no/);
  await applicant.choose("danger_now", "no");
  await applicant.goOn();
  await applicant.choose("asks", "self");
  await applicant.goOn();
  const { concern, ...most } = APPLICANT;
  await applicant.type(most);
  await applicant.goOn("Send");
  assert.match(await applicant.says(), /Write what worries you/);
  await picture(page, "disclosure-ask-2-refused");
  assert.deepEqual(await applicant.typed(Object.keys(most)), most, "what she typed is kept");
  await exit.waitFor();
  await applicant.type({ concern });
  await applicant.goOn("Send");
  await page.getByText("We have it").first().waitFor();
  assert.doesNotMatch(await applicant.says(), /disclos|violence|abuse|Placeholder|police/i);
  assert.equal(new URL(page.url()).pathname, "/ask", "one address");
  await seen(applicant, undefined, "ask-3-done");
  assert.deepEqual(await new Victim().keeps.call(applicant), NOTHING);
  await exit.click();
  await page.waitForURL(server.elsewhere);
  await applicant.context.close();
});

test("an officer reaches her, asks the checks, and completes each stage", async () => {
  desk = await Desk.sitDown(server, browser, "disclosure");
  supervisor = await Desk.sitDown(server, browser, "supervisor");
  await seen(desk, "/disclosures", "board");
  await desk.openNewest();
  const { page } = desk;
  await page.getByText(APPLICANT.name).first().waitFor();
  await seen(desk, undefined, "application");
  // Too early: what is missing is said where it is missing.
  await page.getByRole("button", { name: "Complete: First contact" }).click();
  await page.getByText("Record that she was reached safely first.").first().waitFor();
  await page.check('#contact [name="contact_channel"][value="telephone"]');
  await page.fill('[name="contact_note"]', "Reached at ten, she is alone then.");
  await page.check('[name="contact_identity"]');
  await desk.press("Record contact");
  // One check by hand, the others as the same forms would be sent.
  await desk.press("Ask", "#check-national_computer");
  await page.check('#check-national_computer [value="yes"]');
  await page.fill("#check-national_computer textarea", "An invented conviction, canary CLEMENTINO.");
  await desk.press("Record the answer", "#check-national_computer");
  await page.getByText("canary CLEMENTINO").first().waitFor();
  await desk.checks();
  for (const stage of ["initial", "conversation"]) {
    await desk.does(`${desk.application}/stage`, { stage });
  }
  await desk.checks();
  await desk.open(desk.application);
  await page.check('[name="risk_concern"][value="yes"]');
  await page.check('[name="risk_level"][value="high"]');
  await page.fill('[name="risk_reason"]', "He has done it before.");
  await desk.press("Record the risk");
  await page.keyboard.press("e");
  await page.getByRole("link", { name: "Write the decision" }).waitFor();
  await seen(desk, undefined, "assessed");
});

test("she proposes the exact words; another votes and approves them, not she", async () => {
  const { page } = desk;
  await page.getByRole("link", { name: "Write the decision" }).click();
  const words = Object.entries(DECISION);
  const radios = ["outcome", "tell_subject", "recipient"];
  await page.check('[name="outcome"][value="disclose"]');
  await page.fill('[name="words"]', WORDS);
  await desk.press("Put it to the panel");
  assert.equal(await page.inputValue('[name="words"]'), WORDS, "a refusal keeps the words");
  for (const [name, value] of words) {
    if (radios.includes(name)) await page.check(`[name="${name}"][value="${value}"]`);
    else await page.fill(`form[action$="/decision"] [name="${name}"]`, value);
  }
  await seen(desk, undefined, "decision");
  await desk.press("Put it to the panel");
  const alone = await desk.send(`${desk.application}/approval`, { number: "0", version: "1", read: "yes" });
  assert.ok([404, 422].includes(alone.status()), "not by herself");

  await supervisor.open(`${desk.application}`);
  await supervisor.page.check('[name="vote_agree"][value="yes"]');
  await supervisor.page.fill('[name="vote_words"]', "So I see it.");
  await supervisor.press("Vote", "#decision");
  await supervisor.open(`${desk.application}/approval`);
  assert.equal(await supervisor.page.innerText("[data-words]"), WORDS);
  await seen(supervisor, undefined, "approval");
  await supervisor.page.check('[name="read"]');
  await supervisor.press("Approve");
  await desk.open(desk.application);
  await page.getByText("Approved by").first().waitFor();
  assert.doesNotMatch(await page.innerText("main"), /RHUBARBIA/, "the words leave the page");
});

test("the link goes out in neutral words; she is told by video, line by line", async () => {
  await seen(desk, `${desk.application}/call`, "call-offer");
  link = await desk.sendLink();
  const [message] = await server.messages(APPLICANT.phone);
  assert.doesNotMatch(JSON.stringify(message), /disclos|polic|violence|abuse|Placeholder/i);
  await seen(desk, undefined, "call-sent");
  victim = await Victim.with(browser);
  await victim.open(link);
  await victim.getReady();
  await desk.openCall();
  await victim.on("call");
  await desk.page.locator("[data-remote] video").waitFor({ state: "visible" });
  await flows(victim.page, "she");
  await flows(desk.page, "the officer");
  const { page } = desk;
  await page.locator("#telling-part").waitFor();
  await page.locator('#telling-part [value="video"]').check();
  await picture(page, "disclosure-telling-1-begin");
  await desk.keys("l");
  await desk.step("identity");
  await page.fill('[name="how"]', PASSPORT);
  await picture(page, "disclosure-telling-2-identity");
  await desk.tell("It is she");
  await desk.step("safety");
  await picture(page, "disclosure-telling-3-safety");
  await desk.keys("y");
  await desk.step("before");
  await picture(page, "disclosure-telling-4-lines");
  const lines = await desk.readLines("before", "undertaking");
  assert.ok(lines.some((line) => /recorded/.test(line)), "she learns that it is recorded");
});

test("the words stand on the officer's page alone, and end with a plan", async () => {
  const { page } = desk;
  const before = await victim.look();
  await victim.watch();
  assert.doesNotMatch(await page.content(), /RHUBARBIA/, "not before the undertaking");
  await page.fill('[name="undertaking_words"]', ACCEPTS);
  await desk.tell("She gives it");
  await desk.step("words");
  assert.match(await page.innerText("[data-words]"), /RHUBARBIA/);
  await seen(desk, undefined, "telling-5-words");
  assert.deepEqual(await victim.changed(), [], "nothing changes on hers");
  assert.deepEqual(await victim.look(), before);
  await picture(victim.page, "disclosure-telling-5-hers");
  assert.doesNotMatch(await victim.page.content(), /RHUBARBIA|disclos/i);
  assert.equal(await victim.page.locator('[data-do="chat"]:visible').count(), 0, "no chat");
  await desk.keys("d");
  await desk.step("acknowledge");
  await page.fill('[name="acknowledged_words"]', UNDERSTOOD);
  await desk.tell("She has understood");
  await desk.readLines("after", "plan");
  assert.doesNotMatch(await page.content(), /RHUBARBIA/, "what is understood leaves the screen");
  await page.fill('[name="plan"]', PLAN);
  await picture(page, "disclosure-telling-6-plan");
  await desk.tell("Keep the plan");
  await desk.step("specialist");
  await page.fill('[name="specialist_words"]', SERVICE);
  await desk.tell("She accepts");
  await desk.step("end");
  await desk.tell("End the disclosure");
  await page.getByText("She has been told").first().waitFor();
  await picture(page, "disclosure-telling-7-told");
  await page.keyboard.press("x");
  await page.locator("#finish").waitFor();
  await page.locator("#finish", { hasText: "30 days" }).waitFor();
  await picture(page, "disclosure-telling-8-finish");
  await page.keyboard.press("Escape");
  await desk.finish();
  await victim.on("ended");
  await picture(victim.page, "disclosure-telling-9-hers");
  assert.deepEqual(await victim.keeps(), NOTHING);
  assert.deepEqual([victim.faults, desk.faults, supervisor.faults], [[], [], []]);
  await victim.context.close();
});

const recording = (file = "") => `/disclosures/calls/${desk.call}/recording${file}`;

test("it is recorded, and plays", async () => {
  objects = recorded().filter((name) => !responded.includes(name));
  assert.ok(objects.length > 0, "there are objects");
  const whole = await eventually("the whole recording", async () => {
    const answer = await desk.get(recording("/whole.webm"));
    return answer.status() === 200 && (await answer.body());
  });
  const found = await probe(server, "told.webm", whole);
  assert.deepEqual([found.of("video").length, found.of("audio").length], [2, 2]);
  for (const stream of found.of("video")) assert.ok((await decode(found, stream)) > 10);
  await desk.open(recording());
  await desk.page.locator("[data-play]").click();
  await desk.page.waitForFunction(() => {
    const all = [...document.querySelectorAll("[data-person] video")];
    return all.length === 2 && all.every((one) => one.currentTime > 1 && one.videoWidth > 0);
  });
  await seen(desk, undefined, "player");
  await seen(desk, desk.application, "made");
});

test("under the Right to Know another is told, and an end without words says nothing", async () => {
  const told = { ...desk, application: await desk.does("/disclosures/propose", KNOW) };
  const other = Object.assign(Object.create(Desk.prototype), told);
  await other.assess(["initial", "checks"]);
  await other.does(`${other.application}/decision`, DECISION);
  await supervisor.does(`${other.application}/vote`, { number: "0", vote_agree: "yes", vote_words: "Yes." });
  const read = { number: "0", version: "1", read: "yes" };
  await supervisor.does(`${other.application}/approval`, read);
  const guest = await Victim.with(browser);
  await guest.open(await other.sendLink("07700 900457"));
  await guest.getReady();
  await other.openCall();
  await guest.on("call");
  await flows(guest.page, "she");
  const telling = (step, form) => other.does(`${other.application}/telling/${step}`, form);
  await telling("begin", { channel: "video" });
  await telling("identity", { how: "Known to the officer." });
  await telling("safety", { answer: "safe_and_alone" });
  for (const line of BEFORE) await telling("line", { script: "1", line });
  await telling("undertaking", { undertaking_words: "Yes.", given: "yes" });
  await telling("told", { version: "1" });
  await telling("acknowledged", { acknowledged_words: "Yes." });
  for (const line of AFTER) await telling("line", { script: "1", line });
  await telling("plan", { plan: "Her sister." });
  await telling("specialist", { specialist_words: "No, thank you.", accepted: "no" });
  await telling("finished", {});
  await other.finish();
  await guest.on("ended");
  await guest.context.close();
  await other.open(other.application);
  await other.page.getByText("Disclosed").first().waitFor();

  const none = Object.assign(Object.create(Desk.prototype), { ...desk });
  none.application = await desk.does("/disclosures/new", ASKED);
  await none.assess(["initial", "conversation", "checks"]);
  const { words, ...no } = { ...DECISION, outcome: "no_disclosure" };
  await none.does(`${none.application}/decision`, { ...no, words: "" });
  await supervisor.does(`${none.application}/vote`, { number: "0", vote_agree: "yes", vote_words: "Yes." });
  await supervisor.does(`${none.application}/approval`, read);
  await seen(none, `${none.application}/closing`, "closing");
  const notice = await none.page.locator("[data-notice]").first().innerText();
  assert.doesNotMatch(notice, /Placeholder|convict|record/i, "neither yes nor no");
  await none.page.getByRole("button", { name: "Told by telephone" }).first().click();
  await none.page.getByText("has an answer").first().waitFor();
  await none.page.locator('[name="closing_reason"]:enabled').first().check();
  await none.page.fill('[name="closing_note"]', "Nothing that bears on her safety.");
  await none.page.getByRole("button", { name: "End the application" }).click();
  await none.page.getByText("This application has ended").first().waitFor();
  await seen(none, undefined, "closed");
  await seen(none, "/disclosures", "board-ended");
  await seen(none, "/disclosures/figures", "figures");
});

const BEFORE = ["for_safety", "keep_private", "nothing_kept", "not_confront", "misuse", "recorded"];
const AFTER = ["your_choice", "children", "in_danger", "ask_again"];

test("whoever manages him, and whoever answers calls, see nothing of it anywhere", async () => {
  const id = desk.application.split("/").pop();
  const unknown = "0".repeat(31) + "1";
  for (const login of ["offender-manager", "officer", "handler", "local-officer", "specialist"]) {
    const other = await Desk.sitDown(server, browser, login);
    for (const path of PATHS) {
      const there = await other.get(path.replace("ID", id).replace("CALL", desk.call));
      const none = await other.get(path.replace("ID", unknown).replace("CALL", unknown));
      const where = `${path} as ${login}`;
      assert.equal(there.status(), 404, where);
      assert.equal(none.status(), 404, where);
      const plain = async (answer) => (await answer.text()).replace(/nonce="[^"]*"/g, "");
      assert.equal(await plain(there), await plain(none), where);
    }
    const all = [id, desk.call, ...Object.values(APPLICANT)];
    for (const path of ["/", "/queue", "/board", "/incidents", "/hub", "/ask"]) {
      const answer = await other.get(path);
      const said = await answer.text();
      for (const word of all) assert.ok(!said.includes(word), `${word} in ${path} as ${login}`);
    }
    for (const word of [APPLICANT.name, APPLICANT.subject_name, APPLICANT.phone]) {
      for (const method of ["get", "post"]) {
        const answer = method === "get"
          ? await other.get(`/incidents?q=${encodeURIComponent(word)}`)
          : await other.send("/incidents/find", { name: word, phone: word, q: word });
        const said = await answer.text();
        for (const one of [id, desk.call]) assert.ok(!said.includes(one), `${word} as ${login}`);
      }
    }
    assert.deepEqual(other.faults, []);
    await other.context.close();
  }
});

const PATHS = [
  "/disclosures/ID",
  "/disclosures/ID/call",
  "/disclosures/ID/telling",
  "/disclosures/ID/closing",
  "/disclosures/ID/decision",
  "/disclosures/ID/approval",
  "/disclosures/calls/CALL",
  "/disclosures/calls/CALL/log",
  "/disclosures/calls/CALL/recording",
  "/disclosures/calls/CALL/recording/whole.webm",
  "/calls/CALL",
  "/calls/CALL/recording",
  "/calls/CALL/recording/whole.webm",
];

/** What was typed or is in a picture or a voice: none of it may stand in plain. */
function nothingInPlain() {
  const typed = [...Object.values(APPLICANT), ...Object.values(DECISION).slice(1), ACCEPTS, PLAN];
  typed.push(UNDERSTOOD, SERVICE, PASSPORT, "canary", link.split("#")[1]);
  const words = typed.filter((word) => word.length > 10 || word === "canary");
  const codes = ["person_at_risk"];
  const wanted = words.filter((word) => !codes.includes(word)).map((word) => Buffer.from(word));
  wanted.push(Buffer.from("OpusHead"), Buffer.from([0x1a, 0x45, 0xdf, 0xa3]));
  for (const { name, bytes } of server.files()) {
    for (const word of wanted) {
      assert.ok(!bytes.includes(word), `${word.toString("latin1")} stands in ${name}`);
    }
  }
  for (const word of words) assert.ok(!server.said().includes(word), `${word} stands in the log`);
}

test("a backup holds it while it lives", async () => {
  nothingInPlain();
  backups = join(server.data, "backups");
  server.command("backup", backups);
  const report = JSON.parse(server.command("drill", backups, "--json"));
  assert.deepEqual([report.passed, report.problems], [true, []]);
  assert.ok(report.recordings_played > 0 && report.chain_verified);
});

test("past its thirty days it is gone by API, by page, and from every file", async () => {
  // The day of the telling and thirty more: on the last of them it is there, then it is not.
  await server.advance(29 * DAY);
  await desk.signIn();
  assert.equal((await desk.get(recording())).status(), 200, "not before its day");
  await server.advance(DAY);
  await eventually("the certificate", async () => {
    const { body } = await server.api("GET", "/api/v1/retention/certificates");
    const found = body.certificates.find((one) => one.class === "disclosure-recording");
    epoch = found?.epoch;
    return found && assert.deepEqual([found.kept, found.residue_found], [0, 0]) === undefined;
  }, 60_000);
  await desk.signIn();
  for (const file of ["", "/whole.webm", "/check"]) {
    const answer = await desk.get(recording(file));
    assert.ok([404, 410].includes(answer.status()), `${file}: ${answer.status()}`);
  }
  assert.equal((await desk.get(recording())).status(), 410);
  await seen(desk, recording(), "gone");
  const left = recorded();
  assert.deepEqual(objects.filter((name) => left.includes(name)), [], "no object is left");
  nothingInPlain();
  const officer = await Desk.sitDown(server, browser, "officer");
  const whole = await officer.get(`/calls/${response}/recording/whole.webm`);
  assert.equal(whole.status(), 200, "a response call of that day has a day more");
  assert.ok(responded.every((name) => left.includes(name)));
  await officer.context.close();
});

/** Another process in an empty folder, with nothing of this machine's service. */
function verify(file, ...words) {
  const cwd = mkdtempSync(join(server.data, "elsewhere-"));
  const all = ["retention", "verify", file, ...words];
  const { status, stdout } = spawnSync(BINARY, all, { cwd, encoding: "utf8", env: {} });
  assert.deepEqual(readdirSync(cwd), [], "it leaves nothing");
  return { status, stdout };
}

test("its certificate is verified elsewhere, and a changed one is refused", async () => {
  const printed = await eventually("the certificate", () => {
    const { status, stdout } = server.tries("retention", "certificate", epoch);
    return status === 0 && stdout;
  }, 60_000);
  const { body, status } = await server.api("GET", `/api/v1/retention/certificates/${epoch}`);
  assert.equal(status, 200);
  assert.equal(JSON.stringify(body), JSON.stringify(JSON.parse(printed)), "the same by API");
  const file = join(server.data, "certificate.json");
  writeFileSync(file, printed);
  const key = server.command("journal", "key").trim();
  const good = verify(file, "--key", key);
  assert.equal(good.status, 0, good.stdout);
  assert.match(good.stdout, /verified/);
  const bytes = Buffer.from(printed);
  const at = bytes.indexOf('"objects":') + 11;
  for (const place of [at, Math.floor(bytes.length / 2), bytes.length - 40]) {
    const flipped = Buffer.from(bytes);
    flipped[place] ^= 1;
    const changed = join(server.data, `changed-${place}.json`);
    writeFileSync(changed, flipped);
    assert.equal(verify(changed, "--key", key).status, 1, `a changed byte at ${place} is refused`);
  }
  const paper = join(server.data, "certificate.pdf");
  server.command("retention", "certificate", epoch, "--pdf", paper);
  assert.equal(readFileSync(paper).subarray(0, 5).toString(), "%PDF-");
});

test("whoever answers for the data sees that it went, and the proof", async () => {
  const keeper = await Desk.sitDown(server, browser, "data-protection");
  await seen(keeper, "/retention", "retention");
  const proof = keeper.page.locator(`a[href="/retention/certificates/${epoch}"]`);
  await proof.scrollIntoViewIfNeeded();
  await picture(keeper.page, "disclosure-retention-ended");
  await proof.click();
  await keeper.page.waitForURL(/certificates/);
  await seen(keeper, undefined, "certificate");
  const asked = await keeper.get(`/retention/certificates/${epoch}.json`);
  const file = join(server.data, "from-the-page.json");
  writeFileSync(file, await asked.body());
  assert.equal(verify(file, "--key", server.command("journal", "key").trim()).status, 0);
  await seen(keeper, "/retention/schedule", "retention-schedule");
  assert.deepEqual(keeper.faults, []);
  await keeper.context.close();
});

test("it stays gone in the backup of when it lived", async () => {
  const report = JSON.parse(server.command("drill", backups, "--json"));
  assert.deepEqual([report.passed, report.problems], [true, []]);
  assert.ok(report.objects_dead >= objects.length, `${report.objects_dead} objects are dead`);
  assert.ok(report.recordings_played > 0, "the response call still plays");

  await server.down();
  const [data, lost] = [join(server.data, "data"), join(server.data, "lost")];
  execFileSync("mv", [data, lost]);
  mkdirSync(data, { mode: 0o700 });
  for (const keys of ["keys", "keys-mirror"]) {
    cpSync(join(lost, keys), join(data, keys), { recursive: true });
  }
  server.command("restore", backups);
  cpSync(join(lost, "demo-clock"), join(data, "demo-clock"));
  await server.up();
  await desk.signIn();
  const answer = await eventually("the page of what is gone", async () => {
    const page = await desk.get(recording());
    return page.status() !== 503 && page;
  });
  assert.equal(answer.status(), 410, "gone by page");
  for (const name of ["/whole.webm", "/check"]) {
    assert.ok([404, 410].includes((await desk.get(recording(name))).status()), name);
  }
  await eventually("its objects went again", () => {
    const left = recorded().map((name) => basename(name));
    return objects.every((name) => !left.includes(basename(name)));
  }, 60_000);
  nothingInPlain();
  const officer = await Desk.sitDown(server, browser, "officer");
  const whole = await officer.get(`/calls/${response}/recording/whole.webm`);
  assert.equal(whole.status(), 200, "what had a day more is there");
});
