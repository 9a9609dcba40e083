import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, type PlainMonth, periodOf, shiftMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { convert, type ReportingRate, reportingRate } from "../../domain/invoice/exchange";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ONE, ZERO } from "../../domain/money/decimal";
import { money } from "../../domain/money/money";
import { type Aged, addAged, ageOf, NOTHING_DUE, totalDue } from "../../domain/receivable/aging";
import { addRollForwards, inBase, type RollForward, rollForward } from "../../domain/receivable/roll-forward";
import { type Statement, statementOf } from "../../domain/receivable/statement";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import { type Customer, customersById } from "../customer";
import { reportingRatesOf } from "../exchange-rate";
import { loadOrganization } from "../organization";
import { balancesOn, dueItems, movementsOfAccount, movementsOfMonth, type StatedMovement } from "./aging.store";
import { type Account, accountKey } from "./settlement.store";

export type AgingRow = Account & {
  readonly aged: Aged;
  readonly due: Decimal;
  /** what is left of payments and credit notes */
  readonly balance: Decimal;
};

export type AgingTotal = Omit<AgingRow, "customerId">;

export type Aging = {
  readonly on: PlainDate;
  readonly rows: readonly (AgingRow & { readonly customer: Customer })[];
  /** by currency */
  readonly totals: readonly AgingTotal[];
  /** at the reporting rates of the month; null where one is missing */
  readonly inBase: AgingTotal | null;
  readonly currenciesWithoutRate: readonly CurrencyCode[];
};

/** What was due at the end of a day, by customer and currency, and how old it was. */
export async function readAging(
  context: RequestContext,
  { on, customerIds }: { readonly on: PlainDate | null; readonly customerIds: readonly string[] | null },
): Promise<Aging> {
  const { today } = context.require("read");
  const day = on ?? today;
  const { timeZone, baseCurrency } = await loadOrganization();
  const rows = await agingRows(day, timeZone, customerIds?.filter(isId) ?? null);
  const customers = await customersById([...new Set(rows.map(({ customerId }) => customerId))]);
  const named = rows.map((row) => ({ ...row, customer: customers.get(row.customerId) as Customer }));
  const totals = [...groupBy(rows, (row) => row.currency)]
    .map(([code, own]) => ({ ...addRows(own), currency: code }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
  const rates = await reportingRatesOf(monthOf(day));
  const atRate = totals.map((total) => toBase(total, baseCurrency, rates, monthOf(day)));
  const missing = totals.filter((_, index) => atRate[index] === null).map((total) => total.currency);
  return {
    on: day,
    rows: named.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    totals,
    inBase: missing.length > 0 ? null : { ...addRows(atRate.flatMap((each) => each ?? [])), currency: baseCurrency },
    currenciesWithoutRate: missing,
  };
}

const sortKey = (row: AgingRow & { readonly customer: Customer }): string =>
  `${row.customer.legalName}\n${row.customerId}\n${row.currency}`;

/** By account, in no order; exported for what closes a month. */
export async function agingRows(
  on: PlainDate,
  timeZone: string,
  customerIds: readonly string[] | null,
): Promise<AgingRow[]> {
  const items = groupBy(await dueItems(on, timeZone, customerIds), accountKey);
  const balances = new Map((await balancesOn(on, timeZone, customerIds)).map((each) => [accountKey(each), each]));
  return [...new Set([...items.keys(), ...balances.keys()])].map((key) => {
    const own = items.get(key) ?? [];
    const held = balances.get(key);
    const { customerId, currency: code } = (own[0] ?? held) as Account;
    const aged = ageOf(own, on);
    return { customerId, currency: code, aged, due: totalDue(aged), balance: held?.balance ?? ZERO };
  });
}

const addRows = (rows: readonly Pick<AgingRow, "aged" | "due" | "balance">[]) => ({
  aged: rows.reduce((sum, { aged }) => addAged(sum, aged), NOTHING_DUE),
  due: rows.reduce((sum, { due }) => sum.plus(due), ZERO),
  balance: rows.reduce((sum, { balance }) => sum.plus(balance), ZERO),
});

/** Bucket by bucket, each rounded once; the total is their sum, so that the columns add up. */
function toBase(
  { currency: from, aged, balance }: AgingTotal,
  base: CurrencyCode,
  rates: readonly ReportingRate[],
  month: PlainMonth,
): Pick<AgingRow, "aged" | "due" | "balance"> | null {
  const found = from === base ? null : reportingRate(rates, { currency: from, month });
  if (found && !found.ok) return null;
  const rate = found?.value.rate ?? ONE;
  const at = (amount: Decimal): Decimal => convert(money(amount, currency(from)), rate, currency(base)).amount;
  const converted: Aged = {
    notDue: at(aged.notDue),
    days1To30: at(aged.days1To30),
    days31To60: at(aged.days31To60),
    days61To90: at(aged.days61To90),
    over90: at(aged.over90),
    disputed: at(aged.disputed),
  };
  return { aged: converted, due: totalDue(converted), balance: at(balance) };
}

export type ReceivablesMonth = {
  readonly month: PlainMonth;
  readonly baseCurrency: CurrencyCode;
  readonly rows: readonly (RollForward & { readonly currency: CurrencyCode })[];
  readonly inBase: RollForward | null;
  readonly currenciesWithoutRate: readonly CurrencyCode[];
};

/** How receivables, less what is left of payments and credit notes, went through a month. */
export async function readRollForward(context: RequestContext, month: PlainMonth): Promise<ReceivablesMonth> {
  context.require("read");
  return receivablesOfMonth(month);
}

/** The same for what closes a month. */
export async function receivablesOfMonth(month: PlainMonth): Promise<ReceivablesMonth> {
  const { timeZone, baseCurrency } = await loadOrganization();
  const period = periodOf(month);
  const rows = (await movementsOfMonth(period, timeZone)).map(({ currency: code, opening, ...flows }) => ({
    currency: code,
    ...rollForward(new Decimal(opening), {
      invoiced: new Decimal(flows.invoiced),
      credited: new Decimal(flows.credited),
      paid: new Decimal(flows.paid),
      refunded: new Decimal(flows.refunded),
      writtenOff: new Decimal(flows.writtenOff),
    }),
  }));
  const rates = [...(await reportingRatesOf(month)), ...(await reportingRatesOf(shiftMonth(month, -1)))];
  const base = currency(baseCurrency);
  const converted = rows.map((row) => inBase(row, { from: row.currency, base, month, rates }));
  const missing = rows.filter((_, index) => converted[index] === null).map((row) => row.currency);
  return {
    month,
    baseCurrency,
    rows,
    inBase: missing.length > 0 ? null : addRollForwards(converted.flatMap((row) => row ?? [])),
    currenciesWithoutRate: missing,
  };
}

export type AccountStatement = Statement<Omit<StatedMovement, "amount"> & { readonly amount: Decimal }> &
  Account & {
    readonly from: PlainDate;
    readonly through: PlainDate;
    /** as of the last day, by the documents' due days */
    readonly aged: Aged;
  };

/** What a customer was sent and paid, from one day through another; null where there is no such customer. */
export async function readStatement(
  context: RequestContext,
  { customerId, currency: code, from, through }: Account & { readonly from: PlainDate; readonly through: PlainDate },
): Promise<AccountStatement | null> {
  context.require("read");
  if (!isId(customerId) || !(await context.load(customersById, customerId))) return null;
  const { timeZone } = await loadOrganization();
  const account = { customerId, currency: code };
  const { opening, movements } = await movementsOfAccount(account, { from, through, timeZone });
  const items = (await dueItems(through, timeZone, [customerId])).filter((item) => item.currency === code);
  const statement = statementOf(
    new Decimal(opening),
    movements.map((movement) => ({ ...movement, amount: new Decimal(movement.amount) })),
  );
  return { ...statement, ...account, from, through, aged: ageOf(items, through) };
}
