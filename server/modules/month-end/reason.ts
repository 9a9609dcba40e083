import type { Decimal } from "../../domain/money/decimal";
import { type Money, moneyText } from "../../domain/money/money";
import type { Comparison, ItemComparison } from "../../domain/variance/compare-items";
import type { StaleReason } from "../../platform/draft-staleness.store";
import type { Blocker } from "../invoice";
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
};

const BLOCKER_WORDS: { readonly [B in Blocker]: string } = {
  tax_rate_missing: "A tax code has no rate on this day; set the rate and recalculate.",
  buyer_tax_id_missing: "Reverse charge needs the customer's tax id; enter it and recalculate.",
  po_number_missing: "The customer requires a PO number; enter it on the contract and recalculate.",
  negative_total: "The total is negative; it belongs on a credit note.",
  exchange_rate_missing: "There is no exchange rate to the base currency; set it and recalculate.",
};

/**
 * One sentence about a bill: first what has to be mended, then what is unusual, then what moved it most, then what it
 * stands for. Null: nothing to say.
 */
export function reasonOf(
  bill: Bill,
  { items, change }: Comparison,
  flags: readonly GridFlag[],
  isKnownCustomer: boolean,
): string | null {
  const toMend = whatToMend(bill);
  if (toMend) return toMend;
  const largest = largestChange(items);
  if (flags.includes("FIRST_BILL")) return isKnownCustomer ? firstOfItsKind(largest) : "First bill for this customer.";
  if (flags.includes("MISSING_BILL")) return missing(items);
  if (largest === null) return flags.includes("ZERO_BILL") ? "There is nothing to bill this month." : whatItIs(bill);
  return sayChange(largest, change);
}

export const reasonWithoutComparison = (bill: Bill): string | null => whatToMend(bill) ?? whatItIs(bill);

function whatToMend({ invoice }: Bill): string | null {
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
function missing(items: readonly ItemComparison[]): string {
  const largest = largestChange(items.filter(({ kind }) => kind === "item")) ?? largestChange(items);
  if (!largest) return "No bill this month, although there was one last month.";
  const verb = largest.driver === "lost" ? "ended" : "was not billed this month";
  return `${largest.description} ${verb}; last month it was ${grouped(largest.baseline ?? largest.change)}.`;
}

const firstOfItsKind = (largest: ItemComparison | null): string =>
  largest ? `${largest.description} is billed for the first time.` : "Nothing of this was billed before.";

function sayChange(item: ItemComparison, change: Money): string {
  const isAll = item.change.amount.equals(change.amount);
  const amount = isAll ? signed(item.change) : `${signed(item.change)} of ${signed(change)}`;
  switch (item.driver) {
    case "timing":
      return item.current === null
        ? `${item.description} was billed last month.`
        : `${item.description} was not billed last month.`;
    case "new":
      return `${item.description} is new: ${amount}.`;
    case "lost":
      return `${item.description} ended: ${amount}.`;
    case null:
      return `${item.description}: ${amount}.`;
  }
}

function largestChange(items: readonly ItemComparison[]): ItemComparison | null {
  const size = ({ change }: ItemComparison): Decimal => change.amount.abs();
  return items.reduce<ItemComparison | null>(
    (largest, item) => (item.change.amount.isZero() || (largest && size(largest).gte(size(item))) ? largest : item),
    null,
  );
}

/** "12,345.60" */
const grouped = (amount: Money): string => moneyText(amount).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");

/** "+360.00", "−1,200.00" */
function signed(amount: Money): string {
  const text = grouped(amount);
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}
