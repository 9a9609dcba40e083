import {
  block,
  hairline,
  ink,
  label,
  leftText,
  margin,
  quiet,
  rightText,
  rule,
  type Style,
  small,
  stack,
} from "./desk";
import { fitInto, imageFactsOf } from "./image-facts";
import { type OfferDesk, paragraphs } from "./offer-desk";
import type { Block, Mark } from "./paginate";
import { type PanelEntry, panelOf } from "./panel";
import { factColumn, partyColumn } from "./party-columns";
import { brandBand, sellerMark } from "./seller-mark";

const logoMost = { width: 190, height: 46 };

/** The seller's logo, or its mark with the name, and beside it what this is. */
const masthead = (desk: OfferDesk): Block => {
  const { document, words } = desk;
  const { logo, legalName, brandColour } = document.seller;
  const facts = logo && imageFactsOf(logo.content);
  const marks: Mark[] = [];
  let height = 40;
  if (logo && facts) {
    const size = fitInto(facts, logoMost);
    const element = { ...desk.element("Figure"), alternative: legalName };
    marks.push(brandBand(desk, brandColour, -margin));
    marks.push({ type: "image", x: desk.left, y: -6, ...size, content: logo.content, element });
    height = Math.max(height, size.height);
  } else marks.push(...sellerMark(desk, { name: legalName, brandColour }));

  const number: Style = { size: 10, weight: "semibold", colour: ink, leading: 14 };
  const version: Style = { size: 9, weight: "regular", colour: quiet, leading: 13 };
  const element = desk.element("P");
  const [numberLine] = desk.clamped(document.number, number, 200, 1);
  if (numberLine) marks.push(rightText(numberLine, number, desk.right, 0, element));
  marks.push(rightText(desk.line(words.version(document.version), version), version, desk.right, 14, element));
  if (document.mark) {
    const chip: Style = { size: 8, weight: "semibold", colour: ink, leading: 16 };
    const line = desk.line(words.mark[document.mark], chip);
    const width = line.width + 14;
    marks.push({ type: "box", x: desk.right - width, y: 31, width, height: 16, colour: hairline, radius: 4 });
    marks.push(rightText(line, chip, desk.right - 7, 31, desk.element("P")));
  }
  return block(height + 26, marks);
};

/** What is offered, in large letters. */
const title = (desk: OfferDesk): Block => {
  const { document, words } = desk;
  const overline: Style = { ...label, size: 9, colour: quiet, leading: 14 };
  const large: Style = { size: 26, weight: "semibold", colour: ink, leading: 32 };
  const marks: Mark[] = [
    leftText(desk.line(words.kind[document.kind], overline), overline, desk.left, 0, desk.element("P")),
  ];
  const lines = desk.clamped(document.title, large, desk.contentWidth - large.size, 3);
  const y = stack(marks, lines, large, { x: desk.left, y: 15, element: desk.element("H1") });
  return block(y + 20, marks);
};

/** For whom, by whom, and the facts of the document, in three columns. */
const parties = (desk: OfferDesk): Block => {
  const { document, words } = desk;
  const { customer, seller } = document;
  const columns = { customer: desk.left, seller: desk.left + 176, facts: desk.left + 330 };
  const widths = { customer: 160, seller: 136, facts: desk.right - columns.facts };
  const marks: Mark[] = [];
  const heights = [
    partyColumn(desk, marks, { ...customer, x: columns.customer, width: widths.customer, title: words.preparedFor }, [
      ["", customer.contact?.name ?? null],
      ["", customer.contact?.email ?? null],
      [words.taxId, customer.taxId],
    ]),
    partyColumn(desk, marks, { ...seller, x: columns.seller, width: widths.seller, title: words.preparedBy }, [
      [words.taxNumber, seller.taxNumber],
    ]),
    factColumn(desk, marks, { x: columns.facts, width: widths.facts }, [
      [words.issuedOn, document.issuedOn],
      [words.validUntil, document.validUntil],
      [words.number, document.number],
      [words.versionLabel, String(document.version)],
    ]),
  ];
  return block(Math.max(...heights) + 20, marks);
};

const highlights = (desk: OfferDesk): Block[] => {
  const { document } = desk;
  if (document.highlights.length === 0) return [];
  const entries: PanelEntry[] = document.highlights.map(({ label, value }) => ({ title: label, value, aside: null }));
  const notes = document.highlights.flatMap(({ note }) => (note ? [note] : []));
  const marks: Mark[] = [];
  const lines = desk.clamped([...new Set(notes)].join(" "), small, desk.contentWidth, 3);
  const y = stack(marks, lines, small, { x: desk.left, y: -10, element: desk.element("P") });
  return [{ ...panelOf(desk, document.seller.brandColour, entries), keepsWithNext: true }, block(y + 14, marks)];
};

/** What stands before the first section. */
export const headBlocks = (desk: OfferDesk): Block[] => {
  const { introduction } = desk.document;
  const intro = introduction
    ? paragraphs(desk, introduction, Math.min(desk.contentWidth, 440), desk.element("Sect"))
    : [];
  return [
    masthead(desk),
    title(desk),
    block(0, [rule(desk.left, -8, desk.contentWidth)]),
    parties(desk),
    ...highlights(desk),
    ...intro,
  ];
};
