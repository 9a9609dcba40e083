import bidiFactory from "bidi-js";
import type { Face, FontBook, Weight } from "./fonts";

export type TextStyle = { size: number; weight: Weight };

/** A stretch of one line in one face. */
export type Run = { text: string; face: Face; width: number };

/** Runs from left to right, as they are drawn. */
export type Line = { runs: readonly Run[]; width: number };

type Piece = Run & { level: number; mayBreakAfter: boolean; isSpace: boolean };

const bidi = bidiFactory();

/** Letters that every one of our rules treats alike: one face, left to right, breaking at spaces and hyphens alone. */
const plainText = /^[\u0020-\u00ac\u00ae-\u02ff\u0370-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/;
/** A space; or a word up to the hyphen or slash after which its line may end. */
const plainWords = / |[^ ]+?[-‐–—/](?=\p{L})|[^ ]+/gu;
const hebrewOrArabic = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const kana = /[\u3040-\u30ff]/;
/** Written without spaces: a line may end after any of them. */
const ideographic = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const closing = /[\p{Pe}\p{Pf}、。，．：；！？ー…]/u;
const opening = /[\p{Ps}\p{Pi}]/u;
const attached = /[\p{M}\u200c\u200d]/u;

/**
 * What is printable of a text. Control and direction-changing characters go: the second could make a printed figure read
 * differently from the stored one. Joiners stay, Persian and Hindi are written with them.
 */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replace(/[\t\u00a0]/g, " ")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[^\P{C}\n\u200c\u200d]|[\ufe00-\ufe0f\u{e0000}-\u{e01ef}]/gu, "")
    .normalize("NFC");

const mayBreakBetween = (letter: string, next: string): boolean => {
  if (next === " " || attached.test(next)) return false;
  if (letter === " ") return true;
  if (opening.test(letter) || closing.test(next)) return false;
  if (ideographic.test(letter) || ideographic.test(next)) return true;
  return /[-‐–—/]/.test(letter) && /\p{L}/u.test(next);
};

/** Cuts where a line may end, and where the face or the direction changes. */
const cut = (text: string, { size, weight }: TextStyle, fonts: FontBook): Piece[] => {
  const toPiece = (written: string, face: Face, level: number, mayBreakAfter: boolean): Piece => {
    const drawn =
      level % 2 === 0 ? written : written.replace(/\p{Bidi_M}/gu, (it) => bidi.getMirroredCharacter(it) ?? it);
    return { text: drawn, face, level, width: face.widthOf(drawn) * size, mayBreakAfter, isSpace: drawn === " " };
  };
  if (weight !== "signing" && plainText.test(text)) {
    const face = fonts.faceOf(0x20, weight, false);
    return (text.match(plainWords) ?? []).map((word) => toPiece(word, face, 0, true));
  }
  const isJapanese = kana.test(text);
  const levels = hebrewOrArabic.test(text) ? bidi.getEmbeddingLevels(text).levels : null;
  const pieces: Piece[] = [];
  let written = "";
  let face = fonts.faceOf(0x20, weight, isJapanese);
  let level = 0;
  let index = 0;
  for (const letter of text) {
    const isAttached = written !== "" && attached.test(letter);
    const faceHere = isAttached ? face : fonts.faceOf(letter.codePointAt(0) ?? 0, weight, isJapanese);
    const levelHere = levels?.[index] ?? 0;
    const last = written.slice(-2).replace(/^[^\ud800-\udbff](?=.)/, "");
    const mayBreak = last !== "" && mayBreakBetween(last, letter);
    if (written && (mayBreak || faceHere !== face || levelHere !== level || letter === " ")) {
      pieces.push(toPiece(written, face, level, mayBreak));
      written = "";
    }
    if (!isAttached) face = faceHere;
    level = levelHere;
    written += letter;
    index += letter.length;
  }
  return written ? [...pieces, toPiece(written, face, level, true)] : pieces;
};

/** Right-to-left stretches are turned round from the innermost level outwards (rule L2 of Unicode's UAX 9). */
const inVisualOrder = (pieces: readonly Piece[]): Piece[] => {
  const ordered = [...pieces];
  for (let level = Math.max(0, ...pieces.map((piece) => piece.level)); level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
};

const toLine = (pieces: readonly Piece[]): Line => {
  let end = pieces.length;
  while (pieces[end - 1]?.isSpace) end--;
  const runs: (Run & { level: number })[] = [];
  for (const { text, face, width, level } of inVisualOrder(pieces.slice(0, end))) {
    const last = runs.at(-1);
    // Right-to-left words stay apart: joined, they would be drawn in reading order, from left to right.
    if (last && last.face === face && last.level % 2 === 0 && level % 2 === 0) {
      runs[runs.length - 1] = { text: last.text + text, face, width: last.width + width, level };
    } else runs.push({ text, face, width, level });
  }
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
};

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A word too long for any line is cut between letters. */
const chop = (piece: Piece, size: number): Piece[] =>
  Array.from(graphemes.segment(piece.text), ({ segment }) => ({
    ...piece,
    text: segment,
    width: piece.face.widthOf(segment) * size,
    mayBreakAfter: true,
  }));

/** Breaks a text into lines no wider than asked for. An empty text has no lines. */
export const setText = (text: string, style: TextStyle, width: number, fonts: FontBook): Line[] => {
  const lines: Line[] = [];
  for (const paragraph of printable(text).trim().split("\n")) {
    let line: Piece[] = [];
    let lineWidth = 0;
    let word: Piece[] = [];
    let wordWidth = 0;
    const endLine = () => {
      lines.push(toLine(line));
      line = [];
      lineWidth = 0;
    };
    const endWord = () => {
      const [first] = word;
      const isSpace = word.length === 1 && first?.isSpace === true;
      if (!isSpace && line.length > 0 && lineWidth + wordWidth > width) endLine();
      if (!(isSpace && line.length === 0)) {
        for (const piece of wordWidth > width ? word.flatMap((it) => chop(it, style.size)) : word) {
          if (line.length > 0 && !piece.isSpace && lineWidth + piece.width > width) endLine();
          line.push(piece);
          lineWidth += piece.width;
        }
      }
      word = [];
      wordWidth = 0;
    };
    for (const piece of cut(paragraph.trim(), style, fonts)) {
      if (piece.isSpace) endWord();
      word.push(piece);
      wordWidth += piece.width;
      if (piece.mayBreakAfter) endWord();
    }
    endWord();
    endLine();
  }
  return lines.length === 1 && lines[0]?.runs.length === 0 ? [] : lines;
};

/** On one line, whatever its length. */
export const setLine = (text: string, style: TextStyle, fonts: FontBook): Line =>
  toLine(cut(printable(text).replace(/\n/g, " "), style, fonts));

/** At most so many lines, the last one ending in "…" where something is left out. */
export const setClamped = (
  text: string,
  style: TextStyle,
  limit: { width: number; lines: number },
  fonts: FontBook,
): Line[] => {
  // No line holds more letters than fit at a tenth of the size each, so the rest of a huge text need not be set.
  const most = Math.ceil((limit.width / style.size) * 10) * limit.lines;
  const lines = setText(text.slice(0, most), style, limit.width, fonts);
  if (lines.length <= limit.lines && text.length <= most) return lines;
  const kept = lines.slice(0, limit.lines);
  const last = kept.at(-1);
  if (!last) return lines;
  const ellipsis = setLine("…", style, fonts);
  return [...kept.slice(0, -1), { runs: [...last.runs, ...ellipsis.runs], width: last.width + ellipsis.width }];
};
