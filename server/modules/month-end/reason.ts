import type { PlainMonth } from "../../domain/calendar/plain-month";
import { currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { Comparison, ItemComparison } from "../../domain/variance/compare-items";
import type { Drivers } from "../../domain/variance/driver";
import { driversInWords, groupedAmount, totalsInWords } from "../../domain/variance/words";
import type { StaleReason } from "../../platform/draft-staleness.store";
import type { Blocker } from "../invoice";
import { baselineInWords } from "./comparison-request";
import type { GridFlag } from "./grid-line";
import type { Bill } from "./shared-bill";

const STALE_WORDS: { readonly [R in StaleReason]: string } = {
  usage: "Usage arrived after the calculation; recalculate.",
  alias: "Usage moved with an alias after the calculation; recalculate.",
  tax: "Tax changed after the calculation; recalculate.",
  contract: "The contract changed after the calculation; recalculate.",
  customer: "The customer changed after the calculation; recalculate.",
  price: "A price changed after the calculation; recalculate.",
  credits: "Credits changed after the calculation; recalculate.",
  exchange_rate: "The exchange rate is set; recalculate.",
  credit_note: "A credit note corrected what is billed; recalculate.",
};

const BLOCKER_WORDS: { readonly [B in Blocker]: string } = {
  tax_rate_missing: "A tax code has no rate on this day; set the rate and recalculate.",
  buyer_tax_id_missing: "Reverse charge needs the customer's tax id; enter it and recalculate.",
  po_number_missing: "The customer requires a PO number; enter it on the contract and recalculate.",
  po_expired: "The purchase order does not hold today; name another one or extend it, and recalculate.",
  po_exceeded: "The purchase order is used up; name another one or raise its limit, and recalculate.",
  negative_total: "The total is negative; it belongs on a credit note.",
  exchange_rate_missing: "There is no exchange rate to the base currency; set it and recalculate.",
};

type Told = {
  readonly drivers: Drivers;
  readonly flags: readonly GridFlag[];
  readonly isKnownCustomer: boolean;
  /** the months that the bill is compared with */
  readonly baselineMonths: readonly PlainMonth[];
};

/**
 * One sentence about a bill: first what has to be mended, then what is unusual, then what moved it most, then what it
 * stands for. Null: nothing to say. Against a mean the drivers are told, not the items.
 */
export function reasonOf(
  bill: Bill,
  latest: Comparison,
  { drivers, flags, isKnownCustomer, baselineMonths }: Told,
): string | null {
  const toMend = whatToMend(bill);
  if (toMend) return toMend;
  const words = { currency: currency(bill.currency), baseline: baselineInWords(bill.month, baselineMonths) };
  const isMean = baselineMonths.length > 1;
  const items = isMean ? [] : latest.items;
  if (flags.includes("FIRST_BILL"))
    return isKnownCustomer ? firstOfItsKind(largestChange(latest.items)) : "First bill for this customer.";
  if (flags.includes("MISSING_BILL")) return missing(items, words.baseline);
  const moved = isMean ? totalsInWords(drivers, words.currency) : driversInWords(latest, words);
  const [forgotten] = latest.missingCharges;
  if (forgotten) return `${forgotten.description} is due every month and is not on this bill. ${moved ?? ""}`.trim();
  if (moved !== null) return moved;
  return flags.includes("ZERO_BILL") ? "There is nothing to bill this month." : whatItIs(bill);
}

export const reasonWithoutComparison = (bill: Bill): string | null => whatToMend(bill) ?? whatItIs(bill);

function whatToMend({ invoice }: Bill): string | null {
  if (invoice?.hasUnconfirmedOverride)
    return "The calculation moved beside an amount set by hand; confirm or change it.";
  const [staleReason] = invoice?.staleReasons ?? [];
  if (staleReason) return STALE_WORDS[staleReason];
  const [blocker] = invoice?.status === "draft" ? invoice.blockers : [];
  return blocker ? BLOCKER_WORDS[blocker] : null;
}

const BILLED_AGAIN = "usage was reported after it";

function whatItIs({ invoice }: Bill): string | null {
  const { kind, number } = invoice?.correction ?? {};
  switch (kind) {
    case "credited":
      return `Credited by ${number ?? "a credit note, which is a draft"}: ${BILLED_AGAIN}.`;
    case "credits":
      return `Credits ${number}: ${BILLED_AGAIN}.`;
    case "replaces":
      return `Replaces ${number}: ${BILLED_AGAIN}.`;
    case undefined:
      return null;
  }
}

/** What was expected again comes before what is merely not due. */
function missing(items: readonly ItemComparison[], before: string): string {
  const largest = largestChange(items.filter(({ kind }) => kind === "item")) ?? largestChange(items);
  if (!largest) return `No bill this month, although there was one ${before}.`;
  const verb = largest.driver === "lost" ? "ended" : "was not billed this month";
  return `${largest.description} ${verb}; ${before} it was ${groupedAmount(largest.baseline ?? largest.change)}.`;
}

const firstOfItsKind = (largest: ItemComparison | null): string =>
  largest ? `${largest.description} is billed for the first time.` : "Nothing of this was billed before.";

function largestChange(items: readonly ItemComparison[]): ItemComparison | null {
  const size = ({ change }: ItemComparison): Decimal => change.amount.abs();
  return items.reduce<ItemComparison | null>(
    (largest, item) => (item.change.amount.isZero() || (largest && size(largest).gte(size(item))) ? largest : item),
    null,
  );
}
