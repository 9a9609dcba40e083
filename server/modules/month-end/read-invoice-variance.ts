import { GraphQLError } from "graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import { type Money, money, subtract, sum } from "../../domain/money/money";
import type { ItemComparison } from "../../domain/variance/compare-items";
import { bySize, type Drivers, sumOfDrivers } from "../../domain/variance/driver";
import { itemInWords } from "../../domain/variance/words";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import type { GridComparison } from "../view";
import type { ComparedBill } from "./compare-bills";
import { lineOfComparison, withoutComparison } from "./compare-bills";
import { baselineInWords, baselineMonthsOf } from "./comparison-request";
import type { GridFlag, SignOff } from "./grid-line";
import { lineInBase, loadMonthRates } from "./in-base-currency";
import { EVERYBODY } from "./month-bills";
import { placeOfInvoice, productsOfSubjects } from "./month-bills.store";
import { eachCompared, loadBills, within } from "./read-bills";
import { mustSeeView } from "./read-invoice-grid";
import { thresholdsOf } from "./read-lines";
import { missingAccountOf } from "./shared-bill";
import { type ShownMoney, showMoney } from "./shown-money";
import { signOffsByRow } from "./sign-off";
import { type StoredSignOff, signOffHistory } from "./sign-off.store";
import { selectionsOf } from "./view-selection";

export type VarianceAsked = {
  /** an invoice, or a bill that is missing */
  readonly rowId: string;
  /** of a missing bill; that of an invoice is known */
  readonly month: PlainMonth | null;
  /** whose thresholds flag it, and whose bills alone are compared; null: the organization's, all of the customer */
  readonly viewId: string | null;
  readonly comparison: Exclude<GridComparison, "none">;
  readonly isGross: boolean;
  readonly isInBase: boolean;
};

export type DriverAmount = { readonly driver: string; readonly amount: ShownMoney };

export type VarianceOfItem = {
  readonly kind: string;
  readonly description: string;
  readonly productId: string | null;
  readonly baseline: ShownMoney | null;
  readonly current: ShownMoney | null;
  readonly change: ShownMoney;
  readonly drivers: readonly DriverAmount[];
  readonly words: string | null;
};

export type VarianceOfProduct = {
  readonly productId: string | null;
  readonly change: ShownMoney;
  readonly drivers: readonly DriverAmount[];
};

export type InvoiceVariance = {
  readonly rowId: string;
  readonly invoiceId: string | null;
  readonly month: PlainMonth;
  readonly baselineMonths: readonly PlainMonth[];
  readonly current: ShownMoney;
  readonly previous: ShownMoney;
  readonly change: ShownMoney;
  readonly drivers: readonly DriverAmount[];
  readonly items: readonly VarianceOfItem[];
  readonly products: readonly VarianceOfProduct[];
  readonly words: string | null;
  readonly flags: readonly GridFlag[];
  readonly signOff: SignOff | null;
  readonly signOffHistory: readonly StoredSignOff[];
};

/** What moved a bill, item by item. Items stand against the latest month of the baseline, before tax and in its own currency. */
export async function readInvoiceVariance(context: RequestContext, asked: VarianceAsked): Promise<InvoiceVariance> {
  const { today } = context.require("read");
  const { rowId, month, customerId } = await placeOf(asked);
  const baselineMonths = baselineMonthsOf(month, asked.comparison);
  const view = asked.viewId === null ? null : await mustSeeView(context, asked.viewId);
  const [selection] = view ? await selectionsOf([view.filter], { months: [month, ...baselineMonths], today }) : [];
  const population = { ...EVERYBODY, customerIds: [customerId] };
  const bills = within(await loadBills(month, asked.comparison, population), selection?.members ?? null);
  let found: ComparedBill | undefined;
  await eachCompared(bills, { today, isSettled: false }, (compared) => {
    if (compared.bill.id === rowId) found = compared;
  });
  if (!found) throw unknownRow(asked.rowId);
  const organization = await loadOrganization();
  const thresholds = thresholdsOf(view, organization);
  const line =
    found.comparisons.length === 0
      ? withoutComparison(found.bill)
      : lineOfComparison(found, { thresholds, isGross: asked.isGross });
  const base: CurrencyCode = organization.baseCurrency;
  const rates = asked.isInBase ? await loadMonthRates([line.currency], [month, ...baselineMonths], base) : null;
  const shown = rates ? lineInBase(line, rates, { base, baselineMonths }) : line;
  const [signOffs, history, products] = await Promise.all([
    signOffsByRow(month, today),
    signOffHistory(month, [rowId]),
    productsOfSubjects([month, ...baselineMonths], customerId),
  ]);
  const before = baselineInWords(month, baselineMonths.slice(0, 1));
  const items = (found.comparisons[0]?.items ?? []).map((item) => toItem(item, products, before));
  return {
    rowId,
    invoiceId: shown.invoice?.id ?? null,
    month,
    baselineMonths,
    current: showMoney(shown.current),
    previous: showMoney(shown.previous),
    change: showMoney(subtract(shown.current, shown.previous)),
    drivers: driverAmounts(shown.drivers, shown.shownIn, shown.fx),
    items: items.map(({ drivers, moved: _, ...item }) => ({ ...item, drivers: driverAmounts(drivers, line.currency) })),
    products: byProduct(items, line.currency),
    words: shown.reason,
    flags: shown.flags,
    signOff: signOffs.get(rowId) ?? null,
    signOffHistory: history,
  };
}

async function placeOf({ rowId, month }: VarianceAsked) {
  const missing = missingAccountOf(rowId);
  if (missing) {
    if (month === null || !isId(missing.customerId)) throw unknownRow(rowId);
    return { rowId, month, customerId: missing.customerId };
  }
  const id = rowId.toLowerCase();
  const place = isId(id) ? await placeOfInvoice(id) : null;
  if (!place) throw unknownRow(rowId);
  return { rowId: id, ...place };
}

const unknownRow = (rowId: string) =>
  new GraphQLError(`There is no invoice and no missing bill ${rowId}. Send month with a missing bill's id.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });

type Item = Omit<VarianceOfItem, "drivers"> & { readonly drivers: Drivers; readonly moved: Money };

function toItem(item: ItemComparison, products: ReadonlyMap<string, string>, before: string): Item {
  const { kind, layer, description, productId, lineageId, baseline, current, change, drivers } = item;
  return {
    kind: (layer ?? kind).toUpperCase(),
    description,
    productId: productId ?? products.get(lineageId) ?? null,
    baseline: baseline && showMoney(baseline),
    current: current && showMoney(current),
    change: showMoney(change),
    moved: change,
    drivers,
    words: itemInWords(item, { currency: change.currency, baseline: before }),
  };
}

const byProduct = (items: readonly Item[], code: CurrencyCode): VarianceOfProduct[] =>
  [...groupBy(items, ({ productId }) => productId)].map(([productId, own]) => ({
    productId,
    change: showMoney(
      sum(
        own.map(({ moved }) => moved),
        currency(code),
      ),
    ),
    drivers: driverAmounts(sumOfDrivers(own.map(({ drivers }) => drivers)), code),
  }));

/** The largest first; FX last, where amounts are in the base currency. */
export function driverAmounts(drivers: Drivers, code: CurrencyCode, fx: Decimal | null = null): DriverAmount[] {
  const billed = currency(code);
  return [
    ...bySize(drivers).map(({ driver, amount }) => ({
      driver: driver.toUpperCase(),
      amount: showMoney(money(amount, billed)),
    })),
    ...((fx ?? ZERO).isZero() ? [] : [{ driver: "FX", amount: showMoney(money(fx ?? ZERO, billed)) }]),
  ];
}
