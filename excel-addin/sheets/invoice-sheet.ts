import type { InvoiceGrid } from "../api/invoices";
import { texts } from "../texts";
import type { CellValue, ConditionalFormat, TableColumn, TableSpecification, TitleLine } from "../workbook/workbook";
import { instantInWords, monthInWords, shortMonth } from "./calendar-text";
import { longestPlaces, percentToCellRatio, toCellNumber } from "./decimal-text";
import { splitFlags } from "./grid-invoice";
import { type MinorUnits, minorUnitsOf } from "./minor-units";

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
  const minorUnits = minorUnitsOf(grid);
  const isOneCurrency = grid.totals.length === 1;
  const taken = new Set<string>();
  const columns: TableColumn[] = grid.columns.map((column) => ({
    ...sheetColumn(column, { grid, minorUnits, isOneCurrency }),
    title: uniqueTitle(column.title, taken),
  }));
  const result: TableColumn = {
    key: RESULT_COLUMN,
    title: uniqueTitle(texts.cells.result, taken),
    type: "text",
    width: 30,
  };
  const place = resultPlace(grid);
  return {
    tableKey: invoiceTableKey(facts.viewId, grid.month),
    sheetName: sheetNameFor(facts.viewName, grid.month, facts.locale),
    tableName: `Invoices_${grid.month.replace("-", "_")}`,
    titleLines: titleLines(grid, facts),
    columns: [
      ...insertedAt(place, columns, result),
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
        ...insertedAt(
          place,
          grid.columns.map((column, index) => sheetCell(column, row.cells[index] ?? null)),
          facts.results?.get(row.id) ?? null,
        ),
        row.version,
      ],
    })),
    conditionalFormats: [...conditionalFormats(columns), ...minorUnitFormats(grid, minorUnits)],
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

/** Beside the reason of a row stands what became of it; in a view without one, at the end. */
function resultPlace({ columns }: InvoiceGrid): number {
  const keys = columns.map(({ key }) => key);
  const beside = Math.max(keys.indexOf("flags"), keys.indexOf("reason"));
  return beside < 0 ? columns.length : beside + 1;
}

const insertedAt = <Item>(place: number, items: readonly Item[], item: Item): Item[] => [
  ...items.slice(0, place),
  item,
  ...items.slice(place),
];

interface ColumnSetting {
  readonly grid: InvoiceGrid;
  readonly minorUnits: MinorUnits;
  readonly isOneCurrency: boolean;
}

/** What is empty at the first pull has a width too, for it is given once. */
const WIDTHS: Readonly<Record<string, number>> = {
  customer: 30,
  status: 12,
  number: 16,
  issuedOn: 12,
  dueOn: 12,
  servicePeriod: 24,
  flags: 24,
  reason: 50,
};

/** Room for the arrow of the filter beside the title, and for two digits more than there are now. */
function moneyWidth(column: GridColumn, { grid, isOneCurrency }: ColumnSetting): number {
  const place = grid.columns.indexOf(column);
  const cells = grid.rows.map((row) => row.cells[place]).filter((cell) => typeof cell === "string");
  const totals = isOneCurrency ? grid.totals.flatMap(({ current, previous }) => [current, previous]) : [];
  const longest = [...cells, ...totals].reduce((one, other) => (other.length > one.length ? other : one), "0");
  const arrow = isChange(column.key) ? 4 : 0;
  return Math.max(12, column.title.length + 3, amountInWords(longest, "en").length + arrow + 2);
}

function sheetColumn(column: GridColumn, setting: ColumnSetting): Omit<TableColumn, "title"> {
  const { grid, minorUnits, isOneCurrency } = setting;
  const { key } = column;
  const width = WIDTHS[key] === undefined ? {} : { width: WIDTHS[key] };
  const has = (other: string) => grid.columns.some((one) => one.key === other);
  switch (column.type) {
    case "TEXT":
    case "FLAGS":
      return { key, type: "text", ...width };
    case "DATE":
      return { key, type: "date", ...width, ...(column.format ? { format: column.format } : {}) };
    case "BOOLEAN":
      return { key, type: "boolean" };
    case "DECIMAL":
      return { key, type: "number", ...(column.format ? { format: column.format } : {}) };
    case "PERCENT": {
      // The sign of the change decides the sign of the percent, also where last month was a credit.
      const formula = `=IF({previousNet}=0,"",({net}-{previousNet})/ABS({previousNet}))`;
      const isAudited = key === "changePercent" && has("net") && has("previousNet");
      return { key, type: "number", format: "+0.0%;-0.0%;0.0%", width: 11, ...(isAudited ? { formula } : {}) };
    }
    case "MONEY": {
      const total = isOneCurrency ? { total: "sum" as const } : {};
      const format = moneyFormat(key, minorUnits.usual);
      // Rounded to the minor unit: the difference of two doubles is off in the 16th digit.
      const formula = `=ROUND({net}-{previousNet},${minorUnits.longest})`;
      const isAudited = key === "change" && has("net") && has("previousNet");
      return {
        key,
        type: "number",
        format,
        width: moneyWidth(column, setting),
        ...total,
        ...(isAudited ? { formula } : {}),
      };
    }
  }
}

/** A change says by arrow and sign where it goes. */
function moneyFormat(key: string, places: number): string {
  const digits = `0${places === 0 ? "" : `.${"0".repeat(places)}`}`;
  return isChange(key) ? `"▲" +#,##${digits};"▼" -#,##${digits};${digits}` : `#,##${digits}`;
}

const isChange = (key: string): boolean => key.startsWith("change");

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

/** Excel has one format a column; amounts with other minor units get theirs by rule, which follows them when they are sorted. */
function minorUnitFormats(grid: InvoiceGrid, { exceptions }: MinorUnits): ConditionalFormat[] {
  const money = grid.columns.filter(({ type }) => type === "MONEY").map(({ key }) => key);
  const blocks = [money.filter((key) => !isChange(key)), money.filter(isChange)];
  return exceptions.flatMap(({ currency, places }) =>
    blocks.flatMap((columns) => {
      const [first] = columns;
      if (first === undefined) return [];
      return [{ columns, formula: `={currency}="${currency}"`, style: { numberFormat: moneyFormat(first, places) } }];
    }),
  );
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
