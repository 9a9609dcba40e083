import { fullPeriods, isRecurring } from "../calendar/cadence";
import { includes, type Period } from "../calendar/period";
import { earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import type { Contract, ContractDiscount } from "../contract/contract";
import { isCovered } from "./segment";

/** What a discount of the contract may be taken from: a segment, a period of a bound, or a line of either. */
export type Discountable = { readonly servicePeriod: Period; readonly dueOn: PlainDate } & (
  | { readonly charge: { readonly lineageId: string } }
  | { readonly bound: { readonly id: string } }
  | { readonly lineageId: string | null }
);

/** The discounts of the contract, by the cell that an item shares with all that the discount is spread over. */
export function cellsOf(contract: Contract, item: Discountable): string[] {
  return contract.discounts.flatMap((discount) => {
    const cell = cellOf(contract, discount, item);
    return cell === null ? [] : [cell];
  });
}

/**
 * Items of one cell share a discount: a percent by the day they fall due, a fixed amount by the full period in which
 * their service begins. Null where the discount does not apply.
 */
export function cellOf(contract: Contract, discount: ContractDiscount, item: Discountable): string | null {
  const { startsOn } = item.servicePeriod;
  if (!isInScope(contract, discount, item) || !holdsOn(discount, startsOn)) return null;
  if (discount.kind === "percent") return `${discount.id}|${item.dueOn}`;
  return `${discount.id}|${startOfFixed(contract, discount, startsOn)}`;
}

/** The first day whose lines share a fixed discount with the item; null: none does. */
export function cellStart(contract: Contract, item: Discountable): PlainDate | null {
  const days = contract.discounts.flatMap((discount) =>
    discount.kind === "fixed" && cellOf(contract, discount, item) !== null
      ? laterOf(startOfFixed(contract, discount, item.servicePeriod.startsOn), contract.startsOn)
      : [],
  );
  return days.length === 0 ? null : days.reduce(earlierOf);
}

function isInScope(contract: Contract, { scope }: ContractDiscount, item: Discountable): boolean {
  if (scope.kind === "invoice") return true;
  const lineageId = "charge" in item ? item.charge.lineageId : "lineageId" in item ? item.lineageId : null;
  if (lineageId === null) return false;
  if (scope.kind === "group") return scope.lineageIds.includes(lineageId);
  const bound = [...contract.minimums, ...contract.maximums].find(({ id }) => id === scope.boundId);
  return bound !== undefined && isCovered(bound, lineageId) && holdsOn(bound, item.servicePeriod.startsOn);
}

const holdsOn = (
  { startsOn, endsBefore }: { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null },
  day: PlainDate,
): boolean => (startsOn === null || startsOn <= day) && (endsBefore === null || day < endsBefore);

/** The first day of the full period that the amount is given for; one-time: of the discount, or of the contract. */
function startOfFixed(
  contract: Contract,
  { cadence, startsOn }: ContractDiscount & { readonly kind: "fixed" },
  day: PlainDate,
): PlainDate {
  const first = startsOn ?? contract.startsOn;
  if (!isRecurring(cadence)) return first;
  const periods = fullPeriods(cadence, contract, { from: day, through: day });
  return periods.find((full) => includes(full, day))?.startsOn ?? first;
}
