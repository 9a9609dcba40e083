import { brandColours } from "./brand-colour";
import { block, body, Desk, ink, label, leftText, type Style, stack } from "./desk";
import type { FontBook } from "./fonts";
import type { OfferDocument } from "./offer-document";
import { type OfferWords, offerWords } from "./offer-words";
import type { Block, Element, Mark } from "./paginate";

/** What a document says of its language, its paper and its seller. */
export type Branded = Pick<OfferDocument, "locale" | "paper"> & {
  seller: Pick<OfferDocument["seller"], "brandColour">;
};

/** The one offer at hand, or what belongs to one, and its words. */
export class OfferDesk<Shown extends Branded = OfferDocument> extends Desk {
  readonly words: OfferWords;
  readonly brand: string;

  constructor(
    readonly document: Shown,
    fonts: FontBook,
  ) {
    super(document.paper, fonts);
    this.words = offerWords[document.locale];
    this.brand = brandColours(document.seller.brandColour).brand;
  }
}

export const sectionTitle: Style = { size: 13, weight: "semibold", colour: ink, leading: 18 };
export const phaseTitle: Style = { size: 10.5, weight: "semibold", colour: ink, leading: 15 };

/** The heading of a section, which never stands alone at the foot of a page. */
export const sectionHeading = (desk: OfferDesk<Branded>, title: string, section: Element): Block => {
  const heading = desk.element("H2", section);
  const marks: Mark[] = [
    { type: "box", x: desk.left, y: 25, width: 14, height: 2.5, colour: desk.brand, radius: 1 },
    leftText(desk.line(title, sectionTitle), sectionTitle, desk.left, 30, heading),
  ];
  return block(54, marks, { keepsWithNext: true });
};

export type TableColumn = { title: string; edge: { left: number } | { right: number } };

/** The head of a table, printed again on each page that it goes on to. */
export const tableHead = (desk: Desk, columns: readonly TableColumn[], table: Element): Block => {
  const row = desk.element("TR", table);
  const marks: Mark[] = columns.flatMap(({ title, edge }) => {
    if (!title) return [];
    const line = desk.line(title, label);
    const x = "left" in edge ? edge.left : edge.right - line.width;
    return [leftText(line, label, x, 2, desk.element("TH", row))];
  });
  marks.push({ type: "box", x: desk.left, y: 19, width: desk.contentWidth, height: 0.75, colour: ink, radius: 0 });
  return block(20, marks, { keepsWithNext: true });
};

/** A text of several paragraphs, one block a line, without a line alone at the foot or the head of a page. */
export const paragraphs = (desk: Desk, text: string, width: number, section: Element, style: Style = body): Block[] =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .flatMap((paragraph) => {
      const lines = desk.lines(paragraph, style, width);
      const element = desk.element("P", section);
      return lines.map((line, index) => {
        const isLast = index === lines.length - 1;
        const marks: Mark[] = [];
        stack(marks, [line], style, { x: desk.left, y: 0, element });
        return block(style.leading + (isLast ? 6 : 0), marks, {
          keepsWithNext: !isLast && (index === 0 || index === lines.length - 2),
        });
      });
    });
