// By keyboard, magnified: where the focus is, that it is seen and lies under nothing, and that
// whatever can be pressed can be reached at all.

import assert from "node:assert/strict";

/** Says what is wrong with the element that has the focus; nothing, if it is seen. */
function faultOfFocus() {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing has the focus";
  const name = `${one.localName}.${one.className} ${one.id || one.textContent?.trim().slice(0, 30)}`;
  const shown = one.closest("label") ?? one;
  const box = shown.getBoundingClientRect();
  const from = [Math.max(0, box.left), Math.max(0, box.top)];
  const until = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
  if (until[0] - from[0] < 4 || until[1] - from[1] < 4) return `${name} is out of sight`;
  const seen = [0.15, 0.5, 0.85].some((across) =>
    [0.15, 0.5, 0.85].some((down) => {
      const x = from[0] + (until[0] - from[0]) * across;
      const y = from[1] + (until[1] - from[1]) * down;
      const top = document.elementFromPoint(x, y);
      return top !== null && (shown.contains(top) || top.contains(shown));
    }),
  );
  if (!seen) return `${name} is covered`;
  const marked = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const looks = [one, one.nextElementSibling, shown, one.closest(".card")].filter(Boolean);
  const ring = looks.some((each) => marked(getComputedStyle(each)));
  const before = ["::before", "::after"].some((part) => marked(getComputedStyle(shown, part)));
  return ring || before ? "" : `${name} does not show that it has the focus`;
}

/** Goes once through everything that Tab reaches; each stop is seen. Gives their number. */
export async function tabThrough(page, what) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    for (const one of document.querySelectorAll("[data-stopped]")) delete one.dataset.stopped;
  });
  const faults = [];
  let stops = 0;
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return "out";
      if ("stopped" in one.dataset) return "again";
      one.dataset.stopped = "";
      return "new";
    });
    if (where === "again") break;
    if (where === "out") continue;
    stops += 1;
    const fault = await page.evaluate(faultOfFocus);
    if (fault) faults.push(fault);
  }
  assert.deepEqual(faults, [], `the focus in ${what}`);
  assert.ok(stops > 0, `Tab reaches something in ${what}`);
  return stops;
}

/** Walks with Tab until the control that does this has the focus, and presses it. */
export async function byKeyboard(page, does) {
  const there = () =>
    page.evaluate((name) => document.activeElement?.matches(`[data-do="${name}"]`) ?? false, does);
  for (let stops = 0; stops < 25; stops += 1) {
    if (await there()) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${does}`);
}

/** Whatever can be pressed or typed in lies within the width of the page and under nothing. */
export async function reachable(page, what) {
  const lost = await page.evaluate(() => {
    const faults = [];
    const scrolls = (one) => {
      for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary");
    for (const one of all) {
      if (one.type === "hidden" || !one.checkVisibility({ visibilityProperty: true })) continue;
      if (one.closest(".skip, .govuk-skip-link, .hidden")) continue;
      const shown = one.closest("label") ?? one;
      shown.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const box = shown.getBoundingClientRect();
      const name = `${one.localName} ${one.name || one.id || one.textContent.trim().slice(0, 30)}`;
      if (!scrolls(one) && (box.left < -1 || box.right > innerWidth + 1)) {
        faults.push(`${name} reaches from ${box.left} to ${box.right}`);
      }
      const x = Math.min(Math.max(box.left + box.width / 2, 2), innerWidth - 2);
      const y = Math.min(Math.max(box.top + box.height / 2, 2), innerHeight - 2);
      const top = document.elementFromPoint(x, y);
      if (!top || !(shown.contains(top) || top.contains(shown))) {
        faults.push(`${name} lies under ${top?.className || top?.localName}`);
      }
    }
    scrollTo(0, 0);
    return faults;
  });
  assert.deepEqual(lost, [], `what can be pressed in ${what}`);
}
