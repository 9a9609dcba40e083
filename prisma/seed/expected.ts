import { writeFileSync } from "node:fs";
import { localDayOf } from "../../server/domain/calendar/local-day";
import { Decimal } from "../../server/domain/money/decimal";
import { test } from "../../server/domain/view/condition";
import { invoicesById } from "../../server/modules/invoice";
import { calculateDrafts } from "../../server/modules/invoice/calculate-drafts";
import { readInvoiceGrid } from "../../server/modules/month-end/read-invoice-grid";
import { idsOfInvoices, NEWEST_FIRST } from "../../server/modules/view";
import { runAs } from "../../server/platform/database/transaction";
import { contextAt } from "./carry-out";
import type { DemoCurrency } from "./catalog";
import { QUOTE_STORIES, type QuoteExpectation } from "./plant-quotes";
import { seedDemoCompany } from "./seed-demo-company";
import { DEFAULT_SIZE, type DemoSize, SELLER } from "./seller";
import { UNATTRIBUTED } from "./stories/alias-unmapped";
import { STORIES } from "./stories/stories";
import type { Story } from "./stories/story";
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
  readonly quotes: readonly ExpectedQuote[];
  readonly totals: { readonly asDrafted: readonly ExpectedTotal[]; readonly recalculated: readonly ExpectedTotal[] };
};

/** Net amounts of all bills of a customer. */
export type ExpectedBill = {
  readonly customer: string;
  readonly currency: DemoCurrency;
  readonly previous: string;
  readonly asDrafted: ExpectedState;
  readonly recalculated: ExpectedState;
  readonly tax?: { readonly asDrafted: string; readonly recalculated: string };
  readonly reason: string;
  readonly remedy: string;
};
export type ExpectedState = { readonly current: string; readonly change: string; readonly flags: readonly string[] };
export type ExpectedTotal = { readonly currency: string; readonly previous: string; readonly current: string };

export type ExpectedQuote = QuoteExpectation & { readonly customer: string; readonly currency: DemoCurrency };

export const expectedQuotes = (): ExpectedQuote[] =>
  QUOTE_STORIES.map(({ customer, currency, expectation }) => ({ customer, currency, ...expectation }));

const FILE = new URL("expected.json", import.meta.url);

/** Bills come from the stories, where they are worked out by hand; only the totals are the engine's. */
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
    quotes: expectedQuotes(),
    totals: await runAs(organizationId, measureTotals),
  };
  writeFileSync(FILE, `${JSON.stringify(expected, null, 2)}\n`);
}

export function expectedBill({ customer, expectation }: Story): ExpectedBill {
  const { previous, current, flags, asDrafted = { current, flags }, tax, reason, remedy } = expectation;
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
    ...(tax && { tax }),
    reason,
    remedy,
  };
}

async function measureTotals(): Promise<Expected["totals"]> {
  const asDrafted = await totals();
  const condition = test("billingMonth", { kind: "between", from: MONTH_TO_CLOSE, through: MONTH_TO_CLOSE });
  const today = localDayOf(NOW, SELLER.timeZone);
  const ids = await idsOfInvoices({ condition, today }, { order: NEWEST_FIRST, limit: 100_000 });
  const contractIds = new Set([...(await invoicesById(ids)).values()].flatMap(({ contractId }) => contractId ?? []));
  await calculateDrafts([...contractIds], { today, now: NOW });
  return { asDrafted, recalculated: await totals() };
}

async function totals(): Promise<ExpectedTotal[]> {
  const whole = { viewId: null, comparison: "previous_month" as const, first: 10_000, after: null };
  const grid = await readInvoiceGrid(contextAt(NOW), { month: MONTH_TO_CLOSE, ...whole });
  return grid.totals.map(({ currency, previous, current }) => ({ currency, previous, current }));
}
