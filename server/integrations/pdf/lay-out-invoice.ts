import { brandColours } from "./brand-colour";
import { Desk, gap, ink, label, leftText, margin, quiet, rightText, rule, type Style, space } from "./desk";
import type { FontBook } from "./fonts";
import type { InvoiceDocument } from "./invoice-document";
import { closing, memoBlocks } from "./lay-out-end";
import { duePanel, masthead, parties } from "./lay-out-head";
import { tableBlocks } from "./lay-out-table";
import { type Mark, paginate, shift } from "./paginate";

export type LaidOutInvoice = {
  width: number;
  height: number;
  title: string;
  mark: string | null;
  /** Every mark of each page, in reading order. */
  pages: readonly (readonly Mark[])[];
};

/** Small print at the foot of every page, and from the second on a reminder at its head of what this is. */
const furniture = (desk: Desk, page: number, pages: number): Mark[] => {
  const { document, words } = desk;
  const { seller } = document;
  const tiny: Style = { size: 7.5, weight: "regular", colour: quiet, leading: 12 };
  const title = [words.kind[document.kind], document.number].filter(Boolean).join(" ");
  const foot = desk.height - 42;
  const pageLine = desk.line(words.page(page, pages), tiny);
  const marks: Mark[] = [rule(desk.left, foot, desk.contentWidth)];
  const facts = [seller.legalName, seller.taxNumber && `${words.taxNumber} ${seller.taxNumber}`].filter(Boolean);
  const [footLine] = desk.clamped(facts.join(" · "), tiny, desk.contentWidth - pageLine.width - gap, 1);
  if (footLine) marks.push(leftText(footLine, tiny, desk.left, foot + 8, null));
  marks.push(rightText(pageLine, tiny, desk.right, foot + 8, null));
  if (page === 1) return marks;
  const { brand } = brandColours(seller.brandColour);
  const [titleLine] = desk.clamped(title, label, 220, 1);
  const [logoLine] = desk.clamped(seller.logoText ?? seller.legalName, label, 240, 1);
  marks.push({ type: "box", x: 0, y: 0, width: desk.width, height: 5, colour: brand, radius: 0 });
  if (logoLine) marks.push(leftText(logoLine, { ...label, colour: ink }, desk.left, 28, null));
  if (titleLine) marks.push(rightText(titleLine, label, desk.right, 28, null));
  return marks;
};

/** Decides where everything stands. Pure: the same document and fonts give the same marks. */
export const layOutInvoice = (document: InvoiceDocument, fonts: FontBook): LaidOutInvoice => {
  const desk = new Desk(document, fonts);
  const frame = { top: 56, bottom: desk.height - 56 };
  const table = tableBlocks(desk);
  const [end, ...afterEnd] = closing(desk, frame);
  const lastRow = table.at(-1);
  const blocks = [
    masthead(desk),
    parties(desk),
    duePanel(desk),
    ...table.slice(0, -1),
    ...(lastRow ? [{ ...lastRow, keepsWithNext: true }] : []),
    space(14, true),
    ...(end ? [end] : []),
    ...afterEnd,
    ...memoBlocks(desk),
  ];
  const [first, ...rest] = blocks;
  const start = first
    ? [{ ...first, marks: shift(first.marks, margin - frame.top), height: first.height + margin - frame.top }]
    : [];
  const pages = paginate([...start, ...rest], frame);
  const { kind, number, mark } = document;
  return {
    width: desk.width,
    height: desk.height,
    title: [desk.words.kind[kind], number].filter(Boolean).join(" "),
    mark: mark && desk.words.mark[mark],
    pages: pages.map((marks, index) => [...marks, ...furniture(desk, index + 1, pages.length)]),
  };
};
