import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { html } from "../../integrations/pages/html";

export type PageAsset = { readonly url: string; readonly contentType: string; readonly content: Buffer };

const require = createRequire(import.meta.url);

/** A file of the hosted pages. Its address changes with its content, so that browsers may keep it for good. */
function asset(name: string, contentType: string, content: Buffer): PageAsset {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return { url: `/signing/${hash}/${name}`, contentType, content };
}

const ownFile = (name: string): Buffer => readFileSync(new URL(`./${name}`, import.meta.url));

/** In the hand in which typed signatures stand on the signed document, too. */
const FONTS = [
  { script: "latin", range: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC" },
  { script: "latin-ext", range: "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF" },
  { script: "cyrillic", range: "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1" },
].map(({ script, range }) => {
  const file = `caveat-${script}-wght-normal.woff2`;
  const font = asset(file, "font/woff2", readFileSync(require.resolve(`@fontsource-variable/caveat/files/${file}`)));
  const face = `@font-face{font-family:Caveat;font-weight:400 700;font-display:swap;src:url("${font.url}") format("woff2");unicode-range:${range}}`;
  return { font, face };
});

const STYLES = asset(
  "signing-page.css",
  "text/css; charset=utf-8",
  Buffer.concat([Buffer.from(`${FONTS.map(({ face }) => face).join("\n")}\n`), ownFile("signing-page.css")]),
);
const SCRIPT = asset("signing-page.js", "text/javascript; charset=utf-8", ownFile("signing-page.js"));

export const pageAssets: readonly PageAsset[] = [STYLES, SCRIPT, ...FONTS.map(({ font }) => font)];

export const stylesLink = html`<link rel="stylesheet" href="${STYLES.url}">`;
export const scriptTag = html`<script type="module" src="${SCRIPT.url}"></script>`;
