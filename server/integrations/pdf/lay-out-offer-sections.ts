import { block, body, gap, label, leftText, rightText, type Style, small, space, strong } from "./desk";
import { type OfferDesk, paragraphs, phaseTitle, sectionHeading, type TableColumn, tableHead } from "./offer-desk";
import type { OfferAmounts, OfferLine, OfferPhase, OfferTotal } from "./offer-document";
import type { Block, Element } from "./paginate";
import { type Cell, type CellLine, keptTogether, plainLines, rowBlocks, tableRows } from "./table-row";
import { titledRows, valueLines } from "./titled-rows";

export const termsBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  if (document.terms.length === 0) return [];
  const section = desk.element("Sect");
  const rows = document.terms.map(({ label: title, value }) => ({ title, value: valueLines(desk, [value], body) }));
  return [sectionHeading(desk, words.terms, section), ...titledRows(desk, section, rows)];
};

export const changesBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  if (document.changes.length === 0) return [];
  const section = desk.element("Sect");
  const rows = document.changes.map(({ subject, sentence, details, days }) => ({
    title: subject,
    value: [
      ...valueLines(desk, [sentence], strong),
      ...valueLines(desk, details, body),
      ...valueLines(desk, days ? [days] : [], small),
    ],
  }));
  return [sectionHeading(desk, words.changes, section), ...titledRows(desk, section, rows)];
};

export const commitmentsBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  if (document.commitments.length === 0) return [];
  const section = desk.element("Sect");
  const rows = document.commitments.map(({ kind, description, sentence }) => ({
    title: kind,
    value: [...valueLines(desk, [description], strong), ...valueLines(desk, [sentence], body)],
  }));
  return [sectionHeading(desk, words.commitments, section), ...titledRows(desk, section, rows)];
};

// ── Prices ───────────────────────────────────────────────────────────────────────────────────────────────────────────

type Widths = { item: number; price: number; quantity: number; amount: number };

/** Quantities, where there are any, and amounts get what they need; items and prices share the rest. The same for all phases. */
const widthsOf = (desk: OfferDesk): Widths => {
  const { document, words } = desk;
  const lines = document.phases.flatMap((phase) => phase.lines);
  const widest = (title: string, texts: readonly (readonly [string | null, Style])[], most: number): number =>
    Math.ceil(
      texts.reduce(
        (width, [text, style]) => Math.max(width, Math.min(most, text ? desk.line(text.slice(0, 80), style).width : 0)),
        desk.line(title, label).width,
      ),
    ) + 1;
  const isCounted = lines.some((line) => line.quantity !== null);
  const quantity = isCounted
    ? widest(
        words.quantity,
        lines.map((line) => [line.quantity, body]),
        80,
      )
    : 0;
  const amounts = lines.flatMap((line): [string | null, Style][] => [
    [line.amount, strong],
    [line.per, small],
    [line.listAmount && words.list(line.listAmount), small],
  ]);
  const amount = widest(words.amount, amounts, 150);
  const rest = desk.contentWidth - quantity - amount - (isCounted ? 3 : 2) * gap;
  return { quantity, amount, item: Math.floor(rest * 0.52), price: Math.floor(rest * 0.48) };
};

const columnsOf = (desk: OfferDesk, widths: Widths): Record<keyof Widths, TableColumn> => {
  const { words } = desk;
  return {
    item: { title: words.item, edge: { left: desk.left } },
    price: { title: words.price, edge: { left: desk.left + widths.item + gap } },
    quantity: { title: widths.quantity > 0 ? words.quantity : "", edge: { right: desk.right - widths.amount - gap } },
    amount: { title: words.amount, edge: { right: desk.right } },
  };
};

const lineBlocks = (desk: OfferDesk, line: OfferLine, widths: Widths, table: Element, head: Block): Block[] => {
  const row = desk.element("TR", table);
  const columns = columnsOf(desk, widths);
  const cell = (column: TableColumn, lines: readonly CellLine[]): Cell => ({
    element: desk.element("TD", row),
    edge: column.edge,
    lines,
  });
  const set = (text: string | null, style: Style, width: number) =>
    text ? plainLines(desk.lines(text, style, width), style) : [];
  const cells = [
    cell(columns.item, [
      ...set(line.description, body, widths.item),
      ...line.details.flatMap((detail) => set(detail, small, widths.item)),
    ]),
    cell(
      columns.price,
      line.price.flatMap((text) => set(text, body, widths.price)),
    ),
    cell(columns.quantity, set(line.quantity, body, widths.quantity)),
    cell(columns.amount, [
      ...set(line.amount, line.isByUsage ? small : strong, widths.amount),
      ...set(line.per, small, widths.amount),
      ...set(line.listAmount && desk.words.list(line.listAmount), small, widths.amount),
    ]),
  ];
  return rowBlocks(desk, cells, head);
};

const phaseBlocks = (desk: OfferDesk, phase: OfferPhase, widths: Widths, section: Element): Block[] => {
  const { words, document } = desk;
  const part = desk.element("Sect", section);
  const table = desk.element("Table", part);
  const head = tableHead(desk, Object.values(columnsOf(desk, widths)), table);
  const days = desk.line(phase.days, small);
  const titles = desk.lines(phase.name, phaseTitle, desk.contentWidth - days.width - gap);
  const heading = desk.element("H3", part);
  const title = titles.map((line, index) => {
    const marks = [leftText(line, phaseTitle, desk.left, index === 0 ? 4 : 0, heading)];
    if (index === 0) marks.push(rightText(days, small, desk.right, 6.5, desk.element("P", part)));
    return block(phaseTitle.leading + (index === 0 ? 4 : 0) + (index === titles.length - 1 ? 5 : 0), marks, {
      keepsWithNext: true,
    });
  });
  const rows =
    phase.lines.length === 0
      ? [block(28, [leftText(desk.line(words.noLines, small), small, desk.left, 8, desk.element("P", part))])]
      : tableRows(phase.lines.map((line) => lineBlocks(desk, line, widths, table, head)));
  const total = phase.total && document.phases.length > 1 ? phaseTotal(desk, phase.total, table) : [];
  const last = rows.at(-1);
  const end = total.length > 0 && last ? keptTogether([last, ...total]) : last ? [last] : [];
  return [...title, head, ...rows.slice(0, -1), ...end, space(14)];
};

const phaseTotal = (desk: OfferDesk, { list, discount, net }: OfferAmounts, table: Element): Block[] => {
  const { words } = desk;
  const row = desk.element("TR", table);
  const remark = desk.line(words.listAndDiscount(list, discount), small);
  return rowBlocks(
    desk,
    [
      {
        element: desk.element("TH", row),
        edge: { left: desk.left },
        lines: [{ text: desk.line(words.phaseTotal, strong), style: strong, aside: list === net ? null : remark }],
      },
      {
        element: desk.element("TD", row),
        edge: { right: desk.right },
        lines: plainLines([desk.line(net, strong)], strong),
      },
    ],
    null,
  );
};

export const priceBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  if (document.phases.length === 0) return [];
  const section = desk.element("Sect");
  const widths = widthsOf(desk);
  return [
    sectionHeading(desk, words.prices, section),
    ...document.phases.flatMap((phase) => phaseBlocks(desk, phase, widths, section)),
  ];
};

// ── Totals and first invoices ────────────────────────────────────────────────────────────────────────────────────────

const figureWidth = 96;

export const totalsBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  const { totals } = document;
  if (!totals) return [];
  const section = desk.element("Sect");
  const table = desk.element("Table", section);
  const edges = [2, 1, 0].map((index) => ({ right: desk.right - index * figureWidth }));
  const [list, discount, net] = edges as [Cell["edge"], Cell["edge"], Cell["edge"]];
  const head = tableHead(
    desk,
    [
      { title: words.period, edge: { left: desk.left } },
      { title: words.atList, edge: list },
      { title: words.discount, edge: discount },
      { title: words.net, edge: net },
    ],
    table,
  );
  const nameWidth = desk.contentWidth - 3 * figureWidth;
  const rowOf = (total: OfferTotal, style: Style): Block[] => {
    const row = desk.element("TR", table);
    const figure = (text: string, edge: Cell["edge"]): Cell => ({
      element: desk.element("TD", row),
      edge,
      lines: plainLines([desk.line(text, style)], style),
    });
    const name = [
      ...plainLines(desk.lines(total.name, style, nameWidth), style),
      ...(total.days ? plainLines(desk.lines(total.days, small, nameWidth), small) : []),
    ];
    const cells = [
      { element: desk.element("TH", row), edge: { left: desk.left }, lines: name },
      figure(total.list, list),
      figure(total.discount, discount),
      figure(total.net, net),
    ];
    return rowBlocks(desk, cells, head, style === strong ? 8 : 5);
  };
  const group = (title: string, rows: readonly OfferTotal[]): Block[] => {
    if (rows.length < 2) return [];
    const heading = leftText(
      desk.line(title, label),
      label,
      desk.left,
      8,
      desk.element("TH", desk.element("TR", table)),
    );
    const ofGroup = tableRows(rows.map((row) => rowOf(row, body)));
    return [block(20, [heading], { keepsWithNext: true, heading: head }), ...ofGroup];
  };
  const rows = [...group(words.byPhase, totals.phases), ...group(words.byYear, totals.years)];
  const last = rows.at(-1);
  return [
    sectionHeading(desk, words.totals, section),
    head,
    ...rows.slice(0, -1),
    ...(last ? [{ ...last, keepsWithNext: true }] : []),
    ...keptTogether([...rowOf(totals.total, strong), ...remarks(desk, totals.remarks, section)]),
  ];
};

const remarks = (desk: OfferDesk, texts: readonly string[], section: Element): Block[] => [
  space(6),
  ...texts.flatMap((text) => paragraphs(desk, text, desk.contentWidth, section, small)),
];

export const invoiceBlocks = (desk: OfferDesk): Block[] => {
  const { document, words } = desk;
  if (!document.invoices || document.invoices.invoices.length === 0) return [];
  const section = desk.element("Sect");
  const table = desk.element("Table", section);
  const columns: TableColumn[] = [
    { title: words.invoiceOn, edge: { left: desk.left } },
    { title: words.amount, edge: { right: desk.right } },
  ];
  const head = tableHead(desk, columns, table);
  const rows = document.invoices.invoices.map(({ on, amount }) => {
    const row = desk.element("TR", table);
    const cells = [on, amount].map((text, index) => ({
      element: desk.element("TD", row),
      edge: columns[index]?.edge ?? { left: desk.left },
      lines: plainLines([desk.line(text, body)], body),
    }));
    return rowBlocks(desk, cells, head, 3.5);
  });
  const lines = tableRows(rows);
  return [
    sectionHeading(desk, words.invoices, section),
    head,
    ...lines.slice(0, -1),
    ...keptTogether([...lines.slice(-1), ...remarks(desk, document.invoices.remarks, section)]),
  ];
};

/** A text under a heading of its own. */
export const textBlocks = (desk: OfferDesk, title: string, text: string | null, style: Style = body): Block[] => {
  if (!text?.trim()) return [];
  const section = desk.element("Sect");
  return [sectionHeading(desk, title, section), ...paragraphs(desk, text, desk.contentWidth, section, style)];
};
