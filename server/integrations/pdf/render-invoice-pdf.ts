import PDFDocument from "pdfkit";
import { type FontBook, loadFonts } from "./fonts";
import type { InvoiceDocument, RenderInvoicePdf } from "./invoice-document";
import { type InvoiceWords, invoiceWords } from "./invoice-words";
import { type LaidOutInvoice, layOutInvoice } from "./lay-out-invoice";
import type { Element, Mark } from "./paginate";
import { type Line, printable, setLine } from "./set-text";

type Pdf = PDFKit.PDFDocument;
type TextMark = Extract<Mark, { type: "text" }>;

/** Every letter that can be printed, so that the fonts are in memory before the setting begins. */
const lettersOf = (document: InvoiceDocument, words: InvoiceWords): string => {
  const letters = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === "string") for (const letter of printable(value)) letters.add(letter);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(add);
  };
  add(document);
  add(words);
  return [...letters, ..."…€£$¥₩₹·"].join("");
};

const drawLine = (pdf: Pdf, line: Line, mark: Pick<TextMark, "x" | "y" | "size" | "weight" | "colour">): void => {
  let { x } = mark;
  for (const { text, face, width } of line.runs) {
    const strokeWidth = face.strokeWidth[mark.weight] * mark.size;
    pdf
      .font(face.font as never)
      .fontSize(mark.size)
      .fillColor(mark.colour);
    if (strokeWidth > 0) pdf.strokeColor(mark.colour).lineWidth(strokeWidth);
    pdf.text(text, x, mark.y, { lineBreak: false, baseline: "alphabetic", fill: true, stroke: strokeWidth > 0 });
    x += width;
  }
};

/** Writes the tree that a screen reader follows, as the marks are drawn. */
const createOutline = (pdf: Pdf) => {
  const structures = new Map<Element, PDFKit.PDFStructureElement>();
  const structureOf = (element: Element): PDFKit.PDFStructureElement => {
    const known = structures.get(element);
    if (known) return known;
    const structure = pdf.struct(element.type);
    if (element.parent) structureOf(element.parent).add(structure);
    else pdf.addStructure(structure);
    structures.set(element, structure);
    return structure;
  };
  return {
    draw: (element: Element | null, draw: () => void) => {
      if (element) structureOf(element).add(pdf.markStructureContent(element.type));
      else pdf.markContent("Artifact", { type: "Layout" });
      draw();
      pdf.endMarkedContent();
    },
  };
};

/** Marks that follow each other in one element are one piece of content. */
const byElement = (marks: readonly Mark[]): { element: Element | null; marks: Mark[] }[] => {
  const groups: { element: Element | null; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const element = mark.type === "text" ? mark.element : null;
    const last = groups.at(-1);
    if (last && last.element === element) last.marks.push(mark);
    else groups.push({ element, marks: [mark] });
  }
  return groups;
};

const drawMark = (pdf: Pdf, mark: Mark): void => {
  if (mark.type === "text") return drawLine(pdf, mark.line, mark);
  if (mark.radius > 0) pdf.roundedRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
  else pdf.rect(mark.x, mark.y, mark.width, mark.height);
  pdf.fill(mark.colour);
};

/** Across the page, so faint that every figure under it can be read. */
const drawWatermark = (pdf: Pdf, text: string, { width, height }: LaidOutInvoice, fonts: FontBook): void => {
  const full = setLine(text, { size: 100, weight: "semibold" }, fonts);
  const size = Math.min(170, (100 * width * 0.95) / full.width);
  const line = setLine(text, { size, weight: "semibold" }, fonts);
  const at = {
    x: (width - line.width) / 2,
    y: height / 2 + size * 0.36,
    size,
    weight: "semibold",
    colour: "#14181F",
  } as const;
  pdf
    .save()
    .fillOpacity(0.06)
    .rotate(-52, { origin: [width / 2, height / 2] });
  drawLine(pdf, line, at);
  pdf.restore();
};

const bytesOf = async (pdf: Pdf): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of pdf) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Renders with pdfkit: A4 or letter, fonts embedded, tagged for screen readers. */
export const renderInvoicePdf: RenderInvoicePdf = async (document) => {
  const fonts = await loadFonts(lettersOf(document, invoiceWords[document.locale]));
  const layout = layOutInvoice(document, fonts);
  const { seller } = document;
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: [layout.width, layout.height],
    margin: 0,
    pdfVersion: "1.7",
    lang: document.locale,
    tagged: true,
    displayTitle: true,
    font: null as never,
    info: {
      Title: printable(`${layout.title} · ${seller.legalName}`),
      Author: printable(seller.legalName),
      Creator: "Billgrid",
      Producer: "Billgrid",
      CreationDate: document.createdAt,
    },
  });
  for (const face of fonts.faces()) pdf.registerFont(face.name, face.font as never);
  const outline = createOutline(pdf);
  for (const marks of layout.pages) {
    pdf.addPage();
    for (const group of byElement(marks))
      outline.draw(group.element, () => group.marks.forEach((it) => drawMark(pdf, it)));
    const { mark } = layout;
    if (mark) outline.draw(null, () => drawWatermark(pdf, mark, layout, fonts));
  }
  pdf.end();
  return bytesOf(pdf);
};
