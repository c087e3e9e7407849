// The assets step: templates, stylesheets and scripts into dist/, hashed and pre-compressed.
// Called by `cargo xtask assets`; reads packages and src/, writes nothing outside dist/.
import { build, transform } from "esbuild";
import * as sass from "sass";
import rtlcss from "rtlcss";
import { createHash } from "node:crypto";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { existsSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rewriteMacro, rewritePackage } from "./rewriter.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "dist.new");
const assets = join(out, "assets");
const manifest = {};
const govuk = join(modules, "govuk-frontend/dist/govuk");

const entries = ["victim-first.ts", "victim-call.ts", "console.ts", "officer-call.ts", "player.ts"];
const sheets = { "public.css": { twin: true }, "console.css": { twin: false } };
const pictures = ["icon.svg", "mark.svg"];

function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const kind = extname(name);
  return `${basename(name, kind)}-${hash}${kind}`;
}

function put(name, text) {
  const file = hashed(name, text);
  writeFileSync(join(assets, file), text);
  manifest[name] = file;
}

async function styles() {
  for (const [name, { twin }] of Object.entries(sheets)) {
    const { css } = sass.compile(join(here, "styles", name.replace(".css", ".scss")), {
      loadPaths: [modules, join(here, "styles")],
      quietDeps: true,
      silenceDeprecations: ["import"],
    });
    const small = async (text) =>
      (await transform(text, { loader: "css", minify: true, target: "es2020" })).code;
    put(name, await small(css));
    if (twin) put(name.replace(".css", ".rtl.css"), await small(rtlcss.process(css)));
  }
}

async function scripts() {
  const result = await build({
    absWorkingDir: here,
    // What stays in her browser's cache must not say whose page it was: neutral names outside.
    entryPoints: entries.map((entry) => ({
      in: join("src", entry),
      out: basename(entry, ".ts").replace("victim-", "page-"),
    })),
    outdir: assets,
    alias: { govuk: join(govuk, "components") },
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    target: ["es2020", "safari15"],
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  for (const [file, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (!entryPoint) continue;
    const name = entryPoint.startsWith("src/") ? basename(entryPoint, ".ts") : undefined;
    if (name && entries.includes(`${name}.ts`)) manifest[`${name}.js`] = basename(file);
  }
}

function compress() {
  const sizes = [];
  for (const file of readdirSync(assets)) {
    const bytes = readFileSync(join(assets, file));
    const br = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    const gz = gzipSync(bytes, { level: 9 });
    writeFileSync(join(assets, `${file}.br`), br);
    writeFileSync(join(assets, `${file}.gz`), gz);
    sizes.push({ file, bytes: bytes.length, gz: gz.length, br: br.length });
  }
  return sizes.sort((a, b) => b.br - a.br);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
rewritePackage(join(govuk, "components"), "govuk", join(out, "templates"));
rewriteMacro(join(govuk, "macros/logo.njk"), join(out, "templates/govuk/logo.html"));
rewritePackage(
  join(modules, "@ministryofjustice/frontend/moj/components"),
  "moj",
  join(out, "templates"),
);
for (const picture of pictures) put(picture, readFileSync(join(here, "pictures", picture), "utf8"));
await styles();
await scripts();
const sizes = compress();
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(join(out, "sizes.json"), `${JSON.stringify(sizes, null, 2)}\n`);

// Swap in one go, so that a running server never sees half a build.
const dist = join(here, "dist");
const old = join(here, "dist.old");
rmSync(old, { recursive: true, force: true });
if (existsSync(dist)) renameSync(dist, old);
renameSync(out, dist);
rmSync(old, { recursive: true, force: true });
for (const { file, bytes, gz, br } of sizes) {
  const [plain, zipped, least] = [bytes, gz, br].map((size) => String(size).padStart(8));
  process.stdout.write(`${file.padEnd(34)} ${plain} ${zipped} gz ${least} br\n`);
}
