import type { OpenPeriod } from "../calendar/period";
import { addDays, addMonths, earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import type { Decimal } from "../money/decimal";
import type { Percent } from "../money/percent";
import type { Discount } from "../pricing/discount";
import type { Price } from "../pricing/price";
import type { Problem } from "../problem";
import { fail, ok, type Result } from "../result";
import type { ChargePiece } from "./charge-piece";
import type { Charge } from "./contract";
import { hasDays, holdsOn } from "./open-period";

/** From the charge's first day so many days or months; 100 percent off is a free trial. */
export type Trial = {
  readonly length: { readonly days: number } | { readonly months: number };
  readonly percentOff: Percent;
};

/** From a day, or so many months after the charge's first day, another quantity, another price, or both. */
export type RampStep = ({ readonly startsOn: PlainDate } | { readonly afterMonths: number }) & {
  readonly quantity?: Decimal | null;
  readonly price?: Price | null;
};

/** A charge as it is agreed: over its own days, with a trial at the beginning and steps on the way. */
export type PlannedCharge = {
  readonly charge: Charge;
  readonly term: OpenPeriod;
  readonly trial: Trial | null;
  /** In ascending order. */
  readonly ramp: readonly RampStep[];
};

export type PlanProblemCode =
  | "TRIAL_LENGTH_NOT_POSITIVE"
  | "TRIAL_TOO_LONG"
  | "TRIAL_NOT_APPLICABLE"
  | "RAMP_NOT_ASCENDING"
  | "RAMP_OUTSIDE_TERM"
  | "RAMP_NOT_APPLICABLE";

/** Beyond ten years a trial or a step is a slip. */
const MONTHS_MOST = 120;
const DAYS_MOST = 3660;

/** Places: trial, trial.length.days, trial.length.months, ramp, ramp.index.startsOn, ramp.index.afterMonths. */
export type PlanProblem = Problem<PlanProblemCode>;

/**
 * The pieces of a charge with its trial and its ramp, which are terms of an agreement; the engine knows phases alone.
 * The trial runs from the charge's first day and not beyond its term; what is left of the ramp's steps in it takes effect
 * when it ends. A step keeps what it does not name. Months are counted from the first day: one after 31 Jan is 28 Feb.
 */
export function planCharge(planned: PlannedCharge): Result<ChargePiece[], PlanProblem[]> {
  const { charge, term, trial, ramp } = planned;
  const problems = [...checkTrial(planned), ...checkRamp(planned)];
  if (problems.length > 0) return fail(problems);

  const trialEndsBefore = trial === null ? term.startsOn : endOfTrial(trial, term);
  const stages = [{ charge, startsOn: trialEndsBefore }];
  ramp.forEach((step, index) => {
    const before = stages.at(-1)?.charge ?? charge;
    stages.push({
      charge: {
        ...before,
        id: `${charge.id}@step-${index + 1}`,
        quantity: step.quantity ?? before.quantity,
        price: step.price ?? before.price,
      },
      startsOn: laterOf(dayOfStep(step, term), trialEndsBefore),
    });
  });
  const agreed = stages.flatMap((stage, index) => {
    const endsBefore = stages[index + 1]?.startsOn ?? term.endsBefore;
    const piece = { ...stage, endsBefore };
    return hasDays(piece) ? [piece] : [];
  });
  if (trial === null) return ok(agreed);
  return ok([{ charge: onTrial(charge, trial), startsOn: term.startsOn, endsBefore: trialEndsBefore }, ...agreed]);
}

/** Ends with the term at the latest. */
function endOfTrial({ length }: Trial, { startsOn, endsBefore }: OpenPeriod): PlainDate {
  const end = "days" in length ? addDays(startsOn, length.days) : addMonths(startsOn, length.months);
  return endsBefore === null ? end : earlierOf(end, endsBefore);
}

function onTrial(charge: Charge, { percentOff }: Trial): Charge {
  const isFreeTrial = percentOff.eq(100);
  const discount: Discount = {
    kind: "percent",
    id: `trial-${charge.lineageId}`,
    description: isFreeTrial ? "Free trial" : `Trial: ${percentOff.toFixed()} % off`,
    percent: percentOff,
    endsBefore: null,
    position: "before_minimum",
  };
  return { ...charge, id: `${charge.id}@trial`, discounts: [...charge.discounts, discount], isFreeTrial };
}

const dayOfStep = (step: RampStep, { startsOn }: OpenPeriod): PlainDate =>
  "afterMonths" in step ? addMonths(startsOn, step.afterMonths) : step.startsOn;

function checkTrial({ charge, trial }: PlannedCharge): PlanProblem[] {
  if (trial === null) return [];
  const [unit, length] =
    "days" in trial.length ? (["days", trial.length.days] as const) : (["months", trial.length.months] as const);
  if (charge.cadence === "one_time") return [{ code: "TRIAL_NOT_APPLICABLE", path: ["trial"] }];
  const report = (code: PlanProblemCode): PlanProblem[] => [
    { code, path: ["trial", "length", unit], given: String(length) },
  ];
  if (!Number.isInteger(length) || length <= 0) return report("TRIAL_LENGTH_NOT_POSITIVE");
  return length > (unit === "days" ? DAYS_MOST : MONTHS_MOST) ? report("TRIAL_TOO_LONG") : [];
}

function checkRamp({ charge, term, ramp }: PlannedCharge): PlanProblem[] {
  if (charge.cadence === "one_time" && ramp.length > 0) return [{ code: "RAMP_NOT_APPLICABLE", path: ["ramp"] }];
  const problems: PlanProblem[] = [];
  let previous: PlainDate | null = null;
  for (const [index, step] of ramp.entries()) {
    const [field, given] =
      "afterMonths" in step ? ["afterMonths", String(step.afterMonths)] : ["startsOn", step.startsOn];
    const report = (code: PlanProblemCode) => problems.push({ code, path: ["ramp", index, field], given });
    if ("afterMonths" in step && !isMonths(step.afterMonths)) {
      report("RAMP_OUTSIDE_TERM");
      continue;
    }
    const day = dayOfStep(step, term);
    if (!holdsOn(term, day)) report("RAMP_OUTSIDE_TERM");
    else if (previous !== null && day <= previous) report("RAMP_NOT_ASCENDING");
    previous = day;
  }
  return problems;
}

const isMonths = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MONTHS_MOST;
