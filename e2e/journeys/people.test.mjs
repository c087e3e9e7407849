// One person across incidents: found however she is spelt, merged with care and taken apart, a
// party who opens nothing, a seal that is broken and looked at; and the plan for him who does harm.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, narrow, OLD_PHONE, picture } from "../house/browsers.mjs";
import { eventually, Server } from "../house/server.mjs";
import { Staff } from "../house/staff.mjs";

const DAY = 24 * 3600;
const SUSPECT = { name: "Ben Sample", date_of_birth: "1985-06-11" };
const REPORTS = {
  first: { name: "Catherine Example", phone: "07700 900401" },
  again: { name: "Kathryn Exampel", phone: "+44 7700 900401" },
  other: { name: "Dana Other", phone: "07700 900402", date_of_birth: "1999-09-09" },
  namesake: { name: "Dana Other", phone: "07700 900403", date_of_birth: "1962-09-09" },
};

let server;
let browser;
let officer;
let supervisor;
let manager;
const incidents = {};
const records = {};

before(async () => {
  server = await Server.start();
  browser = await browse();
  for (const [key, person] of Object.entries(REPORTS)) {
    const answer = await server.api("POST", "/api/v1/incidents", {
      source: "999",
      person,
      account: "An invented account.",
      contact: { phone: person.phone, safe_to_text: true, safe_to_call: true },
      suspect: key === "namesake" ? {} : SUSPECT,
      relationship: "former_partner",
    });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    incidents[key] = answer.body.incident;
    records[key] = await eventually(`a record of ${key}`, async () => {
      const people = await server.api("GET", `/api/v1/incidents/${incidents[key]}/people`);
      const named = key === "namesake" || people.body.some((one) => one.role === "suspect");
      return named && people.body.find((one) => one.role === "victim")?.person;
    });
    if (key === "first") {
      const people = await server.api("GET", `/api/v1/incidents/${incidents.first}/people`);
      records.him = people.body.find((one) => one.role === "suspect").person;
    }
  }
  officer = await Staff.sitDown(server, browser, "officer");
  supervisor = await Staff.sitDown(server, browser, "supervisor");
  manager = await Staff.sitDown(server, browser, "offender-manager");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("somebody is found by how her name sounds, and by her number however it is written", async () => {
  await officer.open("/people");
  await officer.page.fill('[name="name"]', "Katherine Exampel");
  await officer.press("Find a person");
  const rows = officer.page.locator("#found .row__title");
  await rows.nth(1).waitFor();
  await picture(officer.page, "people-01-found");
  await accessible(officer.page, "people that are found");
  await officer.page.fill('[name="name"]', "");
  await officer.page.fill('[name="phone"]', "0044 7700 900401");
  await officer.press("Find a person");
  assert.equal(await rows.count(), 2);
});

test("two spellings of one person are compared, merged, and taken apart again", async () => {
  await officer.open(`/people/${records.first}`);
  await picture(officer.page, "people-02-person");
  await accessible(officer.page, "a person");
  await officer.page.locator("#alike .row__title").first().click();
  await officer.page.locator('[name="merge_reason"]').waitFor();
  await picture(officer.page, "people-03-compare");
  await accessible(officer.page, "two records side by side");
  await officer.page.fill('[name="merge_reason"]', "The same number and the same voice.");
  await officer.press("Merge");
  await officer.page.locator("#records .list__item").waitFor();
  assert.match(await officer.page.innerText("main"), /Repeat victim/);
  await picture(officer.page, "people-04-merged");
  await officer.page.locator("#records summary").click();
  await officer.page.fill('[name="released_reason"]', "Her sister, as it turned out.");
  await officer.press("Take apart", "#records");
  await officer.page.locator("#records").waitFor({ state: "detached" });
});

test("two different people are not merged, whatever their names say", async () => {
  await supervisor.open(`/people/${records.other}/merge/${records.namesake}`);
  await supervisor.page.fill('[name="merge_reason"]', "One name.");
  await supervisor.press("Merge");
  assert.match(await supervisor.page.innerText("main"), /their dates of birth differ/);
  assert.equal(await supervisor.page.inputValue('[name="merge_reason"]'), "One name.");
  await picture(supervisor.page, "people-05-refused");
});

test("the suspect of three victims is on the list by counts, and unnamed", async () => {
  await manager.open("/");
  await manager.page.locator(".row__title").first().waitFor();
  await picture(manager.page, "people-06-perpetrators");
  await accessible(manager.page, "the list for proactive teams");
  const said = await manager.page.innerText("main");
  assert.match(said, /3 victims/);
  assert.doesNotMatch(said, /Ben Sample/);
});

test("his plan: strategies, an action, a programme, a condition that he breaks", async () => {
  const his = `/perpetrators/${records.him}`;
  await manager.open(his);
  await picture(manager.page, "people-07-no-plan");
  await manager.page.selectOption('[name="why"]', "serial");
  await manager.page.fill('[name="open_reason"]', "Three victims in a week.");
  await manager.press("Open a plan");
  const day = (days) => new Date((Date.now() / 1000 + days * DAY) * 1000).toISOString().slice(0, 10);
  await manager.does(`${his}/strategies`, { strategy: "education", aim: "That he stops." });
  await manager.does(`${his}/strategies`, { strategy: "prevention", aim: "That he cannot." });
  await manager.does(`${his}/actions`, {
    action_strategy: "prevention",
    action_what: "A visit by the local team",
    action_provider: "local_policing",
    action_due: day(7),
  });
  await manager.does(`${his}/programmes`, {
    provider: "behaviour_programme",
    sessions: "12",
    programme_due: day(120),
  });
  for (const [session, attendance] of [["1", "attended"], ["2", "excused"], ["3", "absent"]]) {
    await manager.does(`${his}/sessions`, { number: "1", session, held_on: day(0), attendance });
  }
  await manager.does(`${his}/conditions`, {
    condition_words: "Not to write to any of them.",
    condition_until: day(90),
  });
  await manager.does(`${his}/conditions/breached`, { number: "1", words: "A letter to her work." });
  await manager.open(his);
  await picture(manager.page, "people-08-plan");
  await accessible(manager.page, "a plan");
  const closing = await manager.send(`${his}/closed`, { outcome: "reached", close_reason: "Done." });
  assert.match(await closing.text(), /A breach is undecided/);
  await supervisor.open("/promises");
  await supervisor.page.locator(".row__title", { hasText: "Decide about a breach" }).click();
  await supervisor.page.waitForURL(`**${his}`);
  await supervisor.does(`${his}/breaches/decided`, {
    number: "1",
    decision: "prosecute",
    words: "The third time.",
  });
  const page = await (await manager.get(his)).text();
  assert.match(page, /Prosecute for the offence/);
});

test("an officer who is the suspect opens nothing of it any more", async () => {
  const paths = ["first", "again", "other"].map((key) => `/incidents/${incidents[key]}`);
  for (const path of paths) assert.equal((await officer.get(path)).status(), 200);
  await supervisor.open(`/people/${records.him}`);
  await supervisor.page.selectOption('[name="colleague"]', { label: "Oscar Example" });
  await supervisor.page.fill('[name="colleague_reason"]', "His warrant card.");
  await supervisor.press("Mark as a colleague");
  await picture(supervisor.page, "people-09-colleague");
  for (const path of [...paths, `/people/${records.him}`]) {
    assert.equal((await officer.get(path)).status(), 404, path);
    assert.equal((await supervisor.get(path)).status(), 200, path);
  }
  await officer.open("/people");
  await officer.page.fill('[name="name"]', "Ben Sample");
  await officer.press("Find a person");
  assert.match(await officer.page.innerText("main"), /Nobody like that is known/);
});

test("a sealed incident exists for who is admitted, and a broken seal is looked at", async () => {
  const incident = incidents.namesake;
  await supervisor.open(`/sealed/${incident}`);
  await supervisor.page.getByLabel("Owen Example").check();
  await supervisor.page.fill('[name="set_reason"]', "A colleague's mother.");
  await picture(supervisor.page, "people-10-seal");
  await accessible(supervisor.page, "a seal");
  await supervisor.press("Seal it");
  for (const one of [supervisor, officer]) {
    assert.equal((await one.get(`/incidents/${incident}`)).status(), 404);
    assert.equal((await one.get(`/people/${records.namesake}`)).status(), 404);
  }
  await supervisor.open("/sealed");
  await picture(supervisor.page, "people-11-sealed");
  await accessible(supervisor.page, "the list of seals");
  await supervisor.open(`/sealed/${incident}`);
  await supervisor.page.fill('[name="break_reason"]', "She rings, and nobody else is here.");
  await supervisor.press("Break the seal");
  assert.equal((await supervisor.get(`/incidents/${incident}`)).status(), 200);
  await picture(supervisor.page, "people-12-broken");
  await server.advance(4 * 3600);
  await supervisor.signIn();
  assert.equal((await supervisor.get(`/incidents/${incident}`)).status(), 404);
  await supervisor.open("/promises");
  await supervisor.page.locator(".row__title", { hasText: "why a seal was broken" }).waitFor();
});

test("the pages of people and plans fit an old phone, by night too", async () => {
  const wishes = { viewport: OLD_PHONE, phone: true, dark: true };
  const pages = {
    supervisor: ["/people", `/people/${records.other}`, "/sealed", `/sealed/${incidents.namesake}`],
    "offender-manager": ["/perpetrators", `/perpetrators/${records.him}`],
    specialist: [`/people/${records.first}/merge/${records.again}`, "/people"],
  };
  for (const [login, paths] of Object.entries(pages)) {
    const one = await Staff.sitDown(server, browser, login, wishes);
    for (const path of paths) {
      const answer = await one.open(path);
      assert.equal(answer.status(), 200, `${login} ${path}`);
      await narrow(one.page, path);
      await picture(one.page, `people-night-${login}-${paths.indexOf(path)}`);
    }
    await one.context.close();
  }
  assert.deepEqual([officer, supervisor, manager].flatMap((one) => one.faults), []);
});
