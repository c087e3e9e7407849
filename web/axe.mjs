// The gallery under axe, on phone and desktop, by day and night: `node axe.mjs http://…`.
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";

const base = process.argv[2] ?? "http://127.0.0.1:4600";
const pages = ["/", "/call", "/public", "/form", "/sign", "/problem"];
const source = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;
for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1440]) {
    for (const path of pages) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(base + path);
      await page.evaluate(source);
      const { violations } = await page.evaluate("axe.run()");
      for (const { id, nodes } of violations) {
        faults += nodes.length;
        for (const node of nodes.slice(0, 4)) {
          console.log(colorScheme, width, path, id, node.html.slice(0, 120), node.any[0]?.message ?? "");
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
