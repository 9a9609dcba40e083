import { formatPeriod } from "../../domain/calendar/format";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { money, moneyText, subtract } from "../../domain/money/money";
import { percentOfBaseline } from "../../domain/variance/compare-items";
import { bySize, DRIVERS, type Driver } from "../../domain/variance/driver";
import type { ViewColumn } from "../../domain/view/view-columns";
import type { ComparisonRequest } from "./comparison-request";
import { type GridLine, isSignedOff } from "./grid-line";
import type { MonthInvoice } from "./month-bills";
import { isVoided } from "./shared-bill";

export type GridColumnType = "text" | "decimal" | "money" | "percent" | "date" | "boolean" | "flags";
export type GridCell = string | boolean | null;

export type GridColumn = {
  readonly key: string;
  readonly title: string;
  readonly type: GridColumnType;
  /** a hint for spreadsheets; null: by type and currency */
  readonly format: string | null;
  readonly description: string;
  readonly needsComparison: boolean;
  readonly valueOf: (line: GridLine) => Decimal | string | boolean | null;
  /** where the value as people read it does not sort as they would */
  readonly sortedBy?: (line: GridLine) => string | null;
};

type Definition = Pick<GridColumn, "title" | "type" | "description" | "valueOf"> & Partial<GridColumn>;

const onInvoice =
  <V>(valueOf: (invoice: MonthInvoice) => V) =>
  ({ invoice }: GridLine): V | null =>
    invoice && valueOf(invoice);

/** What is voided or missing is billed with nothing, so that the column adds up. */
const amount =
  (amountOf: (invoice: MonthInvoice) => string) =>
  ({ invoice }: GridLine): Decimal =>
    invoice && !isVoided(invoice) ? new Decimal(amountOf(invoice)) : ZERO;

const DRIVER_TEXTS = {
  new: ["New", "Billed for the first time."],
  lost: ["Lost", "Ended."],
  timing: ["Timing", "Not due every month, one-off, or of an earlier period."],
  volume: ["Volume", "More or less was used."],
  mix: ["Mix", "Other tiers were reached than the average of before."],
  price: ["Price", "Other prices."],
  proration: ["Proration", "Another part of a period was served."],
  discount: ["Discount", "Other discounts."],
  minimum: ["Minimum", "True-ups and caps."],
  credit: ["Credit", "Prepaid credits and credit notes."],
  manual: ["Manual", "Lines and amounts that people wrote."],
  tax: ["Tax", "Other tax; only where gross amounts are compared."],
} as const satisfies Record<Driver, readonly [title: string, description: string]>;

type DriverColumn<D extends Driver> = `${D}Driver`;

/** One for each driver; with FX they add up to the change. */
const DRIVER_COLUMNS = Object.fromEntries(
  DRIVERS.map((driver): [string, Definition] => {
    const [title, description] = DRIVER_TEXTS[driver];
    return [
      `${driver}Driver`,
      {
        title,
        type: "money",
        description: `Part of the change. ${description}`,
        needsComparison: true,
        valueOf: ({ drivers }) => drivers[driver] ?? ZERO,
      },
    ];
  }),
) as { readonly [D in Driver as DriverColumn<D>]: Definition };

const DEFINITIONS = {
  customer: { title: "Customer", type: "text", description: "Legal name.", valueOf: (line) => line.customerName },
  number: {
    title: "Number",
    type: "text",
    description: "Empty until finalized.",
    valueOf: onInvoice(({ number }) => number),
  },
  status: {
    title: "Status",
    type: "text",
    description: "DRAFT, FINALIZED, SENT or VOIDED; empty for a missing bill. What is voided counts as zero.",
    valueOf: onInvoice(({ status }) => status.toUpperCase()),
  },
  currency: { title: "Currency", type: "text", description: "ISO 4217 code.", valueOf: (line) => line.currency },
  kind: {
    title: "Kind",
    type: "text",
    description: "INVOICE or CREDIT_NOTE; empty for a missing bill. The amounts of a credit note are below zero.",
    valueOf: onInvoice(({ documentKind }) => documentKind.toUpperCase()),
  },
  billingMonth: {
    title: "Billing month",
    type: "text",
    description: "The month that it is filed under.",
    valueOf: ({ month }) => month,
  },
  contract: {
    title: "Contract",
    type: "text",
    description: "Number of the contract.",
    valueOf: onInvoice(({ contractNumber }) => contractNumber),
  },
  billsOn: {
    title: "Bills on",
    type: "date",
    description: "The planned day of issue.",
    valueOf: onInvoice(({ billsOn }) => billsOn),
  },
  servicePeriod: {
    title: "Service period",
    type: "text",
    description: "First and last day served.",
    valueOf: onInvoice(({ serviceStartsOn, serviceEndsBefore }) =>
      formatPeriod({ startsOn: serviceStartsOn, endsBefore: serviceEndsBefore }),
    ),
    sortedBy: onInvoice(({ serviceStartsOn, serviceEndsBefore }) => `${serviceStartsOn} ${serviceEndsBefore}`),
  },
  issuedOn: {
    title: "Issued on",
    type: "date",
    description: "Empty until finalized.",
    valueOf: onInvoice(({ issuedOn }) => issuedOn),
  },
  dueOn: {
    title: "Due on",
    type: "date",
    description: "Empty until finalized.",
    valueOf: onInvoice(({ dueOn }) => dueOn),
  },
  poNumber: {
    title: "PO number",
    type: "text",
    description: "As it stands on the invoice.",
    valueOf: onInvoice(({ poNumber }) => poNumber),
  },
  net: {
    title: "Net",
    type: "money",
    description: "Before tax; with it where gross amounts are compared.",
    valueOf: ({ current }) => current.amount,
  },
  tax: { title: "Tax", type: "money", description: "Tax of all lines.", valueOf: amount(({ taxTotal }) => taxTotal) },
  gross: {
    title: "Gross",
    type: "money",
    description: "Net and tax.",
    valueOf: amount(({ grossTotal }) => grossTotal),
  },
  previousNet: {
    title: "Previous net",
    type: "money",
    description:
      "What the customer was billed in this currency in the previous billing month, before tax; drafts only where nothing was issued.",
    needsComparison: true,
    valueOf: ({ previous }) => previous.amount,
  },
  change: {
    title: "Change",
    type: "money",
    description: "Net less previous net.",
    needsComparison: true,
    valueOf: ({ current, previous }) => subtract(current, previous).amount,
  },
  changePercent: {
    title: "Change %",
    type: "percent",
    format: "0.0%",
    description: "The change as a percentage of the previous net; empty where that is zero.",
    needsComparison: true,
    valueOf: ({ current, previous }) => percentOfBaseline(subtract(current, previous), previous),
  },
  changeWithoutTiming: {
    title: "Change without timing",
    type: "money",
    description: "The change without what is only not due every month, such as an annual fee. Flags go by it.",
    needsComparison: true,
    valueOf: ({ changeWithoutTiming }) => changeWithoutTiming.amount,
  },
  flags: {
    title: "Flags",
    type: "flags",
    description: "What to look at, separated by commas.",
    valueOf: ({ flags }) => flags.join(", ") || null,
  },
  topDriver: {
    title: "Top driver",
    type: "text",
    description: "What moved it most, such as VOLUME.",
    needsComparison: true,
    valueOf: ({ drivers }) => bySize(drivers)[0]?.driver.toUpperCase() ?? null,
  },
  ...DRIVER_COLUMNS,
  fx: {
    title: "FX",
    type: "money",
    description: "What exchange rates moved; empty unless amounts are in the base currency.",
    needsComparison: true,
    valueOf: ({ fx }) => fx,
  },
  signedOff: {
    title: "Signed off",
    type: "boolean",
    description: "Whether somebody let the change pass as it stands; what changed since is asked again.",
    needsComparison: true,
    valueOf: (line) => isSignedOff(line),
  },
  signedOffBy: {
    title: "Signed off by",
    type: "text",
    description: "Who let the change pass as it stands, and why.",
    needsComparison: true,
    valueOf: (line) => (isSignedOff(line) && line.signOff ? `${line.signOff.signedBy}: ${line.signOff.note}` : null),
  },
  reason: {
    title: "Reason",
    type: "text",
    description: "What happened, or what to do, in a sentence.",
    valueOf: ({ reason }) => reason,
  },
} as const satisfies Record<ViewColumn, Definition>;

const COLUMNS: ReadonlyMap<string, GridColumn> = new Map(
  Object.entries<Definition>(DEFINITIONS).map(([key, definition]) => [
    key,
    { key, format: null, needsComparison: false, ...definition },
  ]),
);

/** A column that a stored view names and that no longer exists is left out. */
export const columnsOf = (keys: readonly string[]): GridColumn[] => keys.flatMap((key) => COLUMNS.get(key) ?? []);

/** Digits of a percentage after the point; shown are fewer. */
export const PERCENT_PLACES = 6;

/** The value as it travels: exact decimal text, days as YYYY-MM-DD. */
export function cellOf({ key, type, valueOf }: GridColumn, line: GridLine): GridCell {
  const value = valueOf(line);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (type === "money") return moneyText(money(value, currency(shownIn(key, line))));
  return (type === "percent" ? value.toDecimalPlaces(PERCENT_PLACES) : value).toFixed();
}

/** The document's own amounts stay in its currency, whatever is compared. */
const shownIn = (key: string, line: GridLine): CurrencyCode =>
  key === "tax" || key === "gross" ? line.currency : line.shownIn;

const GROSS_TITLES: Readonly<Record<string, string>> = { net: "Gross", previousNet: "Previous gross" };

/** The same column holds gross amounts where those are compared. */
export const titleOf = ({ key, title }: GridColumn, { isGross }: ComparisonRequest): string =>
  (isGross && GROSS_TITLES[key]) || title;
