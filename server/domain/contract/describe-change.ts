import type { OpenPeriod } from "../calendar/period";
import { addDays, type PlainDate } from "../calendar/plain-date";
import { chargeRuns, textOf } from "./charge-runs";
import type { Charge, Contract, ContractDiscount, SpendBound } from "./contract";
import { holdsOn } from "./open-period";

/** What a charge is compared by. */
const CHARGE_FIELDS = [
  "productId",
  "description",
  "quantity",
  "price",
  "discounts",
  "cadence",
  "timing",
  "proration",
  "metricId",
  "isFreeTrial",
] as const satisfies readonly (keyof Charge)[];

export type ChargeField = (typeof CHARGE_FIELDS)[number];

/** The days of a lineage on which two contracts differ; null: the charge is not billed on them. */
export type ChargeChange = OpenPeriod & {
  readonly lineageId: string;
  readonly description: string;
  readonly before: Charge | null;
  readonly after: Charge | null;
  /** Empty where the charge is billed by one of the two only. */
  readonly fields: readonly ChargeField[];
};

/** A minimum, maximum or discount by its id; null: one of the contracts does not have it. */
export type ItemChange<T> = {
  readonly id: string;
  readonly description: string;
  readonly before: T | null;
  readonly after: T | null;
};

export type ContractComparison = {
  /** Null: the same. */
  readonly term: { readonly before: OpenPeriod; readonly after: OpenPeriod } | null;
  /** By lineage, then by day. */
  readonly charges: readonly ChargeChange[];
  readonly minimums: readonly ItemChange<SpendBound>[];
  readonly maximums: readonly ItemChange<SpendBound>[];
  readonly discounts: readonly ItemChange<ContractDiscount>[];
};

/** What two contracts, or two states of one, bill differently and on which days; ids of charges and phases do not count. */
export function compareContracts(before: Contract, after: Contract): ContractComparison {
  const [termBefore, termAfter] = [termOf(before), termOf(after)];
  return {
    term: textOf(termBefore) === textOf(termAfter) ? null : { before: termBefore, after: termAfter },
    charges: compareCharges(before, after),
    minimums: compareItems(before.minimums, after.minimums),
    maximums: compareItems(before.maximums, after.maximums),
    discounts: compareItems(before.discounts, after.discounts),
  };
}

const termOf = ({ startsOn, endsBefore }: Contract): OpenPeriod => ({ startsOn, endsBefore });

type Run = OpenPeriod & { readonly charge: Charge };

function compareCharges(before: Contract, after: Contract): ChargeChange[] {
  const [runsBefore, runsAfter] = [runsOf(before), runsOf(after)];
  const lineages = new Set([...runsBefore, ...runsAfter].map(({ charge }) => charge.lineageId));
  return [...lineages].flatMap((lineageId) => {
    const isMine = ({ charge }: Run) => charge.lineageId === lineageId;
    return compareRuns(runsBefore.filter(isMine), runsAfter.filter(isMine));
  });
}

/** A one-time charge serves its first day. */
const runsOf = ({ phases }: Contract): Run[] =>
  chargeRuns(phases).map(({ charge, startsOn, endsBefore }) => ({
    charge,
    startsOn,
    endsBefore: charge.cadence === "one_time" ? addDays(startsOn, 1) : endsBefore,
  }));

function compareRuns(before: readonly Run[], after: readonly Run[]): ChargeChange[] {
  const changes: ChargeChange[] = [];
  for (const days of daysBetweenBoundaries([...before, ...after])) {
    const change = compareOn(days, before, after);
    const last = changes.at(-1);
    if (change === null) continue;
    if (last !== undefined && last.endsBefore === change.startsOn && isSameChange(last, change)) {
      changes[changes.length - 1] = { ...last, endsBefore: change.endsBefore };
    } else changes.push(change);
  }
  return changes;
}

function daysBetweenBoundaries(runs: readonly Run[]): OpenPeriod[] {
  const isOpen = runs.some(({ endsBefore }) => endsBefore === null);
  const boundaries = [...new Set(runs.flatMap(({ startsOn, endsBefore }) => [startsOn, endsBefore]))]
    .filter((day): day is PlainDate => day !== null)
    .sort();
  const days = boundaries.map((startsOn, index) => ({ startsOn, endsBefore: boundaries[index + 1] ?? null }));
  return isOpen ? days : days.slice(0, -1);
}

function compareOn(days: OpenPeriod, runsBefore: readonly Run[], runsAfter: readonly Run[]): ChargeChange | null {
  const chargeIn = (runs: readonly Run[]) => runs.find((run) => holdsOn(run, days.startsOn))?.charge ?? null;
  const [before, after] = [chargeIn(runsBefore), chargeIn(runsAfter)];
  const named = after ?? before;
  if (named === null) return null;
  const fields = before && after ? CHARGE_FIELDS.filter((field) => textOf(before[field]) !== textOf(after[field])) : [];
  if (before && after && fields.length === 0) return null;
  return { lineageId: named.lineageId, description: named.description, ...days, before, after, fields };
}

const isSameChange = (a: ChargeChange, b: ChargeChange): boolean =>
  textOf([facts(a.before), facts(a.after)]) === textOf([facts(b.before), facts(b.after)]);

/** One-time charges of neighbouring days are two. */
const facts = (charge: Charge | null) => charge && { ...charge, id: charge.cadence === "one_time" ? charge.id : null };

function compareItems<T extends { readonly id: string; readonly description: string }>(
  before: readonly T[],
  after: readonly T[],
): ItemChange<T>[] {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [old, current] = [before, after].map((items) => items.find((item) => item.id === id) ?? null) as [
      T | null,
      T | null,
    ];
    if (textOf(old) === textOf(current)) return [];
    return [{ id, description: (current ?? old)?.description ?? "", before: old, after: current }];
  });
}
