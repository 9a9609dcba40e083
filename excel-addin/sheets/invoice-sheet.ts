import type { InvoiceGrid } from "../api/invoices";
import { texts } from "../texts";
import type { CellValue, ConditionalFormat, TableColumn, TableSpecification, TitleLine } from "../workbook/workbook";
import { instantInWords, monthInWords, shortMonth } from "./calendar-text";
import { longestPlaces, percentToCellRatio, toCellNumber } from "./decimal-text";
import { splitFlags } from "./grid-invoice";

/** What the sheet says about itself beside the grid. */
export interface PullFacts {
  readonly viewId: string;
  readonly viewName: string;
  readonly pulledBy: string;
  readonly organizationId: string;
  readonly isSandbox: boolean;
  readonly timeZone: string;
  readonly locale: string;
  /** What the last command said of each row, by row id. */
  readonly results?: ReadonlyMap<string, string>;
}

/** Columns of ours beside those of the view. */
export const VERSION_COLUMN = "version";
export const RESULT_COLUMN = "result";

type GridColumn = InvoiceGrid["columns"][number];
type GridCell = InvoiceGrid["rows"][number]["cells"][number];

/** One table per view and month, so that a new month never overwrites the notes of the last. */
export function invoiceTableKey(viewId: string, month: string): string {
  return `invoices:${viewId}:${month}`;
}

/** The grid as a table of the workbook: numbers as numbers, changes as formulas that finance can audit. */
export function invoiceSheet(grid: InvoiceGrid, facts: PullFacts): TableSpecification {
  const places = moneyPlaces(grid);
  const isOneCurrency = grid.totals.length === 1;
  const taken = new Set<string>();
  const columns: TableColumn[] = grid.columns.map((column) => ({
    ...sheetColumn(column, { grid, places, isOneCurrency }),
    title: uniqueTitle(column.title, taken),
  }));
  return {
    tableKey: invoiceTableKey(facts.viewId, grid.month),
    sheetName: sheetNameFor(facts.viewName, grid.month, facts.locale),
    tableName: `Invoices_${grid.month.replace("-", "_")}`,
    titleLines: titleLines(grid, facts),
    columns: [
      ...columns,
      { key: RESULT_COLUMN, title: uniqueTitle(texts.cells.result, taken), type: "text", width: 30 },
      {
        key: VERSION_COLUMN,
        title: uniqueTitle(texts.cells.version, taken),
        type: "number",
        format: "0",
        hidden: true,
      },
    ],
    rows: grid.rows.map((row) => ({
      id: row.id,
      cells: [
        ...grid.columns.map((column, place) => sheetCell(column, row.cells[place] ?? null)),
        facts.results?.get(row.id) ?? null,
        row.version,
      ],
    })),
    conditionalFormats: conditionalFormats(columns),
    frozenColumns: 1,
    connection: {
      kind: "invoices",
      viewId: facts.viewId,
      viewName: facts.viewName,
      month: grid.month,
      organizationId: facts.organizationId,
    },
  };
}

/** Excel forbids some characters in names of sheets and more than 31 of them; the month must survive the cut. */
export function sheetNameFor(viewName: string, month: string, locale: string): string {
  const suffix = ` ${shortMonth(month, locale)}`;
  const name = viewName
    .replace(/[[\]:*?/\\]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `${name.slice(0, 31 - suffix.length).trimEnd()}${suffix}`.replace(/^'+|'+$/g, "").trim();
}

/**
 * Amounts carry the minor units of their currency, so the format follows them. Excel has one format a column: where
 * currencies with different minor units meet, the longer one is shown.
 */
function moneyPlaces(grid: InvoiceGrid): number {
  const places = grid.columns.flatMap((column, place) => (column.type === "MONEY" ? [place] : []));
  const amounts = grid.rows.flatMap((row) => places.map((place) => row.cells[place]).filter(isText));
  return amounts.length === 0 ? 2 : longestPlaces(amounts);
}

interface ColumnSetting {
  readonly grid: InvoiceGrid;
  readonly places: number;
  readonly isOneCurrency: boolean;
}

const WIDTHS: Readonly<Record<string, number>> = { customer: 30, servicePeriod: 24, flags: 24, reason: 56 };

function sheetColumn(column: GridColumn, { grid, places, isOneCurrency }: ColumnSetting): Omit<TableColumn, "title"> {
  const { key } = column;
  const width = WIDTHS[key] === undefined ? {} : { width: WIDTHS[key] };
  const has = (other: string) => grid.columns.some((one) => one.key === other);
  const digits = `0${places === 0 ? "" : `.${"0".repeat(places)}`}`;
  switch (column.type) {
    case "TEXT":
    case "FLAGS":
      return { key, type: "text", ...width };
    case "DATE":
      return { key, type: "date", ...(column.format ? { format: column.format } : {}) };
    case "BOOLEAN":
      return { key, type: "boolean" };
    case "DECIMAL":
      return { key, type: "number", ...(column.format ? { format: column.format } : {}) };
    case "PERCENT": {
      // The sign of the change decides the sign of the percent, also where last month was a credit.
      const formula = `=IF({previousNet}=0,"",({net}-{previousNet})/ABS({previousNet}))`;
      const isAudited = key === "changePercent" && has("net") && has("previousNet");
      return { key, type: "number", format: "+0.0%;-0.0%;0.0%", ...(isAudited ? { formula } : {}) };
    }
    case "MONEY": {
      const total = isOneCurrency ? { total: "sum" as const } : {};
      if (!key.startsWith("change")) return { key, type: "number", format: `#,##${digits}`, ...total };
      // Rounded to the minor unit: the difference of two doubles is off in the 16th digit.
      const formula = `=ROUND({net}-{previousNet},${places})`;
      const isAudited = key === "change" && has("net") && has("previousNet");
      const format = `"▲" +#,##${digits};"▼" -#,##${digits};${digits}`;
      return { key, type: "number", format, ...total, ...(isAudited ? { formula } : {}) };
    }
  }
}

function sheetCell(column: GridColumn, cell: GridCell): CellValue {
  if (cell === null) return null;
  switch (column.type) {
    case "MONEY":
    case "DECIMAL":
      return typeof cell === "string" ? toCellNumber(cell) : null;
    case "PERCENT":
      return typeof cell === "string" ? percentToCellRatio(cell) : null;
    case "BOOLEAN":
      return cell === true || cell === "true";
    case "FLAGS":
      return typeof cell === "string" ? flagsInWords(splitFlags(cell)) : null;
    case "DATE":
      return String(cell);
    case "TEXT":
      return column.key === "status" ? statusInWords(String(cell)) : String(cell);
  }
}

/** A flag that this version of the add-in does not know is shown as the server names it, not dropped. */
export function flagsInWords(flags: readonly string[]): string {
  const words: Readonly<Record<string, string>> = texts.flags;
  return flags.map((flag) => words[flag] ?? flag).join(", ");
}

export function statusInWords(status: string): string {
  const words: Readonly<Record<string, string>> = texts.status;
  return words[status] ?? status;
}

const COLOURS = {
  up: "#0E700E",
  down: "#B10E1C",
  review: { fill: "#FFF4CE", color: "#6B4E00" },
  stale: "#8A6A00",
} as const;

/** Few rules over whole columns. The arrow, the sign and the words say the same as the colours. */
function conditionalFormats(columns: readonly TableColumn[]): ConditionalFormat[] {
  const has = (key: string) => columns.some((column) => column.key === key);
  const changes = ["change", "changePercent", "changeWithoutTiming"].filter(has);
  const amounts = ["net", "tax", "gross"].filter(has);
  const stale = texts.flags.STALE;
  return [
    ...(has("change")
      ? [
          { columns: changes, formula: "={change}>0", style: { color: COLOURS.up } },
          { columns: changes, formula: "={change}<0", style: { color: COLOURS.down } },
        ]
      : []),
    ...(has("flags")
      ? [
          { columns: ["flags"], formula: '={flags}<>""', style: { ...COLOURS.review, bold: true } },
          ...(amounts.length === 0
            ? []
            : [
                {
                  columns: amounts,
                  formula: `=ISNUMBER(SEARCH("${stale}",{flags}))`,
                  style: { color: COLOURS.stale, italic: true },
                },
              ]),
        ]
      : []),
    {
      columns: [RESULT_COLUMN],
      formula: `=LEFT({${RESULT_COLUMN}},6)="Failed"`,
      style: { color: COLOURS.down, bold: true },
    },
  ];
}

function titleLines(grid: InvoiceGrid, facts: PullFacts): TitleLine[] {
  const { locale } = facts;
  const month = monthInWords(grid.month, locale);
  const when = instantInWords(grid.pulledAt, { locale, timeZone: facts.timeZone });
  const comparison =
    grid.baselineMonth === null ? month : texts.cells.comparison(month, monthInWords(grid.baselineMonth, locale));
  return [
    { text: texts.cells.title(facts.viewName), style: "title" },
    { text: comparison, style: "subtitle" },
    { text: texts.cells.pulled(when, facts.pulledBy), style: "note" },
    { text: texts.cells.filter(grid.filterText), style: "note" },
    // One line however many currencies there are: a refresh must not need more lines than the pull did.
    { text: grid.totals.map((total) => totalInWords(grid, total, locale)).join(" · "), style: "note" },
    ...(facts.isSandbox ? [{ text: texts.cells.sandbox, style: "note" as const }] : []),
  ];
}

function totalInWords(grid: InvoiceGrid, total: InvoiceGrid["totals"][number], locale: string): string {
  const said = texts.cells.total(total.currency, total.count, amountInWords(total.current, locale));
  if (grid.baselineMonth === null) return said;
  const change = amountInWords(total.change, locale, "exceptZero");
  return said + texts.cells.totalBefore(amountInWords(total.previous, locale), change);
}

/** "1234.50" → "1,234.50", digit by digit: no double in between. */
export function amountInWords(amount: string, locale: string, signDisplay: "auto" | "exceptZero" = "auto"): string {
  const places = longestPlaces([amount]);
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    signDisplay,
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

function uniqueTitle(title: string, taken: Set<string>): string {
  let unique = title;
  for (let n = 2; taken.has(unique.toLowerCase()); n += 1) unique = `${title} (${n})`;
  taken.add(unique.toLowerCase());
  return unique;
}

function isText(cell: GridCell | undefined): cell is string {
  return typeof cell === "string";
}
