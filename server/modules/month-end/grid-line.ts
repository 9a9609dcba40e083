import type { Money } from "../../domain/money/money";
import type { Flag } from "../../domain/variance/flag";
import type { Blocker } from "../invoice";
import type { Bill } from "./shared-bill";

/** What a reviewer is told about a bill; the names are those of the API. */
export type GridFlag = Uppercase<Flag | Blocker | "stale">;

/** A row of the grid: a bill and how it compares. Where nothing is compared, the amounts of before are zero. */
export type GridLine = Bill & {
  readonly previous: Money;
  readonly changeWithoutTiming: Money;
  readonly flags: readonly GridFlag[];
  readonly reason: string | null;
};

/** Stale alone asks for a recalculation, not for a look. */
export const isFlagged = ({ flags }: GridLine): boolean => flags.some((flag) => flag !== "STALE");
