import { type PlainDate, parsePlainDate } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { fail, ok, type Result } from "../result";

/** What a column of a bank's file says. `credit` came in, `debit` went out; `direction` says which of both an amount is. */
export type BankColumn =
  | "bookedOn"
  | "amount"
  | "credit"
  | "debit"
  | "direction"
  | "currency"
  | "payerName"
  | "payerAccount"
  | "reference";

export type DecimalMark = "." | ",";
/** In which order a day is written with numbers. */
export type DateOrder = "day_month_year" | "month_day_year" | "year_month_day";

/** How the files of one bank account are written; headings as they stand in the file. */
export type BankFileFormat = {
  readonly columns: { readonly [Column in BankColumn]?: string | undefined };
  readonly decimalMark: DecimalMark;
  readonly dateOrder: DateOrder;
};

/** A line of a statement; above zero came in. Text is as the payer wrote it. */
export type BankFileLine = {
  /** from 1, as people count the lines of the file */
  readonly row: number;
  readonly bookedOn: PlainDate;
  readonly amount: Decimal;
  readonly currency: string;
  readonly payerName: string;
  readonly payerAccount: string;
  readonly reference: string;
};

export type BankFileProblem =
  | { readonly code: "HEADINGS_NOT_FOUND"; readonly missing: readonly BankColumn[] }
  | { readonly code: "COLUMN_NOT_FOUND"; readonly column: BankColumn; readonly given: string }
  | { readonly code: "DATE_ORDER_AMBIGUOUS"; readonly given: string }
  | { readonly code: "DECIMAL_MARK_AMBIGUOUS"; readonly given: string }
  | { readonly code: "DATE_UNREADABLE" | "AMOUNT_UNREADABLE"; readonly row: number; readonly given: string };

/** Headings of banks' files, and names of ISO 20022, in small letters without punctuation. */
const HEADINGS: { readonly [Column in BankColumn]: readonly string[] } = {
  bookedOn: [
    "date",
    "booking date",
    "bookg dt",
    "bookgdt",
    "bookingdate",
    "transaction date",
    "posting date",
    "entry date",
    "value date",
    "val dt",
    "valdt",
    "valutadatum",
    "buchungstag",
    "buchungsdatum",
    "buchung",
    "valuta",
    "datum",
    "date operation",
    "fecha",
    "boekdatum",
  ],
  amount: [
    "amount",
    "amt",
    "betrag",
    "transaction amount",
    "umsatz",
    "montant",
    "importe",
    "bedrag",
    "value",
    "betrag eur",
    "amount eur",
    "amount gbp",
  ],
  credit: ["credit", "paid in", "money in", "credit amount", "gutschrift", "haben", "deposits", "in"],
  debit: ["debit", "paid out", "money out", "debit amount", "lastschrift", "soll", "belastung", "withdrawals", "out"],
  direction: [
    "cdtdbtind",
    "cdt dbt ind",
    "credit debit indicator",
    "soll haben",
    "debit credit",
    "dr cr",
    "cr dr",
    "af bij",
    "type",
  ],
  currency: ["currency", "ccy", "waehrung", "wahrung", "währung", "devise", "moneda", "munt"],
  payerName: [
    "payer",
    "dbtr",
    "dbtr nm",
    "dbtrnm",
    "debtor",
    "debtor name",
    "counterparty",
    "counterparty name",
    "payer name",
    "from",
    "name",
    "auftraggeber",
    "beguenstigter zahlungspflichtiger",
    "begünstigter zahlungspflichtiger",
    "zahlungspflichtiger",
    "zahlungspflichtige r",
    "name zahlungsbeteiligter",
    "auftraggeber empfanger",
    "auftraggeber empfänger",
    "partner name",
    "nom",
    "naam",
  ],
  payerAccount: [
    "payer account",
    "payer iban",
    "dbtracct",
    "dbtr acct",
    "dbtracct iban",
    "dbtr acct iban",
    "debtor account",
    "counterparty account",
    "counterparty iban",
    "iban",
    "account number",
    "kontonummer",
    "kontonummer iban",
    "iban zahlungsbeteiligter",
    "partner iban",
    "tegenrekening",
  ],
  reference: [
    "reference",
    "ref",
    "rmtinf",
    "rmt inf",
    "rmtinf ustrd",
    "rmt inf ustrd",
    "ustrd",
    "remittance information",
    "payment reference",
    "description",
    "details",
    "narrative",
    "verwendungszweck",
    "zahlungsreferenz",
    "buchungstext",
    "memo",
    "libelle",
    "libellé",
    "concepto",
    "omschrijving",
    "particulars",
  ],
};

const plain = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/^\uFEFF/, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

type Found = { readonly header: number; readonly columns: { readonly [Column in BankColumn]?: number } };

/**
 * Reads the cells of a bank's file: finds the headings, also below lines that say whose account it is, and how days and
 * amounts are written, and answers the lines. What the saved format says holds before what is found. Lines without a day
 * and an amount, such as totals, are left out and counted. A day or amount that cannot be read refuses the file, as does
 * a way of writing that could be read in two ways. `today` rules out days to come.
 */
export function readBankFile(
  rows: readonly (readonly string[])[],
  known: Partial<BankFileFormat>,
  { currency, today }: { readonly currency: Currency; readonly today: PlainDate },
): Result<
  { readonly format: BankFileFormat; readonly lines: readonly BankFileLine[]; readonly skipped: number },
  readonly BankFileProblem[]
> {
  const found = findColumns(rows, known.columns ?? {});
  if (!found.ok) return fail([found.error]);
  const { header, columns } = found.value;
  const body = rows.slice(header + 1).map((cells, index) => ({ cells, row: header + 2 + index }));
  const cell = (cells: readonly string[], column: BankColumn): string => {
    const place = columns[column];
    return place === undefined ? "" : tidy(cells[place] ?? "");
  };
  const filled = body.filter(
    ({ cells }) => cell(cells, "bookedOn") !== "" && amountCells(cells, cell).some((text) => text !== ""),
  );
  const dateOrder = known.dateOrder
    ? ok(known.dateOrder)
    : findDateOrder(
        filled.map(({ cells }) => cell(cells, "bookedOn")),
        today,
      );
  const decimalMark = known.decimalMark
    ? ok(known.decimalMark)
    : findDecimalMark(
        filled.flatMap(({ cells }) => amountCells(cells, cell)),
        currency,
      );
  if (!dateOrder.ok || !decimalMark.ok)
    return fail([dateOrder, decimalMark].flatMap((each) => (each.ok ? [] : [each.error])));

  const problems: BankFileProblem[] = [];
  const lines = filled.flatMap(({ cells, row }): BankFileLine[] => {
    const day = readDay(cell(cells, "bookedOn"), dateOrder.value);
    const amount = signedAmount(cells, cell, decimalMark.value);
    if (day === null) problems.push({ code: "DATE_UNREADABLE", row, given: cell(cells, "bookedOn") });
    if (amount === null) problems.push({ code: "AMOUNT_UNREADABLE", row, given: amountCells(cells, cell).join(" ") });
    if (day === null || amount === null || amount.isZero()) return [];
    return [
      {
        row,
        bookedOn: day,
        amount,
        currency: cell(cells, "currency").toUpperCase() || currency.code,
        payerName: cut(cell(cells, "payerName"), 200),
        payerAccount: cut(cell(cells, "payerAccount").replace(/\s/g, "").toUpperCase(), 64),
        reference: cut(cell(cells, "reference"), 500),
      },
    ];
  });
  if (problems.length > 0) return fail(problems);
  const named = Object.fromEntries(
    Object.entries(columns).map(([column, place]) => [column, (rows[header]?.[place] ?? "").trim()]),
  );
  const format = { columns: named, decimalMark: decimalMark.value, dateOrder: dateOrder.value };
  return ok({ format, lines, skipped: body.length - lines.length });
}

/** One line of text without what cannot be printed: what a file says is data. */
const tidy = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Never through the middle of a character. */
const cut = (text: string, maximum: number): string => text.slice(0, maximum).replace(/[\uD800-\uDBFF]$/, "");

const amountCells = (
  cells: readonly string[],
  cell: (cells: readonly string[], column: BankColumn) => string,
): string[] => [cell(cells, "amount"), cell(cells, "credit"), cell(cells, "debit")].filter((text) => text !== "");

const HEADER_ROWS_MAXIMUM = 40;

function findColumns(
  rows: readonly (readonly string[])[],
  given: BankFileFormat["columns"],
): Result<Found, BankFileProblem> {
  let best: Found | null = null;
  for (const [header, cells] of rows.slice(0, HEADER_ROWS_MAXIMUM).entries()) {
    const columns = columnsOf(cells, given);
    if (isWhole(columns) && Object.keys(columns).length > Object.keys(best?.columns ?? {}).length)
      best = { header, columns };
  }
  if (best) {
    for (const [column, heading] of Object.entries(given) as [BankColumn, string | undefined][]) {
      if (heading && best.columns[column] === undefined)
        return fail({ code: "COLUMN_NOT_FOUND", column, given: heading });
    }
    return ok(best);
  }
  return fail({ code: "HEADINGS_NOT_FOUND", missing: ["bookedOn", "amount"] });
}

const isWhole = ({ bookedOn, amount, credit }: Found["columns"]): boolean =>
  bookedOn !== undefined && (amount !== undefined || credit !== undefined);

function columnsOf(cells: readonly string[], given: BankFileFormat["columns"]): Found["columns"] {
  const headings = cells.map(plain);
  const taken = new Set<number>();
  const columns: { [Column in BankColumn]?: number } = {};
  const take = (column: BankColumn, place: number): void => {
    if (place === -1 || taken.has(place)) return;
    columns[column] = place;
    taken.add(place);
  };
  for (const [column, heading] of Object.entries(given) as [BankColumn, string | undefined][]) {
    if (heading) take(column, headings.indexOf(plain(heading)));
  }
  for (const column of Object.keys(HEADINGS) as BankColumn[]) {
    if (columns[column] !== undefined) continue;
    // The names are in the order of how surely they say it: a booking day before a value day.
    const place = HEADINGS[column].map((name) =>
      headings.findIndex((heading, index) => heading === name && !taken.has(index)),
    );
    take(column, place.find((index) => index !== -1) ?? -1);
  }
  return columns;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The day of a text such as "2026-11-03", "03.11.2026", "3/11/26", "20261103" or "3 Nov 2026"; null: it says none. */
export function readDay(text: string, order: DateOrder): PlainDate | null {
  const day = (text.split(/[T ]\d{1,2}:/)[0] ?? text).trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  if (compact) return dayOf(compact[1], compact[2], compact[3]);
  const written = /^(\d{1,2})[ .-]([A-Za-z]{3})[a-z]*\.?[ .-](\d{2,4})$/.exec(day);
  if (written) return dayOf(written[3], String(MONTHS.indexOf((written[2] ?? "").toLowerCase()) + 1), written[1]);
  const parts = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})\.?$/.exec(day);
  if (!parts) return null;
  const [, a, b, c] = parts;
  if ((a ?? "").length === 4 || order === "year_month_day") return dayOf(a, b, c);
  return order === "day_month_year" ? dayOf(c, b, a) : dayOf(c, a, b);
}

function dayOf(year = "", month = "", day = ""): PlainDate | null {
  const full = year.length === 2 ? `20${year}` : year;
  const parsed = parsePlainDate(`${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  return parsed.ok ? parsed.value : null;
}

/** The one order in which all the days can be read, none of them to come. */
function findDateOrder(texts: readonly string[], today: PlainDate): Result<DateOrder, BankFileProblem> {
  const possible = (["day_month_year", "month_day_year"] as const).filter((order) =>
    texts.every((text) => {
      const day = readDay(text, order);
      return day !== null && day <= today;
    }),
  );
  const isSame = texts.every((text) => readDay(text, "day_month_year") === readDay(text, "month_day_year"));
  const [first] = possible;
  if (isSame || possible.length === 0) return ok(first ?? "day_month_year");
  if (possible.length === 1 && first) return ok(first);
  // With dots or hyphens between the numbers nobody puts the month first.
  if (texts.every((text) => !text.includes("/"))) return ok("day_month_year");
  const given = texts.find((text) => readDay(text, "day_month_year") !== readDay(text, "month_day_year")) ?? "";
  return fail({ code: "DATE_ORDER_AMBIGUOUS", given });
}

/** The mark before the decimals, where the amounts can only be read with it. */
function findDecimalMark(texts: readonly string[], { minorUnits }: Currency): Result<DecimalMark, BankFileProblem> {
  const possible = ([".", ","] as const).filter((mark) =>
    texts.every((text) => {
      const amount = readAmount(text, mark);
      return amount !== null && amount.decimalPlaces() <= minorUnits;
    }),
  );
  const [first] = possible;
  if (possible.length === 2) {
    const differs = texts.find((text) => !readAmount(text, ".")?.equals(readAmount(text, ",") ?? ZERO));
    return differs === undefined ? ok(".") : fail({ code: "DECIMAL_MARK_AMBIGUOUS", given: differs });
  }
  return ok(first ?? ".");
}

/**
 * The amount of a text such as "1,234.50", "1.234,50", "1'234.50", "-5,00", "(5.00)" or "5.00-", with the mark before the
 * decimals; the other mark only between groups of three. null: it says none.
 */
export function readAmount(text: string, mark: DecimalMark): Decimal | null {
  const bare = text
    .replace(/[\s\u00A0\u202F'’]/g, "")
    .replace(/^[A-Z]{3}|[A-Z]{3}$|[€£$]/g, "")
    .replace(/−/g, "-");
  const isNegative = /^\(.*\)$/.test(bare) || bare.startsWith("-") || bare.endsWith("-");
  const digits = bare.replace(/^\(|\)$|^[-+]|[-+]$/g, "");
  const [group, point] = mark === "." ? [",", "\\."] : ["\\.", ","];
  if (!new RegExp(`^(\\d{1,15}|\\d{1,3}(${group}\\d{3}){1,4})(${point}\\d{1,4})?$`).test(digits)) return null;
  const amount = new Decimal(digits.replaceAll(mark === "." ? "," : ".", "").replace(mark, "."));
  return isNegative ? ZERO.minus(amount) : amount;
}

const OUT = /^(d|dbit|debit|dr|soll|s|af|out|outgoing)$/i;

function signedAmount(
  cells: readonly string[],
  cell: (cells: readonly string[], column: BankColumn) => string,
  mark: DecimalMark,
): Decimal | null {
  const amount = cell(cells, "amount");
  if (amount !== "") {
    const read = readAmount(amount, mark);
    return read && OUT.test(cell(cells, "direction")) && read.gt(0) ? read.negated() : read;
  }
  const [credit, debit] = [cell(cells, "credit"), cell(cells, "debit")];
  const [plus, minus] = [
    credit === "" ? ZERO : readAmount(credit, mark),
    debit === "" ? ZERO : readAmount(debit, mark),
  ];
  return plus === null || minus === null ? null : plus.minus(minus.abs());
}
