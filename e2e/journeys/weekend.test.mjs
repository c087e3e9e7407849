// A weekend of the hub, with the clock moved: six reports answered by video, and everything that
// is owed after the call: referral, arrest, school, review, bail, and one board of all of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, narrow, OLD_PHONE, picture } from "../house/browsers.mjs";
import { Officer } from "../house/officer.mjs";
import { eventually, Server } from "../house/server.mjs";
import { Staff } from "../house/staff.mjs";
import { Victim } from "../house/victim.mjs";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Six invented reports of different risk; who is not `crime` is recorded as no crime. */
const REPORTS = [
  { name: "Alba Example", phone: "07700 900301", risk: "high", crime: true },
  { name: "Bryn Example", phone: "07700 900302", risk: "high", crime: true },
  { name: "Carys Example", phone: "07700 900303", risk: "medium", crime: true },
  { name: "Dilys Example", phone: "07700 900304", risk: "medium", crime: false },
  { name: "Efa Example", phone: "07700 900305", risk: "standard", crime: false },
  { name: "Ffion Example", phone: "07700 900306", risk: "standard", crime: false },
];

let server;
let browser;
let officer;
let supervisor;
let local;
let partner;
let specialist;
let monday;
const staff = () => [supervisor, local, partner, specialist];

before(async () => {
  server = await Server.start();
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The force's own system takes the report, screens it and sends the link. */
async function report(one) {
  const said = async (path, body) => {
    const answer = await server.api("POST", `/api/v1/incidents${path}`, body);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { incident } = await said("", {
    source: "999",
    person: { name: one.name, phone: one.phone },
    place: { words: "1 Imaginary Terrace" },
    account: "An invented account of a weekend.",
    contact: { phone: one.phone, safe_to_text: true, safe_to_call: true },
    suspect: { name: `Suspect of ${one.name}` },
    relationship: "partner",
  });
  one.incident = incident;
  await said(`/${incident}/grade`, { grade: "priority", reason: "He has left." });
  const rules = ["offender_absent", "safe_place", "safe_to_talk", "safe_to_text"];
  rules.push("able_to_communicate", "device", "adult");
  const answers = rules.map((rule) => ({ rule, answer: "yes" }));
  await said(`/${incident}/screening`, { answers });
  const { offer } = await said(`/${incident}/offer`, {});
  const yes = { offer, channel: "text", to: one.phone, language: "en" };
  await said(`/${incident}/offer/accept`, yes);
  return eventually("the text message with the link", async () => {
    const [newest] = await server.messages(one.phone);
    return newest?.link;
  });
}

/** What the officer does beside the picture, by the panels' own forms. */
async function casework(one) {
  const at = (panel) => `/incidents/${one.incident}/${panel}`;
  await officer.does(at("investigation"), { account: "She told it calmly." });
  const offence = one.crime ? "Assault" : "";
  const recorded = one.crime ? "crime" : "non_crime";
  await officer.does(at("investigation/crime"), { recorded, offence, crime_reason: "What she said." });
  await officer.does(at("risk/earshot"), { earshot: "alone" });
  await officer.does(at("risk"), { q_sleep_tonight: one.risk === "high" ? "yes" : "no" });
  await officer.does(at("risk/grade"), { grade: one.risk, grade_reason: "As I judge it." });
}

/** One report by video, from the text message to the outcome. */
async function answer(one, during = async () => {}) {
  const link = await report(one);
  const victim = await Victim.with(browser);
  await victim.open(link);
  await victim.getReady();
  await officer.page.goto(`${server.other}/queue`);
  await officer.pickUp();
  await victim.on("call");
  await officer.sees();
  await casework(one);
  await during(one, victim);
  await officer.finish();
  await victim.on("ended");
  await victim.context.close();
  assert.deepEqual([victim.faults, officer.faults], [[], []]);
}

test("Saturday night: six reports of different risk, each answered by video", async () => {
  const now = await server.advance(0);
  const today = new Date(now * 1000);
  // The next Saturday at nine in the evening, and the Monday after it.
  const days = (6 - today.getUTCDay() + 7) % 7 || 7;
  const saturday = Math.floor(now / DAY) * DAY + days * DAY + 21 * HOUR;
  monday = saturday + 2 * DAY - 13 * HOUR;
  await server.advance(saturday - now);
  officer = await Officer.comeOn(server, browser);
  for (const one of REPORTS) {
    await answer(one, DURING[REPORTS.indexOf(one)]);
  }
  await picture(officer.page, "weekend-01-finished");
});

/** Sends a form of a panel. */
const sent = (panel, end) => panel.locator(`form[action$="${end}"] button[type=submit]`).click();

/** The first call by the page's own panels, as an officer uses them. */
async function firstCall(one) {
  const referral = await officer.panel("referral", "e");
  await referral.locator('[name="agency"]').selectOption("adviser");
  await referral.locator('[name="consent"][value="consent"]').check();
  await referral.locator('[name="referral_summary"]').fill("She asks for an adviser.");
  await picture(officer.page, "weekend-02-referral");
  await sent(referral, "/referral");
  await referral.locator(".list__item").first().waitFor();

  const arrest = await officer.panel("arrest", "t");
  await arrest.locator('[name="grounds"]').fill("What she said, and her injuries.");
  await arrest.locator('[name="necessity"]').first().check();
  await arrest.locator('[name="necessity_words"]').fill("To keep her safe tonight.");
  await arrest.locator('[name="whereabouts"]').fill("At his brother's.");
  await arrest.locator('[name="arrest_risks"]').fill("None known.");
  await arrest.locator('[name="arrest_risk"][value="high"]').check();
  await sent(arrest, "/arrest");
  await arrest.locator(".list__item").first().waitFor();

  const safety = await officer.panel("safeguarding", "f");
  await safety.locator("summary", { hasText: "Add a child" }).click();
  await safety.locator('[name="child_name"]').fill("Jude Example");
  await safety.locator('[name="child_school"]').selectOption("meadow_primary");
  await safety.locator('[name="child_voice"]').fill("I hid in the bath.");
  await sent(safety, "/children");
  await safety.getByText("Jude Example").waitFor();
  await picture(officer.page, "weekend-03-school");
  assert.ok(one.incident);
}

/** Her statement, drafted of the account, read and acknowledged on her own screen. */
async function herWord(one, victim) {
  const path = `/incidents/${one.incident}/statement`;
  await officer.does(`${path}/draft`, {});
  const drafted = await (await officer.get(path)).text();
  const [, seen] = /name="seen" value="([0-9a-f]+)"/.exec(drafted);
  await officer.does(`${path}/offered`, { seen });
  await victim.page.locator("[data-reading]").waitFor();
  assert.match(await victim.page.innerText("[data-reading-text]"), /She told it calmly/);
  await picture(victim.page, "weekend-20-her-word");
  await victim.press("reading-right");
  await victim.page.locator("[data-reading]").waitFor({ state: "hidden" });
  await eventually("her word is on record", async () => {
    const known = await server.api("GET", `/api/v1/incidents/${one.incident}/investigation`);
    return JSON.stringify(known.body).includes("acknowledged");
  });
}

/** What is done beside the picture of the first two calls. */
const DURING = [firstCall, herWord];

test("a second report of the same: a duplicate arrest request is refused in words", async () => {
  const path = `/incidents/${REPORTS[0].incident}/arrest`;
  const again = {
    suspect: `Suspect of ${REPORTS[0].name}`,
    grounds: "The same again.",
    necessity: "protect",
    necessity_words: "The same.",
    arrest_risks: "None known.",
    arrest_risk: "high",
  };
  const refused = await officer.send(path, again);
  assert.equal(refused.status(), 422);
  assert.match(await refused.text(), /open request for this person in this incident already/);
});

test("the supervisor sees every promise of the night on one board", async () => {
  supervisor = await Staff.sitDown(server, browser, "supervisor");
  await supervisor.open("/promises");
  const rows = supervisor.page.locator(".queue .row");
  await rows.first().waitFor();
  const said = await supervisor.page.innerText("main");
  for (const kind of ["School told before the bell", "Review"]) {
    assert.match(said, new RegExp(kind, "i"));
  }
  await picture(supervisor.page, "weekend-04-promises");
  await accessible(supervisor.page, "the board of promises");
});

test("the agency accepts in its own browser and records that it spoke with her", async () => {
  partner = await Staff.sitDown(server, browser, "partner");
  await partner.open("/partner");
  const row = partner.page.locator("a.row__title").first();
  await row.waitFor();
  await picture(partner.page, "weekend-05-console");
  await accessible(partner.page, "the console of an agency");
  await row.click();
  await partner.page.locator('form[action$="/accept"]').waitFor();
  await picture(partner.page, "weekend-06-referred");
  await partner.submit("/accept");
  await server.advance(2 * HOUR);
  await partner.page.locator('[name="how"]').first().check();
  await partner.page.fill('[name="contact_note"]', "She is glad of it.");
  await partner.submit("/contact");
  await partner.page.getByRole("heading", { level: 1 }).waitFor();
  assert.match(await partner.page.innerText("body"), /In contact/);
  await picture(partner.page, "weekend-07-engaged");
  // What comes later appears by itself.
  await partner.open("/partner");
  const asked = { agency: "adviser", consent: "consent", referral_summary: "She asks as well." };
  await officer.does(`/incidents/${REPORTS[1].incident}/referral`, asked);
  await partner.page.locator("#new a.row__title").waitFor();
  await partner.page.locator("#new a.row__title").click();
  await partner.submit("/accept");
  await partner.page.locator('[name="how"]').first().check();
  await partner.page.fill('[name="contact_note"]', "Spoken with.");
  await partner.submit("/contact");
  // Nothing of anybody else stands in the console.
  const console_ = await (await partner.get("/partner")).text();
  for (const other of REPORTS) assert.ok(!console_.includes(other.incident));
});

test("the team tries twice, arrests him at the second, and bails him; she is told first", async () => {
  local = await Staff.sitDown(server, browser, "local-officer");
  const all = await server.api("GET", `/api/v1/incidents/${REPORTS[0].incident}/arrests`);
  const { arrest } = all.body.arrests[0];
  await local.open("/arrests");
  await local.page.locator(".board, .queue, .lanes, main .card").first().waitFor();
  await picture(local.page, "weekend-08-arrests");
  await local.does(`/arrests/${arrest}/assign`, { team: "north", assign_note: "" });
  await local.does(`/arrests/${arrest}/take`, {});
  const tried = { place: "At his brother's", tried_what: "Knocked, no answer", result: "nobody_in" };
  await local.does(`/arrests/${arrest}/attempts`, tried);
  await server.advance(2 * HOUR);
  await local.does(`/arrests/${arrest}/attempts`, { ...tried, result: "got_away" });
  await server.advance(HOUR);
  const made = { made_place: "At his brother's", custody: "EX/1" };
  await local.does(`/arrests/${arrest}/arrested`, made);
  const ends = new Date((monday + 14 * DAY) * 1000).toISOString().slice(0, 10);
  const bail = {
    outcome: "bail",
    bail_ends: ends,
    bail_terms: "Not to go near her.",
  };
  await local.does(`/arrests/${arrest}/outcome`, bail);
  await local.open(`/arrests/${arrest}`);
  await picture(local.page, "weekend-09-arrested");
  await accessible(local.page, "an arrest");
  const told = { told_how: "telephone", told_note: "Told at once." };
  await local.does(`/arrests/${arrest}/told`, told);
  // Told of the arrest, she is told of the bail that came of it: one form, one word.
  await eventually("the order knows that she was told", async () => {
    const bailed = await server.api("GET", `/api/v1/incidents/${REPORTS[0].incident}/arrests`);
    const page = await local.get(`/orders/${bailed.body.orders[0].order}`);
    return !(await page.text()).includes('action="/orders/' + bailed.body.orders[0].order + '/told"');
  });
});

test("Sunday: the school is told, long before Monday's bell", async () => {
  await server.advance(monday - DAY + 2 * HOUR - (await server.advance(0)));
  await officer.signIn();
  await officer.open("/safeguarding");
  await officer.page.getByText("Example Meadow Primary School").waitFor();
  await picture(officer.page, "weekend-10-schools");
  await accessible(officer.page, "the board of schools");
  const path = `/incidents/${REPORTS[0].incident}`;
  const told = { child: "1", told_how: "telephone", spoke_with: "The key adult" };
  await officer.does(`${path}/safeguarding/told`, told);
  const plan = await server.api("GET", `/api/v1${path}/safeguarding`);
  const [child] = plan.body.children;
  assert.deepEqual([child.notice, child.missed], ["acknowledged", false]);
  assert.ok(Date.parse(child.due_at) / 1000 > (await server.advance(0)), "before the bell");
});

test("Sunday: the high grades are looked at by a specialist, and she is assessed again", async () => {
  specialist = await Staff.sitDown(server, browser, "specialist");
  await specialist.open("/risk");
  await specialist.page.locator("main .row, main .queue li").first().waitFor();
  await picture(specialist.page, "weekend-18-second-grades");
  await accessible(specialist.page, "the board of second grades");
  const [first, second] = REPORTS;
  const agreed = { second_grade: "high", second_reason: "I agree." };
  await specialist.does(`/risk/${first.incident}/second-grade`, agreed);
  const lower = { second_grade: "medium", second_reason: "He is in another country." };
  await specialist.does(`/risk/${second.incident}/second-grade`, lower);
  await specialist.open(`/risk/${second.incident}`);
  await picture(specialist.page, "weekend-19-disagreed");
  await accessible(specialist.page, "a second grade");
  // Somebody was bailed: what she answered last night may not hold.
  const at = (part) => `/incidents/${first.incident}/risk${part}`;
  await officer.does(at("/begin"), {});
  await officer.does(at("/earshot"), { earshot: "alone", how: "audio_only" });
  await officer.does(at(""), { q_sleep_tonight: "yes" });
  await officer.does(at("/grade"), { grade: "high", grade_reason: "He is out on bail." });
  await specialist.does(`/risk/${first.incident}/second-grade`, agreed);
});

test("Monday: somebody else reviews, and one that was no crime becomes one", async () => {
  await server.advance(monday - (await server.advance(0)));
  await specialist.signIn();
  await specialist.open("/reviews");
  await specialist.page.locator(".queue .row").nth(2).waitFor();
  await picture(specialist.page, "weekend-11-reviews");
  await accessible(specialist.page, "the queue of reviews");
  const review = `/reviews/${REPORTS[3].incident}`;
  await specialist.does(`${review}/take`, {});
  await specialist.open(review);
  await specialist.page.check('[name="outcomes"][value="reclass"]');
  await specialist.page.fill('[name="offence"]', "Controlling or coercive behaviour");
  await specialist.page.fill('[name="finding"]', "What she told is a course of conduct.");
  await picture(specialist.page, "weekend-12-review");
  await specialist.submit("/decide");
  for (const one of REPORTS.slice(4)) {
    await specialist.does(`/reviews/${one.incident}/take`, {});
    const found = { outcomes: "confirm", finding: "Read whole; it is as it was decided." };
    await specialist.does(`/reviews/${one.incident}/decide`, found);
  }
  await officer.signIn();
  await eventually("the investigation took the crime", async () => {
    const page = await officer.get(`/incidents/${REPORTS[3].incident}/investigation`);
    return (await page.text()).includes("Controlling or coercive behaviour");
  });
});

test("Monday morning: nothing promised over the weekend was missed, and it prints", async () => {
  await supervisor.signIn();
  await supervisor.open("/promises");
  await supervisor.page.locator(".queue .row").first().waitFor();
  await picture(supervisor.page, "weekend-13-monday");
  const late = await (await supervisor.get("/promises?late=1")).text();
  assert.doesNotMatch(late, /row--danger/, "nothing is late");
  await supervisor.open("/promises/handover");
  await supervisor.page.emulateMedia({ media: "print" });
  await picture(supervisor.page, "weekend-14-handover-on-paper");
  await supervisor.page.emulateMedia({ media: "screen" });
  await supervisor.open("/insight");
  await picture(supervisor.page, "weekend-15-insight");
  await accessible(supervisor.page, "what the chief asks");
});

test("the bail date that would have lapsed is seen, and decided on", async () => {
  const all = await server.api("GET", `/api/v1/incidents/${REPORTS[0].incident}/arrests`);
  const [order] = all.body.orders;
  assert.equal(order.of, "bail");
  const ends = Date.parse(order.ends_at) / 1000;
  // A day before: it warns on the board.
  await server.advance(ends - 12 * HOUR - (await server.advance(0)));
  await supervisor.signIn();
  await supervisor.open("/promises");
  await supervisor.page.locator(".row__title", { hasText: "Bail ends" }).waitFor();
  await picture(supervisor.page, "weekend-16-bail-soon");
  await local.signIn();
  await local.open(`/orders/${order.order}`);
  await picture(local.page, "weekend-17-bail");
  await accessible(local.page, "a bail");
  const now = await server.advance(0);
  const until = new Date((ends + 28 * DAY) * 1000).toISOString().slice(0, 10);
  const more = { until, authority: "inspector", extend_reason: "The file is not ready." };
  await local.does(`/orders/${order.order}/extended`, more);
  const told = { told_how: "telephone", told_note: "It goes on." };
  await local.does(`/orders/${order.order}/told`, told);
  await server.advance(ends + HOUR - now);
  const later = await server.api("GET", `/api/v1/orders/${order.order}`);
  assert.deepEqual([later.body.over, later.body.ended], [false, null]);
});

test("the boards fit an old phone, by night too", async () => {
  const wishes = { viewport: OLD_PHONE, phone: true, dark: true };
  const pages = {
    supervisor: ["/promises", "/promises/handover", "/insight", "/arrests", "/referrals"],
    specialist: ["/reviews", "/samples", "/risk"],
    partner: ["/partner"],
    officer: ["/safeguarding", "/investigations", `/incidents/${REPORTS[0].incident}/safeguarding`],
  };
  for (const [login, paths] of Object.entries(pages)) {
    const one = await Staff.sitDown(server, browser, login, wishes);
    for (const path of paths) {
      const answer = await one.open(path);
      assert.equal(answer.status(), 200, `${login} ${path}`);
      await narrow(one.page, path);
      await picture(one.page, `weekend-night-${login}-${paths.indexOf(path)}`);
    }
    await one.context.close();
  }
  assert.deepEqual(staff().flatMap((one) => one.faults), []);
});

test("the same at scale, over the public ways in: nothing promised is missed", async () => {
  const plan = ["--calls", "1", "--seconds", "4", "--weekend", "40", "--json"];
  const { status, stdout } = server.tries("rehearse", ...plan);
  const said = JSON.parse(stdout);
  assert.equal(status, 0, JSON.stringify(said.weekend_problems));
  const { incidents_finished, promises_missed, referrals, journal_verified } = said;
  assert.deepEqual([incidents_finished, promises_missed, journal_verified], [40, 0, true]);
  assert.ok(referrals > 0 && said.referrals_within_hours_p95 < 4, "first contact within hours");
});

test("the journal is sound", async () => {
  await server.down();
  assert.match(server.command("journal", "verify"), /sound/i);
  await server.up();
});
