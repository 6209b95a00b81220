/**
 * Builds the canvas: one content-hashed module and the licences of what is inside.
 *
 *   node build.mjs            into ../assets
 *   node build.mjs --out DIR  (or just DIR) into another folder, to compare
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HOME = dirname(fileURLToPath(import.meta.url));
const SYMBOLS = "@material-symbols/svg-400";
const LICENSES = "THIRD_PARTY_LICENSES.txt";
const LIMIT = 220 * 1024;

/** The module `icons:paths`: the path of each icon that `icons.json` names. */
const icons = {
  name: "icons",
  setup(builder) {
    builder.onResolve({ filter: /^icons:paths$/ }, ({ path }) => ({ path, namespace: "icons" }));
    builder.onLoad({ filter: /.*/, namespace: "icons" }, () => {
      const { aliases, symbols } = JSON.parse(readFileSync(join(HOME, "icons.json"), "utf8"));
      const names = [...new Set(Object.values(symbols).flat()), ...Object.keys(aliases)].toSorted();
      const paths = Object.fromEntries(names.map((name) => [name, pathOf(aliases[name] ?? name)]));
      return { contents: `export default ${JSON.stringify(paths)}`, loader: "js" };
    });
  },
};

function pathOf(name) {
  const svg = readFileSync(join(HOME, "node_modules", SYMBOLS, "rounded", `${name}.svg`), "utf8");
  const found = /<path d="([^"]+)"/.exec(svg);
  if (!found) throw new Error(`The symbol ${name} has no path.`);
  return found[1];
}

/** Name and text of the licence of every package that is in the bundle. */
function licenses(inputs) {
  const inside = Object.keys(inputs).flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set([...inside, SYMBOLS])].toSorted().map(licenseOf).join(`\n${"=".repeat(80)}\n\n`);
}

function licenseOf(name) {
  const folder = join(HOME, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`The package ${name} has no licence file.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim()}\n`;
}

const wish = process.argv.slice(2).filter((word) => word !== "--out")[0];
const out = wish ? resolve(wish) : join(HOME, "..", "assets");
const { outputFiles, metafile } = await build({
  absWorkingDir: HOME,
  entryPoints: ["src/index.tsx"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  jsx: "automatic",
  loader: { ".css": "text" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  plugins: [icons],
  metafile: true,
  write: false,
});
const bytes = outputFiles[0].contents;
const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
const zipped = gzipSync(bytes).length;
if (zipped > LIMIT) throw new Error(`The bundle has ${zipped} bytes gzipped; at most ${LIMIT} are allowed.`);
mkdirSync(out, { recursive: true });
for (const file of readdirSync(out)) {
  if (/^canvas-.*\.js$/.test(file)) rmSync(join(out, file));
}
writeFileSync(join(out, `canvas-${hash}.js`), bytes);
writeFileSync(join(out, LICENSES), licenses(metafile.inputs));
process.stdout.write(`canvas-${hash}.js: ${bytes.length} bytes, ${zipped} gzipped\n`);
