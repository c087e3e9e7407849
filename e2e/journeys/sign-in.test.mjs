// Staff come in: the demonstration's door, every role's first page, and the way out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, browse, person, picture } from "../house/browsers.mjs";
import { Server } from "../house/server.mjs";

let server;
let browser;

before(async () => {
  server = await Server.start();
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a stranger is sent to sign in, and a wrong password says the same as a wrong name", async () => {
  const { page, faults } = await person(browser);
  await page.goto(`${server.origin}/accounts`);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await accessible(page, "sign-in");
  await page.fill("#login", "administrator");
  await page.fill("#password", "not the password");
  await page.fill("#code", "000000");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".govuk-error-summary");
  assert.match(await page.title(), /^Error:/);
  assert.equal(await page.inputValue("#login"), "administrator");
  assert.equal(await page.inputValue("#password"), "");
  await accessible(page, "sign-in refused");
  assert.deepEqual(faults, []);
});

for (const dark of [false, true]) {
  test(`every role has a first page that is theirs, ${dark ? "by night" : "by day"}`, async () => {
    for (const who of ["handler", "officer", "supervisor", "administrator", "auditor"]) {
      const { context, page, faults } = await person(browser, { dark });
      await page.goto(`${server.origin}/demo/as/${who}`);
      await page.waitForSelector("main h1, h1");
      assert.notEqual(new URL(page.url()).pathname, "/sign-in", who);
      await accessible(page, `first page of ${who}`);
      await picture(page, `first-${who}${dark ? "-dark" : ""}`);
      assert.deepEqual(faults, []);
      await context.close();
    }
  });
}
