import { brandColours } from "./brand-colour";
import { alongside, block, type Desk, ink, leftText, panel, type Style, small } from "./desk";
import type { Block, Mark } from "./paginate";

/** A figure that answers a question, such as how much. */
export type PanelEntry = { title: string; value: string /** in small print after it */; aside: string | null };

const big: Style = { size: 20, weight: "semibold", colour: ink, leading: 26 };
const middle: Style = { size: 12, weight: "semibold", colour: ink, leading: 26 };
const height = 58;

/** The answers to the reader's first questions, the most important one large; what does not fit any more is left out. */
export const panelOf = (desk: Desk, brandColour: string | null, entries: readonly PanelEntry[]): Block => {
  const { brand } = brandColours(brandColour);
  const element = desk.element("Sect");
  const marks: Mark[] = [
    { type: "box", x: desk.left, y: 0, width: desk.contentWidth, height, colour: panel, radius: 6 },
    { type: "box", x: desk.left, y: 12, width: 3, height: height - 24, colour: brand, radius: 1.5 },
  ];
  const starts = [18, 190, 342];
  const gaps = [0, 46, 24];
  let end = desk.left + 18;
  for (const [index, { title, value, aside }] of entries.slice(0, starts.length).entries()) {
    const style = index === 0 ? big : middle;
    const x = index === 0 ? end : Math.max(desk.left + (starts[index] ?? 0), end + (gaps[index] ?? 0));
    if (x >= desk.right - 60) break;
    const [line] = desk.clamped(value, style, desk.right - 14 - x, 1);
    if (!line) continue;
    const paragraph = desk.element("P", element);
    marks.push(leftText(desk.line(title, small), small, x, 9.5, paragraph));
    marks.push(alongside(line, style, x, 22.5, big, paragraph));
    const asideLine = aside === null ? null : desk.line(aside, small);
    if (asideLine) marks.push(alongside(asideLine, small, x + line.width + 6, 22.5, big, paragraph));
    end = x + line.width;
  }
  return block(height + 18, marks);
};
