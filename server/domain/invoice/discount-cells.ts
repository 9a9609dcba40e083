import { fullPeriods, isRecurring, type RecurringCadence } from "../calendar/cadence";
import { includes, type Period } from "../calendar/period";
import { earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import type { Contract, ContractDiscount } from "../contract/contract";
import { coverageOf } from "./segment";

/** What a discount of the contract may be taken from: a segment, a period of a bound, or a line of either. */
export type Discountable = { readonly servicePeriod: Period; readonly dueOn: PlainDate } & (
  | { readonly charge: { readonly lineageId: string } }
  | { readonly bound: { readonly id: string } }
  | { readonly lineageId: string | null }
);

/**
 * Items of one cell share a discount: a percent by the day they fall due, a fixed amount by the full period in which
 * their service begins. Answers that day; null where the discount does not apply.
 */
export type CellOf = (item: Discountable) => PlainDate | null;

/** Looks up once what all items of a discount are judged by. */
export function cellsOf(contract: Contract, discount: ContractDiscount): CellOf {
  const isInScope = scopeOf(contract, discount);
  const startOf = discount.kind === "fixed" ? startsOfFixed(contract, discount) : null;
  return (item) => {
    const { startsOn } = item.servicePeriod;
    if (!holdsOn(discount, startsOn) || !isInScope(item)) return null;
    return startOf === null ? item.dueOn : startOf(startsOn);
  };
}

/** Which cells an item is in, of all discounts of the contract: each named once for all that it holds. */
export function cellNames(contract: Contract): (item: Discountable) => string[] {
  const finders = contract.discounts.map((discount) => ({ id: discount.id, cellOf: cellsOf(contract, discount) }));
  return (item) =>
    finders.flatMap(({ id, cellOf }) => {
      const cell = cellOf(item);
      return cell === null ? [] : `${id}|${cell}`;
    });
}

/** The first day whose lines share a fixed discount with the items; null: none do. */
export function firstDayShared(contract: Contract, items: readonly Discountable[]): PlainDate | null {
  const days = contract.discounts
    .filter(({ kind }) => kind === "fixed")
    .flatMap((discount) => {
      const cellOf = cellsOf(contract, discount);
      return items.flatMap((item) => cellOf(item) ?? []);
    });
  return days.length === 0 ? null : laterOf(days.reduce(earlierOf), contract.startsOn);
}

function scopeOf(contract: Contract, { scope }: ContractDiscount): (item: Discountable) => boolean {
  if (scope.kind === "invoice") return () => true;
  if (scope.kind === "group") {
    const isCovered = coverageOf(scope);
    return (item) => isOfLineage(item, isCovered);
  }
  const bound = [...contract.minimums, ...contract.maximums].find(({ id }) => id === scope.boundId);
  if (bound === undefined) return () => false;
  const isCovered = coverageOf(bound);
  return (item) => isOfLineage(item, isCovered) && holdsOn(bound, item.servicePeriod.startsOn);
}

function isOfLineage(item: Discountable, isCovered: (lineageId: string) => boolean): boolean {
  const lineageId = "charge" in item ? item.charge.lineageId : "lineageId" in item ? item.lineageId : null;
  return lineageId !== null && isCovered(lineageId);
}

const holdsOn = (
  { startsOn, endsBefore }: { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null },
  day: PlainDate,
): boolean => (startsOn === null || startsOn <= day) && (endsBefore === null || day < endsBefore);

/**
 * The first day of the full period that the amount is given for; one-time: of the discount, or of the contract. Services
 * begin on few days, so each is looked up once.
 */
function startsOfFixed(
  contract: Contract,
  { cadence, startsOn }: ContractDiscount & { readonly kind: "fixed" },
): (day: PlainDate) => PlainDate {
  const first = startsOn ?? contract.startsOn;
  if (!isRecurring(cadence)) return () => first;
  const known = new Map<PlainDate, PlainDate>();
  return (day) => {
    const start = known.get(day) ?? fullPeriodWith(day, cadence, contract)?.startsOn ?? first;
    known.set(day, start);
    return start;
  };
}

const fullPeriodWith = (day: PlainDate, cadence: RecurringCadence, contract: Contract): Period | undefined =>
  fullPeriods(cadence, contract, { from: day, through: day }).find((full) => includes(full, day));
