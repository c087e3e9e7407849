// The gallery under axe, on phone and desktop, by day and night: `node axe.mjs http://…`.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";

const base = process.argv[2] ?? "http://127.0.0.1:4600";
const pages = ["/", "/call", "/public", "/form", "/sign", "/problem"];
const source = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const executablePath = "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let faults = 0;
for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1440]) {
    for (const path of pages) {
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(base + path);
      await page.evaluate(source);
      const { violations } = await page.evaluate("axe.run()");
      for (const { id, nodes } of violations) {
        faults += nodes.length;
        for (const node of nodes.slice(0, 4)) {
          const where = [colorScheme, width, path, id, node.html.slice(0, 120)];
          console.log(...where, node.any[0]?.message ?? "");
        }
      }
      const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (wide > 0) console.log(width, path, `is ${wide}px too wide`, faults++);
      await context.close();
    }
  }
}
await browser.close();
console.log(`${faults} faults`);
process.exitCode = faults ? 1 : 0;
