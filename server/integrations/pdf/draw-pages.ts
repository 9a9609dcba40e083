import PDFDocument from "pdfkit";
import type { FontBook } from "./fonts";
import type { Element, Mark } from "./paginate";
import { type Line, printable, setLine } from "./set-text";

type Pdf = PDFKit.PDFDocument;
type TextMark = Extract<Mark, { type: "text" }>;

export type LaidOutPage = {
  width: number;
  height: number;
  /** In reading order. */
  marks: readonly Mark[];
  /** Printed across the page. */
  watermark: string | null;
};

/** What the file says of itself. */
export type FileFacts = {
  title: string;
  author: string;
  language: string;
  createdAt: Date;
  /** False for what is to be put on pages of another document, which says by itself what it is. */
  isTagged?: boolean;
};

/** Every letter that can be printed, so that the fonts are in memory before the setting begins. */
export const lettersOf = (...values: readonly unknown[]): string => {
  const letters = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === "string") for (const letter of printable(value)) letters.add(letter);
    // Words that make sentences hold their letters in their source.
    else if (typeof value === "function") add(String(value));
    else if (typeof value === "object" && value !== null && !Buffer.isBuffer(value)) Object.values(value).forEach(add);
  };
  values.forEach(add);
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
    const { type, alternative } = element;
    const structure = pdf.struct(type, alternative === undefined ? {} : { alt: alternative });
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
    const element = "element" in mark ? mark.element : null;
    const last = groups.at(-1);
    if (last && last.element === element) last.marks.push(mark);
    else groups.push({ element, marks: [mark] });
  }
  return groups;
};

const drawMark = (pdf: Pdf, mark: Mark): void => {
  if (mark.type === "text") return drawLine(pdf, mark.line, mark);
  if (mark.type === "image") {
    pdf.image(mark.content, mark.x, mark.y, { width: mark.width, height: mark.height });
    return;
  }
  if (mark.type === "place") {
    const [left, bottom, right, top] = [
      mark.x,
      pdf.page.height - mark.y - mark.height,
      mark.x + mark.width,
      pdf.page.height - mark.y,
    ];
    pdf.addNamedDestination(mark.name, "FitR", left, bottom, right, top);
    return;
  }
  if (mark.radius > 0) pdf.roundedRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
  else pdf.rect(mark.x, mark.y, mark.width, mark.height);
  pdf.fill(mark.colour);
};

/** Across the page, so faint that every figure under it can be read. */
const drawWatermark = (pdf: Pdf, text: string, { width, height }: LaidOutPage, fonts: FontBook): void => {
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

/** Draws pages with pdfkit: fonts embedded, tagged for screen readers. The same pages are the same bytes. */
export const drawPages = (pages: readonly LaidOutPage[], facts: FileFacts, fonts: FontBook): Promise<Buffer> => {
  const { isTagged = true } = facts;
  const pdf = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    pdfVersion: "1.7",
    lang: facts.language,
    tagged: isTagged,
    displayTitle: true,
    font: null as never,
    info: {
      Title: printable(facts.title),
      Author: printable(facts.author),
      Creator: "Billgrid",
      Producer: "Billgrid",
      CreationDate: facts.createdAt,
    },
  });
  for (const face of fonts.faces()) pdf.registerFont(face.name, face.font as never);
  const outline = isTagged ? createOutline(pdf) : { draw: (_element: Element | null, draw: () => void) => draw() };
  for (const page of pages) {
    pdf.addPage({ size: [page.width, page.height], margin: 0 });
    for (const group of byElement(page.marks))
      outline.draw(group.element, () => group.marks.forEach((it) => drawMark(pdf, it)));
    const { watermark } = page;
    if (watermark) outline.draw(null, () => drawWatermark(pdf, watermark, page, fonts));
  }
  pdf.end();
  return bytesOf(pdf);
};
