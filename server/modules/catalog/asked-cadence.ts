import { type Cadence, cadenceOfMonths, monthsIn } from "../../domain/calendar/cadence";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";

/** What a cadence is called by those who ask and read; "custom" has its months beside it. */
export type CadenceName = "monthly" | "quarterly" | "half_yearly" | "annual" | "one_time" | "custom";

export type CadenceAsked = { readonly cadence: CadenceName; readonly months: number | null };

/** The cadence that is meant, or what is wrong with the months that stand beside its name. */
export function readCadence({ cadence, months }: CadenceAsked): Result<Cadence, Omit<Problem, "path">> {
  if (cadence !== "custom") {
    if (months === null) return ok(cadence);
    const message = "Only the cadence CUSTOM is given its months. Leave them out.";
    return fail({ code: "CADENCE_MONTHS_NOT_APPLICABLE", message });
  }
  if (months === null) {
    return fail({ code: "CADENCE_MONTHS_MISSING", message: "The cadence CUSTOM needs its months." });
  }
  const found = cadenceOfMonths(months);
  if (found.ok) return found;
  return fail({ code: found.error.code, message: `A cadence has from 1 to 120 months, not ${months}.` });
}

/** The same where nobody has to name one; null: nobody does. */
export function readOptionalCadence({
  cadence = null,
  months = null,
}: {
  readonly cadence?: CadenceName | null | undefined;
  readonly months?: number | null | undefined;
}): Result<Cadence | null, Omit<Problem, "path">> {
  return cadence === null && months === null ? ok(null) : readCadence({ cadence: cadence ?? "monthly", months });
}

/** The name and the months that ask for a cadence; months only where the name does not say them. */
export function askFor(cadence: Cadence): CadenceAsked {
  return isCustom(cadence) ? { cadence: "custom", months: monthsIn(cadence) } : { cadence, months: null };
}

const isCustom = (cadence: Cadence): cadence is `every_${number}_months` => cadence.startsWith("every_");
