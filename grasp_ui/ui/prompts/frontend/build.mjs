/**
 * Builds the prompt editor: one content-hashed module, of our own code alone.
 *
 *   node build.mjs            into ../assets
 *   node build.mjs --out DIR  (or just DIR) into another folder, to compare
 */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HOME = dirname(fileURLToPath(import.meta.url));
const LIMIT = 12 * 1024;

const wish = process.argv.slice(2).filter((word) => word !== "--out")[0];
const out = wish ? resolve(wish) : join(HOME, "..", "assets");
const { outputFiles, metafile } = await build({
  absWorkingDir: HOME,
  entryPoints: ["src/index.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  loader: { ".css": "text" },
  legalComments: "none",
  metafile: true,
  write: false,
});
const foreign = Object.keys(metafile.inputs).filter((file) => file.startsWith("node_modules/"));
if (foreign.length > 0) throw new Error(`Write their licences into ../assets: ${foreign.join(", ")}`);
const bytes = outputFiles[0].contents;
const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
const zipped = gzipSync(bytes).length;
if (zipped > LIMIT) throw new Error(`The bundle has ${zipped} bytes gzipped; at most ${LIMIT} are allowed.`);
mkdirSync(out, { recursive: true });
for (const file of readdirSync(out)) {
  if (/^prompt-.*\.js$/.test(file)) rmSync(join(out, file));
}
writeFileSync(join(out, `prompt-${hash}.js`), bytes);
process.stdout.write(`prompt-${hash}.js: ${bytes.length} bytes, ${zipped} gzipped\n`);
