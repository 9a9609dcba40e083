import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Font, Glyph, GlyphPosition } from "fontkit";
import * as fontkit from "fontkit";
import { decompress } from "wawoff2";

/** `signing` is a hand, in which names are signed. */
export type Weight = "regular" | "semibold" | "signing";

/** One font file, parsed once for the life of the process and shared by every document. */
export type Face = {
  name: string;
  /** What pdfkit is handed: a fontkit font with a cached layout. */
  font: Font;
  covers: (codePoint: number) => boolean;
  /** In em. */
  widthOf: (text: string) => number;
  /** How far an outline is thickened, in em: the fallback files have one weight, the Asian ones a hairline. */
  strokeWidth: Record<Weight, number>;
};

/** Finds the face of a character. Every character it is asked for must have been in the text it was loaded with. */
export type FontBook = {
  faceOf: (codePoint: number, weight: Weight, isJapanese: boolean) => Face;
  faces: () => readonly Face[];
};

type Layout = { glyphs: Glyph[]; positions: GlyphPosition[]; advanceWidth: number };

const require = createRequire(import.meta.url);

const remember = <Value>(limit: number, compute: (text: string) => Value): ((text: string) => Value) => {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= limit) known.clear();
    const value = compute(text);
    known.set(text, value);
    return value;
  };
};

const toFace = (name: string, file: Uint8Array, strokeWidth: Face["strokeWidth"], layoutWith: LayoutOf): Face => {
  const font = fontkit.create(Buffer.from(file)) as Font;
  const layoutOf = remember(20_000, layoutWith(font));
  // pdfkit scales the positions it is given in place, so each call gets its own.
  const layout = (text: string) => {
    const { glyphs, positions, advanceWidth } = layoutOf(text);
    return { glyphs, positions: positions.map((position) => ({ ...position })), advanceWidth };
  };
  // pdfkit takes two files of one family for the same font unless their names differ.
  Object.defineProperties(font, { layout: { value: layout }, postscriptName: { value: name } });
  return {
    name,
    font,
    covers: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthOf: (text) => layoutOf(text).advanceWidth / font.unitsPerEm,
    strokeWidth,
  };
};

type LayoutOf = (font: Font) => (text: string) => Layout;

/** Scripts that join, reorder or stack their letters need the whole of OpenType. */
const shapedLayout: LayoutOf = (font) => {
  const layout = font.layout.bind(font);
  return (text) => {
    // Eastern Arabic figures are read from left to right, though their script is not.
    const direction = /^[\p{N}\p{P}]+$/u.test(text) ? "ltr" : undefined;
    const { glyphs, positions, advanceWidth } = layout(text, [], undefined, undefined, direction);
    return { glyphs, positions, advanceWidth };
  };
};

/**
 * Latin, Greek and Cyrillic need a glyph for each letter and the kerning of each pair, which are soon all known; asking
 * fontkit for every word takes a hundred times as long. Figures are tabular throughout: they stand in columns.
 */
const pairedLayout: LayoutOf = (font) => {
  const layout = font.layout.bind(font);
  const glyphOf = remember(5_000, (letter) => {
    const [glyph] = layout(letter, /\d/.test(letter) ? ["tnum"] : []).glyphs;
    return glyph ?? font.getGlyph(0);
  });
  const kerningOf = remember(20_000, (pair) => {
    const { glyphs, positions } = layout(pair, { calt: false });
    const [glyph] = glyphs;
    const [position] = positions;
    return glyphs.length === 2 && glyph && position ? position.xAdvance - glyph.advanceWidth : 0;
  });
  return (text) => {
    const letters = [...text];
    const glyphs = letters.map(glyphOf);
    const positions = letters.map((letter, index) => {
      const next = letters[index + 1];
      const isKerned = next !== undefined && !/[\d\s]/.test(letter + next);
      const xAdvance = (glyphs[index]?.advanceWidth ?? 0) + (isKerned ? kerningOf(letter + next) : 0);
      return { xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 };
    });
    return { glyphs, positions, advanceWidth: positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0) };
  };
};

const plain = { regular: 0, semibold: 0, signing: 0 };
const thickened = { regular: 0, semibold: 0.032, signing: 0 };
const fromHairline = { regular: 0.045, semibold: 0.08, signing: 0.045 };

const loadInter = async (weight: "regular" | "semibold"): Promise<Face> => {
  const style = weight === "regular" ? "400Regular/Inter_400Regular" : "600SemiBold/Inter_600SemiBold";
  const file = await readFile(require.resolve(`@expo-google-fonts/inter/${style}.ttf`));
  return toFace(`Inter-${weight}`, file, plain, pairedLayout);
};

type Family = {
  name: string;
  strokeWidth: Face["strokeWidth"];
  /** A family comes in files of some hundred characters each, read when one of them is first needed. */
  files: () => Promise<readonly { name: string; ranges: readonly (readonly [number, number])[] }[]>;
};

const once = <Value>(load: () => Promise<Value>): (() => Promise<Value>) => {
  let loading: Promise<Value> | undefined;
  return () =>
    (loading ??= load().catch((problem) => {
      loading = undefined;
      throw problem;
    }));
};

const family = (name: string, strokeWidth: Face["strokeWidth"]): Family => ({
  name,
  strokeWidth,
  files: once(async () => {
    const path = require.resolve(`@fontsource-variable/${name}/unicode.json`);
    const ranges = JSON.parse(await readFile(path, "utf8")) as Record<string, string>;
    return Object.entries(ranges).map(([key, list]) => ({
      name: key.replace(/[[\]]/g, ""),
      ranges: list.split(",").map((range) => {
        const [first = 0, last = first] = range
          .slice(2)
          .split("-")
          .map((hex) => Number.parseInt(hex, 16));
        return [first, last] as const;
      }),
    }));
  }),
});

const handwriting = family("caveat", plain);
const japanese = family("noto-sans-jp", fromHairline);
const chinese = family("noto-sans-sc", fromHairline);
const otherFamilies = [
  family("noto-sans-kr", fromHairline),
  family("noto-sans-arabic", thickened),
  family("noto-sans-hebrew", fromHairline),
  family("noto-sans-devanagari", thickened),
  family("noto-sans-thai", thickened),
  family("noto-emoji", thickened),
];

const files = new Map<string, () => Promise<Face>>();

const loadFile = (name: string, fileName: string, strokeWidth: Face["strokeWidth"]): Promise<Face> => {
  const path = `@fontsource-variable/${name}/files/${name}-${fileName}-wght-normal.woff2`;
  const load =
    files.get(path) ??
    once(async () => {
      const file = await decompress(await readFile(require.resolve(path)));
      return toFace(`${name}-${fileName}`, file, strokeWidth, shapedLayout);
    });
  files.set(path, load);
  return load();
};

const findFace = async (codePoint: number, families: readonly Family[]): Promise<Face | null> => {
  for (const { name, strokeWidth, files } of families) {
    for (const file of await files()) {
      if (!file.ranges.some(([first, last]) => first <= codePoint && codePoint <= last)) continue;
      const face = await loadFile(name, file.name, strokeWidth);
      if (face.covers(codePoint)) return face;
    }
  }
  return null;
};

/** The same character has a Japanese and a Chinese shape; text with kana in it is Japanese. */
const findFallback = (codePoint: number, isJapanese: boolean): Promise<Face | null> =>
  findFace(codePoint, [...(isJapanese ? [japanese, chinese] : [chinese, japanese]), ...otherFamilies]);

const loadBoth = once(async () => ({ regular: await loadInter("regular"), semibold: await loadInter("semibold") }));
const handwritten = new Map<number, Face | null>();
const fallbacks = { japanese: new Map<number, Face | null>(), other: new Map<number, Face | null>() };

const codePointsOf = (text: string): Set<number> => new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0));

/** Reads what is needed to set the text, of which some is in a hand, and is not in memory yet. */
export const loadFonts = async (text: string, inHand = ""): Promise<FontBook> => {
  const inter = await loadBoth();
  const faces = new Set<Face>([inter.regular, inter.semibold]);
  for (const codePoint of codePointsOf(inHand)) {
    if (!handwritten.has(codePoint)) handwritten.set(codePoint, await findFace(codePoint, [handwriting]));
    const face = handwritten.get(codePoint);
    if (face) faces.add(face);
  }
  for (const codePoint of codePointsOf(text + inHand)) {
    if (inter.regular.covers(codePoint)) continue;
    for (const [key, known] of Object.entries(fallbacks)) {
      if (!known.has(codePoint)) known.set(codePoint, await findFallback(codePoint, key === "japanese"));
      const face = known.get(codePoint);
      if (face) faces.add(face);
    }
  }
  return {
    faces: () => [...faces],
    faceOf: (codePoint, weight, isJapanese) => {
      const hand = weight === "signing" ? handwritten.get(codePoint) : null;
      const printed = weight === "semibold" ? inter.semibold : inter.regular;
      if (hand || printed.covers(codePoint)) return hand ?? printed;
      return (isJapanese ? fallbacks.japanese : fallbacks.other).get(codePoint) ?? printed;
    },
  };
};
