import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { Money } from "../../domain/money/money";
import type { Drivers } from "../../domain/variance/driver";
import type { Flag } from "../../domain/variance/flag";
import type { Variance } from "../../domain/variance/running";
import type { Blocker } from "../invoice";
import type { Bill } from "./shared-bill";

/** What a reviewer is told about a bill; the names are those of the API. */
export type GridFlag = Uppercase<Flag | Blocker | "stale" | "unconfirmed_override">;

/** Somebody looked at a change and let it pass. */
export type SignOff = {
  readonly id: string;
  readonly note: string;
  readonly signedBy: string;
  readonly signedAt: Date;
  /** false: the bill or its baseline is another one since, so that it is asked again */
  readonly isCurrent: boolean;
};

/** A row of the grid: a bill and how it compares. Where nothing is compared, the amounts of before are zero. */
export type GridLine = Bill & {
  readonly previous: Money;
  readonly changeWithoutTiming: Money;
  /** add up to the change, with FX where amounts are in the base currency */
  readonly drivers: Drivers;
  readonly fx: Decimal | null;
  /** in the bill's own currency, one for each month of the baseline; none where nothing is compared */
  readonly against: readonly Variance[];
  /** of the amounts that are compared; that of the invoice, unless all are shown in the base currency */
  readonly shownIn: CurrencyCode;
  readonly flags: readonly GridFlag[];
  readonly reason: string | null;
  readonly signOff: SignOff | null;
};

/** Stale alone asks for a recalculation, not for a look. */
export const isFlagged = ({ flags }: Pick<GridLine, "flags">): boolean => flags.some((flag) => flag !== "STALE");
/** Whether a flag of the comparison still waits for somebody to look at it. */
export const isSignedOff = ({ signOff }: Pick<GridLine, "signOff">): boolean => signOff?.isCurrent ?? false;
