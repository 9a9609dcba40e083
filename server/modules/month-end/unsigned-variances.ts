import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { subtract } from "../../domain/money/money";
import type { Flag } from "../../domain/variance/flag";
import { USUAL_COMPARISON } from "./comparison-request";
import { type GridFlag, type GridLine, isSignedOff } from "./grid-line";
import { readLines } from "./read-lines";

/** A flagged change against the month before that nobody has signed off as it stands. */
export type UnsignedVariance = Pick<GridLine, "id" | "customerName" | "flags" | "reason"> & {
  readonly number: string | null;
  readonly change: GridLine["previous"];
  /** Somebody signed it off before it, or its baseline, changed. */
  readonly wasSigned: boolean;
};

const VARIANCES: { readonly [F in Uppercase<Flag>]: true } = {
  FIRST_BILL: true,
  MISSING_BILL: true,
  MISSING_CHARGE: true,
  ZERO_BILL: true,
  NEW_ITEM: true,
  LOST_ITEM: true,
  PRICE_CHANGE: true,
  SPIKE: true,
  DROP: true,
};

/** What the comparison flags; blockers, stale drafts and overrides have remedies of their own. */
const isVariance = (flag: GridFlag): boolean => flag in VARIANCES;

export async function unsignedVariances(month: PlainMonth, today: PlainDate): Promise<UnsignedVariance[]> {
  const lines = await readLines({ month, view: null, sort: [], request: USUAL_COMPARISON, today });
  return lines
    .filter((line) => line.flags.some(isVariance) && !isSignedOff(line))
    .map((line) => ({
      id: line.id,
      customerName: line.customerName,
      number: line.invoice?.number ?? null,
      flags: line.flags.filter(isVariance),
      reason: line.reason,
      change: subtract(line.current, line.previous),
      wasSigned: line.signOff !== null,
    }));
}
