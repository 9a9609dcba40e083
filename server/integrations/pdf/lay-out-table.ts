import {
  alongside,
  block,
  body,
  type Desk,
  gap,
  ink,
  label,
  leftText,
  rightText,
  rule,
  type Style,
  small,
  strong,
} from "./desk";
import { formatPercent } from "./format-amount";
import { formatPeriod } from "./format-day";
import type { InvoiceLine, InvoiceLineGroup } from "./invoice-document";
import type { Block, Element, Mark } from "./paginate";

type Columns = { description: number; quantity: number; unitPrice: number; tax: number; net: number };

/** The figures get the width they need, the description the rest; a column nobody uses is not there. */
const columnsOf = (desk: Desk, lines: readonly InvoiceLine[]): Columns => {
  const { words, document } = desk;
  const widthOf = (title: string, texts: readonly (string | null)[], most: number): number => {
    const used = texts.filter((text) => text !== null);
    if (used.length === 0) return 0;
    const widest = used.reduce((width, text) => Math.max(width, desk.line(text.slice(0, 80), body).width), 0);
    return Math.ceil(Math.max(desk.line(title, label).width, Math.min(widest, most))) + 1;
  };
  const quantity = widthOf(
    words.quantity,
    lines.map((line) => line.quantity),
    92,
  );
  const unitPrice = widthOf(
    words.unitPrice,
    lines.map((line) => line.unitPrice),
    88,
  );
  const tax = widthOf(
    words.tax,
    lines.map((line) => line.taxPercent && formatPercent(line.taxPercent, words)),
    48,
  );
  // The empty text keeps the column of amounts on a document without lines.
  const net = widthOf(
    `${words.net} ${document.currency.code}`,
    [...lines.map((line) => desk.amount(line.net)), ""],
    400,
  );
  const used = [quantity, unitPrice, tax, net].reduce((sum, width) => sum + (width && width + gap), 0);
  return { description: desk.contentWidth - used, quantity, unitPrice, tax, net };
};

/** The right edge of each column of figures. */
const edgesOf = (desk: Desk, columns: Columns) => {
  const net = desk.right;
  const tax = net - columns.net - gap;
  const unitPrice = tax - (columns.tax && columns.tax + gap);
  const quantity = unitPrice - (columns.unitPrice && columns.unitPrice + gap);
  return { quantity, unitPrice, tax, net };
};

const tableHeading = (desk: Desk, columns: Columns, table: Element): Block => {
  const { words, document } = desk;
  const row = desk.element("TR", table);
  const edges = edgesOf(desk, columns);
  const marks: Mark[] = [leftText(desk.line(words.description, label), label, desk.left, 2, desk.element("TH", row))];
  const put = (title: string, width: number, right: number) => {
    if (width) marks.push(rightText(desk.line(title, label), label, right, 2, desk.element("TH", row)));
  };
  put(words.quantity, columns.quantity, edges.quantity);
  put(words.unitPrice, columns.unitPrice, edges.unitPrice);
  put(words.tax, columns.tax, edges.tax);
  put(`${words.net} ${document.currency.code}`, columns.net, edges.net);
  marks.push(rule(desk.left, 19, desk.contentWidth, ink));
  return block(20, marks, { keepsWithNext: true });
};

/** A line of the invoice, one block for each line of text, so that a long one can go on over the page. */
const rowBlocks = (
  desk: Desk,
  line: InvoiceLine,
  columns: Columns,
  table: Element,
  heading: Block,
  titleStyle: Style = body,
): Block[] => {
  const { words } = desk;
  const row = desk.element("TR", table);
  const edges = edgesOf(desk, columns);
  const cells = {
    description: desk.element("TD", row),
    quantity: desk.element("TD", row),
    unitPrice: desk.element("TD", row),
    tax: desk.element("TD", row),
    net: desk.element("TD", row),
  };
  const width = columns.description;
  const titles = desk.lines(line.description, titleStyle, width);
  const period = line.servicePeriod && desk.line(formatPeriod(line.servicePeriod, words), small);
  const lastTitle = titles.at(-1);
  const isPeriodBeside = period && lastTitle && lastTitle.width + 8 + period.width <= width;
  const explanation = line.explanation.flatMap((text) => desk.lines(text, small, width));
  const description = [
    ...titles.map((text) => ({ text, style: titleStyle, aside: isPeriodBeside && text === lastTitle ? period : null })),
    ...[...(period && !isPeriodBeside ? [period] : []), ...explanation].map((text) => ({
      text,
      style: small,
      aside: null,
    })),
  ];
  const quantity = desk.lines(line.quantity ?? "", body, columns.quantity);
  const unitPrice = desk.lines(line.unitPrice ?? "", body, columns.unitPrice);
  const taxText = line.taxPercent === null ? "" : formatPercent(line.taxPercent, words);
  const tax = desk.lines(taxText, body, columns.tax);
  const net = [desk.line(desk.amount(line.net), body)];

  const count = Math.max(description.length, quantity.length, unitPrice.length, tax.length, 1);
  const padding = 6;
  return Array.from({ length: count }, (_, index) => {
    const marks: Mark[] = [];
    const top = index === 0 ? padding : 0;
    const said = description[index];
    if (said) marks.push(leftText(said.text, said.style, desk.left, top, cells.description));
    if (said?.aside) {
      const x = desk.left + said.text.width + 8;
      marks.push(alongside(said.aside, small, x, top, body, cells.description));
    }
    const figures = [
      [quantity[index], edges.quantity, cells.quantity],
      [unitPrice[index], edges.unitPrice, cells.unitPrice],
      [tax[index], edges.tax, cells.tax],
      [net[index], edges.net, cells.net],
    ] as const;
    for (const [figure, right, cell] of figures) if (figure) marks.push(rightText(figure, body, right, top, cell));
    const hasFigures = figures.some(([figure]) => figure);
    const leading = Math.max(said?.style.leading ?? 0, hasFigures ? body.leading : 0);
    const isLast = index === count - 1;
    const height = top + leading + (isLast ? padding : 0);
    if (isLast) marks.push(rule(desk.left, height - 0.75, desk.contentWidth));
    const keepsWithNext = !isLast && (count <= 6 || index < 2 || index >= count - 3);
    return block(height, marks, { keepsWithNext, heading });
  });
};

const groupBlocks = (
  desk: Desk,
  group: InvoiceLineGroup,
  columns: Columns,
  table: Element,
  heading: Block,
): Block[] => {
  // A title that the only line repeats is not said twice: the line looks like one, lest it seem to belong to the group above.
  const isSaidByItsLine = group.lines.length === 1 && group.lines[0]?.description === group.title;
  const rows = group.lines.flatMap((line) =>
    rowBlocks(desk, line, columns, table, heading, isSaidByItsLine ? strong : body),
  );
  if (!group.title || isSaidByItsLine) return rows;
  const row = desk.element("TR", table);
  const hasNet = group.net !== null && group.lines.length > 1;
  const net = hasNet ? desk.line(desk.amount(group.net ?? ""), strong) : null;
  const titleElement = desk.element("TH", row);
  const lines = desk.lines(group.title, strong, desk.contentWidth - (net ? net.width + gap : 0));
  const titles = lines.map((line, index) => {
    const top = index === 0 ? 9 : 0;
    const marks = [leftText(line, strong, desk.left, top, titleElement)];
    if (net && index === 0) marks.push(rightText(net, strong, desk.right, top, desk.element("TD", row)));
    return block(top + strong.leading, marks, { keepsWithNext: index >= lines.length - 3 || index < 2, heading });
  });
  return [...titles, ...rows];
};

export const tableBlocks = (desk: Desk): Block[] => {
  const { groups } = desk.document;
  const table = desk.element("Table");
  const columns = columnsOf(
    desk,
    groups.flatMap((group) => group.lines),
  );
  const heading = tableHeading(desk, columns, table);
  const rows = groups.flatMap((group) => groupBlocks(desk, group, columns, table, heading));
  if (rows.length > 0) return [heading, ...rows];
  const nothing = leftText(desk.line(desk.words.noLines, small), small, desk.left, 10, desk.element("P"));
  return [heading, block(32, [nothing, rule(desk.left, 31.25, desk.contentWidth)])];
};
