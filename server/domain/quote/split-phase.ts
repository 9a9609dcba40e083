import { addDays, addMonths, type PlainDate } from "../calendar/plain-date";
import { fail, ok, type Result } from "../result";
import type { QuoteLine, QuotePhase, QuoteRampStep, QuoteTrial } from "./quote-terms";

export type SplitProblem =
  | { readonly code: "SPLIT_OUTSIDE_PHASE" }
  | { readonly code: "TRIAL_ACROSS_SPLIT"; readonly lineId: string; readonly endsBefore: PlainDate };

export type Split = {
  /** The first day of the second phase. */
  readonly on: PlainDate;
  /** The day after the last of the phase, by whatever it is said; null: none. */
  readonly until: PlainDate | null;
  /** Of the second phase. */
  readonly name: string | null;
  readonly newId: () => string;
};

/**
 * Two phases in the place of one, from a day on that lies within it, and what is offered stays what it was: each line
 * goes on in the second with its discounts (which are the same ones, so that a fixed one is given once per period), a
 * trial stays in the first, the steps of a ramp go to where their days lie. Refused where a trial would be cut. The new
 * phase and its lines and steps get new ids.
 */
export function splitPhase(
  phase: QuotePhase,
  { on, until, name, newId }: Split,
): Result<readonly [QuotePhase, QuotePhase], SplitProblem> {
  if (on <= phase.startsOn || (until !== null && on >= until)) return fail({ code: "SPLIT_OUTSIDE_PHASE" });
  for (const { id, trial } of phase.lines) {
    const trialEndsBefore = trial === null ? on : endOfTrial(trial, phase.startsOn);
    if (trialEndsBefore > on) return fail({ code: "TRIAL_ACROSS_SPLIT", lineId: id, endsBefore: trialEndsBefore });
  }
  return ok([
    { ...phase, endsBefore: on, lines: phase.lines.map((line) => before(line, on, phase.startsOn)) },
    {
      id: newId(),
      name,
      startsOn: on,
      endsBefore: phase.endsBefore,
      lines: phase.lines.map((line) => from(line, on, phase.startsOn, newId)),
    },
  ]);
}

const endOfTrial = ({ days, months }: QuoteTrial, startsOn: PlainDate): PlainDate =>
  days === null ? addMonths(startsOn, months ?? 0) : addDays(startsOn, days);

const dayOf = ({ startsOn, afterMonths }: QuoteRampStep, phaseStartsOn: PlainDate): PlainDate =>
  startsOn ?? addMonths(phaseStartsOn, afterMonths ?? 0);

const before = (line: QuoteLine, on: PlainDate, startsOn: PlainDate): QuoteLine => ({
  ...line,
  ramp: line.ramp.filter((step) => dayOf(step, startsOn) < on),
});

/** It begins as the steps by then have left it. Months counted from the old first day become days. */
function from(line: QuoteLine, on: PlainDate, startsOn: PlainDate, newId: () => string): QuoteLine {
  const taken = line.ramp.filter((step) => dayOf(step, startsOn) <= on);
  const begun = taken.reduce<QuoteLine>(
    (reached, { quantity, priceId, customPrice }) => ({
      ...reached,
      quantity: quantity ?? reached.quantity,
      ...(priceId !== null && { priceId, customPrice }),
    }),
    line,
  );
  return {
    ...begun,
    id: newId(),
    discounts: line.discounts.filter(({ endsBefore }) => endsBefore === null || endsBefore > on),
    trial: null,
    ramp: line.ramp
      .filter((step) => dayOf(step, startsOn) > on)
      .map((step) => ({ ...step, id: newId(), startsOn: dayOf(step, startsOn), afterMonths: null })),
  };
}
