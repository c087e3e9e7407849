// Pictures of the gallery, for looking at: `node look.mjs http://127.0.0.1:4600 /tmp/look`.
import { chromium } from "playwright-core";
import { mkdirSync } from "node:fs";

const [base = "http://127.0.0.1:4600", into = "/tmp/look"] = process.argv.slice(2);
const pages = (process.argv[4] ?? "/,/call,/public,/form,/sign,/problem").split(",");
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
mkdirSync(into, { recursive: true });
const executablePath = "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of Object.entries(sizes)) {
    const page = await browser.newPage({ viewport, colorScheme });
    page.on("console", (line) => line.type() === "error" && console.log(name, line.text()));
    page.on("pageerror", (error) => console.log("PAGE", error.message));
    for (const path of pages) {
      await page.goto(base + path);
      await page.waitForTimeout(250);
      const stem = path === "/" ? "board" : path.slice(1).replaceAll("/", "-");
      const file = `${into}/${stem}-${name}-${colorScheme}.png`;
      await page.screenshot({ path: file, fullPage: path !== "/call" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${path} ${name} is ${wide}px too wide`);
    }
    await page.close();
  }
}
await browser.close();
