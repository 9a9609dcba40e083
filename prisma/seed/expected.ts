import { writeFileSync } from "node:fs";
import { localDayOf } from "../../server/domain/calendar/local-day";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { money, moneyText } from "../../server/domain/money/money";
import type { AgingBucket } from "../../server/domain/receivable/aging";
import { test } from "../../server/domain/view/condition";
import { readChecklist } from "../../server/modules/close/read-checklist";
import { invoicesById } from "../../server/modules/invoice";
import { calculateDrafts } from "../../server/modules/invoice/calculate-drafts";
import { readInvoiceGrid } from "../../server/modules/month-end/read-invoice-grid";
import { readAging, readRollForward } from "../../server/modules/receivable/read-aging";
import { idsOfInvoices, NEWEST_FIRST } from "../../server/modules/view";
import { runAs } from "../../server/platform/database/transaction";
import { contextAt } from "./carry-out";
import type { DemoCurrency } from "./catalog";
import { QUOTE_STORIES, type QuoteExpectation } from "./plant-quotes";
import { DOLLAR } from "./plant-rates";
import { seedDemoCompany } from "./seed-demo-company";
import { DEFAULT_SIZE, type DemoSize, SELLER } from "./seller";
import { UNMAPPED } from "./stories/account-unmapped";
import { UNATTRIBUTED } from "./stories/alias-unmapped";
import { BOUNCED } from "./stories/bounced-mail";
import { STORIES } from "./stories/stories";
import type { ExpectedReceivable, Story } from "./stories/story";
import { MONTH_TO_CLOSE, NOW } from "./timeline";

/** What is planted in the default demo company, and so what a month-end must find: prisma/seed/expected.json. */
export type Expected = {
  readonly size: DemoSize;
  readonly month: string;
  /** Flagged as drafted or after recalculation, or stale. */
  readonly findings: readonly ExpectedBill[];
  /** Planted too, and rightly not flagged. */
  readonly unflagged: readonly ExpectedBill[];
  readonly unattributedUsage: readonly (typeof UNATTRIBUTED)[];
  readonly bouncedMails: readonly (typeof BOUNCED)[];
  readonly unmappedProducts: readonly (typeof UNMAPPED)[];
  readonly quotes: readonly ExpectedQuote[];
  /** What one unit was worth in pounds. */
  readonly ratesMoved: readonly { readonly currency: string; readonly previous: string; readonly current: string }[];
  readonly receivables: ExpectedReceivables;
  /** How many findings each check of the close has; without any it is left out. */
  readonly checklist: { readonly asDrafted: ChecklistCounts; readonly recalculated: ChecklistCounts };
  readonly totals: { readonly asDrafted: readonly ExpectedTotal[]; readonly recalculated: readonly ExpectedTotal[] };
};

/** Net amounts of all bills of a customer. */
export type ExpectedBill = {
  readonly customer: string;
  readonly currency: DemoCurrency;
  readonly previous: string;
  readonly asDrafted: ExpectedState;
  readonly recalculated: ExpectedState;
  /** What moved it most, after recalculation. */
  readonly driver: string | null;
  readonly tax?: { readonly asDrafted: string; readonly recalculated: string };
  readonly reason: string;
  readonly remedy: string;
};
export type ExpectedState = { readonly current: string; readonly change: string; readonly flags: readonly string[] };
export type ExpectedTotal = { readonly currency: string; readonly previous: string; readonly current: string };
export type ChecklistCounts = { readonly [check: string]: number };

export type ExpectedReceivables = {
  readonly findings: readonly (ExpectedReceivable & { readonly customer: string; readonly currency: DemoCurrency })[];
  /** As of the morning of the month-end. */
  readonly aging: readonly ({ readonly currency: string; readonly balance: string } & {
    readonly [B in AgingBucket]: string;
  })[];
  /** Of the month to close. */
  readonly rollForward: readonly ({ readonly currency: string } & { readonly [M in Movement]: string })[];
};
const MOVEMENTS = ["opening", "invoiced", "credited", "paid", "refunded", "writtenOff", "closing"] as const;
type Movement = (typeof MOVEMENTS)[number];

export type ExpectedQuote = QuoteExpectation & { readonly customer: string; readonly currency: DemoCurrency };

export const expectedQuotes = (): ExpectedQuote[] =>
  QUOTE_STORIES.map(({ customer, currency, expectation }) => ({ customer, currency, ...expectation }));

const FILE = new URL("expected.json", import.meta.url);

/** Findings come from the stories, where they are worked out by hand; only sums over all customers are the engine's. */
export async function writeExpected(): Promise<void> {
  const { organizationId } = await seedDemoCompany();
  const bills = STORIES.map(expectedBill);
  const isFinding = ({ asDrafted, recalculated }: ExpectedBill) =>
    asDrafted.flags.length + recalculated.flags.length > 0;
  const expected: Expected = {
    size: DEFAULT_SIZE,
    month: MONTH_TO_CLOSE,
    findings: bills.filter(isFinding),
    unflagged: bills.filter((bill) => !isFinding(bill)),
    unattributedUsage: [UNATTRIBUTED],
    bouncedMails: [BOUNCED],
    unmappedProducts: [UNMAPPED],
    quotes: expectedQuotes(),
    ratesMoved: [{ currency: "USD", previous: DOLLAR.september, current: DOLLAR.october }],
    ...(await runAs(organizationId, measure)),
  };
  writeFileSync(FILE, `${JSON.stringify(expected, null, 2)}\n`);
}

export function expectedBill({ customer, expectation }: Story): ExpectedBill {
  const { previous, current, flags, asDrafted = { current, flags }, driver, tax, reason, remedy } = expectation;
  const state = (then: { readonly current: string; readonly flags: readonly string[] }): ExpectedState => ({
    current: then.current,
    change: new Decimal(then.current).minus(previous).toFixed(2),
    flags: then.flags,
  });
  return {
    customer: customer.name,
    currency: customer.currency,
    previous,
    asDrafted: state(asDrafted),
    recalculated: state({ current, flags }),
    driver,
    ...(tax && { tax }),
    reason,
    remedy,
  };
}

export const expectedReceivables = (): ExpectedReceivables["findings"] =>
  STORIES.flatMap(({ customer: { name, currency }, expectation: { receivable } }) =>
    receivable ? [{ customer: name, currency, ...receivable }] : [],
  );

async function measure(): Promise<Pick<Expected, "receivables" | "checklist" | "totals">> {
  const asDrafted = { checklist: await checklist(), totals: await totals() };
  const condition = test("billingMonth", { kind: "between", from: MONTH_TO_CLOSE, through: MONTH_TO_CLOSE });
  const today = localDayOf(NOW, SELLER.timeZone);
  const ids = await idsOfInvoices({ condition, today }, { order: NEWEST_FIRST, limit: 100_000 });
  const contractIds = new Set([...(await invoicesById(ids)).values()].flatMap(({ contractId }) => contractId ?? []));
  await calculateDrafts([...contractIds], { today, now: NOW });
  return {
    receivables: await receivables(),
    checklist: { asDrafted: asDrafted.checklist, recalculated: await checklist() },
    totals: { asDrafted: asDrafted.totals, recalculated: await totals() },
  };
}

async function totals(): Promise<ExpectedTotal[]> {
  const whole = { viewId: null, comparison: "previous_month" as const, first: 10_000, after: null };
  const grid = await readInvoiceGrid(contextAt(NOW), { month: MONTH_TO_CLOSE, ...whole });
  return grid.totals.map(({ currency, previous, current }) => ({ currency, previous, current }));
}

async function checklist(): Promise<ChecklistCounts> {
  const { checks } = await readChecklist(contextAt(NOW), MONTH_TO_CLOSE);
  const found = checks.filter(({ findings }) => findings.length > 0);
  return Object.fromEntries(found.map(({ kind, findings }) => [kind.toUpperCase(), findings.length]));
}

async function receivables(): Promise<ExpectedReceivables> {
  const context = contextAt(NOW);
  const aging = await readAging(context, { on: null, customerIds: null });
  const month = await readRollForward(context, MONTH_TO_CLOSE);
  return {
    findings: expectedReceivables(),
    aging: aging.totals.map(({ currency: code, aged, balance }) => {
      const text = (amount: Decimal) => moneyText(money(amount, currency(code)));
      return {
        currency: code,
        notDue: text(aged.notDue),
        days1To30: text(aged.days1To30),
        days31To60: text(aged.days31To60),
        days61To90: text(aged.days61To90),
        over90: text(aged.over90),
        disputed: text(aged.disputed),
        balance: text(balance),
      };
    }),
    rollForward: month.rows.map((row) => ({
      currency: row.currency,
      ...(Object.fromEntries(
        MOVEMENTS.map((movement) => [movement, moneyText(money(row[movement], currency(row.currency)))]),
      ) as { readonly [M in Movement]: string }),
    })),
  };
}
