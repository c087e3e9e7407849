// Plays every journey, one file after the other, and leaves the count in results/summary.json.
// `node run.mjs call drop` plays only the files whose names hold one of the words.

import { run } from "node:test";
import { spec } from "node:test/reporters";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const wanted = process.argv.slice(2);
const files = readdirSync(join(here, "journeys"))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort()
  .map((name) => join(here, "journeys", name));

const tally = { passed: 0, failed: 0 };
mkdirSync(join(here, "results"), { recursive: true });

// One at a time: two browsers with cameras are as much as two cores carry.
const stream = run({ files, concurrency: 1, timeout: 600_000 });
const counts = (event) => event.nesting === 0 && event.details?.type !== "suite";
stream.on("test:pass", (event) => counts(event) && (tally.passed += 1));
stream.on("test:fail", (event) => counts(event) && (tally.failed += 1));
stream.compose(spec).pipe(process.stdout);
stream.on("end", () => {
  writeFileSync(join(here, "results", "summary.json"), `${JSON.stringify(tally)}\n`);
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
});
