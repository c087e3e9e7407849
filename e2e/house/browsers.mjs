// Debian's Chromium with its fake camera, one process a journey, one context a person.

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { countPeers } from "./media.mjs";

const RESULTS = join(import.meta.dirname, "..", "results");

export const PHONE = { width: 390, height: 844 };
export const OLD_PHONE = { width: 320, height: 568 };
/** A desk's window of 1280 x 1024 px at 400 %. */
export const MAGNIFIED = { width: 320, height: 256 };
export const TABLET = { width: 820, height: 1180 };
export const DESK = { width: 1440, height: 900 };

/** Starts the browser; `asks` is one that asks for the camera, and nobody there to say yes. */
export function browse({ asks = false } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...(asks ? [] : ["--use-fake-ui-for-media-stream"]),
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-fake-device-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
      // Without it Chromium gathers no candidate on the loopback interface.
      "--allow-loopback-in-peer-connection",
    ],
  });
}

/** A person's own browser window; what its console says in error is kept. */
export async function person(browser, wishes = {}) {
  const { viewport = DESK, phone = false, dark = false, ...rest } = wishes;
  const context = await browser.newContext({
    viewport,
    isMobile: phone,
    hasTouch: phone,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    permissions: ["camera", "microphone"],
    ...rest,
  });
  await context.addInitScript(countPeers);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  page.on("console", (line) => {
    if (line.type() === "error" && /content security|trusted ?type/i.test(line.text())) {
      faults.push(line.text());
    }
  });
  return { context, page, faults };
}

/** No accessibility rule of WCAG 2.2 AA is broken on this page as it stands, but for `except`. */
export async function accessible(page, what, except = []) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await new AxeBuilder({ page }).withTags(tags).disableRules(except).analyze();
  const said = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`);
  assert.deepEqual(said, [], `accessibility of ${what}`);
}

/** The page is no wider than its window. */
export async function narrow(page, what) {
  const [wide, window, over] = await page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const all = [...document.querySelectorAll("main *")];
    const over = all.filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5);
    const named = over.map((one) => `${one.localName}.${one.className}`).slice(0, 5);
    return [document.scrollingElement.scrollWidth, clientWidth, named];
  });
  assert.ok(wide <= window, `${what} is ${wide} px wide in ${window}: ${over.join(", ")}`);
}

/** Keeps a picture of the page, for eyes. */
export async function picture(page, name) {
  mkdirSync(join(RESULTS, "pictures"), { recursive: true });
  const path = join(RESULTS, "pictures", `${name}.png`);
  // A browser that is just drawing something else may decline; no journey depends on it.
  await page.screenshot({ path }).catch(() => undefined);
}
