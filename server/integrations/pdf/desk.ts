import type { FontBook, Weight } from "./fonts";
import type { Block, Element, Mark } from "./paginate";
import { type Line, setClamped, setLine, setText } from "./set-text";

export const ink = "#14181F";
export const quiet = "#5B6472";
export const hairline = "#E4E7EB";
export const panel = "#F5F6F8";

export const margin = 48;
export const gap = 18;

export type Style = { size: number; weight: Weight; colour: string; leading: number };
export const body: Style = { size: 9, weight: "regular", colour: ink, leading: 13 };
export const strong: Style = { ...body, weight: "semibold" };
export const small: Style = { size: 8, weight: "regular", colour: quiet, leading: 11.5 };
export const label: Style = { ...small, weight: "semibold" };
export const name: Style = { size: 10, weight: "semibold", colour: ink, leading: 14.5 };

/** Half of what the leading adds goes above the letters: a cap height of 0.73 em sits in the middle of its line. */
const baselineOf = ({ size, leading }: Style): number => leading / 2 + size * 0.364;

export type Paper = "A4" | "LETTER";

/** Where a document is laid out: its fonts and paper. */
export class Desk {
  readonly width: number;
  readonly height: number;
  readonly root: Element = { type: "Document", parent: null };

  constructor(
    paper: Paper,
    readonly fonts: FontBook,
  ) {
    [this.width, this.height] = paper === "A4" ? [595.28, 841.89] : [612, 792];
  }

  get left(): number {
    return margin;
  }

  get right(): number {
    return this.width - margin;
  }

  get contentWidth(): number {
    return this.right - this.left;
  }

  element(type: Element["type"], parent: Element = this.root): Element {
    return { type, parent };
  }

  lines(text: string, style: Style, width: number): Line[] {
    return setText(text, style, width, this.fonts);
  }

  clamped(text: string, style: Style, width: number, lines: number): Line[] {
    return setClamped(text, style, { width, lines }, this.fonts);
  }

  line(text: string, style: Style): Line {
    return setLine(text, style, this.fonts);
  }
}

export const leftText = (line: Line, style: Style, x: number, y: number, element: Element | null): Mark => ({
  type: "text",
  x,
  y: y + baselineOf(style),
  line,
  size: style.size,
  weight: style.weight,
  colour: style.colour,
  element,
});

/** On the baseline of a line in another style. */
export const alongside = (
  line: Line,
  style: Style,
  x: number,
  y: number,
  other: Style,
  element: Element | null,
): Mark => leftText(line, style, x, y + baselineOf(other) - baselineOf(style), element);

export const rightText = (line: Line, style: Style, right: number, y: number, element: Element | null): Mark =>
  leftText(line, style, right - line.width, y, element);

export const rule = (x: number, y: number, width: number, colour = hairline): Mark => ({
  type: "box",
  x,
  y,
  width,
  height: 0.75,
  colour,
  radius: 0,
});

export const block = (height: number, marks: readonly Mark[], more: Partial<Block> = {}): Block => ({
  height,
  marks,
  keepsWithNext: false,
  startsPage: false,
  heading: null,
  ...more,
});

export const space = (height: number, keepsWithNext = false): Block => block(height, [], { keepsWithNext });

/** Lines under each other; answers where the next would stand. */
export const stack = (
  marks: Mark[],
  lines: readonly Line[],
  style: Style,
  at: { x: number; y: number; element: Element | null },
): number => {
  for (const [index, line] of lines.entries()) {
    marks.push(leftText(line, style, at.x, at.y + index * style.leading, at.element));
  }
  return at.y + lines.length * style.leading;
};
