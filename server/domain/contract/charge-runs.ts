import type { OpenPeriod } from "../calendar/period";
import { groupBy } from "../group-by";
import type { Charge, Phase } from "./contract";

/** A charge over days without a break, whatever phases it goes through unchanged. */
export type ChargeRun = OpenPeriod & { readonly phaseId: string; readonly charge: Charge };

/**
 * The charges of phases in order, joined where neighbouring phases agree on them: the change of one charge then splits
 * neither the line nor the tiers of another.
 */
export function chargeRuns(phases: readonly Phase[]): ChargeRun[] {
  const all = phases.flatMap(({ id, startsOn, endsBefore, charges }) =>
    charges.map((charge): ChargeRun => ({ phaseId: id, startsOn, endsBefore, charge })),
  );
  if (phases.length < 2) return all;
  return [...groupBy(all, ({ charge }) => charge.lineageId).values()].flatMap((sameLineage) => {
    const runs: ChargeRun[] = [];
    for (const next of sameLineage) {
      const last = runs.at(-1);
      if (last !== undefined && last.endsBefore === next.startsOn && isSameCharge(last.charge, next.charge)) {
        runs[runs.length - 1] = { ...last, endsBefore: next.endsBefore };
      } else runs.push(next);
    }
    return runs;
  });
}

/** Same terms; ids of charges may differ, for phases are written one by one. A one-time charge recurs by intention. */
export function isSameCharge(a: Charge, b: Charge): boolean {
  return a.cadence !== "one_time" && hasSameTerms(a, b);
}

/** The same but for the id. What is easily told apart is looked at first: long quotes have many charges to compare. */
export const hasSameTerms = (a: Charge, b: Charge): boolean =>
  a === b ||
  (a.quantity.equals(b.quantity) &&
    a.isFreeTrial === b.isFreeTrial &&
    a.discounts.length === b.discounts.length &&
    textOf(withoutId(a)) === textOf(withoutId(b)));

const withoutId = ({ id: _, ...terms }: Charge) => terms;

/** Decimals write themselves as text, so equal terms have equal text. Null and absent both mean none. */
export const textOf = (terms: unknown): string => JSON.stringify(terms, sortedAndGiven);

const sortedAndGiven = (_: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, given]) => given !== null && given !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
