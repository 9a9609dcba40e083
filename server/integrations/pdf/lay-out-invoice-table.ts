import { block, body, gap, ink, label, leftText, rightText, rule, type Style, small, strong } from "./desk";
import { formatPercent } from "./format-amount";
import { formatPeriod } from "./format-day";
import type { InvoiceDesk } from "./invoice-desk";
import type { InvoiceLine, InvoiceLineGroup } from "./invoice-document";
import type { Block, Element, Mark } from "./paginate";
import type { Line } from "./set-text";
import { type Cell, plainLines, rowBlocks } from "./table-row";

type Columns = { description: number; quantity: number; unitPrice: number; tax: number; net: number };

/** The figures get the width they need, the description the rest; a column nobody uses is not there. */
const columnsOf = (desk: InvoiceDesk, lines: readonly InvoiceLine[]): Columns => {
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
const edgesOf = (desk: InvoiceDesk, columns: Columns) => {
  const net = desk.right;
  const tax = net - columns.net - gap;
  const unitPrice = tax - (columns.tax && columns.tax + gap);
  const quantity = unitPrice - (columns.unitPrice && columns.unitPrice + gap);
  return { quantity, unitPrice, tax, net };
};

const tableHeading = (desk: InvoiceDesk, columns: Columns, table: Element): Block => {
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

const lineBlocks = (
  desk: InvoiceDesk,
  line: InvoiceLine,
  columns: Columns,
  table: Element,
  heading: Block,
  titleStyle: Style = body,
): Block[] => {
  const { words } = desk;
  const row = desk.element("TR", table);
  const edges = edgesOf(desk, columns);
  const width = columns.description;
  const titles = desk.lines(line.description, titleStyle, width);
  const period = line.servicePeriod && desk.line(formatPeriod(line.servicePeriod, words), small);
  const lastTitle = titles.at(-1);
  const isPeriodBeside = period && lastTitle && lastTitle.width + 8 + period.width <= width;
  const explanation = line.explanation.flatMap((text) => desk.lines(text, small, width));
  const description = [
    ...titles.map((text) => ({ text, style: titleStyle, aside: isPeriodBeside && text === lastTitle ? period : null })),
    ...plainLines([...(period && !isPeriodBeside ? [period] : []), ...explanation], small),
  ];
  const figure = (lines: readonly Line[], right: number): Cell => ({
    element: desk.element("TD", row),
    edge: { right },
    lines: plainLines(lines, body),
  });
  const taxText = line.taxPercent === null ? "" : formatPercent(line.taxPercent, words);
  const cells: Cell[] = [
    { element: desk.element("TD", row), edge: { left: desk.left }, lines: description },
    figure(desk.lines(line.quantity ?? "", body, columns.quantity), edges.quantity),
    figure(desk.lines(line.unitPrice ?? "", body, columns.unitPrice), edges.unitPrice),
    figure(desk.lines(taxText, body, columns.tax), edges.tax),
    figure([desk.line(desk.amount(line.net), body)], edges.net),
  ];
  return rowBlocks(desk, cells, heading);
};

const groupBlocks = (
  desk: InvoiceDesk,
  group: InvoiceLineGroup,
  columns: Columns,
  table: Element,
  heading: Block,
): Block[] => {
  // A title that the only line repeats is not said twice: the line looks like one, lest it seem to belong to the group above.
  const isSaidByItsLine = group.lines.length === 1 && group.lines[0]?.description === group.title;
  const rows = group.lines.flatMap((line) =>
    lineBlocks(desk, line, columns, table, heading, isSaidByItsLine ? strong : body),
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

export const tableBlocks = (desk: InvoiceDesk): Block[] => {
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
