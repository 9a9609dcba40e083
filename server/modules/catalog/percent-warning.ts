import type { Decimal } from "../../domain/money/decimal";
import { type Percent, percentWarnings } from "../../domain/money/percent";
import type { Problem } from "../../platform/refusal";

/** What may yet be a slip in a percent that is accepted. */
export const percentWarning = (percent: Decimal, path: readonly string[]): Problem[] =>
  percentWarnings(percent as Percent).map((code) => ({
    code,
    message: `${percent.toFixed()} means ${percent.toFixed()} %. Was ${percent.times(100).toFixed()} % meant?`,
    path,
  }));
